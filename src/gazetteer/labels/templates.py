"""Templates: how the names of the slots are set together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Part", "Template", "TemplateError", "parse_template"]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"([1-9])(\.lang)?", re.ASCII)


class TemplateError(ValueError):
    """A template has a placeholder that means nothing, or stray braces."""


class Part(NamedTuple):
    """One piece of a template.

    Attributes:
        kind: ``text``, ``name`` (of a slot), ``lang`` (name of the language of that
            name), ``all`` (every name, joined) or ``author`` (the text that is there).
        text: the literal text, or what joins the names of ``all``.
        slot: 1-based number of the slot; 0 where none is meant.
    """

    kind: str
    text: str = ""
    slot: int = 0


class Template(NamedTuple):
    """A parsed template; `text` is what the policy's author wrote."""

    text: str
    parts: tuple[Part, ...]

    @property
    def keeps(self) -> bool:
        """Whether the author's own name stays: the template is ``{author}``."""
        return any(part.kind == "author" for part in self.parts)

    @property
    def takes_all(self) -> bool:
        """Whether it prints every name, however many there are."""
        return any(part.kind == "all" for part in self.parts)

    @property
    def used(self) -> frozenset[int]:
        """The numbers of the slots that it prints."""
        return frozenset(part.slot for part in self.parts if part.slot)

    @property
    def slots(self) -> int:
        """How many slots it needs, by its highest number."""
        return max(self.used, default=0)

    @property
    def separator(self) -> str:
        """What joins the names: that of ``{all:…}``, or else a slash."""
        return next((part.text for part in self.parts if part.kind == "all"), "/")

    def fill(self, names: Sequence[str], languages: Sequence[str | None]) -> str | None:
        """Return the text, or None where a slot or the name of a language is missing.

        Args:
            names: one a slot, in the order of printing.
            languages: what the language of each name is called; None if not known.

        Examples:
            >>> template = parse_template("{1} ({2.lang}: {2})")
            >>> template.fill(["red", "rot"], ["English", "German"])
            'red (German: rot)'
            >>> parse_template("{all: / }").fill(["red", "rot"], [None, None])
            'red / rot'
        """
        pieces: list[str] = []
        for part in self.parts:
            if part.kind == "all":
                pieces.append(part.text.join(names))
                continue
            if part.slot > len(names):
                return None
            piece: str | None = part.text
            if part.kind == "name":
                piece = names[part.slot - 1]
            elif part.kind == "lang":
                piece = languages[part.slot - 1]
            if piece is None:
                return None
            pieces.append(piece)
        return "".join(pieces)


def parse_template(text: str) -> Template:
    """Read a template.

    Placeholders: ``{1}`` the name of a slot, ``{1.lang}`` what the language of that
    name is called, ``{all:SEP}`` every name joined by SEP, ``{author}`` the name
    that the author of the text wrote; the last must stand alone, since nothing can be
    set beside a text that is not known.

    Raises:
        TemplateError: saying which placeholder is wrong and what would do.
    """
    parts: list[Part] = []
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        if match.start() > end:
            parts.append(Part("text", text[end : match.start()]))
        parts.append(_placeholder(match[1]))
        end = match.end()
    if end < len(text):
        parts.append(Part("text", text[end:]))
    if any("{" in part.text or "}" in part.text for part in parts):
        raise TemplateError("a brace has no partner")
    template = Template(text, tuple(parts))
    if template.keeps and len(parts) > 1:
        raise TemplateError("{author} must stand alone")
    if all(part.kind == "text" for part in parts):
        raise TemplateError("it prints no name; '{1}' or '{all:/}' would")
    return template


def _placeholder(inside: str) -> Part:
    if inside == "author":
        return Part("author")
    if inside.startswith("all:"):
        return Part("all", inside.removeprefix("all:"))
    match = _NUMBER.fullmatch(inside)
    if match is None:
        raise TemplateError(
            f"{{{inside}}} is no placeholder; there are {{1}} to {{9}}, {{1.lang}}, "
            f"{{all:/}} and {{author}}"
        )
    return Part("lang" if match[2] else "name", slot=int(match[1]))
