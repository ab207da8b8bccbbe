"""All names of some tables, compiled so that one pass over a text finds them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.text.scan import gap_key, word_key, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.model import Phrase, Tables, Toponym
    from gazetteer.text.scan import Scan

__all__ = ["Found", "NameFinder"]


class _Node:
    """A word of a name and what may follow it, by gap and word."""

    __slots__ = ("names", "next", "phrases")

    def __init__(self) -> None:
        self.next: dict[tuple[str, str], _Node] = {}
        self.names: list[tuple[tuple[str, ...], str, Toponym]] = []
        self.phrases: list[tuple[str, Phrase]] = []


class Found(NamedTuple):
    """One name in a text, before anything is decided about it.

    ``first`` and ``last`` are numbers of words, both included; ``end`` is a code point.
    """

    first: int
    last: int
    end: int
    toponyms: tuple[Toponym, ...]
    phrase: Phrase | None = None


class NameFinder:
    """Finds every name and every fixed phrase of some tables in a text.

    A name is found as written and all in capitals, with any hyphen, apostrophe or
    space, over a line break, and with soft hyphens or zero-width characters inside;
    never inside a longer word. Of names that start at one word the longest wins.
    """

    def __init__(self, tables: Tables) -> None:
        self._roots: dict[str, _Node] = {}
        self._by_word: dict[str, list[Toponym]] = {}
        self.contested = {
            place.place_id for place in tables.places.values() if place.contested
        }
        self.overlapping = _overlapping(tables)
        self.places = tables.places
        for place in tables.places.values():
            if not place.replaced_by:
                for toponym in place.toponyms:
                    self._add(toponym)
        self.people: set[str] = set()
        # adjectives and words for people, which are also names of languages
        self.peoples = _peoples(tables)
        for phrase in tables.phrases:
            self._add_phrase(phrase)

    def _path(self, name: str) -> tuple[_Node, tuple[str, ...], str] | None:
        spans = words_of(name)
        if not spans:
            return None
        words = tuple(name[start:end] for start, end in spans)
        node = self._roots.setdefault(word_key(words[0]), _Node())
        for (_, left), (right, end) in pairwise(spans):
            step = (gap_key(name[left:right]), word_key(name[right:end]))
            node = node.next.setdefault(step, _Node())
        return node, words, name[spans[-1][1] :]

    def _add(self, toponym: Toponym) -> None:
        path = self._path(toponym.name)
        if path is None:
            return
        node, words, tail = path
        node.names.append((words, tail, toponym))
        if len(words) == 1:
            self._by_word.setdefault(word_key(words[0]), []).append(toponym)

    def _add_phrase(self, phrase: Phrase) -> None:
        path = self._path(phrase.text)
        if path is None:
            return
        node, _, tail = path
        if node.names and phrase.kind in ("person", "not-a-place"):
            # The bare name of a place: it needs evidence that the place is meant.
            self.people.update(toponym.name for *_, toponym in node.names)
        else:
            node.phrases.append((tail, phrase))

    def find(self, scan: Scan) -> Iterator[Found]:
        """Yield names and phrases from left to right; phrases may hold names."""
        roots = self._roots
        skip_to = 0
        for first, key in enumerate(scan.keys):
            root = roots.get(key)
            if root is None:
                continue
            name, phrase = self._longest(scan, first, root)
            if phrase is not None:
                yield phrase
            if name is not None and first >= skip_to:
                yield name
                skip_to = name.last + 1

    def _longest(
        self, scan: Scan, first: int, root: _Node
    ) -> tuple[Found | None, Found | None]:
        name: Found | None = None
        phrase: Found | None = None
        node: _Node | None = root
        last = first
        while node is not None:
            if node.names:
                name = _written(scan, first, last, node) or name
            for tail, row in node.phrases:
                end = _tail_end(scan, last, tail)
                if end is not None:
                    phrase = Found(first, last, end, (), row)
            last += 1
            if last >= len(scan):
                break
            node = node.next.get((gap_key(scan.gap(last)), scan.keys[last]))
        return name, phrase

    def inflected(self, key: str) -> list[Toponym]:
        """Return the one-word names that a word begins with, up to five letters short.

        For languages whose inflection is not handled: it only says what may be there.
        """
        for cut in range(1, 6):
            stem = key[:-cut]
            if len(stem) < 4:  # noqa: PLR2004  (shorter ones begin too many words)
                break
            if stem in self._by_word:
                return self._by_word[stem]
        return []


def _written(scan: Scan, first: int, last: int, node: _Node) -> Found | None:
    rows: list[Toponym] = []
    end = scan.ends[last]
    for words, tail, toponym in node.names:
        tail_end = _tail_end(scan, last, tail)
        if tail_end is None:
            continue
        exact = toponym.form == "abbr"
        if all(
            _same_case(scan.raw[first + at], word, exact=exact)
            for at, word in enumerate(words)
        ):
            if tail_end > end:
                rows, end = [], tail_end
            if tail_end == end:
                rows.append(toponym)
    return Found(first, last, end, tuple(rows)) if rows else None


def _tail_end(scan: Scan, last: int, tail: str) -> int | None:
    end = scan.ends[last]
    return end + len(tail) if scan.text.startswith(tail, end) else None


def _same_case(written: str, name: str, *, exact: bool) -> bool:
    if written == name:
        return True
    if exact:
        return False
    upper = name.upper()
    return (
        written == upper
        # Turkish and Azerbaijani capitals, which str.upper does not know
        or written == upper.replace("I", "\u0130")
        or (name.islower() and written == name[:1].upper() + name[1:])
    )


def _overlapping(tables: Tables) -> set[frozenset[str]]:
    """Return the pairs of places of which somebody says that one overlaps the other."""
    pairs: set[frozenset[str]] = set()
    for place in tables.places.values():
        for relation in place.relations:
            if relation.predicate == "overlaps":
                pairs.add(frozenset((relation.subject, relation.object)))
    return pairs


def _peoples(tables: Tables) -> frozenset[str]:
    """Return the keys of one-word adjectives and words for people."""
    return frozenset(
        word_key(toponym.name)
        for place in tables.places.values()
        for toponym in place.toponyms
        if toponym.form in ("adj", "demonym") and len(words_of(toponym.name)) == 1
    )
