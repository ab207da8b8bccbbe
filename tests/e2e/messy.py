"""Two hundred names of settlements as people type them, with districts as context.

Of places about which there is a dispute with an Armenian and an Azerbaijani party; one
name from each side in turn, and the district by a name of either side. What is meant is
known, so answers can be counted right or wrong.
"""

from __future__ import annotations

import random
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer import Gazetteer, Place

SEED = 20261124
SIDES = ("az", "hy")
PEOPLED = frozenset({"city", "town", "village"})
AREAS = frozenset({"district", "admin-unit"})
# Towns of the world; those that no place in the data is called after are asked for.
TOWNS = (
    "Mechelen", "Elzach", "Springfield", "Ouagadougou", "Szczecin", "Kuopio",
    "Valparaíso", "Kota Kinabalu", "Timișoara", "Ulsan", "Antofagasta", "Maracaibo",
    "Lubumbashi", "Bulawayo", "Cochabamba", "Chattanooga", "Wollongong", "Recklinghausen",
)  # fmt: skip
ABSENT = 10


class Row(NamedTuple):
    name: str
    district: str
    kind: str
    meant: str
    mess: str


def _plain(name: str, _: random.Random) -> str:
    bare = "".join(
        each
        for each in unicodedata.normalize("NFD", name)
        if not unicodedata.combining(each)
    )
    return bare.replace("ə", "e").replace("Ə", "E").replace("ı", "i")


def _dropped(name: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1 :]


def _swapped(name: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(name) - 2)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


MESSES: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": lambda name, _: name,
    "capitals": lambda name, _: name.upper(),
    "small letters": lambda name, _: name.lower(),
    "spaces": lambda name, _: f"  {name} ",
    "no marks": _plain,
    "a letter less": _dropped,
    "two letters swapped": _swapped,
}
_LONG = 7


def _names(place: Place, side: str) -> list[str]:
    """Return a side's names: in its language, and those that its speakers romanize."""
    return sorted(
        {
            row.name
            for row in place.toponyms
            if row.form == "full" and row.lang.split("-")[0] == side
        }
    )


def messy_rows(gaz: Gazetteer, count: int = 200) -> list[Row]:
    """Return the rows, the same for the same data."""
    rng = random.Random(SEED)
    disputes = {
        key
        for key, dispute in gaz.tables.disputes.items()
        if {"am-gov", "az-gov"} <= set(dispute.parties)
    }
    places = sorted(
        place
        for place in gaz
        if place.dispute in disputes
        and place.type in PEOPLED
        and not place.replaced_by
        and all(_names(place, side) for side in SIDES)
    )
    rows: list[Row] = []
    known = {row.name for place in gaz for row in place.toponyms}
    absent = [name for name in TOWNS if name not in known][:ABSENT]
    while len(rows) < count - len(absent):
        place = places[rng.randrange(len(places))]
        side = SIDES[len(rows) % 2]
        name = rng.choice(_names(place, side))
        mess = rng.choice(list(MESSES))
        if len(name) < _LONG and mess in ("a letter less", "two letters swapped"):
            mess = "as it is"  # of a short name nobody could tell what was meant
        rows.append(
            Row(
                MESSES[mess](name, rng),
                _district(gaz, place, rng) if rng.random() < 0.8 else "",
                place.type if rng.random() < 0.5 else "",
                place.place_id,
                mess,
            )
        )
    rows += [Row(name, "", "", "", "elsewhere") for name in absent]
    rng.shuffle(rows)
    return rows


def _district(gaz: Gazetteer, place: Place, rng: random.Random) -> str:
    areas = sorted(
        {
            row.object
            for row in place.relations
            if row.predicate == "part_of"
            and row.object in gaz
            and gaz[row.object].type in AREAS
        }
    )
    if not areas:
        return ""
    area = gaz[rng.choice(areas)]
    names = [name for side in SIDES for name in _names(area, side)]
    return rng.choice(names) if names else ""
