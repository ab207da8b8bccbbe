"""The rows of all tables as cells: the texts that stand in the CSV files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.dates import Interval
from gazetteer.store.tables import StackedPlaces, perspective_texts
from gazetteer.tables import unjoin_tables
from gazetteer.tables.columns import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazetteer.exchange.losses import Losses
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.model import Tables

__all__ = ["number_text", "rules_of", "table_cells"]

_PRIOR = TABLES["names"].header.index("prior")


def number_text(value: float | None) -> str:
    """Return a number as it stands in a table: no more digits than it has.

    Examples:
        >>> number_text(40.9053), number_text(47.0), number_text(None)
        ('40.9053', '47', '')
    """
    return "" if value is None else repr(float(value)).removesuffix(".0")


def table_cells(tables: Tables) -> Mapping[str, list[list[str]]]:
    """Return the sorted rows of each table, without headers."""
    raw = unjoin_tables(tables)
    rows = {
        table.name: sorted(
            list(_cells(row[: len(table.columns)])) for row in getattr(raw, table.name)
        )
        for table in TABLES.values()
    }
    for row in rows["names"]:
        if row[_PRIOR] == "0":
            row[_PRIOR] = ""  # as good as blank, which is how it is written
    return rows


def _cells(values: tuple[Any, ...]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Interval):
            yield value.text
        elif isinstance(value, tuple):
            yield " ".join(value)
        elif isinstance(value, bool):
            yield "yes" if value else ""
        elif isinstance(value, float):
            yield number_text(value)
        else:
            yield "" if value is None else str(value)


def rules_of(gazetteer: Gazetteer, losses: Losses) -> str:
    """Return the text of perspectives.toml; of several sources the winning one's."""
    places = gazetteer.tables.places
    if not isinstance(places, StackedPlaces):
        return ""
    texts = perspective_texts(places.stack)
    for name, _ in texts[1:]:
        why = "one file holds the rules of one source, and the first one wins"
        losses.note("files of perspectives", why, name)
    return texts[0][1].decode("utf-8") if texts else ""
