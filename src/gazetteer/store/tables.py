"""A stack of stores as `gazetteer.model.Tables`: nothing is read before it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, ValuesView
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from gazetteer.errors import StoreError
from gazetteer.model import Authority, Dispute, Phrase, Source, Tables
from gazetteer.store.rows import ROW, fields_of, interval_of, split_list
from gazetteer.tables.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gazetteer.ids import PlaceId
    from gazetteer.model import Place, Relation
    from gazetteer.store.stack import Stack
    from gazetteer.store.store import Store

__all__ = ["PERSPECTIVES", "StackedPlaces", "perspective_texts", "tables_of"]

PERSPECTIVES = "perspectives.toml"

_Row = TypeVar("_Row", Dispute, Authority, Source)


def tables_of(stack: Stack) -> Tables:
    """Return the tables of a stack."""
    stores = stack.stores
    return Tables(
        places=StackedPlaces(stack),
        disputes=_Rows(stores, "disputes", _dispute),
        authorities=_Rows(stores, "authorities", _authority),
        sources=_Rows(stores, "sources", _source),
        phrases=_Phrases(stores),
        version="+".join(store.version for store in stores),
        directories=tuple(store.origin for store in stores),
    )


def perspective_texts(stack: Stack) -> list[tuple[str, bytes]]:
    """Return each perspectives.toml with the name of its file, winning ones first.

    Raises:
        StoreError: if one is damaged.
    """
    found = []
    for store in stack.stores:
        data = store.file.checked("perspectives")
        if data:
            of_directory = store.origin != store.path
            name = f"{store.origin}/{PERSPECTIVES}" if of_directory else store.path
            found.append((name, data))
    return found


class StackedPlaces(Places):
    """The places of a stack by id."""

    def __init__(self, stack: Stack) -> None:
        """Hold the stack."""
        self.stack = stack

    def __getitem__(self, place_id: PlaceId) -> Place:
        place = self.stack.place(place_id)
        if place is None:
            raise KeyError(place_id)
        return place

    def get(  # type: ignore[override]
        self, place_id: PlaceId, default: Place | None = None
    ) -> Place | None:
        """Return the place with an id; the default if there is none."""
        place = self.stack.place(place_id)
        return default if place is None else place

    def __contains__(self, place_id: object) -> bool:
        # to read a place that is only asked about would cost another its memory
        return isinstance(place_id, str) and self.stack.has(place_id)

    def __iter__(self) -> Iterator[PlaceId]:
        return self.stack.own_ids()

    def __len__(self) -> int:
        return self.stack.standing

    def values(self) -> ValuesView[Place]:
        """Return all places, each read once and not remembered."""
        return _AllPlaces(self)

    @property
    def schemes(self) -> tuple[str, ...]:
        """The schemes of which places have links, sorted."""
        return tuple(sorted({each for s in self.stack.stores for each in s.schemes}))

    def linked(self, scheme: str, value: str) -> list[tuple[Place, str]]:
        """Return the places that have a link, each with its match, by their ids."""
        return [
            (place, row.match)
            for place in self.stack.linked(scheme, value)
            for row in place.link_rows
            if row.scheme == scheme and row.id == value
        ]

    def speaking_of(self, place_id: str) -> list[Relation]:
        """Return the relations of other places whose object is this one, sorted."""
        return sorted(
            row
            for place in self.stack.speaking_of(place_id)
            for row in place.relations
            if row.object == place_id
        )

    def contested(self) -> Iterator[Place]:
        """Yield the places that have a dispute."""
        return self.stack.contested()


class _AllPlaces(ValuesView["Place"]):
    """All places of a stack."""

    def __init__(self, places: StackedPlaces) -> None:
        super().__init__(places)
        self._stack = places.stack

    def __iter__(self) -> Iterator[Place]:
        return self._stack.all_places()


def _rows(store: Store, name: str) -> list[str]:
    text = str(store.file.checked(f"table.{name}"), "utf-8")
    return text.split(ROW) if text else []


class _Rows(Mapping[str, _Row], Generic[_Row]):
    """The rows of a small table by key, read at the first question."""

    def __init__(
        self, stores: Sequence[Store], name: str, read: Callable[[str], _Row]
    ) -> None:
        self._stores = stores
        self._name = name
        self._read: Callable[[str], _Row] = read

    @cached_property
    def _all(self) -> dict[str, _Row]:
        found: dict[str, _Row] = {}
        for store in self._stores:
            try:
                rows = [self._read(row) for row in _rows(store, self._name)]
            except (ValueError, TypeError) as error:
                if isinstance(error, StoreError):
                    raise
                reason = f"its table of {self._name} is not one"
                raise StoreError(store.path, reason) from error
            for row in rows:
                found.setdefault(row[0], row)
        return dict(sorted(found.items()))

    def __getitem__(self, key: str) -> _Row:
        return self._all[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


class _Phrases(Sequence[Phrase]):
    """The phrases of all stores, sorted, read at the first question."""

    def __init__(self, stores: Sequence[Store]) -> None:
        self._stores = stores

    @cached_property
    def _all(self) -> tuple[Phrase, ...]:
        rows = {row for store in self._stores for row in _rows(store, "phrases")}
        return tuple(sorted(Phrase(*fields_of(row, 4)) for row in rows))

    @overload
    def __getitem__(self, at: int) -> Phrase: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Phrase, ...]: ...
    def __getitem__(self, at: Any) -> Any:
        return self._all[at]

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == other

    def __hash__(self) -> int:
        return hash(self._all)


def _dispute(row: str) -> Dispute:
    key, title, parties, criterion, valid, source = fields_of(row, 6)
    return Dispute(
        key, title, split_list(parties), criterion, interval_of(valid), source
    )


def _authority(row: str) -> Authority:
    return Authority(*fields_of(row, 4))


def _source(row: str) -> Source:
    return Source(*fields_of(row, 7))
