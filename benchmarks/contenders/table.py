"""A dict of folded names: the limit of what can be reached without any nearness."""

import json


def build(names, folder):
    table = {name.key: name.key for name in names}
    (folder / "table.json").write_text(json.dumps(table), encoding="utf-8")


def load(folder):
    return json.loads((folder / "table.json").read_text(encoding="utf-8"))


def one(opened, query):
    return opened.get(query)


def top(opened, queries, limit):
    return [[query] if query in opened else [] for query in queries]
