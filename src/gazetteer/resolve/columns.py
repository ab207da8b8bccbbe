"""Many answers, by row and by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from gazetteer.resolve.answers import FIELDS, Listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gazetteer.resolve.answers import Answers
    from gazetteer.resolve.values import Resolution

__all__ = ["Resolutions"]


class Resolutions:
    """The answers to a column of queries, in its order.

    A sequence of `Resolution`; each attribute of `columns` is a list as long as it,
    of plain values. What describes a match is None in a row without one, except
    ``score``, ``similarity``, ``method`` and ``name`` of the best candidate, which
    help a reviewer.

    To ask for columns takes much less than to look at rows: a row is made when it is
    looked at, and then holds its places.

    Examples:
        >>> len(Resolutions([]))
        0
        >>> list(Resolutions([]).columns())
        ['query', 'outcome', 'place_id', 'method', 'similarity', 'score', 'margin', \
'name', 'candidates']
    """

    __slots__ = ("_answers", "_at")

    _answers: Answers
    _at: Sequence[int] | None

    def __init__(self, rows: Iterable[Resolution]) -> None:
        """Hold the answers."""
        self._answers = Listed(rows)
        self._at = None

    @classmethod
    def of(cls, answers: Answers, at: Sequence[int] | None = None) -> Resolutions:
        """Return some answers by their numbers; all, in their order, without these."""
        found = cls(())
        found._answers = answers
        found._at = at
        return found

    def __reduce__(self) -> tuple[Callable[..., Resolutions], tuple[Any, ...]]:
        """Send the answers themselves, since those in columns hold their gazetteer."""
        return Resolutions, (tuple(self),)

    def __len__(self) -> int:
        return len(self._answers if self._at is None else self._at)

    def __iter__(self) -> Iterator[Resolution]:
        return map(self._answers.row, self._numbers())

    @overload
    def __getitem__(self, at: int) -> Resolution: ...
    @overload
    def __getitem__(self, at: slice) -> Resolutions: ...
    def __getitem__(self, at: int | slice) -> Resolution | Resolutions:
        if isinstance(at, slice):
            return Resolutions.of(self._answers, self._numbers()[at])
        return self._answers.row(self._numbers()[at])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Resolutions):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        counts: dict[str, int] = {}
        for outcome in self.outcome:
            counts[outcome] = counts.get(outcome, 0) + 1
        shown = ", ".join(f"{n} {outcome}" for outcome, n in sorted(counts.items()))
        from gazetteer.display.counts import counted  # late: seldom asked

        queries = counted(len(self), "query", "queries")
        return f"<Resolutions of {queries}: {shown or 'none'}>"

    @property
    def query(self) -> list[str]:
        """The queries as they were given."""
        return self._column("query")

    @property
    def outcome(self) -> list[str]:
        """``matched``, ``ambiguous``, ``doubtful`` or ``unmatched``."""
        return self._column("outcome")

    @property
    def place_id(self) -> list[str | None]:
        """The id of the match."""
        return self._column("place_id")

    @property
    def method(self) -> list[str | None]:
        """How the best candidate was found."""
        return self._column("method")

    @property
    def similarity(self) -> list[float | None]:
        """Of the query and the best candidate's name, 0 to 100."""
        return self._column("similarity")

    @property
    def score(self) -> list[float | None]:
        """Confidence in the best candidate, 0 to 100."""
        return self._column("score")

    @property
    def margin(self) -> list[float | None]:
        """The lead of the best candidate."""
        return self._column("margin")

    @property
    def name(self) -> list[str | None]:
        """The name by which the best candidate was found."""
        return self._column("name")

    @property
    def candidates(self) -> list[list[str]]:
        """The ids of all candidates, best first."""
        return self._column("candidates")

    def columns(self) -> dict[str, list[Any]]:
        """Return all columns by name, as data frames take them."""
        return {name: self._column(name) for name in FIELDS}

    def _numbers(self) -> Sequence[int]:
        return range(len(self._answers)) if self._at is None else self._at

    def _column(self, name: str) -> list[Any]:
        column = self._answers.column(name)
        if self._at is None:
            return column
        return list(map(column.__getitem__, self._at))
