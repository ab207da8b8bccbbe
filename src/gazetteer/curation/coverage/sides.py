"""What there is of each side of each dispute: counted of all alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

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


class _Side(NamedTuple):
    """A side of a dispute, with the languages that are its own."""

    slot: Slot
    langs: frozenset[str]

    def names(self, place: Place) -> tuple[list[Toponym], list[Toponym]]:
        """Return the names that it uses, and those in its languages that it may not."""
        used, by_language = [], []
        for row in attested(place):
            if any(
                use.authority in self.slot.parties and use.status not in _NOT_ITS_OWN
                for use in row.usages
            ):
                used.append(row)
            elif primary_language(row.lang) in self.langs:
                by_language.append(row)
        return used, by_language


def _sides(counted: Counted, dispute: str) -> list[_Side]:
    langs = counted.languages(dispute)
    return [_Side(slot, langs[slot.name]) for slot in counted.sides(dispute)]


def _by_dispute(counted: Counted) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in counted.contested:
        found.setdefault(place.dispute, []).append(place)
    return dict(sorted(found.items()))


def sides(counted: Counted) -> Figures:
    """Count the contested places of which each side's names are known."""
    rows: list[tuple[Cell, ...]] = []
    for dispute, places in _by_dispute(counted).items():
        of_dispute = _sides(counted, dispute)
        for side in of_dispute:
            used = named = verified = alone = 0
            for place in places:
                own, by_language = side.names(place)
                used += bool(own)
                named += bool(own or by_language)
                verified += any(map(counted.verified, (*own, *by_language)))
                alone += bool(own or by_language) and not any(
                    any(other.names(place)) for other in of_dispute if other is not side
                )
            figures = (used, named, verified, alone, len(places) - named)
            rows.append((dispute, side.slot.name, len(places), *figures))
    return Figures(
        "By side",
        "Contested places. Named by the side: a name that one of its parties uses. "
        "Named: that, or a name in the side's language. Verified: one of these is. "
        "Alone: no other side's name is known. A side's language is one that its chain "
        "romanizes, or else one established in a country that its parties govern; one "
        "that another side shares does not count, and where a side has none, only "
        "their own usage counts for all sides of the dispute.",
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
        of_dispute = _sides(counted, dispute)
        heard = [sum(any(side.names(place)) for side in of_dispute) for place in places]
        every = sum(count == len(of_dispute) for count in heard)
        none = sum(count == 0 for count in heard)
        rows.append((dispute, len(places), every, len(places) - every - none, none))
    return Figures(
        "Sides together",
        "Contested places by whether every side, some or none is named there.",
        ("dispute", "places", "every side", "some", "none"),
        rows,
    )
