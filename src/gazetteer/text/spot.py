"""Where a text holds names: their spans, before any row of a table is read.

Nothing is built beforehand. Each distinct word that may begin a name is looked for once
in the index, and only where it does is the name followed word by word. So a text is
searched at one speed for ten thousand names or for millions, and a process that renders
one line does not pay for them all. See docs/decisions/0017-names-are-found-by-words.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.folding import gap_key, path_of, steps_of, word_key, words_of
from gazetteer.folding.words import is_small, visible, word_keys
from gazetteer.languages.inflection import load_inflection
from gazetteer.text.nodes import UNKNOWN, Name, Node
from gazetteer.text.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.index import Index
    from gazetteer.model import Phrase
    from gazetteer.text.reader import Spot

__all__ = ["Spotter"]

# Words are remembered up to so many, whether they begin a name or not.
_REMEMBERED: Final = 100_000
_REMEMBERED_NEXT: Final = 4_000


class Spotter:
    """Finds where names and fixed phrases stand.

    Attributes:
        small: first words of names that begin with a small letter.
        people, common: names that are also those of persons, and those that are common
            words, as far as they were met: such a name needs evidence that the place
            is meant.
    """

    def __init__(self, index: Index, phrases: Iterable[Phrase]) -> None:
        """Hold the index of the names.

        Args:
            index: of all names.
            phrases: in which nothing is a place name.
        """
        self.people: set[str] = set()
        self.common: set[str] = set()
        self._index = index
        self._roots: dict[str, Node | None] = {}
        self._readers: dict[str, Reader] = {}
        self._phrases: dict[str, list[tuple[str, Phrase]]] = {}
        self._begun: set[str] = set()
        self.small = index.small_words()
        for phrase in phrases:
            self._add_phrase(phrase)

    def _add_phrase(self, phrase: Phrase) -> None:
        steps = steps_of(phrase.text)
        if steps:
            tail = phrase.text[words_of(phrase.text)[-1][1] :]
            self._phrases.setdefault(steps[-1], []).append((tail, phrase))
            self._begun.update(steps[:-1])
            start, end = words_of(phrase.text)[0]
            first = visible(phrase.text[start:end])
            if is_small(first[0]):
                self.small.add(first)

    # --------------------------------------------------------------- the names

    def roots(self, keys: Sequence[str], written: Sequence[str]) -> dict[int, Node]:
        """Return what `root` returns of many words, by their positions.

        What begins nothing is left out. They are not remembered: who asks remembers
        what the words begin.

        Args:
            keys: of the words.
            written: the words as they stand in a text.
        """
        return self._nodes(keys, written)

    def children(
        self,
        nodes: Sequence[Node],
        steps: Sequence[str],
        gaps: Sequence[int],
        written: Sequence[str],
    ) -> None:
        """Look at once for what `child` will be asked.

        Args:
            nodes: some words each.
            steps: a gap and a word for each.
            gaps: how long the gap is.
            written: the words of the node and that one, as they stand in a text.
        """
        each = list(zip(nodes, steps, gaps, strict=True))
        keys = word_keys([step[gap:] for _, step, gap in each])
        paths = [
            path_of(node.path, gap_key(step[:gap]), key)
            for (node, step, gap), key in zip(each, keys, strict=True)
        ]
        found = self._nodes(paths, written)
        for at, node in enumerate(nodes):
            if len(node.next) >= _REMEMBERED_NEXT:
                node.next.clear()
            node.next[steps[at]] = found.get(at)

    def root(self, key: str, written: str = "") -> Node | None:
        """Return what is known of a word by its key, or None if no name begins so.

        Args:
            key: of the word.
            written: the word, if it is known as it stands in a text.
        """
        node = self._roots.get(key, UNKNOWN)
        if node is UNKNOWN:
            if len(self._roots) >= _REMEMBERED:
                self._roots.clear()
            node = self._roots[key] = self._node(key, written)
        return node

    def _nodes(self, paths: Sequence[str], written: Sequence[str]) -> dict[int, Node]:
        texts, goes_on = self._index.written_each(paths, written)
        phrases, begun = self._phrases, self._begun
        some = texts.keys() | goes_on
        if phrases:
            some.update(at for at, p in enumerate(paths) if p in phrases or p in begun)
        nodes = {}
        for at in some:
            path = paths[at]
            goes = at in goes_on or path in begun
            if path in phrases:
                node = self._made(path, texts.get(at, ()), goes_on=goes)
                if node is not None:
                    nodes[at] = node
            else:
                nodes[at] = Node(path, self._names(texts.get(at, ())), goes_on=goes)
        return nodes

    def _node(self, path: str, written: str = "") -> Node | None:
        texts, goes_on = self._index.written(path, written)
        return self._made(path, texts, goes_on=goes_on)

    def _names(self, texts: Sequence[str]) -> tuple[Name, ...]:
        if len(texts) == 1:
            return (Name(texts[0], self._index),)
        return tuple([Name(text, self._index) for text in texts]) if texts else ()

    def _made(self, path: str, texts: Sequence[str], *, goes_on: bool) -> Node | None:
        phrases = self._phrases.get(path)
        goes_on = goes_on or path in self._begun
        if not texts and not goes_on and phrases is None:
            return None
        node = Node(path, self._names(texts), goes_on=goes_on)
        if phrases is None:
            return node
        told = []
        for tail, phrase in phrases:
            if texts and phrase.kind == "person":
                self.people.update(texts)
            elif texts and phrase.kind == "not-a-place":
                self.common.update(texts)
            else:
                told.append((tail, phrase))
        node.phrases = told
        return node

    def child(self, node: Node, gap: str, word: str) -> Node | None:
        """Return what is known of the words of a node and one more."""
        # by what is written, which is seldom in many ways
        step = gap + word
        child = node.next.get(step, UNKNOWN)
        if child is UNKNOWN:
            if len(node.next) >= _REMEMBERED_NEXT:
                node.next.clear()
            path = path_of(node.path, gap_key(gap), word_key(word))
            child = node.next[step] = self._node(path)
        return child

    def spots(self, text: str, lang: str = "") -> Iterator[Spot]:
        """Yield names and phrases from left to right; phrases may hold names.

        Of names that start at one word the longest is yielded, and none that overlaps
        the one before.

        Args:
            text: any text.
            lang: BCP 47 tag of its language, whose inflected forms are found too.
        """
        reader = self._readers.get(lang)
        if reader is None:
            reader = self._readers[lang] = Reader(self, load_inflection(lang))
        return reader.spots(text)
