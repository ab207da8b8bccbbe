"""JSON Lines: an object a line; what is not asked about stays as it was written.

https://jsonlines.org/
"""

from __future__ import annotations

import json
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from gazetteer.batch.encodings import CountedStream, bad_encoding, open_text
from gazetteer.batch.options import no_progress
from gazetteer.batch.reading import (
    PIECE_BYTES,
    PIECE_ROWS,
    STEP,
    Piece,
    Reader,
    Survey,
    Writer,
    faults_at_once,
)
from gazetteer.batch.values import json_of, text_of
from gazetteer.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gazetteer.batch.options import Progress
    from gazetteer.batch.reading import Answered
    from gazetteer.batch.source import Source
    from gazetteer.batch.values import Value

__all__ = ["JsonLinesReader", "JsonLinesWriter", "ObjectsPiece"]

_Line = tuple[str, dict[str, "Value"]]


class ObjectsPiece(Piece):
    """Objects, each with the line that it was read from."""

    __slots__ = ("_header", "lines")

    def __init__(self, lines: Sequence[_Line], header: Sequence[str]) -> None:
        """Hold them, with the keys that are the columns of a table."""
        self.lines = lines
        self._header = header

    def __len__(self) -> int:
        return len(self.lines)

    def texts(self, column: int) -> list[str]:
        """Return the values of one key as texts; empty where it is missing."""
        key = self._header[column]
        return [text_of(each.get(key)) for _, each in self.lines]

    def rows(self) -> Sequence[Sequence[Value]]:
        """Return the values of all keys, None where one is missing."""
        return [[each.get(key) for key in self._header] for _, each in self.lines]


class JsonLinesReader(Reader):
    """A text with an object on each line; empty lines are passed over."""

    format = "jsonl"

    def __init__(
        self, source: Source, *, encoding: str | None = None, wanted: Sequence[str] = ()
    ) -> None:
        """Read nothing yet.

        Args:
            source: the bytes.
            encoding: as stated; see `gazetteer.batch.encodings.open_text`.
            wanted: keys whose values are to be texts or numbers.
        """
        super().__init__(source.name)
        self._source = source
        self._encoding = encoding
        self._wanted = wanted
        self._kinds: dict[str, set[str]] = {}
        self._first: Iterator[_Line] | None = None
        self._held: list[_Line] = []

    def begin(self) -> None:
        """Take the keys of the first rows for the header, if no survey was made."""
        if self.header:
            return
        self._first = self._objects()
        self._held = list(islice(self._first, PIECE_ROWS))
        keys = [key for _, each in self._held for key in each]
        self.header = list(dict.fromkeys(keys))
        if not self.header:
            raise self._empty()

    def survey(self, *, kinds: bool, progress: Progress = no_progress) -> Survey:
        """Read every line once and list all faults; see `Reader.survey`."""
        digest = blake2b(digest_size=16)
        size = max(self._source.set_aside().stat().st_size, 1)
        keys: dict[str, None] = {}
        count = 0
        with faults_at_once() as note:
            for _, each in self._objects(note, digest):
                keys.update(dict.fromkeys(each))
                count += 1
                if kinds:
                    self._note_kinds(each)
                if count % 20_000 == 0:
                    share = min(self._stream.delivered / size, 0.99)
                    progress("checking", count, share)
        self.header = list(keys)
        if not self.header:
            raise self._empty()
        progress("checking", count, 1.0)
        return Survey(count, digest.hexdigest())

    def pieces(self, skip: int = 0) -> Iterator[Piece]:
        """Yield the objects; see `Reader.pieces`."""
        held, self._held = self._held, []
        rest = self._first if self._first is not None else self._objects()
        self._first = None
        if held:
            yield ObjectsPiece(held, self.header)
            held = []
        for _ in islice(rest, skip):
            pass
        begun: int | None = None
        while step := list(islice(rest, STEP)):
            begun = self._stream.delivered if begun is None else begun
            held += step
            read = self._stream.delivered - begun
            if len(held) >= PIECE_ROWS or read > PIECE_BYTES:
                yield ObjectsPiece(held, self.header)
                held, begun = [], None
        if held:
            yield ObjectsPiece(held, self.header)

    def _note_kinds(self, found: dict[str, Value]) -> None:
        for key, value in found.items():
            if value is not None:
                self._kinds.setdefault(key, set()).add(_kind(value))

    def kind(self, column: int) -> str:
        """Return the kind of a key's values; text where they differ or are nested."""
        kinds = self._kinds.get(self.header[column], set())
        if kinds == {"int", "float"}:
            return "float"
        return kinds.copy().pop() if len(kinds) == 1 else "text"

    def position(self, row: int, column: int) -> tuple[int, int]:  # noqa: ARG002
        """Return the line of a row, as if no line were empty."""
        return max(row + 1, 1), 0

    def _empty(self) -> DataError:
        message = "objects are wanted, one a line"
        return DataError([Problem(self.name, 1, 0, "", "", "empty-file", message)])

    def _objects(
        self,
        note: Callable[[Problem], None] | None = None,
        digest: object | None = None,
    ) -> Iterator[_Line]:
        with self._source.open() as raw:
            self._stream = CountedStream(raw, digest)
            text = open_text(self._stream, self._encoding, self.name, newline="\n")
            try:
                for number, line in enumerate(text, start=1):
                    bare = line.strip()
                    if not bare:
                        continue
                    found = self._object(bare, number)
                    if not isinstance(found, Problem):
                        yield bare, found
                    elif note is None:
                        raise DataError([found])
                    else:
                        note(found)
            except UnicodeError as error:
                raise bad_encoding(
                    error, self._stream, self.name, text.encoding
                ) from error
            finally:
                text.detach()

    def _object(self, line: str, number: int) -> dict[str, Value] | Problem:
        try:
            found = json.loads(line)
        except ValueError as error:
            at = getattr(error, "colno", 0)
            said = getattr(error, "msg", str(error))
            message = f"not JSON: {said}; one object a line is wanted"
            return Problem(self.name, number, at, "", line[:80], "bad-json", message)
        except RecursionError:
            message = "nested too deeply"
            return Problem(self.name, number, 0, "", line[:80], "bad-json", message)
        if not isinstance(found, dict):
            message = 'an object such as {"name": "…"} is wanted on each line'
            return Problem(self.name, number, 1, "", line[:80], "bad-json", message)
        for key in self._wanted:
            value = found.get(key)
            if isinstance(value, list | dict):
                message = "a text or a number is wanted here, not a list or an object"
                shown = json_of(value)[:80]
                return Problem(self.name, number, 0, key, shown, "bad-cell", message)
        return found


