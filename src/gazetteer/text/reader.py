"""A text of one language is read for names: by its words, and by what they may be."""

from __future__ import annotations

import re
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import is_normalized

from gazetteer.folding.words import PATTERN, is_small, visible, word_key
from gazetteer.text.nodes import Name, Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.languages.inflection import Inflection
    from gazetteer.model import Phrase
    from gazetteer.text.spot import Spotter

__all__ = ["Reader", "Spot"]

# Words are remembered up to so many, whether they begin a name or not.
_REMEMBERED: Final = 100_000
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

    def __init__(self, reader: Reader) -> None:
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

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader

    def __missing__(self, chunk: str) -> _Candidates:
        found = self._reader.candidates(chunk)
        if len(chunk) <= _LONGEST_CHUNK:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[chunk] = found
        return found


class Reader:
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
            unknown = [each is None for each in held]
            self._learn(set(compress(chunks, unknown)))
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
