"""Places are written one after the other; what leads to them is gathered and sorted."""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from gazetteer.store.places import LOOSE, PlaceWriter
from gazetteer.store.probe import add_pairs, as_bytes, link_text
from gazetteer.store.rows import ROW, join_fields, join_list, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazetteer.model import Authority, Dispute, Phrase, Place, Source
    from gazetteer.store.write import StoreWriter

__all__ = ["About", "PlaceCollector", "write_about"]

_NO_MORE = 1 << 32


class About(NamedTuple):
    """What a store holds beside places; see `gazetteer.model.Tables`.

    Attributes:
        perspectives: the text of a perspectives.toml.
        made_from: hash of the files that the store was made from, or empty.
    """

    version: str = ""
    disputes: Iterable[Dispute] = ()
    authorities: Iterable[Authority] = ()
    sources: Iterable[Source] = ()
    phrases: Iterable[Phrase] = ()
    perspectives: str = ""
    made_from: str = ""


class PlaceCollector:
    """Writes the sections of places; everything about their names is another's.

    Attributes:
        standing: how many places there are, loose rows not counted.
        row_place: for each toponym, the number of its place.
    """

    def __init__(self, writer: StoreWriter) -> None:
        self._writer = writer
        self._texts = PlaceWriter()
        self._offsets = array("Q", [0])
        self._first_rows = array("I", [0])
        self._ids = bytearray()
        self._id_ends = array("Q", [0])
        self._id_hashes = array("I")
        self._name_hashes = array("I")
        self._loose = array("I")
        self._links = (array("I"), array("I"))
        self._objects = (array("I"), array("I"))
        self._contested = array("I")
        self._schemes: set[str] = set()
        self.standing = 0
        self.row_place = array("I")

    def write(self, places: Iterable[Place]) -> Iterable[Place]:
        """Write places as they are taken; yield each after it was written.

        Raises:
            ValueError: if one cannot be written; see `PlaceWriter.text`.
        """
        with self._writer.section("place.text") as write:
            for number, place in enumerate(places):
                try:
                    data = self._texts.text(place).encode()
                except ValueError as error:
                    where = f"place {place.place_id!r}"
                    raise ValueError(f"{where} cannot be stored: {error}") from error
                # the number takes part, so that no place is read as another
                end = write(crc32(data, number).to_bytes(4, "little") + data)
                self._offsets.append(end)
                self._note(number, place)
                yield place

    def _note(self, number: int, place: Place) -> None:
        key = as_bytes(place.place_id)
        self._ids += key
        self._id_ends.append(len(self._ids))
        self._id_hashes.append(crc32(key))
        if place.type == LOOSE:
            self._loose.append(number)
        else:
            self.standing += 1
        if place.dispute:
            self._contested.append(number)
        self.row_place.extend([number] * len(place.toponyms))
        self._name_hashes.extend(
            [crc32(as_bytes(row.name_id)) for row in place.toponyms]
        )
        if len(self.row_place) >= _NO_MORE:
            raise ValueError(f"a store holds no more than {_NO_MORE:,} names")
        self._first_rows.append(len(self.row_place))
        for link in place.link_rows:
            self._schemes.add(link.scheme)
            self._links[0].append(crc32(link_text(link.scheme, link.id)))
            self._links[1].append(number)
        for relation in place.relations:
            if relation.object:
                self._objects[0].append(crc32(as_bytes(relation.object)))
                self._objects[1].append(number)

    def finish(self, about: About, counts: Mapping[str, int]) -> None:
        """Write what leads to the places, and what the store holds beside them.

        Args:
            about: beside them.
            counts: whatever else was counted.

        Raises:
            ValueError: if two places have one id.
        """
        writer = self._writer
        self._require_unique()
        records = len(self._id_hashes)
        writer.add("place.offset", _little(self._offsets), kind="u8")
        writer.add("place.row", _little(self._first_rows), kind="u4")
        writer.add("place.loose", _little(self._loose), kind="u4")
        writer.add("place.contested", _little(self._contested), kind="u4")
        writer.add("row.place", _little(self.row_place), kind="u4")
        numbers = array("I", range(records))
        self._write_ids()
        add_pairs(writer, "id", "place", self._id_hashes, numbers)
        rows = array("I", range(len(self.row_place)))
        add_pairs(writer, "name", "row", self._name_hashes, rows)
        add_pairs(writer, "link", "place", *self._links)
        add_pairs(writer, "object", "place", *self._objects)
        writer.add("pool", self._texts.pool.text().encode(), eager=True)
        meta = {
            "places": str(self.standing),
            "records": str(records),
            "names": str(len(self.row_place)),
            "version": about.version,
            "schemes": join_list(sorted(self._schemes)),
            "made_from": about.made_from,
            **{name: str(count) for name, count in counts.items()},
        }
        write_about(writer, about)
        noted = [join_fields(name, value) for name, value in meta.items()]
        writer.add("meta", ROW.join(noted).encode(), eager=True)

    def _write_ids(self) -> None:
        """Write the ids by number, for whoever needs nothing else of many places."""
        if len(self._ids) >= _NO_MORE:
            raise ValueError(f"the ids of places are {len(self._ids):,} bytes")
        records = range(len(self._id_hashes))
        seals = array("I", (crc32(self._id(number), number) for number in records))
        offsets = array("I", self._id_ends)
        self._writer.add("place.id", bytes(self._ids), kind="u1")
        self._writer.add("place.id.offset", _little(offsets), kind="u4")
        self._writer.add("place.id.seal", _little(seals), kind="u4")

    @property
    def id_hashes(self) -> array[int]:
        """The crc32 of the id of each place."""
        return self._id_hashes

    def _require_unique(self) -> None:
        import numpy as np

        hashes = np.frombuffer(self._id_hashes, np.uint32)
        order = np.argsort(hashes, kind="stable")
        same = np.flatnonzero(hashes[order][1:] == hashes[order][:-1])
        suspects = order[np.union1d(same, same + 1)].tolist()
        loose = set(self._loose)
        seen: set[bytes] = set()
        for number in suspects:
            key = self._id(number)
            if key in seen and number not in loose:
                raise ValueError(f"two places have the id {key.decode()!r}")
            if number not in loose:
                seen.add(key)

    def _id(self, number: int) -> bytes:
        return bytes(self._ids[self._id_ends[number] : self._id_ends[number + 1]])


def write_about(writer: StoreWriter, about: About) -> None:
    """Write the small tables, each sorted by its first column, and perspectives."""
    for name in ("disputes", "authorities", "sources", "phrases"):
        rows = [_cells(row) for row in sorted(getattr(about, name))]
        writer.add(f"table.{name}", ROW.join(rows).encode())
    writer.add("perspectives", about.perspectives.encode())


def _cells(row: tuple[Any, ...]) -> str:
    cells = []
    for value in row:
        if isinstance(value, str):
            cells.append(value)
        elif hasattr(value, "text"):
            cells.append(text_of(value))
        else:
            cells.append(join_list(value))
    return join_fields(*cells)


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
