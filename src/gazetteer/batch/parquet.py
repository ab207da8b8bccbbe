"""Parquet, by pyarrow: columns keep their types.

A Parquet file ends with its table of contents and so cannot grow. The body is a row of
Arrow streams, one a piece, which can; `ParquetWriter.seal` makes the file of them.
https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from gazetteer.batch.errors import BatchError
from gazetteer.batch.options import no_progress
from gazetteer.batch.reading import PIECE_ROWS, Piece, Reader, Survey, Writer
from gazetteer.batch.values import text_of
from gazetteer.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from gazetteer.batch.options import Progress
    from gazetteer.batch.reading import Answered
    from gazetteer.batch.source import Source
    from gazetteer.batch.values import Value

__all__ = ["ParquetReader", "ParquetWriter"]

_GROUP: Final = 1 << 17
"""Rows of a row group, whatever the pieces."""


def arrow(file: str) -> Any:
    """Import pyarrow, or say what installs it.

    Raises:
        BatchError: if it is not there.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet  # makes it an attribute
    except ImportError as error:
        reason = "Parquet needs pyarrow: pip install 'gazetteer[parquet]'"
        raise BatchError(file, reason) from error
    return pa


class _BatchPiece(Piece):
    """A record batch."""

    __slots__ = ("batch",)

    def __init__(self, batch: Any) -> None:
        self.batch = batch

    def __len__(self) -> int:
        return int(self.batch.num_rows)

    def texts(self, column: int) -> list[str]:
        """Return a column as texts; empty where it is null."""
        return [text_of(value) for value in _values(self.batch.column(column))]

    def rows(self) -> Sequence[Sequence[Value]]:
        """Return the values row by row."""
        return list(zip(*map(_values, self.batch.columns), strict=True))


def _values(column: Any) -> list[Value]:
    if str(column.type).startswith("timestamp[ns"):
        # Python's own times end at microseconds
        import pyarrow as pa

        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    values: list[Value] = column.to_pylist()
    return values


