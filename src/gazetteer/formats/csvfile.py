"""Any CSV file with its columns named: a row a place, or a row a name.

Rows with the same id are one place wherever they stand, so a file with ids is set aside
in buckets by id first; then each bucket's rows are put together.
"""

from __future__ import annotations

import csv
import json
from array import array
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple
from zlib import crc32

from gazetteer.display.counts import counted
from gazetteer.errors import DataError, Problem
from gazetteer.formats.building import country_place, tidy_name
from gazetteer.formats.columns import bind
from gazetteer.formats.csvplace import Row, build_place
from gazetteer.formats.faults import SourceError
from gazetteer.formats.identifiers import NO_SCHEME, SCHEME
from gazetteer.formats.inputs import UTF16, decode_failure, no_progress
from gazetteer.formats.reader import Reader
from gazetteer.formats.spill import Buckets
from gazetteer.model import Authority, Source

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from gazetteer.formats.columns import Column, Columns
    from gazetteer.formats.faults import Faults
    from gazetteer.formats.inputs import Input, Progress
    from gazetteer.model import Place

__all__ = ["CsvFiles", "CsvOptions"]

_BUCKETS: Final = 256
_ENCODING: Final = "bad-encoding"
_DELIMITERS: Final = ",;\t|"


class CsvOptions(NamedTuple):
    """How to read CSV files, and what they do not say of themselves.

    Attributes:
        scheme: of the places' ids; made of the first file's name if empty.
        separator: between several names in one cell.
        delimiter: one character, or empty to go by the header.
        title, licence, url: of the source.
    """

    columns: Columns
    scheme: str = ""
    separator: str = ";"
    delimiter: str = ""
    encoding: str = "utf-8"
    title: str = ""
    licence: str = ""
    url: str = ""


