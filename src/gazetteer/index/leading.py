"""Keys to which tables of hashes lead from many queries at once.

So found are keys that sound like a query, that have its words in another order or with
generic words, and that have one letter for two of it or two for one. A hash says no
more than where to look: what it leads to is compared with what was asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gazetteer.folding import (
    bag_key,
    digraph_key,
    has_digraph,
    may_be_digraphs_of,
    may_be_parted,
)
from gazetteer.folding.columns import class_keys
from gazetteer.index.close import CLASS_CUTOFF
from gazetteer.index.edits import osa, same_digits
from gazetteer.index.exact import HashColumn, hashes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from gazetteer.index.names import Names

    Numbers = NDArray[np.int64]
    Truths = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Hashes = NDArray[np.uint32]

__all__ = [
    "Mates",
    "alike_in_sound",
    "keys_with_digraphs",
    "mates_of",
    "rearranged_keys",
]


class Mates(NamedTuple):
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


def mates_of(keys: Sequence[str], each: Sequence[Names]) -> Mates:
    """Return what `Close.add_class_mate` takes of the keys that sound alike."""
    found = alike_in_sound(keys, each)
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
    return Mates(
        np.array([found[row][0] for row in kept], np.int64),
        [found[row][1] for row in kept],
        counted[kept],
        share[kept],
        np.array(spaces, bool),
    )


def alike_in_sound(keys: Sequence[str], each: Sequence[Names]) -> list[tuple[int, str]]:
    """Return the keys that have the class-merged key of some, each once.

    Args:
        keys: any.
        each: the names of all stores.

    Returns:
        Numbers of the keys, rising, with what sounds alike.
    """
    merged = class_keys(keys)
    pairs: dict[tuple[int, str], None] = {}
    for at, others in _leading(each, "class", hashes_of(merged)):
        for query, other, same in zip(at, others, class_keys(others), strict=True):
            if merged[query] == same:
                pairs[query, other] = None
    return sorted(pairs, key=lambda pair: pair[0])


def rearranged_keys(
    keys: Sequence[str], hashes: Hashes, each: Sequence[Names]
) -> dict[int, list[str]]:
    """Return the keys of the same words, by the number of the key.

    Args:
        keys: any.
        hashes: of them.
        each: the names of all stores.
    """
    found: dict[int, list[str]] = {}
    bags = {
        row: bag
        for row, key in enumerate(keys)
        if " " in key and (bag := _bag(key)) != key
    }
    rows, asked = list(bags), list(bags.values())
    known = np.zeros(len(asked), bool)
    for names in each:
        known |= names.column_of_keys.find(asked) >= 0
    for at in np.flatnonzero(known).tolist():
        found[rows[at]] = [asked[at]]
    hashes = _with(hashes, rows, asked)
    for of, others in _leading(each, "bag", hashes):
        for row, other in zip(of, others, strict=True):
            if other != keys[row] and bag_key(other) == bags.get(row, keys[row]):
                found.setdefault(row, []).append(other)
    return found


def _bag(key: str) -> str:
    return bag_key(key) if may_be_parted(key) else " ".join(sorted(key.split(" ")))


def keys_with_digraphs(
    texts: Sequence[str], keys: Sequence[str], hashes: Hashes, each: Sequence[Names]
) -> dict[int, list[str]]:
    """Return what `Index` finds of queries with two letters for one, by their number.

    Args:
        texts: of the queries.
        keys: of the queries.
        hashes: of the keys.
        each: the names of all stores.
    """
    found: dict[int, list[str]] = {}
    with_two = {
        row: digraph_key(text) for row, text in enumerate(texts) if has_digraph(text)
    }
    rows, asked = list(with_two), list(with_two.values())
    for of, others in _leading(each, "digraph", _with(hashes, rows, asked)):
        for row, other in zip(of, others, strict=True):
            if may_be_digraphs_of(with_two.get(row, keys[row]), other):
                found.setdefault(row, []).append(other)
    for names in each:
        known = (names.column_of_keys.find(asked) >= 0).tolist()
        for row, two, here in zip(rows, asked, known, strict=True):
            if here and two != keys[row]:
                found.setdefault(row, []).append(two)
    return found


def _with(hashes: Hashes, rows: Sequence[int], texts: Sequence[str]) -> Hashes:
    """Return hashes, at some rows those of other texts."""
    if not rows:
        return hashes
    changed = hashes.copy()
    changed[rows] = hashes_of(texts)
    return changed


def _leading(
    each: Sequence[Names], table: str, hashes: Hashes
) -> Iterator[tuple[list[int], list[str]]]:
    """Yield the keys to which a table of hashes leads, and from which it does.

    Args:
        each: the names of all stores.
        table: of the stores, by the hash of what a key makes.
        hashes: of what a key is to make; no more is compared.
    """
    for names in each:
        keys = names.packed_keys
        for at, numbers in HashColumn(names.store, table, "key").find(hashes):
            there = numbers < len(keys)
            yield at[there].tolist(), keys.take(numbers[there])
