"""What a person has decided about names, read from files and applied before anything.

A decision is about a name as it is written in its context as it is written, and about
nothing else: the same name beside another country is another question. The files are
the memory: hand the same ones to every run.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.batch.files import open_reader
from gazetteer.batch.options import CONTEXT_FIELDS, BatchOptions
from gazetteer.batch.source import Source
from gazetteer.errors import DataError, Problem, UnknownPlaceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.batch.reading import Reader
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.model import Place

__all__ = ["NONE", "Decision", "Decisions", "Key", "read_decisions"]

NONE: Final = "none"
"""What is written where none of the candidates is meant."""

Key = tuple[str, tuple[tuple[str, str], ...]]
"""A name, and the fields of its context that have a value, by their names."""

_WHO: Final = ("decided_by", "who")
_WHEN: Final = ("decided_on", "when")


class Decision(NamedTuple):
    """What was decided: a place, or None for none of them; and what to say of it."""

    place: Place | None
    note: str


class Decisions(NamedTuple):
    """All decisions by key, and a hash of the files that they were read from."""

    by_key: dict[Key, Decision]
    content: str

    def find(self, name: str, context: Sequence[tuple[str, str]]) -> Decision | None:
        """Return the decision about a name in a context, or None."""
        # whatever order the options or the columns of the file stand in
        stated = tuple(sorted((field, value) for field, value in context if value))
        return self.by_key.get((name, stated))


class _Row(NamedTuple):
    reader: Reader
    number: int
    key: Key
    decision: str
    who: str
    when: str

    def problem(self, code: str, message: str) -> Problem:
        """Return a fault of this row's decision."""
        at = self.position
        shown = self.decision[:80]
        return Problem(self.reader.name, *at, "decision", shown, code, message)

    @property
    def position(self) -> tuple[int, int]:
        """Line and column of the decision, looked for only when it is faulty."""
        column = self.reader.header.index("decision")
        return self.reader.position(self.number, column)


def read_decisions(
    gazetteer: Gazetteer, paths: Sequence[str | os.PathLike[str]]
) -> Decisions:
    """Read files that ``--review`` wrote and a person filled in.

    A file has the columns ``name`` and ``decision``, and may have those of a context
    (``country``, ``within``, …), ``decided_by`` and ``decided_on``; others are passed
    over, and so are rows without a decision.

    Args:
        gazetteer: whose places are decided for.
        paths: of the files, in any format that is read here.

    Raises:
        DataError: listing every unknown id and every pair of decisions that are
            about the same name in the same context and differ.
        BatchError: if a file cannot be read.
    """
    by_key: dict[Key, Decision] = {}
    first: dict[Key, _Row] = {}
    problems: list[Problem] = []
    digest = blake2b(digest_size=16)
    for path in paths:
        digest.update(Path(path).read_bytes() if Path(path).is_file() else b"")
        for row in _rows(path):
            decided = _decide(gazetteer, row, problems)
            if decided is None:
                continue
            earlier = first.setdefault(row.key, row)
            if earlier is row:
                by_key[row.key] = decided
            elif by_key.get(row.key, decided).place != decided.place:
                problems.append(_conflict(row, earlier))
    if problems:
        raise DataError(problems)
    return Decisions(by_key, digest.hexdigest())


def _rows(path: str | os.PathLike[str]) -> Iterator[_Row]:
    source = Source(path)
    reader = open_reader(source, BatchOptions("name"), ("name", "decision"))
    reader.survey(kinds=False)
    missing = [each for each in ("name", "decision") if each not in reader.header]
    if missing:
        listed = ", ".join(map(repr, reader.header))
        message = f"no column has this header; there are: {listed}"
        raise DataError(
            [
                Problem(source.name, 1, 0, "column", each, "missing-column", message)
                for each in missing
            ]
        )
    fields = [each for each in CONTEXT_FIELDS if each in reader.header]
    number = 0
    for piece in reader.pieces():
        texts = {
            header: piece.texts(reader.header.index(header))
            for header in ("name", "decision", *fields, *_WHO, *_WHEN)
            if header in reader.header
        }
        for at, decision in enumerate(texts["decision"]):
            if decision.strip():
                stated = ((field, texts[field][at].strip()) for field in fields)
                key = (
                    texts["name"][at],
                    tuple(sorted((field, value) for field, value in stated if value)),
                )
                who, when = (
                    next((texts[each][at].strip() for each in of if each in texts), "")
                    for of in (_WHO, _WHEN)
                )
                yield _Row(reader, number + at, key, decision.strip(), who, when)
        number += len(piece)


def _decide(
    gazetteer: Gazetteer, row: _Row, problems: list[Problem]
) -> Decision | None:
    said = " ".join(
        filter(None, (row.who and f"by {row.who}", row.when and f"on {row.when}"))
    )
    note = f"decided {said or f'in {os.path.basename(row.reader.name)}'}"  # noqa: PTH119
    if row.decision.lower() == NONE:
        return Decision(None, f"{note}: none of the candidates")
    try:
        return Decision(gazetteer[row.decision], note)
    except UnknownPlaceError as error:
        close = f"; close ids: {', '.join(error.close)}" if error.close else ""
        message = (
            f"not the id of one place in the data{close}; an id such as those of the "
            f"candidates, a scheme:id, or {NONE!r} would do"
        )
        problems.append(row.problem("unknown-place", message))
        return None


def _conflict(row: _Row, earlier: _Row) -> Problem:
    name, context = row.key
    where = ", ".join(f"{field} {value!r}" for field, value in context)
    message = (
        f"{name!r}{f' with {where}' if where else ''} is decided otherwise, as "
        f"{earlier.decision!r}, at {earlier.reader.name}:{earlier.position[0]}; keep "
        f"one of the two"
    )
    return row.problem("conflict", message)
