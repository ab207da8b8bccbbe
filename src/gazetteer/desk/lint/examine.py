"""Look at one text: what does the perspective say of its names."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.desk.lint.comparing import Named, former, inconsistent
from gazetteer.desk.lint.ignoring import Ignores
from gazetteer.desk.lint.rules import Finding, Fix
from gazetteer.desk.positions import Positions
from gazetteer.documents import mentions_of, open_document, relabel
from gazetteer.resolve import Context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.desk.positions import Position
    from gazetteer.documents import Document
    from gazetteer.documents.flat import FlatText
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.render import Change, Rendering
    from gazetteer.resolve import Resolution
    from gazetteer.text import Mention

__all__ = ["LintOptions", "examine", "examine_document"]

# Refusals that leave a name in the author's own voice; what is protected is nobody's
# fault, and what is in another script or language is told once for the whole text.
_LEFT = frozenset(
    {"rejected", "no-name", "one-side", "form", "fit", "reported", "inflection"}
    | {"compound", "inflected", "script"}
)
_LISTED = 4
_UNSURE = frozenset({"ambiguous", "extent", "type"})


class LintOptions(NamedTuple):
    """How a text is looked at.

    Attributes:
        perspective: whose names it should have.
        lang: BCP 47 tag of the text; told by the text if None.
        event, published: EDTF dates of what is told and of the telling.
        reported: ``render`` or ``keep``, as `gazetteer.Gazetteer.render` takes it.
        quotations: ``keep`` or ``gloss``; what is not glossed is found then.
        context: what else is known of the places.
    """

    perspective: str = "neutral"
    lang: str | None = None
    event: str | None = None
    published: str | None = None
    reported: str = "render"
    context: Context | None = None
    quotations: str = "keep"


class _Found(NamedTuple):
    start: int
    end: int
    rule: str
    message: str
    place_ids: tuple[str, ...] = ()
    change: Change | None = None


def examine(
    gazetteer: Gazetteer,
    text: str,
    options: LintOptions | None = None,
    *,
    file: str = "-",
    markup: str = "plain",
    skip: Iterable[str] = (),
) -> list[Finding]:
    """Return what is wrong with the names of a text, in the order of the text.

    Args:
        gazetteer: the data in use.
        text: the whole text.
        options: whose names it should have; the neutral ones if None.
        file: what to call it in the findings.
        markup: ``plain`` or ``markdown``.
        skip: rules that are not looked for.

    Raises:
        UnknownPerspectiveError, DateError, ContextError: as rendering has them.
    """
    # a half of a character is none; nothing is found in it
    raw = text.encode("utf-8", "replace")
    document = open_document(raw, file, format=markup)
    return examine_document(gazetteer, document, options, file=file, skip=skip)


def examine_document(
    gazetteer: Gazetteer,
    document: Document,
    options: LintOptions | None = None,
    *,
    file: str = "-",
    skip: Iterable[str] = (),
) -> list[Finding]:
    """Return what is wrong with the names of a document, in its order.

    Each of its texts is looked at for itself: what one field calls a place says nothing
    of another.

    Args:
        gazetteer: the data in use.
        document: as `gazetteer.documents.open_document` returns it.
        options: whose names it should have; the neutral ones if None.
        file: what to call it in the findings.
        skip: rules that are not looked for.

    Raises:
        UnknownPerspectiveError, DateError, ContextError: as rendering has them.
    """
    positions = Positions(document)
    ignores = Ignores(document, positions.lines)
    skipped = frozenset(skip)
    findings: list[Finding] = []
    unchecked: set[str] = set()
    for text in document.texts:
        for each in _looked_at(gazetteer, document, text, options or LintOptions()):
            if each.rule == "unchecked-text":
                # of a thousand cells this is not said a thousand times
                if each.message in unchecked:
                    continue
                unchecked.add(each.message)
            findings.append(_placed(each, document, text, positions, file))
    findings = [
        each
        for each in findings
        if each.rule not in skipped and not ignores.allow(each)
    ]
    findings += [
        _finding(each, positions.of_source(each.start, each.end), document.source, file)
        for each in _of_comments(ignores)
        if each.rule not in skipped
    ]
    if document.encoding:
        findings.sort(key=lambda each: (each.start, each.end, each.rule))
    return findings


def _looked_at(
    gazetteer: Gazetteer, document: Document, text: FlatText, options: LintOptions
) -> list[_Found]:
    rendering = relabel(
        gazetteer,
        text,
        options.perspective,
        possible=lambda change: document.possible(text, change),
        lang=options.lang,
        event=options.event,
        published=options.published,
        markup=document.markup,
        reported=options.reported,
        quotations=options.quotations,
        context=options.context,
        footnotes="report",
    )
    context = (options.context or Context())._replace(
        event=options.event, published=options.published
    )
    mentions = mentions_of(
        gazetteer, text, lang=rendering.lang, markup=document.markup, context=context
    )
    found = [*_of_rendering(rendering), *_of_doubt(mentions, rendering)]
    taken = _Spans((each.start, each.end) for each in found)
    names = [
        Named(mention, mention.resolution.match.place)
        for mention in mentions
        if mention.resolution is not None
        and mention.resolution.match is not None
        and not mention.protected
        and mention not in taken
    ]
    found += _of_names(gazetteer, names, options, rendering.lang)
    return sorted(found, key=lambda each: (each.start, each.end, each.rule))


def _of_rendering(rendering: Rendering) -> Iterator[_Found]:
    for change in rendering.changes:
        if change.place_id:
            yield _Found(
                change.start,
                change.end,
                "other-label",
                f"{rendering.perspective} writes {change.after!r} ({change.rule})",
                (change.place_id,),
                change,
            )
    for refusal in rendering.refusals:
        if refusal.code in _LEFT:
            span = (refusal.start, refusal.end)
            yield _Found(*span, "left-name", refusal.reason, refusal.place_ids)
    for warning in rendering.warnings:
        # doubts about a label are not about the text, and what was left is told there
        if not warning.startswith(("the label ", "left because ")):
            yield _Found(0, 0, "unchecked-text", warning)


def _of_doubt(mentions: Sequence[Mention], rendering: Rendering) -> Iterator[_Found]:
    settled = _Spans((each.start, each.end) for each in rendering.changes)
    refusals = {(each.start, each.end): each.code for each in rendering.refusals}
    for mention in mentions:
        resolution = mention.resolution
        if mention.protected or resolution is None or resolution.match is not None:
            continue
        if mention in settled:
            continue  # whichever is meant, the perspective calls it the same
        refusal = refusals.get((mention.start, mention.end), "")
        if refusal in _LEFT or (not refusal and resolution.outcome != "ambiguous"):
            continue
        if refusal and refusal not in _UNSURE:
            continue
        yield _ambiguous(mention, resolution)


def _ambiguous(mention: Mention, resolution: Resolution) -> _Found:
    types = {each.place.place_id: each.place.type for each in resolution.candidates}
    ids = mention.place_ids
    listed = [
        f"{each} ({types[each]})" if each in types else each for each in ids[:_LISTED]
    ]
    more = ", …" if len(ids) > _LISTED else ""
    message = f"{len(ids)} places have this name: {', '.join(listed)}{more}"
    return _Found(mention.start, mention.end, "ambiguous-name", message, ids)


class _Spans:
    """Stretches of a text that do not overlap each other."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(set(spans))

    def __contains__(self, mention: Mention) -> bool:
        at = bisect_left(self._spans, (mention.end, 0)) - 1
        return at >= 0 and self._spans[at][1] > mention.start


