"""What is settled of columns of names in several stores over one another.

Most places of a stack stand in it as their own store has them: nobody else speaks of
them. Of a name that only such places of one store bear, all holds that this store says
is settled. Which places others speak of is told by the hashes of ids, links and names,
without reading one; a hash that two share by chance marks a place too many, which is
then looked up by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import numpy as np

from gazetteer.index.settled import ABSENT, Bearers, Found, Settled, Spoken
from gazetteer.store.probe import as_bytes, link_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from gazetteer.index.column import Column
    from gazetteer.store import Store

    Numbers = NDArray[np.int64]
    Truths = NDArray[np.bool_]

__all__ = ["SettledStack", "spoken_of"]

# As texts they would take more memory than their stores do.
_MOST_SPOKEN: Final = 200_000

_TABLES: Final = {"id": "place", "name": "row", "link": "place"}


def spoken_of(stores: Sequence[Store]) -> list[Spoken]:
    """Tell of the places of each store whether another store may speak of them.

    One does that has a place with the same id or an exact link in common and lies
    above, or that has loose rows about the place or a name of it, wherever it lies. Of
    a place that has no more than a link in common, all names still lead somewhere.
    """
    loose = _hashes_of_loose_rows(stores)
    linked = _links_of_spoken(stores, loose)
    found = []
    for at, store in enumerate(stores):
        spoken = np.zeros(store.records, bool)
        instead = spoken
        for table in _TABLES:
            if table == "link":
                instead = spoken.copy()
            hashes = [loose[table]]
            if table != "name":
                hashes += [each.file.array(f"{table}.hash") for each in stores[:at]]
            if table == "link":
                hashes.append(linked)
            spoken[_met(store, table, hashes)] = True
        found.append(Spoken(spoken, instead))
    return found


def _met(store: Store, table: str, hashes: Sequence[NDArray[np.uint32]]) -> Numbers:
    """Return the places of a store that some hashes of a table lead to."""
    met = np.isin(store.file.array(f"{table}.hash"), np.concatenate(hashes))
    values = _TABLES[table]
    numbers = store.file.array(f"{table}.{values}")[met]
    if values == "row":
        numbers = store.file.array("row.place").take(numbers, mode="clip")
    inside: Numbers = numbers[numbers < store.records]
    return inside


def _links_of_spoken(
    stores: Sequence[Store], loose: dict[str, NDArray[np.uint32]]
) -> NDArray[np.uint32]:
    """Return the hashes of the links of places that have the id of one above.

    Where stores have loose rows, a link leads from a place to what a store beside or
    below it says of one above it.
    """
    none = np.zeros(0, np.uint32)
    if all(store.records == store.standing for store in stores):
        return none
    found = [none]
    for at, store in enumerate(stores):
        ids = [loose["id"], *(each.file.array("id.hash") for each in stores[:at])]
        places = _met(store, "id", ids)
        here = np.isin(store.file.array("link.place"), places)
        found.append(store.file.array("link.hash")[here])
    return np.concatenate(found)


def _hashes_of_loose_rows(stores: Sequence[Store]) -> dict[str, NDArray[np.uint32]]:
    found: dict[str, list[int]] = {table: [] for table in _TABLES}
    for store in stores:
        if store.records > store.standing:
            for held in store.all_loose():
                found["id"].append(crc32(as_bytes(held.place_id)))
                for link in held.link_rows:
                    found["link"].append(crc32(link_text(link.scheme, link.id)))
                for row in held.toponyms:
                    found["name"].append(crc32(as_bytes(row.name_id)))
    return {table: np.array(each, np.uint32) for table, each in found.items()}


class SettledStack:
    """What is settled in a stack, by numbers that run on from store to store.

    Attributes:
        spoken: the ids of the places of which several stores may speak; None where
            there are many, or one that is damaged.
    """

    def __init__(self, stores: Sequence[Store]) -> None:
        """Open the sections, and look for the places that others speak of.

        Raises:
            StoreError: if the sections do not fit each other.
        """
        spoken = spoken_of(stores)
        self._parts = [Settled(*each) for each in zip(stores, spoken, strict=True)]
        self._places = _starts(store.records for store in stores)
        self._rows = _starts(store.count("names") for store in stores)
        self._texts = _starts(store.count("texts") for store in stores)
        self.spoken = self._ids_spoken_of([each.about for each in spoken])

    def _ids_spoken_of(self, spoken: Sequence[Truths]) -> frozenset[str] | None:
        at = np.flatnonzero(np.concatenate(spoken))
        if len(at) > _MOST_SPOKEN:
            return None
        ids, sound = self.ids_of(at)
        return frozenset(ids.tolist()) if sound.all() else None

    def find(self, column: Column) -> Found:
        """Return what is settled of each name."""
        count = len(column)
        sorts = np.full(count, ABSENT)
        places, texts = np.full(count, -1), np.full(count, -1)
        stores = np.zeros(count, np.int64)
        for at, part in enumerate(self._parts):
            found = part.find(column)
            here = np.flatnonzero(found.sorts != ABSENT)
            stores[here] += 1
            sorts[here] = found.sorts[here]
            places[here] = _moved(found.places[here], self._places[at])
            texts[here] = _moved(found.names[here], self._texts[at])
        settled = np.flatnonzero(sorts > 0)
        if len(settled):
            # what is no id of the store that has the name may be one of another
            tidy = column.texts(settled.tolist())
            unsure = np.zeros(len(settled), bool)
            for part in self._parts:
                unsure |= part.may_be_ids(tidy)
            stores[settled[unsure]] += 1
        several = stores > 1
        sorts[several], places[several], texts[several] = 0, -1, -1
        return Found(sorts, places, texts)

    def ids_of(self, places: Numbers) -> tuple[NDArray[Any], Truths]:
        """Return the ids of places, and which of them are sound."""
        ids, sound = np.full(len(places), None, object), np.zeros(len(places), bool)
        for part, rows, numbers in self._of_parts(places, self._places):
            ids[rows], sound[rows] = part.ids_of(numbers)
        return ids, sound

    def names_of(self, texts: Numbers) -> list[str | None]:
        """Return texts as they stand in the data; None for those damaged."""
        found = np.full(len(texts), None, object)
        for part, rows, numbers in self._of_parts(texts, self._texts):
            found[rows] = np.array(part.names_of(numbers), object)
        return found.tolist()

    def _of_parts(
        self, numbers: Numbers, starts: Numbers
    ) -> Iterator[tuple[Settled, Numbers, Numbers]]:
        for at, part in enumerate(self._parts):
            start, end = starts[at], starts[at + 1]
            rows = np.flatnonzero((numbers >= start) & (numbers < end))
            if len(rows):
                yield part, rows, numbers[rows] - start

    def bearers_of(self, keys: Sequence[str]) -> Bearers:
        """Return who bears each key."""
        count = len(keys)
        plain, texts = np.zeros(count, bool), np.full(count, -1)
        stores = np.zeros(count, np.int64)
        of, rows, places = [], [], []
        for at, part in enumerate(self._parts):
            found = part.bearers_of(keys)
            counts = np.diff(found.offsets)
            here = counts > 0
            stores[here] += 1
            plain[here] = found.plain[here]
            texts[here] = _moved(found.texts[here], self._texts[at])
            of.append(np.repeat(np.arange(count), counts))
            rows.append(found.rows + self._rows[at])
            places.append(found.places + self._places[at])
        owner = np.concatenate(of)
        order = np.argsort(owner, kind="stable")
        offsets = np.searchsorted(owner[order], np.arange(count + 1))
        texts[stores > 1] = -1
        return Bearers(
            plain & (stores == 1),
            texts,
            offsets,
            np.concatenate(rows)[order],
            np.concatenate(places)[order],
        )

    def unsure(self, queries: Sequence[str]) -> Truths:
        """Tell which queries may be an id, or unfit."""
        unsure = np.zeros(len(queries), bool)
        for part in self._parts:
            unsure |= part.unsure(queries)
        return unsure

    def borne(self, keys: Sequence[str]) -> Truths:
        """Tell of which keys it is settled that a name may be near by them."""
        borne = np.zeros(len(keys), bool)
        for part in self._parts:
            borne |= part.borne(keys)
        return borne


def _starts(counts: Iterator[int]) -> Numbers:
    return np.cumsum([0, *counts])


def _moved(numbers: Numbers, start: int) -> Numbers:
    return np.where(numbers >= 0, numbers + start, numbers)
