"""Where a text holds names: their spans, before any row of a table is read.

Nothing is built beforehand. Each distinct word that may begin a name is looked for once
in the index, and only where it does is the name followed word by word. So a text is
searched at one speed for ten thousand names or for millions, and a process that renders
one line does not pay for them all. See docs/decisions/0017-names-are-found-by-words.md.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import is_normalized

from gazetteer.folding import gap_key, path_of, steps_of, word_key, words_of
from gazetteer.folding.words import PATTERN, is_small, visible
from gazetteer.languages.inflection import load_inflection
from gazetteer.text.nodes import Name, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.index import Index
    from gazetteer.languages.inflection import Inflection
    from gazetteer.model import Phrase

__all__ = ["Spot", "Spotter"]

# Words are remembered up to so many, whether they begin a name or not.
_REMEMBERED: Final = 100_000
_REMEMBERED_NEXT: Final = 4_000
_LONGEST_CHUNK: Final = 64
# rows of these forms are written in one way only, or are inflected words themselves
_UNCHANGED: Final = ("abbr", "adj", "demonym")


_WORD = re.compile(PATTERN)
_NEXT = re.compile(rf"([\W_]*)({PATTERN})")


_UNKNOWN: Final = Node("", [], goes_on=False)  # not looked for yet


class Spot(NamedTuple):
    """One name, or one fixed phrase, in a text.

    Attributes:
        start, end: code points, half-open.
        words: how many words it has.
        names: those that are written there; of a phrase none.
    """

    start: int
    end: int
    words: int
    names: tuple[Name, ...]
    phrase: Phrase | None = None


class _Start(NamedTuple):
    """What a written word may begin.

    Attributes:
        nodes: of the word, and of the words that it may be a form of.
        names: those of this one word, with nothing after it.
        alone: whether no more than that can be.
        further: the nodes of words that longer names begin with; empty where phrases
            or signs after the word have to be looked at first.
    """

    nodes: tuple[Node, ...]
    names: tuple[Name, ...]
    alone: bool
    further: tuple[Node, ...]


class _Starts(dict[str, "_Start | None"]):
    """Written words; one that it does not hold it looks for once and keeps."""

    def __init__(self, reader: _Reader) -> None:
        super().__init__()
        self._reader = reader

    def __missing__(self, written: str) -> _Start | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        start = self[written] = self._reader.start(written)
        return start


_Candidates = tuple[tuple[int, int, _Start], ...]


class _Chunks(dict[str, _Candidates]):
    """What stands between two spaces, with the words in it that may begin a name.

    Most of a text are the same few thousand chunks, and no word goes over a space.
    """

    def __init__(self, reader: _Reader) -> None:
        super().__init__()
        self._reader = reader

    def __missing__(self, chunk: str) -> _Candidates:
        found = self._reader.candidates(chunk)
        if len(chunk) <= _LONGEST_CHUNK:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[chunk] = found
        return found


class Spotter:
    """Finds where names and fixed phrases stand.

    Attributes:
        small: first words of names that begin with a small letter.
        people: names that are also those of persons, or common words, as far as they
            were met: such a name needs evidence that the place is meant.
    """

    def __init__(self, index: Index, phrases: Iterable[Phrase]) -> None:
        """Hold the index of the names.

        Args:
            index: of all names.
            phrases: in which nothing is a place name.
        """
        self.people: set[str] = set()
        self._index = index
        self._roots: dict[str, Node | None] = {}
        self._readers: dict[str, _Reader] = {}
        self._phrases: dict[str, list[tuple[str, Phrase]]] = {}
        self._phrase_firsts: set[str] = set()
        self._begun: set[str] = set()
        self.small = index.first_words(small=True)
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
            self._phrase_firsts.add(first)
            if is_small(first[0]):
                self.small.add(first)

    # --------------------------------------------------------------- the names

    @cached_property
    def firsts(self) -> frozenset[str]:
        """First words of names and phrases, as they may be written but in capitals."""
        words = self._index.first_words() | self._phrase_firsts
        capitalized = {word[:1].upper() + word[1:] for word in words if word.islower()}
        return frozenset(words | capitalized)

    def root(self, key: str) -> Node | None:
        """Return what is known of a word by its key, or None if no name begins so."""
        try:
            return self._roots[key]
        except KeyError:
            if len(self._roots) >= _REMEMBERED:
                self._roots.clear()
            node = self._roots[key] = self._node(key)
            return node

    def _node(self, path: str) -> Node | None:
        texts, goes_on = self._index.written(path)
        phrases = self._phrases.get(path)
        goes_on = goes_on or path in self._begun
        if not texts and not goes_on and phrases is None:
            return None
        node = Node(path, [Name(text, self._index) for text in texts], goes_on=goes_on)
        for tail, phrase in phrases or ():
            if texts and phrase.kind in ("person", "not-a-place"):
                self.people.update(texts)
            else:
                node.phrases.append((tail, phrase))
        return node

    def child(self, node: Node, gap: str, word: str) -> Node | None:
        """Return what is known of the words of a node and one more."""
        # by what is written, which is seldom in many ways
        try:
            return node.next[gap, word]
        except KeyError:
            if len(node.next) >= _REMEMBERED_NEXT:
                node.next.clear()
            path = path_of(node.path, gap_key(gap), word_key(word))
            child = node.next[gap, word] = self._node(path)
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
            reader = self._readers[lang] = _Reader(self, load_inflection(lang))
        return reader.spots(text)


class _Reader:
    """Reads texts of one language."""

    def __init__(self, spotter: Spotter, inflection: Inflection | None) -> None:
        self._spotter = spotter
        self._inflection = inflection
        self._starts = _Starts(self)
        self._chunks = _Chunks(self)

    def spots(self, text: str) -> Iterator[Spot]:
        """Yield names and phrases; see `Spotter.spots`."""
        chunks = text.split(" ")
        ends = list(accumulate(map(len, chunks)))
        # each step is one call for the whole text; most chunks hold nothing
        held = list(map(self._chunks.get, chunks))
        if None in held:
            self._learn(set(chunks).difference(self._chunks))
            held = list(map(self._chunks.__getitem__, chunks))
        skip_to = 0
        exact = self._inflection is None
        longest = self._longest_exact if exact else self._longest
        for number in compress(range(len(held)), held):
            # before it stand other chunks, and as many spaces
            offset = ends[number] - len(chunks[number]) + number
            for first, last, start in held[number] or ():
                at, end = offset + first, offset + last
                if start.alone:
                    if at >= skip_to:
                        yield Spot(at, end, 1, start.names)
                        skip_to = end
                    continue
                name, phrase = longest(text, at, end, start)
                if phrase is not None:
                    yield phrase
                if name is not None and at >= skip_to:
                    yield name
                    skip_to = name.end

    def _learn(self, chunks: set[str]) -> None:
        """Note the chunks that are words which no name begins with.

        Most are, and to look at each of them alone would take most of the time.
        """
        if len(self._chunks) + len(chunks) > _REMEMBERED:
            self._chunks.clear()
        firsts = self._spotter.firsts
        bent = self._inflection is not None
        empty = [
            chunk
            for chunk in chunks
            if chunk.isalpha()
            and chunk not in firsts
            # in capitals, or decomposed, a word is looked for in another form
            and not chunk.isupper()
            and (chunk.isascii() or is_normalized("NFC", chunk))
            and (not bent or is_small(chunk[0]))
        ]
        self._chunks.update(dict.fromkeys(empty, ()))

    def start(self, written: str) -> _Start | None:
        """Return what a word as written may begin, or None."""
        words = (visible(written),)
        small = is_small(written[0])
        nodes: dict[str, Node] = {}
        if not small or words[0] in self._spotter.small:
            self._add(nodes, word_key(written))
        if self._inflection is not None and not small:
            for lemma in self._inflection.lemmas(words[0]):
                self._add(nodes, word_key(lemma))
        if not nodes:
            return None
        names = tuple(
            [
                name
                for node in nodes.values()
                for name in node.names
                if not name.tail and self._is(name, words)
            ]
        )
        signs = any(
            node.phrases or any(name.tail for name in node.names)
            for node in nodes.values()
        )
        further = tuple([node for node in nodes.values() if node.goes_on])
        alone = not further and not signs
        if not names and alone:
            return None
        every = tuple(nodes.values())
        return _Start(every, names, alone, () if signs else further)

    def _add(self, nodes: dict[str, Node], key: str) -> None:
        node = self._spotter.root(key)
        if node is not None:
            nodes[key] = node

    def candidates(self, chunk: str) -> _Candidates:
        """Return the words of a chunk that may begin a name."""
        starts = self._starts
        found = []
        for match in _WORD.finditer(chunk):
            start = starts[match.group()]
            if start is not None:
                found.append((*match.span(), start))
        return tuple(found)

    def _longest_exact(
        self, text: str, at: int, end: int, start: _Start
    ) -> tuple[Spot | None, Spot | None]:
        """Do what `_longest` does, where a word is a form of itself alone."""
        if not start.further:
            return self._longest(text, at, end, start)
        name = Spot(at, end, 1, start.names) if start.names else None
        phrase: Spot | None = None
        node: Node | None = start.further[0]
        words: list[str] | None = None
        while node is not None and node.goes_on:
            following = _NEXT.match(text, end)
            if following is None:
                break
            gap, word = following.groups()
            child = node.next.get((gap, word), _UNKNOWN)
            node = self._spotter.child(node, gap, word) if child is _UNKNOWN else child
            if node is None:
                break
            if words is None:
                words = [text[at:end]]
            end = following.end()
            words.append(word)
            longer, longer_phrase = self._at(text, at, end, (node,), words)
            name, phrase = longer or name, longer_phrase or phrase
        return name, phrase

    def _longest(
        self, text: str, at: int, end: int, start: _Start
    ) -> tuple[Spot | None, Spot | None]:
        name: Spot | None = None
        phrase: Spot | None = None
        words = [text[at:end]]
        further: Sequence[Node] = start.further
        if further:
            name = Spot(at, end, 1, start.names) if start.names else None
        else:
            name, phrase = self._at(text, at, end, start.nodes, words)
            further = [node for node in start.nodes if node.goes_on]
        while further:
            following = _NEXT.match(text, end)
            if following is None:
                break
            gap, word = following.groups()
            nodes = self._children(further, gap, word)
            if not nodes:
                break
            end = following.end()
            words.append(word)
            longer, longer_phrase = self._at(text, at, end, nodes, words)
            name, phrase = longer or name, longer_phrase or phrase
            further = [node for node in nodes if node.goes_on]
        return name, phrase

    def _children(self, nodes: Sequence[Node], gap: str, word: str) -> list[Node]:
        written = [word]
        if self._inflection is not None:
            written += self._inflection.lemmas(visible(word))
        children = [
            self._spotter.child(node, gap, each) for node in nodes for each in written
        ]
        return [child for child in children if child is not None]

    def _at(
        self, text: str, at: int, end: int, nodes: Sequence[Node], seen: Sequence[str]
    ) -> tuple[Spot | None, Spot | None]:
        """Return the name and the phrase that end with the words that were seen."""
        words = tuple(map(visible, seen))
        phrase: Spot | None = None
        names: list[Name] = []
        whole = end
        for node in nodes:
            for tail, row in node.phrases:
                if text.startswith(tail, end):
                    phrase = Spot(at, end + len(tail), len(words), (), row)
            for name in node.names:
                if name.tail and not text.startswith(name.tail, end):
                    continue
                here = end + len(name.tail)
                if here >= whole and self._is(name, words):
                    if here > whole:
                        names, whole = [], here
                    names.append(name)
        spot = Spot(at, whole, len(words), tuple(names)) if names else None
        return spot, phrase

    def _is(self, name: Name, words: tuple[str, ...]) -> bool:
        """Tell whether the words of a text are a name, or a form of it."""
        if name.written(words):
            return True
        inflection = self._inflection
        return (
            inflection is not None
            and bool(inflection.tags(name.words, words))
            and any(row.form not in _UNCHANGED for row in name.toponyms)
        )
