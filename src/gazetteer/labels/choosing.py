"""Choose the one row of a place that a slot prints, and say how it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.folding import class_key
from gazetteer.labels.asking import Ask, Choice, positions
from gazetteer.labels.bearing import Bearing, rejections, usages
from gazetteer.labels.romanized import by_language
from gazetteer.labels.rules import Selector, Slot
from gazetteer.labels.tags import lookup_tags
from gazetteer.languages.scripts import primary_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.model import Place, Toponym

__all__ = ["choose", "ranked"]

_NO_SLOT = Slot("", ())


def choose(
    place: Place,
    slot: Slot,
    ask: Ask,
    said: list[str] | None = None,
    sides: Sequence[Slot] = (),
) -> Choice | None:
    """Return the row that a slot prints, or None; what stood in the way is said.

    Attested names come first, then names by language (`romanized`), then other derived
    ones: a computed romanization is printed only where the slot has no attested name.

    Args:
        place: the place named; only its own rows are looked at.
        slot: the selectors to try.
        ask: the language, dates and form wanted.
        said: list to which the reasons for None are added.
        sides: those of the place's dispute; a name by language must not be another's.
    """
    choice = (
        _first(place, slot, ask, derived=False)
        or _by_language(place, slot, ask, sides)
        or _first(place, slot, ask, derived=True)
    )
    if choice is None and said is not None:
        said += _obstacles(place, slot, ask)
    return choice


def _first(place: Place, slot: Slot, ask: Ask, *, derived: bool) -> Choice | None:
    """Return the row of the first selector that finds one.

    Where no date is known, and where the name of the time is asked for, a name in use
    goes before all others, whichever selector finds it: else a former name would be
    printed because it was an official one.
    """
    own = slot.authorities | ask.authorities
    found: list[tuple[int, Choice]] = []
    for selector in slot.selectors:
        if selector.by_language or (selector.open and place.contested):
            continue
        rows = ranked(place, selector, ask, own, derived=derived)
        if rows:
            (tier, *_), choice = rows[0]
            found.append((tier, choice._replace(slot=slot)))
    return min(found, key=lambda each: each[0])[1] if found else None


def _by_language(
    place: Place, slot: Slot, ask: Ask, sides: Sequence[Slot]
) -> Choice | None:
    """Return a name by language, unless it is but another side's name respelt."""
    own = slot.authorities | ask.authorities
    choice = by_language(place, slot, ask, own)
    if choice is None or choice.own or not sides:
        return choice and choice.choice
    for side in sides:
        theirs = side.authorities
        if theirs & own:
            continue
        attested = _first(place, side, ask, derived=False)
        if attested is not None:
            if class_key(attested.toponym.name) in choice.keys:
                return None
            continue
        other = by_language(place, side, ask, theirs)
        if other is not None and other.keys & choice.keys:
            return None
    return choice.choice


def _obstacles(place: Place, slot: Slot, ask: Ask) -> Iterator[str]:
    if place.contested and any(selector.open for selector in slot.selectors):
        yield (
            f"{slot.name}: a selector that names no authority is not used for a "
            f"contested place"
        )
    own = slot.authorities | ask.authorities
    tags = lookup_tags(ask.lang)
    for toponym in sorted(place.toponyms, key=lambda row: row.name_id):
        if toponym.lang not in tags or toponym.form == "hidden":
            continue
        for usage in rejections(place, toponym, own, ask.moment().days):
            yield (
                f"{slot.name}: {toponym.name!r} ({toponym.name_id}) is rejected by "
                f"{usage.authority}, {usage.valid}; source {usage.source}"
            )


def ranked(
    place: Place,
    selector: Selector,
    ask: Ask,
    own: frozenset[str],
    *,
    derived: bool,
) -> list[tuple[tuple[int, ...], Choice]]:
    """Return the rows of a place that a selector may print, the best first.

    Order: where no date is known, names in use before former ones, and where the name
    of the time is asked for, those known to have been in use before others; the
    selector's languages; statements that cover the date before those of another date;
    the selector's authorities, forms and scripts; status; the last statement before
    the date, the first after it, undated ones; latest start; and name_id, so that the
    order of rows never matters.

    Args:
        place: the place named.
        selector: what is asked for.
        ask: the language, dates and form wanted.
        own: the authorities whose rejected names are passed over.
        derived: whether computed names are wanted, or attested ones.
    """
    moment = ask.moment(selector.at)
    found: list[tuple[tuple[int, ...], Choice]] = []
    for toponym in place.toponyms:
        if toponym.derived != derived:
            continue
        places = positions(toponym, selector, ask)
        if places is None:
            continue
        if derived and primary_language(ask.lang) == primary_language(toponym.lang):
            continue  # it is for readers of other languages
        usable = _usable(place, toponym, selector, ask, own)
        if not usable:
            continue
        best = min(usable, key=lambda each: each.rank)
        lang, form, script = places
        tier, far, authority, *rest = best.rank
        key = (tier, lang, far, authority, form, script, *rest)
        bearing = "derived" if derived else best.words
        choice = Choice(_NO_SLOT, toponym, best.usage, selector, moment, bearing)
        found.append((key, choice))
    return sorted(found, key=lambda each: (each[0], each[1].toponym.name_id))


def _usable(
    place: Place,
    toponym: Toponym,
    selector: Selector,
    ask: Ask,
    own: frozenset[str],
) -> list[Bearing]:
    """Return the usages by which a row may be printed."""
    moment = ask.moment(selector.at)
    if moment.days is not None and not toponym.valid.overlaps(moment.days):
        return []
    against = {
        usage.authority for usage in rejections(place, toponym, None, moment.days)
    }
    if against & own:
        return []
    # Nor does a usage count of somebody who elsewhere rejects the same text.
    return [
        each
        for each in usages(toponym, selector, moment, ask.terms)
        if each.usage is None or each.usage.authority not in against
    ]
