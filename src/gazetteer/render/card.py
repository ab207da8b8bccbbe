"""A rendered text as a notebook shows it: what was changed, what was left, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.display.card import card, folded, items, table
from gazetteer.display.counts import counted
from gazetteer.display.markup import Html, direction, join, tag
from gazetteer.render.rendering import Refusal

if TYPE_CHECKING:
    from gazetteer.render.rendering import Change, Rendering

__all__ = ["rendering_card"]

_MOST: Final = 4000
_SHOWN: Final = 50


def rendering_card(rendering: Rendering) -> str:
    """Return a rendering as HTML; of a long text its beginning."""
    version = f"version {rendering.version}; data {rendering.data_version}"
    counts = (
        f"{len(rendering.changes)} changed, {len(rendering.refusals)} left, "
        f"{len(rendering.kept)} already as wanted"
    )
    return card(
        tag("p", "Under ", tag("b", rendering.perspective), f" ({version}): {counts}"),
        tag(
            "div",
            *_marked(rendering),
            class_="gazetteer-text",
            lang=rendering.lang or None,
            dir=direction(rendering.source),
        ),
        items(f"note {note.mark}: {note.text}" for note in rendering.footnotes),
        items(f"warning: {each}" for each in rendering.warnings),
        _reasons(rendering),
        folded("The rule of the perspective", tag("p", rendering.policy))
        if rendering.policy
        else "",
    )


def _marked(rendering: Rendering) -> list[Html]:
    parts: list[Html] = []
    at = 0
    source = rendering.source
    marks: list[Change | Refusal] = [*rendering.changes, *rendering.refusals]
    for mark in sorted(marks, key=lambda each: (each.start, each.end)):
        if mark.start < at or mark.end > _MOST:
            continue  # it is in the list below
        parts += [join([source[at : mark.start]]), _shown(mark)]
        at = mark.end
    parts.append(join([source[at : max(at, _MOST)]]))
    if len(source) > max(at, _MOST):
        rest = counted(len(source) - max(at, _MOST), "character")
        parts.append(tag("i", f" … and {rest} more"))
    return parts


def _shown(mark: Change | Refusal) -> Html:
    if isinstance(mark, Refusal):
        return tag("mark", mark.text, title=f"{mark.code}: {mark.reason}")
    new = tag("ins", mark.after, title=mark.reason)
    return join([tag("del", mark.before), " ", new]) if mark.before else new


def _reasons(rendering: Rendering) -> Html:
    rows = [
        (each.start, "changed", each.before, each.after, each.reason)
        for each in rendering.changes
    ]
    rows += [
        (each.start, "left", each.text, "", f"{each.code}: {each.reason}")
        for each in rendering.refusals
    ]
    rows.sort()
    rest = len(rows) - _SHOWN
    return folded(
        "Why",
        table(("", "written", "now", "why"), [row[1:] for row in rows[:_SHOWN]]),
        tag("p", f"and {rest} more: see explain()") if rest > 0 else "",
    )
