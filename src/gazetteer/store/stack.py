"""Several stores as one, the earlier ones winning.

What `gazetteer.tables.merge_tables` does to all places at once is done here to one
place when it is asked for, so that a few rows of house rules over millions of places
cost nothing to add:

- a place that two stores have is that of the earlier one, with the rows of that one;
- a place that shares an exact link with exactly one place of earlier stores is that
  place: its id redirects, and its names lead there, for matching alone;
- rows about a place or a name of another store (loose rows) are added to it.

One thing is taken on trust here: that no two stores have different names of different
places under one name_id, which is never used again.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from gazetteer.ids import PlaceId
from gazetteer.tables.places import leading_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.ids import NameId
    from gazetteer.model import Link, Place, Relation, Toponym, Usage
    from gazetteer.store.places import Held
    from gazetteer.store.store import Store

__all__ = ["Stack"]

_REMEMBERED: Final = 8_192
_REMEMBERED_FATES: Final = 65_536


class Stack:
    """Stores over one another.

    Attributes:
        stores: the winning one first.
        spoken: the ids of all places that more than one store may speak of, and of
            some more; None as long as nobody has looked for them.
    """

    def __init__(self, stores: Sequence[Store]) -> None:
        """Hold the stores; nothing of them is read yet."""
        self.stores = tuple(stores)
        self.spoken: frozenset[str] | None = None
        self._read: dict[str, Place | None] = {}
        self._fate = lru_cache(maxsize=_REMEMBERED_FATES)(self._find_fate)

    # ---------------------------------------------------------------- places

    def place(self, place_id: str) -> Place | None:
        """Return the place with an id, or None.

        A place that another store's wins over redirects there and has no rows.
        """
        try:
            return self._read[place_id]
        except KeyError:
            return self._remembered(place_id, self._place(place_id))

    def _remembered(self, place_id: str, place: Place | None) -> Place | None:
        if len(self._read) >= _REMEMBERED:
            self._read = {}
        self._read[place_id] = place
        return place

    def _place(self, place_id: str) -> Place | None:
        owner = self._owner(place_id)
        if owner is None:
            return None
        number, place = owner
        if len(self.stores) == 1:
            return place
        fate = self._fate(place_id)
        if fate is not None and fate != place_id:
            return place._replace(
                replaced_by=fate, toponyms=(), relations=(), link_rows=()
            )
        return self._merged(number, place)

    def has(self, place_id: str) -> bool:
        """Tell whether any of the stores has a place, without reading it."""
        # a query is asked whether it is an id, before all else
        for store in self.stores:  # noqa: SIM110
            if store.has(place_id):
                return True
        return False

    def fate(self, place_id: str) -> str | None:
        """Return the id of the place that an id of any of the stores means here."""
        if len(self.stores) == 1:
            return place_id if self.stores[0].has(place_id) else None
        return self._fate(place_id)

    def toponym(self, number: int, held: Held) -> Toponym | None:
        """Return a toponym of one of the stores as it is here; None if it is not.

        Args:
            number: of the store in the stack.
            held: the toponym as that store has it.
        """
        toponym = held.toponym
        if len(self.stores) == 1:
            if held.loose:
                return None
            place = held.place
            if place is not None and place.place_id not in self._read:
                self._remembered(place.place_id, place)
            return toponym
        fate = self._fate(held.place_id)
        if fate is None:
            return None
        if not self._with_loose:
            return self._of_own_store(toponym, number, PlaceId(fate))
        place = self.place(fate)
        for row in place.toponyms if place is not None else ():
            if row.name_id == toponym.name_id:
                return row if row.name == toponym.name else None
        return None

    def _of_own_store(
        self, toponym: Toponym, number: int, fate: PlaceId
    ) -> Toponym | None:
        # where nothing is added, a place has the names that its own store gives it
        if self._is_before(toponym.place_id, number):
            return None
        same = fate == toponym.place_id
        return toponym if same else leading_name(toponym, fate)

    def own_ids(self) -> Iterator[PlaceId]:
        """Yield the id of every place once, store by store.

        Raises:
            StoreError: at a place that is damaged.
        """
        for number, store in enumerate(self.stores):
            for place in store.all_places():
                if not self._is_before(place.place_id, number):
                    yield place.place_id

    def all_places(self) -> Iterator[Place]:
        """Yield every place once, store by store; see `own_ids`.

        Raises:
            StoreError: at a place that is damaged.
        """
        if len(self.stores) == 1:
            yield from self.stores[0].all_places()
            return
        for place_id in self.own_ids():
            place = self._place(place_id)
            if place is not None:
                yield place

    @cached_property
    def standing(self) -> int:
        """How many places there are, those that redirect included."""
        twice = 0
        for number, store in enumerate(self.stores):
            earlier = self.stores[:number]
            # the ids of the smaller side are looked for in the larger one
            if store.standing <= sum(each.standing for each in earlier):
                ids = store.all_ids()
                twice += sum(self._is_before(place_id, number) for place_id in ids)
            else:
                for at, each in enumerate(earlier):
                    for place_id in each.all_ids():
                        again = not self._is_before(place_id, at)
                        twice += again and store.has(place_id)
        return sum(store.standing for store in self.stores) - twice

    # ------------------------------------------------------ what leads to them

    def linked(self, scheme: str, value: str) -> Iterator[Place]:
        """Yield the places that have a link of any match, each once, by id."""
        held = (each for store in self.stores for each in store.linked(scheme, value))
        for place in self._standing(each.place_id for each in held):
            if any(row.scheme == scheme and row.id == value for row in place.link_rows):
                yield place

    def speaking_of(self, place_id: str) -> Iterator[Place]:
        """Yield the places that have a relation to a place, each once, by id."""
        held = (
            each
            for key in (place_id, *self._later_selves(place_id))
            for store in self.stores
            for each in store.speaking_of(key)
        )
        for place in self._standing(each.place_id for each in held):
            if any(row.object == place_id for row in place.relations):
                yield place

    def contested(self) -> Iterator[Place]:
        """Yield the places that have a dispute, by id."""
        held = (each for store in self.stores for each in store.contested())
        for place in self._standing(each.place_id for each in held):
            if place.contested:
                yield place

    def _standing(self, place_ids: Iterator[PlaceId]) -> Iterator[Place]:
        fates = {self.fate(place_id) for place_id in place_ids} - {None}
        for fate in sorted(map(str, fates)):
            place = self.place(fate)
            if place is not None:
                yield place

    # ------------------------------------------------------------ who wins

    def _owner(self, place_id: str) -> tuple[int, Place] | None:
        for number, store in enumerate(self.stores):
            place = store.own(place_id)
            if place is not None:
                return number, place
        return None

    def _find_fate(self, place_id: str) -> str | None:
        number = next(
            (at for at, store in enumerate(self.stores) if store.has(place_id)), None
        )
        if not number:
            return None if number is None else place_id
        if self.spoken is not None and place_id not in self.spoken:
            return place_id
        winners = {
            other
            for other in self._sharing_links(place_id, before=number)
            if self._is_before(other, number) and self._fate(other) == other
        }
        return winners.pop() if len(winners) == 1 else place_id

    def _is_before(self, place_id: str, number: int) -> bool:
        return any(store.has(place_id) for store in self.stores[:number])

    def _exact_links(self, place_id: str) -> set[tuple[str, str]]:
        # Links say something about a place wherever they stand.
        found = set()
        for store in self.stores:
            own = store.own(place_id)
            loose = store.loose(place_id) if store in self._with_loose else ()
            for held in (*loose, *((own,) if own else ())):
                found |= {
                    (link.scheme, link.id)
                    for link in held.link_rows
                    if link.match == "exact"
                }
        return found

    def _sharing_links(self, place_id: str, before: int | None = None) -> set[str]:
        """Return the other ids that have one of the exact links of a place.

        Args:
            place_id: of the place.
            before: if only ids count that stores before one have, its number.
        """
        found: set[str] = set()
        # a later store may have loose rows about a place of an earlier one
        stores = self.stores if self._with_loose else self.stores[:before]
        for scheme, value in self._exact_links(place_id):
            for store in stores:
                for held in store.linked(scheme, value):
                    if any(
                        link.match == "exact"
                        for link in held.link_rows
                        if link.scheme == scheme and link.id == value
                    ):
                        found.add(held.place_id)
        found.discard(place_id)
        return found

    def _later_selves(self, place_id: str) -> list[str]:
        """Return the ids that redirect to a place, sorted."""
        if len(self.stores) == 1:
            return []
        return sorted(
            other
            for other in self._sharing_links(place_id)
            if self._fate(other) == place_id
        )

    # ---------------------------------------------------------------- merging

    @cached_property
    def _with_loose(self) -> tuple[Store, ...]:
        return tuple(store for store in self.stores if store.records > store.standing)

    @cached_property
    def _loose_names(self) -> dict[NameId, int]:
        """For each name that is a loose row, the first store that has it."""
        found: dict[NameId, int] = {}
        for number, store in enumerate(self.stores):
            if store in self._with_loose:
                for held in store.all_loose():
                    for row in held.toponyms:
                        if row.name:
                            found.setdefault(row.name_id, number)
        return found

    def _merged(self, number: int, own: Place) -> Place:
        """Return a place that stands, with what other stores add to it."""
        place_id = own.place_id
        # nothing lies under the last store
        later = self._later_selves(place_id) if number + 1 < len(self.stores) else []
        leading = self._leading(later, place_id)
        if self._with_loose:
            merged = self._with_rows(number, own, later, leading)
        else:
            merged = own._replace(
                toponyms=tuple(sorted((*own.toponyms, *(row for _, row in leading)))),
                relations=tuple(
                    sorted({self._redirected(place_id, row) for row in own.relations})
                ),
            )
        return own if merged == own else merged

    def _with_rows(
        self,
        number: int,
        own: Place,
        later: Sequence[str],
        leading: Sequence[tuple[int, Toponym]],
    ) -> Place:
        """Return a place with the loose rows that stores have about it."""
        place_id = own.place_id
        keys = [place_id, *later]
        toponyms: dict[NameId, Toponym] = {}
        statements: set[Relation] = set()
        links: dict[tuple[str, str], Link] = {}
        for at, store in enumerate(self.stores):
            for since, row in leading:
                if since == at and self._loose_names.get(row.name_id, at) >= at:
                    toponyms.setdefault(row.name_id, row)
            parts = [own] if at == number else []
            if store in self._with_loose:
                parts += [held for key in keys for held in store.loose(key)]
            for part in parts:
                for row in part.toponyms:
                    if self._loose_names.get(row.name_id, at) >= at:
                        toponyms.setdefault(row.name_id, self._used(row, place_id))
                statements |= {
                    self._redirected(place_id, row) for row in part.relations
                }
                for link in part.link_rows:
                    mine = link._replace(place_id=place_id)
                    links.setdefault((link.scheme, link.id), mine)
        return own._replace(
            toponyms=tuple(toponyms[key] for key in sorted(toponyms)),
            relations=tuple(sorted(statements)),
            link_rows=tuple(sorted(links.values())),
        )

    def _leading(
        self, later: Iterable[str], place_id: PlaceId
    ) -> list[tuple[int, Toponym]]:
        """Return the names of a place's later selves, each with its store's number."""
        found = []
        for key in later:
            owner = self._owner(key)
            if owner is not None:
                number, place = owner
                rows = (leading_name(row, place_id) for row in place.toponyms)
                found += [(number, row) for row in rows if row is not None]
        return found

    def _used(self, row: Toponym, place_id: PlaceId) -> Toponym:
        """Return a toponym with the usages that other stores add to it."""
        usages: set[Usage] = set(row.usages)
        for store in self._with_loose:
            for held in store.loose(row.name_id):
                for part in held.toponyms:
                    usages |= set(part.usages)
        if len(usages) == len(row.usages) and row.place_id == place_id:
            return row
        return row._replace(place_id=place_id, usages=tuple(sorted(usages)))

    def _redirected(self, place_id: PlaceId, row: Relation) -> Relation:
        target = self._fate(row.object) if row.object else None
        if row.subject == place_id and target in (None, row.object):
            return row
        return row._replace(subject=place_id, object=target or row.object)
