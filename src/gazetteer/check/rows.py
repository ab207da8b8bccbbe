"""A file's rows as they stand, and everything that is wrong with the file itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.display.counts import counted
from gazetteer.errors import Problem
from gazetteer.tables.cells import Cell, Lines, format_rows, scan_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.tables.cells import ScannedRow
    from gazetteer.tables.columns import Table

__all__ = ["CheckedFile", "Row", "check_file"]

_BYTE_ORDER_MARK = "\ufeff"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# What bytes that are not UTF-8 become with the error handler "surrogateescape".
_UNDECODED = re.compile(r"[\udc80-\udcff]")
_CR = re.compile(r"\r\n?")


class Row:
    """One row of a table, with the place of each cell.

    A cell whose column is missing from the file reads as blank.
    """

    __slots__ = ("_cells", "_texts", "line", "path", "table")

    def __init__(
        self, table: Table, path: str, line: int, cells: dict[str, Cell]
    ) -> None:
        """Hold the cells by the name of their column."""
        self.table = table
        self.path = path
        self.line = line
        self._cells = cells
        self._texts: list[str] | None = None

    def __getitem__(self, column: str) -> str:
        cell = self._cells.get(column)
        return cell.text if cell else ""

    def texts(self) -> list[str]:
        """Return the cells in the order of the table; the list is kept."""
        if self._texts is None:
            self._texts = [self[name] for name in self.table.header]
        return self._texts

    def problem(
        self, column: str, code: str, message: str, severity: str = "error"
    ) -> Problem:
        """Return a problem that stands at a cell; at the row for an empty column."""
        at = self._cells.get(column)
        return Problem(
            self.path,
            at.line if at else self.line,
            at.column if at else 1,
            column,
            at.text if at else "",
            code,
            message,
            severity,
        )


class CheckedFile(NamedTuple):
    """The rows that could be read from a file, and what is wrong with its text."""

    rows: list[Row]
    problems: list[Problem]


def check_file(table: Table, path: str, data: bytes, tidy: str) -> CheckedFile:
    """Read a table's bytes into rows and report every fault of the text.

    Args:
        table: what the file should be.
        path: the file, as problems name it.
        data: the bytes of the file.
        tidy: severity of what is readable but not in the form of the tables.
    """
    header = ",".join(table.header)

    def at(line: int, column: int, code: str, message: str, value: str = "") -> Problem:
        return Problem(path, line, column, "", value, code, message)

    if not data.strip():
        message = f"an empty file; the first line would be {header!r}"
        return CheckedFile([], [at(1, 1, "empty-file", message)])
    if data.startswith(_UTF16_MARKS):
        message = "this looks like UTF-16; save the file as UTF-8"
        return CheckedFile([], [at(1, 1, "not-utf8", message)])
    text = data.decode("utf-8", errors="surrogateescape")
    problems = []
    if text.startswith(_BYTE_ORDER_MARK):
        text = text[1:]
        message = "a byte order mark; save the file as UTF-8 without it"
        problems.append(at(1, 1, "byte-order-mark", message)._replace(severity=tidy))
    lines = Lines(text)
    for line, column, character in _first_of_line(_UNDECODED, text, lines):
        byte = f"\\x{ord(character) - 0xDC00:02x}"
        message = "a byte that is not UTF-8; save the file as UTF-8"
        problems.append(at(line, column, "not-utf8", message, byte))
    for line, column, _ in _first_of_line(re.compile("\0"), text, lines):
        message = "a NUL character; take it out"
        problems.append(at(line, column, "nul-byte", message, "\0"))
    problems += [each._replace(severity=tidy) for each in _line_ends(path, text, lines)]
    # The rest of the row is still worth reading, and nothing moves.
    text = _UNDECODED.sub("?", text)
    scanned = list(scan_rows(text))
    columns, header_problems = _header(table, path, scanned[0])
    problems += header_problems
    rows = []
    for row in scanned[1:]:
        fault = _row_fault(path, row, len(scanned[0].cells))
        if fault is not None:
            problems.append(fault)
            continue
        cells = dict(zip(columns, row.cells, strict=True))
        rows.append(Row(table, path, row.line, cells))
    if not problems:
        problems = [
            each._replace(severity=tidy) for each in _quoting(path, text, scanned)
        ]
    return CheckedFile(rows, problems)


def _first_of_line(
    pattern: re.Pattern[str], text: str, lines: Lines
) -> Iterator[tuple[int, int, str]]:
    last = 0
    for match in pattern.finditer(text):
        line, column = lines.position(match.start())
        if line != last:
            yield line, column, match[0]
        last = line


def _line_ends(path: str, text: str, lines: Lines) -> Iterator[Problem]:
    returns = list(_CR.finditer(text))
    if returns:
        line, column = lines.position(returns[0].start())
        many = counted(len(returns), "line ends", "lines end")
        message = f"{many} with CR; end lines with LF alone"
        yield Problem(path, line, column, "", "", "carriage-return", message)
    if not text.endswith(("\n", "\r")):
        line, column = lines.position(len(text))
        message = "the last line has no end; add a line feed"
        yield Problem(path, line, column, "", "", "no-final-newline", message)


def _header(
    table: Table, path: str, row: ScannedRow
) -> tuple[list[str], list[Problem]]:
    found = [cell.text for cell in row.cells]
    header = ",".join(table.header)
    problems = []
    for name in table.header:
        if name not in found:
            message = f"{table.file} lacks this column; its header is {header!r}"
            problems.append(
                Problem(path, row.line, 1, name, "", "missing-column", message)
            )
    for number, cell in enumerate(row.cells):
        at = (path, cell.line, cell.column, cell.text, "")
        if cell.text not in table.header:
            message = f"{table.file} has no such column; its header is {header!r}"
            problems.append(Problem(*at, "unknown-column", message))
        elif cell.text in found[:number]:
            message = "this column stands here twice; take one out"
            problems.append(Problem(*at, "duplicate-column", message))
    if not problems and found != table.header:
        message = f"columns out of order; the header is {header!r}"
        problems.append(Problem(path, row.line, 1, "", "", "column-order", message))
    return found, problems


def _row_fault(path: str, row: ScannedRow, width: int) -> Problem | None:
    if row.fault is not None:
        cell, reason = row.fault
        return Problem(path, cell.line, cell.column, "", cell.text, "bad-csv", reason)
    if not row.cells:
        message = "a blank line; take it out"
        return Problem(path, row.line, 1, "", "", "blank-line", message)
    if len(row.cells) != width:
        message = f"{counted(len(row.cells), 'cell')} where the header has {width}"
        return Problem(path, row.line, 1, "", "", "wrong-cell-count", message)
    return None


def _quoting(path: str, text: str, scanned: list[ScannedRow]) -> Iterator[Problem]:
    # Only the quoting can still differ, and reading then writing must change nothing.
    lines = text.split("\n")
    for row in scanned:
        plain = format_rows([[cell.text for cell in row.cells]])
        first = row.line - 1
        written = "\n".join(lines[first : first + plain.count("\n")]) + "\n"
        if written != plain:
            message = f"needless quotation marks; {plain.rstrip()!r} would do"
            yield Problem(path, row.line, 1, "", "", "needless-quotes", message)
