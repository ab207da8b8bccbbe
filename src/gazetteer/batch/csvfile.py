"""CSV and TSV: one dialect, stated or told by the header, in and out."""

from __future__ import annotations

import csv
from hashlib import blake2b
from itertools import chain, islice
from typing import TYPE_CHECKING, ClassVar, Final

from gazetteer.batch.dialect import (
    LONGEST_CELL,
    Dialect,
    cell_at,
    long_cells,
    tell_delimiter,
)
from gazetteer.batch.encodings import CountedStream, bad_encoding, open_text
from gazetteer.batch.options import no_progress
from gazetteer.batch.reading import (
    PIECE_BYTES,
    PIECE_ROWS,
    STEP,
    Reader,
    RowsPiece,
    Survey,
    Writer,
    faults_at_once,
)
from gazetteer.batch.values import text_of
from gazetteer.display.counts import counted
from gazetteer.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from io import TextIOWrapper

    from gazetteer.batch.options import Progress
    from gazetteer.batch.reading import Answered, Piece
    from gazetteer.batch.source import Source
    from gazetteer.batch.values import Value

__all__ = ["CsvReader", "CsvWriter"]

_HEAD: Final = 50
"""Lines in which the delimiter is looked for."""


class CsvReader(Reader):
    """A text of rows with a header."""

    def __init__(
        self,
        source: Source,
        *,
        delimiter: str | None = None,
        quote: str = '"',
        encoding: str | None = None,
        wanted: Sequence[str] = (),
        format_: str = "csv",
    ) -> None:
        """Read nothing yet.

        Args:
            source: the bytes.
            delimiter: one character; told by the first lines if None.
            quote: the quotation mark, empty for none.
            encoding: as stated; see `gazetteer.batch.encodings.open_text`.
            wanted: headers that must be there: the best sign of the delimiter.
            format_: csv or tsv.
        """
        super().__init__(source.name)
        self.format = format_
        self._source = source
        self._delimiter = delimiter
        self._encoding = encoding
        self._wanted = wanted
        self._rows: Iterator[list[str]] | None = None
        self.dialect = Dialect(delimiter or ",", quote)

    def begin(self) -> None:
        """Read the header; see `Reader.begin`."""
        if self.header:
            return
        self._rows = self._all_rows(self._source)
        try:
            self.header = next(self._rows)
        except StopIteration:
            raise _empty(self.name) from None

    def survey(self, *, kinds: bool, progress: Progress = no_progress) -> Survey:  # noqa: ARG002
        """Read every row once and list all faults; see `Reader.survey`."""
        digest = blake2b(digest_size=16)
        size = max(self._source.set_aside().stat().st_size, 1)
        count = 0
        with faults_at_once() as note:
            rows = self._all_rows(self._source, note, digest)
            self.header = next(rows, [])
            while more := sum(1 for _ in islice(rows, 50_000)):
                count += more
                share = min(self._stream.delivered / size, 0.99)
                progress("checking", count, share)
        if not self.header:
            raise _empty(self.name)
        progress("checking", count, 1.0)
        return Survey(count, digest.hexdigest())

    def pieces(self, skip: int = 0) -> Iterator[Piece]:
        """Yield the rows; see `Reader.pieces`."""
        rows, self._rows = self._rows, None
        if rows is None:
            rows = self._all_rows(self._source)
            next(rows, None)
        for _ in islice(rows, skip):
            pass
        piece: list[list[str]] = []
        begun = self._stream.delivered
        while step := list(islice(rows, STEP)):
            piece += step
            read = self._stream.delivered - begun
            if len(piece) >= PIECE_ROWS or read > PIECE_BYTES:
                yield RowsPiece(piece, plain=True)
                piece, begun = [], self._stream.delivered
        if piece:
            yield RowsPiece(piece, plain=True)

    def _all_rows(
        self,
        source: Source,
        note: Callable[[Problem], None] | None = None,
        digest: object | None = None,
    ) -> Iterator[list[str]]:
        """Yield the header and the rows, as wide as the header.

        Args:
            source: the bytes.
            note: takes a fault, so that the reading goes on; it ends at the first
                one if None.
            digest: a hash to update with the bytes.
        """
        with source.open() as raw, long_cells():
            self._stream = CountedStream(raw, digest)
            text = open_text(self._stream, self._encoding, self.name)
            try:
                yield from self._parsed(text, note)
            except UnicodeError as error:
                raise bad_encoding(
                    error, self._stream, self.name, text.encoding
                ) from error
            finally:
                text.detach()

    def _parsed(
        self, text: TextIOWrapper, note: Callable[[Problem], None] | None
    ) -> Iterator[list[str]]:
        head = list(islice(text, _HEAD))
        if self._delimiter is None:
            self._delimiter = tell_delimiter(
                head, self.dialect.quote, self._wanted, self.name
            )
            self.dialect = self.dialect._replace(delimiter=self._delimiter)
        reader = csv.reader(chain(head, text), strict=True, **self.dialect.arguments)
        width = line = blank = 0
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise DataError([self._broken(error, line + 1)]) from error
            if not row:
                # in a file of one column this is a row without a name, unless no other
                # follows; it would be lost to whoever counts the rows
                blank += width == 1
            else:
                yield from ([""] for _ in range(blank))
                blank, width = 0, width or len(row)
                if len(row) == width:
                    yield row
                elif len(row) < width:
                    yield row + [""] * (width - len(row))
                else:
                    problem = self._too_wide(row, width, line + 1)
                    if note is None:
                        raise DataError([problem])
                    note(problem)
            # `line_num` is the last line of a row, also where a cell spans several
            line = reader.line_num

    def _broken(self, error: csv.Error, line: int) -> Problem:
        said = str(error)
        if "field limit" in said:
            said = (
                f"a cell of this row has more than {LONGEST_CELL:,} characters: is a "
                f"quotation mark left open?"
            )
        elif "expected after" in said:
            said = (
                "text follows a closing quotation mark; a mark inside a cell is "
                "doubled, and where marks mean nothing --quote none says so"
            )
        elif "unexpected end" in said:
            said = "a quotation mark opens in this row and never closes"
        return Problem(self.name, line, 0, "", "", "bad-csv", said)

    def _too_wide(self, row: list[str], width: int, line: int) -> Problem:
        message = (
            f"{counted(len(row), 'cell')} where the header has {width}; put quotation "
            f"marks around a cell that has {self.dialect.delimiter!r} in it"
        )
        at = self._cell_at(line, width)
        return Problem(self.name, *at, "", row[width][:80], "bad-row", message)

    def position(self, row: int, column: int) -> tuple[int, int]:
        """Return where a cell begins; see `Reader.position`."""
        if self._source.piped:
            return row + 2, 0
        line = 0
        with self._source.open() as raw, long_cells():
            text = open_text(CountedStream(raw), self._encoding, self.name)
            reader = csv.reader(text, strict=True, **self.dialect.arguments)
            number = -1  # of the header
            for cells in reader:
                if cells or (number >= 0 and len(self.header) == 1):
                    if number == row:
                        break
                    number += 1
                line = reader.line_num
            text.detach()
        return self._cell_at(line + 1, column)

    def _cell_at(self, line: int, cell: int) -> tuple[int, int]:
        """Return line and column of a cell of the row that begins on a line."""
        if self._source.piped:
            return line, 0
        with self._source.open() as raw:
            text = open_text(CountedStream(raw), self._encoding, self.name)
            row = "".join(islice(text, line - 1, line + 200))
            text.detach()
        found = cell_at(row, cell, self.dialect)
        return (line + found[0], found[1]) if found else (line, 0)


