"""The text of a CSV file and its cells, and where each cell stands.

Files are UTF-8, end lines with LF, quote only what must be quoted and are sorted, so
that reading and writing a file gives the same bytes and a diff is a review.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "Cell",
    "Lines",
    "ScannedRow",
    "format_rows",
    "read_rows",
    "scan_rows",
    "sort_rows",
    "write_rows",
]

_LINE_END = re.compile(r"\r\n|\n|\r")
_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"')
_PLAIN = re.compile(r"[^,\r\n]*")


class Cell(NamedTuple):
    """One cell and where it starts; line and column are 1-based.

    ``column`` counts code points from the start of that line, the opening quote
    included.
    """

    text: str
    line: int
    column: int


class ScannedRow(NamedTuple):
    """One row as it stands in the file; ``fault`` says how its quoting is broken."""

    cells: list[Cell]
    line: int
    fault: tuple[Cell, str] | None = None


class Lines:
    r"""Where the lines of a text start, to turn an offset into line and column.

    Examples:
        >>> Lines("one\ntwo").position(5)
        (2, 2)
    """

    def __init__(self, text: str) -> None:
        """Find the line ends; CR LF is one."""
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of an offset in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def scan_rows(text: str) -> Iterator[ScannedRow]:
    """Split a CSV text into cells as the csv module does, with their positions.

    A broken quotation ends with its line, so that the rows after it are still read.

    Examples:
        >>> row, = scan_rows('a,"b, ""c"" b",d')
        >>> [(cell.text, cell.column) for cell in row.cells]
        [('a', 1), ('b, "c" b', 3), ('d', 16)]
    """
    lines = Lines(text)
    offset, size = 0, len(text)
    while offset < size:
        cells: list[Cell] = []
        first_line = lines.position(offset)[0]
        end_of_line = text.find("\n", offset)
        plain = text[offset : end_of_line if end_of_line >= 0 else size]
        if plain and '"' not in plain and "\r" not in plain:
            # nearly all rows: nothing is quoted, and a line is a row
            column = 1
            for part in plain.split(","):
                cells.append(Cell(part, first_line, column))
                column += len(part) + 1
            offset += len(plain) + 1
            yield ScannedRow(cells, first_line)
            continue
        fault: tuple[Cell, str] | None = None
        if text[offset] not in "\r\n":
            while True:
                cell, offset, reason = _scan_cell(text, offset, lines)
                cells.append(cell)
                if reason and fault is None:
                    fault = (cell, reason)
                if offset == size or text[offset] != ",":
                    break
                offset += 1
        end = _LINE_END.match(text, offset)
        offset = end.end() if end else offset
        yield ScannedRow(cells, first_line, fault)


def _scan_cell(text: str, offset: int, lines: Lines) -> tuple[Cell, int, str]:
    line, column = lines.position(offset)
    if not text.startswith('"', offset):
        end = _PLAIN.match(text, offset).end()  # type: ignore[union-attr]
        return Cell(text[offset:end], line, column), end, ""
    quoted = _QUOTED.match(text, offset)
    if quoted is None:
        end = _PLAIN.match(text, offset).end()  # type: ignore[union-attr]
        reason = "a quotation mark opens and never closes"
        return Cell(text[offset:end], line, column), end, reason
    value, end = quoted[1].replace('""', '"'), quoted.end()
    if end == len(text) or text[end] in ",\r\n":
        return Cell(value, line, column), end, ""
    end = _PLAIN.match(text, end).end()  # type: ignore[union-attr]
    reason = "text follows a closing quotation mark; double a mark that is meant"
    return Cell(text[offset:end], line, column), end, reason


def read_rows(path: str | os.PathLike[str]) -> list[list[str]]:
    """Return all rows of a CSV file, the header first.

    Raises:
        UnicodeDecodeError: if the file is not UTF-8.
        csv.Error: if its quoting is broken.
    """
    with open(path, encoding="utf-8", newline="") as stream:  # noqa: PTH123
        return list(csv.reader(stream, strict=True))


def format_rows(rows: Iterable[Sequence[str]]) -> str:
    """Return the text of a CSV file, quoted only where it must be."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def write_rows(path: str | os.PathLike[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows, the header first; the file appears whole or not at all."""
    from gazetteer.writing import write_text

    write_text(path, format_rows(rows))


def sort_rows(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the rows in the order of the tables: the header, then by code point.

    Rows are compared cell by cell, so a table is sorted by its first column, then by
    its second, and equal rows stand together.
    """
    header, *body = (list(row) for row in rows)
    return [header, *sorted(body)]
