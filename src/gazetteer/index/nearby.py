"""The keys near to each of a column of keys, as columns.

Here `gazetteer.index.edits` is applied to many pairs of keys at once. Where it looks at
more than lengths and first letters, at words and digits, it is asked itself.
"""

from __future__ import annotations

from functools import cached_property
from operator import ne
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from gazetteer.folding.columns import match_keys
from gazetteer.index.edits import (
    BELIEVED_FROM,
    SHORTEST_QUERY,
    TWO_EDITS_FROM,
    Near,
    allowed_edits,
    edits_of_length,
    replaces_first,
    same_digits,
)
from gazetteer.index.keys import is_match_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from gazetteer.index.names import Names
    from gazetteer.index.neighbourhood.batch import Pairs

    Numbers = NDArray[np.int64]
    Truths = NDArray[np.bool_]
    Texts = NDArray[np.object_]

__all__ = ["Asked", "Nearby", "allowed_many", "joined", "near_to"]

_EDITS: Final = np.array([edits_of_length(n) for n in range(TWO_EDITS_FROM + 1)])
_32: Final = 32


class Asked:
    """Keys that are asked for, with what is told of each but once."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Hold the keys."""
        self.keys = keys

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def lengths(self) -> Numbers:
        """Their lengths."""
        return _lengths(self.keys)

    @cached_property
    def letters(self) -> Truths:
        """Which are of letters and spaces alone."""
        return _of_letters(self.keys)

    @cached_property
    def spaced(self) -> Truths:
        """Which are of several words."""
        return _spaced(self.keys)


class Nearby(NamedTuple):
    """Pairs of keys as `gazetteer.index.edits.Near` tells of them, one a row.

    Attributes:
        of: number of the key that something is near to, rising.
        keys: the near ones.
        edits, length, first, beyond, longer: as of `Near`.
    """

    of: Numbers
    keys: Texts
    edits: Numbers
    length: Numbers
    first: Truths
    beyond: Truths
    longer: Numbers

    def take(self, rows: Numbers) -> Nearby:
        """Return some rows."""
        columns: list[NDArray[Any]] = [column.take(rows) for column in self]
        return Nearby(*columns)

    def head(self, count: int) -> Nearby:
        """Return the first rows."""
        columns: list[NDArray[Any]] = [column[:count] for column in self]
        return Nearby(*columns)

    def row(self, row: int) -> Near:
        """Return one row."""
        return Near(
            self.keys[row],
            int(self.edits[row]),
            int(self.length[row]),
            bool(self.first[row]),
            bool(self.beyond[row]),
            int(self.longer[row]),
        )

    def nearest(self, asked: Asked) -> Nearby:
        """Return of each group what `gazetteer.index.edits.nearest_of` returns.

        Args:
            asked: for each group the key that decides what settles it.
        """
        counts = np.bincount(self.of, minlength=len(asked))
        rows = np.flatnonzero(counts.take(self.of) > 1)
        if not len(rows):
            return self
        kept = np.ones(len(self.of), bool)
        kept[rows] = _nearest(self.take(rows), asked)
        return self if kept.all() else self.take(np.flatnonzero(kept))

    def settled(self, asked: Asked, counted: Truths | None = None) -> Truths:
        """Tell of each group what `gazetteer.index.edits.settles` tells.

        Args:
            asked: for each group the key that decides it.
            counted: which rows count; None for all.
        """
        short = asked.lengths < TWO_EDITS_FROM
        believed = (self.length >= BELIEVED_FROM) & ~self.beyond & ~self.first
        believed |= short.take(self.of)
        if counted is not None:
            believed &= counted
        return np.bincount(self.of[believed], minlength=len(asked)) > 0


def _nearest(near: Nearby, asked: Asked) -> Truths:
    """Tell which rows `Nearby.nearest` keeps, where there are several of each group."""
    numbers: dict[str, int] = {}
    names = [numbers.setdefault(key, len(numbers)) for key in near.keys.tolist()]
    pair = near.of << _32 | np.array(names, np.int64)
    order = np.lexsort((near.edits, pair))
    fewest = order[np.flatnonzero(np.diff(pair[order], prepend=-1))]
    kept = np.zeros(len(pair), bool)
    kept[fewest] = True
    begin = np.flatnonzero(np.diff(near.of, prepend=-1))
    least = np.minimum.reduceat(near.edits, begin)
    least = np.repeat(least, np.diff(begin, append=len(near.of)))
    kept_nearest = kept & (near.edits == least)
    settled = near.settled(asked, kept_nearest).take(near.of)
    kept[settled] = kept_nearest[settled]
    return kept


def allowed_many(
    of: Numbers, asked: Asked, others: list[str], edits: NDArray[Any]
) -> Nearby:
    """Return what `gazetteer.index.edits.allowed_edits` allows of pairs of keys.

    Args:
        of: for each pair the number of the key that was asked for.
        asked: the keys.
        others: for each pair the key that was found.
        edits: between them.
    """
    edits = edits.astype(np.int64)
    lengths, found = asked.lengths.take(of), _lengths(others)
    length, longer = np.minimum(lengths, found), np.maximum(lengths, found)
    kept = (lengths >= SHORTEST_QUERY) & (edits <= _allowed(found))
    keys = list(map(asked.keys.__getitem__, of.tolist()))
    spelt = asked.letters.take(of) & _of_letters(others)
    for row in np.flatnonzero(~spelt).tolist():
        if not same_digits(keys[row], others[row]):
            kept[row] = False
    beyond = edits > _allowed(length)
    first = _replace_first(keys, others)
    words = np.flatnonzero(kept & asked.spaced.take(of))
    parted = _words_apart(keys, others, words)
    length[parted.rows] = parted.length
    first[parted.rows] = parted.first
    # what is the same on either side of the word counts for nothing
    beyond[parted.rows] |= edits[parted.rows] > _allowed(parted.length)
    beyond |= first & (length < TWO_EDITS_FROM)
    for row in parted.several.tolist():
        near = allowed_edits(keys[row], others[row], int(edits[row]))
        if near is not None:
            length[row], first[row], beyond[row] = near[2:5]
    every = Nearby(of, _texts(others), edits, length, first, beyond, longer)
    return every if kept.all() else every.take(np.flatnonzero(kept))


