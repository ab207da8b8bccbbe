"""Names by language: a side's own name in the letters of the text's language.

Nobody is on record with such a name, so it is printed only where it cannot be mistaken
for a choice of ours: it stands for the name that the side's own authorities use, or for
the only name there is in the side's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gazetteer.folding import class_key, match_key
from gazetteer.labels.asking import FORMS, Ask, Choice, positions
from gazetteer.labels.bearing import former, in_use, rejections, usages
from gazetteer.labels.rules import Selector
from gazetteer.labels.tags import lookup_tags
from gazetteer.languages.scripts import primary_language

if TYPE_CHECKING:
    from gazetteer.labels.asking import Moment
    from gazetteer.labels.rules import Slot
    from gazetteer.model import Place, Toponym

__all__ = ["OWN", "ByLanguage", "by_language", "candidates"]

# how somebody uses a name that it calls a place by itself
OWN = ("official", "approved", "conventional", "used")


class ByLanguage(NamedTuple):
    """A name by language.

    Attributes:
        base: the attested name that it romanizes.
        own: whether the side's authorities use that name; if not, it is the only one
            in its language.
    """

    choice: Choice
    base: Toponym
    own: bool

    @property
    def keys(self) -> frozenset[str]:
        """Keys by which another side's name would be the same one, spelt otherwise."""
        return frozenset(
            {class_key(self.choice.toponym.name), class_key(self.base.name)}
        )


def by_language(
    place: Place, slot: Slot, ask: Ask, own: frozenset[str]
) -> ByLanguage | None:
    """Return the name by language of a slot that has no attested name.

    Args:
        place: the place named.
        slot: of a side; its selectors by language are tried in turn.
        ask: the language, dates and form wanted. A perspective that speaks for
            somebody romanizes only names that they use themselves.
        own: the authorities of the side.
    """
    for selector in slot.selectors:
        if not selector.by_language:
            continue
        found = candidates(place, selector, ask, own)
        if not found:
            continue
        _, derived, base, is_own = found[0]
        moment = ask.moment(selector.at)
        shown = _attested(place, derived, ask, own, moment) or derived
        choice = Choice(slot, shown, None, selector, moment, "derived", derived)
        return ByLanguage(choice, base, is_own)
    return None


def candidates(
    place: Place, selector: Selector, ask: Ask, own: frozenset[str]
) -> list[tuple[tuple[int, ...], Toponym, Toponym, bool]]:
    """Return the derived rows that a selector may print, the best first.

    Each is its rank, the row, the name it was derived from, and whether `own`
    authorities use that. It is never derived from a name that is not in use at the
    date, or, where no date is known, from a former one.
    """
    reader = primary_language(ask.lang)
    if selector.reader and reader not in map(primary_language, selector.reader):
        return []
    if reader in ask.tongues:
        return []
    moment = ask.moment(selector.at)
    rows = {str(row.name_id): row for row in place.toponyms}
    found: list[tuple[tuple[int, ...], Toponym, Toponym, bool]] = []
    for derived in place.toponyms:
        fit = positions(derived, selector, ask)
        base = rows.get(derived.from_name) if derived.derived else None
        if fit is None or base is None or primary_language(derived.lang) == reader:
            continue
        if rejections(place, derived, own, moment.days):
            continue
        ranks = _ranks(base, ask, own, moment)
        lang, form, script = fit
        if ranks:
            tier, far, _, *rest = min(ranks)
            found.append(
                ((0, tier, lang, far, form, script, *rest), derived, base, True)
            )
        elif not ask.authorities and _alone(place, base, moment):
            found.append(((1, 0, lang, 0, form, script), derived, base, False))
    return sorted(found, key=lambda each: (each[0], each[1].name_id))


def _ranks(
    base: Toponym, ask: Ask, own: frozenset[str], moment: Moment
) -> list[tuple[int, ...]]:
    """Return how each statement by which `own` authorities use a name bears."""
    if not own or not in_use(base, moment.days):
        return []
    theirs = Selector(authority=tuple(sorted(own)), status=OWN)
    return [
        each.rank
        for each in usages(base, theirs, moment, ask.terms)
        if each.usage
        and (
            moment.days is not None
            or not former(each.usage, ask.terms.get(each.usage.authority))
        )
    ]


def _alone(place: Place, base: Toponym, moment: Moment) -> bool:
    """Tell whether a name is the only one in its language that it could stand for."""
    return [
        row.name_id
        for row in place.toponyms
        if row.lang == base.lang
        and row.form in FORMS
        and not row.derived
        and in_use(row, moment.days)
    ] == [base.name_id]


def _attested(
    place: Place, derived: Toponym, ask: Ask, own: frozenset[str], moment: Moment
) -> Toponym | None:
    """Return an attested row in the text's language that is the derived name.

    Its apostrophes and the like are those that people write, and not the system's.
    """
    key, tags = match_key(derived.name), lookup_tags(ask.lang)
    found: list[tuple[bool, tuple[int, ...], str, Toponym]] = []
    for row in place.toponyms:
        if row.derived or row.form != derived.form or row.lang not in tags:
            continue
        if not in_use(row, moment.days) or match_key(row.name) != key:
            continue
        if rejections(place, row, own, moment.days):
            continue
        ranks = [each.rank for each in usages(row, Selector(), moment, ask.terms)]
        found.append((not ranks, min(ranks, default=()), row.name_id, row))
    return min(found)[-1] if found else None
