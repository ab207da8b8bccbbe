"""A label, and a comparison of labels, as a notebook shows them.

What is printed stands beside the perspective that prints it, never as a heading of its
own: the label of a one-sided perspective is that side's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.display.card import Name, card, folded, items, table
from gazetteer.display.markup import Html, isolated, join, tag

if TYPE_CHECKING:
    from gazetteer.labels.comparison import Comparison
    from gazetteer.labels.label import Label
    from gazetteer.model import Toponym, Usage

__all__ = ["comparison_card", "label_card"]


def label_card(label: Label) -> str:
    """Return a label as HTML."""
    where = f" calls {label.place_id} in {label.lang!r}"
    when = [
        f"{what} {date}"
        for what, date in (("event", label.event), ("published", label.published))
        if date
    ]
    lacks = [f"missing: {slot}" for slot in label.missing]
    lacks += [f"by language only: {name}" for name in label.by_language]
    lacks += [f"{name} is rejected by {who}" for name, who in label.rejected_by]
    return card(
        tag(
            "p",
            "What ",
            tag("b", label.perspective),
            f" (version {label.version}){where}{''.join(f', {each}' for each in when)}",
        ),
        tag("p", printed(label), class_="gazetteer-main"),
        items(lacks),
        table(
            ("name", "language", "status", "authority", "when", "sources"),
            [_row(*each) for each in zip(label.toponyms, label.usages, strict=True)],
        ),
        items(f"note {note.mark or note.id}: {note.text}" for note in label.notes),
        folded(
            f"Why: rule {label.rule}" if label.rule else "Why: no rule gives a name",
            items(label.reasons, ordered=True),
        ),
    )


def comparison_card(comparison: Comparison) -> str:
    """Return labels as a table: a row for each perspective."""
    langs = comparison.langs
    body = [
        tag(
            "tr",
            tag("th", name, scope="row"),
            *(tag("td", printed(each)) for each in labels),
        )
        for name, labels in comparison.by_perspective()
    ]
    head = tag(
        "tr",
        *(tag("th", each, scope="col") for each in ("perspective", *langs)),
    )
    about = ", ".join(dict.fromkeys(each.place_id for each in comparison))
    return card(
        tag("p", "What each perspective calls ", tag("b", about)),
        tag("table", tag("thead", head), tag("tbody", *body)),
    )


def printed(label: Label) -> Html:
    """Return what a label prints; in words where the author's own text stays."""
    name = isolated(label.text, label.lang) if label.text else Html()
    if label.withheld:
        stays = "the author’s own text stays"  # noqa: RUF001
        if not name:
            return tag("i", stays)
        return join([tag("i", f"{stays}; known: "), name])
    if label.complete:
        return name
    return join([name, tag("small", " (incomplete)")])


def _row(toponym: Toponym, usage: Usage | None) -> tuple[str, ...]:
    sources = {*toponym.sources, *([usage.source] if usage else [])}
    return (
        Name(toponym.name, toponym.lang),
        toponym.lang,
        usage.status if usage else "",
        usage.authority if usage else "",
        usage.valid.text if usage else "",
        " ".join(sorted(sources)),
    )
