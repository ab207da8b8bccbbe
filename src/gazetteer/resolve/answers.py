"""Where the answers to many queries stand: in rows, or in columns that share decisions.

An answer with all its evidence is an object of kilobytes, and whoever wants a column of
ids wants none of them. So the answers that the same decision gave stand in columns, and
become objects, by the same decision, one by one as they are looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Final, Protocol

from gazetteer.index.keys import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gazetteer.resolve.values import Resolution

__all__ = ["FIELDS", "Answers", "Joined", "Listed", "Shared"]


def _best(field: str) -> Callable[[Resolution], Any]:
    def value(row: Resolution) -> Any:
        return getattr(row.candidates[0], field) if row.candidates else None

    return value


def _name(row: Resolution) -> str | None:
    toponym = row.candidates[0].toponym if row.candidates else None
    return toponym.name if toponym else None


def _place_id(row: Resolution) -> str | None:
    return row.candidates[0].place_id if row.outcome == "matched" else None


FIELDS: Final[Mapping[str, Callable[[Resolution], Any]]] = {
    "query": lambda row: row.query,
    "outcome": lambda row: row.outcome,
    "place_id": _place_id,
    "method": _best("method"),
    "similarity": _best("similarity"),
    "score": _best("score"),
    "margin": lambda row: row.margin,
    "name": _name,
    "candidates": lambda row: [each.place_id for each in row.candidates],
}
"""What each column holds of an answer."""


_FEW: Final = 256


class Answers(Protocol):
    """Answers by number."""

    def __len__(self) -> int:
        """Return how many there are."""

    def row(self, at: int, /) -> Resolution:
        """Return one; always the same object."""

    def column(self, name: str, /) -> list[Any]:
        """Return one of `FIELDS` of all."""

    @property
    def light(self) -> bool:
        """Whether few of them hold places."""


class Listed:
    """Answers that are there as objects."""

    def __init__(self, rows: Iterable[Resolution]) -> None:
        """Hold them."""
        self._rows = tuple(rows)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def light(self) -> bool:
        """Whether they are few, since all of them hold places."""
        return len(self._rows) <= _FEW

    def row(self, at: int) -> Resolution:
        """Return one."""
        return self._rows[at]

    def column(self, name: str) -> list[Any]:
        """Return one of `FIELDS` of all."""
        return list(map(FIELDS[name], self._rows))


class Shared:
    """Answers of which most were given by a few decisions.

    Attributes:
        queries: as they were given.
        which: for each query the number of its decision; below 0 where it has its own.
        ids: for each query the id of the one place that it was found with; None where
            there are several.
        names: for each query the number of the name that it was found by; -1 where that
            is the query itself.
        similar: similarity to the best name where the decision does not tell it.
        vague: where neither the decision nor these tell which candidate is the best; it
            is no match.
        own: the answers that stand for themselves.
    """

    def __init__(
        self,
        queries: Sequence[str],
        decisions: Sequence[Resolution],
        resolve: Callable[[str], Resolution],
    ) -> None:
        """Begin with none.

        Args:
            queries: as they were given.
            decisions: answers to one query of each kind; there may come more.
            resolve: gives the answer to one query by itself.
        """
        self.queries = queries
        self.similar: dict[int, float | None] = {}
        self.vague: set[int] = set()
        self.own: dict[int, Resolution] = {}
        self.which: Any = None
        self.ids: Any = None
        self.names: Any = None
        self._decisions = decisions
        self._resolve = resolve
        self._made: dict[int, Resolution] = {}
        self._names_of: Callable[[Any], list[str | None]] | None = None

    def share(
        self, which: Any, ids: Any, names: Any, names_of: Callable[..., Any]
    ) -> None:
        """Take arrays, as of the attributes, and what finds names by their numbers."""
        self.which, self.ids, self.names = which, ids, names
        self._names_of = names_of

    def __len__(self) -> int:
        return len(self.queries)

    @property
    def light(self) -> bool:
        """Whether few of them stand for themselves."""
        return len(self.own) <= _FEW

    def row(self, at: int) -> Resolution:
        """Return one, made when it is first asked for."""
        found = self.own.get(at) or self._made.get(at)
        if found is None:
            found = self._made[at] = self._resolve(self.queries[at])
        return found

    def column(self, name: str) -> list[Any]:
        """Return one of `FIELDS` of all."""
        if name == "query":
            return list(self.queries)
        value = FIELDS[name]
        if self.which is None:
            return [value(row) for row in self.own.values()]
        which = self.which.tolist()
        if name == "candidates":
            return self._candidates(which)
        column = self._shared(name, which)
        if name == "similarity":
            for at, similarity in self.similar.items():
                column[at] = similarity
        if name in ("similarity", "name"):
            for at in self.vague:
                column[at] = value(self.row(at))
        for at, row in self.own.items():
            column[at] = value(row)
        return column

    def _shared(self, name: str, which: Sequence[int]) -> list[Any]:
        """Return what the decisions tell of a column; whatever it be elsewhere."""
        of_each = [*map(FIELDS[name], self._decisions), None]
        if name not in ("place_id", "name"):
            return [of_each[kind] for kind in which]
        # of that each query has its own
        values: list[Any] = self.ids.tolist() if name == "place_id" else self._names()
        if None not in of_each[:-1]:
            return values
        return [
            each if of_each[kind] is not None else None
            for each, kind in zip(values, which, strict=True)
        ]

    def _names(self) -> list[str | None]:
        found: list[str | None] = list(map(tidy, self.queries))
        others = (self.names >= 0).nonzero()[0]
        if len(others) and self._names_of is not None:
            names = self._names_of(self.names[others])
            for at, name in zip(others.tolist(), names, strict=True):
                found[at] = name
        return found

    def _candidates(self, which: Sequence[int]) -> list[list[str]]:
        value = FIELDS["candidates"]
        counts = [*(len(decision.candidates) for decision in self._decisions), -1]
        column: list[list[str]] = []
        for at, (kind, each) in enumerate(zip(which, self.ids.tolist(), strict=True)):
            count = counts[kind] if kind >= 0 else -1
            if count == 0:
                column.append([])
            elif count == 1 and each is not None:
                column.append([each])
            else:
                column.append(value(self.row(at)))
        return column


class Joined:
    """Several of these as one."""

    def __init__(self, parts: Iterable[Answers] = (), *, keep: bool = False) -> None:
        """Hold them, one behind the other.

        Args:
            parts: that there are at first.
            keep: whether to keep columns, for who asks for them again and again.
        """
        self._parts: list[Answers] = []
        self._starts = [0]
        self._columns: dict[str, list[Any]] | None = {} if keep else None
        for part in parts:
            self.add(part)

    def __len__(self) -> int:
        return self._starts[-1]

    @property
    def light(self) -> bool:
        """Whether all parts are."""
        return all(part.light for part in self._parts)

    def add(self, part: Answers) -> None:
        """Add more; who holds numbers of those before can go on using them."""
        self._parts.append(part)
        self._starts.append(len(self) + len(part))
        if self._columns:
            self._columns = {}

    def row(self, at: int) -> Resolution:
        """Return one."""
        if at < 0:
            at += len(self)
        part = bisect_right(self._starts, at) - 1
        return self._parts[part].row(at - self._starts[part])

    def column(self, name: str) -> list[Any]:
        """Return one of `FIELDS` of all; not to be changed."""
        kept = self._columns
        if kept is not None and name in kept:
            return kept[name]
        column: list[Any] = []
        for part in self._parts:
            column += part.column(name)
        if kept is not None:
            kept[name] = column
        return column
