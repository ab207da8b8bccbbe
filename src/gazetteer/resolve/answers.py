"""Where the answers to many queries stand: in rows, or in columns that share decisions.

An answer with all its evidence is an object of kilobytes, and whoever wants a column of
ids wants none of them. So the answers that the same decision gave stand in columns, and
become objects, by the same decision, one by one as they are looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Final, Protocol

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

    Args:
        queries: as they were given.
        decisions: answers to one query of each kind.
        which: for each query the number of its decision, -1 where it has its own.
        ids: for each query the id of its one place; None where there are several.
        own: the answers that stand for themselves, by number.
        names: returns the name that each query was found by, where its decision has
            candidates.
        resolve: gives the answer to one query by itself.
    """

    def __init__(
        self,
        queries: Sequence[str],
        decisions: Sequence[Resolution],
        which: Any,
        ids: Any,
        own: dict[int, Resolution],
        names: Callable[[], list[str | None]],
        resolve: Callable[[str], Resolution],
    ) -> None:
        """Hold them."""
        self._queries = queries
        self._decisions = decisions
        self._which = which
        self._ids = ids
        self._rows = own
        self._own = tuple(own)
        self._names = names
        self._resolve = resolve

    def __len__(self) -> int:
        return len(self._queries)

    @property
    def light(self) -> bool:
        """Whether few of them stand for themselves."""
        return len(self._own) <= _FEW

    def row(self, at: int) -> Resolution:
        """Return one, made when it is first asked for."""
        found = self._rows.get(at)
        if found is None:
            found = self._rows[at] = self._resolve(self._queries[at])
        return found

    def column(self, name: str) -> list[Any]:
        """Return one of `FIELDS` of all."""
        if name == "query":
            return list(self._queries)
        if name == "candidates":
            return self._candidates()
        value = FIELDS[name]
        if name == "place_id" and all(map(value, self._decisions)):
            # those of their own are put right below
            column: list[Any] = self._ids.tolist()
        elif name in ("place_id", "name"):
            there = [value(decision) is not None for decision in self._decisions]
            values = self._ids.tolist() if name == "place_id" else self._names()
            which = self._which.tolist()
            column = [
                each if at >= 0 and there[at] else None
                for each, at in zip(values, which, strict=True)
            ]
        else:
            of_each = [*map(value, self._decisions), None]
            column = list(map(of_each.__getitem__, self._which.tolist()))
        for at in self._own:
            column[at] = value(self._rows[at])
        return column

    def _candidates(self) -> list[list[str]]:
        single = [len(decision.candidates) == 1 for decision in self._decisions]
        value = FIELDS["candidates"]
        which = self._which.tolist()
        return [
            [each] if kind >= 0 and single[kind] and each else value(self.row(at))
            for at, (kind, each) in enumerate(
                zip(which, self._ids.tolist(), strict=True)
            )
        ]


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
