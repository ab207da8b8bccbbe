"""This library, through its public names only; it folds by itself."""

from collections import defaultdict

from corpus import read_names, write_names

from gazetteer import Gazetteer
from gazetteer.dates import ALWAYS
from gazetteer.model import Place, Tables, Toponym


def build(names, folder):
    # TODO: a store, as soon as one can be built; until then opening does the work
    write_names(folder / "names.tsv", names)


def load(folder):
    written = defaultdict(list)
    for number, name in enumerate(read_names(folder / "names.tsv")):
        for place in name.places:
            written[place].append((f"{number}-{place}", name.written))
    places = {
        place_id: Place(
            place_id=place_id,
            type="city",
            fclass="P",
            lat=None,
            lon=None,
            exists=ALWAYS,
            langs=(),
            dispute="",
            replaced_by="",
            note="",
            toponyms=tuple(_toponym(place_id, *row) for row in rows),
        )
        for place_id, rows in written.items()
    }
    return Gazetteer(Tables(places, {}, {}, {}, (), "bench", ()))


def _toponym(place_id, name_id, name):
    return Toponym(
        name_id=name_id,
        place_id=place_id,
        name=name,
        lang="und",
        form="full",
        translit="",
        from_name="",
        valid=ALWAYS,
        default_sense=False,
        prior=0.0,
        sources=(),
        note="",
    )


def one(opened, query):
    candidates = opened.resolve(query).candidates
    return candidates[0].place_id if candidates else None


def many(opened, queries):
    return opened.resolve_many(queries).place_id


def column(opened, array):
    places = opened.resolve_many(array.dictionary.to_pylist()).place_id
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(array.indices, pa.array(places))


def top(opened, queries, limit):
    return [ids[:limit] for ids in opened.resolve_many(queries).candidates]


def decisions(opened, queries):
    found = opened.resolve_many(queries)
    best = [next(iter(ids), None) for ids in found.candidates]
    return list(zip(found.place_id, best, found.score, strict=True))
