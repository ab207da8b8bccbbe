"""What keeps a file from being read at all, said with line and column.

Slow, and only called when the fast reader has failed: it reads the file again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.dates import parse_interval
from gazetteer.display.counts import counted
from gazetteer.errors import DateError, Problem
from gazetteer.tables.cells import Lines, ScannedRow, scan_rows

if TYPE_CHECKING:
    from gazetteer.tables.columns import Table

__all__ = ["unreadable"]


def unreadable(table: Table, path: str, data: bytes) -> list[Problem]:
    """Return what keeps a file from being read; never an empty list."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        line, column = Lines(before).position(len(before))
        return [
            Problem(
                path,
                line,
                column,
                "",
                f"\\x{data[error.start]:02x}",
                "not-utf8",
                "a byte that is not UTF-8; save the file as UTF-8",
            )
        ]
    scanned = list(scan_rows(text))
    expected = ",".join(table.header)
    if not scanned:
        message = f"no header; the first line would be {expected!r}"
        return [Problem(path, 1, 1, "", "", "empty-file", message)]
    header = [cell.text for cell in scanned[0].cells]
    if header != table.header:
        message = f"not the columns of this table; the first line would be {expected!r}"
        return [Problem(path, 1, 1, "", ",".join(header), "bad-header", message)]
    problems = [
        problem for row in scanned[1:] for problem in _row_faults(table, path, row)
    ]
    # The csv module may refuse what this scan accepts, such as a cell of 128 kB.
    return problems or [
        Problem(path, 0, 0, "", "", "bad-csv", "the csv module cannot read this file")
    ]


def _row_faults(table: Table, path: str, row: ScannedRow) -> list[Problem]:
    if row.fault is not None:
        (text, line, start), reason = row.fault
        return [Problem(path, line, start, "", text, "bad-csv", reason)]
    if len(row.cells) != len(table.columns):
        cells = counted(len(row.cells), "cell")
        message = f"{cells} where {table.file} has {len(table.columns)}"
        return [Problem(path, row.line, 1, "", "", "wrong-cell-count", message)]
    problems = []
    for column, cell in zip(table.columns, row.cells, strict=True):
        found = _no_value(column.kind, cell.text)
        if found is not None:
            at = (path, cell.line, cell.column, column.name, cell.text)
            problems.append(Problem(*at, *found))
    return problems


def _no_value(kind: str, text: str) -> tuple[str, str] | None:
    try:
        if kind == "date":
            parse_interval(text)
        elif kind == "number" and text:
            float(text)
    except DateError as error:
        return "bad-edtf", str(error)
    except ValueError:
        return "bad-number", "not a number; '39.8153' would be one"
    return None
