"""What a person should look at: the doubtful and the ambiguous, one row a question.

While a file is resolved, each piece adds its questions to a journal that only grows;
at the end they are put together, counted and sorted by how many rows ask them. The
table for that lies on disk, so that memory does not grow with the questions.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Final

from gazetteer.batch.decisions import NONE
from gazetteer.batch.reading import PIECE_ROWS, RowsPiece

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from gazetteer.batch.kernel import Entry, Query
    from gazetteer.batch.options import BatchOptions
    from gazetteer.batch.reading import Writer
    from gazetteer.batch.values import Value
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.model import Place
    from gazetteer.resolve import Candidate, Resolution

__all__ = ["INSTRUCTIONS", "Review", "review_header"]

INSTRUCTIONS: Final = (
    "In 'decision' write the id of the place that is meant (of a candidate, or of "
    f"another: an id or scheme:id), or {NONE!r} if it is none of them; leave it empty "
    "if you do not know. Sign in 'decided_by' and 'decided_on'. Leave the name and its "
    "context as they are. Then run again with --decisions and this file."
)

_CANDIDATES: Final = 5
_OF_CANDIDATE: Final = ("id", "title", "type", "name", "score", "reasons")
_TITLES: Final = "neutral"
"""The perspective whose label is a place's title on a screen."""

_MOST_TITLES: Final = 20_000

_QUESTIONS = """
create table question (
    key text primary key, rows integer, first integer, asked text
) without rowid
"""
_ADD = """
insert into question values (?, ?, ?, ?) on conflict (key) do update
set rows = rows + excluded.rows, asked = coalesce(asked, excluded.asked)
"""
_SORTED = "select asked, rows from question order by rows desc, first"


def review_header(fields: Sequence[str]) -> list[str]:
    """Return the header of a review file, for these fields of a context."""
    return [
        "name",
        *fields,
        "rows",
        "outcome",
        "decision",
        "decided_by",
        "decided_on",
        "instructions",
        "note",
        *(
            f"candidate_{number}_{field}"
            for number in range(1, _CANDIDATES + 1)
            for field in _OF_CANDIDATE
        ),
        "more_candidates",
    ]


class Review:
    """Collects the questions of a run.

    Attributes:
        asked: distinct questions written to the review file.
    """

    def __init__(
        self, gazetteer: Gazetteer, options: BatchOptions, writer: Writer
    ) -> None:
        """Hold what titles the candidates, and what writes the file."""
        self._gazetteer = gazetteer
        self._options = options
        self._writer = writer
        self._titled = _TITLES in gazetteer.perspectives
        self._titles: dict[str, str] = {}
        self.asked = 0

    def journal(
        self,
        queries: Sequence[Query],
        entries: Sequence[Entry],
        made: Mapping[Query, Resolution],
        start: int,
    ) -> bytes:
        """Return what a piece adds to the journal.

        Args:
            queries: of the piece, row by row.
            entries: their answers.
            made: the resolutions of those that were not remembered.
            start: number of the first row.
        """
        counts: Counter[Query] = Counter()
        first: dict[Query, int] = {}
        for number, (query, entry) in enumerate(
            zip(queries, entries, strict=True), start=start
        ):
            if entry.for_review:
                counts[query] += 1
                first.setdefault(query, number)
        lines = []
        for query, count in counts.items():
            answer = made.get(query)
            asked = None if answer is None else self._asked(query, answer)
            lines.append(
                f"{json.dumps([query, count, first[query], asked])}\n".encode()
            )
        return b"".join(lines)

    def write(self, journal: BinaryIO, body: BinaryIO) -> None:
        """Write the body of the review file of a whole journal."""
        with closing(sqlite3.connect("")) as table:  # in a file of its own, unnamed
            table.execute(_QUESTIONS)
            for line in journal:
                query, count, first, asked = json.loads(line)
                row = json.dumps(query), count, first, asked and json.dumps(asked)
                table.execute(_ADD, row)
            body.write(self._writer.head())
            tail = self._writer.tail(())
            rows = table.execute(_SORTED)
            for piece in _pieces(rows):
                tails = [tail] * len(piece)
                body.write(self._writer.encode(RowsPiece(piece), tails, self.asked))
                self.asked += len(piece)

    def seal(self, body: BinaryIO, out: BinaryIO) -> None:
        """Write the review file of its body."""
        body.seek(0)
        self._writer.seal(body, out)

    def _asked(self, query: Query, answer: Resolution) -> list[Value]:
        name, cells = (query, ()) if isinstance(query, str) else query
        shown = answer.candidates[:_CANDIDATES]
        row: list[Value] = [
            name,
            *cells,
            None,
            answer.outcome,
            None,
            None,
            None,
            INSTRUCTIONS,
            "; ".join(answer.notes) or None,
        ]
        for candidate in shown:
            row += self._candidate(candidate)
        row += [None] * len(_OF_CANDIDATE) * (_CANDIDATES - len(shown))
        rest = answer.candidates[_CANDIDATES:]
        row.append(" ".join(f"{c.place_id}:{c.score:.0f}" for c in rest) or None)
        return row

    def _candidate(self, candidate: Candidate) -> list[Value]:
        return [
            candidate.place_id,
            self._title(candidate.place) or None,
            candidate.place.type,
            candidate.toponym.name if candidate.toponym else None,
            round(candidate.score, 1),
            "; ".join(candidate.reasons) or None,
        ]

    def _title(self, place: Place) -> str:
        title = self._titles.get(place.place_id)
        if title is None and self._titled:
            if len(self._titles) >= _MOST_TITLES:
                self._titles.clear()
            title = self._gazetteer.label(place, _TITLES, lang=self._options.lang).text
            self._titles[place.place_id] = title
        return title or ""


def _pieces(rows: sqlite3.Cursor) -> Iterator[list[list[Value]]]:
    while found := rows.fetchmany(PIECE_ROWS // 10):
        piece = []
        for asked, count in found:
            row = json.loads(asked)
            row[row.index(None)] = count  # the first that is empty: see `_asked`
            piece.append(row)
        yield piece
