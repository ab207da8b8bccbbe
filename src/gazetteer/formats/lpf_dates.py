"""A ``when`` of Linked Places Format as an interval.

Its dates are ISO 8601 with negative years before the common era; doubt is a word beside
them, which EDTF writes as a mark behind the date.

Source: https://github.com/LinkedPasts/linked-places-format#when-required
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from gazetteer.dates import (
    ALWAYS,
    FIRST_DAY,
    LAST_DAY,
    Interval,
    parse_date,
    parse_interval,
)
from gazetteer.errors import DateError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["interval_of_when", "interval_of_years"]

_ISO: Final = re.compile(r"(-?)0*(\d{1,4})((?:-\d\d){0,2})(?:T.*)?")
_OPEN: Final = ".."
_DOUBT: Final = {"certain": "", "less-certain": "~", "uncertain": "?"}


def interval_of_when(when: Any) -> tuple[Interval, str]:
    """Return the days from the first start to the last end, and what is wrong.

    A timespan without an end covers its start alone, as the format says; one of which
    only the latest start or the earliest end is known is open on that side. A label
    that is EDTF of the same days says what a mark of doubt belongs to.

    Args:
        when: the value of the key, or None.

    Examples:
        >>> span = {"start": {"in": "1600"}, "end": {"latest": "1699-05"}}
        >>> interval_of_when({"timespans": [span], "certainty": "uncertain"})[0].text
        '1600?/1699-05?'
        >>> interval_of_when({"timespans": [{"start": {"in": "1832"}}]})[0].text
        '1832'
        >>> interval_of_when({"timespans": [{"start": {"in": "long ago"}}]})[1]
        "start 'long ago' is not a date of ISO 8601 such as '1832' or '-0320'"
    """
    if not when:
        return ALWAYS, ""
    if not isinstance(when, dict):
        return ALWAYS, "not an object with timespans"
    spans = when.get("timespans") or []
    if not isinstance(spans, list) or not all(isinstance(each, dict) for each in spans):
        return ALWAYS, "its timespans are not a list of objects"
    mark = _DOUBT.get(str(when.get("certainty", "certain")), "?")
    found = []
    for span in spans:
        start = _text(span.get("start"), ("earliest", "in"))
        end = _text(span.get("end"), ("latest", "in"))
        late = _text(span.get("start"), ("latest",))
        early = _text(span.get("end"), ("earliest",))
        if not start and not end:
            if not late:
                continue
            start, end = (late, early) if early else ("", late)
        elif early and not end:
            end = _OPEN
        interval, fault = interval_of_years(start, end, mark, alone=True)
        if fault:
            return ALWAYS, fault
        found.append(interval)
    if not found:
        return ALWAYS, ""
    whole = _hull(found)
    label = when.get("label")
    return (_as_labelled(whole, label) if isinstance(label, str) else whole), ""


def _as_labelled(whole: Interval, label: str) -> Interval:
    try:
        labelled = parse_interval(label)
    except DateError:
        return whole
    return labelled if labelled[:2] == whole[:2] else whole


def _text(value: Any, keys: Iterable[str]) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in keys if value.get(key)), "")
    return "" if value is None else str(value).strip()


def interval_of_years(
    start: str, end: str, mark: str = "", *, alone: bool = False
) -> tuple[Interval, str]:
    """Return the days from one date to another, and what is wrong.

    Args:
        start: a date of ISO 8601; empty for unknown.
        end: a date of ISO 8601; empty for unknown, ``..`` for open.
        mark: of doubt, as EDTF has it.
        alone: whether a start without an end covers itself only.

    Examples:
        >>> interval_of_years("1600", "")[0].text
        '1600/..'
        >>> interval_of_years("-0320", "0100")
        (Interval(start=0, end=36524, text='-0320/0100'), '')
    """
    ends = []
    for name, text in (("start", start), ("end", end)):
        day = _date(text)
        if text not in ("", _OPEN) and day is None:
            reason = "is not a date of ISO 8601 such as '1832' or '-0320'"
            return ALWAYS, f"{name} {text!r} {reason}"
        ends.append(day)
    first, last = ends
    if first is not None and not end and alone:
        return first._replace(text=f"{first.text}{mark}"), ""
    low = first.start if first is not None else FIRST_DAY
    high = last.end if last is not None else LAST_DAY
    if high < low:
        return ALWAYS, f"it ends ({end}) before it starts ({start})"
    left = f"{first.text}{mark}" if first is not None else ".."
    right = f"{last.text}{mark}" if last is not None else ".."
    return Interval(low, high, f"{left}/{right}"), ""


def _date(text: str) -> Interval | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    minus, year, rest = found.groups()
    if minus or int(year) == 0:
        # days are counted from the year 1; what was before is the day before them
        return Interval(FIRST_DAY, FIRST_DAY, f"{minus}{int(year):04}{rest}")
    try:
        return parse_date(f"{int(year):04}{rest}")
    except DateError:
        return None


def _hull(intervals: list[Interval]) -> Interval:
    if len(intervals) == 1:
        return intervals[0]
    first = min(intervals, key=lambda each: each.start)
    last = max(intervals, key=lambda each: each.end)
    left = first.text.partition("/")[0]
    right = last.text.rpartition("/")[2]
    return Interval(first.start, last.end, f"{left}/{right}")