class ParquetReader(Reader):
    """A Parquet file."""

    format = "parquet"

    def __init__(self, source: Source) -> None:
        """Read nothing yet."""
        super().__init__(source.name)
        self._source = source
        self._pa = arrow(source.name)

    def begin(self) -> None:
        """Read the schema; see `Reader.begin`."""
        with self._open() as file:
            self.schema = file.schema_arrow
            self._rows = file.metadata.num_rows
        self.header = list(self.schema.names)

    def survey(self, *, kinds: bool, progress: Progress = no_progress) -> Survey:  # noqa: ARG002
        """Take the number of rows from the file's end; see `Reader.survey`."""
        content = self._source.content(progress)
        self.begin()
        return Survey(self._rows, content)

    def pieces(self, skip: int = 0) -> Iterator[Piece]:
        """Yield record batches; see `Reader.pieces`."""
        try:
            with self._open() as file:
                group = 0
                while group < file.num_row_groups:
                    rows = file.metadata.row_group(group).num_rows
                    if rows > skip:
                        break
                    skip -= rows
                    group += 1
                groups = list(range(group, file.num_row_groups))
                if not groups:
                    return
                for batch in file.iter_batches(PIECE_ROWS, row_groups=groups):
                    if skip >= batch.num_rows:
                        skip -= batch.num_rows
                        continue
                    yield _BatchPiece(batch.slice(skip))
                    skip = 0
        except (self._pa.ArrowException, OSError) as error:
            raise self._damaged(error) from error

    def kind(self, column: int) -> str:
        """Return the kind of a column; text where no other format has its like."""
        types, type_ = self._pa.types, self.schema.field(column).type
        if types.is_boolean(type_):
            return "bool"
        if types.is_integer(type_):
            return "int"
        if types.is_floating(type_):
            return "float"
        return "text"

    def _open(self) -> Any:
        path = self._source.set_aside()
        try:
            return self._pa.parquet.ParquetFile(path)
        except (self._pa.ArrowException, OSError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> DataError:
        message = f"not a whole Parquet file: {error}"
        return DataError([Problem(self.name, 0, 0, "", "", "bad-parquet", message)])


class ParquetWriter(Writer):
    """Writes Parquet; see the head of this module for its body."""

    format: ClassVar[str] = "parquet"
    whole: ClassVar[bool] = False

    def __init__(
        self, reader: Reader, added: Sequence[Answered], *, name: str = "-"
    ) -> None:
        """Take the columns.

        Args:
            reader: whose columns are kept, with their types as far as it has any.
            added: of the answers.
            name: of the file.
        """
        self._pa = pa = arrow(name)
        self._name = name
        self._header = reader.header
        of_kind = {
            "text": pa.string(),
            "bool": pa.bool_(),
            "int": pa.int64(),
            "float": pa.float64(),
            "date": pa.date32(),
            "datetime": pa.timestamp("us"),
        }
        if isinstance(reader, ParquetReader):
            own = reader.schema
        else:
            kinds = [reader.kind(column) for column in range(len(reader.header))]
            self._convert = [_CONVERT[kind] for kind in kinds]
            own = pa.schema(
                [
                    (name, of_kind[kind])
                    for name, kind in zip(reader.header, kinds, strict=True)
                ]
            )
        self._own = own
        fields = [
            pa.field(each.name, pa.float64() if each.number else pa.string())
            for each in added
        ]
        self._added = fields
        self._schema = pa.schema([*own, *fields], metadata=own.metadata)

    def head(self) -> bytes:
        """Return nothing: each piece brings the schema."""
        return b""

    def tail(self, values: Sequence[Value]) -> object:
        """Return the values."""
        return tuple(
            round(value, 1) if isinstance(value, float) else value for value in values
        )

    def encode(self, piece: Piece, tails: Sequence[object], start: int) -> bytes:
        """Return some rows as an Arrow stream; see `Writer.encode`."""
        pa = self._pa
        if isinstance(piece, _BatchPiece):
            columns = piece.batch.columns
        else:
            columns = [
                self._column(column, values, start)
                for column, values in enumerate(zip(*piece.rows(), strict=True))
            ]
        answers = [
            pa.array(values, field.type)
            for field, values in zip(
                self._added,
                zip(*tails, strict=True),
                strict=True,
            )
        ]
        batch = pa.record_batch([*columns, *answers], schema=self._schema)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, self._schema) as stream:
            stream.write_batch(batch)
        return bytes(sink.getvalue())

    def seal(self, body: BinaryIO, out: BinaryIO) -> None:
        """Write the Parquet file of a body; see `Writer.seal`."""
        pa = self._pa
        size = body.seek(0, 2)
        body.seek(0)
        with pa.parquet.ParquetWriter(out, self._schema) as writer:
            held: list[Any] = []
            count = 0
            while body.tell() < size:
                with pa.ipc.open_stream(body) as stream:
                    for batch in stream:
                        held.append(batch)
                        count += batch.num_rows
                if count >= _GROUP:
                    held, count = self._write(writer, held, last=False)
            self._write(writer, held, last=True)

    def _write(
        self, writer: Any, held: list[Any], *, last: bool
    ) -> tuple[list[Any], int]:
        """Write full row groups, cut alike however the pieces were cut."""
        table = self._pa.Table.from_batches(held, self._schema)
        table = table.unify_dictionaries().combine_chunks()
        while table.num_rows >= _GROUP or (last and table.num_rows):
            writer.write_table(table.slice(0, _GROUP), row_group_size=_GROUP)
            table = table.slice(_GROUP)
        return table.to_batches(), table.num_rows

    def _column(self, column: int, values: Sequence[Value], start: int) -> Any:
        convert = self._convert[column]
        type_ = self._own.field(column).type
        try:
            return self._pa.array(
                [None if each is None else convert(each) for each in values], type_
            )
        except (self._pa.ArrowException, ValueError, TypeError, UnicodeError) as error:
            raise self._unwritable(column, values, start, error) from error

    def _unwritable(
        self, column: int, values: Sequence[Value], start: int, error: Exception
    ) -> DataError:
        type_, convert = self._own.field(column).type, self._convert[column]
        message = f"cannot be written as {type_}: {error}"
        line, shown = 0, ""
        for number, value in enumerate(values):
            try:
                self._pa.array([None if value is None else convert(value)], type_)
            except (self._pa.ArrowException, ValueError, TypeError, UnicodeError):
                line, shown = start + number + 2, repr(value)[:80]
                break
        field = self._header[column]
        return DataError(
            [Problem(self._name, line, column + 1, field, shown, "bad-cell", message)]
        )


def _same(value: Value) -> Value:
    return value


_CONVERT: Final[dict[str, Callable[[Value], Value]]] = {
    "text": text_of,
    "bool": _same,
    "int": int,
    "float": float,
    "date": _same,
    "datetime": _same,
}
