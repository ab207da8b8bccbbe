"""Dates and intervals: as undate reads them, but for the days kept beside the text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.dates import (
    ALWAYS,
    FIRST_DAY,
    LAST_DAY,
    Interval,
    parse_date,
    parse_interval,
)
from gazetteer.errors import DateError

days = st.dates(date(1, 1, 1), date(9998, 12, 31))
marks = st.sampled_from(["", "?", "~", "%"])


@given(days, st.sampled_from([4, 7, 10]), marks)
def test_a_date_covers_its_own_days(day: date, precision: int, mark: str) -> None:
    text = day.isoformat()[:precision] + mark
    covered = parse_date(text)
    assert covered.text == text
    assert covered.start <= day.toordinal() <= covered.end
    longest = {4: 366, 7: 31, 10: 1}[precision]
    assert covered.end - covered.start < longest


@given(days, days)
def test_an_interval_runs_from_the_first_day_to_the_last(
    one: date, other: date
) -> None:
    first, last = sorted([one, other])
    interval = parse_interval(f"{first}/{last}")
    assert (interval.start, interval.end) == (first.toordinal(), last.toordinal())


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("", FIRST_DAY, LAST_DAY),
        ("../1991", FIRST_DAY, date(1991, 12, 31).toordinal()),
        ("/1991", FIRST_DAY, date(1991, 12, 31).toordinal()),
        ("1923-07-07/..", date(1923, 7, 7).toordinal(), LAST_DAY),
        ("1923/", date(1923, 1, 1).toordinal(), LAST_DAY),
        ("2024-02", date(2024, 2, 1).toordinal(), date(2024, 2, 29).toordinal()),
        ("1935/1989~", date(1935, 1, 1).toordinal(), date(1989, 12, 31).toordinal()),
    ],
)
def test_open_and_unknown_ends(text: str, start: int, end: int) -> None:
    assert parse_interval(text) == Interval(start, end, text)


intervals = st.builds(
    lambda ends: parse_interval(f"{min(ends)}/{max(ends)}"),
    st.tuples(days, days),
)


@given(intervals, intervals)
def test_to_overlap_is_mutual(one: Interval, other: Interval) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one)
    assert one.overlaps(ALWAYS)


@pytest.mark.parametrize(
    "text",
    [
        "May 1992",
        "1992-5",
        "1992-13",
        "1992-02-30",
        "92",
        "1991/1990",
        "1/2/3",
        " 1992",
    ],
)
def test_what_is_no_date_shows_itself_and_what_would_do(text: str) -> None:
    with pytest.raises(DateError, match="would do") as caught:
        parse_interval(text)
    assert repr(text.partition("/")[0])[1:-1] in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_undated_prints_so() -> None:
    assert str(ALWAYS) == "undated"
    assert not ALWAYS.dated
    assert str(parse_date("1992")) == "1992"
