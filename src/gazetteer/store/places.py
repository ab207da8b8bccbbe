"""A place becomes a text and a text a place: with names, usages, relations, links.

Five groups stand one after the other: the place itself, its toponyms, their usages, its
relations, its links. In a row those fields come first that are its own; those that many
rows share are one field, the tail, which `gazetteer.store.rows.Pool` keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gazetteer.ids import NameId, PlaceId
from gazetteer.model import Link, Place, Relation, Toponym, Usage
from gazetteer.store.rows import (
    FIELD,
    GROUP,
    PART,
    ROW,
    Pool,
    fields_of,
    interval_of,
    join_fields,
    join_list,
    join_tail,
    split_list,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["LOOSE", "Held", "PlaceReader", "PlaceWriter"]

LOOSE = ""
"""The type of what is no place but rows that are added to one of another store.

Its id is that of the place; where it holds usages of a name, that of the name.
"""


class Held(NamedTuple):
    """A toponym as one store has it.

    Attributes:
        place_id: of what holds it.
        loose: whether that is no place but rows that are added to one of another store.
        place: what holds it, if that was read as a whole.
    """

    place_id: PlaceId
    loose: bool
    toponym: Toponym
    place: Place | None = None


# An id of a name that starts with the id of its place is written without that.
_OF_PLACE = "="

# Many thousands of rows are made; the classes' own ways take twice as long.
_new: Final = tuple.__new__

# The fields of a toponym that each row has: its id, the name, and the tail.
_OWN_FIELDS: Final = 3

_REMEMBERED = 1 << 14

_NOT_USED: Final[dict[int, list[list[str]]]] = {}


class PlaceWriter:
    """Turns places into texts that share one pool."""

    def __init__(self) -> None:
        self.pool = Pool()
        self._references: dict[tuple[Any, ...], str] = {}

    def text(self, place: Place) -> str:
        """Return the text of a place.

        Raises:
            ValueError: if a row in it is about another place or name, or a text has a
                control character that parts fields.
        """
        place_id = place.place_id
        usages = []
        for at, toponym in enumerate(place.toponyms):
            if toponym.place_id != place_id:
                raise _misplaced(place_id, toponym)
            for usage in toponym.usages:
                if usage.name_id != toponym.name_id:
                    raise _misplaced(toponym.name_id, usage)
                usages.append(self._usage(at, usage))
        for row in (*place.relations, *place.link_rows):
            if row[0] != place_id:
                raise _misplaced(place_id, row)
        return GROUP.join(
            (
                self._head(place),
                ROW.join([self._toponym(row, place_id) for row in place.toponyms]),
                ROW.join(usages),
                ROW.join([self._relation(row) for row in place.relations]),
                ROW.join([self._link(row) for row in place.link_rows]),
            )
        )

    def _head(self, place: Place) -> str:
        tail = self._tail(
            place.type, place.fclass, place.exists, place.langs, place.dispute
        )
        return join_fields(
            place.place_id,
            tail,
            "" if place.lat is None else repr(float(place.lat)),
            "" if place.lon is None else repr(float(place.lon)),
            place.replaced_by,
            place.note,
        )

    def _toponym(self, row: Toponym, place_id: str) -> str:
        name_id: str = row.name_id
        if name_id.startswith(_OF_PLACE):
            raise ValueError(f"an id cannot start with {_OF_PLACE!r}: {name_id!r}")
        if place_id and name_id.startswith(place_id):
            name_id = _OF_PLACE + name_id[len(place_id) :]
        tail = self._tail(
            row.lang,
            row.form,
            row.translit,
            row.valid,
            "1" if row.default_sense else "",
            repr(float(row.prior)) if row.prior else "",
            row.sources,
        )
        return join_fields(name_id, row.name, tail, row.from_name, row.note)

    def _usage(self, at: int, row: Usage) -> str:
        tail = self._tail(row.authority, row.status, row.valid, row.source)
        return join_fields(str(at), tail, row.note)

    def _relation(self, row: Relation) -> str:
        tail = self._tail(
            row.predicate, row.object, row.according_to, row.valid, row.source
        )
        return join_fields(tail, row.note)

    def _link(self, row: Link) -> str:
        tail = self._tail(row.scheme, row.match, row.edition, row.valid, row.source)
        return join_fields(row.id, tail)

    def _tail(self, *values: Any) -> str:
        reference = self._references.get(values)
        if reference is None:
            texts = []
            for value in values:
                if isinstance(value, str):
                    texts.append(value)
                elif hasattr(value, "text"):
                    texts.append(text_of(value))
                else:
                    texts.append(join_list(value))
            reference = self.pool.reference(join_tail(*texts))
            if PART not in reference and len(self._references) < _REMEMBERED:
                self._references[values] = reference
        return reference


def _misplaced(wanted: str, row: tuple[Any, ...]) -> ValueError:
    return ValueError(f"a row about {row[0]!r} stands under {wanted!r}: {row!r}")


class _Tails(dict[str, tuple[Any, ...]]):
    """Tails of one kind of row, read when they are first met."""

    def __init__(
        self, kept: list[str], read: Callable[[list[str]], tuple[Any, ...]]
    ) -> None:
        super().__init__()
        self._kept = kept
        self._read = read

    def __missing__(self, reference: str) -> tuple[Any, ...]:
        if PART in reference:
            return self._read(reference.split(PART))
        tail = self._read(self._kept[int(reference)].split(PART))
        self[reference] = tail
        return tail


class PlaceReader:
    """Turns texts into places again."""

    def __init__(self, pool: str) -> None:
        """Hold the text of the pool that the places were written with."""
        kept = pool.split(ROW)
        self._places = _Tails(kept, _place_tail)
        self._toponyms = _Tails(kept, _toponym_tail)
        self._usages = _Tails(kept, _usage_tail)
        self._relations = _Tails(kept, _relation_tail)
        self._links = _Tails(kept, _link_tail)

    def place(self, text: str) -> Place:
        """Return the place of a text.

        Raises:
            ValueError, LookupError, TypeError: if it is no text of a place.
        """
        head, names, usages, relations, links = text.split(GROUP)
        key, tail, lat, lon, replaced_by, note = fields_of(head, 6)
        place_id = PlaceId(key)
        used = self._used(usages) if usages else _NOT_USED
        kind, fclass, exists, langs, dispute = self._places[tail]
        fields = (
            place_id,
            kind,
            fclass,
            float(lat) if lat else None,
            float(lon) if lon else None,
            exists,
            langs,
            dispute,
            replaced_by,
            note,
            self._named(place_id, names, used) if names else (),
            self._related(place_id, relations) if relations else (),
            self._linked(place_id, links) if links else (),
        )
        return _new(Place, fields)

    def held(self, text: str, at: int) -> Held:
        """Return one toponym of a place, without the others.

        To take a large place apart for one name of it costs much, and leaves many
        objects for the collector to go through again and again.

        Args:
            text: of the place.
            at: which of its toponyms, from 0.

        Raises:
            ValueError, LookupError, TypeError: if there is no such text or toponym.
        """
        head, names, usages, _ = text.split(GROUP, 3)
        key, tail = head.split(FIELD, 2)[:2]
        place_id = PlaceId(key)
        mine = f"{at}{FIELD}"
        used = ROW.join([row for row in usages.split(ROW) if row.startswith(mine)])
        row = names.split(ROW)[at]
        toponym = self._toponym(place_id, row, self._used(used).get(at))
        return Held(place_id, self._places[tail][0] == LOOSE, toponym)

    def _named(
        self, place_id: PlaceId, names: str, used: dict[int, list[list[str]]]
    ) -> tuple[Toponym, ...]:
        toponym = self._toponym
        rows = names.split(ROW)
        if not used:
            return tuple([toponym(place_id, row) for row in rows])
        return tuple(
            [toponym(place_id, row, used.get(at)) for at, row in enumerate(rows)]
        )

    def _toponym(
        self, place_id: PlaceId, row: str, used: Sequence[list[str]] | None = None
    ) -> Toponym:
        fields = row.split(FIELD)
        name_id, name, tail = fields if len(fields) == _OWN_FIELDS else fields[:3]
        if name_id[:1] == _OF_PLACE:
            name_id = place_id + name_id[1:]
        others = self._toponyms[tail]
        if len(fields) > _OWN_FIELDS or used:
            from_name, note = (*fields[_OWN_FIELDS:], "", "")[:2]
            usages = self._usages_of(NameId(name_id), used) if used else ()
            others = (*others[:3], from_name, *others[4:8], note, usages)
        # to unpack the others takes as long as all the rest
        return _new(Toponym, (name_id, place_id, name) + others)  # noqa: RUF005

    def _used(self, usages: str) -> dict[int, list[list[str]]]:
        used: dict[int, list[list[str]]] = {}
        for row in usages.split(ROW) if usages else ():
            fields = fields_of(row, 3)
            used.setdefault(int(fields[0]), []).append(fields)
        return used

    def _usages_of(
        self, name_id: NameId, rows: Sequence[list[str]]
    ) -> tuple[Usage, ...]:
        make, tails = Usage._make, self._usages
        return tuple([make((name_id, *tails[tail], note)) for _, tail, note in rows])

    def _related(self, place_id: PlaceId, relations: str) -> tuple[Relation, ...]:
        make, tails = Relation._make, self._relations
        rows = [fields_of(row, 2) for row in relations.split(ROW)]
        return tuple([make((place_id, *tails[tail], note)) for tail, note in rows])

    def _linked(self, place_id: PlaceId, links: str) -> tuple[Link, ...]:
        found = []
        for row in links.split(ROW):
            value, tail = row.split(FIELD)
            scheme, match, edition, valid, source = self._links[tail]
            fields = (place_id, scheme, value, match, edition, valid, source)
            found.append(_new(Link, fields))
        return tuple(found)


def _place_tail(fields: list[str]) -> tuple[Any, ...]:
    kind, fclass, exists, langs, dispute = fields
    return kind, fclass, interval_of(exists), split_list(langs), dispute


def _toponym_tail(fields: list[str]) -> tuple[Any, ...]:
    lang, form, translit, valid, default_sense, prior, sources = fields
    # all that follows the name, as it is of most: derived from none, no note, no usage
    return (
        lang,
        form,
        translit,
        "",
        interval_of(valid),
        default_sense == "1",
        float(prior) if prior else 0.0,
        split_list(sources),
        "",
        (),
    )


def _usage_tail(fields: list[str]) -> tuple[Any, ...]:
    authority, status, valid, source = fields
    return authority, status, interval_of(valid), source


def _relation_tail(fields: list[str]) -> tuple[Any, ...]:
    predicate, target, according_to, valid, source = fields
    return predicate, target, according_to, interval_of(valid), source


def _link_tail(fields: list[str]) -> tuple[Any, ...]:
    scheme, match, edition, valid, source = fields
    return scheme, match, edition, interval_of(valid), source
