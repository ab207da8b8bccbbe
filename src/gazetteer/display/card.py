"""A value as a piece of HTML that stands in somebody else's page, such as a notebook.

It has no script and takes its colours from the page around it, so that it is as
readable on a dark page as on a light one, and without its style sheet too, which some
pages take away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from gazetteer.display.markup import Html, isolated, join, tag, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Name", "card", "facts", "folded", "items", "table"]

# Shades are see-through, so that what lies under them shows its own colour.
_STYLE: Final = Html(
    ".gazetteer-card{border:1px solid rgba(128,128,128,.45);border-radius:4px;"
    "padding:.5em .9em;max-width:70em;overflow-x:auto;line-height:1.45}"
    ".gazetteer-card p{margin:.3em 0}"
    ".gazetteer-card .gazetteer-main{font-size:1.2em}"
    ".gazetteer-card .gazetteer-text{white-space:pre-wrap}"
    ".gazetteer-card table{border-collapse:collapse;margin:.4em 0;font-size:inherit}"
    ".gazetteer-card table th,.gazetteer-card table td{text-align:start!important;"
    "vertical-align:top;padding:.15em .8em .15em 0;white-space:normal;max-width:28em}"
    ".gazetteer-card summary{cursor:pointer}"
    ".gazetteer-card ul,.gazetteer-card ol{margin:.3em 0;padding-inline-start:1.4em}"
    ".gazetteer-card ins{background:rgba(46,160,67,.25);color:inherit}"
    ".gazetteer-card del{background:rgba(248,81,73,.2);color:inherit}"
    ".gazetteer-card mark{background:rgba(210,153,34,.3);color:inherit}"
)


class Name(str):
    """A place's name in a cell: shown in its own language and direction.

    Attributes:
        lang: BCP 47 tag; empty where it is not known.
    """

    __slots__ = ("lang",)

    lang: str

    def __new__(cls, value: str, lang: str = "") -> Self:
        """Hold a name and its language."""
        name = super().__new__(cls, value)
        # of a registered dual name, `mul` says that it is in several languages
        name.lang = "" if lang == "mul" else lang
        return name


def _cell(value: str) -> Html:
    return isolated(value, value.lang) if isinstance(value, Name) else text(value)


def card(*parts: str) -> str:
    """Return parts as one card."""
    return str(
        tag(
            "div",
            tag("style", _STYLE),
            *(part for part in parts if part),
            class_="gazetteer-card",
            lang="en",
            dir="ltr",
        )
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    """Return rows as a table; nothing where there is none.

    Examples:
        >>> table(["name"], [[Name("a<b", "en")]]).partition("<tbody>")[2]
        '<tr><td><bdi lang="en" dir="ltr">a&lt;b</bdi></td></tr></tbody></table>'
    """
    body = [tag("tr", *(tag("td", _cell(cell)) for cell in row)) for row in rows]
    if not body:
        return Html()
    head = tag("tr", *(tag("th", each, scope="col") for each in header))
    return tag("table", tag("thead", head), tag("tbody", *body))


def facts(pairs: Iterable[tuple[str, str]]) -> Html:
    """Return what is known under a heading each; what is not known is left out."""
    rows = [
        tag("tr", tag("th", name, scope="row"), tag("td", _cell(value)))
        for name, value in pairs
        if value
    ]
    return tag("table", tag("tbody", *rows)) if rows else Html()


def items(values: Iterable[str], *, ordered: bool = False) -> Html:
    """Return a list; nothing where there is nothing to list."""
    shown = [tag("li", value) for value in values]
    return tag("ol" if ordered else "ul", *shown) if shown else Html()


def folded(summary: str, *parts: str, shut: bool = True) -> Html:
    """Return parts that a reader opens; nothing where there is none."""
    inside = join(part for part in parts if part)
    if not inside:
        return Html()
    return tag(
        "details", tag("summary", summary), inside, open=None if shut else "open"
    )
