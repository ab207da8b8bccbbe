"""Places and statements in words, each statement with who makes it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gazetteer.display.counts import counted

if TYPE_CHECKING:
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.labels import Label
    from gazetteer.model import Place, Relation

__all__ = ["PLACED", "Describer", "lack_of"]

PLACED: Final = (
    "part_of",
    "administered_by",
    "claimed_by",
    "recognised_as_part_of",
    "seat_of",
)
"""The predicates that say where a place belongs."""

_NEUTRAL: Final = "neutral"
_REMEMBERED: Final = 20_000
_STATES: Final = frozenset({"country", "polity"})
_FEW: Final = 3


class Describer:
    """Says in words what the tables say of a place."""

    def __init__(self, gazetteer: Gazetteer, lang: str) -> None:
        """Speak of the places of a gazetteer, by titles in a language."""
        self._gazetteer = gazetteer
        self.lang = lang
        self.title = lru_cache(_REMEMBERED)(self._title)
        self.description = lru_cache(_REMEMBERED)(self._description)

    def _title(self, place_id: str) -> str:
        """Return the title of a place: its label under ``neutral``.

        A store that came without perspectives has none; there a place that nobody
        contests goes by a name, of this language if there is one, and else by its id.
        """
        if _NEUTRAL in self._gazetteer.perspectives:
            return self._gazetteer.title(place_id, self.lang)
        place = self._gazetteer[place_id]
        names = [
            (row.lang != self.lang, row.form != "full", row.name)
            for row in place.toponyms
            if row.form != "hidden"
        ]
        return place_id if place.contested or not names else min(names)[2]

    def title_of(self, place_id: str) -> str:
        """Return the title of a place that a row names; its id where it is no place."""
        places = self._gazetteer.tables.places
        return self.title(place_id) if place_id in places else place_id

    def authority(self, key: str) -> str:
        """Return what an authority is called."""
        known = self._gazetteer.tables.authorities.get(key)
        return known.title if known else key

    def parties(self, place: Place) -> list[str]:
        """Return the parties to the dispute about a place, by their titles."""
        dispute = self._gazetteer.tables.disputes.get(place.dispute)
        return sorted(map(self.authority, dispute.parties)) if dispute else []

    def _description(self, place_id: str) -> str:
        """Return what tells a place from others of its name, on one line.

        Where it lies is never said without who says so. Of a contested place all that
        is said is shown, and the parties side by side.
        """
        place = self._gazetteer[place_id]
        parts = [place.type.replace("-", " ")]
        parties = self.parties(place)
        if parties:
            parts.append(f"contested; parties: {' · '.join(parties)}")
        said: dict[str, set[str]] = {}
        for relation in place.relations:
            if relation.predicate in PLACED and relation.object:
                said.setdefault(relation.object, set()).add(relation.according_to)
        where = sorted((self.title_of(each), each) for each in said)
        left = 0
        if not parties:
            # the district tells more than the country, and its name is not contested
            where.sort(key=lambda each: self._is_state(each[1]))
            where, left = where[:_FEW], len(where[_FEW:])
        for title, target in where:
            who = ", ".join(sorted(map(self.authority, said[target])))
            parts.append(f"placed in {title} by {who}")
        if left:
            parts.append(f"and in {counted(left, 'more area')}")
        return "; ".join(parts)

    def _is_state(self, place_id: str) -> bool:
        place = self._gazetteer.tables.places.get(place_id)  # type: ignore[call-overload]
        return place is not None and place.type in _STATES

    def statement(self, relation: Relation) -> str:
        """Return a statement with who makes it, when, and the key of its source.

        The subject is left out: it is the place that is spoken of.
        """
        verb = relation.predicate.replace("_", " ")
        target = f" {self.title_of(relation.object)}" if relation.object else ""
        when = f", {relation.valid}" if relation.valid.dated else ""
        who = self.authority(relation.according_to)
        return f"{verb}{target}{when}: {who} [{relation.source}]"


def lack_of(label: Label) -> str:
    """Say what a label lacks, or why there is none; empty if nothing."""
    if label.complete:
        return ""
    said = [f"missing: {each}" for each in label.missing]
    said += [f"by language only: {each}" for each in label.by_language]
    said += [f"{name} is rejected by {party}" for name, party in label.rejected_by]
    head = "the author's own text stays" if label.kept else "incomplete"
    return "; ".join([head, *said])
