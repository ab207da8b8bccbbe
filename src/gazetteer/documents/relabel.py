"""Render the text of a document: each stretch in the language that it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from gazetteer.languages.scripts import primary_language
from gazetteer.render import Change, Refusal
from gazetteer.render.renderer import UNLIKE
from gazetteer.text import ProtectedSpan, language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gazetteer.documents.flat import FlatText, Stretch
    from gazetteer.render import Rendering
    from gazetteer.resolve import Context
    from gazetteer.text import Mention

__all__ = ["Finds", "Renders", "mentions_of", "relabel"]

_UNREACHED = (
    "the name goes over a line break or another thing in the document that is no text"
)


class Renders(Protocol):
    """What renders a text: a gazetteer, or a renderer over tables."""

    def render(
        self, text: str, perspective: str, *, lang: str | None = None, **options: Any
    ) -> Rendering:
        """Return the text with its mentions relabelled, and a report of each."""


class Finds(Protocol):
    """What finds the mentions of a text: a gazetteer, or a renderer over tables."""

    def find(
        self,
        text: str,
        *,
        lang: str | None = None,
        markup: str = "plain",
        protected: Sequence[ProtectedSpan] = (),
        context: Context | None = None,
    ) -> list[Mention]:
        """Return the mentions in order, each with its resolution."""


def mentions_of(
    finder: Finds,
    flat: FlatText,
    *,
    markup: str = "plain",
    lang: str | None = None,
    context: Context | None = None,
) -> list[Mention]:
    """Return the mentions of a text, each found in the language that it stands in.

    Args:
        finder: in plain text.
        flat: the text.
        markup: of the text.
        lang: BCP 47 tag, which wins over what the document says of itself as a whole.
        context: what else is known of the places.
    """
    whole = lang or flat.lang or language_of(flat.text)
    own = primary_language(whole)
    others = [each for each in flat.languages if primary_language(each.value) != own]
    spans = [(each.start, each.end, each.value) for each in others]
    mentions = [
        mention
        for tag in dict.fromkeys((whole, *(each.value for each in others)))
        for mention in finder.find(
            flat.text,
            lang=tag,
            markup=markup,
            protected=flat.protected,
            context=context,
        )
        if _language_at(spans, mention.start, whole) == tag
    ]
    return sorted(mentions, key=lambda each: each.start) if others else mentions


def _language_at(spans: Sequence[tuple[int, int, str]], at: int, whole: str) -> str:
    return next((tag for first, end, tag in spans if first <= at < end), whole)


def relabel(
    renderer: Renders,
    flat: FlatText,
    perspective: str,
    *,
    possible: Callable[[Change], bool],
    lang: str | None = None,
    **options: Any,
) -> Rendering:
    """Return a text with its mentions relabelled.

    Args:
        renderer: of plain text.
        flat: the text.
        perspective: name of the policy.
        possible: tells whether a change can be made in the document.
        lang: BCP 47 tag, which wins over what the document says of itself as a whole;
            stretches of a language of their own are rendered in that.
        **options: as `gazetteer.render.Renderer.render` takes them.
    """

    def rendered(tag: str | None, protected: Iterable[ProtectedSpan]) -> Rendering:
        return renderer.render(
            flat.text,
            perspective,
            lang=tag,
            protected=(*flat.protected, *protected),
            headings=flat.headings,
            **options,
        )

    whole = rendered(lang or flat.lang or None, ())
    own = primary_language(whole.lang)
    others = [each for each in flat.languages if primary_language(each.value) != own]
    if not others:
        return _reachable(whole, flat, possible)
    parts = [_within(rendered(whole.lang, map(_other, others)), others, "")]
    for tag in dict.fromkeys(each.value for each in others):
        rest = [each for each in others if each.value != tag]
        protected = [*map(_other, rest), *_between(flat, others)]
        parts.append(_within(rendered(tag, protected), others, tag))
    merged = parts[0]._replace(
        changes=_in_order(parts),
        refusals=tuple(sorted(each for part in parts for each in part.refusals)),
        kept=tuple(sorted(each for part in parts for each in part.kept)),
        warnings=tuple(
            dict.fromkeys(
                each
                for part in parts
                for each in part.warnings
                # of course not: the stretches in other languages are within it
                if not each.startswith(UNLIKE)
            )
        ),
        footnotes=tuple(
            dict.fromkeys(each for part in parts for each in part.footnotes)
        ),
    )
    return _reachable(merged, flat, possible)


def _in_order(parts: Iterable[Rendering]) -> tuple[Change, ...]:
    changes = {
        (each.start, each.end, each.after): each
        for part in parts
        for each in part.changes
    }
    return tuple(changes[key] for key in sorted(changes))


def _other(stretch: Stretch) -> ProtectedSpan:
    reason = f"in a stretch that says that it is in {stretch.value!r}"
    return ProtectedSpan(stretch.start, stretch.end, "phrase", reason)


def _between(flat: FlatText, others: Iterable[Stretch]) -> Iterator[ProtectedSpan]:
    """Yield what is in the language of the whole text."""
    reason = "in the language of the whole text"
    end = 0
    for stretch in others:
        if stretch.start > end:
            yield ProtectedSpan(end, stretch.start, "phrase", reason)
        end = stretch.end
    if end < len(flat.text):
        yield ProtectedSpan(end, len(flat.text), "phrase", reason)


def _within(rendering: Rendering, others: Iterable[Stretch], tag: str) -> Rendering:
    """Return what a report says of the stretches in one language; empty for the rest.

    Notes go with the language whose label has them.
    """
    spans = [(each.start, each.end, each.value) for each in others]

    def here(start: int) -> bool:
        return _language_at(spans, start, "") == tag

    return rendering._replace(
        changes=tuple(
            each for each in rendering.changes if not each.label or here(each.start)
        ),
        refusals=tuple(each for each in rendering.refusals if here(each.start)),
        kept=tuple(each for each in rendering.kept if here(each.start)),
    )


def _reachable(
    rendering: Rendering, flat: FlatText, possible: Callable[[Change], bool]
) -> Rendering:
    """Return a rendering without the changes that the document does not allow."""
    changes: list[Change] = []
    refusals = list(rendering.refusals)
    pieces: list[str] = []
    end = size = 0
    for change in rendering.changes:
        if change.label is not None and not possible(change):
            ids = (change.place_id,)
            span = (change.start, change.end, change.before)
            refusals.append(Refusal(*span, ids, "fit", _UNREACHED))
            continue
        size += change.start - end
        changes.append(
            change._replace(new_start=size, new_end=size + len(change.after))
        )
        pieces += [flat.text[end : change.start], change.after]
        size += len(change.after)
        end = change.end
    pieces.append(flat.text[end:])
    return rendering._replace(
        text="".join(pieces), changes=tuple(changes), refusals=tuple(sorted(refusals))
    )
