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
from gazetteer.index.close import CLASS_CUTOFF, differ_in_spaces
from gazetteer.index.edits import osa, same_digits
from gazetteer.index.exact import HashColumn, hashes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    asked = [keys[query] for query, _ in found]
    others = [other for _, other in found]
    edits = _distances(asked, others)
    longer = [
        max(len(key), len(other)) for key, other in zip(asked, others, strict=True)
    ]
    share = 100.0 * (1 - edits / np.array(longer, np.int64))
    kept = [
        row
        for row in np.flatnonzero(share >= CLASS_CUTOFF).tolist()
        if same_digits(asked[row], others[row])
    ]
    spaces = [differ_in_spaces(asked[row], others[row]) for row in kept]
    return Mates(
        np.array([found[row][0] for row in kept], np.int64),
        [others[row] for row in kept],
        edits[kept],
        share[kept],
        np.array(spaces, bool),
    )


def _distances(keys: Sequence[str], others: Sequence[str]) -> Numbers:
    from rapidfuzz.process import cpdist

    if not keys:
        return np.zeros(0, np.int64)
    counted: Numbers = cpdist(keys, others, scorer=osa(), dtype=np.int64, workers=1)
    return counted


def alike_in_sound(keys: Sequence[str], each: Sequence[Names]) -> list[tuple[int, str]]:
    """Return the keys that have the class-merged key of some, each once.

    Args:
        keys: any.
        each: the names of all stores.

    Returns:
        Numbers of the keys, rising, with what sounds alike.
    """
    merged = class_keys(keys)
    of, others = _leading(each, "class", hashes_of(merged))
    pairs = zip(of, others, class_keys(others), strict=True)
    found = [(query, other) for query, other, same in pairs if merged[query] == same]
    # the same key may stand in several stores
    return list(dict.fromkeys(found)) if len(each) > 1 else found


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
    for row, other in zip(*_leading(each, "bag", hashes), strict=True):
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
    leading = _leading(each, "digraph", _with(hashes, rows, asked))
    for row, other in zip(*leading, strict=True):
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
) -> tuple[list[int], list[str]]:
    """Return the keys to which a table of hashes leads, and from which, rising.

    Args:
        each: the names of all stores.
        table: of the stores, by the hash of what a key makes.
        hashes: of what a key is to make; no more is compared.
    """
    owners, found = [np.zeros(0, np.int64)], []
    for names in each:
        keys = names.packed_keys
        at, numbers = HashColumn(names.store, table, "key").find(hashes)
        # what is damaged may lead to one key twice, or to none
        pairs = np.unique(at << 32 | numbers)
        pairs = pairs[np.flatnonzero(pairs & 0xFFFF_FFFF < len(keys))]
        owners.append(pairs >> 32)
        found += keys.take(pairs & 0xFFFF_FFFF)
    of = np.concatenate(owners)
    if len(each) > 1:
        order = np.argsort(of, kind="stable")
        return of[order].tolist(), [found[row] for row in order.tolist()]
    return of.tolist(), found
