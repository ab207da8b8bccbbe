"""Rows that every engine is asked about, and what plain Python answers.

Names are those of the small gazetteer as people write them: in capitals, with a slip,
with spaces around, with marks lost; ids, nothing at all, and what is no name. Contexts
are sound, missing, of spaces only, and of no use.
"""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from gazetteer import Context, ContextError, Gazetteer

SMALL = Path(__file__).parent / "fixtures" / "small"

PERSPECTIVE = "parties"
_RULES = """
schema = "gazetteer-rules/1"
[chain]
anyone = [{ lang = "$lang" }]
[perspective.parties]
title = "All parties"
[[perspective.parties.rule]]
when = { contested = true }
names = ["@parties"]
order = "alpha"
first = "{all:/}"
one = "{author}"
[[perspective.parties.rule]]
when = { contested = false }
names = ["anyone"]
first = "{author}"
"""

COLUMNS = {
    "country": "land",
    "type": "kind",
    "event": "year",
    "lat": "north",
    "lon": "east",
}
"""The options that name the columns of context."""

KEEP = (
    "place_id",
    "outcome",
    "method",
    "similarity",
    "score",
    "margin",
    "name",
    "candidates",
    "label",
    "note",
)


def small_gazetteer(folder: Path) -> Gazetteer:
    """Load the small gazetteer with a perspective, from a folder that is not there."""
    shutil.copytree(SMALL, folder)
    (folder / "perspectives.toml").write_text(_RULES, encoding="utf-8")
    return Gazetteer.load(folder)


class Row(NamedTuple):
    row: int
    name: str | None
    land: str | None
    kind: str | None
    year: int | None
    north: float | None
    east: float | None


def rows(count: int, seed: int = 7) -> list[Row]:
    chance = random.Random(seed)
    with (SMALL / "names.csv").open(encoding="utf-8", newline="") as lines:
        table = list(csv.DictReader(lines))
    written = [row["name"] for row in table]
    spellings: list[str | None] = [None, "", "  ", "zzzz", "qwrtpsdfgh", "gz-0000012"]
    spellings += written + [name.upper() for name in written]
    spellings += [f" {name} " for name in written]
    for name in written:
        at = chance.randrange(len(name))
        spellings += [name[:at] + name[at + 1 :], name[:at] + "x" + name[at:]]
    lands = [None, None, None, "", " ", "Armenia", " Azerbaijan ", "gz-0000024"]
    lands += ["Nowhereland"]
    kinds = [None, None, None, "town", "region", "no-type"]
    years = [None, None, 1920, 1988, 2005]
    points = [(None, None)] * 6 + [(40.1, 45.3), (0.0, -3.5), (40.1, None), (95.0, 1.0)]
    made = []
    for number in range(count):
        north, east = chance.choice(points)
        made.append(
            Row(
                number,
                chance.choice(spellings),
                chance.choice(lands),
                chance.choice(kinds),
                chance.choice(years),
                north,
                east,
            )
        )
    return made


def expected(gazetteer: Gazetteer, asked: list[Row]) -> list[tuple[Any, ...]]:
    """Ask row by row, as someone would who has no columns."""
    return [_answer(gazetteer, row) for row in asked]


def _answer(gazetteer: Gazetteer, row: Row) -> tuple[Any, ...]:
    fields = {"country": row.land, "type": row.kind}
    given = {field: value.strip() for field, value in fields.items() if value}
    if row.year is not None:
        given["event"] = str(row.year)
    point = (row.north, row.east)
    refused = (None, "unmatched", *(None,) * 7, True)
    if None in point and point != (None, None):
        return refused  # a point needs both
    near = None if point == (None, None) else point
    context = Context(**given, near=near)
    try:
        found = gazetteer.resolve(row.name or "", context=context)
    except ContextError:
        return refused
    best = found.candidates[0] if found.candidates else None
    label = None
    if found.match:
        event = found.context.event
        label = gazetteer.label(found.match.place, PERSPECTIVE, event=event).text
    return tidy(
        (
            found.match.place_id if found.match else None,
            found.outcome,
            best.method if best else None,
            best.similarity if best else None,
            best.score if best else None,
            found.margin,
            best.toponym.name if best and best.toponym else None,
            " ".join(f"{each.place_id}:{each.score:.0f}" for each in found.candidates),
            label,
            "; ".join(found.notes),
        )
    )


def tidy(answer: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return an answer as it may be compared: of the note, whether there is one."""
    *cells, note = answer
    return (*map(_plain, cells), bool(_plain(note)))


def _plain(cell: Any) -> Any:
    if cell is None or cell == "" or cell != cell:  # NaN  # noqa: PLR0124
        return None
    # files have fewer digits
    return round(float(cell), 1) if isinstance(cell, int | float) else str(cell)
