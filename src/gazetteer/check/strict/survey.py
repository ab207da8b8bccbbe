"""The rows of a directory as strict checks look at them: by place, name and area."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.check.data import interval_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.check.data import CheckedData, Name
    from gazetteer.check.rows import Row
    from gazetteer.dates import Interval
    from gazetteer.errors import Problem

__all__ = [
    "AREAS",
    "Point",
    "Survey",
    "SurveyedPlace",
    "finding",
    "listed",
    "middle",
]

AREAS: Final = frozenset({"admin-unit", "district"})
"""Types that are small enough to tell places apart: no countries, no vague regions."""

_CONTAINING: Final = ("part_of", "administered_by")
_SHOWN: Final = 8

Point = tuple[float, float]


class SurveyedPlace(NamedTuple):
    """A place that stands, with what the checks ask of it."""

    place_id: str
    type: str
    fclass: str
    point: Point | None
    exists: Interval
    langs: tuple[str, ...]
    row: Row

    @property
    def settled(self) -> bool:
        """Whether it is a settlement."""
        return self.fclass == "P"

    def finding(self, code: str, key: str, message: str) -> Problem:
        """Return a finding that stands at this place's row."""
        return finding(self.row, "place_id", code, key, message)


def finding(row: Row, column: str, code: str, key: str, message: str) -> Problem:
    """Return a finding that stands at a cell."""
    return row.problem(column, code, message, "finding")._replace(key=key)


class Survey:
    """All places that are not retired, and what is said of them."""

    def __init__(self, data: CheckedData) -> None:
        """Look at rows of which no cell has a fault."""
        self.data = data

    @cached_property
    def places(self) -> dict[str, SurveyedPlace]:
        """By id."""
        return {
            row["place_id"]: SurveyedPlace(
                row["place_id"],
                row["type"],
                row["fclass"],
                (float(row["lat"]), float(row["lon"]))
                if row["lat"] and row["lon"]
                else None,
                interval_of(row["exists"]),
                tuple(row["langs"].split()),
                row,
            )
            for row in self.data.rows["places"]
            if not row["replaced_by"]
        }

    @cached_property
    def names(self) -> dict[str, list[Name]]:
        """By place, those that may be printed: neither hidden nor derived."""
        found: dict[str, list[Name]] = {place_id: [] for place_id in self.places}
        for name in self.data.names.values():
            if name.row is not None and name.form != "hidden" and not name.translit:
                found.get(name.place_id, []).append(name)
        return found

    @cached_property
    def homonyms(self) -> dict[str, dict[str, str]]:
        """By written name, whatever its case, the places with one writing of each."""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for place_id, names in self.names.items():
            for name in names:
                found[name.name.casefold()].setdefault(place_id, name.name)
        return {key: places for key, places in found.items() if len(places) > 1}

    @cached_property
    def contained(self) -> dict[str, set[str]]:
        """By place, all that anybody says it is in, however large."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.data.rows["relations"]:
            if row["predicate"] in _CONTAINING:
                found[row["subject"]].add(row["object"])
        return dict(found)

    @cached_property
    def areas(self) -> dict[str, set[str]]:
        """By place, the districts and the like that anybody says it is in."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.data.rows["relations"]:
            area = self.places.get(row["object"])
            if row["predicate"] in _CONTAINING and area and area.type in AREAS:
                found[row["subject"]].add(row["object"])
        return found

    @cached_property
    def members(self) -> dict[str, list[SurveyedPlace]]:
        """By area, the places that anybody says are in it."""
        found: defaultdict[str, list[SurveyedPlace]] = defaultdict(list)
        for place_id, areas in sorted(self.areas.items()):
            if place_id in self.places:
                for area in areas:
                    found[area].append(self.places[place_id])
        return found

    @cached_property
    def related(self) -> set[frozenset[str]]:
        """Pairs of places of which anybody says anything together."""
        return {
            frozenset((row["subject"], row["object"]))
            for row in self.data.rows["relations"]
            if row["object"]
        }

    def title(self, place_id: str) -> str:
        """Return an id with the first of its names, to be read by people."""
        names = sorted(name.name for name in self.names.get(place_id, ()))
        return f"{place_id} ({names[0]})" if names else place_id


def middle(values: Sequence[float]) -> float:
    """Return the median."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def listed(texts: Iterable[str], most: int = _SHOWN) -> str:
    """Return a few texts, and how many more there are.

    Examples:
        >>> listed(["a", "b", "c"], most=2)
        'a, b and 1 more'
    """
    every = list(texts)
    shown = ", ".join(every[:most])
    return f"{shown} and {len(every) - most} more" if len(every) > most else shown
