"""What elements mean for the text in them, and which end without saying so."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = [
    "BLOCKS",
    "CELLS",
    "CODE",
    "HEADINGS",
    "HIDDEN",
    "IMPLIED",
    "QUOTING",
    "REOPENED",
    "REPLACED",
    "SPECIAL",
    "VOID",
    "Implied",
]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID: Final = _names(
    "area base br col embed hr img input link meta param source track wbr"
)
"""https://html.spec.whatwg.org/#void-elements"""

HEADINGS: Final = _names("caption figcaption h1 h2 h3 h4 h5 h6 title")
CELLS: Final = _names("td th")
QUOTING: Final = _names("blockquote cite q")
CODE: Final = _names("code kbd pre samp tt var")
HIDDEN: Final = _names(
    "datalist iframe math noembed noframes option plaintext script select style svg "
    "template textarea xmp"
)
"""What they hold is no running text of the page, or is sent to a server as it is."""

REPLACED: Final = _names(
    "audio canvas embed iframe img input math object select svg textarea video"
)
"""A thing among the words: what stands before and after it is not one word."""

BLOCKS: Final = _names(
    "address article aside blockquote body caption center col colgroup dd details "
    "dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "head header hgroup hr html legend li listing main menu nav ol p plaintext "
    "pre search section summary table tbody td tfoot th thead "
    "title tr ul xmp"
)
"""Text before, in and after them are paragraphs of their own."""

SPECIAL: Final = BLOCKS | _names(
    "applet area base basefont bgsound br button embed frame frameset iframe img input "
    "link marquee meta noembed noframes noscript object param script select source "
    "style template textarea track wbr"
)
"""An end tag of another element does not reach over them.

https://html.spec.whatwg.org/#special
"""

REOPENED: Final = _names("code tt")
"""Formatting elements that go on in the next paragraph if they were not ended.

https://html.spec.whatwg.org/#reconstruct-the-active-formatting-elements
"""


class Implied(NamedTuple):
    """A start tag ends those of `ends` that are open above the nearest of `within`."""

    ends: frozenset[str]
    within: frozenset[str]


def _implied(ends: str, within: str) -> Implied:
    return Implied(_names(ends), _names(within))


_CELLS: Final = "td th"
_ROWS: Final = "tr td th caption colgroup"
_SECTIONS: Final = "tbody thead tfoot tr td th caption colgroup"
_P: Final = _implied("p", "applet button caption marquee object table td th template")

IMPLIED: Final = {
    **dict.fromkeys(BLOCKS - {"body", "head", "html", "title"}, _P),
    "li": _implied("li p", "ol ul menu table td th"),
    "dt": _implied("dt dd p", "dl table td th"),
    "dd": _implied("dt dd p", "dl table td th"),
    "tr": _implied(_ROWS, "table"),
    "td": _implied(_CELLS, "tr table"),
    "th": _implied(_CELLS, "tr table"),
    **dict.fromkeys(sorted(_names("tbody thead tfoot")), _implied(_SECTIONS, "table")),
    "option": _implied("option", "select datalist optgroup"),
}
"""https://html.spec.whatwg.org/#optional-tags"""
