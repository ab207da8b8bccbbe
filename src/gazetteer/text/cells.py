"""Cells of tables: a name in one is read apart from the text, as in a heading."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["markdown_cells", "with_cells"]

# a mark that ends a sentence; behind an initial it may end that
_SENTENCE: Final = re.compile(r"\w{3,}[\"\u201d\u00bb)]*[.!?\u2026\u0589](?:\s|$)")
_FEW, _MANY = 3, 12  # words, with which it is no sentence, and no mere name
# https://github.github.com/gfm/#tables-extension-
_DELIMITERS: Final = re.compile(
    r"^[^\S\n]{0,3}(?=[^\n]*\|)\|?[^\S\n]*:?-+:?[^\S\n]*"
    r"(?:\|[^\S\n]*:?-+:?[^\S\n]*)*\|?[^\S\n]*\r?$",
    re.MULTILINE,
)
_CELL: Final = re.compile(r"(?:[^|\\\n]|\\.)+")


def with_cells(
    text: str, headings: Iterable[tuple[int, int]], cells: Iterable[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Return headings, and the cells of tables that hold no sentence.

    Whole texts stand in cells too, where a page is laid out by a table.

    Examples:
        >>> with_cells("Town. We saw it in May.", [], [(0, 4), (0, 23)])
        ((0, 4),)
    """
    found = sorted(headings)
    for start, end in cells:
        at = bisect_right(found, (start, end))
        beside = found[max(at - 1, 0) : at + 1]
        taken = any(start < last and first < end for first, last in beside)
        if not taken and not _says_something(text[start:end]):
            found.insert(at, (start, end))
    return tuple(found)


def _says_something(cell: str) -> bool:
    words = len(cell.split())
    return words > _MANY or (words > _FEW and _SENTENCE.search(cell) is not None)


def markdown_cells(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield the cells of the tables of a Markdown text.

    Examples:
        >>> text = "| Town | Visits |\n|---|---|\n| Home | 2 |\n\nThe | end"
        >>> [text[start:end].strip() for start, end in markdown_cells(text)]
        ['Town', 'Visits', 'Home', '2']
    """
    done = 0
    for match in _DELIMITERS.finditer(text):
        head = text.rfind("\n", 0, max(match.start() - 1, 0)) + 1
        if match.start() == 0 or head < done or "|" not in text[head : match.start()]:
            continue
        end = match.end()
        while end < len(text):
            line_end = text.find("\n", end + 1)
            line_end = len(text) if line_end < 0 else line_end
            if "|" not in text[end + 1 : line_end]:
                break
            end = line_end
        for start, stop in ((head, match.start()), (match.end(), end)):
            yield from (cell.span() for cell in _CELL.finditer(text, start, stop))
        done = end
