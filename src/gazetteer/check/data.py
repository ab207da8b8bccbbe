"""What the checks across rows look at: a directory's rows, over those of a base."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.dates import ALWAYS, FIRST_DAY, LAST_DAY, parse_date, parse_interval
from gazetteer.errors import DateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.check.rows import Row
    from gazetteer.dates import Interval
    from gazetteer.model import Tables

__all__ = ["CheckedData", "Name", "Statement", "at_one_time", "interval_of"]


class Name(NamedTuple):
    """A name of the directory (with its row) or of the base (without)."""

    name_id: str
    place_id: str
    name: str
    lang: str
    form: str
    translit: str
    valid: str
    default_sense: bool
    row: Row | None


class Statement(NamedTuple):
    """A usage of the directory (with its row) or of the base (without)."""

    name_id: str
    authority: str
    status: str
    valid: str
    source: str
    note: str
    row: Row | None


class CheckedData:
    """All rows of one directory, by table, over a base that it may lean on.

    Attributes:
        rows: by table, the rows that could be read.
        base: the tables whose keys the rows may refer to, or None.
        overlay: whether the directory is one of house rules and no whole data set.
        under: the places that a directory of house rules adds to; else none.
        cited: keys of the sources that a row or a perspective cites; strict checks ask.
    """

    def __init__(
        self,
        rows: Mapping[str, list[Row]],
        base: Tables | None,
        *,
        overlay: bool,
        cited: frozenset[str] = frozenset(),
    ) -> None:
        """Hold the rows."""
        self.cited = cited
        self.rows = rows
        self.base = base
        self.overlay = overlay
        # A whole data set stands by itself: its places replace those of the base.
        self.under = list(base.places.values()) if base is not None and overlay else []

    @cached_property
    def base_keys(self) -> dict[str, set[str]]:
        """The keys of the base by table; empty without a base."""
        if self.base is None:
            return {}
        places = self.base.places
        return {
            "places": set(places),
            "names": {row.name_id for each in places.values() for row in each.toponyms},
            "disputes": set(self.base.disputes),
            "authorities": set(self.base.authorities),
            "sources": set(self.base.sources),
        }

    def keys(self, table: str) -> set[str]:
        """Return the values of a table's first column, the base's included."""
        own = {row.texts()[0] for row in self.rows[table]}
        return own | self.base_keys.get(table, set())

    @cached_property
    def names(self) -> dict[str, Name]:
        """All names by id; the directory's row stands before the base's."""
        found = {
            row["name_id"]: Name(
                row["name_id"],
                row["place_id"],
                row["name"],
                row["lang"],
                row["form"],
                row["translit"],
                row["valid"],
                row["default_sense"] == "yes",
                row,
            )
            for row in self.rows["names"]
        }
        for place in self.under:
            for top in place.toponyms:
                name = Name(*top[:6], top.valid.text, top.default_sense, None)
                found.setdefault(top.name_id, name)
        return found

    @cached_property
    def usages(self) -> list[Statement]:
        """All usages, those of the base first."""
        found = [
            Statement(
                use.name_id,
                use.authority,
                use.status,
                use.valid.text,
                use.source,
                use.note,
                None,
            )
            for place in self.under
            for top in place.toponyms
            for use in top.usages
        ]
        return found + [
            Statement(
                row["name_id"],
                row["authority"],
                row["status"],
                row["valid"],
                row["source"],
                row["note"],
                row,
            )
            for row in self.rows["usages"]
        ]

    @cached_property
    def retired(self) -> dict[str, str]:
        """Where each retired id redirects to."""
        found: dict[str, str] = {
            place.place_id: place.replaced_by
            for place in self.under
            if place.replaced_by
        }
        own = {row["place_id"]: row["replaced_by"] for row in self.rows["places"]}
        return found | {key: value for key, value in own.items() if value}


def interval_of(text: str) -> Interval:
    """Return the interval, or always for a text that is reported elsewhere."""
    try:
        return parse_interval(text)
    except DateError:
        return ALWAYS


def _span(text: str) -> tuple[int, int]:
    """Return the days that an interval covers for certain, the end excluded.

    One name may follow another within a year, ``1935/1989`` and ``1989/..``: the two
    are not in use at the same time as far as anybody says.
    """
    whole = interval_of(text)
    left, slash, right = text.partition("/")
    if not slash or whole.text != text:
        return whole.start, whole.end + 1
    start = FIRST_DAY if left in ("", "..") else parse_date(left).end
    end = LAST_DAY if right in ("", "..") else parse_date(right).start
    return start, end


def at_one_time(one: str, other: str) -> bool:
    """Tell whether two dates or intervals certainly share a day.

    Examples:
        >>> at_one_time("1935/1989", "1989/.."), at_one_time("", "1989")
        (False, True)
    """
    (start, end), (other_start, other_end) = _span(one), _span(other)
    return start < other_end and other_start < end
