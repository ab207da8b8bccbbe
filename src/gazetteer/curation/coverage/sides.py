"""What there is of each side of each dispute: counted of all alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.curation.coverage.counting import attested
from gazetteer.curation.coverage.figures import Cell, Figures
from gazetteer.languages.scripts import primary_language

if TYPE_CHECKING:
    from gazetteer.curation.coverage.counting import Counted
    from gazetteer.labels.rules import Slot
    from gazetteer.model import Place, Toponym

__all__ = ["balance", "sides"]

# "also" is a name that its user gives as another's.
_NOT_ITS_OWN: Final = frozenset({"rejected", "also"})


def _of_side(place: Place, side: Slot) -> tuple[list[Toponym], list[Toponym]]:
    """Return the names that a side uses, and those in its languages that it may not.

    A side's languages are those that its chain in perspectives.toml romanizes; of a
    side without a chain none is known.
    """
    langs = {
        primary_language(tag)
        for selector in side.selectors
        if selector.by_language
        for tag in selector.lang
    }
    used, by_language = [], []
    for row in attested(place):
        if any(
            use.authority in side.parties and use.status not in _NOT_ITS_OWN
            for use in row.usages
        ):
            used.append(row)
        elif primary_language(row.lang) in langs:
            by_language.append(row)
    return used, by_language


def _by_dispute(counted: Counted) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in counted.contested:
        found.setdefault(place.dispute, []).append(place)
    return dict(sorted(found.items()))


def sides(counted: Counted) -> Figures:
    """Count the contested places of which each side's names are known."""
    rows: list[tuple[Cell, ...]] = []
    for dispute, places in _by_dispute(counted).items():
        of_dispute = counted.sides(dispute)
        for side in of_dispute:
            used = named = verified = alone = 0
            for place in places:
                own, by_language = _of_side(place, side)
                used += bool(own)
                named += bool(own or by_language)
                verified += any(map(counted.verified, (*own, *by_language)))
                alone += bool(own or by_language) and not any(
                    any(_of_side(place, other))
                    for other in of_dispute
                    if other is not side
                )
            figures = (used, named, verified, alone, len(places) - named)
            rows.append((dispute, side.name, len(places), *figures))
    return Figures(
        "By side",
        "Contested places. Named by the side: a name that one of its parties uses. "
        "Named: that, or a name in the side's language. Verified: one of these is. "
        "Alone: no other side's name is known. Of a side that no chain speaks for no "
        "language is known, and only its own usage counts.",
        (
            "dispute",
            "side",
            "places",
            "named by the side",
            "named",
            "verified",
            "alone",
            "not named",
        ),
        rows,
    )


def balance(counted: Counted) -> Figures:
    """Count the contested places by how many of their sides have a name."""
    rows: list[tuple[Cell, ...]] = []
    for dispute, places in _by_dispute(counted).items():
        of_dispute = counted.sides(dispute)
        heard = [
            sum(any(_of_side(place, side)) for side in of_dispute) for place in places
        ]
        every = sum(count == len(of_dispute) for count in heard)
        none = sum(count == 0 for count in heard)
        rows.append((dispute, len(places), every, len(places) - every - none, none))
    return Figures(
        "Sides together",
        "Contested places by whether every side, some or none is named there.",
        ("dispute", "places", "every side", "some", "none"),
        rows,
    )