def _kind(value: Value) -> str:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        # numbers beyond 64 bits, or that a float would round, stay texts
        return "int" if abs(value) <= 1 << 53 else "text"
    if isinstance(value, float):
        return "float"
    return "text"


class JsonLinesWriter(Writer):
    """Writes an object a line; a line that was read keeps every character."""

    format: ClassVar[str] = "jsonl"

    def __init__(
        self, header: Sequence[str], added: Sequence[Answered], *, name: str = "-"
    ) -> None:
        """Take the columns, which are the keys, and the name of the file."""
        self._keys = [json_of(key) for key in header]
        self._added = [json_of(each.name) for each in added]
        self._header = list(header)
        self._name = name

    def head(self) -> bytes:
        """Return nothing: there is no header."""
        return b""

    def tail(self, values: Sequence[Value]) -> object:
        """Return the keys and values as they stand at the end of an object."""
        return ", ".join(
            f"{key}: {json_of(_rounded(value))}"
            for key, value in zip(self._added, values, strict=True)
        )

    def encode(self, piece: Piece, tails: Sequence[object], start: int) -> bytes:  # noqa: ARG002
        """Return the lines of some rows; see `Writer.encode`."""
        if isinstance(piece, ObjectsPiece):
            bodies = [line[:-1].rstrip() for line, _ in piece.lines]
        else:
            bodies = [
                "{"
                + ", ".join(
                    f"{key}: {json_of(value)}"
                    for key, value in zip(self._keys, row, strict=True)
                )
                for row in piece.rows()
            ]
        lines = [
            f"{body}{', ' if tail and body != '{' else ''}{tail}}}\n"
            for body, tail in zip(bodies, tails, strict=True)
        ]
        try:
            return "".join(lines).encode()
        except UnicodeEncodeError:
            # half of a surrogate pair, which only an escape can write
            return b"".join(line.encode("utf-8", "backslashreplace") for line in lines)


def _rounded(value: Value) -> Value:
    return round(value, 1) if isinstance(value, float) else value
