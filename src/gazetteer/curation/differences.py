"""What changed between two versions of the data, row by row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.gazetteer import Gazetteer
from gazetteer.opening import DEFAULT
from gazetteer.tables import load_tables, unjoin_tables
from gazetteer.tables.columns import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazetteer.model import Tables
    from gazetteer.tables.columns import Table

__all__ = ["CHANGES", "Difference", "differences", "read_tables"]

CHANGES = ("added", "removed", "changed", "redirected")

Cells = dict[str, str]
_Rows = dict[tuple[str, ...], Cells]


class Difference(NamedTuple):
    """One row that is in one version only, or not the same in both.

    Attributes:
        table: name of the table.
        change: one of `CHANGES`; a place is redirected where it got a `replaced_by`.
        key: the cells that tell the table's rows apart.
        place_id: the place that the row is about; empty where it is about none.
        old, new: the whole row by column, as it is written; None where it is not there.
        fields: of a changed row, the columns that differ.
    """

    table: str
    change: str
    key: tuple[str, ...]
    place_id: str
    old: Cells | None
    new: Cells | None
    fields: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape: every key present, null where empty."""
        return {
            **self._asdict(),
            "key": list(self.key),
            "place_id": self.place_id or None,
            "fields": list(self.fields),
        }


def read_tables(source: str | Path) -> Tables:
    """Read a version of the data as it stands, sound or not.

    Args:
        source: a directory of tables, a store, or ``"default"``.

    Raises:
        DataNotFoundError, DataError, StoreError: as `Gazetteer.load`, but a directory
            is not checked: an old one may break a rule of today.
    """
    if source != DEFAULT and Path(source).is_dir():
        return load_tables(source)
    return Gazetteer.load(source).tables


def differences(old: Tables, new: Tables) -> Iterator[Difference]:
    """Yield every difference, by the order of the tables and of their keys.

    Rows of one key are one row; of the tables without an id a row whose date changed is
    therefore one that was removed and one that was added. The order of rows in the
    files makes no difference.

    Args:
        old: the version before.
        new: the version after.
    """
    before, after = unjoin_tables(old), unjoin_tables(new)
    places = _place_of(old) | _place_of(new)
    for table in TABLES.values():
        was = _rows(table, getattr(before, table.name))
        now = _rows(table, getattr(after, table.name))
        for key in sorted(was.keys() | now.keys()):
            one, other = was.get(key), now.get(key)
            if one != other:
                yield _difference(table, key, one, other, places)


def _place_of(tables: Tables) -> dict[str, str]:
    """Return the place of each name."""
    return {
        str(row.name_id): str(place.place_id)
        for place in tables.places.values()
        for row in place.toponyms
    }


def _difference(
    table: Table,
    key: tuple[str, ...],
    old: Cells | None,
    new: Cells | None,
    places: Mapping[str, str],
) -> Difference:
    fields: tuple[str, ...] = ()
    if old is None or new is None:
        change = "added" if old is None else "removed"
    else:
        change = "changed"
        fields = tuple(name for name in table.header if old[name] != new[name])
        if "replaced_by" in fields and new["replaced_by"]:
            change = "redirected"
    row = new or old or {}
    about = row.get("place_id") or row.get("subject")
    about = about or places.get(row.get("name_id", ""), "")
    return Difference(table.name, change, key, about, old, new, fields)


def _rows(table: Table, rows: tuple[Any, ...]) -> _Rows:
    found: _Rows = {}
    for row in rows:
        # a place has more fields than columns: the rows that were joined to it
        cells = dict(zip(table.header, map(_written, row), strict=False))
        if cells.get("prior") == "0":
            cells["prior"] = ""  # the model has no number that means none
        found[tuple(cells[name] for name in table.key)] = cells
    return found


def _written(value: Any) -> str:
    """Return a value as a cell would have it.

    Examples:
        >>> [_written(value) for value in (None, True, False, ("a", "b"), 39.5)]
        ['', 'yes', '', 'a b', '39.5']
    """
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, tuple):
        # an interval is a tuple too, and is written as its text
        text = getattr(value, "text", None)
        return " ".join(map(str, value)) if text is None else str(text)
    return str(value)
