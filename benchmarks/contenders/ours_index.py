"""This library's deletion neighbourhood alone: near keys, and no decision.

What symspellpy and most peers do is the same work: the nearest written names. The rest
of a resolution (generic words, sounds, homonyms, scores, reasons) is not in it; it is
in the contender that `ours` is. Ties go to the key that begins alike.
"""

from functools import partial
from itertools import pairwise

import numpy as np
from rapidfuzz.distance.JaroWinkler import similarity

from gazetteer.index.neighbourhood import (
    ARRAYS,
    Neighbourhood,
    PackedKeys,
)
from gazetteer.index.neighbourhood import (
    build as make,
)


def build(names, folder):
    parts = [name.key.encode() for name in names]
    offsets = np.cumsum([0, *map(len, parts)]).astype("<u4")
    packed = PackedKeys(b"".join(parts), offsets)
    for name, array in make(packed).items():
        np.save(folder / f"near.{name}.npy", array)
    np.save(folder / "offsets.npy", offsets)
    (folder / "keys").write_bytes(b"".join(parts))


def load(folder):
    offsets = np.load(folder / "offsets.npy", mmap_mode="r")
    text = np.memmap(folder / "keys", dtype=np.uint8, mode="r")
    packed = PackedKeys(memoryview(text), offsets)
    found = {name: folder / f"near.{name}.npy" for name in ARRAYS}
    arrays = {
        name: np.load(path, mmap_mode="r")
        for name, path in found.items()
        if path.exists()
    }
    return Neighbourhood(arrays, packed)


def one(opened, query):
    keys = opened.keys
    return _best(query, [(keys[at], edits) for at, edits in opened.nearest_one(query)])


def many(opened, queries):
    # all that is found of a query is as near, so how it begins decides alone
    found = opened.nearest_many(queries)
    texts = opened.keys.take(found.numbers)
    spans = pairwise(found.offsets.tolist())
    return [
        (texts[start] if end - start == 1 else _most_alike(query, texts[start:end]))
        if start < end
        else None
        for query, (start, end) in zip(queries, spans, strict=True)
    ]


def _most_alike(query, keys):
    return max(keys, key=partial(similarity, query))


def top(opened, queries, limit):
    return [
        [key for key, _ in sorted(near, key=_order(query))[:limit]]
        for query, near in _near(opened, queries)
    ]


def _near(opened, queries):
    found = opened.nearest_many(queries, every=True)
    texts = opened.keys.take(found.numbers)
    edits = found.distances.tolist()
    spans = pairwise(found.offsets.tolist())
    for query, (start, end) in zip(queries, spans, strict=True):
        yield query, list(zip(texts[start:end], edits[start:end], strict=True))


def _best(query, near):
    if not near:
        return None
    return near[0][0] if len(near) == 1 else min(near, key=_order(query))[0]


def _order(query):
    return lambda each: (each[1], -similarity(query, each[0]))
