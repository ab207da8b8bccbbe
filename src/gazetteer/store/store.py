"""One store: places by number, by id, by link, and by what they are related to.

Everything is read when it is asked for. A place that is damaged, or that an offset does
not really lead to, is as if it were not there: each is compared with its checksum, in
which its number takes part, before it is taken apart.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zlib import crc32

from gazetteer.errors import StoreError
from gazetteer.store.places import LOOSE, Held, PlaceReader
from gazetteer.store.probe import HashTable, as_bytes, link_text
from gazetteer.store.read import StoreFile
from gazetteer.store.rows import FIELD, ROW, fields_of, split_list

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from gazetteer.model import Place

__all__ = ["Store"]

# Places are a few kilobytes each once they are taken apart.
_REMEMBERED: Final = 8_192

_CHECKSUM_BYTES: Final = 4

_AFTER_ID: Final = FIELD.encode()
_LONGEST_ID: Final = 256  # in bytes; a longer one is counted as another


class Store:
    """The places of one store.

    It only reads; threads and forked processes may share one.

    Attributes:
        file: its sections; `gazetteer.index` reads those of names and keys.
        path: of the file; empty for a store that is held in memory.
        origin: the directory of tables that it was made from, else its path.
        content: hash of the content: equal where two stores hold the same.
        meta: what was counted and noted when it was written.
        standing: how many places it holds.
        records: the same with the rows that are added to places of other stores.
    """

    def __init__(self, file: StoreFile, origin: str = "") -> None:
        """Read what is small, and check that the sections fit each other.

        Args:
            file: its sections.
            origin: the directory of tables that it was made from, if any.

        Raises:
            StoreError: if they do not.
        """
        self.file = file
        self.path = file.path
        self.origin = origin or file.path
        self.content = file.content
        self.meta = self._meta()
        self.standing = self.count("places")
        self.records = self.count("records")
        self._text = file.raw("place.text")
        self._offsets = file.items("place.offset", "u8")
        self._first_rows = file.items("place.row", "u4")
        self._row_place = file.items("row.place", "u4")
        file.require_items("place.offset", self.records + 1)
        file.require_items("place.row", self.records + 1)
        file.require_items("row.place", self.count("names"))
        self._ids = HashTable(file, "id", "place")
        self._names = HashTable(file, "name", "row")
        self._links = HashTable(file, "link", "place")
        self._objects = HashTable(file, "object", "place")
        self._loose = frozenset(file.items("place.loose", "u4"))
        self._reader: PlaceReader | None = None
        # the memory is the object's own, so that it goes when the store goes
        self.place = lru_cache(maxsize=_REMEMBERED)(self._place)

    @classmethod
    def open(cls, path: str | os.PathLike[str], origin: str = "") -> Store:
        """Map a store into memory.

        Args:
            path: of the file.
            origin: the directory of tables that it was made from, if any.

        Raises:
            DataNotFoundError: if there is no such file.
            StoreError: if it is not a whole store of this version.
        """
        return cls(StoreFile.open(path), origin)

    @classmethod
    def of_bytes(cls, data: bytes, origin: str = "") -> Store:
        """Read a store that is held in memory.

        Args:
            data: what would stand in the file.
            origin: the directory of tables that it was made from, if any.

        Raises:
            StoreError: if it is not a whole store of this version.
        """
        return cls(StoreFile(data, ""), origin)

    def _meta(self) -> dict[str, str]:
        text = str(self.file.raw("meta"), "utf-8", "replace")
        rows = (fields_of(row, 2) for row in text.split(ROW))
        return {row[0]: row[1] for row in rows}

    def count(self, name: str) -> int:
        """Return a number that was noted when the store was written.

        Raises:
            StoreError: if it was not.
        """
        try:
            return int(self.meta[name])
        except (KeyError, ValueError):
            raise StoreError(self.path, f"it does not say its {name!r}") from None

    @property
    def version(self) -> str:
        """Version of the data."""
        return self.meta["version"]

    @property
    def schemes(self) -> tuple[str, ...]:
        """The schemes of which it holds links, sorted."""
        return split_list(self.meta["schemes"])

    # ---------------------------------------------------------------- places

    def _place(self, number: int) -> Place | None:
        """Return the place of a number, with all its rows; None if it is damaged."""
        text = self._sound(number)
        if text is None or self._reader is None:
            return None
        try:
            return self._reader.place(text)
        except (ValueError, LookupError, TypeError):
            return None

    def _sound(self, number: int) -> str | None:
        """Return the text of a place after comparing it with its checksum."""
        if not 0 <= number < self.records:
            return None
        start, end = self._offsets[number], self._offsets[number + 1]
        data = self._text[start + _CHECKSUM_BYTES : end]
        stated = int.from_bytes(self._text[start : start + _CHECKSUM_BYTES], "little")
        if crc32(data, number) != stated:
            return None
        if self._reader is None:
            # compared with its checksum when the store was opened
            self._reader = PlaceReader(str(self.file.raw("pool"), "utf-8"))
        try:
            return str(data, "utf-8")
        except UnicodeDecodeError:
            return None

    def row(self, number: int) -> Held | None:
        """Return a toponym by the number of its row; None if its place is damaged."""
        if not 0 <= number < len(self._row_place):
            return None
        place = self._row_place[number]
        text = self._sound(place)
        if text is None or self._reader is None:
            return None
        at = number - self._first_rows[place]
        if at < 0:
            return None
        try:
            return self._reader.held(text, at)
        except (ValueError, LookupError, TypeError):
            return None

    def row_of_place(self, number: int) -> Held | None:
        """Return what `row` returns, and remember the whole place.

        It costs less where the place will be asked for, and more where it will not.
        """
        if not 0 <= number < len(self._row_place):
            return None
        at = self._row_place[number]
        place = self.place(at)
        if place is None:
            return None
        nth = number - self._first_rows[at]
        if not 0 <= nth < len(place.toponyms):
            return None
        return Held(place.place_id, place.type == LOOSE, place.toponyms[nth], place)

    def named(self, name_id: str) -> Iterator[Held]:
        """Yield the toponyms of a name_id, each with what holds it."""
        for number in self._names.find(as_bytes(name_id)):
            held = self.row(number)
            if held is not None and held.toponym.name_id == name_id:
                yield held

    def has(self, place_id: str) -> bool:
        """Tell whether there is a place with an id, without reading all of it."""
        key = as_bytes(place_id)
        numbers = self._ids.find(key)
        key += _AFTER_ID
        for number in numbers:
            if number < self.records and number not in self._loose:
                start = self._offsets[number] + _CHECKSUM_BYTES
                if self._text[start : start + len(key)] == key:
                    return True
        return False

    def own(self, place_id: str) -> Place | None:
        """Return the place with an id, or None."""
        for place in self._with_id(place_id):
            if place.type != LOOSE:
                return place
        return None

    def loose(self, key: str) -> Iterator[Place]:
        """Yield rows that are added to a place of another store.

        Args:
            key: id of the place; or of a name, whose usages they are.
        """
        for place in self._with_id(key):
            if place.type == LOOSE:
                yield place

    def _with_id(self, key: str) -> Iterator[Place]:
        for number in self._ids.find(as_bytes(key)):
            place = self.place(number)
            if place is not None and place.place_id == key:
                yield place

    def linked(self, scheme: str, value: str) -> Iterator[Place]:
        """Yield the places, and the loose rows, that have a link of any match."""
        for number in self._links.find(link_text(scheme, value)):
            place = self.place(number)
            if place is not None and any(
                link.scheme == scheme and link.id == value for link in place.link_rows
            ):
                yield place

    def speaking_of(self, key: str) -> Iterator[Place]:
        """Yield the places, and the loose rows, with a relation to a place."""
        for number in self._objects.find(as_bytes(key)):
            place = self.place(number)
            if place is not None and any(row.object == key for row in place.relations):
                yield place

    def all_places(self) -> Iterator[Place]:
        """Yield every place in the order of writing, loose rows left out.

        They are not remembered, so that a pass over all does not fill the memory.

        Raises:
            StoreError: at one that is damaged.
        """
        for number in range(self.records):
            if number in self._loose:
                continue
            place = self._place(number)
            if place is None:
                raise StoreError(self.path, f"its place number {number:,} is damaged")
            yield place

    def all_ids(self) -> Iterator[str]:
        """Yield the id of every place as it stands there, to be counted."""
        for number in range(self.records):
            if number not in self._loose:
                start = self._offsets[number] + _CHECKSUM_BYTES
                end = self._offsets[number + 1]
                data = bytes(self._text[start : min(end, start + _LONGEST_ID)])
                yield data.partition(_AFTER_ID)[0].decode("utf-8", "replace")

    def all_loose(self) -> Iterator[Place]:
        """Yield the rows that are added to places of other stores."""
        for number in sorted(self._loose):
            place = self.place(number)
            if place is not None:
                yield place

    def contested(self) -> Iterator[Place]:
        """Yield the places that have a dispute."""
        for number in self.file.items("place.contested", "u4"):
            place = self.place(number)
            if place is not None and place.dispute:
                yield place
