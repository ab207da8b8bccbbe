"""rapidfuzz, many queries against all names, at two edits, on all cores."""

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from contenders.extract_one import EDITS, build, load  # noqa: F401

_CELLS = 100_000_000  # a byte each


def _distances(opened, queries):
    step = max(1, _CELLS // len(opened))
    for at in range(0, len(queries), step):
        yield cdist(
            queries[at : at + step],
            opened,
            scorer=OSA.distance,
            score_cutoff=EDITS,
            dtype=np.uint8,
            workers=-1,
        )


def many(opened, queries):
    found = []
    for block in _distances(opened, queries):
        best = block.argmin(axis=1)
        near = block[np.arange(len(best)), best] <= EDITS
        found += [opened[at] if ok else None for at, ok in zip(best, near, strict=True)]
    return found


def top(opened, queries, limit):
    found = []
    for block in _distances(opened, queries):
        for row in block:
            near = np.flatnonzero(row <= EDITS)
            order = near[np.argsort(row[near], kind="stable")][:limit]
            found.append([opened[at] for at in order])
    return found
