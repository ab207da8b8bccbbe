"""Many answers, by row and by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.resolve.values import Resolution

__all__ = ["Resolutions"]


class Resolutions:
    """The answers to a column of queries, in its order.

    A sequence of `Resolution`; each attribute of `columns` is a list as long as it,
    of plain values. What describes a match is None in a row without one, except
    ``score``, ``similarity``, ``method`` and ``name`` of the best candidate, which
    help a reviewer.

    Examples:
        >>> len(Resolutions([]))
        0
        >>> list(Resolutions([]).columns())
        ['query', 'outcome', 'place_id', 'method', 'similarity', 'score', 'margin', \
'name', 'candidates']
    """

    __slots__ = ("_rows",)

    def __init__(self, rows: Iterable[Resolution]) -> None:
        """Hold the answers."""
        self._rows = tuple(rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Resolution]:
        return iter(self._rows)

    @overload
    def __getitem__(self, at: int) -> Resolution: ...
    @overload
    def __getitem__(self, at: slice) -> Resolutions: ...
    def __getitem__(self, at: int | slice) -> Resolution | Resolutions:
        if isinstance(at, slice):
            return Resolutions(self._rows[at])
        return self._rows[at]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Resolutions):
            return NotImplemented
        return self._rows == other._rows

    def __hash__(self) -> int:
        return hash(self._rows)

    def __repr__(self) -> str:
        counts: dict[str, int] = {}
        for outcome in self.outcome:
            counts[outcome] = counts.get(outcome, 0) + 1
        shown = ", ".join(f"{n} {outcome}" for outcome, n in sorted(counts.items()))
        return f"<Resolutions of {len(self)} queries: {shown or 'none'}>"

    @property
    def query(self) -> list[str]:
        """The queries as they were given."""
        return [row.query for row in self._rows]

    @property
    def outcome(self) -> list[str]:
        """``matched``, ``ambiguous``, ``doubtful`` or ``unmatched``."""
        return [row.outcome for row in self._rows]

    @property
    def place_id(self) -> list[str | None]:
        """The id of the match."""
        return [row.match.place_id if row.match else None for row in self._rows]

    @property
    def method(self) -> list[str | None]:
        """How the best candidate was found."""
        return self._of_best("method")

    @property
    def similarity(self) -> list[float | None]:
        """Of the query and the best candidate's name, 0 to 100."""
        return self._of_best("similarity")

    @property
    def score(self) -> list[float | None]:
        """Confidence in the best candidate, 0 to 100."""
        return self._of_best("score")

    @property
    def margin(self) -> list[float | None]:
        """The lead of the best candidate."""
        return [row.margin for row in self._rows]

    @property
    def name(self) -> list[str | None]:
        """The name by which the best candidate was found."""
        toponyms = self._of_best("toponym")
        return [toponym.name if toponym else None for toponym in toponyms]

    @property
    def candidates(self) -> list[list[str]]:
        """The ids of all candidates, best first."""
        return [
            [candidate.place_id for candidate in row.candidates] for row in self._rows
        ]

    def columns(self) -> dict[str, list[Any]]:
        """Return all columns by name, as data frames take them."""
        return {
            "query": self.query,
            "outcome": self.outcome,
            "place_id": self.place_id,
            "method": self.method,
            "similarity": self.similarity,
            "score": self.score,
            "margin": self.margin,
            "name": self.name,
            "candidates": self.candidates,
        }

    def _of_best(self, field: str) -> list[Any]:
        return [
            getattr(row.candidates[0], field) if row.candidates else None
            for row in self._rows
        ]
