"""Excel workbooks are read by openpyxl, one sheet as a stream.

Values are kept, formulas become their values, and nothing else of a workbook is.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from gazetteer.batch.errors import BatchError
from gazetteer.batch.options import no_progress
from gazetteer.batch.reading import (
    PIECE_ROWS,
    Reader,
    RowsPiece,
    Survey,
)
from gazetteer.batch.values import text_of
from gazetteer.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.batch.options import Progress
    from gazetteer.batch.reading import Piece
    from gazetteer.batch.source import Source
    from gazetteer.batch.values import Value

__all__ = ["ExcelReader"]

_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
"""ECMA-376, part 1, section 22.9.2.19."""


class ExcelReader(Reader):
    """One sheet of a workbook, its first row the header."""

    format = "xlsx"

    def __init__(self, source: Source, *, sheet: str | None = None) -> None:
        """Read nothing yet.

        Args:
            source: the bytes.
            sheet: its name; the first one if None.

        Raises:
            BatchError: if openpyxl is not installed.
        """
        super().__init__(source.name)
        self._source = source
        self._sheet = sheet
        self._kinds: list[set[str]] = []
        try:
            import openpyxl  # noqa: F401
        except ImportError as error:
            reason = "Excel needs openpyxl: pip install 'gazetteer[excel]'"
            raise BatchError(source.name, reason) from error

    def begin(self) -> None:
        """Read the header; see `Reader.begin`."""
        if self.header:
            return
        with self._values() as rows:
            first = [text_of(value) for value in next(rows, ())]
        while first and not first[-1]:
            first.pop()
        if not first:
            message = "the first row is the header, and it is empty"
            raise DataError([Problem(self.name, 1, 0, "", "", "empty-file", message)])
        self.header = first

    def survey(self, *, kinds: bool, progress: Progress = no_progress) -> Survey:
        """Look for what would be lost; see `Reader.survey`."""
        content = self._source.content(progress)
        self.begin()
        if self._has_formulas():
            self._require_values()
        count: int | None = None
        if kinds:
            self._kinds = [set() for _ in self.header]
            count = 0
            for row in self._all_rows():
                count += 1
                for found, value in zip(self._kinds, row, strict=True):
                    if value is not None:
                        found.add(_kind(value))
                if count % 10_000 == 0:
                    progress("checking", count, 0.0)
        return Survey(count, content)

    def pieces(self, skip: int = 0) -> Iterator[Piece]:
        """Yield the rows; see `Reader.pieces`."""
        rows = self._all_rows()
        for _ in islice(rows, skip):
            pass
        while piece := list(islice(rows, PIECE_ROWS)):
            yield RowsPiece(piece)

    def kind(self, column: int) -> str:
        """Return the kind of a column; text where its values differ."""
        kinds = self._kinds[column]
        if kinds == {"int", "float"}:
            return "float"
        return kinds.copy().pop() if len(kinds) == 1 else "text"

    def _all_rows(self) -> Iterator[list[Value]]:
        width = len(self.header)
        empty = 0
        with self._values() as rows:
            for number, row in enumerate(islice(rows, 1, None), start=2):
                values = [_unescaped(value) for value in row[:width]]
                values += [None] * (width - len(values))
                for column, value in enumerate(row[width:], start=width + 1):
                    if value is not None:
                        message = "a cell without a header above it"
                        shown = text_of(value)[:80]
                        raise DataError(
                            [
                                Problem(
                                    self.name, number, column, "", shown, "bad-row",
                                    message,
                                )
                            ]
                        )  # fmt: skip
                if all(value is None for value in values):
                    # rows that were only formatted stand below most sheets
                    empty += 1
                    continue
                for _ in range(empty):
                    yield [None] * width
                empty = 0
                yield values

    @contextmanager
    def _values(
        self, *, formulas: bool = False
    ) -> Iterator[Iterator[tuple[Value, ...]]]:
        from openpyxl import load_workbook

        path = self._source.set_aside()
        with warnings.catch_warnings(), path.open("rb") as stream:
            # of styles and validations, which are not read
            warnings.simplefilter("ignore")
            try:
                book = load_workbook(stream, read_only=True, data_only=not formulas)
            except Exception as error:
                # it raises whatever comes up where the file is not as it expects
                raise self._damaged(error) from error
            try:
                yield self._rows_of(book)
            except (zipfile.BadZipFile, EOFError, SyntaxError) as error:
                raise self._damaged(error) from error
            finally:
                book.close()

    def _damaged(self, error: Exception) -> DataError:
        message = f"not a whole workbook (.xlsx): {error}"
        return DataError([Problem(self.name, 0, 0, "", "", "bad-workbook", message)])

    def _rows_of(self, book: Any) -> Iterator[tuple[Value, ...]]:
        sheets = {each.title: each for each in book.worksheets}
        if self._sheet is not None and self._sheet not in sheets:
            listed = ", ".join(map(repr, sheets))
            reason = f"it has no sheet {self._sheet!r}; there are: {listed}"
            raise BatchError(self.name, reason)
        if not sheets:
            raise BatchError(self.name, "it has no sheet with cells")
        sheet = sheets[self._sheet] if self._sheet else next(iter(sheets.values()))
        sheet.reset_dimensions()  # what a file says of its size is often wrong
        rows: Iterator[tuple[Value, ...]] = sheet.iter_rows(values_only=True)
        return rows

    def _has_formulas(self) -> bool:
        with zipfile.ZipFile(self._source.set_aside()) as archive:
            for name in archive.namelist():
                if not name.startswith("xl/worksheets/"):
                    continue
                with archive.open(name) as stream:
                    before = b""
                    while block := stream.read(1 << 20):
                        if b"<f>" in before + block or b"<f " in before + block:
                            return True
                        before = block[-2:]
        return False

    def _require_values(self) -> None:
        """Refuse formulas whose values are not in the file."""
        problems = []
        with self._values() as values, self._values(formulas=True) as formulas:
            for number, (row, written) in enumerate(
                zip(values, formulas, strict=False), start=1
            ):
                for column, (value, text) in enumerate(
                    zip(row, written, strict=False), start=1
                ):
                    if value is None and text is not None:
                        message = (
                            "a formula without its value; open the workbook in a "
                            "spreadsheet program and save it there"
                        )
                        problems.append(
                            Problem(
                                self.name, number, column, "", str(text)[:80],
                                "no-value", message,
                            )
                        )  # fmt: skip
                if len(problems) >= 20:  # noqa: PLR2004  # to act on
                    break
        if problems:
            raise DataError(problems)


def _kind(value: Value) -> str:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int"
    if isinstance(value, float):
        return "float"
    if isinstance(value, datetime):
        return "datetime"
    return "date" if isinstance(value, date) else "text"


def _unescaped(value: Value) -> Value:
    if isinstance(value, str) and "_x" in value:
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    return value
