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

from gazetteer.folding import (
    MatchKey,
    bag_key,
    digraph_key,
    has_digraph,
    may_be_digraphs_of,
)
from gazetteer.folding.columns import (
    class_keys,
    match_keys,
    plain_keys,
    written_keys,
)
from gazetteer.index.close import CLASS_CUTOFF, Close, Difference
from gazetteer.index.edits import ONE_EDIT_FROM, SHORTEST_QUERY, osa, same_digits
from gazetteer.index.exact import HashColumn, encoded
from gazetteer.index.keys import may_be_written_otherwise
from gazetteer.index.nearby import joined, near_to
from gazetteer.index.settled import tidied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from gazetteer.index.names import Names
    from gazetteer.index.nearby import Nearby

    Numbers = NDArray[np.int64]
    Truths = NDArray[np.bool_]
    Floats = NDArray[np.float64]

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
        for row in range(self.starts[at], self.starts[at + 1]):
            kind, near, similarity, *others = [column[row] for column in self._listed]
            difference = Difference(similarity, KINDS[kind], *others)
            close.add(self.rows.keys[row], difference, near)

    @cached_property
    def _listed(self) -> list[list[Any]]:
        # to read many numbers of arrays one by one takes long
        return [column.tolist() for column in self.rows[2:]]


def close_by(
    queries: Sequence[str],
    each: Sequence[Names],
    borne: Callable[[Sequence[str]], list[bool]] | None,
) -> CloseBy:
    """Return what is close to each of some queries.

    Args:
        queries: any texts that bear no name.
        each: the names of all stores.
        borne: tells of keys whether somebody bears each; None where somebody does.
    """
    texts = tidied(queries)
    keys = match_keys(texts)
    wanted = [at for at, key in enumerate(keys) if len(key) >= SHORTEST_QUERY]
    numbers = np.array(wanted, np.int64)
    asked = [keys[at] for at in wanted]
    near = _near(asked, [texts[at] for at in wanted], each, borne)
    mates = _mates(asked, each)
    rows = _rows(asked, near, mates)
    found = CloseBy(texts, keys, rows._replace(of=numbers[rows.of]))
    _add_words(found, wanted, each, borne)
    return found


def _near(
    keys: Sequence[str],
    texts: Sequence[str],
    each: Sequence[Names],
    borne: Callable[[Sequence[str]], list[bool]] | None,
) -> Nearby:
    """Return what is near to each key, or to the written key of its text."""
    written = _written(keys, texts)
    asked = list(dict.fromkeys([*keys, *written.values()]))
    near = near_to(asked, each, borne)
    number_of = {key: number for number, key in enumerate(asked)}
    starts = np.searchsorted(near.of, np.arange(len(asked) + 1))
    mine = _copied(near, starts, [number_of[key] for key in keys])
    if not written:
        return mine
    more = _copied(near, starts, [number_of[key] for key in written.values()])
    more = more._replace(of=np.array(list(written))[more.of])
    return joined(mine, more).nearest(keys)


def _written(keys: Sequence[str], texts: Sequence[str]) -> dict[int, str]:
    """Return by position the written keys in which edits count otherwise."""
    maybe = [
        at
        for at, (key, text) in enumerate(zip(keys, texts, strict=True))
        if may_be_written_otherwise(text, key)
    ]
    given = [texts[at] for at in maybe]
    spelt = written_keys(given)
    each = zip(maybe, spelt, match_keys(spelt), plain_keys(given), strict=True)
    return {
        at: written
        for at, written, key, plain in each
        if written not in (keys[at], plain) and key in (keys[at], plain)
    }


def _copied(near: Nearby, starts: Numbers, groups: Sequence[int]) -> Nearby:
    """Return some groups, numbered by where they stand; one may come again."""
    at = np.array(groups, np.int64)
    counts = starts[at + 1] - starts[at]
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    rows = np.arange(total) + np.repeat(starts[at] - (ends - counts), counts)
    return near.take(rows)._replace(of=np.repeat(np.arange(len(at)), counts))


class _Mates(NamedTuple):
    """Keys that sound like queries, one a row, each of a query once.

    Attributes:
        of: number of the query, rising.
        keys: that sound alike.
        edits: between the two.
        share: of the longer one that is the same, in percent.
        joined: whether they differ in spaces only.
    """

    of: Numbers
    keys: list[str]
    edits: Numbers
    share: Floats
    joined: Truths


def _mates(keys: Sequence[str], each: Sequence[Names]) -> _Mates:
    """Return what `Close.add_class_mate` takes of the keys that sound alike."""
    merged = class_keys(keys)
    pairs: dict[tuple[int, str], None] = {}
    for at, others in _leading(each, "class", merged):
        for query, other, same in zip(at, others, class_keys(others), strict=True):
            if merged[query] == same:
                pairs[query, other] = None
    found = sorted(pairs, key=lambda pair: pair[0])
    distance = osa()
    edits = [distance(keys[query], other) for query, other in found]
    longer = [max(len(keys[query]), len(other)) for query, other in found]
    counted = np.array(edits, np.int64)
    share = 100.0 * (1 - counted / np.array(longer, np.int64))
    kept = [
        row
        for row, far_enough in enumerate((share < CLASS_CUTOFF).tolist())
        if not far_enough and same_digits(keys[found[row][0]], found[row][1])
    ]
    spaces = [
        (" " in other or " " in keys[query])
        and keys[query].replace(" ", "") == other.replace(" ", "")
        for query, other in map(found.__getitem__, kept)
    ]
    return _Mates(
        np.array([found[row][0] for row in kept], np.int64),
        [found[row][1] for row in kept],
        counted[kept],
        share[kept],
        np.array(spaces, bool),
    )


