"""Look at one text: what does the perspective say of its names."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.desk.lines import Lines
from gazetteer.desk.lint.comparing import Named, former, inconsistent
from gazetteer.desk.lint.ignoring import Ignores
from gazetteer.desk.lint.rules import Finding, Fix
from gazetteer.resolve import Context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.gazetteer import Gazetteer
    from gazetteer.render import Rendering
    from gazetteer.resolve import Resolution
    from gazetteer.text import Mention

__all__ = ["Wanted", "examine"]

# Refusals that leave a name in the author's own voice; what is protected is nobody's
# fault, and what is in another script or language is told once for the whole text.
_LEFT = frozenset(
    {"rejected", "no-name", "one-side", "form", "fit", "reported", "case"}
    | {"compound", "inflected", "script"}
)
_LISTED = 4
_UNSURE = frozenset({"ambiguous", "extent", "type"})


class Wanted(NamedTuple):
    """How a text is looked at.

    Attributes:
        perspective: whose names it should have.
        lang: BCP 47 tag of the text; told by the text if None.
        event, published: EDTF dates of what is told and of the telling.
        reported: ``render`` or ``keep``, as `gazetteer.Gazetteer.render` takes it.
        context: what else is known of the places.
    """

    perspective: str = "neutral"
    lang: str | None = None
    event: str | None = None
    published: str | None = None
    reported: str = "render"
    context: Context | None = None


class _Found(NamedTuple):
    start: int
    end: int
    rule: str
    message: str
    place_ids: tuple[str, ...] = ()
    fix: Fix | None = None


def examine(
    gazetteer: Gazetteer,
    text: str,
    wanted: Wanted | None = None,
    *,
    file: str = "-",
    markup: str = "plain",
    skip: Iterable[str] = (),
) -> list[Finding]:
    """Return what is wrong with the names of a text, in the order of the text.

    Args:
        gazetteer: the data in use.
        text: the whole text.
        wanted: whose names it should have; the neutral ones if None.
        file: what to call it in the findings.
        markup: ``plain`` or ``markdown``.
        skip: rules that are not looked for.

    Raises:
        UnknownPerspectiveError, DateError, ContextError: as rendering has them.
    """
    wanted = wanted or Wanted()
    lines = Lines(text)
    rendering = gazetteer.render(
        text,
        wanted.perspective,
        lang=wanted.lang,
        event=wanted.event,
        published=wanted.published,
        markup=markup,
        reported=wanted.reported,
        context=wanted.context,
        footnotes="report",
    )
    context = (wanted.context or Context())._replace(
        event=wanted.event, published=wanted.published
    )
    mentions = gazetteer.find(text, lang=rendering.lang, markup=markup, context=context)
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
    found += _of_names(gazetteer, names, wanted, rendering.lang)
    ignores = Ignores(text, lines, markup)
    skipped = frozenset(skip)
    findings = [
        _placed(each, text, lines, file) for each in found if each.rule not in skipped
    ]
    findings = [each for each in findings if not ignores.allow(each)]
    findings += [
        _placed(each, text, lines, file)
        for each in _of_comments(ignores)
        if each.rule not in skipped
    ]
    return sorted(findings, key=lambda each: (each.start, each.end, each.rule))


def _of_rendering(rendering: Rendering) -> Iterator[_Found]:
    for change in rendering.changes:
        if change.place_id:
            yield _Found(
                change.start,
                change.end,
                "other-label",
                f"{rendering.perspective} writes {change.after!r} ({change.rule})",
                (change.place_id,),
                Fix(change.start, change.end, change.after),
            )
    for refusal in rendering.refusals:
        if refusal.code in _LEFT:
            span = (refusal.start, refusal.end)
            yield _Found(*span, "left-name", refusal.reason, refusal.place_ids)
    for warning in rendering.warnings:
        # doubts about a label are not about the text
        if not warning.startswith("the label "):
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
    gazetteer: Gazetteer, names: Sequence[Named], wanted: Wanted, lang: str
) -> Iterator[_Found]:
    told = set()
    for named, message in former(
        gazetteer,
        names,
        perspective=wanted.perspective,
        lang=lang,
        event=wanted.event,
        published=wanted.published,
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


def _placed(found: _Found, text: str, lines: Lines, file: str) -> Finding:
    line, column = lines.at(found.start)
    end_line, end_column = lines.at(found.end)
    return Finding(
        file,
        found.start,
        found.end,
        line,
        column,
        end_line,
        end_column,
        found.rule,
        text[found.start : found.end],
        found.message,
        found.place_ids,
        found.fix,
    )
