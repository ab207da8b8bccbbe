"""Tables of figures, as they are printed, written as JSON and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Cell", "Coverage", "Figures"]

Cell = str | int


class Figures(NamedTuple):
    """One table of figures.

    Attributes:
        title: what heads it.
        about: what is counted, and what is not, in a sentence or two.
        header: the columns.
        rows: texts first, then numbers.
    """

    title: str
    about: str
    header: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]

    def records(self) -> list[dict[str, Cell]]:
        """Return the rows by the names of their columns."""
        return [dict(zip(self.header, row, strict=True)) for row in self.rows]


class Coverage(NamedTuple):
    """All figures of one gazetteer.

    Attributes:
        version: of the data.
        langs: languages in which labels were made.
        tables: by name, in the order in which they are shown.
    """

    version: str
    langs: tuple[str, ...]
    tables: Mapping[str, Figures]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape."""
        return {
            "data_version": self.version,
            "langs": list(self.langs),
            **{name: each.records() for name, each in self.tables.items()},
        }
