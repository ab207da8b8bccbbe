"""SQLite's trigram index, any trigram in common, the best by BM25."""

import sqlite3


def build(names, folder):
    with sqlite3.connect(folder / "names.sqlite") as base:
        base.execute("CREATE VIRTUAL TABLE names USING fts5(key, tokenize='trigram')")
        base.executemany("INSERT INTO names VALUES (?)", ((n.key,) for n in names))
        base.execute("INSERT INTO names(names) VALUES ('optimize')")


def load(folder):
    return sqlite3.connect(folder / "names.sqlite")


def _nearest(opened, query, limit):
    trigrams = {query[at : at + 3] for at in range(len(query) - 2)}
    if not trigrams:
        return []
    either = " OR ".join(f'"{trigram}"' for trigram in sorted(trigrams))
    rows = opened.execute(
        "SELECT key FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?",
        (either, limit),
    )
    return [key for (key,) in rows]


def one(opened, query):
    return next(iter(_nearest(opened, query, 1)), None)


def top(opened, queries, limit):
    return [_nearest(opened, query, limit) for query in queries]