def _of_names(
    gazetteer: Gazetteer, names: Sequence[Named], options: LintOptions, lang: str
) -> Iterator[_Found]:
    told = set()
    for named, message in former(
        gazetteer,
        names,
        perspective=options.perspective,
        lang=lang,
        event=options.event,
        published=options.published,
    ):
        told.add(named.mention.start)
        yield _found(named, "former-name", message)
    for named, usual, message in inconsistent(names):
        if named.mention.start not in told:
            yield _found(named, "inconsistent-name", f"{message}, as in {usual!r}")


def _found(named: Named, rule: str, message: str) -> _Found:
    mention = named.mention
    return _Found(mention.start, mention.end, rule, message, (named.place.place_id,))


def _of_comments(ignores: Ignores) -> Iterator[_Found]:
    for comment in ignores.comments:
        for name in comment.unknown:
            message = f"no rule is called {name!r}"
            yield _Found(comment.start, comment.end, "bad-ignore", message)
    for comment in ignores.unused():
        message = "the comment allows nothing that is there"
        yield _Found(comment.start, comment.end, "unused-ignore", message)


def _placed(
    found: _Found,
    document: Document,
    text: FlatText,
    positions: Positions,
    file: str,
) -> Finding:
    position = positions.of(text, found.start, found.end)
    finding = _finding(found, position, text.text, file)
    if found.change is None:
        return finding
    edit = document.fixed(text, found.change)
    if edit is not None:
        return finding._replace(fix=Fix(*edit))
    fix = Fix(position.start, position.end, found.change.after)
    return finding._replace(fix=None if document.encoding else fix)


def _finding(found: _Found, position: Position, text: str, file: str) -> Finding:
    return Finding(
        file,
        position.start,
        position.end,
        position.line,
        position.column,
        position.end_line,
        position.end_column,
        found.rule,
        text[found.start : found.end],
        found.message,
        found.place_ids,
        None,
        position.where,
    )