class _Apart(NamedTuple):
    """Pairs of keys that can be paired word by word.

    Attributes:
        rows: of pairs of which one word differs.
        length: of the shorter of the two.
        first: whether an edit replaced the first letter of the word.
        several: rows of pairs of which several words differ.
    """

    rows: Numbers
    length: Numbers
    first: Truths
    several: Numbers


def _words_apart(keys: Sequence[str], others: Sequence[str], rows: Numbers) -> _Apart:
    """Tell of which of some pairs one word differs, and of which several."""
    mine = [keys[row] for row in rows.tolist()]
    theirs = [others[row] for row in rows.tolist()]
    count = _words(mine)
    # a single word is compared as a whole
    same = np.flatnonzero((count == _words(theirs)) & (count > 1))
    rows, count = rows[same], count[same]
    # all words, one pair's behind the other's
    left = " ".join([mine[at] for at in same.tolist()]).split(" ")
    right = " ".join([theirs[at] for at in same.tolist()]).split(" ")
    at = np.flatnonzero(np.fromiter(map(ne, left, right), np.bool_, len(left)))
    if not len(rows) or not len(at):
        return _Apart(rows[:0], rows[:0], np.zeros(0, bool), rows[:0])
    pair = np.repeat(np.arange(len(rows)), count)[at]
    differ = np.bincount(pair, minlength=len(rows))
    at = at[differ[pair] == 1]
    a, b = [left[each] for each in at.tolist()], [right[each] for each in at.tolist()]
    length = np.minimum(_lengths(a), _lengths(b))
    one = np.flatnonzero(differ == 1)
    return _Apart(rows[one], length, _replace_first(a, b), rows[differ > 1])


def _words(keys: Sequence[str]) -> Numbers:
    return np.array([key.count(" ") + 1 for key in keys], np.int64)


def _replace_first(keys: Sequence[str], others: Sequence[str]) -> Truths:
    """Tell of pairs whether an edit replaces the first letter."""
    first = np.array(
        [a[:1] != b[:1] for a, b in zip(keys, others, strict=True)], np.bool_
    )
    for row in np.flatnonzero(first).tolist():
        first[row] = replaces_first(keys[row], others[row])
    return first


def near_to(
    keys: Sequence[str],
    each: Sequence[Names],
    borne: Callable[[Sequence[str]], list[bool]] | None,
) -> Nearby:
    """Return what is near to each of many keys, as `Index.nearest` finds it for one.

    Args:
        keys: any.
        each: the names of all stores.
        borne: tells of keys whether somebody bears each; None where somebody does.
    """
    steps = [names.near.in_steps(keys) for names in each]
    asked = Asked(keys)

    def allowed(found: Iterable[Pairs]) -> Nearby:
        parts = [
            _named(allowed_many(of, asked, others, edits), borne)
            for of, others, edits in found
        ]
        return joined(*parts)

    near = allowed(step.first() for step in steps).nearest(asked)
    left = np.flatnonzero(~near.settled(asked))
    if not len(left):
        return near
    more = allowed(step.second(left) for step in steps)
    return joined(near, more).nearest(asked) if len(more.of) else near


def joined(*parts: Nearby) -> Nearby:
    """Return the rows of several, by group and in the order of the parts."""
    if len(parts) == 1:
        return parts[0]
    columns: list[NDArray[Any]] = list(map(np.concatenate, zip(*parts, strict=True)))
    return Nearby(*columns).take(np.argsort(columns[0], kind="stable"))


def _named(near: Nearby, borne: Callable[[Sequence[str]], list[bool]] | None) -> Nearby:
    """Name what is near by its match key, and leave out what nobody bears."""
    keys: list[str] = near.keys.tolist()
    others = [
        row
        for row, key in enumerate(keys)
        if "x" in key or "d" in key or not key.isascii()
        if not is_match_key(key)
    ]
    if others:
        near.keys[others] = match_keys([keys[row] for row in others])
    if borne is None:
        return near
    return near.take(np.flatnonzero(borne(near.keys.tolist())))


def _texts(texts: Sequence[str]) -> Texts:
    found = np.empty(len(texts), object)
    found[:] = texts
    return found


def _lengths(keys: Sequence[str]) -> Numbers:
    return np.fromiter(map(len, keys), np.int64, len(keys))


def _of_letters(keys: Sequence[str]) -> Truths:
    """Tell which keys are of letters and spaces alone."""
    are = np.fromiter(map(str.isalpha, keys), np.bool_, len(keys))
    others = np.flatnonzero(~are)
    text = "\n".join([keys[at] for at in others.tolist()]).replace(" ", "")
    are[others] = [key.isalpha() for key in text.split("\n")] if len(others) else False
    return are


def _spaced(keys: Sequence[str]) -> Truths:
    return np.array([" " in key for key in keys], np.bool_)


def _allowed(lengths: Numbers) -> Numbers:
    return _EDITS.take(lengths, mode="clip")
