"""What parts the cells of a CSV file: stated, or told by its first lines if sure."""

from __future__ import annotations

import csv
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gazetteer.batch.errors import BatchError
from gazetteer.display.counts import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["LONGEST_CELL", "Dialect", "cell_at", "long_cells", "tell_delimiter"]

DELIMITERS: Final = ",;\t|"
LONGEST_CELL: Final = 1 << 24
"""Characters; a longer cell is rather a quotation mark that was left open."""


class Dialect(NamedTuple):
    """How cells are parted and quoted; ``quote`` is empty where nothing is quoted."""

    delimiter: str = ","
    quote: str = '"'

    @property
    def arguments(self) -> dict[str, Any]:
        """What the csv module calls them."""
        quoting = csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote or None,
            "quoting": quoting,
        }


def tell_delimiter(
    head: Sequence[str], quote: str, wanted: Sequence[str], name: str
) -> str:
    r"""Return what parts the cells of the first lines of a text.

    Args:
        head: the lines, the header first.
        quote: the quotation mark, empty for none.
        wanted: headers that must be there.
        name: of the file.

    Raises:
        BatchError: if more than one character might, with what each would give.

    Examples:
        >>> tell_delimiter(["a;b\n", "1,5;2\n"], '"', [], "f.csv")
        ';'
        >>> tell_delimiter(["a,x;b\n"], '"', ["b"], "f.csv")
        ';'
        >>> tell_delimiter(["a,x;b\n"], '"', [], "f.csv")
        Traceback (most recent call last):
        gazetteer.batch.errors.BatchError: cannot go on with 'f.csv': its cells ...
    """
    tables: dict[str, list[list[str]]] = {}
    for each in DELIMITERS:
        reader = csv.reader(head, **Dialect(each, quote).arguments)
        with long_cells():
            try:
                rows = [row for row in reader if row]
            except csv.Error:
                continue
        # a quotation mark inside a header is a sign that it was cut in two
        if rows and len(rows[0]) > 1 and not (quote and _has(rows[0], quote)):
            tables[each] = rows
    if len(tables) > 1 and wanted:
        fitting = {
            each: rows for each, rows in tables.items() if set(wanted) <= set(rows[0])
        }
        tables = fitting or tables
    if len(tables) > 1:
        even = {
            each: rows
            for each, rows in tables.items()
            # the last row may have been cut short
            if all(len(row) == len(rows[0]) for row in rows[1:-1] or rows[1:])
        }
        tables = even or tables
    if len(tables) > 1:
        listed = " or ".join(
            f"{each!r} ({counted(len(rows[0]), 'column')}: {', '.join(rows[0])})"
            for each, rows in tables.items()
        )
        reason = f"its cells may be parted by {listed}; say which with --delimiter"
        raise BatchError(name, reason)
    return next(iter(tables), ",")


def _has(cells: Sequence[str], quote: str) -> bool:
    return any(quote in cell for cell in cells)


@contextmanager
def long_cells() -> Iterator[None]:
    """Let the csv module read cells of up to `LONGEST_CELL` characters."""
    # The limit belongs to the whole process, so it is put back.
    old = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(old)


def cell_at(row: str, cell: int, dialect: Dialect) -> tuple[int, int] | None:
    r"""Return on which line and in which column of a row's text a cell begins.

    Args:
        row: the text from the beginning of the row on.
        cell: its number, from 0.
        dialect: of the text.

    Returns:
        The lines before it and the column, 1-based; None where it cannot be found.

    Examples:
        >>> cell_at('ab,"c\nd",e', 2, Dialect())
        (1, 4)
    """
    mark, end = re.escape(dialect.quote), re.escape(dialect.delimiter)
    quoted = rf"{mark}(?:[^{mark}]|{mark}{mark})*{mark}|" if mark else ""
    one = re.compile(rf"(?:{quoted})[^{end}\r\n]*{end}")
    offset = 0
    for _ in range(cell):
        found = one.match(row, offset)
        if found is None:
            return None
        offset = found.end()
    before = row[:offset]
    return before.count("\n"), offset - before.rfind("\n")
