"""The places and names of a gazetteer, looked at once for all the tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from gazetteer.labels.sides import side_slots
from gazetteer.languages.scripts import primary_language
from gazetteer.tables.places import as_places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer import Gazetteer
    from gazetteer.labels.rules import Slot
    from gazetteer.model import Place, Toponym

__all__ = ["NEUTRAL", "Counted", "attested", "containers_of", "langs_of"]

NEUTRAL: Final = "neutral"
"""The perspective that asks each side in the same way."""

_CONTAINING: Final = ("part_of", "administered_by")
_WITNESSES: Final = 2


class Counted:
    """A gazetteer's places, with what several tables ask of them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Look at a gazetteer."""
        self.gazetteer = gazetteer
        self.places: list[Place] = sorted(
            place for place in gazetteer if not place.replaced_by
        )

    @cached_property
    def contested(self) -> list[Place]:
        """The places that have a dispute."""
        return [place for place in self.places if place.contested]

    @cached_property
    def lines(self) -> Mapping[str, str]:
        """The lineage of each source."""
        return {
            key: source.line for key, source in self.gazetteer.tables.sources.items()
        }

    def verified(self, toponym: Toponym) -> bool:
        """Tell whether sources of two lineages bear a name."""
        return len({self.lines.get(key, key) for key in toponym.sources}) >= _WITNESSES

    @cached_property
    def areas(self) -> dict[str, list[Place]]:
        """By place, those that anybody says are in it, at any time."""
        found: defaultdict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            for area in containers_of(place):
                found[area].append(place)
        return found

    def leading(self, places: list[Place], most: int) -> tuple[str, ...]:
        """Return the languages in which the most of some places have a name."""
        counts = Counter(lang for place in places for lang in langs_of(place))
        del counts["und"], counts["mul"]
        ranked = sorted(counts, key=lambda lang: (-counts[lang], lang))
        return tuple(ranked[:most])

    def sides(self, dispute: str) -> list[Slot]:
        """Return one slot for each side of a dispute, as `NEUTRAL` asks it."""
        known = self.gazetteer.perspectives
        chains = known[NEUTRAL].sides if NEUTRAL in known else {}
        return side_slots(self.gazetteer.tables.disputes.get(dispute), chains)

    def languages(self, dispute: str) -> dict[str, frozenset[str]]:
        """Return the languages of each side of a dispute, by the side's name.

        They are those that its chain in perspectives.toml romanizes, else those that
        places.csv has for the countries that its parties govern. A language of several
        sides is nobody's; and unless each side has one of its own, none has any here,
        so that no side is counted otherwise than another.
        """
        found = {
            side.name: self._romanized(side) or self._governed(side)
            for side in self.sides(dispute)
        }
        own = {
            name: langs.difference(
                *(other for key, other in found.items() if key != name)
            )
            for name, langs in found.items()
        }
        return own if all(own.values()) else dict.fromkeys(own, frozenset())

    @staticmethod
    def _romanized(side: Slot) -> frozenset[str]:
        return frozenset(
            primary_language(tag)
            for selector in side.selectors
            if selector.by_language
            for tag in selector.lang
        )

    def _governed(self, side: Slot) -> frozenset[str]:
        authorities = self.gazetteer.tables.authorities
        places = as_places(self.gazetteer.tables.places)
        return frozenset(
            primary_language(tag)
            for party in side.parties
            if party in authorities
            for code in authorities[party].jurisdiction.split()
            for place, match in places.linked("iso3166-1", code)
            if match == "exact"
            for tag in place.langs
        )


def attested(place: Place) -> list[Toponym]:
    """Return the names that somebody wrote: neither computed nor hidden."""
    return [row for row in place.toponyms if not row.derived and row.form != "hidden"]


def langs_of(place: Place) -> set[str]:
    """Return the languages in which a place has an attested name."""
    return {primary_language(row.lang) for row in attested(place)}


def containers_of(place: Place) -> set[str]:
    """Return what anybody says that a place is in, at any time."""
    return {row.object for row in place.relations if row.predicate in _CONTAINING} - {
        ""
    }
