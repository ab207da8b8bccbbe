"""Rows in columns, for a terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["aligned"]


def _width(text: str) -> int:
    # Marks take no column, East Asian wide characters two.
    # https://www.unicode.org/reports/tr11/
    return sum(
        0
        if unicodedata.combining(character) or unicodedata.category(character) == "Cf"
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def aligned(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table, its columns as wide as their widest cell.

    Examples:
        >>> aligned(("a", "b"), [("long", "x")])
        ['a     b', 'long  x']
    """
    cells = [list(header), *(list(row) for row in rows)]
    widths = [max(_width(row[at]) for row in cells) for at in range(len(header))]
    return [
        "  ".join(
            cell + " " * (width - _width(cell))
            for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    ]
