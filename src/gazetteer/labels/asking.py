"""What is asked of a place's rows, and the row that a slot prints in answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gazetteer.dates import Interval, parse_date
from gazetteer.labels.tags import lookup_tags
from gazetteer.languages.scripts import default_script, script_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazetteer.labels.rules import Selector, Slot
    from gazetteer.model import Toponym, Usage

__all__ = ["FORMS", "Ask", "Choice", "Moment", "positions", "wanted_tags"]

FORMS = ("full", "short")


class Moment(NamedTuple):
    """The date by which names are chosen.

    Attributes:
        days: None where no date is known: then names of all dates may be chosen, those
            that are known to be former ones last.
        words: which date it is, for `explain`.
        later: whether a statement of a later day bears on the date, as it does not
            where the name of the time is asked for.
    """

    days: Interval | None
    words: str
    later: bool = True

    @property
    def strict(self) -> bool:
        """Whether a name in use then goes before any other, whoever is asked first."""
        return self.days is None or not self.later


class Ask(NamedTuple):
    """What a caller asks of a perspective, beside the place.

    Attributes:
        form: the only form wanted; empty for the usual ones.
        at: which date the perspective goes by: ``event`` or ``publication``.
        default: date of the perspective itself.
        authorities: those that the perspective speaks for.
        tongues: languages of the sides, in whose prose no side is romanized: one side's
            script may be that of the other side's prose, and not the reverse.
        terms: when an authority that is no more spoke.
    """

    lang: str
    form: str
    event: Interval | None
    published: Interval | None
    at: str
    default: Interval | None
    authorities: frozenset[str]
    tongues: frozenset[str] = frozenset()
    terms: Mapping[str, Interval] = {}

    def moment(self, at: str = "") -> Moment:
        """Return the date that a selector goes by; "today" is never assumed.

        Where the date asked for is not known the others serve. A selector that itself
        asks for the name at publication then gives that of the time of the event.
        """
        explicit = at == "publication"
        at = at or self.at
        if at not in ("event", "publication"):
            return Moment(parse_date(at), f"the date {at} of the rule")
        event = (self.event, f"the date of the event, {self.event}")
        published = (self.published, f"the date of publication, {self.published}")
        own = (self.default, f"the perspective's own date, {self.default}")
        wanted = [event, published, own] if at == "event" else [published, own, event]
        for days, words in wanted:
            if days is not None:
                then = at == "event" or (explicit and days is self.event)
                return Moment(days, words, not then)
        words = "no date, so names of all dates, former ones last"
        return Moment(None, words, at != "event")


class Choice(NamedTuple):
    """A row that a slot prints.

    Attributes:
        usage: the statement by which it was chosen; None where none was asked for.
        bearing: how the statement bears on the date: ``dated`` (it covers it),
            ``attested`` (on another date), ``undated``, or ``derived`` for a name that
            was computed.
        derived: the derived row that stands behind a choice by language; it is
            `toponym` itself, or is written alike.
    """

    slot: Slot
    toponym: Toponym
    usage: Usage | None
    selector: Selector
    moment: Moment
    bearing: str
    derived: Toponym | None = None

    @property
    def by_language(self) -> bool:
        """Whether it was found by language: no authority is on record with it."""
        return self.derived is not None


def positions(
    toponym: Toponym, selector: Selector, ask: Ask
) -> tuple[int, int, int] | None:
    """Return how well language, form and script fit, 0 the best; None if they do not.

    Args:
        toponym: the row to print.
        selector: what is asked for.
        ask: the language and form wanted.
    """
    if toponym.form == "hidden":
        return None
    if selector.translit and toponym.translit not in selector.translit:
        return None
    if toponym.derived and not selector.translit:
        return None
    forms = selector.form or ((ask.form,) if ask.form else FORMS)
    if ask.form and ask.form not in forms:
        return None
    forms = (ask.form,) if ask.form else forms
    lang = position(toponym.lang, wanted_tags(selector.lang, ask.lang))
    form = position(toponym.form, forms)
    script = 0
    if selector.script:
        wanted = [
            default_script(ask.lang) if each == "$script" else each
            for each in selector.script
        ]
        script = position(script_of(toponym.name), wanted)
    return None if min(lang, form, script) < 0 else (lang, form, script)


def position(value: str, wanted: Iterable[str]) -> int:
    """Return the index of a value; 0 where nothing is asked for, -1 where absent."""
    listed = list(wanted)
    if not listed:
        return 0
    return listed.index(value) if value in listed else -1


def wanted_tags(wanted: tuple[str, ...], lang: str) -> list[str]:
    """Return the tags that a selector's languages mean where one is asked for."""
    tags: list[str] = []
    for tag in wanted:
        tags += lookup_tags(lang) if tag == "$lang" else [tag]
    return tags
