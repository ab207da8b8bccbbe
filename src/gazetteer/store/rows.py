"""Values as text: fields and rows parted by control characters, and a pool of tails.

A place is kept as one UTF-8 text. `str.split` takes it apart in C, which no decoding
of numbers in Python can match: a toponym costs about a microsecond. The control
characters U+001C to U+001F do the parting, so that no text may have them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gazetteer.dates import Interval, parse_interval
from gazetteer.errors import DateError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "FIELD",
    "GROUP",
    "ITEM",
    "PART",
    "ROW",
    "Pool",
    "fields_of",
    "interval_of",
    "join_fields",
    "join_list",
    "join_tail",
    "split_list",
    "text_of",
]

ITEM: Final = "\x1a"
"""Between the items of a list that is one field."""
PART: Final = "\x1c"
"""Between the fields of a tail; see `Pool`."""
GROUP: Final = "\x1d"
ROW: Final = "\x1e"
FIELD: Final = "\x1f"

_IN_FIELD = re.compile(f"[{GROUP}{ROW}{FIELD}]")
_IN_TAIL = re.compile(f"[{PART}{GROUP}{ROW}{FIELD}]")

# The pool is read and compared with its checksum whenever a store is opened.
_POOL_BYTES: Final = 1 << 19
_WAITING: Final = 1 << 17


def join_fields(*fields: str) -> str:
    """Return a row; empty fields at its end are left out.

    Raises:
        ValueError: if a field has a character that parts fields.
    """
    whole = FIELD.join(fields)
    if len(_IN_FIELD.findall(whole)) != len(fields) - 1:
        raise ValueError(f"a text has a control character from 1C to 1F: {fields!r}")
    return whole.rstrip(FIELD)


def fields_of(row: str, width: int) -> list[str]:
    """Return the fields of a row, those that were left out included."""
    fields = row.split(FIELD)
    if len(fields) < width:
        fields += [""] * (width - len(fields))
    return fields


def join_tail(*fields: str) -> str:
    """Return the fields of a tail as one, at least two.

    Raises:
        ValueError: if a field has a character that parts fields.
    """
    whole = PART.join(fields)
    if len(_IN_TAIL.findall(whole)) != len(fields) - 1:
        raise ValueError(f"a text has a control character from 1C to 1F: {fields!r}")
    return whole


def join_list(items: Iterable[str]) -> str:
    """Return a list as one field; no item may be empty.

    Raises:
        ValueError: if an item has a character that parts fields.
    """
    listed = tuple(items)
    whole = ITEM.join(listed)
    if not all(listed) or whole.count(ITEM) != max(0, len(listed) - 1):
        raise ValueError(f"an item is empty or has a control character: {listed!r}")
    return whole


def split_list(text: str) -> tuple[str, ...]:
    """Return the items of such a field."""
    return tuple(text.split(ITEM)) if text else ()


def text_of(interval: Interval) -> str:
    """Return an interval as a text that `interval_of` reads.

    Examples:
        >>> text_of(parse_interval("1923/1991"))
        '1923/1991'
    """
    try:
        if parse_interval(interval.text) == interval:
            return interval.text
    except DateError:
        pass
    return f"{interval.start}{ITEM}{interval.end}{ITEM}{interval.text}"


def interval_of(text: str) -> Interval:
    """Return the interval of a text."""
    if ITEM in text:
        start, end, written = text.split(ITEM, 2)
        return Interval(int(start), int(end), written)
    return parse_interval(text)


class Pool:
    """Tails of rows that come again and again, each kept once.

    The language, form and sources of a million toponyms are a few hundred different
    ones. A tail is kept from the second time on that it is seen, as long as the pool
    is small. Any other stands in its row.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}
        self._seen: set[str] = set()
        self._bytes = 0

    def reference(self, tail: str) -> str:
        """Return the number of a tail, or the tail itself where it is not kept.

        Args:
            tail: as `join_tail` returns it, so that it is never taken for a number.
        """
        number = self._numbers.get(tail)
        if number is not None:
            return number
        if tail not in self._seen:
            if len(self._seen) >= _WAITING:
                self._seen.clear()
            self._seen.add(tail)
            return tail
        size = len(tail.encode()) + 1
        if self._bytes + size > _POOL_BYTES:
            return tail
        self._bytes += size
        number = self._numbers[tail] = str(len(self._numbers))
        return number

    def text(self) -> str:
        """Return all that is kept, parted by `ROW`."""
        return ROW.join(self._numbers)
