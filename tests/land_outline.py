"""Write the outline of the land that maps in reports show.

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz
    python tests/land_outline.py package/land-50m.json

Natural Earth's land in the scale 1:50 million (public domain), as TopoJSON by world-atlas.
Points nearer to the line between their neighbours than five kilometres or so are left out.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
OUTLINE = ROOT / "src" / "gazetteer" / "desk" / "report" / "land.txt"
TOLERANCE = 0.045  # degrees
UNIT = 100  # to a degree

HEAD = """\
# The land of the world without lakes and borders: Natural Earth 4.1.0, 1:50 million,
# public domain, https://www.naturalearthdata.com/about/terms-of-use/ ; by way of
# world-atlas 2.0.2 (ISC), https://www.npmjs.com/package/world-atlas ; 2026-11-24.
# One ring a line: longitude and latitude of a point in hundredths of a degree, then the
# steps to the next ones. What lies in two rings is water. Longitudes go on past 180.
"""


def main() -> None:
    topology = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    arcs = [decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    rings = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            rings += [ring(arcs, numbers) for numbers in polygon]
    lines = [line for line in map(written, rings) if line]
    OUTLINE.write_text(HEAD + "".join(f"{line}\n" for line in sorted(lines)))
    print(f"{len(lines)} rings, {OUTLINE.stat().st_size} bytes")


def decoded(arc, transform):
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points


def ring(arcs, numbers):
    points = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1 if points else 0 :]
    unwrapped = [points[0]]
    for lon, lat in points[1:]:
        before = unwrapped[-1][0]
        unwrapped.append((before + (lon - before + 180) % 360 - 180, lat))
    start, end = unwrapped[0][0], unwrapped[-1][0]
    if abs(end - start) > 180:  # round a pole
        unwrapped += [(end, -90), (start, -90), unwrapped[0]]
    return unwrapped


def simplified(points):
    """Douglas and Peucker's, without recursion."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, at = TOLERANCE, None
        for number in range(first + 1, last):
            away = distance(points[number], points[first], points[last])
            if away > far:
                far, at = away, number
        if at is not None:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[number] for number in sorted(keep)]


def distance(point, start, end):
    (x, y), (a, b), (c, d) = point, start, end
    length = (c - a) ** 2 + (d - b) ** 2
    share = ((x - a) * (c - a) + (y - b) * (d - b)) / length if length else 0
    share = min(max(share, 0), 1)
    return ((x - a - share * (c - a)) ** 2 + (y - b - share * (d - b)) ** 2) ** 0.5


def written(points):
    half = len(points) // 2
    kept = simplified(points[: half + 1])[:-1] + simplified(points[half:])
    whole = [(round(lon * UNIT), round(lat * UNIT)) for lon, lat in kept]
    whole = [
        point for at, point in enumerate(whole) if not at or point != whole[at - 1]
    ]
    if len(whole) > 1 and whole[0] == whole[-1]:
        whole.pop()
    if len(whole) < 3:
        return ""
    steps = [whole[0]]
    steps += [(c - a, d - b) for (a, b), (c, d) in pairwise(whole)]
    return " ".join(f"{x} {y}" for x, y in steps)


if __name__ == "__main__":
    main()