def _rows(keys: Sequence[str], near: Nearby, mates: _Mates) -> Rows:
    """Join what is near and what sounds alike; of one key that counts more."""
    alike = 100.0 * (1 - near.edits / near.longer)
    count = len(near.of)
    rows_of = (
        {
            pair: row
            for row, pair in enumerate(zip(near.of.tolist(), near.keys, strict=True))
        }
        if len(mates.of)
        else {}
    )
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
        near.keys,
        np.zeros(count, np.int64),
        least,
        alike,
        near.length,
        near.edits,
        near.first,
        near.beyond,
        alike,
    )
    of = np.concatenate([near.of[kept], mates.of[added]])
    order = np.argsort(of, kind="stable")
    every = [near.keys[row] for row in kept.tolist()]
    every += [mates.keys[row] for row in added.tolist()]
    columns: list[NDArray[Any]] = [
        np.concatenate([one[kept], other[added]])[order]
        for one, other in zip(of_near[2:], of_mates[2:], strict=True)
    ]
    return Rows(of[order], [every[row] for row in order.tolist()], *columns)


# --------------------------------------------------------------- words, generic or not


def _add_words(
    found: CloseBy,
    wanted: Sequence[int],
    each: Sequence[Names],
    borne: Callable[[Sequence[str]], list[bool]] | None,
) -> None:
    """Add the same words otherwise arranged, and what is near beside generic words."""
    several = {
        at: Close(found.texts[at], MatchKey(found.keys[at]))
        for at in wanted
        if " " in found.keys[at]
    }
    rearranged = _rearranged(found.keys, wanted, several, each)
    spelt = _with_digraphs(found, wanted, each)
    for at in sorted(rearranged.keys() | spelt.keys()):
        close = several.get(at) or Close(found.texts[at], MatchKey(found.keys[at]))
        for other in rearranged.get(at, ()):
            close.add_rearranged(other)
        for other in spelt.get(at, ()):
            close.add_digraphs(other, close.key)
        found.fill(close, at)
        found.made[at] = close
    believed = np.zeros(len(found.keys), bool)
    believed[found.rows.of[~found.rows.beyond]] = True
    doubted = []
    for at, close in several.items():
        core = close.query.core
        if core == close.key or len(core) < ONE_EDIT_FROM:
            continue
        if at in found.made and not close.doubted:
            continue
        if at not in found.made:
            if believed[at]:
                continue
            found.fill(close, at)
            found.made[at] = close
        doubted.append(close)
    _add_cores(doubted, each, borne)


def _rearranged(
    keys: Sequence[str],
    wanted: Sequence[int],
    several: dict[int, Close],
    each: Sequence[Names],
) -> dict[int, list[str]]:
    """Return the keys of the same words, by query."""
    found: dict[int, list[str]] = {}
    at_words = list(several)
    bags = [several[at].bag for at in at_words]
    known = np.zeros(len(bags), bool)
    for names in each:
        known |= names.column_of_keys.find(bags) >= 0
    for at, bag, here in zip(at_words, bags, known.tolist(), strict=True):
        if here and bag != keys[at]:
            found.setdefault(at, []).append(bag)
    bag_of = dict(zip(at_words, bags, strict=True))
    every = [bag_of.get(at, keys[at]) for at in wanted]
    for queries, others in _leading(each, "bag", every):
        for query, other in zip(queries, others, strict=True):
            if bag_key(other) == every[query] and other != keys[wanted[query]]:
                found.setdefault(wanted[query], []).append(other)
    return found


def _with_digraphs(
    found: CloseBy, wanted: Sequence[int], each: Sequence[Names]
) -> dict[int, list[str]]:
    """Return what `Index` finds of queries with two letters for one, by query."""
    spelt: dict[int, list[str]] = {}
    keys = [found.keys[at] for at in wanted]
    marked = [row for row, at in enumerate(wanted) if has_digraph(found.texts[at])]
    with_two = list(keys)
    for row in marked:
        with_two[row] = digraph_key(found.texts[wanted[row]])
    for queries, others in _leading(each, "digraph", with_two):
        for row, other in zip(queries, others, strict=True):
            if may_be_digraphs_of(with_two[row], other):
                spelt.setdefault(wanted[row], []).append(other)
    asked = [with_two[row] for row in marked]
    for names in each:
        known = (names.column_of_keys.find(asked) >= 0).tolist()
        for row, here in zip(marked, known, strict=True):
            if here and with_two[row] != keys[row]:
                spelt.setdefault(wanted[row], []).append(with_two[row])
    return spelt


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
    merged = class_keys(asked)
    for queries, others in _leading(each, "class", merged):
        for query, other, same in zip(queries, others, class_keys(others), strict=True):
            if merged[query] == same:
                mates[asked[query]].append(other)
    for close, core in zip(doubted, cores, strict=True):
        for names in each:
            for other in names.with_digraphs(core):
                close.add_digraphs(other, core)
        for row in near[core]:
            close.add_near(rows.row(row), core)
        for other in mates[core]:
            close.add_class_mate(other, core)


def _leading(
    each: Sequence[Names], table: str, wanted: Sequence[str]
) -> Iterator[tuple[list[int], list[str]]]:
    """Yield the keys to which a table of hashes leads, and from which it does.

    Args:
        each: the names of all stores.
        table: of the stores, by the hash of what a key makes.
        wanted: what a key is to make; the hash is of this, and no more is compared.
    """
    data = encoded(wanted)
    for names in each:
        keys = names.packed_keys
        for at, numbers in HashColumn(names.store, table, "key").find(data):
            there = numbers < len(keys)
            yield at[there].tolist(), keys.take(numbers[there])
