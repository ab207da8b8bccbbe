"""What is known beside the name raises and lowers the candidates.

Each kind of evidence is one function that takes the drafts of all candidates and
changes their scores, with the reason. The rules are those of docs/decisions/: existence
filters, containment and type lower, distance and co-mentions decide between places far
apart only, validity of a name, language and prior only order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.languages.scripts import primary_language
from gazetteer.resolve.relations import areas_of, in_words, lies_in, shared_extents
from gazetteer.resolve.scoring import AGAINST, BEHIND, DOUBTFUL
from gazetteer.resolve.surroundings import weigh_distance, weigh_mentions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.dates import Interval
    from gazetteer.ids import PlaceId
    from gazetteer.model import Place
    from gazetteer.resolve.context import Area, Reading
    from gazetteer.resolve.draft import Draft

__all__ = ["weigh", "weigh_area"]

# Types that people use for each other.
_ALIKE: Final = (
    frozenset({"city", "town", "village"}),
    frozenset({"admin-unit", "district", "region", "polity", "country"}),
    frozenset({"landform", "region", "water"}),
)


_PEOPLED: Final = frozenset(
    {"city", "town", "village", "admin-unit", "district", "region"}
)


def weigh(
    query: str,
    drafts: list[Draft],
    reading: Reading,
    places: Mapping[PlaceId, Place],
    accept: float,
) -> list[Draft]:
    """Change the drafts' scores by the context and return them, best first."""
    context = reading.context
    for area in reading.areas:
        weigh_area(drafts, area, reading.event, places, accept)
    if context.type is not None:
        _weigh_type(drafts, context.type, accept)
    _weigh_words(drafts)
    if reading.date is not None or reading.published is not None:
        _weigh_dates(drafts, reading)
    if context.near is not None or reading.mentioned:
        _weigh_surroundings(query, drafts, reading, places)
    for draft in drafts:
        if draft.unsupported and not draft.support:
            cap = draft.score - DOUBTFUL
            if cap > 0:
                draft.lower(cap, "an abbreviation too short to be sure of by itself")
    if len(drafts) > 1:
        lang = primary_language(context.lang) if context.lang else ""
        drafts = sorted(drafts, key=lambda draft: draft.rank(lang))
    return drafts


def _weigh_surroundings(
    query: str,
    drafts: Sequence[Draft],
    reading: Reading,
    places: Mapping[PlaceId, Place],
) -> None:
    groups = shared_extents(places, [draft.place for draft in drafts])
    if reading.context.near is not None:
        weigh_distance(drafts, reading.context.near, groups)
    if reading.mentioned:
        weigh_mentions(query, drafts, reading, groups, places)


# -------------------------------------------------------------------------- containment


def weigh_area(
    drafts: Sequence[Draft],
    area: Area,
    event: Interval | None,
    places: Mapping[PlaceId, Place],
    accept: float,
) -> None:
    """Lower the places that nobody puts in an area.

    A contested place steps behind one that fits and is never shut out: in which area it
    lies is what the dispute is about. A place of which the data say nothing is treated
    alike. Where no candidate fits, none has an advantage by this.
    """
    named = f"{area.field} {area.value!r}"
    fitting: set[str] = set()
    misfits: list[tuple[Draft, float, str]] = []
    for draft in drafts:
        if draft.place.place_id in area.ids:
            draft.reasons.append(f"is itself the {named}")
            fitting.add(draft.place.place_id)
            continue
        said = lies_in(places, draft.place, area.ids, event)
        if said:
            draft.reasons.append(f"fits {named}: {in_words(said)}")
            draft.unsupported = False
            fitting.add(draft.place.place_id)
            continue
        ever = lies_in(places, draft.place, area.ids, None) if event else []
        if ever:
            reason = f"fits {named} at other dates only: {in_words(ever)}"
            misfits.append((draft, BEHIND, reason))
        elif not areas_of(places, draft.place):
            reason = f"the data do not say whether it is in {named}"
            misfits.append((draft, BEHIND, reason))
        elif draft.place.contested:
            reason = f"contested, and nobody in the data puts it in {named}"
            misfits.append((draft, BEHIND, reason))
        else:
            reason = f"nobody in the data puts it in {named}"
            misfits.append((draft, AGAINST, reason))
    if not misfits:
        return
    worst = max(by for _, by, _ in misfits)
    floor = accept if not fitting and worst == BEHIND else 0.0
    groups = shared_extents(places, [draft.place for draft in drafts])
    touching = {each for group in groups if group & fitting for each in group}
    for draft, by, reason in misfits:
        unsaid = not areas_of(places, draft.place)
        if unsaid and draft.place.place_id in touching:
            # silence must not part what overlaps
            draft.reasons.append(f"{reason}; it overlaps one that is")
        else:
            draft.lower(by if fitting else worst, reason, floor=floor)


# --------------------------------------------------------------------------------- type


def _weigh_type(drafts: Sequence[Draft], wanted: str, accept: float) -> None:
    # a near type gives way to the type itself, and alone turns nothing down
    there = any(draft.place.type == wanted for draft in drafts)
    for draft in drafts:
        kind = draft.place.type
        if kind == wanted:
            draft.reasons.append(f"is of the type {wanted}")
            draft.unsupported = False
        elif any(kind in alike and wanted in alike for alike in _ALIKE):
            reason = f"is of the type {kind}, near to {wanted}"
            draft.lower(BEHIND, reason, floor=0.0 if there else accept)
        else:
            draft.lower(AGAINST, f"is of the type {kind}, not {wanted}")


def _weigh_words(drafts: Sequence[Draft]) -> None:
    """Weigh what the generic words of the query and of the name say of the type."""
    for draft in drafts:
        hit, kind = draft.hit, draft.place.type
        if hit.own_types and kind not in hit.own_types:
            reason = "the word that the query lacks is no generic word in this name"
            draft.lower(2 * AGAINST, reason)
        if not hit.types:
            continue
        listed = " or ".join(sorted(hit.types))
        if kind in hit.types:
            draft.reasons.append(f"the generic word speaks for its type ({listed})")
        else:
            # a town and the area around it may be meant by the name of either
            by = AGAINST if {kind, *hit.types} <= _PEOPLED else 2 * AGAINST
            draft.lower(by, f"is of the type {kind}; the generic word says {listed}")


# -------------------------------------------------------------------------------- dates


def _weigh_dates(drafts: Sequence[Draft], reading: Reading) -> None:
    date = reading.date
    for draft in drafts:
        valid = draft.hit.toponym.valid
        if date is not None and valid.dated:
            holds = "hold" if draft.valid else "do not hold, which only orders,"
            draft.reasons.append(f"the name's dates {valid} {holds} at {date}")
        published = reading.published
        if published is not None and draft.place.exists.start > published.end:
            reason = f"began ({draft.place.exists}) after the text ({published})"
            draft.lower(AGAINST, reason)
