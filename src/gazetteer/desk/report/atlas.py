"""A map of land alone, with the places of a text: no borders, since borders take sides.

The projection keeps degrees straight and is true to scale along the middle of the map.
"""

from __future__ import annotations

from functools import cache
from math import ceil, cos, floor, log10, radians
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.display.markup import Html, direction, join, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Spot", "Window", "draw_map", "window_of"]

_LAND = Path(__file__).with_name("land.txt")
_UNIT = 100  # to a degree, in the file
_WIDTH = 960.0
_SHAPE = 1.6  # width to height
_LEAST = 5.0  # degrees of latitude at least, so that a coast is likely to be seen
_MARGIN = 1.35
_KM = 111.2  # to a degree of latitude
_STEPS = (0.5, 1, 2, 5, 10, 20, 30)
_LINES = 7  # of the grid at most, in each direction
_LETTER = 7.6  # width of a letter of a name on the map
_LINE = 18.0

Point = tuple[float, float]


class Spot(NamedTuple):
    """A place on the map.

    Attributes:
        number: by which the page lists it.
        name: what stands beside it.
        lat, lon: in degrees.
        area: whether the point stands for something wide.
    """

    number: int
    name: str
    lat: float
    lon: float
    area: bool = False


class Window(NamedTuple):
    """The part of the world that is shown, in degrees; east may be beyond 180."""

    west: float
    south: float
    east: float
    north: float

    @property
    def scale(self) -> float:
        """Units of the drawing to a degree of longitude."""
        return _WIDTH / (self.east - self.west)

    @property
    def stretch(self) -> float:
        """How much longer a degree of latitude is than one of longitude."""
        return 1 / cos(radians((self.south + self.north) / 2))

    @property
    def height(self) -> float:
        """Of the drawing."""
        return (self.north - self.south) * self.scale * self.stretch

    def at(self, lon: float, lat: float) -> Point:
        """Return where a point of the world stands in the drawing."""
        x = (lon - self.west) * self.scale
        return x, (self.north - lat) * self.scale * self.stretch


def window_of(points: Sequence[Point]) -> Window:
    """Return the part of the world that shows points, given as (lon, lat).

    It is found also where the date line lies between them.

    Examples:
        >>> window_of([(179, -17), (-179, -18)]).west > 170
        True
    """
    lons = sorted(lon % 360 for lon, _ in points)
    gaps = [
        (after - before, after)
        for before, after in zip(lons, [*lons[1:], lons[0] + 360], strict=True)
    ]
    widest, west = max(gaps)
    west, width = west % 360, 360 - widest
    lats = [lat for _, lat in points]
    middle = (min(lats) + max(lats)) / 2
    height = max((max(lats) - min(lats)) * _MARGIN, _LEAST)
    narrow = max(cos(radians(middle)), 0.2)
    width = max(width * _MARGIN, height * _SHAPE / narrow)
    width = min(width, 360.0)
    height = min(max(height, width * narrow / _SHAPE), 180.0)
    centre = west + (360 - widest) / 2
    if centre > 180:  # noqa: PLR2004
        centre -= 360
    south = min(max(middle - height / 2, -90.0), 90 - height)
    return Window(centre - width / 2, south, centre + width / 2, south + height)


def draw_map(spots: Sequence[Spot], *, title: str, described: str) -> Html:
    """Return an SVG with the land around places and the places with their numbers.

    Args:
        spots: at least one.
        title: what the picture is called.
        described: what it shows, in words.
    """
    window = window_of([(spot.lon, spot.lat) for spot in spots])
    wrapped = [
        spot._replace(lon=window.west + (spot.lon - window.west) % 360)
        for spot in spots
    ]
    return tag(
        "svg",
        tag("title", title, id="map-title"),
        tag("desc", described, id="map-desc"),
        _svg("rect", class_="sea", width=_n(_WIDTH), height=_n(window.height)),
        _svg("path", class_="land", d=_land_path(window), fill_rule="evenodd"),
        _grid(window),
        _scale_bar(window),
        tag("g", *_spots(wrapped, window)),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_n(_WIDTH)} {_n(window.height)}",
        role="img",
        aria_labelledby="map-title map-desc",
    )


def _svg(name: str, *parts: str, **attributes: str) -> Html:
    return tag(name, *parts, **attributes)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


# ---------------------------------------------------------------------- land


@cache
def _rings() -> tuple[tuple[Point, ...], ...]:
    rings = []
    for line in _LAND.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        numbers = list(map(int, line.split()))
        x = y = 0
        ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x / _UNIT, y / _UNIT))
        rings.append(tuple(ring))
    return tuple(rings)


