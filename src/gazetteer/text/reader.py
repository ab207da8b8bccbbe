"""A text of one language is read for names: by its words, and by what they may be."""

from __future__ import annotations

import re
from itertools import accumulate, compress, count
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import is_normalized

from gazetteer.folding.words import PATTERN, is_small, visible, word_key
from gazetteer.text.nodes import UNKNOWN, Name, Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.languages.inflection import Inflection
    from gazetteer.model import Phrase
    from gazetteer.text.spot import Spotter

__all__ = ["Reader", "Spot"]

# Words are remembered up to so many, whether they begin a name or not.
_REMEMBERED: Final = 100_000
_LONGEST_CHUNK: Final = 64
# what stands round words and is never part of one
_AROUND: Final = (
    ".,;:!?()[]\"'\u00ab\u00bb\u201c\u201d\u201e\u2018\u2019*_#>|-\u2013\u2014\u2026"
)
# rows of these forms are written in one way only, or are inflected words themselves
_UNCHANGED: Final = ("abbr", "adj", "demonym")
_WORD = re.compile(PATTERN)
_NEXT = re.compile(rf"([\W_]*)({PATTERN})")


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


class _Small(dict[str, bool]):
    """Whether a letter is small where it might have been a capital."""

    def __missing__(self, letter: str) -> bool:
        small = self[letter] = is_small(letter)
        return small


_SMALL: Final = _Small()
_Candidates = tuple[tuple[int, int, _Start], ...]


class _Chunks(dict[str, _Candidates]):
    """What stands between two spaces, with the words in it that may begin a name."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader

    def __missing__(self, chunk: str) -> _Candidates:
        found = self._reader.candidates(chunk)
        if found and len(chunk) <= _LONGEST_CHUNK:
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
        self._candidates = _Chunks(self)
        # chunks in which nothing begins a name
        self._dull: set[str] = set()

    def spots(self, text: str) -> Iterator[Spot]:
        """Yield names and phrases; see `Spotter.spots`."""
        # No word goes over a space, and most of a text are the same few thousand
        # chunks. Each step is one call for the whole text; most chunks hold nothing.
        chunks = text.replace("\n", " ").split(" ")
        held = self._held(set(chunks))
        if not held:
            return
        skip_to = 0
        exact = self._inflection is None
        longest = self._longest_exact if exact else self._longest
        places = zip(chunks, accumulate(map(len, chunks)), count(), strict=False)
        for chunk, letters, before in compress(places, map(held.__contains__, chunks)):
            # before it stand other chunks, and as many spaces
            offset = letters - len(chunk) + before
            for first, last, start in held[chunk]:
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

    def _held(self, chunks: set[str]) -> dict[str, _Candidates]:
        """Return the chunks that hold words which may begin a name, with those words.

        Args:
            chunks: the distinct ones of a text; they are used up.
        """
        chunks -= self._dull
        chunks.discard("")
        small, known = _SMALL, self._spotter.small
        # Most are small words that no name begins with. Small letters that are not
        # composed may be a word in another spelling.
        told = [
            chunk
            for chunk in chunks
            if not (small[chunk[0]] and chunk.isalpha() and is_normalized("NFC", chunk))
            or chunk in known
        ]
        held = {chunk: found for chunk in told if (found := self._candidates[chunk])}
        chunks.difference_update(held)
        if max(map(len, chunks), default=0) > _LONGEST_CHUNK:
            chunks = {chunk for chunk in chunks if len(chunk) <= _LONGEST_CHUNK}
        if len(self._dull) + len(chunks) > _REMEMBERED:
            self._dull.clear()
        self._dull |= chunks
        return held

    def candidates(self, chunk: str) -> _Candidates:
        """Return the words of a chunk that may begin a name."""
        starts = self._starts
        bare = chunk.strip(_AROUND)
        if bare.isalpha():
            if (
                _SMALL[bare[0]]
                and bare not in self._spotter.small
                and is_normalized("NFC", bare)
            ):
                return ()
            start = starts[bare]
            if start is None:
                return ()
            at = chunk.index(bare)
            return ((at, at + len(bare), start),)
        found = []
        for match in _WORD.finditer(chunk):
            start = starts[match.group()]
            if start is not None:
                found.append((*match.span(), start))
        return tuple(found)

    def start(self, written: str) -> _Start | None:
        """Return what a word as written may begin, or None."""
        word = visible(written)
        nodes = self._nodes(written, word)
        if not nodes:
            return None
        names: list[Name] = []
        signs = False
        for node in nodes:
            signs = signs or bool(node.phrases)
            for name in node.names:
                if name.tail:
                    signs = True
                elif self._is(name, (word,)):
                    names.append(name)
        further = tuple([node for node in nodes if node.goes_on])
        if further or signs:
            return _Start(
                tuple(nodes),
                tuple(names),
                alone=False,
                further=() if signs else further,
            )
        return _Start((), tuple(names), alone=True, further=()) if names else None

    def _nodes(self, written: str, word: str) -> list[Node]:
        """Return the nodes of a word and of what it may be a form of."""
        small = _SMALL[written[0]]
        root = self._spotter.root
        keys = []
        if not small or word in self._spotter.small:
            keys.append(word_key(written))
        if self._inflection is not None and not small:
            keys += map(word_key, self._inflection.lemmas(word))
            keys = list(dict.fromkeys(keys))
        return [node for key in keys if (node := root(key)) is not None]

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
            # one space, mostly
            following = (
                _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
            )
            if following is not None:
                gap, word = " ", following.group()
            else:
                following = _NEXT.match(text, end)
                if following is None:
                    break
                gap, word = following.groups()
            child = node.next.get((gap, word), UNKNOWN)
            node = self._spotter.child(node, gap, word) if child is UNKNOWN else child
            if node is None:
                break
            if words is None:
                words = [text[at:end]]
            end = following.end()
            words.append(word)
            if node.names or node.phrases:
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
