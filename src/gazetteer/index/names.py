"""The names of one store: by key, by class-merged key, and by nearness.

A section that is damaged may lead to a wrong row. So a toponym is only believed if its
name, which was compared with its checksum, has the key that was looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.errors import StoreError
from gazetteer.folding import (
    bag_key,
    classes_of,
    match_key,
    may_be_digraphs_of,
)
from gazetteer.folding.words import whole_path
from gazetteer.index.keys import is_match_key, keys_of
from gazetteer.index.paths import GOES_ON
from gazetteer.store.probe import HashTable, TextTable, as_bytes
from gazetteer.store.rows import ROW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from gazetteer.index.edits import Near
    from gazetteer.index.exact import HashColumn, Numbers, TextColumn
    from gazetteer.index.neighbourhood import Neighbourhood, PackedKeys
    from gazetteer.index.neighbourhood.keys import Keys
    from gazetteer.store import Store
    from gazetteer.store.places import Held

__all__ = ["Names"]


class Names:
    """The names of one store.

    Attributes:
        store: whose names they are.
        keys: the distinct match keys.
        texts: the distinct names as written.
    """

    __slots__ = (
        "_bags",
        "_classes",
        "_column",
        "_column_of_paths",
        "_digraphs",
        "_most",
        "_near",
        "_packed",
        "_packed_texts",
        "_paths",
        "_rows",
        "_starts",
        "keys",
        "store",
        "texts",
    )

    def __init__(self, store: Store) -> None:
        """Open the sections.

        Raises:
            StoreError: if they do not fit each other.
        """
        file = store.file
        self.store = store
        self.keys = TextTable(file, "key")
        self._starts = file.items("key.start", "u4")
        self._rows = file.items("key.row", "u4")
        file.require_items("key.start", len(self.keys) + 1)
        self._most = store.count("most")
        self._classes = HashTable(file, "class", "key")
        self._bags = HashTable(file, "bag", "key")
        self._digraphs = HashTable(file, "digraph", "key")
        self._paths = HashTable(file, "path", "text")
        self.texts = TextTable(file, "text")
        self._near: Neighbourhood | None = None
        self._column: TextColumn | None = None
        self._column_of_paths: HashColumn | None = None
        self._packed: PackedKeys | None = None
        self._packed_texts: PackedKeys | None = None

    def rows(self, key: str) -> list[int]:
        """Return the rows of the toponyms that have a key, as the file says."""
        number = self.keys.find(as_bytes(key))
        if number < 0:
            return []
        start, end = self._starts[number], self._starts[number + 1]
        if end - start == 1:
            return [self._rows[start]]
        if not 0 < end - start <= self._most:
            return []
        return self._rows[start:end].tolist()

    def bearers(self, key: str) -> list[Held]:
        """Return the toponyms that have a key, each with what the store holds it in."""
        rows = self.rows(key)
        return _borne(key, map(self.store.row, rows)) if rows else []

    def places_of(self, key: str) -> list[Held]:
        """Return what `bearers` does, where whole places will be asked for as well."""
        rows = self.rows(key)
        return _borne(key, map(self.store.row_of_place, rows)) if rows else []

    def written(self, path: str, text: str = "") -> tuple[list[str], bool]:
        """Return the names that have a path, and whether longer ones begin with it.

        Args:
            path: of some words; see `gazetteer.folding.steps_of`.
            text: these words as they are written, if that is known: a name that is
                written so has their path.
        """
        found: list[str] = []
        more = False
        for number in self._paths.find(as_bytes(path)):
            if number == GOES_ON:
                more = True
            elif number < len(self.texts):
                name = self.texts[number]
                if name == text or whole_path(name) == path:
                    found.append(name)
        return found, more

    def written_each(
        self, paths: Sequence[str], texts: Sequence[str]
    ) -> tuple[dict[int, tuple[str, ...]], set[int]]:
        """Return what `written` returns of many paths, by their positions.

        Args:
            paths: of some words each.
            texts: these words as they are written.

        Returns:
            The names that have a path, where there are any; and the positions of those
            that longer names begin with.
        """
        found: dict[int, tuple[str, ...]] = {}
        positions, led_to = self._led_to(paths)
        goes_on = led_to == GOES_ON
        some = ~goes_on & (led_to < len(self.texts))
        numbers = led_to[some]
        from gazetteer.index.neighbourhood.windows import LONGEST

        names = self.packed_texts.take(numbers)
        for at, number, name in zip(
            positions[some].tolist(), numbers.tolist(), names, strict=True
        ):
            # what is packed is cut where no key is longer
            whole = name if len(name) <= LONGEST else self.texts[number]
            if whole == texts[at] or whole_path(whole) == paths[at]:
                found[at] = (*found[at], whole) if at in found else (whole,)
        return found, set(positions[goes_on].tolist())

    def _led_to(self, paths: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return positions of paths, and a number that each leads to."""
        from gazetteer.index.exact import HashColumn, hashes_of

        if self._column_of_paths is None:
            self._column_of_paths = HashColumn(self.store, "path", "text")
        return self._column_of_paths.find(hashes_of(paths))

    def small_words(self) -> list[str]:
        """Return the first words of names that begin with a small letter.

        Raises:
            StoreError: if they are damaged.
        """
        data = self.store.file.checked("small")
        text = str(data, "utf-8", "surrogatepass")
        return text.split(ROW) if text else []

    # Most queries lead to nothing in the next three, and a generator takes twice as
    # long to say so: hence lists.

    def mates(self, merged: str) -> list[str]:
        """Return the keys whose class-merged key is this."""
        numbers = self._classes.find(as_bytes(merged))
        if not numbers:
            return []
        return [key for key in self._keys_at(numbers) if classes_of(key) == merged]

    def with_digraphs(self, key: str) -> list[str]:
        """Return the keys of names that this may be with two letters for one.

        Args:
            key: as `gazetteer.folding.digraph_key` returns it for a name.
        """
        numbers = self._digraphs.find(as_bytes(key))
        if not numbers:
            return []
        others = self._keys_at(numbers)
        return [other for other in others if may_be_digraphs_of(key, other)]

    def bagged(self, bag: str, *, itself: bool = True) -> list[str]:
        """Return the keys of these words, in any order and with any generic words.

        Args:
            bag: the words in alphabetical order, without generic ones.
            itself: whether to return it too, if it is a key.
        """
        data = as_bytes(bag)
        found = [bag] if itself and self.keys.find(data) >= 0 else []
        numbers = self._bags.find(data)
        if numbers:
            found += [key for key in self._keys_at(numbers) if bag_key(key) == bag]
        return found

    def _keys_at(self, numbers: Iterable[int]) -> Iterator[str]:
        keys = self.keys
        return (keys[number] for number in numbers if number < len(keys))

    def nearest(
        self,
        key: str,
        allow: Callable[[str, str, int], Near | None],
        enough: Callable[[str, list[Near]], bool],
    ) -> list[Near]:
        """Return the nearest keys within the edits that lengths allow.

        Args:
            key: a match key.
            allow: says of it and of another key, so many edits away, how near they
                are, or that they are not.
            enough: asked of it and the nearest, whether farther ones are of no
                interest; if they are, the nearest alone are returned, else all.
        """
        neighbourhood = self.near
        keys = neighbourhood.keys
        known: dict[tuple[int, int], Near | None] = {}
        asked: list[tuple[int, int]] = []
        near: list[Near] = []

        def allowed(found: list[tuple[int, int]]) -> list[Near]:
            for each in found:
                if each not in known:
                    known[each] = allow(key, keys[each[0]], each[1])
            return [near for each in found if (near := known[each]) is not None]

        def settled(found: list[tuple[int, int]]) -> bool:
            nonlocal asked, near
            asked, near = found, allowed(found)
            return enough(key, near)

        found = neighbourhood.nearest_one(key, enough=settled)
        return near if found == asked else allowed(found)

    @property
    def packed_keys(self) -> PackedKeys:
        """The keys, to be read a column at a time."""
        if self._packed is None:
            self._packed = _packed(self.store, "key")
        return self._packed

    @property
    def packed_texts(self) -> PackedKeys:
        """The names as written, to be read a column at a time."""
        if self._packed_texts is None:
            self._packed_texts = _packed(self.store, "text")
        return self._packed_texts

    @property
    def column_of_keys(self) -> TextColumn:
        """The keys, to be found a column at a time."""
        if self._column is None:
            from gazetteer.index.exact import TextColumn

            self._column = TextColumn(self.store, "key")
        return self._column

    @property
    def near(self) -> Neighbourhood:
        """What finds the keys near to one or to many."""
        if self._near is None:
            from gazetteer.index.neighbourhood import ARRAYS, ListedKeys, Neighbourhood
            from gazetteer.index.neighbourhood.few import FEW

            file = self.store.file
            sections = file.sections
            arrays = {
                name: file.items(f"near.{name}", sections[f"near.{name}"].kind)
                for name in ARRAYS
                if f"near.{name}" in sections
            }
            try:
                keys: Keys = _NearKeys(self)
                if len(keys) <= FEW:
                    keys = ListedKeys([keys[at] for at in range(len(keys))])
                self._near = Neighbourhood(arrays, keys, measure="key")
            except StoreError as error:
                raise StoreError(self.store.path, error.reason) from None
        return self._near


