"""A dict of names as written: what a column of exact names costs at the least."""

import json


def build(names, folder):
    table = {name.written: name.places[0] for name in names}
    (folder / "table.json").write_text(json.dumps(table), encoding="utf-8")


def load(folder):
    return json.loads((folder / "table.json").read_text(encoding="utf-8"))


def many(opened, queries):
    get = opened.get
    return [get(query) for query in queries]


def column(opened, array):
    return many(opened, array.to_pylist())
