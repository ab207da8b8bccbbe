"""What came back of what went out, counted the way losses are, by cells and rows.

It knows of no format: rows of one place are paired by what they say, and what then
differs is counted under the name of its table or column.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from gazetteer.dates import ALWAYS
from gazetteer.model import Place
from gazetteer.tables.columns import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gazetteer import Gazetteer
    from gazetteer.exchange import Losses
    from gazetteer.formats.reader import Reader
    from gazetteer.ids import PlaceId
    from gazetteer.model import Source, Toponym


def stated(losses: Losses) -> Counter[str]:
    found: Counter[str] = Counter()
    for loss in losses:
        found[loss.what] += loss.times
    return found


class Difference:
    """Compares the places of a gazetteer with those that a reader gives."""

    def __init__(
        self,
        before: Gazetteer,
        reader: Reader,
        perspectives: int,
        places: Iterable[Place] | None = None,
    ) -> None:
        self.lost: Counter[str] = Counter()
        self.gained: list[Any] = []
        tables = before.tables
        after = {place.place_id: place for place in places or reader.places()}
        assert list(reader.faults.warnings) == []
        # a source is known again by what a citation says of it, or by its key
        keyed = reader.sources.keys() & tables.sources.keys()
        self._cited = {
            key: (key if key in keyed else (source.title, source.url))
            for all_ in (tables.sources, reader.sources)
            for key, source in all_.items()
        }
        for place in tables.places.values():
            if place.place_id in after:
                self._place(place, after.pop(place.place_id))
            else:
                self.lost["places"] += 1
        self.gained += after.values()
        self._sources(tables.sources.values(), reader.sources.values())
        self._keyed("authorities", tables.authorities, reader.authorities)
        self._keyed("disputes", tables.disputes, reader.disputes)
        self.lost["phrases"] += len(set(tables.phrases) - set(reader.phrases))
        self.lost["perspectives"] += perspectives
        self.lost = +self.lost

    def _place(self, before: Place, after: Place) -> None:
        self._cells("places", before, after)
        pairs = self._rows(
            "names", before.toponyms, after.toponyms, lambda row: (row.name, row.lang)
        )
        for old, new in pairs:
            self._usages(old, new)
        self._rows(
            "relations",
            before.relations,
            after.relations,
            lambda row: (row.predicate, row.object),
        )
        self._rows(
            "links",
            before.link_rows,
            after.link_rows,
            lambda row: (row.scheme, row.id),
        )

    def _usages(self, old: Toponym, new: Toponym) -> None:
        self.lost["usages"] += len(set(old.usages) - set(new.usages))
        self.gained += set(new.usages) - set(old.usages)

    def _rows(
        self,
        table: str,
        before: Iterable[Any],
        after: Iterable[Any],
        key: Callable[[Any], object],
    ) -> list[tuple[Any, Any]]:
        """Pair each row that came back with the one that it differs from least."""
        left = list(before)
        pairs = []
        found = [
            (len(self._differing(table, old, new)), i, j, old, new)
            for i, old in enumerate(left)
            for j, new in enumerate(after)
            if key(old) == key(new)
        ]
        used_old: set[int] = set()
        used_new: set[int] = set()
        for _, i, j, old, new in sorted(found, key=lambda each: each[:3]):
            if i not in used_old and j not in used_new:
                used_old.add(i)
                used_new.add(j)
                pairs.append((old, new))
                self._cells(table, old, new)
        self.lost[table] += len(left) - len(used_old)
        self.gained += [new for j, new in enumerate(after) if j not in used_new]
        return pairs

    def _cells(self, table: str, old: Any, new: Any) -> None:
        self.lost.update(f"{table}.{name}" for name in self._differing(table, old, new))

    def _differing(self, table: str, old: Any, new: Any) -> list[str]:
        found = []
        for at, name in enumerate(TABLES[table].header):
            a, b = old[at], new[at]
            if name == "source":
                a, b = self._cited.get(a, a), self._cited.get(b, b)
            if name == "sources":
                wanted = {self._cited.get(key, key) for key in a}
                # of several rows that are one there, each one's sources are among them
                if not wanted <= {self._cited.get(key, key) for key in b}:
                    found.append(name)
            elif a != b:
                found.append(name)
        return found

    def _sources(self, before: Iterable[Source], after: Iterable[Source]) -> None:
        known = {self._cited[row.source]: row for row in after}
        for row in before:
            if self._cited[row.source] in known:
                new = known[self._cited[row.source]]
                self.lost.update(
                    f"sources.{name}"
                    for name, a, b in zip(
                        TABLES["sources"].header, row, new, strict=True
                    )
                    if a != b and a
                )
            else:
                self.lost["sources"] += 1

    def _keyed(self, table: str, before: Any, after: Any) -> None:
        for key, row in before.items():
            if key not in after:
                self.lost[table] += 1
                continue
            for name, a, b in zip(TABLES[table].header, row, after[key], strict=True):
                if a != b and a:
                    self.lost[f"{table}.{name}"] += 1


def of_features(
    reader: Reader, before: Gazetteer, main: Callable[[str], str]
) -> Iterable[Place]:
    """Yield what alternateNamesV2 says of our places, without GeoNames' file of places.

    Args:
        reader: of both files.
        before: whose places have links to GeoNames.
        main: the name in the file of places, by the id.
    """
    features: dict[str, PlaceId] = {}
    for place in before.tables.places.values():
        ids = sorted(map(int, place.links.get("geonames", ())))
        if ids:
            features[str(ids[0])] = place.place_id
    for place in reader.places():
        number = place.place_id.removeprefix("gn-")
        rows = [
            # that it is historic is told by its dates
            row._replace(
                note=row.note.replace("historic", ""),
                sources=("file",),
                place_id=features[number],
            )
            for row in place.toponyms
            if row.name != main(number)
        ]
        yield Place(
            features[number],
            *("", "", None, None, ALWAYS, (), "", "", ""),
            tuple(rows),
            (),
            tuple(
                row._replace(source="file", place_id=features[number])
                for row in place.link_rows
            ),
        )
    # of GeoNames by its reader, whatever the files say
    reader.sources.clear()
    reader.authorities.clear()
