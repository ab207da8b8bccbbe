"""The data beside another register: the same places, by their links to it.

A register that has a place elsewhere, or under no name that is known here, may be
wrong, or this data may be, or the two mean different places: a person decides, and
accepted.csv keeps what was decided.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gazetteer.check.strict.survey import listed
from gazetteer.folding import match_key
from gazetteer.resolve.surroundings import kilometres
from gazetteer.tables.places import as_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazetteer.model import Place, Tables

__all__ = ["Crosscheck", "Differing", "crosscheck"]

DISTANCE: Final = "crosscheck-distance"
NAME: Final = "crosscheck-name"


class Differing(NamedTuple):
    """A place that the register has otherwise.

    Attributes:
        finding: ``crosscheck-distance`` or ``crosscheck-name``.
        link: the place's id in the register.
        message: how the two differ.
        accepted: why it stands; empty if nobody has said.
    """

    finding: str
    place_id: str
    link: str
    message: str
    accepted: str


class Crosscheck(NamedTuple):
    """What a comparison came to.

    Attributes:
        linked: places with an exact link to the register.
        held: of these the ones that the register holds.
        measured, near: of these the ones with a point in both, and within the distance.
        named: of the held the ones with a name in common.
        sound: of the held the ones that are near, or not measured, and named.
        differing: one for each difference.
        stale: keys of accepted rows about places that do not differ any more.
    """

    linked: int
    held: int
    measured: int
    near: int
    named: int
    sound: int
    differing: tuple[Differing, ...]
    stale: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape: every key present, null where empty."""
        return {
            **self._asdict(),
            "differing": [
                {**each._asdict(), "accepted": each.accepted or None}
                for each in self.differing
            ],
            "stale": list(self.stale),
        }


def crosscheck(
    tables: Tables,
    register: Iterable[Place],
    *,
    scheme: str,
    within: float,
    accepted: Mapping[tuple[str, str], str],
) -> Crosscheck:
    """Compare places with those of a register, joined by their exact links.

    Names are the same if their match keys are, so that a register of romanized names
    is comparable. Computed names count for nothing here.

    Args:
        tables: the data.
        register: the places of the register, each with its id there as a link.
        scheme: of the links.
        within: kilometres that points may be apart.
        accepted: reasons by finding and place.
    """
    places = as_places(tables.places)
    linked = {
        place.place_id
        for place in tables.places.values()
        if not place.replaced_by and scheme in place.links
    }
    held: dict[str, tuple[Place, list[Place]]] = {}
    for theirs in register:
        for link in theirs.links.get(scheme, ()):
            for ours, match in places.linked(scheme, link):
                if match == "exact" and ours.place_id in linked:
                    held.setdefault(ours.place_id, (ours, []))[1].append(theirs)
    measured = near = named = sound = 0
    differing: list[Differing] = []
    for place_id, (ours, of_register) in sorted(held.items()):
        away = _away(ours, of_register)
        close = away is None or away <= within
        common = _has_common_name(ours, of_register)
        measured += away is not None
        near += away is not None and close
        named += common
        sound += close and common
        link = f"{scheme}:{of_register[0].links[scheme][0]}"
        found = []
        if away is not None and not close:
            found.append((DISTANCE, f"{away:.1f} km apart"))
        if not common:
            found.append((NAME, _names(ours, of_register)))
        differing += [
            Differing(
                finding, place_id, link, message, accepted.get((finding, place_id), "")
            )
            for finding, message in found
        ]
    there = {(each.finding, each.place_id) for each in differing}
    stale = [
        key
        for finding, key in accepted
        if finding in {DISTANCE, NAME} and key in held and (finding, key) not in there
    ]
    counts = len(linked), len(held), measured, near, named, sound
    return Crosscheck(*counts, tuple(differing), tuple(sorted(stale)))


def _away(ours: Place, theirs: Iterable[Place]) -> float | None:
    """Return the distance to the nearest of the register's; None without points."""
    if ours.lat is None or ours.lon is None:
        return None
    point = (ours.lat, ours.lon)
    return min(
        (
            kilometres(point, (each.lat, each.lon))
            for each in theirs
            if each.lat is not None and each.lon is not None
        ),
        default=None,
    )


def _keys(places: Iterable[Place]) -> set[str]:
    rows = chain.from_iterable(place.toponyms for place in places)
    return {key for row in rows if not row.derived and (key := match_key(row.name))}


def _has_common_name(ours: Place, theirs: Iterable[Place]) -> bool:
    return bool(_keys([ours]) & _keys(theirs))


def _names(ours: Place, theirs: Iterable[Place]) -> str:
    def written(places: Iterable[Place]) -> str:
        rows = chain.from_iterable(place.toponyms for place in places)
        return listed(sorted({row.name for row in rows if row.form != "hidden"}))

    return f"here {written([ours])}; there {written(theirs) or 'none'}"
