"""The names in a text with the rows that bear them, and what is known of those."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gazetteer.index import Index
from gazetteer.text.spot import Spotter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.ids import PlaceId
    from gazetteer.model import Phrase, Tables, Toponym

__all__ = ["Found", "NameFinder"]


class Found(NamedTuple):
    """One name in a text, before anything is decided about it.

    Attributes:
        start, end: code points, half-open.
        words: how many words it has.
    """

    start: int
    end: int
    words: int
    toponyms: tuple[Toponym, ...]
    phrase: Phrase | None = None


class NameFinder:
    """Finds every name and every fixed phrase of some tables in a text.

    A name is found as written and all in capitals, with any hyphen, apostrophe or
    space, over a line break, and with soft hyphens or zero-width characters inside;
    never inside a longer word. Of names that start at one word the longest wins.

    Attributes:
        places: of the tables, by id.
    """

    def __init__(self, tables: Tables, index: Index | None = None) -> None:
        """Hold the tables.

        Args:
            tables: places and fixed phrases.
            index: of their names; without one they are compiled now.
        """
        self.places = tables.places
        self._spotter = Spotter(index or Index(tables.places.values()), tables.phrases)
        self._peoples: dict[str, bool] = {}

    def find(self, text: str, lang: str = "") -> Iterator[Found]:
        """Yield names and phrases from left to right; phrases may hold names.

        Args:
            text: any text.
            lang: BCP 47 tag of its language, whose inflected forms are found too.
        """
        for start, end, words, names, phrase in self._spotter.spots(text, lang):
            if len(names) == 1:
                rows = names[0].toponyms
            else:
                rows = tuple([row for name in names for row in name.toponyms])
            if rows or phrase is not None:
                yield Found(start, end, words, rows, phrase)

    @property
    def people(self) -> set[str]:
        """Names that are also those of persons, as far as met.

        Such a name needs evidence that the place is meant.
        """
        return self._spotter.people

    @property
    def common(self) -> set[str]:
        """Names that are also common words, as far as met: they need evidence, too."""
        return self._spotter.common

    def peoples(self, key: str) -> bool:
        """Tell whether a word is an adjective of a place or a word for its people.

        Args:
            key: of the word.
        """
        known = self._peoples.get(key)
        if known is None:
            node = self._spotter.root(key) if key else None
            known = self._peoples[key] = node is not None and any(
                row.form in ("adj", "demonym")
                for name in node.names
                for row in name.toponyms
            )
        return known

    def overlap(self, one: PlaceId, other: PlaceId) -> bool:
        """Tell whether somebody says that one of two places overlaps the other."""
        return any(
            relation.predicate == "overlaps" and relation.object == there
            for here, there in ((one, other), (other, one))
            for relation in self.places[here].relations
        )

    def inflected(self, key: str) -> list[Toponym]:
        """Return the one-word names that a word begins with, up to five letters short.

        For languages whose inflection is not handled: it only says what may be there.
        """
        for cut in range(1, 6):
            stem = key[:-cut]
            if len(stem) < 4:  # noqa: PLR2004  (shorter ones begin too many words)
                break
            node = self._spotter.root(stem)
            if node is not None and node.names:
                return [row for name in node.names for row in name.toponyms]
        return []
