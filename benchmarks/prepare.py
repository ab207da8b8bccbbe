"""Make the files that every contender reads: names, and queries of each kind."""

from __future__ import annotations

import subprocess
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from corpus import ALL, GROWN, SEED, Name, Query, read_names, write_names, write_queries
from environments import BENCH, python_of
from noise import KINDS, Noise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DATA = BENCH / "data"

# Queries of every kind on which answers are judged, and then others of those kinds
# that are timed, so that nothing is timed twice on the same query.
JUDGED = 10_000
TIMED = 30_000
TIMED_KINDS = ("exact", "1 edit", "2 edits", "junk")

ROWS = 630_000  # of a column of exact names
REPEATED = 5_000  # names in a column with repeats


def names_file(family: str) -> Path:
    """Return the file of a family of names, ``cities`` or ``countries``."""
    path = DATA / f"{family}.tsv"
    if not path.exists():
        here = Path(__file__).parent
        subprocess.run([python_of("names"), here / "names.py", DATA], check=True)
    return path


def queries_folder(family: str, size: int) -> Path:
    """Return the folder of queries for the first names of a family."""
    folder = DATA / f"{family}-{size}"
    if not (folder / "done").exists():
        names = list(read_names(names_file(family)))
        known = names[:size]
        there = {place for name in known for place in name.places}
        strangers = (n for n in names[size:] if there.isdisjoint(n.places))
        noise = Noise(known, list(islice(strangers, 20_000)))
        for kind in KINDS:
            most = JUDGED + (TIMED if kind in TIMED_KINDS else 0)
            write_queries(folder / f"{kind}.tsv", islice(noise.queries(kind), most))
        (folder / "done").touch()
    return folder


def columns_folder(size: int) -> Path:
    """Return the folder of columns of exact names, of the first cities."""
    folder = DATA / f"columns-{size}"
    if not (folder / "done").exists():
        names = list(read_names(names_file("cities"), size))
        random = Random(f"{SEED} columns")
        distinct = random.sample(names, min(size, ROWS))
        repeated = random.choices(distinct[:REPEATED], k=len(distinct))
        cases = (str, str, str.upper, str.lower)
        columns = {
            "distinct": [name.written for name in distinct],
            "other case": [random.choice(cases)(name.written) for name in distinct],
            "repetitive": [name.written for name in repeated],
        }
        for kind, column in columns.items():
            rows = (Query(written, "", "") for written in column)
            write_queries(folder / f"{kind}.tsv", rows)
        (folder / "done").touch()
    return folder


def grown_file() -> Path:
    """Return the file of cities and systematic variants of their names."""
    path = DATA / "grown.tsv"
    if not path.exists():
        names = list(read_names(names_file("cities"), ALL))
        write_names(path, islice(_grow(names), GROWN))
    return path


def _grow(names: Sequence[Name]) -> Iterator[Name]:
    # Other vowels and other consonants, the same ones all through a name: lengths and
    # the shape of words stay those of real names.
    known = {name.key for name in names}
    yield from names
    for shift in range(1, 60):
        table = str.maketrans(_turned("aeiou", shift) | _turned("bdgklmnprst", shift))
        for name in names:
            key = name.key.translate(table)
            if key not in known:
                known.add(key)
                yield Name(key, key, [f"{place}-{shift}" for place in name.places])


def _turned(letters: str, by: int) -> dict[str, str]:
    by %= len(letters)
    return dict(zip(letters, letters[by:] + letters[:by], strict=True))
