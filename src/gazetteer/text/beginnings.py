"""The words of a text that may begin a name, and what each of them may begin.

Most of a text are words that begin none. In a short text they are told piece by piece
between spaces, which come again and again; in a long one all at once, in NumPy.
"""

from __future__ import annotations

import re
import sys
from itertools import accumulate, chain, compress, count, repeat
from operator import attrgetter, is_
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import is_normalized

from gazetteer.folding.words import PATTERN, is_small, visible, word_key, word_keys
from gazetteer.text.nodes import UNKNOWN, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.languages.inflection import Inflection
    from gazetteer.text.nodes import Name
    from gazetteer.text.runs import Runs
    from gazetteer.text.spot import Spotter

__all__ = ["Beginnings", "Begun", "Start", "is_long"]

# Words are remembered up to so many, whether they begin a name or not.
_REMEMBERED: Final = 100_000
_LONGEST_CHUNK: Final = 64
# From so many code points on NumPy is faster; and so that it is worth to be loaded.
_LONG: Final = 2_000
_VERY_LONG: Final = 3_000_000
# so many new words are looked at together
_SEVERAL: Final = 8
# what stands round words and is never part of one
_AROUND: Final = (
    ".,;:!?()[]\"'\u00ab\u00bb\u201c\u201d\u201e\u2018\u2019*_#>|-\u2013\u2014\u2026"
)
_WORD = re.compile(PATTERN)
_GOES_ON: Final = attrgetter("goes_on")


class Start(NamedTuple):
    """What a written word may begin, where its node alone does not say it.

    Attributes:
        nodes: of the word, and of the words that it may be a form of.
        names: those of this one word, with nothing after it.
        goes_on: whether more than those has to be looked for.
        further: the nodes of words that longer names begin with; empty where phrases
            or signs after the word have to be looked at first.
    """

    nodes: tuple[Node, ...]
    names: tuple[Name, ...]
    goes_on: bool
    further: tuple[Node, ...]

    @property
    def first(self) -> Node | None:
        """The only one of the further nodes, if it is."""
        return self.further[0] if len(self.further) == 1 else None


class _Known(dict[str, "Node | Start | None"]):
    """Written words; one that it does not hold it looks for once and keeps."""

    def __init__(self, beginnings: Beginnings) -> None:
        super().__init__()
        self._beginnings = beginnings

    def __missing__(self, written: str) -> Node | Start | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        start = self[written] = self._beginnings.start(written)
        return start


class _Small(dict[str, bool]):
    """Whether a letter is small where it might have been a capital."""

    def __missing__(self, letter: str) -> bool:
        small = self[letter] = is_small(letter)
        return small


_SMALL: Final = _Small()
_Candidates = tuple[tuple[int, int, "Node | Start"], ...]


class _Chunks(dict[str, _Candidates]):
    """What stands between two spaces, with the words in it that may begin a name."""

    def __init__(self, beginnings: Beginnings) -> None:
        super().__init__()
        self._beginnings = beginnings

    def __missing__(self, chunk: str) -> _Candidates:
        found = self._beginnings.candidates(chunk)
        if found and len(chunk) <= _LONGEST_CHUNK:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[chunk] = found
        return found


class Begun(NamedTuple):
    """Words of a text that may begin a name, from left to right, and what they may.

    Attributes:
        starts, ends: of the words, code points, half-open.
        begun: what each may begin.
    """

    starts: list[int]
    ends: list[int]
    begun: list[Node | Start]


def is_long(text: str) -> bool:
    """Tell whether the words of a text are looked at in NumPy, all at once."""
    return len(text) >= (_LONG if "numpy" in sys.modules else _VERY_LONG)


