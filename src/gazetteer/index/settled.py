"""Whole columns of names for which the store says which place bears them.

What is settled stands in the store (see `settling`) and is found in NumPy, first by the
text of a name, then by its keys. Nothing is taken apart, and nothing is believed that
does not bear the seal: a number that was damaged leads nowhere, and its name is left to
whoever looks each name up.
"""

from __future__ import annotations

import re
from itertools import compress
from operator import eq, ne
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zlib import crc32

import numpy as np

from gazetteer.index.column import normal
from gazetteer.index.exact import (
    ExactColumns,
    HashColumn,
    TextColumn,
    encoded,
    hashes_of,
)
from gazetteer.index.hits import difference
from gazetteer.index.keys import is_nothing_but_a_name
from gazetteer.index.neighbourhood import PackedKeys
from gazetteer.index.settling import BY_LENGTH, KINDS, NONE, PLAIN, SETTLED, TWIN, seal
from gazetteer.languages.controls import CONTROLS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gazetteer.index.column import Column
    from gazetteer.store import Store

    Numbers = NDArray[np.int64]

__all__ = [
    "ABSENT",
    "SORTS",
    "UNTOLD",
    "Bearers",
    "Found",
    "Settled",
    "Spoken",
]

# A sort of name is one number: its bits in the store, its length where that counts,
# and, of a name in another spelling, how that differs.
_LENGTH: Final = 8
_KIND: Final = 16
_LONGEST: Final = 255

SORTS: Final = 1 + len(KINDS) << _KIND
"""How many numbers of sorts there are."""

ABSENT: Final = -1
"""The sort of a name that nothing bears in any spelling."""

UNTOLD: Final = -2

_OTHER_CASE: Final = 1 + KINDS.index("case")
_SHORT: Final = 100
_RARE: Final = re.compile(f"[{CONTROLS}]|(?:^|\n)gz-", re.IGNORECASE)

# An id is looked for among all only if a bit of its hash is set.
_ID_BITS: Final = 22
_ID_SHIFT: Final = np.uint32(32 - _ID_BITS)
_3: Final = np.uint32(3)
_7: Final = np.uint32(7)


class Found(NamedTuple):
    """What is settled of a column of names.

    Attributes:
        sorts: what kind of hits each has: 0 where nothing is settled, `ABSENT` where
            there are none. Of all names of one sort the best hit is of one kind and
            the second place is as far behind.
        places: the number of the place that bears it, -1 where several do.
        names: for names in another spelling, the number of the text as it stands in
            the data; -1 where it is the name itself, without outer space; `UNTOLD`
            where it is one of several of the same place.
    """

    sorts: Numbers
    places: Numbers
    names: Numbers


class Bearers(NamedTuple):
    """Who bears some keys.

    Attributes:
        plain: whether all names that have a key are plain ones.
        texts: number of the only text that has a key, or -1.
        offsets: where the bearers of each key begin in the others, and one more.
        rows: of their toponyms.
        places: of each row.
    """

    plain: NDArray[np.bool_]
    texts: Numbers
    offsets: Numbers
    rows: Numbers
    places: Numbers


class Spoken(NamedTuple):
    """Of which places of a store other stores of a stack may speak.

    Attributes:
        about: what they say may change the place, or make it another.
        instead: it may also take names from it.
    """

    about: NDArray[np.bool_]
    instead: NDArray[np.bool_]


