"""Exact and folded names of the shipped data looked up, against a plain dict.

Run in the environment of this library; prints the shares of a dict's rate as JSON. The
dict is given every spelling beforehand, so that it finds the same; it folds nothing.
"""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING, Any

from gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 20261124
ROWS = 200_000
ROUNDS = 9


def cpu(call: Callable[[], Any]) -> float:
    before = time.process_time()
    call()
    return time.process_time() - before


def main() -> None:
    index = Gazetteer.load().index
    names = sorted({row.name for place in Gazetteer.load() for row in place.toponyms})
    generator = random.Random(SEED)
    # as files write them: half as in the data, the others in capitals or small letters
    written = [
        generator.choice([str, str, str.upper, str.lower])(generator.choice(names))
        for _ in range(ROWS)
    ]
    plain = {name: index.lookup(name) for name in written}
    assert all(plain.values()), "every spelling must be found"
    ours, limit = [], []
    for _ in range(ROUNDS):  # in turn, so that a busy moment hits both
        ours.append(cpu(lambda: list(map(index.lookup, written))))
        limit.append(cpu(lambda: list(map(plain.__getitem__, written))))
    print(json.dumps({"rows": ROWS, "share of a dict": min(limit) / min(ours)}))


if __name__ == "__main__":
    main()
