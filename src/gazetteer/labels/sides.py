"""The sides of a dispute: their slots, and what a label without a side owes each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gazetteer.labels.bearing import rejections
from gazetteer.labels.rules import Selector, Slot
from gazetteer.languages.scripts import primary_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.labels.asking import Choice
    from gazetteer.model import Dispute, Place

__all__ = ["Balance", "balance", "side_slots", "tongues"]


class Balance(NamedTuple):
    """How a label of a contested place stands to the parties.

    Attributes:
        fair: whether it bears a name of each side, or only names that a third party
            uses and no party rejects.
        rejected_by: name_id and party for each party that rejects a printed row.
        unheard: the sides of whom it bears no name.
    """

    fair: bool
    rejected_by: tuple[tuple[str, str], ...]
    unheard: tuple[str, ...]


def side_slots(
    dispute: Dispute | None, sides: Mapping[str, Slot], *, attested: bool = False
) -> list[Slot]:
    """Return one slot for each side of a dispute, by the name of its first party.

    Parties for whom the policy names the same chain are one side. A party for whom it
    names none stands for itself, with its own names in the output language.

    Args:
        dispute: the place's; without one there are no sides.
        sides: which slot speaks for a party.
        attested: whether only names that a side itself uses will do.
    """
    slots: dict[str, Slot] = {}
    for party in sorted(dispute.parties) if dispute else ():
        own = Slot(party, (Selector(authority=(party,), lang=("$lang",)),))
        slot = slots.get(sides.get(party, own).name, sides.get(party, own))
        slots[slot.name] = slot._replace(parties=(*slot.parties, party))
    if attested:
        return [
            slot._replace(
                selectors=tuple(each for each in slot.selectors if each.authority)
            )
            for slot in slots.values()
        ]
    return list(slots.values())


def balance(place: Place, choices: Sequence[Choice], sides: Sequence[Slot]) -> Balance:
    """Weigh the printed names of a contested place.

    Args:
        place: the place named.
        choices: what is printed.
        sides: the sides of its dispute.

    A name that was found by language and not by authority is nobody's own name, so it
    is printed but does not make a label fair.
    """
    parties = frozenset(party for side in sides for party in side.parties)
    used = {choice.usage.authority for choice in choices if choice.usage}
    unheard = tuple(side.name for side in sides if not used & set(side.parties))
    rejected = sorted(
        {
            (str(choice.toponym.name_id), usage.authority)
            for choice in choices
            for usage in rejections(place, choice.toponym, parties, choice.moment.days)
        }
    )
    third = bool(choices) and all(
        choice.usage is not None and choice.usage.authority not in parties
        for choice in choices
    )
    heard = bool(sides) and not unheard
    return Balance(heard or (third and not rejected), tuple(rejected), unheard)


def tongues(sides: Mapping[str, Slot]) -> frozenset[str]:
    """Return the languages of the sides, by the romanizations that speak for them.

    Args:
        sides: which slot speaks for a party.
    """
    return frozenset(
        primary_language(tag)
        for slot in sides.values()
        for selector in slot.selectors
        if selector.by_language
        for tag in selector.lang
    )
