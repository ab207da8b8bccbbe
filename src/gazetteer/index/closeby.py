"""What is close to many queries at once: the keys that `Close` holds of each, in NumPy.

It is found in the tables in which `gazetteer.index.index.Index` finds it for one query,
and added in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gazetteer.folding import MatchKey, bag_key, classes_of
from gazetteer.folding.columns import class_keys, match_keys, plain_keys
from gazetteer.index.close import Close
from gazetteer.index.edits import ONE_EDIT_FROM, SHORTEST_QUERY, nearest_of
from gazetteer.index.exact import HashColumn, encoded
from gazetteer.index.keys import as_written
from gazetteer.index.settled import tidied

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gazetteer.index.edits import Near
    from gazetteer.index.names import Names

__all__ = ["close_by"]


def close_by(
    queries: Sequence[str],
    each: Sequence[Names],
    near_of: Callable[[Sequence[str]], Mapping[str, Sequence[Near]]],
) -> list[Close]:
    """Return what is close to each of some queries.

    Args:
        queries: any texts that bear no name.
        each: the names of all stores.
        near_of: returns the keys near to each of some keys.
    """
    texts = tidied(queries)
    faithful = match_keys(texts)
    found = [
        Close(text, MatchKey(key)) for text, key in zip(texts, faithful, strict=True)
    ]
    plain = dict(zip(texts, plain_keys(texts), strict=True))
    asked = [close for close in found if len(close.key) >= SHORTEST_QUERY]
    keys = [close.key for close in asked]
    cores = [close.query.core for close in asked]
    parted = [
        core
        for core, key in zip(cores, keys, strict=True)
        if core != key and len(core) >= ONE_EDIT_FROM
    ]
    spelt = [
        as_written(close.text, _both(close.key, plain[close.text])) for close in asked
    ]
    near = near_of(list(dict.fromkeys([*keys, *parted, *filter(None, spelt)])))
    bagged = _holders(each, "bag", [close.bag for close in asked], bag_key)
    known = _known(each, [close.bag for close in asked])
    mates = _holders(each, "class", class_keys(keys), classes_of)
    for at, close in enumerate(asked):
        if known[at]:
            close.add_rearranged(close.bag)
        for other in bagged.get(at, ()):
            close.add_rearranged(other)
        here = near[close.key]
        if spelt[at]:
            here = nearest_of(close.key, (*here, *near[spelt[at]]))
        _add_near(close, close.key, here, mates.get(at, ()))
    doubted = [
        close
        for close, core in zip(asked, cores, strict=True)
        if core != close.key and len(core) >= ONE_EDIT_FROM and close.doubted
    ]
    merged = class_keys([close.query.core for close in doubted])
    mates = _holders(each, "class", merged, classes_of)
    for at, close in enumerate(doubted):
        core = close.query.core
        _add_near(close, core, near[core], mates.get(at, ()))
    return found


def _both(key: str, plain: str | None) -> tuple[str, ...]:
    """Return what `gazetteer.index.keys.keys_of` does."""
    return (key, plain) if plain and plain != key else (key,)


def _add_near(
    close: Close, key: str, near: Sequence[Near], mates: Sequence[str]
) -> None:
    for one in near:
        close.add_near(one, key)
    for other in mates:
        close.add_class_mate(other, key)


def _known(each: Sequence[Names], keys: Sequence[str]) -> list[bool]:
    """Tell which keys are in one of some stores."""
    known = np.zeros(len(keys), bool)
    for names in each:
        known |= names.column_of_keys.find(keys) >= 0
    return known.tolist()


def _holders(
    each: Sequence[Names],
    table: str,
    wanted: Sequence[str],
    make: Callable[[str], str],
) -> dict[int, list[str]]:
    """Return the keys of which a hash table says that they make one that is wanted.

    Args:
        each: the names of all stores.
        table: of the stores, by the hash of what a key makes.
        wanted: what a key is to make, by position.
        make: what the table was made by.
    """
    found: dict[int, list[str]] = {}
    data = encoded(wanted)
    for names in each:
        for at, numbers in HashColumn(names.store, table, "key").find(data):
            for position, number in zip(at.tolist(), numbers.tolist(), strict=True):
                if number < len(names.keys):
                    key = names.keys[number]
                    if make(key) == wanted[position]:
                        found.setdefault(position, []).append(key)
    return found
