"""Choose the one row of a place that a slot prints, and say how it was found."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.dates import Interval, parse_date
from gazetteer.labels.rules import Selector, Slot
from gazetteer.labels.tags import lookup_tags
from gazetteer.languages.scripts import default_script, primary_language, script_of
from gazetteer.model import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.model import Place, Toponym, Usage

__all__ = [
    "Ask",
    "Choice",
    "Moment",
    "bearing_usage",
    "choose",
    "ranked",
    "rejections",
]

_NO_SLOT = Slot("", ())
_FORMS = ("full", "short")
_STATUS_RANK = {status: rank for rank, status in enumerate(STATUSES)}
_UNUSED = len(STATUSES)  # rank of a name of which no usage is known


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
        tongues: languages of the sides, in whose prose no side is romanized: one side's
            script may be that of the other side's prose, and not the reverse.
    """

    lang: str
    form: str
    event: Interval | None
    published: Interval | None
    at: str
    default: Interval | None
    authorities: frozenset[str]
    tongues: frozenset[str] = frozenset()

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
        bearing: how the statement bears on the date: ``dated`` (it covers it),
            ``attested`` (on another date), ``undated``, or ``derived`` for a name that
            was computed.
    """

    slot: Slot
    toponym: Toponym
    usage: Usage | None
    selector: Selector
    moment: Moment
    bearing: str


def choose(
    place: Place, slot: Slot, ask: Ask, said: list[str] | None = None
) -> Choice | None:
    """Return the row that a slot prints, or None; what stood in the way is said.

    The selectors are gone through for attested names, then once more for derived ones:
    a computed romanization is printed only where the slot has no attested name at all.

    Args:
        place: the place named; only its own rows are looked at.
        slot: the selectors to try.
        ask: the language, dates and form wanted.
        said: list to which the reasons for None are added.
    """
    own = slot.authorities | ask.authorities
    for derived in (False, True):
        for selector in slot.selectors:
            if selector.open and place.contested:
                continue
            rows = ranked(place, selector, ask, own, derived=derived)
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
    *,
    derived: bool,
) -> list[tuple[tuple[int, ...], Choice]]:
    """Return the rows of a place that a selector may print, the best first.

    Order: the selector's languages; statements that cover the date before those of
    another date; the selector's authorities, forms and scripts; status; the last
    statement before the date, the first after it, undated ones; latest start; and
    name_id, so that the order of rows never matters.

    Args:
        place: the place named.
        selector: what is asked for.
        ask: the language, dates and form wanted.
        own: the authorities whose rejected names are passed over.
        derived: whether computed names are wanted, or attested ones.
    """
    moment = ask.moment(selector.at)
    later = (selector.at or ask.at) != "event"
    found: list[tuple[tuple[int, ...], Choice]] = []
    for toponym in place.toponyms:
        places = _positions(toponym, selector, ask)
        if toponym.derived != derived or places is None:
            continue
        reader = primary_language(ask.lang)
        if derived and reader in {primary_language(toponym.lang), *ask.tongues}:
            continue  # it is for readers of other languages
        if moment.days is not None and not toponym.valid.overlaps(moment.days):
            continue
        usable = list(_usages(toponym, selector, moment.days, later=later))
        if derived:
            usable = _as_base(place, toponym, own, usable, moment.days, later=later)
        if not usable:
            continue
        against = {
            usage.authority for usage in rejections(place, toponym, None, moment.days)
        }
        if against & own:
            continue
        # Nor does a usage count of somebody who elsewhere rejects the same text.
        usable = [
            each for each in usable if not each[1] or each[1].authority not in against
        ]
        if not usable:
            continue
        (far, authority, *rest), usage, bearing = min(usable, key=lambda each: each[0])
        lang, form, script = places
        key = (lang, far, authority, form, script, *rest)
        bearing = "derived" if derived else bearing
        choice = Choice(_NO_SLOT, toponym, usage, selector, moment, bearing)
        found.append((key, choice))
    return sorted(found, key=lambda each: (each[0], each[1].toponym.name_id))


def _positions(
    toponym: Toponym, selector: Selector, ask: Ask
) -> tuple[int, int, int] | None:
    """Return how well language, form and script fit, or None."""
    if toponym.form == "hidden":
        return None
    if selector.translit and toponym.translit not in selector.translit:
        return None
    if toponym.derived and not selector.translit:
        return None
    forms = selector.form or ((ask.form,) if ask.form else _FORMS)
    if ask.form and ask.form not in forms:
        return None
    forms = (ask.form,) if ask.form else forms
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


def _usages(
    toponym: Toponym, selector: Selector, days: Interval | None, *, later: bool
) -> Iterator[tuple[tuple[int, ...], Usage | None, str]]:
    """Yield the usages that a selector takes, each with its rank and bearing.

    The rank is: whether it covers the date, authority, status, nearness, start.
    """
    bare = not selector.authority and not selector.status
    if bare and not toponym.usages:
        yield (1, 0, _UNUSED, 2, 0, -toponym.valid.start), None, "undated"
    for usage in toponym.usages:
        if usage.status == "rejected":
            continue
        if selector.status and usage.status not in selector.status:
            continue
        authority = _position(usage.authority, selector.authority)
        near = _nearness(usage.valid, days, later=later)
        if authority < 0 or near is None:
            continue
        far, *distance, bearing = near
        start = -max(toponym.valid.start, usage.valid.start)
        status = _STATUS_RANK[usage.status]
        yield (far, authority, status, *distance, start), usage, bearing


def bearing_usage(
    toponym: Toponym, selector: Selector, days: Interval | None, *, later: bool
) -> bool:
    """Tell whether a statement that a selector takes bears on a date.

    Args:
        toponym: the name.
        selector: whose usage is asked for, and how.
        days: the date, or None for any.
        later: whether a statement of a later day may bear on it.
    """
    return any(_usages(toponym, selector, days, later=later))


def _as_base(
    place: Place,
    toponym: Toponym,
    own: frozenset[str],
    usable: list[tuple[tuple[int, ...], Usage | None, str]],
    days: Interval | None,
    *,
    later: bool,
) -> list[tuple[tuple[int, ...], Usage | None, str]]:
    """Rank a derived row as the row it was computed from ranks with `own` authorities.

    It is still a row "by language": nobody is on record with the computed form.
    """
    for base in place.toponyms:
        if base.name_id == toponym.from_name and usable:
            theirs = Selector(authority=tuple(sorted(own)))
            ranks = [rank for rank, *_ in _usages(base, theirs, days, later=later)]
            if ranks:
                far, _, *rest = min(ranks, key=lambda rank: (rank[0], rank[2:]))
                return [((far, 0, *rest), None, "derived")]
    return usable


def _nearness(
    valid: Interval, days: Interval | None, *, later: bool
) -> tuple[int, int, int, str] | None:
    """Return how a statement bears on a date, or None where it does not.

    An interval says when a name was in use, so it holds for its days alone. A single
    date says only that the name was in use then: it bears on other dates less than an
    interval that covers them, the last before the date more than the first after it;
    and one after it (`later`) not at all where the name of the time is asked for. An
    undated statement bears least.
    """
    if days is None:
        return (0, 0, 0, "dated")
    if not valid.dated:
        return (1, 2, 0, "undated")
    if valid.overlaps(days):
        return (0, 0, 0, "dated")
    if "/" in valid.text:
        return None
    if valid.start < days.start:
        return (1, 0, -valid.start, "attested")
    return (1, 1, valid.start, "attested") if later else None


def rejections(
    place: Place,
    toponym: Toponym,
    authorities: frozenset[str] | None,
    days: Interval | None,
) -> list[Usage]:
    """Return the statements by which authorities (None: any) reject a name of a place.

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
            and (authorities is None or usage.authority in authorities)
            and _holds(usage.valid, days)
        ]
    return sorted(
        found, key=lambda usage: (usage.authority, usage.name_id, usage.source)
    )


def _holds(valid: Interval, days: Interval | None) -> bool:
    if days is None or valid.overlaps(days):
        return True
    return "/" not in valid.text and valid.start < days.start
