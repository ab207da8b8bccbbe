"""The keys near to each of a column of keys, as columns.

Here `gazetteer.index.edits` is applied to many pairs of keys at once. Where it looks at
more than lengths and first letters, at words and digits, it is asked itself.
"""

from __future__ import annotations

from itertools import chain
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

__all__ = ["Nearby", "allowed_many", "joined", "near_to"]

_EDITS: Final = np.array([edits_of_length(n) for n in range(TWO_EDITS_FROM + 1)])
_NO_EDITS: Final = 99
_32: Final = 32


class Nearby(NamedTuple):
    """Pairs of keys as `gazetteer.index.edits.Near` tells of them, one a row.

    Attributes:
        of: number of the key that something is near to, rising.
        keys: the near ones.
        edits, length, first, beyond, longer: as of `Near`.
    """

    of: Numbers
    keys: list[str]
    edits: Numbers
    length: Numbers
    first: Truths
    beyond: Truths
    longer: Numbers

    def take(self, rows: Numbers) -> Nearby:
        """Return some rows."""
        keys = self.keys
        return Nearby(
            self.of[rows],
            [keys[row] for row in rows.tolist()],
            self.edits[rows],
            self.length[rows],
            self.first[rows],
            self.beyond[rows],
            self.longer[rows],
        )

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

    def nearest(self, asked: Sequence[str]) -> Nearby:
        """Return of each group what `gazetteer.index.edits.nearest_of` returns.

        Args:
            asked: for each group the key that decides what settles it.
        """
        numbers: dict[str, int] = {}
        names = [numbers.setdefault(key, len(numbers)) for key in self.keys]
        pair = self.of << _32 | np.array(names, np.int64)
        order = np.lexsort((self.edits, pair))
        fewest = order[np.flatnonzero(np.diff(pair[order], prepend=-1))]
        kept = np.zeros(len(pair), bool)
        kept[fewest] = True
        least = np.full(len(asked), _NO_EDITS)
        np.minimum.at(least, self.of, self.edits)
        kept_nearest = kept & (self.edits == least[self.of])
        settled = self._settled(asked, kept_nearest)
        kept[settled[self.of]] = kept_nearest[settled[self.of]]
        return self if kept.all() else self.take(np.flatnonzero(kept))

    def settled(self, asked: Sequence[str]) -> Truths:
        """Tell of each group what `gazetteer.index.edits.settles` tells."""
        return self._settled(asked, np.ones(len(self.of), bool))

    def _settled(self, asked: Sequence[str], counted: Truths) -> Truths:
        short = _lengths(asked) < TWO_EDITS_FROM
        believed = (self.length >= BELIEVED_FROM) & ~self.beyond & ~self.first
        counted = counted & (believed | short[self.of])
        return np.bincount(self.of[counted], minlength=len(asked)) > 0


def allowed_many(
    of: Numbers, asked: Sequence[str], others: list[str], edits: NDArray[Any]
) -> Nearby:
    """Return what `gazetteer.index.edits.allowed_edits` allows of pairs of keys.

    Args:
        of: for each pair the number of the key that was asked for.
        asked: the keys.
        others: for each pair the key that was found.
        edits: between them.
    """
    edits = edits.astype(np.int64)
    lengths, found = _lengths(asked)[of], _lengths(others)
    length, longer = np.minimum(lengths, found), np.maximum(lengths, found)
    kept = (lengths >= SHORTEST_QUERY) & (edits <= _allowed(found))
    keys = [asked[each] for each in of.tolist()]
    for row in np.flatnonzero(~(_of_letters(asked)[of] & _of_letters(others))).tolist():
        if not same_digits(keys[row], others[row]):
            kept[row] = False
    beyond = edits > _allowed(length)
    first = _replace_first(keys, others)
    words = _spaced(asked)[of] & _spaced(others)
    parted = _words_apart(keys, others, np.flatnonzero(kept & words))
    length[parted.rows] = parted.length
    first[parted.rows] = parted.first
    # what is the same on either side of the word counts for nothing
    beyond[parted.rows] |= edits[parted.rows] > _allowed(parted.length)
    beyond |= first & (length < TWO_EDITS_FROM)
    for row in parted.several.tolist():
        near = allowed_edits(keys[row], others[row], int(edits[row]))
        if near is not None:
            length[row], first[row], beyond[row] = near[2:5]
    every = Nearby(of, others, edits, length, first, beyond, longer)
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
    same = np.flatnonzero(count == _words(theirs))
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
    asked = [names.near.in_steps(keys) for names in each]

    def allowed(found: Iterable[Pairs]) -> Nearby:
        parts = [
            _named(allowed_many(of, keys, others, edits), borne)
            for of, others, edits in found
        ]
        return joined(*parts)

    near = allowed(steps.first() for steps in asked).nearest(keys)
    left = np.flatnonzero(~near.settled(keys))
    if not len(left):
        return near
    more = allowed(steps.second(left) for steps in asked)
    return joined(near, more).nearest(keys) if len(more.of) else near


def joined(*parts: Nearby) -> Nearby:
    """Return the rows of several, by group and in the order of the parts."""
    if len(parts) == 1:
        return parts[0]
    of = np.concatenate([part.of for part in parts])
    order = np.argsort(of, kind="stable")
    keys = list(chain.from_iterable(part.keys for part in parts))
    return Nearby(
        of[order],
        [keys[row] for row in order.tolist()],
        *(np.concatenate(columns)[order] for columns in _columns(parts)),
    )


def _columns(parts: Sequence[Nearby]) -> list[tuple[NDArray[Any], ...]]:
    return list(zip(*(part[2:] for part in parts), strict=True))


def _named(near: Nearby, borne: Callable[[Sequence[str]], list[bool]] | None) -> Nearby:
    """Name what is near by its match key, and leave out what nobody bears."""
    others = [
        row
        for row, key in enumerate(near.keys)
        if "x" in key or "d" in key or not key.isascii()
        if not is_match_key(key)
    ]
    if others:
        named = match_keys([near.keys[row] for row in others])
        for row, key in zip(others, named, strict=True):
            near.keys[row] = key
    if borne is None:
        return near
    return near.take(np.flatnonzero(borne(near.keys)))


def _lengths(keys: Sequence[str]) -> Numbers:
    return np.fromiter(map(len, keys), np.int64, len(keys))


def _of_letters(keys: Sequence[str]) -> Truths:
    """Tell which keys are of letters and spaces alone."""
    are = np.fromiter(map(str.isalpha, keys), np.bool_, len(keys))
    for at in np.flatnonzero(~are).tolist():
        are[at] = keys[at].replace(" ", "").isalpha()
    return are


def _spaced(keys: Sequence[str]) -> Truths:
    return np.array([" " in key for key in keys], np.bool_)


def _allowed(lengths: Numbers) -> Numbers:
    return _EDITS.take(lengths, mode="clip")
