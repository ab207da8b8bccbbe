"""All places by the beginnings of their names and by where they are.

Held in memory, made when it is first asked for, and for data of a bounded size only:
suggestions while somebody types need beginnings, which an index of whole names has not.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gazetteer.folding import match_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.gazetteer import Gazetteer

__all__ = ["Beginning", "Catalogue"]


class Beginning(NamedTuple):
    """A name that begins as asked, by its match key."""

    key: str
    name: str
    place_id: str


class _Held(NamedTuple):
    names: list[Beginning]
    keys: list[str]
    ids: list[str]
    points: np.ndarray[tuple[int, int], np.dtype[np.float64]]


class Catalogue:
    """Names by their beginnings, and places by their distance."""

    def __init__(self, gazetteer: Gazetteer, most: int) -> None:
        """Hold the places of a gazetteer, if they are no more than some."""
        self._gazetteer = gazetteer
        self._most = most
        self._lock = Lock()

    @cached_property
    def complete(self) -> bool:
        """Whether the places are few enough to be held."""
        return len(self._gazetteer) <= self._most

    @cached_property
    def _made(self) -> _Held:
        names: list[Beginning] = []
        ids: list[str] = []
        points: list[tuple[float, float]] = []
        for place in self._gazetteer if self.complete else ():
            if place.replaced_by:
                continue
            for row in place.toponyms:
                key = str(match_key(row.name))
                if key:
                    names.append(Beginning(key, row.name, place.place_id))
            if place.lat is not None and place.lon is not None:
                ids.append(place.place_id)
                points.append((place.lat, place.lon))
        names.sort()
        keys = [each.key for each in names]
        return _Held(names, keys, ids, np.array(points, float).reshape(-1, 2))

    def make(self) -> None:
        """Make it now, so that the first who asks need not wait."""
        self._held()

    def _held(self) -> _Held:
        with self._lock:
            return self._made

    def beginning_with(self, prefix: str) -> Iterator[Beginning]:
        """Yield the names that begin with a text, by their match keys, in order."""
        key = str(match_key(prefix))
        if not key:
            return
        held = self._held()
        for at in range(bisect_left(held.keys, key), len(held.keys)):
            if not held.keys[at].startswith(key):
                return
            yield held.names[at]

    def around(
        self, lat: float, lon: float, count: int
    ) -> list[tuple[str, float, float]]:
        """Return the nearest places to a point with how far they lie east and north.

        Args:
            lat: of the point, in degrees.
            lon: of the point, in degrees.
            count: of places.

        Returns:
            Id and kilometres to the east and to the north, the nearest first.
        """
        held = self._held()
        if not held.ids:
            return []
        north = (held.points[:, 0] - lat) * 111.195
        turn = (held.points[:, 1] - lon + 180) % 360 - 180
        east = turn * 111.195 * float(np.cos(np.radians(lat)))
        order = np.argsort(north**2 + east**2, kind="stable")[:count].tolist()
        return [(held.ids[at], float(east[at]), float(north[at])) for at in order]
