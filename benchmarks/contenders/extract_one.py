"""rapidfuzz, one query against all names, at two edits."""

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract, extractOne

EDITS = 2


def build(names, folder):
    keys = "\n".join(name.key for name in names)
    (folder / "keys.txt").write_text(keys, encoding="utf-8")


def load(folder):
    return (folder / "keys.txt").read_text(encoding="utf-8").split("\n")


def one(opened, query):
    found = extractOne(query, opened, scorer=OSA.distance, score_cutoff=EDITS)
    return found[0] if found else None


def top(opened, queries, limit):
    return [
        [
            key
            for key, _, _ in extract(
                query, opened, scorer=OSA.distance, score_cutoff=EDITS, limit=limit
            )
        ]
        for query in queries
    ]
