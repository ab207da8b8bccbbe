"""Which format a file is in, and its reader and writer."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from gazetteer.batch.csvfile import CsvReader, CsvWriter
from gazetteer.batch.dialect import Dialect
from gazetteer.batch.errors import BatchError
from gazetteer.batch.jsonlines import JsonLinesReader, JsonLinesWriter
from gazetteer.writing import is_stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.batch.options import BatchOptions
    from gazetteer.batch.reading import Answered, Reader, Writer
    from gazetteer.batch.source import Source

__all__ = ["FORMATS", "format_of", "open_reader", "open_writer", "table_writer"]

FORMATS: Final = ("csv", "tsv", "jsonl", "parquet", "xlsx")

_SUFFIXES: Final = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
}


def format_of(name: str, stated: str | None = None, *, reading: bool = True) -> str:
    """Return the format of a file: what is stated, else what its suffix says.

    Args:
        name: of the file; ``-`` for a pipe, which is CSV.
        stated: one of `FORMATS`.
        reading: whether it is read; only what is read may be gzipped.

    Raises:
        BatchError: if the suffix says nothing, or something that is not read here.

    Examples:
        >>> format_of("list.tsv"), format_of("list.csv.gz"), format_of("-")
        ('tsv', 'csv', 'csv')
    """
    listed = ", ".join(FORMATS)
    if stated is not None:
        if stated not in FORMATS:
            raise BatchError(
                name, f"no format is named {stated!r}; there are: {listed}"
            )
        return stated
    if name == "-":
        return "csv"
    path = PurePath(name.lower())
    if path.suffix == ".gz":
        if not reading:
            reason = "it is not written compressed; leave out .gz, and run gzip on it"
            raise BatchError(name, reason)
        path = path.with_suffix("")
    if path.suffix == ".xls":
        raise BatchError(name, "save it as .xlsx, CSV or Parquet first")
    if path.suffix == ".json":
        reason = "one object a line is read, with --format jsonl, and no array of them"
        raise BatchError(name, reason)
    found = _SUFFIXES.get(path.suffix)
    if found is None:
        option = "--format" if reading else "--output-format"
        reason = f"its suffix names no format; say which with {option}: {listed}"
        raise BatchError(name, reason)
    return found


def open_reader(source: Source, options: BatchOptions, wanted: Sequence[str]) -> Reader:
    """Return what reads a source; nothing is read yet.

    Raises:
        BatchError: if the format is not known, an option is not for it, or its
            package is not installed.
    """
    format_ = format_of(source.name, options.format)
    _require_of_use(source.name, options, format_)
    if format_ == "jsonl":
        return JsonLinesReader(source, encoding=options.encoding, wanted=wanted)
    if format_ == "parquet":
        from gazetteer.batch.parquet import ParquetReader

        return ParquetReader(source)
    if format_ == "xlsx":
        from gazetteer.batch.excel import ExcelReader

        return ExcelReader(source, sheet=options.sheet)
    return CsvReader(
        source,
        delimiter=options.delimiter or ("\t" if format_ == "tsv" else None),
        quote=options.quote,
        encoding=options.encoding,
        wanted=wanted,
        format_=format_,
    )


def _require_of_use(name: str, options: BatchOptions, format_: str) -> None:
    """Refuse an option that says nothing of a format, rather than pass over it."""
    for option, given, formats in (
        ("--sheet", options.sheet, ("xlsx",)),
        ("--delimiter", options.delimiter, ("csv", "tsv")),
        ("--encoding", options.encoding, ("csv", "tsv", "jsonl")),
    ):
        if given is not None and format_ not in formats:
            whose = " and ".join(formats)
            reason = f"{option} is for {whose}, and this is {format_}; leave it out"
            raise BatchError(name, reason)


def open_writer(
    reader: Reader, added: Sequence[Answered], name: str, format_: str
) -> Writer:
    """Return what writes the rows of a reader with the answers' columns.

    Raises:
        BatchError: if the format's package is not installed, or two columns have one
            header where the format parts them by it.
    """
    header = reader.header
    if format_ in ("jsonl", "parquet"):
        twice = sorted({each for each in header if header.count(each) > 1})
        if twice:
            listed = ", ".join(map(repr, twice))
            reason = (
                f"several columns have the header {listed}, which {format_} forbids"
            )
            raise BatchError(name, reason)
    if format_ == "jsonl":
        return JsonLinesWriter(header, added, name=name)
    if format_ == "parquet":
        from gazetteer.batch.parquet import ParquetWriter

        return ParquetWriter(reader, added, name=name)
    if format_ == "xlsx":
        from gazetteer.batch.workbook import ExcelWriter

        return ExcelWriter(header, added, name=name)
    dialect = Dialect("\t") if format_ == "tsv" else Dialect()
    if isinstance(reader, CsvReader) and reader.format == format_:
        dialect = reader.dialect
    return CsvWriter(header, added, dialect, name=name)


def table_writer(header: Sequence[str], name: str) -> Writer:
    """Return what writes a table of texts and numbers for people, by its suffix.

    Raises:
        BatchError: if it is neither CSV, TSV, JSON Lines nor Excel.
    """
    told = "-" if is_stream(name) and not PurePath(name).suffix else name
    format_ = format_of(told, reading=False)
    if format_ == "jsonl":
        return JsonLinesWriter(header, (), name=name)
    if format_ == "xlsx":
        from gazetteer.batch.workbook import ExcelWriter

        return ExcelWriter(header, (), name=name)
    if format_ == "parquet":
        raise BatchError(name, "a file for people is csv, tsv, jsonl or xlsx")
    dialect = Dialect("\t") if format_ == "tsv" else Dialect()
    return CsvWriter(header, (), dialect, name=name, mark=True)
