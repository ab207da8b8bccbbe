"""Dates and intervals of EDTF, compiled to days so that they compare fast.

The subset is that of the tables: a year, month or day; ``?``, ``~`` or ``%`` after it;
an interval ``a/b`` whose ends may be ``..`` or empty. The whole of EDTF level 0 and 1
is checked by ``gazetteer check``; here the text is kept as written beside the days,
since the marks of doubt have no place in a number of days.

Source: Library of Congress, Extended Date/Time Format, https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from gazetteer.errors import DateError

__all__ = [
    "ALWAYS",
    "FIRST_DAY",
    "LAST_DAY",
    "Interval",
    "parse_date",
    "parse_interval",
]

FIRST_DAY = 0
LAST_DAY = date.max.toordinal() + 1

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)", re.ASCII)


class Interval(NamedTuple):
    """A stretch of time, both ends included.

    Attributes:
        start: first day it may cover, as a proleptic Gregorian ordinal;
            ``FIRST_DAY`` where open or unknown.
        end: last day it may cover; ``LAST_DAY`` where open or unknown.
        text: the EDTF text as written; empty for undated.
    """

    start: int
    end: int
    text: str

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two share a day.

        Examples:
            >>> parse_interval("1923/1991").overlaps(parse_date("1991-12"))
            True
            >>> parse_interval("1923/1991-11-26").overlaps(parse_date("1991-12"))
            False
        """
        return self.start <= other.end and other.start <= self.end

    @property
    def dated(self) -> bool:
        """Whether anything was written at all."""
        return bool(self.text)

    def __str__(self) -> str:
        return self.text or "undated"


ALWAYS = Interval(FIRST_DAY, LAST_DAY, "")


def parse_date(text: str) -> Interval:
    """Read one date: the days that it covers.

    Raises:
        DateError: if the text is not one EDTF date.

    Examples:
        >>> day = parse_date("1992-05")
        >>> day.end - day.start + 1
        31
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise DateError(text, "not a year, year-month or year-month-day")
    year, month, day = int(match[1]), match[2], match[3]
    try:
        if month is None:
            first, last = date(year, 1, 1), date(year, 12, 31)
        elif day is None:
            first = date(year, int(month), 1)
            last = date(year, int(month), monthrange(year, int(month))[1])
        else:
            first = last = date(year, int(month), int(day))
    except ValueError as error:
        raise DateError(text, str(error)) from error
    return Interval(first.toordinal(), last.toordinal(), text)


def parse_interval(text: str) -> Interval:
    """Read a date, an interval or an empty text (undated).

    Raises:
        DateError: if the text is none of them, or ends before it starts.

    Examples:
        >>> parse_interval("")
        Interval(start=0, end=3652060, text='')
        >>> parse_interval("1935/1989").text
        '1935/1989'
        >>> parse_interval("2002-11-06/..").end == LAST_DAY
        True
    """
    if not text:
        return ALWAYS
    if "/" not in text:
        return parse_date(text)
    left, _, right = text.partition("/")
    start = FIRST_DAY if left in ("", "..") else parse_date(left).start
    end = LAST_DAY if right in ("", "..") else parse_date(right).end
    if end < start:
        raise DateError(text, "it ends before it starts")
    return Interval(start, end, text)
