"""Find the mentions of places in a text, and what protects each of them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from gazetteer.languages.inflection import load_inflection
from gazetteer.text.draft import Draft, Reading, possessive
from gazetteer.text.duals import join_duals
from gazetteer.text.glosses import find_glosses
from gazetteer.text.inflected import classify_inflected, find_cases
from gazetteer.text.literals import literals
from gazetteer.text.markdown import emphasised, markdown_spans
from gazetteer.text.mention import Mention, ProtectedSpan
from gazetteer.text.naming import find_contrast, find_naming
from gazetteer.text.notes import note_spans
from gazetteer.text.paired import find_paired
from gazetteer.text.quotations import quotations
from gazetteer.text.reports import Sentences
from gazetteer.text.roles import find_compound, find_role, find_types
from gazetteer.text.scan import Scan
from gazetteer.text.titles import find_title
from gazetteer.text.words import HANDLED, load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.text.names import Found, NameFinder

__all__ = ["find_mentions"]

# Of several things that protect a mention, the first of these is told.
_RANK = ("code", "quotation", "phrase", "title", "person")


def find_mentions(
    text: str,
    finder: NameFinder,
    *,
    lang: str = "en",
    markup: str = "plain",
    protected: Sequence[ProtectedSpan] = (),
) -> list[Mention]:
    """Return the mentions of a text in order; none overlaps another.

    Args:
        text: plain text or Markdown.
        finder: the names to look for.
        lang: BCP 47 tag of the text. What protects a mention is known for the
            languages of `HANDLED`; in another language exact names are found, and
            words that may be inflected names.
        markup: ``plain`` or ``markdown``.
        protected: more spans that must never be changed.
    """
    primary = lang.split("-", 1)[0].lower()
    words = load_words(primary)
    scan = Scan(text, words)
    inflection = load_inflection(lang)
    found = list(finder.find(text, lang))
    drafts = [_draft(scan, each) for each in found if each.phrase is None]
    if primary not in HANDLED:
        return _elsewhere(scan, finder, drafts)
    drafts = join_duals(scan, words, drafts)
    for draft in drafts:
        if inflection is None:
            draft.suffix = possessive(text, draft.end)
        else:
            find_cases(text, draft, inflection)
    reading = Reading(scan, words, finder, drafts)
    spans = [*protected, *literals(text), *note_spans(text), *quotations(text, words)]
    spans += [
        ProtectedSpan(
            each.start,
            each.end,
            "phrase",
            f"is part of the fixed phrase {each.phrase.text!r}",
        )
        for each in found
        if each.phrase is not None
    ]
    if markup == "markdown":
        spans += markdown_spans(text)
        spans += _works_in_italics(reading)
    quoted = _apply(drafts, spans)
    sentences = Sentences(reading)
    if inflection is None:
        _classify(reading, sentences)
    else:
        classify_inflected(reading, sentences, inflection)
    find_glosses(reading, quoted)
    return [
        Mention(
            draft.start,
            draft.end,
            text[draft.start : draft.end],
            draft.toponyms,
            draft.role,
            draft.reason,
            draft.suffix,
            sentences.reported(draft.start),
            draft.names,
            draft.hyphenated,
            draft.types,
            cases=draft.cases,
            glossable=draft.role == "quotation" and draft.glossable,
            glossed=draft.glossed,
        )
        for draft in drafts
    ]


def _draft(scan: Scan, found: Found) -> Draft:
    first = scan.word_at(found.start)
    last = first + found.words - 1
    return Draft(first, last, (found.start, found.end), found.toponyms)


def _classify(reading: Reading, sentences: Sentences) -> None:
    for draft in reading.drafts:
        find_types(reading, draft)
    for draft in reading.drafts:
        find_compound(reading, draft)
        find_title(reading, draft)
        find_role(reading, draft)
        find_naming(reading, draft, about_names=sentences.about_names(draft.start))
        find_paired(reading, draft, sentences)
    for left, right in pairwise(reading.drafts):
        find_contrast(reading, left, right)


def _apply(
    drafts: list[Draft], spans: Iterable[ProtectedSpan]
) -> dict[int, ProtectedSpan]:
    """Protect the mentions that overlap a span; return the quotations by mention."""
    starts = [draft.start for draft in drafts]
    quoted: dict[int, ProtectedSpan] = {}
    hits: dict[int, ProtectedSpan] = {}
    also: set[int] = set()  # what more than one thing protects
    for span in spans:
        at = max(bisect_right(starts, span.start) - 1, 0)
        while at < len(drafts) and drafts[at].start < span.end:
            if drafts[at].end > span.start:
                known = hits.get(at)
                if known is not None and known.role != span.role:
                    also.add(at)
                if known is None or _rank(span) < _rank(known):
                    hits[at] = span
                if span.role == "quotation" and (
                    at not in quoted or _size(span) < _size(quoted[at])
                ):
                    quoted[at] = span
            at += 1
    for at, span in hits.items():
        drafts[at].protect(span.role, span.reason)
    for at in also:
        drafts[at].glossable = False
    return quoted


def _rank(span: ProtectedSpan) -> int:
    return _RANK.index(span.role) if span.role in _RANK else len(_RANK)


def _size(span: ProtectedSpan) -> int:
    return span.end - span.start


def _works_in_italics(reading: Reading) -> list[ProtectedSpan]:
    """Return what is set off by single marks and written like a title or a word."""
    scan, spans = reading.scan, []
    joiners = reading.words["joiner"]
    for start, end in emphasised(scan.text):
        numbers = range(scan.word_at(start), scan.word_at(end))
        inside = [reading.named.get(number) for number in numbers]
        if not any(inside):
            continue
        alone = all(draft is not None and draft is inside[0] for draft in inside)
        titled = scan.capital(numbers.start) and all(
            scan.capital(number) or scan.keys[number] in joiners for number in numbers
        )
        if alone or titled:
            reason = "set off in italics: a title, or a word spoken of"
            spans.append(ProtectedSpan(start, end, "title", reason))
    return spans


def _elsewhere(scan: Scan, finder: NameFinder, drafts: list[Draft]) -> list[Mention]:
    """Return the mentions in a language whose inflection is not handled."""
    named = {word for draft in drafts for word in range(draft.first, draft.last + 1)}
    for number, key in enumerate(scan.keys):
        if number not in named and not scan.raw[number][0].islower():
            rows = finder.inflected(key)
            if rows:
                span = (scan.starts[number], scan.ends[number])
                drafts.append(Draft(number, number, span, tuple(rows)))
                drafts[-1].protect("inflected", "may be an inflected form of a name")
    drafts.sort(key=lambda draft: draft.start)
    return [
        Mention(
            draft.start,
            draft.end,
            scan.text[draft.start : draft.end],
            draft.toponyms,
            draft.role,
            draft.reason,
        )
        for draft in drafts
    ]
