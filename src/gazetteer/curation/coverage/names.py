"""What there is by type, by language, by area, by certainty and by source."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from gazetteer.curation.coverage.counting import attested, langs_of
from gazetteer.curation.coverage.figures import Cell, Figures
from gazetteer.languages.scripts import primary_language

if TYPE_CHECKING:
    from gazetteer.curation.coverage.counting import Counted

__all__ = ["areas", "authorities", "languages", "lines", "totals", "types"]

_ENOUGH: Final = 10
"""Places from which an area has a row of its own."""
_COLUMNS: Final = 6
"""Languages that have a column of their own."""


def totals(counted: Counted) -> Figures:
    """Count the rows of the tables."""
    tables = counted.gazetteer.tables
    places = counted.places
    names = [row for place in places for row in place.toponyms]
    written = [row for place in places for row in attested(place)]
    verified = sum(map(counted.verified, written))
    rows: list[tuple[Cell, ...]] = [
        ("places", len(places)),
        ("contested places", len(counted.contested)),
        ("names", len(names)),
        ("names that were read somewhere", len(written)),
        ("of these verified", verified),
        ("of these single-source", len(written) - verified),
        ("computed names", sum(row.derived for row in names)),
        ("hidden names", sum(row.form == "hidden" for row in names)),
        ("usages", sum(len(row.usages) for row in names)),
        ("relations", sum(len(place.relations) for place in places)),
        ("links", sum(len(place.link_rows) for place in places)),
        ("disputes", len(tables.disputes)),
        ("authorities", len(tables.authorities)),
        ("sources", len(tables.sources)),
        ("lineages of sources", len(set(counted.lines.values()))),
    ]
    about = "A name is verified when sources of two lineages bear it."
    return Figures("In all", about, ("what", "count"), rows)


def types(counted: Counted) -> Figures:
    """Count places by type."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for place in counted.places:
        names = attested(place)
        sound = sum(map(counted.verified, names))
        found[place.type].update(
            places=1,
            contested=place.contested,
            verified=bool(sound),
            names=len(names),
            sound=sound,
        )
    rows = [
        (
            kind,
            each["places"],
            each["contested"],
            each["verified"],
            each["names"],
            each["sound"],
        )
        for kind, each in sorted(found.items())
    ]
    return Figures(
        "By type",
        "Names that were read somewhere; computed and hidden ones are not counted.",
        ("type", "places", "contested", "with a verified name", "names", "verified"),
        rows,
    )


def languages(counted: Counted) -> Figures:
    """Count names by language."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for place in counted.places:
        for lang in langs_of(place):
            found[lang].update(places=1, contested=place.contested)
        for row in place.toponyms:
            lang = primary_language(row.lang)
            if row.derived:
                found[lang].update(computed=1)
            elif row.form != "hidden":
                found[lang].update(names=1, sound=counted.verified(row))
    rows = [
        (
            lang,
            each["places"],
            each["contested"],
            each["names"],
            each["sound"],
            each["names"] - each["sound"],
            each["computed"],
        )
        for lang, each in sorted(
            found.items(), key=lambda item: (-item[1]["places"], item[0])
        )
    ]
    return Figures(
        "By language and certainty",
        "In whatever script: a name computed from one in another script is counted as "
        "computed, in the language of both.",
        (
            "language",
            "places",
            "contested places",
            "names",
            "verified",
            "single-source",
            "computed",
        ),
        rows,
    )


def areas(counted: Counted) -> Figures:
    """Count settlements by area and language."""
    leading = counted.leading(counted.places, _COLUMNS)
    rows: list[tuple[Cell, ...]] = []
    for area, members in counted.areas.items():
        settled = [place for place in members if place.fclass == "P"]
        if len(settled) < _ENOUGH:
            continue
        have = Counter(lang for place in settled for lang in langs_of(place))
        verified = sum(any(map(counted.verified, attested(place))) for place in settled)
        title = counted.gazetteer.title(area) if area in counted.gazetteer else area
        contested = sum(place.contested for place in settled)
        figures = (len(settled), contested, verified, *(have[each] for each in leading))
        rows.append((title, area, *figures))
    return Figures(
        "By area",
        "Settlements that anybody says are in the area, at any time, and how many of "
        "them have a name in a language: a settlement counts in each of its areas, and "
        f"the rows do not add up. Areas of fewer than {_ENOUGH} are left out.",
        (
            "area",
            "id",
            "settlements",
            "contested",
            "with a verified name",
            *leading,
        ),
        sorted(rows, key=lambda row: (str(row[0]).casefold(), row[1])),
    )


def lines(counted: Counted) -> Figures:
    """Count names by the lineage of their sources."""
    names: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for place in counted.places:
        for row in attested(place):
            of_row = {counted.lines.get(key, key) for key in row.sources}
            names.update(of_row)
            if len(of_row) == 1:
                alone.update(of_row)
    sources = Counter(counted.lines.values())
    rows = [
        (line, sources[line], names[line], alone[line])
        for line in sorted(names, key=lambda each: (-names[each], each))
        if names[line] >= _ENOUGH
    ]
    return Figures(
        "By lineage of sources",
        "Sources that copy one another are one lineage, and one witness. Lineages of "
        f"fewer than {_ENOUGH} names are left out.",
        ("lineage", "sources", "names", "names that no other bears"),
        rows,
    )


def authorities(counted: Counted) -> Figures:
    """Count usages by the kind of authority."""
    kinds = {
        key: each.kind for key, each in counted.gazetteer.tables.authorities.items()
    }
    usages: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for place in counted.places:
        for row in place.toponyms:
            usages.update(kinds.get(use.authority, "") for use in row.usages)
            names.update({kinds.get(use.authority, "") for use in row.usages})
    listed = Counter(kinds.values())
    rows = [
        (kind, listed[kind], names[kind], usages[kind])
        for kind in sorted(listed, key=lambda each: (-usages[each], each))
    ]
    return Figures(
        "By kind of authority",
        "Who is on record with a name.",
        ("kind", "authorities", "names", "usages"),
        rows,
    )
