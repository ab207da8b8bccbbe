"""Give a place its label: the first rule that fits and finds names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gazetteer.dates import parse_date
from gazetteer.errors import LanguageTagError
from gazetteer.labels.asking import Ask, Moment
from gazetteer.labels.bearing import bears, rejections
from gazetteer.labels.choosing import choose
from gazetteer.labels.comparison import Comparison
from gazetteer.labels.composing import Words, compose, template_for
from gazetteer.labels.conditions import Citations, misfit
from gazetteer.labels.label import Label
from gazetteer.labels.romanized import OWN
from gazetteer.labels.rules import LOCALS, PARTIES_ATTESTED, Selector, Slot
from gazetteer.labels.sides import balance, side_slots, tongues
from gazetteer.labels.titles import fallback_title
from gazetteer.languages.tags import language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazetteer.labels.asking import Choice
    from gazetteer.labels.composing import Composed
    from gazetteer.labels.perspectives import Perspective, Perspectives
    from gazetteer.labels.rules import Rule
    from gazetteer.model import Place, Tables, Toponym, Usage

__all__ = ["Labeller"]

_MENTIONS = ("first", "later", "compact")
# the perspective that speaks for no one, which heads a place on a screen
_TITLES = "neutral"


class _Call(NamedTuple):
    """One question, so that its parts need not be handed on one by one."""

    place: Place
    perspective: Perspective
    ask: Ask
    mention: str
    number: int
    facets: Mapping[str, str]


class Labeller:
    """Gives labels by the perspectives over one set of tables."""

    __slots__ = ("_citations", "_perspectives", "_tables")

    def __init__(self, tables: Tables, perspectives: Perspectives) -> None:
        self._tables = tables
        self._perspectives = perspectives
        self._citations = Citations(tables)

    @property
    def perspectives(self) -> Perspectives:
        """The perspectives that it knows."""
        return self._perspectives

    def label(
        self,
        place: Place,
        perspective: str,
        *,
        lang: str = "en",
        event: str | None = None,
        published: str | None = None,
        mention: str = "first",
        mention_number: int = 1,
        form: str = "",
        facets: Mapping[str, str] | None = None,
    ) -> Label:
        """Return the label of a place.

        Args:
            place: what is to be named.
            perspective: name of the policy.
            lang: BCP 47 tag of the language of the text, in any case.
            event: EDTF date of what is told.
            published: EDTF date of the telling.
            mention: ``first``, ``later`` or ``compact`` (headlines, captions).
            mention_number: which mention of the place it is, from 1.
            form: the only form of name wanted, such as ``abbr``; by default ``full``,
                then ``short``.
            facets: whatever else the rules ask for.

        Raises:
            UnknownPerspectiveError: if there is no such perspective.
            DateError: if a date is not an EDTF date.
            LanguageTagError: if `lang` has not the form of a tag.
            ValueError: if `mention` is none of the three.
        """
        if mention not in _MENTIONS:
            raise ValueError(
                f"bad mention {mention!r}: {', '.join(_MENTIONS)} would do"
            )
        policy = self._perspectives[perspective]
        ask = Ask(
            lang=language_tag(lang),
            form=form,
            event=parse_date(event) if event else None,
            published=parse_date(published) if published else None,
            at=policy.at,
            default=parse_date(policy.date) if policy.date else None,
            authorities=frozenset(policy.authorities),
            tongues=tongues(policy.sides),
            terms=policy.terms,
        )
        number = max(mention_number, 1 if mention == "first" else 2)
        call = _Call(place, policy, ask, mention, number, facets or {})
        reasons = [f"names are chosen by {ask.moment().words}"]
        for rule in policy.rules:
            answer = self._by_rule(call, rule, reasons)
            if answer is not None:
                return answer
        return self._kept(call, "", (), reasons)

    def compare(
        self,
        place: Place,
        *,
        lang: str | Iterable[str] = "en",
        event: str | None = None,
        published: str | None = None,
        mention: str = "first",
        facets: Mapping[str, str] | None = None,
    ) -> Comparison:
        """Return the label of a place under every perspective, in the file's order.

        Args:
            place: what is to be named.
            lang: BCP 47 tag, or several.
            event: EDTF date of what is told.
            published: EDTF date of the telling.
            mention: as `label` takes it.
            facets: whatever else the rules ask for.

        Raises:
            DateError: if a date is not an EDTF date.
            LanguageTagError: if a language has not the form of a tag, or there is none.
        """
        langs = [lang] if isinstance(lang, str) else list(lang)
        if not langs:
            would = "lang='en' or lang=['en', 'ru'] would do"
            raise LanguageTagError("", f"no language is asked for; {would}")
        return Comparison(
            self.label(
                place,
                name,
                lang=each,
                event=event,
                published=published,
                mention=mention,
                facets=facets,
            )
            for each in langs
            for name in self._perspectives
        )

    def rejects(self, toponym: Toponym, perspective: str, *, when: str = "") -> bool:
        """Tell whether an authority that the perspective speaks for rejects a name.

        Args:
            toponym: a row of one of the tables' places.
            perspective: name of the policy; one that speaks for no one rejects nothing.
            when: EDTF date; without one any rejection counts.

        Raises:
            UnknownPerspectiveError, DateError: as they say.
        """
        return bool(self.rejections(toponym, perspective, when=when))

    def rejections(
        self, toponym: Toponym, perspective: str, *, when: str = ""
    ) -> tuple[Usage, ...]:
        """Return the statements behind `rejects`, each with its date and source."""
        policy = self._perspectives[perspective]
        date = when or policy.date
        place = self._tables.places.get(toponym.place_id)
        if place is None or not policy.authorities:
            return ()
        days = parse_date(date) if date else None
        authorities = frozenset(policy.authorities)
        return tuple(rejections(place, toponym, authorities, days))

    def uses(self, toponym: Toponym, perspective: str, *, when: str = "") -> bool:
        """Tell whether an authority that the perspective speaks for uses a name.

        A name that it gives as somebody else's (``also``), or rejects, is not its own.

        Args:
            toponym: one of a place's names.
            perspective: its name.
            when: EDTF date; without one usages of all dates count.

        Raises:
            UnknownPerspectiveError: if there is no such perspective.
            DateError: if `when` is not an EDTF date.
        """
        policy = self._perspectives[perspective]
        days = parse_date(when) if when else None
        moment = Moment(days, "", policy.at != "event")
        own = Selector(authority=policy.authorities, status=OWN)
        return (
            bool(policy.authorities)
            and bears(toponym, own, moment, policy.terms)
            and not self.rejects(toponym, perspective, when=when)
        )

    def title(self, place: Place, lang: str = "en") -> str:
        """Return what heads a place on a screen; never empty.

        It is the label under ``neutral``, or, where there is none, the names that the
        sides use, whatever the language, and its id.

        Args:
            place: the place headed.
            lang: BCP 47 tag of the language of the screen.

        Raises:
            UnknownPerspectiveError: if there is no perspective ``neutral``.
            LanguageTagError: if `lang` has not the form of a tag.
        """
        label = self.label(place, _TITLES, lang=lang)
        if label.text:
            return label.text
        dispute = self._tables.disputes.get(place.dispute)
        sides = self._perspectives[_TITLES].sides
        return fallback_title(place, dispute, sides, label.lang)

    # ---------------------------------------------------------------- rules

    def _by_rule(self, call: _Call, rule: Rule, reasons: list[str]) -> Label | None:
        """Return the label that a rule gives, or None for the next; say why."""
        name = f"{call.perspective.name}#{rule.number}"
        why_not = misfit(
            rule.when,
            call.place,
            lang=call.ask.lang,
            days=call.ask.moment().days,
            facets=call.facets,
            citations=self._citations,
        )
        if why_not:
            reasons.append(f"{name} is {why_not}")
            return None
        if rule.names == LOCALS and call.place.contested:
            reasons.append(f"{name}: local names are not used for a contested place")
            return self._kept(call, name, (), reasons)
        slots = self._slots(call, rule)
        said: list[str] = []
        sides = self._sides(call)
        chosen = [choose(call.place, slot, call.ask, said, sides) for slot in slots]
        reasons += [f"{name}: {each}" for each in said]
        found = [choice for choice in chosen if choice is not None]
        missing = tuple(
            self._say_slot(slot)
            for slot, choice in zip(slots, chosen, strict=True)
            if choice is None
        )
        template = template_for(rule, call.mention, call.number)
        if found and missing and rule.one is not None:
            template = rule.one
        elif missing or not found:
            reasons.append(f"{name}: no name for {'; '.join(missing) or 'any slot'}")
            keeps = rule.none == "keep" and not found
            return self._kept(call, name, missing, reasons) if keeps else None
        composed = compose(
            rule,
            template,
            found,
            call.ask.lang,
            same=0 if call.place.contested else rule.same,
            complete=not missing,
            words=Words(self._perspectives.languages, call.perspective.spoken),
        )
        if composed.text is None:
            reasons.append(
                f"{name}: {template.text!r} cannot be filled: what a language is "
                f"called in {call.ask.lang!r} is not known"
            )
            return None
        return self._made(call, rule, composed, missing, reasons)

    def _slots(self, call: _Call, rule: Rule) -> list[Slot]:
        if rule.names == LOCALS:
            return [Slot(tag, (Selector(lang=(tag,)),)) for tag in call.place.langs]
        if isinstance(rule.names, str):
            return self._sides(call, attested=rule.names == PARTIES_ATTESTED)
        return list(rule.names)

    def _sides(self, call: _Call, *, attested: bool = False) -> list[Slot]:
        dispute = self._tables.disputes.get(call.place.dispute)
        return side_slots(dispute, call.perspective.sides, attested=attested)

    # --------------------------------------------------------------- labels

    def _made(
        self,
        call: _Call,
        rule: Rule,
        composed: Composed,
        missing: tuple[str, ...],
        reasons: list[str],
    ) -> Label:
        name = f"{call.perspective.name}#{rule.number}"
        text, choices = composed.text or "", composed.choices
        reasons += [f"{name}: {self._say_choice(choice)}" for choice in choices]
        if composed.keeps:
            reasons.append(f"{name}: the author's own name stays, by the rule")
        nobodys = [each.toponym.name for each in choices if each.by_language]
        complete = not missing and not nobodys
        rejected_by: tuple[tuple[str, str], ...] = ()
        if call.place.contested:
            weighed = balance(call.place, choices, self._sides(call))
            rejected_by = weighed.rejected_by
            for name_id, party in rejected_by:
                reasons.append(f"{name}: {name_id} is rejected by {self._who(party)}")
            if not call.perspective.authorities and not weighed.fair:
                complete = False
                for side in weighed.unheard:
                    reasons.append(f"{name}: it bears no name used by the side {side}")
        notes = () if composed.keeps else rule.notes
        marked = rule.mark == "every" or call.mention != "later"
        marks = ",".join(note.mark for note in notes if note.mark) if marked else ""
        return self._kept(call, name, missing, reasons)._replace(
            text=text + marks,
            kept=composed.keeps,
            toponyms=tuple(choice.toponym for choice in choices),
            usages=tuple(choice.usage for choice in choices),
            complete=complete,
            by_language=tuple(nobodys),
            rejected_by=rejected_by,
            notes=notes,
            marks=marks,
        )

    @staticmethod
    def _kept(
        call: _Call, rule: str, missing: tuple[str, ...], reasons: list[str]
    ) -> Label:
        """Return the label of a place for which the perspective has no name."""
        return Label(
            place_id=call.place.place_id,
            text="",
            kept=True,
            perspective=call.perspective.name,
            version=call.perspective.version,
            rule=rule,
            lang=call.ask.lang,
            mention=call.mention,
            toponyms=(),
            complete=False,
            missing=missing,
            notes=(),
            reasons=tuple(reasons),
            event=call.ask.event.text if call.ask.event else "",
            published=call.ask.published.text if call.ask.published else "",
        )

    # ---------------------------------------------------------------- words

    def _who(self, authority: str) -> str:
        known = self._tables.authorities.get(authority)
        return f"{known.title} ({authority})" if known else authority

    def _say_slot(self, slot: Slot) -> str:
        whose = ", ".join(self._who(each) for each in sorted(slot.authorities))
        return f"{slot.name}: {whose}" if whose else slot.name

    def _say_choice(self, choice: Choice) -> str:
        toponym, usage = choice.toponym, choice.usage
        which = f"{toponym.lang}, {toponym.name_id}"
        row = f"{toponym.name!r} ({which}) for {choice.slot.name}"
        sources = ", ".join(toponym.sources)
        derived = choice.derived or toponym
        if choice.bearing == "derived":
            whose = "; by language, not by authority" if choice.by_language else ""
            how = f"computed by {derived.translit} from {derived.from_name}"
            if derived is not toponym:
                how = f"as {derived.name!r}, {how}; sources {sources}"
            return f"{row}: no name of theirs is attested, so {how}{whose}"
        if usage is None:
            return f"{row}: by language, whoever uses it; sources {sources}"
        far = ", another date than asked" if choice.bearing == "attested" else ""
        return (
            f"{row}: {usage.status} by {self._who(usage.authority)}, "
            f"{usage.valid}{far}; source {usage.source}"
        )
