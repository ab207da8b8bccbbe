"""HTML, written so that nothing in a text can be taken for markup."""

from __future__ import annotations

import unicodedata
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Html", "direction", "isolated", "join", "tag", "text"]

_RIGHT = ("R", "AL")
_STRONG = ("L", *_RIGHT)


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def text(value: str) -> Html:
    """Return text as HTML.

    Examples:
        >>> text("a < b")
        'a &lt; b'
    """
    return value if isinstance(value, Html) else Html(escape(value, quote=False))


def join(parts: Iterable[str], between: str = "") -> Html:
    """Return parts, text or HTML, as one piece of HTML."""
    return Html(between.join(map(text, parts)))


def tag(name: str, *parts: str, **attributes: str | None) -> Html:
    """Return an element; ``class_`` is class, ``aria_label`` is aria-label.

    An attribute that is None is left out.

    Examples:
        >>> tag("p", "a < b", class_="x", id=None)
        '<p class="x">a &lt; b</p>'
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{said}>{join(parts)}</{name}>")


def direction(value: str) -> str:
    r"""Return the direction of a text: ``rtl`` or ``ltr``, by its first strong letter.

    Examples:
        >>> direction("abc"), direction("(\u0634)")
        ('ltr', 'rtl')
    """
    for character in value:
        kind = unicodedata.bidirectional(character)
        if kind in _STRONG:
            return "rtl" if kind in _RIGHT else "ltr"
    return "ltr"


def isolated(value: str, lang: str | None = None) -> Html:
    """Return a name with its language and direction, apart from the text around it."""
    return tag("bdi", value, lang=lang or None, dir=direction(value))
