"""The variants of many strings at once, as hashes, in NumPy.

Strings whose letters are deleted alike are taken together (`shape_of`): then each
variant is one row of hashes, and a row costs one addition per string.
"""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from gazetteer.index.neighbourhood.hashing import CODE_STEPS, INVERSE, MASK, POWERS
from gazetteer.index.neighbourhood.windows import (
    HEAD,
    LONGEST,
    TAIL,
    WINDOW,
    deletable,
    shape_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

__all__ = ["Group", "Hashes", "Letters", "Variants"]
__all__ += ["deletions", "grouped", "pairs_of", "rows_of"]

Hashes = np.ndarray[Any, np.dtype[np.uint64]]
_Integers = np.ndarray[Any, np.dtype[np.int64]]

_POWERS: Final = np.array(POWERS, np.uint64)
_INVERSE: Final = np.uint64(INVERSE)
_INVERSE_2: Final = np.uint64(INVERSE * INVERSE & MASK)
# what moves the tail of a key of some length to where it stands in the window
_TO_WINDOW: Final = np.array(
    [pow(INVERSE, max(length - WINDOW, 0), MASK + 1) for length in range(LONGEST + 1)],
    np.uint64,
)
_SIGNATURE_BITS: Final = 63


class Letters:
    """The letters of some strings, each of 1 to `LONGEST` letters, one after another.

    Attributes:
        codes: their code points.
        starts: where in them each string begins.
        lengths: of the strings, in code points.
        sums: hashes of all before each letter, within its string and those before; one
            more than there are letters.
    """

    __slots__ = ("codes", "lengths", "starts", "sums")

    def __init__(self, texts: Sequence[str]) -> None:
        """Take strings apart and hash all their beginnings."""
        self.lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        data = "".join(texts).encode("utf-32-le", "surrogatepass")
        self.codes = np.frombuffer(data, "<u4")
        ends = np.cumsum(self.lengths)
        self.starts = ends - self.lengths
        positions = np.arange(len(self.codes))
        positions -= np.repeat(self.starts, self.lengths)
        terms = self.codes.astype(np.uint64)
        for factor, shift in CODE_STEPS:
            terms *= np.uint64(factor)
            terms ^= terms >> np.uint64(shift)
        terms *= _POWERS.take(positions)
        self.sums: Hashes = np.zeros(len(terms) + 1, np.uint64)
        np.cumsum(terms, out=self.sums[1:])

    def signatures(self) -> Hashes:
        """Return which letters each string has, by their lowest 6 bits."""
        bits = (self.codes & np.uint32(_SIGNATURE_BITS)).astype(np.uint64)
        np.left_shift(np.uint64(1), bits, out=bits)
        if not len(bits):
            return bits
        return np.bitwise_or.reduceat(bits, self.starts)


class Variants(NamedTuple):
    """A string for each column, and the letters to delete from it.

    Attributes:
        before: for each letter to delete, the hashes of what stands before it.
        after: the same with the letter itself.
        whole: the hashes with nothing deleted.
        again: for each letter, whether it must not be deleted, unless the one before
            is, because that is the same letter and leaves the same string; empty where
            it was not asked for.
    """

    before: Sequence[Hashes]
    after: Sequence[Hashes]
    whole: Hashes
    again: Sequence[NDArray[np.bool_]] = ()


class Group(NamedTuple):
    """Strings whose letters are deleted alike.

    Attributes:
        length: of the shortest string that is of this group.
        members: numbers of the strings.
        whole: variants of the whole strings.
        window: of their heads and tails; None where these are the whole.
    """

    length: int
    members: _Integers
    whole: Variants
    window: Variants | None


def grouped(
    letters: Letters, members: _Integers, *, more: int, once: bool = False
) -> Iterator[Group]:
    """Take apart strings, those together whose letters are deleted alike.

    Args:
        letters: of all strings.
        members: numbers of those that are wanted.
        more: letters that may be deleted besides those of head and tail.
        once: whether to find out which variants are there already.
    """
    shapes = np.minimum(letters.lengths.take(members), shape_of(LONGEST, more))
    for shape in np.flatnonzero(np.bincount(shapes)).tolist():
        of_shape = members[shapes == shape]
        ends = _Ends(letters, of_shape)
        positions = deletable(shape, more)
        whole = ends.whole(positions)
        window = ends.window() if shape > WINDOW else None
        if once:
            whole = whole._replace(again=ends.again(positions))
            if window:
                inside = (*range(HEAD), *range(-TAIL, 0))
                window = window._replace(again=ends.again(inside, joined=True))
        yield Group(shape, of_shape, whole, window)


class _Ends:
    """Letters of strings, counted from either end."""

    __slots__ = ("_ends", "_first", "_lengths", "_letters", "_starts")

    def __init__(self, letters: Letters, members: _Integers) -> None:
        self._letters = letters
        self._starts = letters.starts.take(members)
        self._lengths = letters.lengths.take(members)
        self._ends = self._starts + self._lengths
        self._first = letters.sums.take(self._starts)

    def whole(self, positions: Sequence[int]) -> Variants:
        before: list[Hashes] = []
        after: list[Hashes] = []
        last: int | None = None
        for position in positions:
            before.append(after[-1] if last == position - 1 else self._sum(position))
            after.append(self._sum(position, 1))
            last = position
        return Variants(before, after, self._sum(0, at_end=True))

    def window(self) -> Variants:
        sums = [self._sum(position) for position in range(HEAD + 1)]
        move = _TO_WINDOW.take(self._lengths)
        border = self._sum(-TAIL)
        for position in range(-TAIL, 0):
            tail = self._sum(position, 1)
            tail -= border
            tail *= move
            tail += sums[HEAD]
            sums.append(tail)
        return Variants(sums[:-1], sums[1:], sums[-1])

    def again(
        self, positions: Sequence[int], *, joined: bool = False
    ) -> list[NDArray[np.bool_]]:
        same: list[NDArray[np.bool_]] = []
        last: int | None = None
        found = None
        for position in positions:
            codes = self._letters.codes.take(self._at(position))
            if found is not None and (joined or last == position - 1):
                same.append(codes == found)
            else:
                same.append(np.zeros(len(codes), np.bool_))
            last, found = position, codes
        return same

    def _at(self, position: int) -> _Integers:
        return (self._starts if position >= 0 else self._ends) + position

    def _sum(self, position: int, more: int = 0, *, at_end: bool = False) -> Hashes:
        at = self._ends if at_end else self._at(position) + more
        sums: Hashes = self._letters.sums.take(at)
        sums -= self._first
        return sums


def rows_of(variants: Variants, edits: int) -> int:
    """Return how many variants have so many letters deleted."""
    return comb(len(variants.before), edits)


def pairs_of(variants: Variants) -> list[tuple[int, int]]:
    """Return which two letters each row of `deletions` lacks."""
    return list(combinations(range(len(variants.before)), 2))


def deletions(variants: Variants, edits: int, out: Hashes) -> None:
    """Write the hashes of the strings without so many letters, 0 to 2.

    Args:
        variants: of the strings.
        edits: letters to delete.
        out: one row for each choice of letters, in order, one column for each string.
    """
    before, after, whole = variants.before, variants.after, variants.whole
    if edits == 0:
        out[0] = whole
        return
    if edits == 1:
        for at, (ahead, past) in enumerate(zip(before, after, strict=True)):
            np.subtract(whole, past, out=out[at])
            out[at] *= _INVERSE
            out[at] += ahead
        return
    # once a letter is gone, what stands behind it is divided once, behind both twice
    moved = [past * _INVERSE for past in after]
    firsts = [ahead - past for ahead, past in zip(before, moved, strict=True)]
    whole = whole * _INVERSE_2
    seconds = [first * _INVERSE + whole for first in firsts]
    for row, (one, other) in zip(out, pairs_of(variants), strict=True):
        np.add(firsts[one], seconds[other], out=row)