def _land_path(window: Window) -> str:
    parts = []
    for ring in _rings():
        lons = [lon for lon, _ in ring]
        lats = [lat for _, lat in ring]
        if max(lats) < window.south or min(lats) > window.north:
            continue
        for turn in (-360, 0, 360):
            if max(lons) + turn < window.west or min(lons) + turn > window.east:
                continue
            clipped = _clipped([(lon + turn, lat) for lon, lat in ring], window)
            if clipped:
                steps = [window.at(*point) for point in clipped]
                parts.append("M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in steps) + "Z")
    return "".join(parts)


def _clipped(ring: Iterable[Point], window: Window) -> list[Point]:
    """Return what of a ring lies in a window, after Sutherland and Hodgman."""
    points = list(ring)
    for axis, bound, sign in (
        (0, window.west, 1), (0, window.east, -1),
        (1, window.south, 1), (1, window.north, -1),
    ):  # fmt: skip
        kept: list[Point] = []
        for before, point in zip([*points[-1:], *points[:-1]], points, strict=True):
            was_in = sign * (before[axis] - bound) >= 0
            is_in = sign * (point[axis] - bound) >= 0
            if was_in != is_in:
                share = (bound - before[axis]) / (point[axis] - before[axis])
                other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
                kept.append((bound, other) if axis == 0 else (other, bound))
            if is_in:
                kept.append(point)
        points = kept
    return points


# ------------------------------------------------------------- grid and scale


def _grid(window: Window) -> Html:
    step = next(
        (
            step
            for step in _STEPS
            if (window.east - window.west) / step <= _LINES * 2
            and (window.north - window.south) / step <= _LINES
        ),
        _STEPS[-1],
    )
    drawn: list[str] = []
    for lon in _multiples(window.west, window.east, step):
        x, _ = window.at(lon, 0)
        drawn.append(_svg("path", d=f"M{_n(x)} 0V{_n(window.height)}"))
        drawn.append(_degrees(lon, "EW", x + 3, window.height - 5))
    for lat in _multiples(window.south, window.north, step):
        _, y = window.at(0, lat)
        drawn.append(_svg("path", d=f"M0 {_n(y)}H{_n(_WIDTH)}"))
        drawn.append(_degrees(lat, "NS", 4, y - 4))
    return tag("g", *drawn, class_="grid", aria_hidden="true")


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [number * step for number in range(ceil(low / step), floor(high / step) + 1)]


def _degrees(value: float, sides: str, x: float, y: float) -> Html:
    value = (value + 180) % 360 - 180 if sides == "EW" else value
    side = sides[0] if value > 0 else sides[1] if value < 0 else ""
    return tag("text", f"{abs(value):g}°{side}", x=_n(x), y=_n(y))


def _scale_bar(window: Window) -> Html:
    km = _KM / (window.scale * window.stretch)  # to a unit of the drawing
    power = 10 ** floor(log10(km * _WIDTH / 4))
    length = max(n * power for n in (1, 2, 5) if n * power <= km * _WIDTH / 4)
    right, y = _WIDTH - 16, window.height - 26
    left = right - length / km
    return tag(
        "g",
        _svg("path", d=f"M{_n(left)} {_n(y - 6)}v6H{_n(right)}v-6"),
        tag("text", f"{length:g} km", x=_n(left), y=_n(y - 10)),
        class_="scale",
        aria_hidden="true",
    )


# -------------------------------------------------------------------- places


def _spots(spots: Sequence[Spot], window: Window) -> list[Html]:
    points = [window.at(spot.lon, spot.lat) for spot in spots]
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in points]
    drawn = []
    for spot, (x, y) in zip(spots, points, strict=True):
        shape = _svg(
            "circle",
            class_="area" if spot.area else "point",
            cx=_n(x),
            cy=_n(y),
            r="7" if spot.area else "4.5",
        )
        shown = f"{spot.number} {spot.name}"
        box = _room(shown, x, y, taken, window) or _room(
            shown := str(spot.number), x, y, taken, window
        )
        parts = [shape]
        if box is not None:
            taken.append(box)
            name = tag(
                "text",
                shown,
                x=_n(box[2] if direction(shown) == "rtl" else box[0]),
                y=_n(box[3] - 5),
                direction=direction(shown),
            )
            parts.append(name)
        drawn.append(join(parts))
    return drawn


def _room(
    shown: str,
    x: float,
    y: float,
    taken: Sequence[tuple[float, float, float, float]],
    window: Window,
) -> tuple[float, float, float, float] | None:
    """Return where a name finds room beside its place, or None."""
    wide = len(shown) * _LETTER
    corners = [
        (x + 9, y - 9), (x - 9 - wide, y - 9), (x - wide / 2, y - 27),
        (x - wide / 2, y + 9), (x + 9, y + 5), (x + 9, y - 24),
        (x - 9 - wide, y + 5), (x - 9 - wide, y - 24),
    ]  # fmt: skip
    for left, top in corners:
        box = (left, top, left + wide, top + _LINE)
        inside = left >= 0 and top >= 0 and box[2] <= _WIDTH and box[3] <= window.height
        if inside and not any(_overlap(box, other) for other in taken):
            return box
    return None


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )
