"""This library, through its public names only; it folds by itself."""

import csv
import re

# Libraries that it imports when they are needed; imported here, so that their size
# counts as a library's and not as the index's. Single names need no Arrow.
import numpy as np  # noqa: F401
import rapidfuzz  # noqa: F401

from gazetteer import Gazetteer
from gazetteer.cli import main

_SCHEME = "bench"

# No name has one, so that the library refuses a table with them. Of the cities' million
# names a score do, whose letters were damaged before they came to GeoNames.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def build(names, folder):
    table = folder / "names.csv"
    with table.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(("id", "name", "type"))
        for name in names:
            if _CONTROL.search(name.written):
                continue
            rows.writerows((place, name.written, "city") for place in name.places)
    store = folder / "names.gaz"
    main(
        ["build", str(table), "-o", str(store), "--scheme", _SCHEME, "--no-progress"],
        standalone_mode=False,
    )
    table.unlink()


def load(folder):
    return Gazetteer.load(folder / "names.gaz")


def one(opened, query):
    candidates = opened.resolve(query).candidates
    return candidates[0].place_id if candidates else None


def many(opened, queries):
    return opened.resolve_many(queries).place_id


def column(opened, array):
    import pyarrow as pa

    places = opened.resolve_many(array.dictionary.to_pylist()).place_id
    return pa.DictionaryArray.from_arrays(array.indices, pa.array(places))


def top(opened, queries, limit):
    return [
        [_bare(place) for place in places[:limit]]
        for places in opened.resolve_many(queries).candidates
    ]


def decisions(opened, queries):
    found = opened.resolve_many(queries)
    best = [_bare(next(iter(places), None)) for places in found.candidates]
    accepted = map(_bare, found.place_id)
    return list(zip(accepted, best, found.score, strict=True))


def _bare(place):
    return place and place.removeprefix(f"{_SCHEME}-")