def _empty(name: str) -> DataError:
    message = "a header and rows are wanted"
    return DataError([Problem(name, 1, 0, "", "", "empty-file", message)])


class _Sink:
    """A file that the csv module writes to, one call a row."""

    __slots__ = ("write",)

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write


class CsvWriter(Writer):
    """Writes rows as UTF-8, with line feeds, quoting only what must be."""

    format: ClassVar[str] = "csv"

    def __init__(
        self,
        header: Sequence[str],
        added: Sequence[Answered],
        dialect: Dialect | None = None,
        *,
        name: str = "-",
        mark: bool = False,
    ) -> None:
        """Take the columns.

        Args:
            header: of the rows.
            added: of the answers.
            dialect: commas and quotation marks if None.
            name: of the file.
            mark: whether a byte order mark comes first, which makes spreadsheets read
                UTF-8.
        """
        self._dialect = dialect or Dialect()
        self._header = [*header, *(each.name for each in added)]
        self._name = name
        self._mark = "\ufeff" if mark else ""

    def head(self) -> bytes:
        """Return the header."""
        (line,) = self._lines([self._header], 0)
        return f"{self._mark}{line}\n".encode()

    def tail(self, values: Sequence[Value]) -> object:
        """Return the cells as they stand at the end of a line."""
        if not values:
            return "\n"
        # a cell before them keeps a row of one empty cell from being quoted
        (line,) = self._lines([["", *map(_shown, values)]], 0)
        return f"{line}\n"

    def encode(self, piece: Piece, tails: Sequence[object], start: int) -> bytes:
        """Return the lines of some rows; see `Writer.encode`."""
        if isinstance(piece, RowsPiece) and piece.plain:
            rows = piece.rows()
        else:
            rows = [[text_of(value) for value in row] for row in piece.rows()]
        lines = self._lines(rows, start)
        text = "".join(
            [f"{line}{tail}" for line, tail in zip(lines, tails, strict=True)]
        )
        try:
            return text.encode()
        except UnicodeEncodeError as error:
            raise self._unwritable(rows, start, str(error.reason)) from error

    def _lines(self, rows: Sequence[Sequence[str]], start: int) -> list[str]:
        lines: list[str] = []
        # Python before 3.13 quotes only those line ends that are its own
        writer = csv.writer(
            _Sink(lines.append), lineterminator="\r\n", **self._dialect.arguments
        )
        try:
            writer.writerows(rows)
        except csv.Error as error:
            raise self._unwritable(rows, start, str(error)) from error
        return [line[:-2] for line in lines]

    def _unwritable(
        self, rows: Sequence[Sequence[str]], start: int, reason: str
    ) -> DataError:
        message = f"cannot be written as CSV: {reason}"
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                if not _writable(text, self._dialect):
                    at = start + number + 2, column + 1
                    field = self._header[column]
                    return DataError(
                        [
                            Problem(
                                self._name, *at, field, text[:80], "bad-cell", message
                            )
                        ]
                    )
        return DataError([Problem(self._name, 0, 0, "", "", "bad-cell", message)])


def _shown(value: Value) -> str:
    return f"{value:.1f}" if isinstance(value, float) else text_of(value)


def _writable(text: str, dialect: Dialect) -> bool:
    if not dialect.quote and set(text) & {dialect.delimiter, "\r", "\n"}:
        return False
    return not any("\ud800" <= each <= "\udfff" for each in text)
