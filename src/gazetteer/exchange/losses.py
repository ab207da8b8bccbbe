"""What a format could not carry, counted by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.dates import Interval
from gazetteer.tables.columns import TABLES, counted_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["Loss", "Losses", "says"]


class Loss(NamedTuple):
    """One kind of thing that was left out, or carried with less than it said.

    Attributes:
        what: was left out: rows of a table, such as ``usages``, or cells of one of
            its columns, such as ``names.note``.
        why: the format has no place for it.
        times: how often.
        example: the first one.
    """

    what: str
    why: str
    times: int
    example: str

    def __str__(self) -> str:
        times = counted_rows(self.times, self.what)
        if "." in self.what:
            times = f"{self.times:,} {self.what}"
        return f"{times} (first: {self.example}): {self.why}"


class Losses:
    """The losses of one export, in the order in which their kinds were met.

    Examples:
        >>> losses = Losses()
        >>> losses.note("usages", "it has no word for who uses a name", "nm-0000000")
        >>> losses.note("usages", "it has no word for who uses a name", "nm-1111111")
        >>> print(*losses)
        2 usages (first: nm-0000000): it has no word for who uses a name
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[tuple[str, str], Loss] = {}

    def note(self, what: str, why: str, example: str, count: int = 1) -> None:
        """Count something that is not carried."""
        if not count:
            return
        known = self._found.get((what, why))
        if known is None:
            self._found[what, why] = Loss(what, why, count, example)
        else:
            self._found[what, why] = known._replace(times=known.times + count)

    def note_cells(
        self, table: str, row: tuple[Any, ...], columns: Collection[str], why: str
    ) -> None:
        """Count the cells of some columns in which something stands.

        Args:
            table: of the row.
            row: as the tables have it; its first value is its example.
            columns: that are not carried.
            why: the format has no place for them.
        """
        for at, name in enumerate(TABLES[table].header):
            if name in columns and says(row[at]):
                self.note(f"{table}.{name}", why, str(row[0]))

    def __iter__(self) -> Iterator[Loss]:
        return iter(self._found.values())

    def __len__(self) -> int:
        return len(self._found)


def says(value: Any) -> bool:
    """Tell whether a cell that is read says something."""
    if isinstance(value, Interval):
        return value.dated
    return value not in (None, "", (), 0.0)
