"""The names that begin with some words, read from the index when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.folding.words import parts_of
from gazetteer.languages import casing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index import Index
    from gazetteer.languages.inflection import Inflection
    from gazetteer.model import Phrase, Toponym

__all__ = ["UNKNOWN", "Name", "Node"]

# rows of these forms are written in one way only, or are inflected words themselves
_UNCHANGED: Final = ("abbr", "adj", "demonym")
_EV: Final = "\u0587"
_NOTHING: Final[dict[str, Node | None]] = {}


class Name:
    """A name that ends at a node: its words, what follows the last, its rows."""

    __slots__ = ("_index", "_rows", "_words", "tail", "text")

    def __init__(self, text: str, index: Index) -> None:
        self.text = text
        self._words: tuple[str, ...] | None = None
        self.tail = ""
        if not text[-1:].isalnum():
            self._words, self.tail = parts_of(text)
        self._index = index
        self._rows: tuple[Toponym, ...] | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, as it is written."""
        if self._words is None:
            self._words, _ = parts_of(self.text)
        return self._words

    @property
    def toponyms(self) -> tuple[Toponym, ...]:
        """The rows that bear it, by place and name_id."""
        if self._rows is None:
            rows = [row for row in self._index.lookup(self.text) if self._bears(row)]
            self._rows = tuple(sorted(rows, key=_place_and_name))
        return self._rows

    def _bears(self, row: Toponym) -> bool:
        return row.name == self.text

    def is_written(
        self, words: tuple[str, ...], inflection: Inflection | None = None
    ) -> bool:
        """Tell whether the words of a text are this name in any case, or a form of it.

        Args:
            words: composed, without unseen characters.
            inflection: of the language of the text.
        """
        own = self.words
        if words == own or self._is_in_case(words):
            return True
        return (
            inflection is not None
            and bool(inflection.tags(own, words))
            and any(row.form not in _UNCHANGED for row in self.toponyms)
        )

    def _is_in_case(self, words: tuple[str, ...]) -> bool:
        if not all(map(_same_case, words, self.words)):
            return False
        # an abbreviation in other letters is another word
        return any(row.form != "abbr" for row in self.toponyms)


class Node:
    """Some words of names, and what may follow them, by what is written: gap and word.

    There are many, and what Python has to look through to tell what is no longer used
    takes as long as to find the names: so a node is made of few objects.
    """

    __slots__ = ("goes_on", "names", "next", "path", "phrases")

    def __init__(self, path: str, names: tuple[Name, ...], *, goes_on: bool) -> None:
        # it is asked of what is followed alone
        self.path = path if goes_on else ""
        self.names = names
        self.goes_on = goes_on
        self.phrases: Sequence[tuple[str, Phrase]] = ()
        # nothing is looked for after words that no longer name begins with
        self.next: dict[str, Node | None] = {} if goes_on else _NOTHING

    # A word that is at most one name, in its own letters, begins what its node says:
    # such a node stands for a `Start`, as most do.

    @property
    def first(self) -> Node:
        """Itself, of which it has to be looked what follows."""
        return self

    @property
    def further(self) -> tuple[Node, ...]:
        """Itself, alone."""
        return (self,)


UNKNOWN: Final = Node("", (), goes_on=False)
"""Stands for a node that was not looked for yet."""


def _place_and_name(toponym: Toponym) -> tuple[str, str]:
    return toponym.place_id, toponym.name_id


def _same_case(written: str, name: str) -> bool:
    if written == name:
        return True
    upper = name.upper()
    return (
        written == upper
        # Turkish and Azerbaijani capitals, which str.upper does not know
        or written == upper.replace("I", "\u0130")
        or (name.islower() and written == name[:1].upper() + name[1:])
        # and those of the Armenian ligature of ev in the reformed spelling
        or (_EV in name and written == casing.upper(name, "hy"))
    )
