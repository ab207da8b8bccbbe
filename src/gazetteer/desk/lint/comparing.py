"""What is wrong with the names of a text only if they are looked at together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.dates import parse_date
from gazetteer.languages.scripts import primary_language
from gazetteer.render.obstacles import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.dates import Interval
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.model import Place, Toponym
    from gazetteer.text import Mention

__all__ = ["Named", "former", "inconsistent"]

_SHOWN = 3


class Named(NamedTuple):
    """A mention of one certain place."""

    mention: Mention
    place: Place

    @property
    def rows(self) -> list[Toponym]:
        """The rows of the place that have the written name."""
        mine = self.place.place_id
        return [row for row in self.mention.toponyms if row.place_id == mine]

    @property
    def forms(self) -> frozenset[str]:
        """The forms that the written name has; short and full are not the same."""
        return frozenset(row.form for row in self.rows)


def inconsistent(names: Sequence[Named]) -> Iterator[tuple[Named, str, str]]:
    """Yield each mention that calls its place otherwise than most do.

    Abbreviations beside full names, and pairs of names, are not inconsistent.

    Yields:
        the mention, the name that most have, and what to say.
    """
    by_place: dict[str, list[Named]] = {}
    for each in names:
        if each.mention.names == 1 and "abbr" not in each.forms:
            by_place.setdefault(each.place.place_id, []).append(each)
    for group in by_place.values():
        counts = Counter(_spelling(each.mention.text) for each in group)
        if len(counts) == 1:
            continue
        usual, _ = counts.most_common(1)[0]
        first = next(each for each in group if _spelling(each.mention.text) == usual)
        for each in group:
            written = each.mention.text
            if _spelling(written) == usual or same_name(written, first.mention.text):
                continue
            if not each.forms & first.forms:
                continue
            yield each, first.mention.text, f"the text calls it {_times(counts, usual)}"


def _spelling(name: str) -> str:
    return " ".join(name.casefold().split())


def _times(counts: Counter[str], usual: str) -> str:
    others = sum(counts.values()) - counts[usual]
    return f"otherwise {counts[usual]} of {counts[usual] + others} times"


def former(
    gazetteer: Gazetteer,
    names: Sequence[Named],
    *,
    perspective: str,
    lang: str,
    event: str | None,
    published: str | None,
) -> Iterator[tuple[Named, str]]:
    """Yield each mention whose name was in use at none of the dates, and what to say.

    Only names of which the data say when they were in use can be out of date; nothing
    is if neither date is given.
    """
    days = [parse_date(each) for each in (event, published) if each]
    for each in names if days else ():
        rows = _of_language(each.rows, lang)
        if not rows or not all(row.valid.dated for row in rows):
            continue
        if any(row.valid.overlaps(day) for row in rows for day in days):
            continue
        when = ", ".join(sorted({row.valid.text for row in rows}))
        said = f"in use {when}, not {' or '.join(day.text for day in days)}"
        label = gazetteer.label(
            each.place, perspective, lang=lang, event=event, published=published
        )
        then = [] if label.kept else [label.text]
        if not then and not each.place.contested:
            then = _names_then(each.place, lang, days)
        yield each, said + (f"; then: {', '.join(map(repr, then))}" if then else "")


def _of_language(rows: Sequence[Toponym], lang: str) -> Sequence[Toponym]:
    """Return the rows in a language, or all of them if there is none."""
    primary = primary_language(lang)
    return [row for row in rows if primary_language(row.lang) == primary] or rows


def _names_then(place: Place, lang: str, days: Sequence[Interval]) -> list[str]:
    primary = primary_language(lang)
    names = [
        row.name
        for row in place.toponyms
        if primary_language(row.lang) == primary
        and row.lang != f"{primary}-Latn"
        and row.form in ("full", "short")
        and row.valid.dated
        and any(row.valid.overlaps(day) for day in days)
        and all(usage.status != "rejected" for usage in row.usages)
    ]
    return list(dict.fromkeys(names))[:_SHOWN]