class CsvFiles(Reader):
    """The places of one or more CSV files of the same kind."""

    format: ClassVar[str] = "csv"

    def __init__(
        self,
        inputs: Sequence[Input],
        options: CsvOptions,
        faults: Faults | None = None,
        *,
        spill: str | os.PathLike[str] | None = None,
    ) -> None:
        """Read nothing yet.

        Args:
            inputs: the files.
            options: see `CsvOptions`.
            faults: where faults are gathered.
            spill: directory with room for as much as the files hold.

        Raises:
            SourceError: if the encoding or the scheme is not one.
        """
        super().__init__(faults)
        self._inputs = inputs
        self._options = options
        self._spill = spill
        try:
            "".encode(options.encoding)
        except LookupError as error:
            raise SourceError(options.encoding, "no such encoding") from error
        scheme = options.scheme or scheme_of(inputs[0].stem)
        if not SCHEME.fullmatch(scheme):
            raise SourceError(scheme, NO_SCHEME)
        self._scheme = scheme
        title = options.title or ", ".join(each.stem for each in inputs)
        self.sources = {
            scheme: Source(scheme, title, options.url, "", "", options.licence, scheme)
        }
        self.authorities = {scheme: Authority(scheme, title, "reference", "")}
        self._stubs: set[str] = set()
        self._wholes: dict[str, tuple[str, int]] = {}
        self._known = array("I")
        self.bound: list[tuple[Column, int]] = []
        """What the columns of the file read last were taken to be."""

    def places(self, progress: Progress = no_progress) -> Iterator[Place]:
        """Yield the places; see `Reader.places`."""
        with Buckets(self._spill) as buckets:
            with_ids = None
            for which, each in enumerate(self._inputs):
                for line, cells in self._rows(each, progress):
                    row = Row.of(self.bound, cells, each.name, line)
                    with_ids = "id" in row.cells
                    if not with_ids:
                        # where there are no ids, each row is a place by its number
                        value = f"{which}.{line}" if which else str(line)
                        place = self._build(value, [row])
                        if place is not None:
                            yield place
                        continue
                    value = tidy_name(row.cells["id"])
                    if not value:
                        message = "every row needs an id where a column has them"
                        self.faults.error(each.name, line, "id", "", "no-id", message)
                        continue
                    data = json.dumps([which, line, value, cells], ensure_ascii=False)
                    buckets.add(crc32(value.encode()) % _BUCKETS, data.encode())
                self.faults.settle()
            if with_ids:
                files = [each.name for each in self._inputs]
                with self.faults.in_any_order(files):
                    yield from self._joined(buckets, progress)
        for code in sorted(self._stubs):
            yield country_place(code, self._scheme)
        self.faults.settle()

    def _joined(self, buckets: Buckets, progress: Progress) -> Iterator[Place]:
        done = 0
        for number in buckets:
            rows_of: dict[str, list[Row]] = {}
            for data in buckets.rows(number):
                which, line, value, cells = json.loads(data)
                row = Row.of(self.bound, cells, self._inputs[which].name, line)
                rows_of.setdefault(value, []).append(row)
                done += 1
            for value, rows in sorted(rows_of.items()):
                place = self._build(value, rows)
                # once there is a fault, the others are looked for and nothing else
                if place is not None and not self.faults.failed:
                    yield place
            progress("putting rows together", done, done / buckets.count)
        self._find_dangling()

    def _find_dangling(self) -> None:
        """Warn of places that are said to be wholes and that no row is about."""
        missing = {crc32(value.encode()): value for value in self._wholes}
        for each in self._known if missing else ():
            missing.pop(each, None)
        for value in sorted(missing.values()):
            file, line = self._wholes[value]
            message = "no row has this id; its own store has to be opened beside"
            self.faults.warn(file, line, "part_of", value, "unknown-id", message)

    def _build(self, value: str, rows: Sequence[Row]) -> Place | None:
        built = build_place(self._scheme, value, rows, self._options, self.faults)
        if built is None:
            return None
        self._known.append(crc32(value.encode()))
        self._stubs |= built.countries
        for whole, file, line in built.wholes:
            known = self._wholes.setdefault(whole, (file, line))
            if file == known[0] and line < known[1]:
                self._wholes[whole] = file, line
        return built.place

    # ------------------------------------------------------------------ reading

    def _rows(
        self, where: Input, progress: Progress
    ) -> Iterator[tuple[int, list[str]]]:
        """Yield the cells of the rows, each with the line that it ends on."""
        lines = self._lines(where, progress)
        first = next(lines, "")
        delimiter = self._options.delimiter or max(_DELIMITERS, key=first.count)
        reader = csv.reader(_chain(first, lines), delimiter=delimiter, strict=True)
        try:
            header = [each.strip() for each in next(reader, [])]
            if not any(header):
                raise SourceError(
                    where.name, "it is empty; a header and rows are wanted"
                )
            bound = bind(self._options.columns, header, where.name)
            if self.bound and [column for column, _ in bound] != [
                column for column, _ in self.bound
            ]:
                raise SourceError(where.name, "its columns are not those of the first")
            self.bound = bound
            for cells in reader:
                if not any(cells):
                    continue
                if len(cells) > len(header):
                    message = (
                        f"{counted(len(cells), 'cell')} where the header has "
                        f"{len(header)}; put "
                        f"quotation marks around a cell with {delimiter!r} in it"
                    )
                    self.faults.error(
                        where.name, reader.line_num, "", "", "wrong-cell-count", message
                    )
                    continue
                yield reader.line_num, cells
        except csv.Error as error:
            message = f"{error}; a quotation mark inside a cell is doubled"
            raise DataError(
                [Problem(where.name, reader.line_num, 0, "", "", "bad-csv", message)]
            ) from error

    def _lines(self, where: Input, progress: Progress) -> Iterator[str]:
        encoding = self._options.encoding
        what = f"reading {where.stem}"
        if encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32")):
            yield from self._wide_lines(where, progress)
            return
        if encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
            encoding = "utf-8-sig"
        for number, line in where.lines(what, progress):
            try:
                text = line.decode(encoding if number == 1 else self._options.encoding)
            except UnicodeDecodeError as error:
                raise _undecoded(where.name, number, self._options, error) from error
            yield f"{text}\n"

    def _wide_lines(self, where: Input, progress: Progress) -> Iterator[str]:
        """Yield the lines of a file whose characters are of more than one byte each."""
        import io

        with where.open() as (stream, share):
            text = io.TextIOWrapper(stream, self._options.encoding, newline="")
            number = 0
            try:
                for line in text:
                    number += 1
                    yield line
            except UnicodeError as error:
                message = f"not {self._options.encoding}: {error}"
                raise DataError(
                    [
                        Problem(
                            where.name, number + 1, 0, "", "", "bad-encoding", message
                        )
                    ]
                ) from error
            progress(f"reading {where.stem}", number, share())


def _undecoded(
    file: str, line: int, options: CsvOptions, error: UnicodeDecodeError
) -> DataError:
    message = decode_failure(error, options.encoding)
    wide = error.object.startswith(UTF16)
    other = "utf-16" if wide else "cp1252 (or another one)"
    message += f", or name its encoding: --encoding {other}"
    column = len(error.object[: error.start].decode(options.encoding, "replace")) + 1
    return DataError([Problem(file, line, column, "", "", _ENCODING, message)])


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def scheme_of(stem: str) -> str:
    """Return a scheme made of a file's name.

    Examples:
        >>> scheme_of("My list_2"), scheme_of("gz"), scheme_of("名")
        ('my-list-2', 'file-gz', 'file')
    """
    letters = "".join(
        each if each.isascii() and each.isalnum() else " " for each in stem.lower()
    )
    scheme = "-".join(letters.split()) or "file"
    return scheme if SCHEME.fullmatch(scheme) else f"file-{scheme}"