class Settled:
    """What is settled in one store."""

    def __init__(self, store: Store, spoken: Spoken | None = None) -> None:
        """Open the sections.

        Args:
            store: of the names.
            spoken: of which places other stores may speak, so that of their names
                nothing is settled.

        Raises:
            StoreError: if they do not fit each other.
        """
        file = store.file
        self._texts = TextColumn(store, "text")
        self._keys = TextColumn(store, "key")
        self._names = PackedKeys(file.raw("text.text"), file.items("text.offset", "u4"))
        self._exact = ExactColumns(store)
        self._row_seals = file.array("key.row.seal")
        file.require_items("key.row.seal", file.sections["key.row"].length // 4)
        self._of_text = _Sealed(store, "text")
        self._of_key = _Sealed(store, "key", ("only",))
        self._small = HashColumn(store, "small", "text")
        self._key_of_text = file.array("text.key")
        self._key_offsets = file.array("key.offset")
        self._ids = PackedKeys(
            file.raw("place.id"), file.items("place.id.offset", "u4")
        )
        self._id_seals = file.array("place.id.seal")
        file.require_items("place.id.seal", store.records)
        self._known_ids = np.full(store.records + 1, None, object)
        # the last one is nobody's
        self._sound = np.zeros(store.records + 1, bool)
        self._tried = np.zeros(store.records + 1, bool)
        self._tried[-1] = True
        self._id_hashes = file.array("id.hash")
        bits = np.zeros(1 << _ID_BITS, bool)
        bits[self._id_hashes >> _ID_SHIFT] = True
        self._id_bits = np.packbits(bits, bitorder="little")
        self._open_keys = self._open_texts = self._lost_keys = None
        self._near_keys = None
        if spoken is not None:
            self._open_keys = _keys_of(store, spoken.about)
            self._open_texts = _texts_of(store, self._open_keys)
            self._lost_keys = _keys_of(store, spoken.instead)
            self._near_keys = np.zeros_like(self._open_keys)
            self._near_keys[
                np.minimum(file.array("near.key"), len(self._open_keys) - 1)
            ] = True
            self._near_keys[-1] = False

    # ------------------------------------------------------------------ what is found

    def find(self, column: Column) -> Found:
        """Return what is settled of each name."""
        texts = self._texts.find(column.given)
        found = self._by_text(texts)
        missing = np.flatnonzero(texts < 0)
        if len(missing):
            self._add_others(column, missing, found)
        return found

    def ids_of(self, places: Numbers) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """Return the ids of places, and which of them are sound; each is read once.

        Args:
            places: their numbers; -1 for none, which is not sound.
        """
        new = np.unique(places[~self._tried[places]])
        if len(new):
            ids = self._ids.take(new)
            seals = map(crc32, encoded(ids), new.tolist())
            sound = np.fromiter(seals, np.uint32, len(new)) == self._id_seals[new]
            self._known_ids[new[sound]] = np.array(ids, object)[sound]
            self._sound[new] = sound
            self._tried[new] = True
        return self._known_ids[places], self._sound[places]

    def names_of(self, texts: Numbers) -> list[str | None]:
        """Return texts by number as they stand in the data; None for those damaged."""
        names = self._names.take(texts)
        hashes = self._texts.hashes[texts].tolist()
        return [
            name if crc32(name.encode()) == stated else None
            for name, stated in zip(names, hashes, strict=True)
        ]

    def _by_text(self, texts: Numbers) -> Found:
        kinds, places, _ = self._of_text.of(texts, self._texts.hashes)
        sorts = kinds.astype(np.int64)
        by_length = np.flatnonzero(sorts & BY_LENGTH)
        if len(by_length):
            key = self._key_of_text[texts[by_length]].astype(np.int64)
            key = key.clip(max=max(0, len(self._key_offsets) - 2))
            begin = self._key_offsets[key].astype(np.int64)
            length = self._key_offsets[key + 1].astype(np.int64) - begin
            sorts[by_length] |= length.clip(0, _LONGEST) << _LENGTH
        if self._open_texts is not None:
            sorts[self._open_texts.take(texts)] = 0
        return Found(sorts, places, np.full(len(texts), -1))

    def bearers_of(self, keys: Sequence[str]) -> Bearers:
        """Return who bears each key."""
        at = self._keys.find(keys)
        kinds, _, texts = self._of_key.of(at, self._keys.hashes)
        offsets, entries = self._exact.entries_of_keys(at)
        rows, places = self._exact.rows_and_places(entries)
        if len(entries):
            hashes = np.repeat(self._keys.hashes[at.clip(0)], np.diff(offsets))
            damaged = seal(hashes, rows, places) != self._row_seals.take(entries)
            key = np.searchsorted(offsets, np.flatnonzero(damaged), side="right") - 1
            kinds[key] = 0
        plain = (kinds & PLAIN != 0) & (np.diff(offsets) > 0)
        if self._open_keys is not None:
            plain &= ~self._open_keys.take(at)
        return Bearers(plain, texts, offsets, rows, places)

    def borne(self, keys: Sequence[str]) -> NDArray[np.bool_]:
        """Tell of which keys it is settled that a name may be near by them."""
        at = self._keys.find(keys)
        kinds, *_ = self._of_key.of(at, self._keys.hashes)
        borne: NDArray[np.bool_] = kinds & PLAIN != 0
        if self._lost_keys is not None:
            borne &= ~self._lost_keys.take(at)
        if self._near_keys is not None and self._open_keys is not None:
            borne |= (self._near_keys & ~self._open_keys).take(at)
        return borne

    # -------------------------------------------------------------- in another spelling

    def _add_others(self, column: Column, at: Numbers, found: Found) -> None:
        """Look for names that do not stand in the data as they were given."""
        numbers = at.tolist()
        tidy = column.texts(numbers)
        given = [column.given[each] for each in numbers]
        changed = np.fromiter(map(ne, tidy, given), np.bool_, len(tidy))
        if changed.any():
            here = np.flatnonzero(changed)
            texts = self._texts.find([tidy[each] for each in here.tolist()])
            _put(found, at[here], self._by_text(texts))
            kept = np.ones(len(at), bool)
            kept[here[texts >= 0]] = False
            at = at[kept]
            tidy = list(compress(tidy, kept.tolist()))
        texts, twins = self._in_small_letters(tidy)
        here = np.flatnonzero(texts >= 0)
        _put(found, at[here], self._in_another_case(texts[here], twins[here]))
        rest = at[np.flatnonzero(texts < 0)]
        if len(rest):
            _put(found, rest, self._by_keys(column, rest.tolist()))

    def _in_small_letters(
        self, queries: Sequence[str]
    ) -> tuple[Numbers, NDArray[np.bool_]]:
        """Return the text that each query differs from in case only, or -1.

        And whether another one has the same letters.
        """
        texts, twins = np.full(len(queries), -1), np.zeros(len(queries), bool)
        joined = "\n".join(queries)
        small = joined.lower().split("\n")
        if len(small) != len(queries):
            return texts, twins
        at, leads_to = self._small.find(hashes_of(small))
        # a number that was damaged is some other text's
        numbers = leads_to & ~TWIN
        numbers = numbers.clip(max=max(0, len(self._names) - 1))
        names = self._names.take(numbers)
        named = "\n".join(names).lower().split("\n")
        asked = [small[each] for each in at.tolist()]
        if len(named) == len(asked):
            same = np.fromiter(map(eq, named, asked), np.bool_, len(asked))
            texts[at[same]] = numbers[same]
            twins[at[same]] = leads_to[same] >= TWIN
        here = np.flatnonzero(texts >= 0)
        asked = [queries[each] for each in here.tolist()]
        texts[here[self.unsure(asked) | ~normal("NFKC", asked)]] = -1
        return texts, twins

    def _in_another_case(self, texts: Numbers, twins: NDArray[np.bool_]) -> Found:
        found = self._by_text(texts)
        sorts = found.sorts | _OTHER_CASE << _KIND
        sorts[found.sorts == 0] = 0
        return Found(sorts, found.places, np.where(twins, UNTOLD, texts))

    def _by_keys(self, column: Column, numbers: Sequence[int]) -> Found:
        queries, keys = column.texts(numbers), column.keys(numbers)
        plain = column.plain(numbers)
        first = self._keys.find(keys)
        second = first.copy()
        marked = [at for at, key in enumerate(plain) if key and key != keys[at]]
        if marked:
            second[marked] = self._keys.find([plain[at] for at in marked])
        # of two keys both may be known, or one
        one, other = (
            np.where(first < 0, second, first),
            np.where(second < 0, first, second),
        )
        kinds, places, texts = self._of_key.of(one, self._keys.hashes)
        *_, texts_of_other = self._of_key.of(other, self._keys.hashes)
        settled = kinds >= SETTLED
        if self._open_keys is not None:
            settled &= ~(self._open_keys.take(one) | self._open_keys.take(other))
        at = np.flatnonzero(settled & (texts == texts_of_other))
        sorts = np.zeros(len(queries), np.int64)
        asked = [queries[each] for each in at.tolist()]
        differ = self._differences(asked, texts[at])
        lengths = np.fromiter(
            (min(len(keys[each]), _LONGEST) for each in at.tolist()), np.int64, len(at)
        )
        sorts[at] = (
            kinds[at] & ~np.uint8(PLAIN) | lengths << _LENGTH | differ << _KIND
        ) * (differ > 0)
        sorts[(first < 0) & (second < 0)] = ABSENT
        return Found(sorts, places, texts)

    def _differences(self, queries: Sequence[str], texts: Numbers) -> Numbers:
        """Return how each query differs from its name: one more than in `KINDS`.

        0 is for a query that may be an id or unfit, and for a name that is damaged.
        """
        unsure = self.unsure(queries)
        differ = [
            0 if no else _difference(query, name)
            for query, name, no in zip(
                queries, self.names_of(texts), unsure.tolist(), strict=True
            )
        ]
        return np.array(differ, np.int64)

    def unsure(self, queries: Sequence[str]) -> NDArray[np.bool_]:
        """Tell which queries may be an id, or unfit."""
        unsure = self.may_be_ids(queries)
        joined = "\n".join(queries)
        if ":" in joined:
            unsure |= [":" in each for each in queries]
        short = len(max(queries, key=len, default="")) <= _SHORT
        if not short or _RARE.search(joined):
            unsure |= [not is_nothing_but_a_name(each) for each in queries]
        return unsure

    def may_be_ids(self, queries: Sequence[str]) -> NDArray[np.bool_]:
        """Tell which queries may be an id; few that are none."""
        hashes = hashes_of(queries)
        bits = hashes >> _ID_SHIFT
        held = self._id_bits.take(bits >> _3) >> (bits & _7).astype(np.uint8)
        maybe: NDArray[np.bool_] = (held & np.uint8(1)).view(np.bool_)
        at = np.flatnonzero(maybe)
        place = np.searchsorted(self._id_hashes, hashes[at])
        maybe[at] = self._id_hashes.take(place, mode="clip") == hashes[at]
        return maybe


def _keys_of(store: Store, places: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which keys some places have; behind the last stands the number -1's."""
    file = store.file
    rows, starts = file.array("key.row"), file.array("key.start")
    owners = file.array("row.place").take(rows, mode="clip")
    at = np.flatnonzero(np.append(places, np.False_).take(owners, mode="clip"))
    keys = np.zeros(len(starts), bool)
    keys[np.searchsorted(starts, at, side="right") - 1] = True
    keys[-1] = False
    return keys


def _texts_of(store: Store, keys: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which texts have some keys, likewise."""
    file = store.file
    texts = np.zeros(file.sections["text.hash"].length // 4 + 1, bool)
    for section in ("text.key", "text.plain"):
        numbers = np.minimum(file.array(section), len(keys) - 1)
        texts[:-1] |= keys.take(numbers)
    return texts


class _Sealed:
    """Numbers of each text or key, believed where the seal is right."""

    def __init__(self, store: Store, name: str, more: tuple[str, ...] = ()) -> None:
        file = store.file
        self._kinds = file.array(f"{name}.settled")
        self._numbers = [file.array(f"{name}.{each}") for each in ("place", *more)]
        self._seals = file.array(f"{name}.seal")
        count = file.sections[f"{name}.hash"].length // 4
        for section in ("settled", "place", *more, "seal"):
            file.require_items(f"{name}.{section}", count)

    def of(
        self, at: Numbers, hashes: NDArray[Any]
    ) -> tuple[NDArray[np.uint8], Numbers, Numbers]:
        """Return what is said of texts or keys of some numbers: 0 and -1 for nothing.

        Returns:
            The bits, the numbers of the places, and the numbers of their only texts.
        """
        if not len(self._kinds):
            none = np.full(len(at), -1)
            return np.zeros(len(at), np.uint8), none, none
        known = at.clip(min=0)
        kinds = self._kinds.take(known)
        numbers = [each.take(known).astype(np.int64) for each in self._numbers]
        sound = seal(hashes.take(known), kinds, *numbers) == self._seals.take(known)
        sound &= (at >= 0) & (kinds != 0)
        kinds[~sound] = 0
        signed = [
            np.where(sound & (each != NONE), each, -1).astype(np.int64)
            for each in numbers
        ]
        return kinds, signed[0], signed[-1]


def _put(found: Found, at: Numbers, others: Found) -> None:
    for column, values in zip(found, others, strict=True):
        column[at] = values


def _difference(query: str, name: str | None) -> int:
    if name is None:
        return 0
    if query.lower() == name.lower():
        return 1
    kind = difference(query, name)
    return 1 + KINDS.index(kind) if kind in KINDS else 0