class Beginnings:
    """What words of a language may begin."""

    def __init__(self, spotter: Spotter, inflection: Inflection | None) -> None:
        """Hold what the words are looked for in, and what they may be forms of."""
        self._spotter = spotter
        self._inflection = inflection
        self._starts = _Known(self)
        self._candidates = _Chunks(self)
        self._runs: Runs | None = None
        # chunks in which nothing begins a name
        self._dull: set[str] = set()

    def of(self, text: str) -> Iterator[Begun]:
        """Yield the words of a text that may begin a name, piece by piece."""
        return self._by_runs(text) if is_long(text) else self._by_chunks(text)

    def start(self, written: str) -> Node | Start | None:
        """Return what a word as written may begin, or None."""
        root, word = self._spotter.root, visible(written)
        keys = self._keys(written)
        nodes = [node for key in keys if (node := root(key, word)) is not None]
        return self._start(written, tuple(nodes))

    def _start(self, written: str, nodes: tuple[Node, ...]) -> Node | Start | None:
        """Return what a word may begin of which the nodes are known."""
        if len(nodes) == 1 and _is_plain(nodes[0], written):
            return nodes[0] if nodes[0].names or nodes[0].goes_on else None
        word = visible(written)
        names: list[Name] = []
        signs = goes_on = False
        for node in nodes:
            goes_on = goes_on or node.goes_on
            signs = signs or bool(node.phrases)
            for name in node.names:
                if name.tail:
                    signs = True
                elif name.is_written((word,), self._inflection):
                    names.append(name)
        if not names and not goes_on and not signs:
            return None
        # tuples are shared where they can be: see `Node`
        same = len(nodes) == 1 and len(names) == len(nodes[0].names)
        own = nodes[0].names if same else tuple(names)
        if not goes_on and not signs:
            return Start((), own, goes_on=False, further=())
        further: tuple[Node, ...] = ()
        if not signs:
            further = nodes if len(nodes) == 1 else tuple(filter(_GOES_ON, nodes))
        return Start(nodes, own, goes_on=True, further=further)

    def _keys(self, written: str) -> list[str]:
        """Return what a word and what it may be a form of are looked up by."""
        small = _SMALL[written[0]]
        word = visible(written)
        keys = []
        if not small or word in self._spotter.small:
            keys.append(word_key(written))
        if self._inflection is not None and not small:
            keys += map(word_key, self._inflection.lemmas(word))
            keys = list(dict.fromkeys(keys))
        return keys

    # ------------------------------------------------------------------ a long text

    def _by_runs(self, text: str) -> Iterator[Begun]:
        if self._runs is None:
            from gazetteer.text.runs import Runs

            self._runs = Runs(self._spotter.small)
        starts = self._starts
        for at, ends, words in self._runs.pieces(text):
            found = list(map(starts.get, words, repeat(UNKNOWN)))
            unseen = list(map(is_, found, repeat(UNKNOWN)))
            if any(unseen):
                self._foresee(set(compress(words, unseen)))
                found = list(map(starts.__getitem__, words))
            yield Begun(
                list(compress(at, found)),
                list(compress(ends, found)),
                list(filter(None, found)),
            )

    def _foresee(self, words: set[str]) -> None:
        """Look at new words all at once, since most of them begin nothing."""
        known = self._starts
        if len(known) + len(words) > _REMEMBERED:
            known.clear()
        if len(words) < _SEVERAL:
            return
        small = self._spotter.small
        asked = [
            word for word in words if not _SMALL[word[0]] or visible(word) in small
        ]
        known.update(zip(words, repeat(None), strict=False))
        if self._inflection is None:
            for at, node in self._spotter.roots(word_keys(asked), asked).items():
                known[asked[at]] = self._start(asked[at], (node,))
            return
        keys = list(map(self._keys, asked))
        owners = [word for word, own in zip(asked, keys, strict=True) for _ in own]
        found = self._spotter.roots(list(chain.from_iterable(keys)), owners)
        nodes: dict[str, tuple[Node, ...]] = {}
        for at in sorted(found):
            nodes[owners[at]] = (*nodes.get(owners[at], ()), found[at])
        for word, some in nodes.items():
            known[word] = self._start(word, some)

    # ----------------------------------------------------------------- a short text

    def _by_chunks(self, text: str) -> Iterator[Begun]:
        # No word goes over a space, and most of a text are the same few thousand
        # chunks. Each step is one call for the whole text; most chunks hold nothing.
        chunks = text.replace("\n", " ").split(" ")
        held = self._held(set(chunks))
        if not held:
            return
        found = Begun([], [], [])
        places = zip(chunks, accumulate(map(len, chunks)), count(), strict=False)
        for chunk, letters, before in compress(places, map(held.__contains__, chunks)):
            # before it stand other chunks, and as many spaces
            offset = letters - len(chunk) + before
            for first, last, start in held[chunk]:
                found.starts.append(offset + first)
                found.ends.append(offset + last)
                found.begun.append(start)
        yield found

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


def _is_plain(node: Node, written: str) -> bool:
    """Tell whether a word is at most one name, in its own letters: most are."""
    names = node.names
    return not node.phrases and (
        not names or (len(names) == 1 and names[0].text == written)
    )
