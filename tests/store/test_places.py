"""A place becomes a text and a place again, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.dates import FIRST_DAY, LAST_DAY, Interval, parse_interval
from gazetteer.model import (
    FCLASSES,
    FORMS,
    LINK_MATCHES,
    PLACE_TYPES,
    PREDICATES,
    STATUSES,
    Link,
    Place,
    Relation,
    Toponym,
    Usage,
)
from gazetteer.store.places import PlaceReader, PlaceWriter
from handmade import named, place

TEXTS = st.text(
    st.characters(exclude_characters="\x1c\x1d\x1e\x1f", exclude_categories=["Cs"]),
    max_size=8,
)
KEYS = st.text("abc-1:=", min_size=1, max_size=6)
IDS = KEYS.filter(lambda key: not key.startswith("="))
INTERVALS = st.one_of(
    st.sampled_from(["", "1923/1991", "2002-11-06/..", "../1989", "1992-05~"]).map(
        parse_interval
    ),
    st.builds(Interval, st.integers(FIRST_DAY, LAST_DAY), st.integers(0, 9), TEXTS),
)
LISTS = st.lists(KEYS, max_size=3).map(tuple)
DEGREES = st.none() | st.floats(-180, 180)


@st.composite
def toponyms(draw: st.DrawFn, place_id: str) -> Toponym:
    name_id = draw(IDS | IDS.map(lambda key: place_id + key))
    usage = st.builds(
        Usage, st.just(name_id), KEYS, st.sampled_from(STATUSES), INTERVALS, KEYS, TEXTS
    )
    return draw(
        st.builds(
            Toponym,
            st.just(name_id),
            st.just(place_id),
            TEXTS,
            KEYS,
            st.sampled_from(FORMS),
            TEXTS,
            TEXTS,
            INTERVALS,
            st.booleans(),
            st.floats(0, 1),
            LISTS,
            TEXTS,
            st.lists(usage, max_size=3).map(tuple),
        )
    )


@st.composite
def places(draw: st.DrawFn) -> Place:
    place_id = draw(IDS)
    of_place = st.just(place_id)
    relation = st.builds(
        Relation, of_place, st.sampled_from(PREDICATES), TEXTS, KEYS, INTERVALS, KEYS, TEXTS
    )  # fmt: skip
    link = st.builds(
        Link, of_place, KEYS, KEYS, st.sampled_from(LINK_MATCHES), TEXTS, INTERVALS, KEYS
    )  # fmt: skip
    return draw(
        st.builds(
            Place,
            of_place,
            st.sampled_from(PLACE_TYPES),
            st.sampled_from(FCLASSES),
            DEGREES,
            DEGREES,
            INTERVALS,
            LISTS,
            TEXTS,
            TEXTS,
            TEXTS,
            st.lists(toponyms(place_id), max_size=3).map(tuple),
            st.lists(relation, max_size=3).map(tuple),
            st.lists(link, max_size=3).map(tuple),
        )
    )


@given(st.lists(places(), max_size=4))
def test_a_place_read_is_the_place_written(written: list[Place]) -> None:
    writer = PlaceWriter()
    # twice, so that what comes again is kept in the pool
    texts = [writer.text(each) for each in (*written, *written)]
    reader = PlaceReader(writer.pool.text())
    read = [reader.place(text) for text in texts]
    assert read == [*written, *written]
    assert all(type(each) is Place for each in read)


def test_what_comes_again_is_kept_once() -> None:
    writer = PlaceWriter()
    texts = [writer.text(place(f"p{n}", f"name {n}")) for n in range(9)]
    assert "made" in texts[0]
    assert "made" not in texts[1]


@pytest.mark.parametrize("sign", "\x1d\x1e\x1f")
def test_a_name_with_a_parting_character_is_refused(sign: str) -> None:
    with pytest.raises(ValueError, match="control character"):
        PlaceWriter().text(place("a", f"na{sign}me"))


def test_a_row_about_another_place_is_refused() -> None:
    stray = place("a")._replace(toponyms=(named("name", "b"),))
    with pytest.raises(ValueError, match="about 'nm-b-name' stands under 'a'"):
        PlaceWriter().text(stray)


@given(TEXTS)
def test_no_text_is_taken_apart_but_one_that_was_put_together(text: str) -> None:
    with pytest.raises((ValueError, LookupError, TypeError)):
        PlaceReader("").place(text)
