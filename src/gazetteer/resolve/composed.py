"""A query of several names: two names of one place, or a name and where it lies."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["SIGNS", "Parts", "split"]

_BRACKETS = re.compile(r"([^()]+)\(([^()]+)\)")
_MOST = 4

SIGNS = "(/,"
"""Without one of these a query is one name."""


class Parts(NamedTuple):
    """The names in a query of several names.

    Attributes:
        names: the parts in order, at least two.
        may_contain: whether a later part may also be an area that the first lies in.
    """

    names: tuple[str, ...]
    may_contain: bool


def split(query: str) -> Parts | None:
    """Split ``A/B``, ``A (B)`` or ``A, B``; None if the query is not like that.

    Examples:
        >>> split("ebb / flow")
        Parts(names=('ebb', 'flow'), may_contain=False)
        >>> split("ebb (flow)")
        Parts(names=('ebb', 'flow'), may_contain=True)
        >>> split("ebb") is None
        True
    """
    brackets = _BRACKETS.fullmatch(query) if "(" in query else None
    if brackets is not None:
        return _parts([brackets[1], brackets[2]], may_contain=True)
    if "/" in query:
        return _parts(query.split("/"), may_contain=False)
    if "," in query:
        return _parts(query.split(","), may_contain=True)
    return None


def _parts(names: list[str], *, may_contain: bool) -> Parts | None:
    stripped = tuple(name.strip() for name in names)
    if not all(stripped) or not 1 < len(stripped) <= _MOST:
        return None
    return Parts(stripped, may_contain)
