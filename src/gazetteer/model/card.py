"""A place as a notebook shows it: all its rows, each with who says so.

It is headed by its id. Its title would be its label under a perspective, which the
place itself does not know, and any one of its names might be one side's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.display.card import Name, card, facts, folded, table
from gazetteer.display.markup import tag

if TYPE_CHECKING:
    from gazetteer.model.values import Place, Toponym, Usage

__all__ = ["place_card", "summary"]

# More are shut away, all of them: the first in any order might be one side's.
_OPEN: Final = 24


def summary(place: Place) -> str:
    """Return a place on one line: its id, its type, and how much is known."""
    names = [row for row in place.toponyms if row.form != "hidden"]
    langs = {row.lang for row in names}
    said = [
        f"{place.place_id} ({place.type})",
        f"{_count(len(names), 'name')} in {_count(len(langs), 'language')}",
        f"contested: {place.dispute}" if place.dispute else "",
        f"replaced by {place.replaced_by}" if place.replaced_by else "",
    ]
    return "; ".join(part for part in said if part)


def place_card(place: Place) -> str:
    """Return a place as HTML."""
    names = sorted(
        (row for row in place.toponyms if row.form != "hidden"),
        key=lambda row: (row.lang, row.name, row.name_id),
    )
    relations = [
        (
            row.predicate.replace("_", " "),
            row.object,
            row.according_to,
            row.valid.text,
            row.source,
        )
        for row in place.relations
    ]
    links = [
        f"{each.scheme}:{each.id}"
        if each.match == "exact"
        else f"{each.scheme}:{each.id} ({each.match})"
        for each in place.link_rows
    ]
    point = ""
    if place.lat is not None and place.lon is not None:
        point = f"{place.lat:g}, {place.lon:g}"
    return card(
        tag("p", tag("b", place.place_id), f" {place.type.replace('-', ' ')}"),
        facts(
            [
                ("contested", place.dispute),
                ("point", point),
                ("existed", place.exists.text),
                ("languages", " ".join(place.langs)),
                ("replaced by", place.replaced_by),
                ("note", place.note),
                ("links", ", ".join(links)),
            ]
        ),
        folded(
            _count(len(names), "name"),
            table(
                ("name", "language", "who uses it", "sources"),
                [_row(each) for each in names],
            ),
            shut=len(names) > _OPEN,
        ),
        folded(
            _count(len(relations), "relation") + ", each as one party states it",
            table(("", "place", "says", "when", "source"), relations),
            shut=len(relations) > _OPEN,
        ),
    )


def _row(row: Toponym) -> tuple[str, ...]:
    marks = [row.lang]
    if row.form != "full":
        marks.append(row.form)
    if row.derived:
        marks.append(f"derived by {row.translit}")
    if row.valid.dated:
        marks.append(str(row.valid))
    used = "; ".join(map(_usage, row.usages))
    return Name(row.name, row.lang), ", ".join(marks), used, " ".join(row.sources)


def _usage(usage: Usage) -> str:
    when = f", {usage.valid}" if usage.valid.dated else ""
    return f"{usage.status}: {usage.authority}{when}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
