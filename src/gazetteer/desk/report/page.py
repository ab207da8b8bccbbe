"""The page: the text under each perspective, the reasons, the places and their map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.desk.note import note_lines, sources_of
from gazetteer.desk.report.atlas import Spot, draw_map
from gazetteer.desk.report.passages import (
    Mark,
    flows,
    labelled,
    marked,
    marks_of,
    paragraphs,
    plain_marked,
)
from gazetteer.display.markup import Html, direction, isolated, join, tag
from gazetteer.errors import UnknownPlaceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.gazetteer import Gazetteer
    from gazetteer.model import Place
    from gazetteer.render import Rendering

__all__ = ["html_report"]

_STYLE = Path(__file__).with_name("style.css")
_VIEWPORT = "width=device-width, initial-scale=1"
_POINTS = ("city", "facility", "town", "village")


class _Column(NamedTuple):
    """What one perspective makes of the texts."""

    title: str
    perspective: str
    renderings: Sequence[Rendering]
    marks: Sequence[Sequence[Mark]]

    @property
    def all_marks(self) -> list[Mark]:
        return [mark for marks in self.marks for mark in marks]


def html_report(
    gazetteer: Gazetteer,
    columns: Sequence[Sequence[Rendering]],
    *,
    title: str,
    names: Sequence[str] = (),
) -> str:
    """Return a page that shows what perspectives make of a document, and why.

    Args:
        gazetteer: by which the texts were rendered.
        columns: for each perspective the renderings of the document's texts; the texts
            are the same in each. Most documents have one text.
        title: what to call the document.
        names: what to call its texts, where it has several.

    Raises:
        ValueError: if there is no column, or the columns are not of the same texts.
    """
    _require_same(columns)
    shown = [
        _Column(
            gazetteer.perspectives[renderings[0].perspective].title,
            renderings[0].perspective,
            renderings,
            [
                marks_of(each, f"p{number}t{text}")
                for text, each in enumerate(renderings, start=1)
            ],
        )
        for number, renderings in enumerate(columns, start=1)
    ]
    places = _places(gazetteer, shown)
    lang = shown[0].renderings[0].lang
    body = [
        tag("a", "Skip to the text", href="#text", class_="skip"),
        _header(title, shown),
        tag(
            "main",
            _texts(shown, names),
            *(_reasons(column, number) for number, column in enumerate(shown, 1)),
            _place_table(gazetteer, shown, places, lang),
            _map(gazetteer, shown, places, lang),
            _notes(gazetteer, shown),
        ),
    ]
    head = join(
        [
            Html('<meta charset="utf-8">'),
            Html(
                '<meta name="viewport" content="width=device-width, initial-scale=1">'
            ),
            Html('<link rel="icon" href="data:,">'),
            tag("title", f"Place names in {title}"),
            tag("style", Html(_STYLE.read_text("utf-8"))),
        ],
        "\n",
    )
    page = tag("html", "\n", tag("head", head), "\n", tag("body", *body), lang="en")
    return f"<!DOCTYPE html>\n{page}\n"


def _require_same(columns: Sequence[Sequence[Rendering]]) -> None:
    if not columns or not columns[0]:
        raise ValueError("no rendering; one perspective and one text at least would do")
    texts = [[each.source for each in renderings] for renderings in columns]
    if any(each != texts[0] for each in texts):
        raise ValueError("the columns are not of the same texts")


# ------------------------------------------------------------------ the text


def _header(title: str, columns: Sequence[_Column]) -> Html:
    first = columns[0].renderings[0]
    counts = [
        tag(
            "li",
            tag("strong", column.title),
            f" ({column.perspective}, version {column.renderings[0].version}): "
            f"{_count(column, 'changed')} changed, {_count(column, 'left')} left, "
            f"{_count(column, 'kept')} already as wanted",
        )
        for column in columns
    ]
    links = [("#text", "Text")]
    links += [(f"#reasons-{n}", c.title) for n, c in enumerate(columns, 1)]
    links += [("#places", "Places"), ("#map", "Map"), ("#note", "Note on place names")]
    warnings = dict.fromkeys(
        warning
        for column in columns
        for rendering in column.renderings
        for warning in rendering.warnings
    )
    return tag(
        "header",
        tag("h1", "Place names in ", isolated(title)),
        tag("p", f"Data: version {first.data_version}", class_="quiet"),
        tag("ul", *counts),
        *(tag("p", tag("strong", "Warning: "), warning) for warning in warnings),
        tag(
            "nav",
            tag("ul", *(tag("li", tag("a", name, href=at)) for at, name in links)),
            aria_label="Parts of this page",
        ),
    )


def _count(column: _Column, kind: str) -> int:
    return sum(mark.kind == kind for mark in column.all_marks)


def _texts(columns: Sequence[_Column], names: Sequence[str]) -> Html:
    key = tag(
        "ul",
        tag("li", tag("span", "changed", class_="mention changed"), " to the label"),
        tag(
            "li",
            tag("span", "left", class_="mention left"),
            " as written, for a reason",
        ),
        tag("li", tag("span", "kept", class_="mention"), ", already as wanted"),
        class_="key",
    )
    heads = ["As written", *(column.title for column in columns)]
    head = tag(
        "tr", *(tag("th", each, scope="col", role="columnheader") for each in heads)
    )
    rows = []
    for number, written in enumerate(columns[0].renderings):
        if len(names) > number and names[number]:
            wide = str(len(heads))
            heading = tag("th", names[number], colspan=wide, scope="rowgroup")
            rows.append(tag("tr", heading, role="row"))
        rows += [
            _paragraph(columns, number, span, heads)
            for span in paragraphs(written.source)
        ]
    table = tag(
        "table",
        tag("caption", "Numbers lead to the reasons; they are told on hover, too."),
        tag("thead", head, role="rowgroup"),
        tag("tbody", *rows, role="rowgroup"),
        class_="texts stack",
        role="table",
    )
    return tag("section", tag("h2", "Text"), key, table, id="text")


def _paragraph(
    columns: Sequence[_Column], number: int, span: tuple[int, int], heads: Sequence[str]
) -> Html:
    written = columns[0].renderings[number]
    source = written.source
    lang = None if written.lang == "und" else written.lang
    way = direction(source[slice(*span)])
    flow = " flow" if flows(source[slice(*span)]) else ""
    shown = [plain_marked(source, span, columns[0].marks[number])]
    for column in columns:
        cell = marked(source, span, column.marks[number], written.lang)
        if span[1] == len(source):
            cell = join([cell, *_footnotes(column.renderings[number])])
        shown.append(cell)
    kinds = [f"written{flow}", *([flow.strip() or None] * len(columns))]
    cells = [
        tag("td", cell, class_=kind, lang=lang, dir=way, role="cell", data_head=head)
        for cell, kind, head in zip(shown, kinds, heads, strict=True)
    ]
    return tag("tr", *cells, role="row")


def _footnotes(rendering: Rendering) -> Iterator[str]:
    for change in rendering.changes:
        if not change.place_id:
            yield change.after


# --------------------------------------------------------------- the reasons


def _reasons(column: _Column, number: int) -> Html:
    told = [mark for mark in column.all_marks if mark.key]
    kept = [mark for mark in column.all_marks if not mark.key]
    lang = column.renderings[0].lang
    parts: list[str] = [tag("h2", f"Reasons: {column.title}")]
    parts.append(tag("p", column.renderings[0].policy))
    for kind, heading in (("changed", "Changed"), ("left", "Left as written")):
        marks = [mark for mark in told if mark.kind == kind]
        parts.append(tag("h3", f"{heading} ({len(marks)})"))
        if marks:
            parts.append(_list(marks, heading, lang))
    if kept:
        listed = tag("ul", *(_kept(mark) for mark in kept))
        summary = tag("summary", f"Already as wanted ({len(kept)})")
        parts.append(tag("details", summary, listed))
    return tag("section", *parts, id=f"reasons-{number}")


def _list(marks: Sequence[Mark], caption: str, lang: str) -> Html:
    changed = any(mark.kind == "changed" for mark in marks)
    heads = ["No.", "Line", "As written", *(["Now"] * changed), "Why"]
    kinds = ["where", "name", *(["name"] * changed), None]
    head = tag("tr", *(tag("th", each, scope="col") for each in heads))
    rows = []
    for mark in marks:
        shown: list[str] = [mark.where, isolated(mark.before)]
        if changed:
            shown.append(labelled(mark.after, mark.label, lang))
        shown.append(_why(mark))
        back = tag("a", str(mark.number), href=f"#at-{mark.key}")
        cells = [tag("th", back, scope="row", class_="number", id=f"why-{mark.key}")]
        for title, cell, kind in zip(heads[1:], shown, kinds, strict=True):
            cells.append(tag("td", cell, data_head=title, class_=kind))
        rows.append(tag("tr", *cells))
    return tag(
        "table",
        tag("caption", f"{caption}, in the order of the text"),
        tag("thead", head),
        tag("tbody", *rows),
        class_="list stack",
    )


def _why(mark: Mark) -> str:
    label = mark.label
    if label is None:
        return f"{mark.code}: {mark.reason}"
    said = [mark.reason]
    if not label.complete:
        rejected = ", ".join(sorted({who for _, who in label.rejected_by}))
        by = f" (rejected by {rejected})" if rejected else ""
        said.append(f"not accepted by all parties{by}")
    if label.sources:
        said.append(f"sources: {', '.join(label.sources)}")
    return "; ".join(said)


def _kept(mark: Mark) -> Html:
    return tag("li", isolated(mark.before), f" ({mark.where}): {mark.reason}")


# ---------------------------------------------------------------- the places


def _places(gazetteer: Gazetteer, columns: Sequence[_Column]) -> list[Place]:
    """Return the places that mentions surely name, in the order of the text."""
    ids: dict[str, None] = {}
    for mark in columns[0].all_marks:
        if len(mark.place_ids) == 1:
            ids.setdefault(mark.place_ids[0])
    places: dict[str, Place] = {}
    for place_id in ids:
        try:
            place = gazetteer[place_id]
        except UnknownPlaceError:  # pragma: no cover  (from another gazetteer)
            continue
        places.setdefault(place.place_id, place)
    return list(places.values())


def _place_table(
    gazetteer: Gazetteer,
    columns: Sequence[_Column],
    places: Sequence[Place],
    lang: str,
) -> Html:
    heads = ["No.", "Id", "Type", *(column.title for column in columns), "Point"]
    rows = []
    for number, place in enumerate(places, start=1):
        cells = [tag("th", str(number), scope="row", class_="number")]
        shown = [
            place.place_id,
            place.type,
            *(_label(gazetteer, place, column, lang) for column in columns),
            _point(place),
        ]
        for title, cell in zip(heads[1:], shown, strict=True):
            cells.append(tag("td", cell, data_head=title))
        rows.append(tag("tr", *cells))
    if not rows:
        return tag("section", tag("h2", "Places"), tag("p", "None."), id="places")
    table = tag(
        "table",
        tag("caption", "Places that the text surely names, and their labels"),
        tag("thead", tag("tr", *(tag("th", each, scope="col") for each in heads))),
        tag("tbody", *rows),
        class_="list stack",
    )
    return tag("section", tag("h2", "Places"), table, id="places")


def _label(gazetteer: Gazetteer, place: Place, column: _Column, lang: str) -> Html:
    shown = _name(gazetteer, place, column, lang)
    label = gazetteer.label(place, column.perspective, lang=_spoken(lang))
    return labelled(shown, label if label.text == shown else None, lang)


def _name(gazetteer: Gazetteer, place: Place, column: _Column, lang: str) -> str:
    label = gazetteer.label(place, column.perspective, lang=_spoken(lang))
    return label.text or gazetteer.title(place, _spoken(lang))


def _spoken(lang: str) -> str:
    return "en" if lang == "und" else lang


def _point(place: Place) -> str:
    if place.lat is None or place.lon is None:
        return "—"
    north, east = ("N", "S")[place.lat < 0], ("E", "W")[place.lon < 0]
    return f"{abs(place.lat):.2f}° {north}, {abs(place.lon):.2f}° {east}"


def _map(
    gazetteer: Gazetteer,
    columns: Sequence[_Column],
    places: Sequence[Place],
    lang: str,
) -> Html:
    first = columns[0]
    spots = [
        Spot(
            number,
            _name(gazetteer, place, first, lang),
            place.lat,
            place.lon,
            place.type not in _POINTS,
        )
        for number, place in enumerate(places, start=1)
        if place.lat is not None and place.lon is not None
    ]
    if not spots:
        nothing = tag("p", "No place of the text has a point.")
        return tag("section", tag("h2", "Map"), nothing, id="map")
    unknown = len(places) - len(spots)
    described = "; ".join(f"{spot.number} {spot.name}" for spot in spots)
    caption = (
        f"Names as in “{first.title}”, numbers as in the table of places. A dashed "
        f"ring stands for an area. Land only: the map shows no borders, since borders "
        f"take sides. Land: Natural Earth, public domain."
    )
    if unknown:
        caption += f" Places without a point: {unknown}."
    figure = tag(
        "figure",
        draw_map(spots, title="The places of the text", described=described),
        tag("figcaption", caption),
    )
    return tag("section", tag("h2", "Map"), figure, id="map")


# ------------------------------------------------------------------ the note


def _notes(gazetteer: Gazetteer, columns: Sequence[_Column]) -> Html:
    parts: list[str] = [tag("h2", "Note on place names")]
    for column in columns:
        if len(columns) > 1:
            parts.append(tag("h3", column.title))
        parts.append(tag("p", " ".join(note_lines(gazetteer, column.perspective))))
        labels = [mark.label for mark in column.all_marks if mark.label is not None]
        sources = sources_of(gazetteer, column.perspective, labels)
        if sources:
            items = [
                tag(
                    "li",
                    tag("a", source.title or source.source, href=source.url)
                    if source.url.startswith(("http://", "https://"))
                    else source.title or source.source,
                    f" ({source.source}"
                    f"{f', read {source.retrieved}' if source.retrieved else ''})",
                )
                for source in sources
            ]
            summary = tag("summary", f"Sources ({len(items)})")
            parts.append(tag("details", summary, tag("ul", *items), open=""))
    return tag("section", *parts, id="note")
