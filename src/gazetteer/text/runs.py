"""Which words of a long text may begin a name, told in NumPy for all of them at once.

Most words of a prose begin with a small letter and begin no name. They are told by what
kind of character stands where, and by a hash of their first and last letters; neither a
string is made of them, nor is one looked up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from unicodedata import normalize

import numpy as np

from gazetteer.folding.words import PATTERN, is_small

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    Positions = NDArray[np.int64]

__all__ = ["Piece", "Runs"]

# What a character is to a word. What is not met yet is 0, of which a table is made
# without touching its memory.
_BETWEEN: Final = 1
_SMALL: Final = 2
_OTHER: Final = 3
_ODD: Final = 4

_CHARACTERS: Final = 0x110000
# so many characters at a time stay in the caches of a processor
_PIECE: Final = 1 << 17
# first letters, and last ones, that a small word is known by
_FIRST: Final = 4
_LAST: Final = 2
_FACTOR: Final = np.uint32(0x9E37_79B1)
_SPARE: Final = 5  # bits that a filter has more than its words need
_FEWEST_BITS: Final = 10
_MOST_BITS: Final = 24
_WORD = re.compile(PATTERN)
_SPACES: Final = " \n"
_SPACE = re.compile(f"[{_SPACES}]")
# the first letters of what is composed of letters alone: Hangul, which is
_BEFORE: Final = ("\u1100", "\uac00")


class Piece(NamedTuple):
    """Words that may begin a name, from left to right, and where they stand."""

    starts: list[int]
    ends: list[int]
    words: list[str]


class _Kinds:
    """What each character is to a word, for those that were met."""

    def __init__(self) -> None:
        self._table: NDArray[np.uint8] = np.zeros(_CHARACTERS, np.uint8)

    def of(self, codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
        """Return the kind of each of some characters."""
        kinds = self._table.take(codes)
        if not kinds.all():
            for code in np.unique(codes[kinds == 0]).tolist():
                self._table[code] = _kind(chr(code))
            kinds = self._table.take(codes)
        return kinds


def _kind(character: str) -> int:
    if _WORD.fullmatch(character):
        if _is_composed(character):
            return _ODD
        return _SMALL if is_small(character) else _OTHER
    # what a word may hold, but not begin with
    return _ODD if _WORD.fullmatch(f"a{character}a") else _BETWEEN


def _is_composed(letter: str) -> bool:
    """Tell whether a letter may be another one when a word is composed."""
    return normalize("NFC", letter) != letter or any(
        normalize("NFC", before + letter) != before + letter
        for before in (*_BEFORE, letter)
    )


_KINDS: Final = _Kinds()


class Runs:
    """Reads long texts for the words that may begin a name."""

    def __init__(self, small: Iterable[str]) -> None:
        """Hold the words with a small letter first that may begin one."""
        together = " ".join(small)
        codes = _codes(together)
        kinds = _KINDS.of(codes)
        starts, ends = _runs(kinds)
        bits = min(max(len(starts).bit_length() + _SPARE, _FEWEST_BITS), _MOST_BITS)
        self._shift = np.uint32(32 - bits)
        self._may_begin = np.zeros(1 << bits, bool)
        self._may_begin[self._hashes(codes, starts, ends)] = True

    def pieces(self, text: str) -> Iterator[Piece]:
        """Yield the words that may begin a name, piece by piece.

        Words with a small letter first are all among them that may begin one, and a few
        others; so are all other words.
        """
        start = 0
        while start < len(text):
            end = start + _PIECE
            if end < len(text):
                # no word goes over a space
                space = max(text.rfind(each, start, end) for each in _SPACES)
                if space < 0:
                    found = _SPACE.search(text, end)
                    space = found.start() if found is not None else len(text)
                end = space + 1
            yield self._piece(text, start, end)
            start = end

    def _piece(self, text: str, begin: int, stop: int) -> Piece:
        codes = _codes(text[begin:stop])
        kinds = _KINDS.of(codes)
        starts, ends = _runs(kinds)
        if not len(starts):
            return Piece([], [], [])
        first = kinds[starts]
        told = first != _SMALL
        small = np.flatnonzero(first == _SMALL)
        hashes = self._hashes(codes, starts[small], ends[small])
        told[small] = self._may_begin[hashes]
        at = np.flatnonzero(kinds == _ODD)
        if len(at):
            odd = np.unique(np.searchsorted(starts, at, side="right") - 1)
            told[odd] = False
        here = (starts[told] + begin).tolist()
        there = (ends[told] + begin).tolist()
        if len(at):
            spans = list(zip(here, there, strict=True))
            for left, right in zip(
                (starts[odd] + begin).tolist(),
                (ends[odd] + begin).tolist(),
                strict=True,
            ):
                spans += [each.span() for each in _WORD.finditer(text, left, right)]
            spans.sort()
            here, there = [each for each, _ in spans], [each for _, each in spans]
        return Piece(
            here,
            there,
            [text[left:right] for left, right in zip(here, there, strict=True)],
        )

    def _hashes(
        self, codes: NDArray[np.uint32], starts: Positions, ends: Positions
    ) -> NDArray[np.uint32]:
        """Return a hash of the first and last letters of words, and of their length."""
        lengths = ends - starts
        hashes = lengths.astype(np.uint32)
        for at in range(_FIRST):
            letters = codes.take(starts + at, mode="clip")
            letters[lengths <= at] = 0
            hashes = hashes * _FACTOR + letters
        for at in range(1, _LAST + 1):
            # of a shorter word a letter comes twice
            letters = codes.take(np.maximum(ends - at, starts))
            hashes = hashes * _FACTOR + letters
        return (hashes * _FACTOR) >> self._shift


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _runs(kinds: NDArray[np.uint8]) -> tuple[Positions, Positions]:
    """Return where what may be words begins and ends."""
    inside: NDArray[Any] = np.zeros(len(kinds) + 2, bool)
    np.greater(kinds, _BETWEEN, out=inside[1:-1])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return edges[::2], edges[1::2]
