"""What every format's reader and writer have in common: pieces of rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from gazetteer.batch.options import no_progress
from gazetteer.batch.values import text_of
from gazetteer.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from gazetteer.batch.options import Progress
    from gazetteer.batch.values import Value
    from gazetteer.errors import Problem

__all__ = [
    "MOST_PROBLEMS",
    "PIECE_BYTES",
    "PIECE_ROWS",
    "STEP",
    "Answered",
    "Piece",
    "Reader",
    "RowsPiece",
    "Survey",
    "Writer",
    "faults_at_once",
]

PIECE_ROWS: Final = 10_000
"""Rows that are read and resolved together."""
PIECE_BYTES: Final = 1 << 24
"""Bytes after which a piece is full, if its rows are long."""
STEP: Final = 250
"""Rows after which the bytes of a piece are looked at."""
MOST_PROBLEMS: Final = 50
"""Faults of one file that are listed at once."""


class Survey(NamedTuple):
    """What a first reading of the whole input found.

    Attributes:
        rows: how many there are; None where only reading them all would tell.
        content: hash of the bytes, in hex.
    """

    rows: int | None
    content: str


@contextmanager
def faults_at_once() -> Iterator[Callable[[Problem], None]]:
    """Take note of faults, and raise all of them at the end of the block.

    The block goes on after a fault that it notes; one that it cannot read past ends it,
    as does the last of `MOST_PROBLEMS`.

    Yields:
        What takes note of a fault.

    Raises:
        DataError: listing them, if there was one.
    """
    problems: list[Problem] = []

    def note(problem: Problem) -> None:
        problems.append(problem)
        if len(problems) == MOST_PROBLEMS:
            raise DataError(problems)

    try:
        yield note
    except DataError as error:
        noted = [each for each in problems if each not in error.problems]
        raise DataError([*noted, *error.problems]) from error
    if problems:
        raise DataError(problems)


class Piece(ABC):
    """Some rows that follow one another."""

    @abstractmethod
    def __len__(self) -> int:
        """Return the number of rows."""

    @abstractmethod
    def texts(self, column: int) -> list[str]:
        """Return a column as texts; empty where a row has nothing."""

    @abstractmethod
    def rows(self) -> Sequence[Sequence[Value]]:
        """Return the values row by row, in the order of the header."""


class RowsPiece(Piece):
    """Rows as lists of values.

    Attributes:
        plain: whether every value is a text.
    """

    __slots__ = ("_rows", "plain")

    def __init__(self, rows: Sequence[list[Value]], *, plain: bool = False) -> None:
        """Hold rows that are as wide as the header."""
        self._rows = rows
        self.plain = plain

    def __len__(self) -> int:
        return len(self._rows)

    def texts(self, column: int) -> list[str]:
        """Return a column as texts; empty where a row has nothing."""
        if self.plain:
            return [row[column] for row in self._rows]
        return [text_of(row[column]) for row in self._rows]

    def rows(self) -> Sequence[list[Value]]:
        """Return the values row by row, in the order of the header."""
        return self._rows


class Reader(ABC):
    """One file of rows.

    Attributes:
        format: its name in `gazetteer.batch.files.FORMATS`.
        name: how problems name the file.
        header: the columns, in order; known once `survey` or `begin` was called.
    """

    format: str

    def __init__(self, name: str) -> None:
        """Read nothing yet."""
        self.name = name
        self.header: list[str] = []

    @abstractmethod
    def begin(self) -> None:
        """Read as much as the header needs.

        Raises:
            DataError: if there is none.
        """

    @abstractmethod
    def survey(self, *, kinds: bool, progress: Progress = no_progress) -> Survey:
        """Read everything once, if that is what it takes to know it sound.

        Args:
            kinds: whether the kinds of the columns will be asked for.
            progress: is told how far the reading has come.

        Raises:
            DataError: listing the faults, with file, line and column.
        """

    @abstractmethod
    def pieces(self, skip: int = 0) -> Iterator[Piece]:
        """Yield the rows in order, without the first ones if told so.

        Raises:
            DataError: at a fault that no survey has found.
        """

    def kind(self, column: int) -> str:  # noqa: ARG002
        """Return the kind of a column: text, bool, int, float, date or datetime."""
        return "text"

    def position(self, row: int, column: int) -> tuple[int, int]:
        """Return the line and the column of a cell, 1-based.

        Args:
            row: number of the row, from 0.
            column: number of the column, from 0.
        """
        return row + 2, column + 1


class Answered(NamedTuple):
    """A column that is added: its header, and whether it holds numbers."""

    name: str
    number: bool = False


class Writer(ABC):
    """Turns pieces and their answers into the bytes of a growing body.

    The body only ever grows at its end, whatever the format, so that a run that was
    killed can go on from any point up to which it is whole. `seal` makes the file of
    the finished body.

    Attributes:
        whole: whether the finished body is already the file.
    """

    format: ClassVar[str]
    whole: ClassVar[bool] = True

    @abstractmethod
    def head(self) -> bytes:
        """Return what the body begins with."""

    @abstractmethod
    def tail(self, values: Sequence[Value]) -> object:
        """Return the answer's values in the form that `encode` adds to rows."""

    @abstractmethod
    def encode(self, piece: Piece, tails: Sequence[object], start: int) -> bytes:
        """Return the rows with their answers.

        Args:
            piece: the rows.
            tails: for each row, what `tail` returned.
            start: how many rows are already in the body.

        Raises:
            DataError: if a value cannot be written in this format.
        """

    def seal(self, body: BinaryIO, out: BinaryIO) -> None:
        """Write the file of a finished body, both at their beginnings."""
        while block := body.read(1 << 20):
            out.write(block)
