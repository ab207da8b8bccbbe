"""What is close to many queries at once: the keys that `Close` holds of each, in NumPy.

It is found in the tables in which `gazetteer.index.index.Index` finds it for one query.
What most queries are close to stands in columns, from which a `Close` is made where one
is asked for; where words changed places, or a generic word stands beside a misspelt
name, it is made at once.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from gazetteer.folding import MatchKey, may_be_parted
from gazetteer.folding.columns import match_keys, written_keys
from gazetteer.index.close import Close, Difference
from gazetteer.index.edits import ONE_EDIT_FROM, SHORTEST_QUERY
from gazetteer.index.exact import hashes_of
from gazetteer.index.keys import may_be_written_otherwise
from gazetteer.index.leading import (
    Mates,
    alike_in_sound,
    keys_with_digraphs,
    mates_of,
    rearranged_keys,
)
from gazetteer.index.nearby import Asked, joined, near_to

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from gazetteer.index.column import Column
    from gazetteer.index.names import Names
    from gazetteer.index.nearby import Nearby

    Numbers = NDArray[np.int64]
    Truths = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Told = tuple[str, Difference, int]

__all__ = ["KINDS", "CloseBy", "Rows", "close_by"]

KINDS: Final = ("edits", "class", "joined")
"""Kinds of what stands in columns, by number."""

_CLASS: Final = KINDS.index("class")
_JOINED: Final = KINDS.index("joined")


class Rows(NamedTuple):
    """Keys that are close to queries, one a row, each of a query once.

    Attributes:
        of: number of the query, rising.
        keys: that are close.
        kind: number in `KINDS`.
        near: edits, however the key was found.
        similarity, length, edits, first, beyond, alike: as of `Difference`.
    """

    of: Numbers
    keys: list[str]
    kind: Numbers
    near: Numbers
    similarity: Floats
    length: Numbers
    edits: Numbers
    first: Truths
    beyond: Truths
    alike: Floats


class CloseBy:
    """What is close to each of some queries.

    Attributes:
        texts: of the queries.
        keys: of the queries.
        rows: of those queries that are not in `made`.
        starts: where the rows of each query begin, and one more.
        made: what is close to queries of which the rows do not tell all.
    """

    def __init__(self, texts: Sequence[str], keys: Sequence[str], rows: Rows) -> None:
        """Hold the columns."""
        self.texts = texts
        self.keys = keys
        self.rows = rows
        self.starts = np.searchsorted(rows.of, np.arange(len(texts) + 1))
        self.made: dict[int, Close] = {}

    def close(self, at: int) -> Close:
        """Return what is close to one query."""
        made = self.made.get(at)
        if made is None:
            made = Close(self.texts[at], MatchKey(self.keys[at]))
            self.fill(made, at)
        return made

    def fill(self, close: Close, at: int) -> None:
        """Add what the rows of a query tell."""
        for told in self.told_apart(at):
            close.add(*told)

    def told_apart(self, at: int) -> list[Told]:
        """Return what `Close.told_apart` yields of a query that is not in `made`."""
        rows = slice(self.starts[at], self.starts[at + 1])
        columns = (column[rows] for column in self._listed)
        return [
            (key, Difference(similarity, KINDS[kind], *others), near)
            for key, kind, near, similarity, *others in zip(
                self.rows.keys[rows], *columns, strict=True
            )
        ]

    @cached_property
    def _listed(self) -> list[list[Any]]:
        # to read many numbers of arrays one by one takes long
        return [column.tolist() for column in self.rows[2:]]


def close_by(
    column: Column,
    each: Sequence[Names],
    borne: Callable[[Sequence[str]], list[bool]] | None,
) -> CloseBy:
    """Return what is close to each of some queries.

    Args:
        column: any texts that bear no name.
        each: the names of all stores.
        borne: tells of keys whether somebody bears each; None where somebody does.
    """
    every = range(len(column))
    texts, keys = column.texts(every), column.keys(every)
    wanted = [at for at, key in enumerate(keys) if len(key) >= SHORTEST_QUERY]
    numbers = np.array(wanted, np.int64)
    if len(wanted) < len(keys):
        column = column.part(wanted)
    asked = column.keys(range(len(column)))
    near = _near(asked, _written(column), each, borne)
    mates = mates_of(asked, each)
    rows = _rows(asked, near, mates)
    found = CloseBy(texts, keys, rows._replace(of=numbers[rows.of]))
    _add_words(found, wanted, column, each, borne)
    return found


def _near(
    keys: Sequence[str],
    written: dict[int, str],
    each: Sequence[Names],
    borne: Callable[[Sequence[str]], list[bool]] | None,
) -> Nearby:
    """Return what is near to each key, or to a written key that has its number."""
    asked = list(dict.fromkeys([*keys, *written.values()]))
    near = near_to(asked, each, borne)
    starts = np.searchsorted(near.of, np.arange(len(asked) + 1))
    number_of = dict(zip(asked, range(len(asked)), strict=True))
    if asked[: len(keys)] == keys:
        # each key is there once
        mine = near.head(starts[len(keys)])
    else:
        mine = _copied(near, starts, [number_of[key] for key in keys])
    if not written:
        return mine
    more = _copied(near, starts, [number_of[key] for key in written.values()])
    more = more._replace(of=np.array(list(written)).take(more.of))
    return joined(mine, more).nearest(Asked(keys))


def _written(column: Column) -> dict[int, str]:
    """Return written keys in which edits count otherwise, by number of the query."""
    every = range(len(column))
    keys, texts, plain = column.keys(every), column.texts(every), column.plain(every)
    maybe = [
        at
        for at, (key, text) in enumerate(zip(keys, texts, strict=True))
        if may_be_written_otherwise(text, key)
    ]
    spelt = written_keys([texts[at] for at in maybe])
    # of most names with marks it is one of the two keys
    others = {
        at: written
        for at, written in zip(maybe, spelt, strict=True)
        if written not in (keys[at], plain[at])
    }
    named = match_keys(list(others.values()))
    return {
        at: written
        for (at, written), key in zip(others.items(), named, strict=True)
        if key in (keys[at], plain[at] or keys[at])
    }


def _copied(near: Nearby, starts: Numbers, groups: Sequence[int]) -> Nearby:
    """Return some groups, numbered by where they stand; one may come again."""
    at = np.array(groups, np.int64)
    counts = starts[at + 1] - starts[at]
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    rows = np.arange(total) + np.repeat(starts[at] - (ends - counts), counts)
    return near.take(rows)._replace(of=np.repeat(np.arange(len(at)), counts))


def _rows(keys: Sequence[str], near: Nearby, mates: Mates) -> Rows:
    """Join what is near and what sounds alike; of one key that counts more."""
    alike = 100.0 * (1 - near.edits / near.longer)
    count = len(near.of)
    with_mates = np.zeros(len(keys), bool)
    with_mates[mates.of] = True
    both = np.flatnonzero(with_mates.take(near.of))
    pairs = zip(near.of[both].tolist(), near.keys[both].tolist(), strict=True)
    rows_of = dict(zip(pairs, both.tolist(), strict=True))
    here = np.array(
        [
            rows_of.get(pair, -1)
            for pair in zip(mates.of.tolist(), mates.keys, strict=True)
        ],
        np.int64,
    )
    also = here >= 0
    lengths = np.array(
        [
            min(len(keys[query]), len(key))
            for query, key in zip(mates.of.tolist(), mates.keys, strict=True)
        ],
        np.int64,
    )
    of_mates = Rows(
        mates.of,
        mates.keys,
        np.where(mates.joined, _JOINED, _CLASS),
        np.where(mates.joined, 0, mates.edits),
        mates.share,
        lengths,
        np.where(mates.joined, 0, mates.edits),
        np.zeros(len(here), bool),
        np.zeros(len(here), bool),
        np.where(mates.joined, 100.0, mates.share),
    )
    of_mates.near[also] = np.minimum(of_mates.near[also], near.edits[here[also]])
    # the sounds are the same, which says more than that few letters differ
    won = also.copy()
    won[also] = alike[here[also]] <= of_mates.alike[also]
    least = near.edits.copy()
    least[here[also]] = of_mates.near[also]
    dropped = np.zeros(count, bool)
    dropped[here[won]] = True
    kept = np.flatnonzero(~dropped)
    added = np.flatnonzero(~also | won)
    of_near = Rows(
        near.of,
        [],  # put together below
        np.zeros(count, np.int64),
        least,
        alike,
        near.length,
        near.edits,
        near.first,
        near.beyond,
        alike,
    )
    sounding = np.array([*mates.keys, None], object)[:-1]
    of = np.concatenate([near.of[kept], mates.of[added]])
    order = np.argsort(of, kind="stable")
    columns: list[NDArray[Any]] = [
        np.concatenate([one[kept], other[added]]).take(order)
        for one, other in zip(
            (near.keys, *of_near[2:]), (sounding, *of_mates[2:]), strict=True
        )
    ]
    return Rows(of.take(order), columns[0].tolist(), *columns[1:])


# --------------------------------------------------------------- words, generic or not


def _add_words(
    found: CloseBy,
    wanted: Sequence[int],
    column: Column,
    each: Sequence[Names],
    borne: Callable[[Sequence[str]], list[bool]] | None,
) -> None:
    """Add the same words otherwise arranged, and what is near beside generic words.

    Args:
        found: to be added to.
        wanted: numbers of the queries that are long enough.
        column: of these.
        each: the names of all stores.
        borne: as of `close_by`.
    """
    every = range(len(column))
    keys = column.keys(every)
    hashes = hashes_of(keys)
    rearranged = rearranged_keys(keys, hashes, each)
    spelt = keys_with_digraphs(column.texts(every), keys, hashes, each)
    for row in sorted(rearranged.keys() | spelt.keys()):
        at = wanted[row]
        close = Close(found.texts[at], MatchKey(found.keys[at]))
        for other in rearranged.get(row, ()):
            close.add_rearranged(other)
        for other in spelt.get(row, ()):
            close.add_digraphs(other, close.key)
        found.fill(close, at)
        found.made[at] = close
    doubtful = np.ones(len(found.keys), bool)
    doubtful[found.rows.of[~found.rows.beyond]] = False
    doubtful[list(found.made)] = True
    doubted = []
    for at in np.array(wanted, np.int64)[doubtful[wanted]].tolist():
        key = found.keys[at]
        # of a key without generic words there is no other core
        if not may_be_parted(key):
            continue
        known = found.made.get(at)
        close = known or Close(found.texts[at], MatchKey(key))
        core = close.query.core
        if core == key or len(core) < ONE_EDIT_FROM:
            continue
        if known is None:
            found.fill(close, at)
            found.made[at] = close
        elif not close.doubted:
            continue
        doubted.append(close)
    _add_cores(doubted, each, borne)


def _add_cores(
    doubted: Sequence[Close],
    each: Sequence[Names],
    borne: Callable[[Sequence[str]], list[bool]] | None,
) -> None:
    """Add what is near to the queries without their generic words."""
    cores = [close.query.core for close in doubted]
    asked = list(dict.fromkeys(cores))
    near: dict[str, list[int]] = {core: [] for core in asked}
    rows = near_to(asked, each, borne)
    for row, number in enumerate(rows.of.tolist()):
        near[asked[number]].append(row)
    mates: dict[str, list[str]] = {core: [] for core in asked}
    for number, other in alike_in_sound(asked, each):
        mates[asked[number]].append(other)
    for close, core in zip(doubted, cores, strict=True):
        for names in each:
            for other in names.with_digraphs(core):
                close.add_digraphs(other, core)
        for row in near[core]:
            close.add_near(rows.row(row), core)
        for other in mates[core]:
            close.add_class_mate(other, core)
