"""Where a place lies, drawn: itself and its neighbours, north up, with a scale.

No outline of a country is drawn, since each takes a side, and no tiles are fetched,
since another host would learn what is looked at. The neighbours are the places of the
data, under the titles that they have everywhere else.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from gazetteer.model import Place
    from gazetteer.server.service import Service

__all__ = ["HEIGHT", "WIDTH", "Point", "Sketch", "sketch"]

WIDTH: Final = 640
HEIGHT: Final = 400
_MARGIN: Final = 40
_NEIGHBOURS: Final = 100
_LABELLED: Final = 14
_LETTER: Final = 6.2
_LINE: Final = 15


class Point(NamedTuple):
    """A place on the map, in pixels from the upper left; with its label if it fits."""

    x: float
    y: float
    place_id: str
    title: str
    labelled: bool
    end: bool


class Sketch(NamedTuple):
    """The map.

    Attributes:
        points: the place itself first.
        kilometres: that the bar of the scale stands for.
        bar: its length in pixels.
    """

    points: tuple[Point, ...]
    kilometres: float
    bar: float


def sketch(service: Service, place: Place) -> Sketch | None:
    """Return the map of a place; None where it has no point or no neighbours."""
    if place.lat is None or place.lon is None:
        return None
    catalogue = service.catalogue
    near = [
        each
        for each in catalogue.around(place.lat, place.lon, _NEIGHBOURS)
        # of a region or a district the point says little
        if each[0] != place.place_id and service.gazetteer[each[0]].fclass == "P"
    ]
    if not near:
        return None
    # as far as the tenth neighbour, so that a crowd is told apart and none is alone
    reach = max(math.hypot(*near[min(9, len(near) - 1)][1:]), 1.0)
    scale = (HEIGHT / 2 - _MARGIN) / reach
    title = service.describer.title
    middle = Point(
        WIDTH / 2,
        HEIGHT / 2,
        place.place_id,
        title(place.place_id),
        labelled=True,
        end=False,
    )
    taken = [_box(middle.x, middle.y, middle.title, end=False)]
    points = [middle]
    labelled = 0
    for place_id, east, north in near:
        x, y = WIDTH / 2 + east * scale, HEIGHT / 2 - north * scale
        if not (8 <= x <= WIDTH - 8 and 8 <= y <= HEIGHT - 8):  # noqa: PLR2004
            continue
        name = title(place_id)
        end = x > WIDTH * 0.6
        box = _box(x, y, name, end=end)
        fits = labelled < _LABELLED and _fits(box, taken)
        if fits:
            taken.append(box)
            labelled += 1
        points.append(Point(round(x, 1), round(y, 1), place_id, name, fits, end))
    bar = _round_length(WIDTH / 5 / scale)
    return Sketch(tuple(points), bar, round(bar * scale, 1))


_Box = tuple[float, float, float, float]


def _box(x: float, y: float, title: str, *, end: bool) -> _Box:
    width = len(title) * _LETTER + 12
    left = x - width if end else x
    return left, y - _LINE / 2, left + width, y + _LINE / 2


def _fits(box: _Box, taken: list[_Box]) -> bool:
    left, top, right, bottom = box
    if left < 0 or right > WIDTH:
        return False
    return all(
        right <= one[0] or left >= one[2] or bottom <= one[1] or top >= one[3]
        for one in taken
    )


def _round_length(length: float) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten that is no longer.

    Examples:
        >>> [_round_length(each) for each in (0.7, 4.9, 5, 37)]
        [0.5, 2.0, 5.0, 20.0]
    """
    power = 10.0 ** math.floor(math.log10(length))
    return max(each * power for each in (1, 2, 5) if each * power <= length)