def _borne(key: str, rows: Iterable[Held | None]) -> list[Held]:
    """Return those rows that are there and have a key."""
    return [held for held in rows if held is not None and _has(held.toponym.name, key)]


def _has(name: str, key: str) -> bool:
    # in small letters, most names are their own keys
    if name.lower() == key and is_match_key(key):
        return True
    return match_key(name) == key or key in keys_of(name)


def _packed(store: Store, table: str) -> PackedKeys:
    """Return the texts of a table, to be read a column at a time."""
    from gazetteer.index.neighbourhood import PackedKeys

    file = store.file
    return PackedKeys(file.raw(f"{table}.text"), file.items(f"{table}.offset", "u4"))


class _NearKeys:
    """The keys of the neighbourhood: some of all keys, and behind them written keys."""

    __slots__ = ("_all", "_numbers", "_written", "plain")

    def __init__(self, names: Names) -> None:
        self._all = names.packed_keys
        self._numbers = names.store.file.items("near.key", "u4")
        self._written = _packed(names.store, "written")
        self.plain = len(self._numbers)

    def __len__(self) -> int:
        return self.plain + len(self._written)

    def __getitem__(self, number: int) -> str:
        if number >= self.plain:
            return self._written[number - self.plain]
        at = self._numbers[number]
        try:
            return self._all[at]
        except IndexError:  # damaged
            return ""

    def take(self, numbers: NDArray[Any]) -> list[str]:
        """Return the keys of some numbers, in their order."""
        import numpy as np

        others = np.flatnonzero(numbers >= self.plain)
        if not self.plain:
            return self._written.take(numbers)
        at = np.asarray(self._numbers).take(numbers, mode="clip").astype(np.int64)
        keys = self._all.take(at.clip(max=max(0, len(self._all) - 1)))
        if len(others):
            written = self._written.take(numbers[others] - self.plain)
            for place, key in zip(others.tolist(), written, strict=True):
                keys[place] = key
        return keys
