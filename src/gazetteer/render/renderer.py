"""Render a text: find, resolve, decide, replace, report."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from gazetteer.dates import parse_date
from gazetteer.languages.scripts import primary_language
from gazetteer.render.asked import Asked, Decision
from gazetteer.render.decision import Decider
from gazetteer.render.footnotes import add_footnotes
from gazetteer.render.referents import Referent, referents
from gazetteer.render.rendering import Change, Kept, Refusal, Rendering
from gazetteer.resolve import Context
from gazetteer.text import (
    HANDLED,
    NameFinder,
    Scan,
    find_mentions,
    language_of,
    load_words,
    seems_foreign,
)
from gazetteer.text.cells import markdown_cells, with_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.labels import Label, Labeller
    from gazetteer.model import Tables
    from gazetteer.resolve import Policy, Resolver
    from gazetteer.text import Mention, ProtectedSpan

__all__ = ["UNLIKE", "Renderer"]

# So many characters tell whether a text is English.
_SAMPLE = 20_000
UNLIKE = "the text does not look like"
_MARKUPS = ("plain", "markdown")
_REPORTED = ("render", "keep")
_QUOTATIONS = ("keep", "gloss")
_HEADING = re.compile(
    r"^[^\S\n]{0,3}#{1,6}\s[^\n]*|^[^\s>][^\n]*(?=\n[^\S\n]{0,3}(?:=+|-{2,})[^\S\n]*\r?$)",
    re.MULTILINE,
)


class Renderer:
    """Renders texts by the perspectives over one set of tables.

    Rendering a rendered text changes nothing.
    """

    def __init__(self, tables: Tables, resolver: Resolver, labeller: Labeller) -> None:
        self._tables = tables
        self._resolver = resolver
        self._labeller = labeller

    @cached_property
    def _finder(self) -> NameFinder:
        return NameFinder(self._tables, self._resolver.index)

    def find(
        self,
        text: str,
        *,
        lang: str | None = None,
        markup: str = "plain",
        protected: Sequence[ProtectedSpan] = (),
        context: Context | None = None,
        policy: Policy | None = None,
    ) -> list[Mention]:
        """Return the mentions of a text in order, each with its resolution.

        Raises:
            ValueError: if there is no such markup.
        """
        _require("markup", markup, _MARKUPS)
        lang = lang or language_of(text)
        mentions = find_mentions(
            text, self._finder, lang=lang, markup=markup, protected=protected
        )
        found = referents(mentions, self._resolver, _context(context, lang), policy)
        return [
            mention._replace(resolution=referent.resolution)
            for mention, referent in zip(mentions, found, strict=True)
        ]

    def render(
        self,
        text: str,
        perspective: str,
        *,
        lang: str | None = None,
        event: str | None = None,
        published: str | None = None,
        markup: str = "plain",
        reported: str = "render",
        quotations: str = "keep",
        footnotes: str = "append",
        context: Context | None = None,
        policy: Policy | None = None,
        protected: Sequence[ProtectedSpan] = (),
        headings: Sequence[tuple[int, int]] = (),
        **facets: str,
    ) -> Rendering:
        """Return the text with its mentions relabelled, and a report of each.

        Args:
            text: plain text or Markdown.
            perspective: name of the policy.
            lang: BCP 47 tag of the text. Without one a text is taken for one in a
                language whose inflection is known if its letters and its words of
                grammar say so, and for English if it is nothing but a name. In
                another language every mention is left.
            event: EDTF date of what is told.
            published: EDTF date of the telling.
            markup: ``plain`` or ``markdown``.
            reported: ``render`` changes a mention in reported speech if the new label
                holds the name that was written; ``keep`` changes none there.
            quotations: ``keep`` leaves them as they are; ``gloss`` puts the label in
                square brackets behind the first quoted mention of a place that needs
                one.
            footnotes: ``append`` puts notes that labels carry at the end of the text,
                ``report`` only into the report.
            context: what else is known of the places.
            policy: the thresholds of resolving.
            protected: spans that must not be changed, beside those that are found.
            headings: spans, in order, where a name takes its compact form; of Markdown
                they are found.
            **facets: whatever else the perspective's rules ask for.

        Raises:
            UnknownPerspectiveError: if there is no such perspective.
            DateError: if a date is not an EDTF date.
            ContextError: if the context cannot be used.
            ValueError: if an option has none of its values.
        """
        _require("markup", markup, _MARKUPS)
        _require("reported", reported, _REPORTED)
        _require("quotations", quotations, _QUOTATIONS)
        _require("footnotes", footnotes, ("append", "report"))
        for date in (event, published):
            if date:
                parse_date(date)
        policy_of = self._labeller.perspectives[perspective]
        lang = lang or language_of(text)
        handled = primary_language(lang) in HANDLED
        mentions = find_mentions(
            text, self._finder, lang=lang, markup=markup, protected=protected
        )
        whole = _context(context, lang, event, published)
        found = referents(mentions, self._resolver, whole, policy)
        warnings: list[str] = []
        asked = Asked(
            perspective,
            lang,
            event,
            published,
            reported,
            quotations,
            markup == "markdown",
            facets,
        )
        if primary_language(lang) == "en" and _foreign(text):
            warnings.append(f"{UNLIKE} {lang!r}")
        if handled:
            headings = headings or (_headings(text) if asked.markdown else ())
            report = self._decided(text, mentions, found, asked, headings)
        else:
            warnings.append(_not_handled(lang))
            report = [
                (mention, referent, Decision("refuse", *_left(mention, lang)))
                for mention, referent in zip(mentions, found, strict=True)
            ]
        changes, labels = _replace(text, report)
        new = _assemble(text, changes)
        notes: tuple[Change, ...] = ()
        new, notes, footnoted = add_footnotes(
            text, new, labels, append=footnotes == "append" and handled
        )
        warnings += [*_doubts(labels), *_uninflected(report)]
        return Rendering(
            text=new,
            source=text,
            changes=(*changes, *notes),
            refusals=tuple(Refusal(*each) for each in _reported(report, "refuse")),
            kept=tuple(Kept(*each) for each in _reported(report, "keep")),
            warnings=tuple(warnings),
            footnotes=footnoted,
            perspective=perspective,
            version=policy_of.version,
            data_version=self._tables.version,
            policy=policy_of.rule_text,
            lang=lang,
        )

    def _decided(
        self,
        text: str,
        mentions: Sequence[Mention],
        found: Sequence[Referent],
        asked: Asked,
        headings: Sequence[tuple[int, int]],
    ) -> list[tuple[Mention, Referent, Decision]]:
        decider = Decider(self._labeller, self._tables.disputes, text, asked)
        starts = [start for start, _ in headings]
        report = []
        covered = 0
        for mention, referent in zip(mentions, found, strict=True):
            if mention.start < covered:
                reason = "it is part of a label that stands there already"
                decision = Decision("keep", "already", reason)
            else:
                at = bisect_right(starts, mention.start) - 1
                heading = at >= 0 and mention.start < headings[at][1]
                decision = decider.decide(mention, referent, heading=heading)
                if decision.code == "already":
                    covered = decision.end
            report.append((mention, referent, decision))
        return report


_Report = list[tuple["Mention", Referent, Decision]]


def _require(option: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise ValueError(f"bad {option} {value!r}: {' or '.join(known)} would do")


def _foreign(text: str) -> bool:
    words = load_words("en")
    return seems_foreign(Scan(text[:_SAMPLE], words), words)


def _context(
    context: Context | None,
    lang: str,
    event: str | None = None,
    published: str | None = None,
) -> Context:
    context = context or Context()
    return context._replace(
        lang=context.lang or (lang if lang != "und" else None),
        event=context.event or event,
        published=context.published or published,
    )


def _not_handled(lang: str) -> str:
    if lang == "und":
        return (
            "no language was given, and the text does not look like English or another "
            "language whose inflection is known; nothing is changed, since names may "
            "be inflected (lang='en' says that it is English)"
        )
    return f"inflection in {lang!r} is not handled yet, so nothing is changed"


def _left(mention: Mention, lang: str) -> tuple[str, str]:
    what = "may be an inflected form; " if mention.role == "inflected" else ""
    return "language", f"{what}inflection in {lang!r} is not handled yet"


def _headings(text: str) -> Sequence[tuple[int, int]]:
    found = [match.span() for match in _HEADING.finditer(text)]
    return with_cells(text, found, markdown_cells(text) if "|" in text else ())


def _replace(text: str, report: _Report) -> tuple[tuple[Change, ...], list[Label]]:
    changes: list[Change] = []
    labels: list[Label] = []
    shift = 0
    for _, _, decision in report:
        fitted, label = decision.fitted, decision.label
        if fitted is None or label is None:
            continue
        labels.append(label)
        new_start = fitted.start + shift
        shift += len(fitted.text) - (fitted.end - fitted.start)
        changes.append(
            Change(
                fitted.start,
                fitted.end,
                new_start,
                new_start + len(fitted.text),
                text[fitted.start : fitted.end],
                fitted.text,
                label.place_id,
                label.rule,
                decision.reason,
                label,
                decision.code == "gloss",
            )
        )
    return tuple(changes), labels


def _assemble(text: str, changes: Iterable[Change]) -> str:
    pieces: list[str] = []
    end = 0
    for change in changes:
        pieces += [text[end : change.start], change.after]
        end = change.end
    pieces.append(text[end:])
    return "".join(pieces)


def _reported(
    report: _Report, kind: str
) -> Iterator[tuple[int, int, str, tuple[str, ...], str, str]]:
    """Yield the fields of each mention of which this was decided."""
    for mention, referent, decision in report:
        if decision.kind == kind:
            yield (
                mention.start,
                mention.end,
                mention.text,
                _ids(mention, referent),
                decision.code,
                decision.reason,
            )


def _ids(mention: Mention, referent: Referent) -> tuple[str, ...]:
    places = tuple(place.place_id for place in referent.places)
    return places or mention.place_ids


def _uninflected(report: _Report) -> list[str]:
    left = [
        mention.text
        for mention, _, decision in report
        if decision.kind == "refuse" and decision.code == "inflection"
    ]
    if not left:
        return []
    listed = ", ".join(map(repr, dict.fromkeys(left)))
    return [f"left because the case of the label is not known: {listed}"]


def _doubts(labels: Iterable[Label]) -> list[str]:
    said = []
    for label in labels:
        if not label.complete:
            who = ", ".join(sorted({authority for _, authority in label.rejected_by}))
            by = f": rejected by {who}" if who else ""
            said.append(f"the label {label.text!r} is not accepted by all parties{by}")
    return list(dict.fromkeys(said))
