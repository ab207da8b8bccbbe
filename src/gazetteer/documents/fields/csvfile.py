"""CSV: the cells of some columns, read with their offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.documents.encodings import encoded
from gazetteer.documents.errors import DocumentError
from gazetteer.documents.fields.holding import FieldsDocument
from gazetteer.documents.flat import Edit, FlatBuilder, edits_of, splice
from gazetteer.documents.places import problem_at
from gazetteer.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.documents.flat import FlatText
    from gazetteer.render import Change

__all__ = ["CsvDocument"]

_DELIMITERS: Final = ",;\t|"
_QUOTED: Final = re.compile(r'"(?:[^"]|"")*"')
_PART: Final = re.compile(r'""|[^"]+|"')
_LINE_END: Final = re.compile(r"\r\n|\n|\r|\Z")


class _Cell(NamedTuple):
    """Where a cell stands, with its quotation marks if it has any."""

    start: int
    end: int
    quoted: bool

    def text(self, source: str) -> str:
        if self.quoted:
            return source[self.start + 1 : self.end - 1].replace('""', '"')
        return source[self.start : self.end]


class CsvDocument(FieldsDocument):
    """A CSV file with a header."""

    markup = "plain"
    footnotes = "report"
    comments = ""
    note_markup = ""

    def __init__(
        self,
        raw: bytes,
        file: str,
        columns: Sequence[str],
        *,
        delimiter: str | None = None,
        encoding: str | None = None,
    ) -> None:
        """Read a file.

        Args:
            raw: the whole file.
            file: its name.
            columns: headers of those that hold text.
            delimiter: what parts the cells; told by the header if None.
            encoding: as the caller states it; UTF-8 if None.

        Raises:
            DocumentError: if a column is not there, with those that are, or if it is
                unsure what parts the cells.
            DataError: if a quotation mark is not closed, with its line and column.
        """
        super().__init__(raw, file, encoding)
        source = self._decoded.text
        start = 1 if source.startswith("\ufeff") else 0
        self._delimiter = delimiter or self._tell(source, start, columns)
        if len(self._delimiter) != 1 or self._delimiter in '"\r\n':
            raise DocumentError(
                file, f"{self._delimiter!r} cannot part cells; ',' or ';' can"
            )
        rows = _rows(source, start, self._delimiter, file)
        header = [cell.text(source) for cell in next(rows, ())]
        self._require_there(columns, header)
        numbers = [at for at, name in enumerate(header) if name in columns]
        self._cells: list[_Cell] = []
        texts: list[FlatText] = []
        # the header is row 1, as programs that show tables count
        for number, row in enumerate(rows, start=2):
            for at in numbers:
                if at < len(row):
                    self._cells.append(row[at])
                    name = f"row {number}, column {header[at]}"
                    texts.append(_flat(source, row[at], name))
        self.texts = tuple(texts)
        self._starts = [cell.start for cell in self._cells]

    def fixed(self, text: FlatText, change: Change) -> Edit | None:
        """Return a change as one edit of the file, of the whole cell at most."""
        # a change is of something written, so the cell is not empty
        at = bisect_right(self._starts, text.pieces[0].source) - 1
        return self._edit(self._cells[at], text, [change])

    def written(self, changes: Sequence[Sequence[Change]]) -> bytes:
        """Return the file with the changes of each cell."""
        source = self._decoded.text
        edits = [
            self._edit(cell, text, some)
            for cell, text, some in zip(self._cells, self.texts, changes, strict=True)
            if some
        ]
        return encoded(splice(source, edits), self._decoded.encoding, self._file)

    def _edit(self, cell: _Cell, text: FlatText, changes: Sequence[Change]) -> Edit:
        def written(name: str) -> str:
            return name.replace('"', '""') if cell.quoted else name

        edits = [
            Edit(edit.start - cell.start, edit.end - cell.start, edit.text)
            for change in changes
            for edit in edits_of(text, change, written) or ()
        ]
        new = splice(self._decoded.text[cell.start : cell.end], edits)
        if not cell.quoted and any(mark in new for mark in (self._delimiter, '"')):
            new = '"' + new.replace('"', '""') + '"'
        return Edit(cell.start, cell.end, new)

    def _tell(self, source: str, start: int, columns: Sequence[str]) -> str:
        found: dict[str, list[str]] = {}
        seen: list[str] = []
        for each in _DELIMITERS:
            try:
                first = next(_rows(source, start, each, self._file), ())
            except DataError:
                continue
            header = [cell.text(source) for cell in first]
            if len(header) > len(seen):
                seen = header
            if set(columns) <= set(header) and header not in found.values():
                found[each] = header
        if not found:
            self._require_there(columns, seen)
        if len(found) != 1:
            listed = " or ".join(
                f"{each!r} ({', '.join(header)})" for each, header in found.items()
            )
            reason = f"its cells may be parted by {listed}; say which with --delimiter"
            raise DocumentError(self._file, reason)
        return next(iter(found))

    def _require_there(self, columns: Sequence[str], header: Sequence[str]) -> None:
        missing = [name for name in columns if name not in header]
        if missing:
            named = ", ".join(map(repr, missing))
            listed = ", ".join(header) or "none"
            raise DocumentError(
                self._file, f"no column {named}; the columns are: {listed}"
            )


def _rows(
    source: str, start: int, delimiter: str, file: str
) -> Iterator[tuple[_Cell, ...]]:
    """Yield the rows; https://www.rfc-editor.org/rfc/rfc4180 with any line end."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    row: list[_Cell] = []
    at = start
    while at < len(source) or row:
        quoted = source.startswith('"', at)
        match = (_QUOTED if quoted else plain).match(source, at)
        if match is None:
            message = "the quotation mark is not closed"
            raise DataError([problem_at(file, source, at, "", message, "bad-csv")])
        row.append(_Cell(at, match.end(), quoted))
        at = match.end()
        if source.startswith(delimiter, at):
            at += 1
            continue
        end = _LINE_END.match(source, at)
        if end is None:
            message = (
                f"after a closing quotation mark comes {delimiter!r} or a line end"
            )
            raise DataError([problem_at(file, source, at, "", message, "bad-csv")])
        at = end.end()
        yield tuple(row)
        row = []


def _flat(source: str, cell: _Cell, name: str) -> FlatText:
    flat = FlatBuilder()
    flat.cell(on=True)
    if not cell.quoted:
        flat.add(source[cell.start : cell.end], cell.start, cell.end, whole=False)
        return flat.build(name=name)
    for match in _PART.finditer(source, cell.start + 1, cell.end - 1):
        whole = match.group() == '""'
        shown = '"' if whole else match.group()
        flat.add(shown, match.start(), match.end(), whole=whole)
    return flat.build(name=name)
