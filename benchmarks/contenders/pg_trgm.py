"""PostgreSQL's trigrams with a GIN index, at the likeness that it has by default.

The server is told by libpq's own variables (PGHOST …); see `postgres`.
"""

from pathlib import Path

import psycopg
from procfs import cpu_of


def _table(folder: Path) -> str:
    return "names_" + "".join(c if c.isalnum() else "_" for c in folder.parent.name)


def build(names, folder):
    table = _table(folder)
    with psycopg.connect() as base, base.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(f"CREATE TABLE {table} (key text)")
        with cursor.copy(f"COPY {table} FROM STDIN") as rows:
            for name in names:
                rows.write_row((name.key,))
        cursor.execute(f"CREATE INDEX ON {table} USING gin (key gin_trgm_ops)")
        cursor.execute(f"ANALYZE {table}")
        cursor.execute(f"SELECT pg_total_relation_size('{table}')")
        size = cursor.fetchone()[0]
        cpu = cpu_of(base.info.backend_pid)
    # so that the size on disk is counted like everybody's
    with (folder / "size").open("wb") as file:
        file.truncate(size)
    return cpu


def load(folder):
    base = psycopg.connect(autocommit=True)
    base.execute("SET max_parallel_workers_per_gather = 0")
    table = _table(folder)
    nearest = (
        f"SELECT key FROM {table} WHERE key % %s ORDER BY similarity(key, %s) DESC"
        " LIMIT %s"
    ).replace("key % ", "key %% ")
    return base, nearest


def other(opened):
    return [opened[0].info.backend_pid] if opened else []


def _nearest(opened, query, limit):
    base, nearest = opened
    return [key for (key,) in base.execute(nearest, (query, query, limit))]


def one(opened, query):
    return next(iter(_nearest(opened, query, 1)), None)


def top(opened, queries, limit):
    return [_nearest(opened, query, limit) for query in queries]
