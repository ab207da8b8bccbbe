"""Which elements are open, and what that means for the text that comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.documents.html.elements import (
    CELLS,
    CODE,
    HEADINGS,
    HIDDEN,
    IMPLIED,
    QUOTING,
    REOPENED,
    SPECIAL,
)
from gazetteer.errors import LanguageTagError
from gazetteer.languages.tags import language_tag

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEEPEST", "OpenElements", "State"]

DEEPEST: Final = 1000
"""Elements in one another; browsers give up at half of that."""

# https://html.spec.whatwg.org/#has-an-element-in-scope
_SCOPE: Final = frozenset(
    ("applet", "caption", "html", "marquee", "object", "table", "td", "template", "th")
)
# https://html.spec.whatwg.org/#has-an-element-in-table-scope: ends of these may be all
# that ends the cells and rows in them
_TABLE_PARTS: Final = frozenset(("table", "tbody", "tfoot", "thead", "tr"))
_TABLE_SCOPE: Final = frozenset(("html", "table", "template"))
_QUOTED: Final = "inside a quotation, which is never changed"
_UNTRANSLATED: Final = "inside an element that says that it is not to be translated"


class State(NamedTuple):
    """What is known of text.

    Attributes:
        role, reason: what protects it, as `gazetteer.text.ROLES` has it; may be empty.
        lang: as stated; None if it is not, empty if it is stated to be unknown.
        own: whether `lang` is that of the whole page.
        heading: whether it stands in a heading.
        cell: the number of the cell of a table that it stands in; 0 for none.
        kept: whether its spaces and line ends are as written.
        hidden: whether it is no running text at all.
        translated: whether it may be translated.
    """

    role: str = ""
    reason: str = ""
    lang: str | None = None
    own: bool = True
    heading: bool = False
    kept: bool = False
    hidden: bool = False
    cell: int = 0
    translated: bool = True


class _Element(NamedTuple):
    name: str
    attributes: Mapping[str, str]
    state: State


class OpenElements:
    """The elements that are open, the outermost first."""

    def __init__(self) -> None:
        self._open: list[_Element] = []
        self._cells = 0
        self.dropped = False

    @property
    def state(self) -> State:
        """What is known of the text that comes next."""
        return self._open[-1].state if self._open else State()

    def __len__(self) -> int:
        return len(self._open)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open an element, and close what its start tag closes."""
        implied = IMPLIED.get(name)
        if implied is not None:
            first = len(self._open)
            for at in range(len(self._open) - 1, -1, -1):
                if self._open[at].name in implied.within:
                    break
                if self._open[at].name in implied.ends:
                    first = at
            self._close(first)
        self._push(name, attributes)

    def end(self, name: str) -> None:
        """Close an element if it is open and the end tag reaches it."""
        stops = _SCOPE if name in SPECIAL else SPECIAL
        if name in _TABLE_PARTS:
            stops = _TABLE_SCOPE
        for at in range(len(self._open) - 1, -1, -1):
            here = self._open[at].name
            if here == name:
                self._close(at)
                return
            if name in REOPENED:
                continue
            if here in stops:
                return

    def _close(self, first: int) -> None:
        """Close the elements from one on, but go on with formatting in the others."""
        closed = self._open[first:]
        del self._open[first:]
        for element in closed[1:]:
            if element.name in REOPENED:
                self._push(element.name, element.attributes)

    def _push(self, name: str, attributes: Mapping[str, str]) -> None:
        state = _inside(self.state, name, attributes)
        if name in CELLS:
            self._cells += 1
            state = state._replace(cell=self._cells)
        self._open.append(_Element(name, attributes, state))


def _inside(outer: State, name: str, attributes: Mapping[str, str]) -> State:
    state = outer
    lang = attributes.get("lang", attributes.get("xml:lang"))
    if lang is not None:
        own = name in ("html", "body") and outer.own
        state = state._replace(lang=_tag(lang), own=own)
    translate = attributes.get("translate")
    if translate is not None:
        translated = translate.strip().lower() != "no"
        state = state._replace(translated=translated)
    if "notranslate" in attributes.get("class", "").split():
        state = state._replace(translated=False)
    if name in HEADINGS:
        state = state._replace(heading=True)
    if name in HIDDEN:
        state = state._replace(hidden=True)
    if name in ("pre", "listing"):
        state = state._replace(kept=True)
    return _protected(state, name)


def _tag(lang: str) -> str:
    """Return a language as a tag; empty if it is none, so that it is not known."""
    try:
        return language_tag(lang.strip())
    except LanguageTagError:
        return ""


def _protected(state: State, name: str) -> State:
    if name in QUOTING and state.role != "code":
        return state._replace(role="quotation", reason=_QUOTED)
    if name in CODE:
        return state._replace(role="code", reason=f"inside <{name}>")
    if state.reason == _UNTRANSLATED and state.translated:
        return state._replace(role="", reason="")
    if not state.role and not state.translated:
        return state._replace(role="code", reason=_UNTRANSLATED)
    return state
