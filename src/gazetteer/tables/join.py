"""Join the rows of one or more directories into places. Earlier directories win.

This is the one seam where places are built: a store that holds joined places hands them
over here instead.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.errors import DataError, Problem
from gazetteer.model import Place, Tables, Toponym
from gazetteer.tables.cells import scan_rows
from gazetteer.tables.columns import TABLES
from gazetteer.tables.places import leading_name
from gazetteer.tables.raw import RawTables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gazetteer.ids import NameId, PlaceId
    from gazetteer.model import Link, Relation, Usage

__all__ = ["merge_tables", "unjoin_tables"]


def merge_tables(*sources: RawTables, strict: bool = True) -> Tables:
    """Join rows into places; for each place the earliest source that has it wins.

    Two places of different sources are one where they have the same id or share an
    exact link (``scheme:id``); the earlier one then stands with its own rows, and the
    later one's are left out. Where their ids differ, the later id redirects, and the
    names of the later place lead to the earlier one: they serve matching alone. A place
    that shares links with two earlier places stays by itself, since it cannot be both.
    Nothing within one source is ever merged.

    Rows about a place or a name that another source holds are added to it. That is
    how a directory of house rules adds to the shipped data.

    The order of rows in a file changes nothing.

    Args:
        *sources: the winning one first.
        strict: whether a row about a place or name that no source has is a fault;
            otherwise it is left out.

    Raises:
        DataError: listing the rows about places or names that no source has.
    """
    join = _Join(sources)
    if strict and join.astray:
        raise DataError(_located(sources, join.astray))
    return Tables(
        places=join.build(),
        disputes=_first_by_key(source.disputes for source in sources),
        authorities=_first_by_key(source.authorities for source in sources),
        sources=_first_by_key(source.sources for source in sources),
        phrases=tuple(
            sorted({phrase for source in sources for phrase in source.phrases})
        ),
        version="+".join(source.version for source in sources),
        directories=tuple(source.directory for source in sources),
    )


def unjoin_tables(tables: Tables) -> RawTables:
    """Take places apart into rows again, so that they can be merged with others."""
    places = tables.places.values()
    names = [row for place in places for row in place.toponyms]
    return RawTables(
        places=tuple(
            place._replace(toponyms=(), relations=(), link_rows=()) for place in places
        ),
        names=tuple(row._replace(usages=()) for row in names),
        usages=tuple(usage for row in names for usage in row.usages),
        relations=tuple(row for place in places for row in place.relations),
        links=tuple(row for place in places for row in place.link_rows),
        disputes=tuple(tables.disputes.values()),
        authorities=tuple(tables.authorities.values()),
        sources=tuple(tables.sources.values()),
        phrases=tuple(tables.phrases),
        version=tables.version,
        directory="+".join(tables.directories),
    )


class _Winners(NamedTuple):
    """Which places stand.

    Attributes:
        places: those that do, with the number of their source.
        redirects: for a later id that means one of them, that one.
        retired: the places of those later ids, with the number of their source.
    """

    places: dict[PlaceId, tuple[int, Place]]
    redirects: dict[str, PlaceId]
    retired: dict[str, tuple[int, Place]]


def _exact_links(sources: Sequence[RawTables]) -> dict[str, set[tuple[str, str]]]:
    # Links say something about a place wherever they stand, also in a later source.
    exact: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for source in sources:
        for link in source.links:
            if link.match == "exact":
                exact[link.place_id].add((link.scheme, link.id))
    return exact


def _winners(sources: Sequence[RawTables]) -> _Winners:
    exact = _exact_links(sources) if len(sources) > 1 else {}
    found = _Winners({}, {}, {})
    by_link: defaultdict[tuple[str, str], set[PlaceId]] = defaultdict(set)
    for number, source in enumerate(sources):
        standing = []
        for place in sorted(source.places, key=_place_id):
            place_id = place.place_id
            if place_id in found.places or place_id in found.redirects:
                continue
            links = exact.get(place_id, ())
            same = {winner for link in links for winner in by_link.get(link, ())}
            if len(same) == 1:
                found.redirects[place_id] = same.pop()
                found.retired[place_id] = (number, place)
            else:
                standing.append((place, links))
        for place, links in standing:
            found.places[place.place_id] = (number, place)
            for link in links:
                by_link[link].add(place.place_id)
    return found


def _place_id(place: Place) -> str:
    return place.place_id


class _Join:
    """Rows grouped by the place or name that they are added to."""

    def __init__(self, sources: Sequence[RawTables]) -> None:
        self._winners = _winners(sources)
        self._all_names = {row.name_id for source in sources for row in source.names}
        self._names: dict[NameId, Toponym] = {}
        self._leading: set[Toponym] = set()
        self._usages: defaultdict[str, set[Usage]] = defaultdict(set)
        self._relations: defaultdict[str, set[Relation]] = defaultdict(set)
        self._links: defaultdict[str, dict[tuple[str, str], Link]] = defaultdict(dict)
        self.astray: dict[tuple[int, str, str, str], None] = {}
        """Number of source, table, column and value of rows that found no place."""
        for number, source in enumerate(sources):
            self._number = number
            self._own: set[str] = {place.place_id for place in source.places}
            self._add_names(source)
            self._add_relations(source)
            self._add_links(source)

    def _add_names(self, source: RawTables) -> None:
        own = {row.name_id for row in source.names}
        kept = set()
        for row in source.names:
            place_id = self._target("names", "place_id", row.place_id)
            if place_id is None:
                self._add_leading(row)
                continue
            if place_id != row.place_id:
                row = row._replace(place_id=place_id)  # noqa: PLW2901
            if self._names.setdefault(row.name_id, row) is row:
                kept.add(row.name_id)
        for usage in source.usages:
            # Usages of a name that was left out are left out with it.
            if usage.name_id in kept or (
                usage.name_id not in own and usage.name_id in self._all_names
            ):
                self._usages[usage.name_id].add(usage)
            elif usage.name_id not in own:
                self._stray("usages", "name_id", usage.name_id)

    def _add_leading(self, row: Toponym) -> None:
        """Add a name of a place that another source's won over, if it is one."""
        retired = self._winners.retired.get(row.place_id)
        if retired is None or retired[0] != self._number:
            return
        leading = leading_name(row, self._winners.redirects[row.place_id])
        if leading is not None:
            self._names.setdefault(row.name_id, leading)
            self._leading.add(leading)

    def _add_relations(self, source: RawTables) -> None:
        redirects = self._winners.redirects
        for row in source.relations:
            place_id = self._target("relations", "subject", row.subject)
            if place_id is None:
                continue
            if place_id != row.subject or row.object in redirects:
                other = redirects.get(row.object, row.object)
                row = row._replace(subject=place_id, object=other)  # noqa: PLW2901
            self._relations[place_id].add(row)

    def _add_links(self, source: RawTables) -> None:
        for row in source.links:
            place_id = self._target("links", "place_id", row.place_id)
            if place_id is None:
                continue
            if place_id != row.place_id:
                row = row._replace(place_id=place_id)  # noqa: PLW2901
            self._links[place_id].setdefault((row.scheme, row.id), row)

    def _target(self, table: str, column: str, place_id: PlaceId) -> PlaceId | None:
        """Return the standing place that a row is added to, or None for none."""
        standing = self._winners.places.get(place_id)
        if place_id in self._own:
            # A directory's rows about its own place stand or fall with it.
            won = standing is not None and standing[0] == self._number
            return place_id if won else None
        if standing is not None:
            return place_id
        winner = self._winners.redirects.get(place_id)
        if winner is None:
            self._stray(table, column, place_id)
        return winner

    def _stray(self, table: str, column: str, value: str) -> None:
        self.astray[self._number, table, column, value] = None

    def build(self) -> dict[PlaceId, Place]:
        """Return the places by id, each with its rows, all in a fixed order."""
        toponyms: defaultdict[str, list[Toponym]] = defaultdict(list)
        for row in sorted(self._names.values()):
            # who uses a name is of no account where it is not said to be one
            used = row not in self._leading
            usages = self._usages.get(row.name_id) if used else None
            toponyms[row.place_id].append(
                Toponym._make((*row[:-1], tuple(sorted(usages)))) if usages else row
            )
        built = [
            Place._make(
                (
                    *place[:-3],
                    tuple(toponyms.get(place_id, ())),
                    tuple(sorted(self._relations.get(place_id, ()))),
                    tuple(sorted(self._links.get(place_id, {}).values())),
                )
            )
            for place_id, (_, place) in self._winners.places.items()
        ]
        built += [
            place._replace(replaced_by=self._winners.redirects[place.place_id])
            for _, place in self._winners.retired.values()
        ]
        return {place.place_id: place for place in sorted(built, key=_place_id)}


