"""Choose the one row of a place that a slot prints, and say how it was found."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.dates import Interval, parse_date
from gazetteer.labels.rules import Slot
from gazetteer.labels.tags import lookup_tags
from gazetteer.languages.scripts import default_script, script_of
from gazetteer.model import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.labels.rules import Selector
    from gazetteer.model import Place, Toponym, Usage

__all__ = ["Ask", "Choice", "Moment", "choose", "ranked", "rejections"]

_NO_SLOT = Slot("", ())
_FORMS = ("full", "short")
_STATUS_RANK = {status: rank for rank, status in enumerate(STATUSES)}
# In use on the date; attested on another date only; computed, since none is attested.
TIERS = ("dated", "attested", "derived")


class Moment(NamedTuple):
    """The date by which names are chosen.

    Attributes:
        days: None where no date is known: then names of all dates may be chosen.
        words: which date it is, for `explain`.
    """

    days: Interval | None
    words: str


class Ask(NamedTuple):
    """What a caller asks of a perspective, beside the place.

    Attributes:
        form: the only form wanted; empty for the usual ones.
        at: which date the perspective goes by: ``event`` or ``publication``.
        default: date of the perspective itself.
        authorities: those that the perspective speaks for.
    """

    lang: str
    form: str
    event: Interval | None
    published: Interval | None
    at: str
    default: Interval | None
    authorities: frozenset[str]

    def moment(self, at: str = "") -> Moment:
        """Return the date that a selector goes by; "today" is never assumed."""
        at = at or self.at
        if at not in ("event", "publication"):
            return Moment(parse_date(at), f"the date {at} of the rule")
        event = Moment(self.event, f"the date of the event, {self.event}")
        published = Moment(self.published, f"the date of publication, {self.published}")
        own = Moment(self.default, f"the perspective's own date, {self.default}")
        wanted = [event, published, own] if at == "event" else [published, own, event]
        for moment in wanted:
            if moment.days is not None:
                return moment
        return Moment(None, "no date, so names of all dates, the latest first")


class Choice(NamedTuple):
    """A row that a slot prints.

    Attributes:
        usage: the statement by which it was chosen; None where none was asked for.
        tier: ``dated``, ``attested`` (on another date than the one asked) or
            ``derived``.
    """

    slot: Slot
    toponym: Toponym
    usage: Usage | None
    selector: Selector
    moment: Moment
    tier: str


def choose(
    place: Place, slot: Slot, ask: Ask, said: list[str] | None = None
) -> Choice | None:
    """Return the row that a slot prints, or None; what stood in the way is said.

    The selectors are gone through once for the names in use on the date, then for names
    attested on another date only, then for derived rows: a computed romanization is
    printed only where the slot has no attested name at all.

    Args:
        place: the place named; only its own rows are looked at.
        slot: the selectors to try.
        ask: the language, dates and form wanted.
        said: list to which the reasons for None are added.
    """
    own = slot.authorities | ask.authorities
    for tier in TIERS:
        for selector in slot.selectors:
            if selector.open and place.contested:
                continue
            rows = ranked(place, selector, ask, own, tier)
            if rows:
                return rows[0][1]._replace(slot=slot)
    if said is not None:
        said += _obstacles(place, slot, ask, own)
    return None


def _obstacles(
    place: Place, slot: Slot, ask: Ask, own: frozenset[str]
) -> Iterator[str]:
    if place.contested and any(selector.open for selector in slot.selectors):
        yield (
            f"{slot.name}: a selector that names no authority is not used for a "
            f"contested place"
        )
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
    tier: str,
) -> list[tuple[tuple[int, ...], Choice]]:
    """Return the rows of a place that a selector may print, the best first.

    Order: by the lists of the selector (language, authority, form, script), then
    status, then latest start, then name_id, so that the order of rows never matters.
    """
    moment = ask.moment(selector.at)
    found: list[tuple[tuple[int, ...], Choice]] = []
    for toponym in place.toponyms:
        places = _positions(toponym, selector, ask, tier)
        if places is None or not _in_use(toponym, moment):
            continue
        usable = list(_usages(toponym, selector, moment, tier))
        if not usable:
            continue
        if rejections(place, toponym, own, moment.days):
            continue
        key, usage = min(usable, key=lambda each: each[0])
        lang, form, script = places
        authority, rest = key[0], key[1:]
        start = -max(toponym.valid.start, usage.valid.start if usage else 0)
        whole = (lang, authority, form, script, *rest, start)
        choice = Choice(_NO_SLOT, toponym, usage, selector, moment, tier)
        found.append((whole, choice))
    return sorted(found, key=lambda each: (each[0], each[1].toponym.name_id))


def _positions(
    toponym: Toponym, selector: Selector, ask: Ask, tier: str
) -> tuple[int, int, int] | None:
    """Return how well language, form and script fit, or None."""
    if toponym.form == "hidden" or toponym.derived != (tier == "derived"):
        return None
    if selector.translit and toponym.translit not in selector.translit:
        return None
    if toponym.derived and not selector.translit:
        return None
    forms = selector.form or ((ask.form,) if ask.form else _FORMS)
    lang = _position(toponym.lang, _tags(selector.lang, ask.lang))
    form = _position(toponym.form, forms)
    script = 0
    if selector.script:
        wanted = [
            default_script(ask.lang) if each == "$script" else each
            for each in selector.script
        ]
        script = _position(script_of(toponym.name), wanted)
    return None if min(lang, form, script) < 0 else (lang, form, script)


def _position(value: str, wanted: Iterable[str]) -> int:
    """Return the index of a value; 0 where nothing is asked for, -1 where absent."""
    listed = list(wanted)
    if not listed:
        return 0
    return listed.index(value) if value in listed else -1


def _tags(wanted: tuple[str, ...], lang: str) -> list[str]:
    tags: list[str] = []
    for tag in wanted:
        tags += lookup_tags(lang) if tag == "$lang" else [tag]
    return tags


def _in_use(toponym: Toponym, moment: Moment) -> bool:
    return moment.days is None or toponym.valid.overlaps(moment.days)


def _usages(
    toponym: Toponym, selector: Selector, moment: Moment, tier: str
) -> Iterator[tuple[tuple[int, ...], Usage | None]]:
    """Yield the usages that a selector takes: (authority, status, nearness) and row."""
    bare = not selector.authority and not selector.status
    if bare and (not toponym.usages or tier == "derived"):
        yield (0, len(STATUSES), 0, 0), None
    for usage in toponym.usages:
        if usage.status == "rejected":
            continue
        if selector.status and usage.status not in selector.status:
            continue
        authority = _position(usage.authority, selector.authority)
        nearness = _nearness(usage.valid, moment.days, tier)
        if authority >= 0 and nearness is not None:
            yield (authority, _STATUS_RANK[usage.status], *nearness), usage


def _nearness(
    valid: Interval, days: Interval | None, tier: str
) -> tuple[int, int] | None:
    """Return how near a usage is to the date, or None where it does not bear on it.

    An interval says when a name was in use, so it holds for its days alone. A single
    date says only that it was attested then: in the second tier the last statement
    before the date counts, else the first after it.
    """
    if days is None or valid.overlaps(days):
        return (0, 0)
    if tier == "dated" or "/" in valid.text:
        return None
    if valid.start < days.start:
        return (0, -valid.start)
    return (1, valid.start)


def rejections(
    place: Place,
    toponym: Toponym,
    authorities: frozenset[str],
    days: Interval | None,
) -> list[Usage]:
    """Return the statements by which some authorities reject a name of a place.

    A name is rejected as text: in any row of the place that is written alike, and in
    the row that it was derived from. With no date any rejection counts; with a date
    those that cover it, or were stated on a day before it.
    """
    same = unicodedata.normalize("NFC", toponym.name).casefold()
    found: list[Usage] = []
    for row in place.toponyms:
        alike = row.name_id in (toponym.name_id, toponym.from_name)
        if not alike and row.name.casefold() != same:
            continue
        found += [
            usage
            for usage in row.usages
            if usage.status == "rejected"
            and usage.authority in authorities
            and _holds(usage.valid, days)
        ]
    return sorted(
        found, key=lambda usage: (usage.authority, usage.name_id, usage.source)
    )


def _holds(valid: Interval, days: Interval | None) -> bool:
    if days is None or valid.overlaps(days):
        return True
    return "/" not in valid.text and valid.start < days.start