def _first_by_key(tables: Iterable[Iterable[Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for rows in tables:
        for row in rows:
            found.setdefault(row[0], row)
    return dict(sorted(found.items()))


def _located(
    sources: Sequence[RawTables], astray: Iterable[tuple[int, str, str, str]]
) -> list[Problem]:
    """Find the cells again that no source has a place or name for."""
    problems = []
    finders: dict[str, Callable[[str, str], Iterable[tuple[int, int]]]] = {}
    for number, table, column, value in astray:
        path = f"{sources[number].directory}/{TABLES[table].file}"
        if path not in finders:
            finders[path] = _finder(path, TABLES[table].header)
        message = f"no source has this {'name' if column == 'name_id' else 'place'}"
        problems += [
            Problem(path, line, start, column, value, "unknown-id", message)
            for line, start in finders[path](column, value)
        ]
    return problems


def _finder(
    path: str, header: list[str]
) -> Callable[[str, str], Iterable[tuple[int, int]]]:
    try:
        with open(path, encoding="utf-8-sig", newline="") as stream:  # noqa: PTH123
            rows = list(scan_rows(stream.read()))
    except OSError:  # rows that were never in a file
        rows = []

    def find(column: str, value: str) -> Iterable[tuple[int, int]]:
        at = header.index(column)
        found = [
            (row.cells[at].line, row.cells[at].column)
            for row in rows
            if len(row.cells) > at and row.cells[at].text == value
        ]
        return found or [(0, 0)]

    return find
