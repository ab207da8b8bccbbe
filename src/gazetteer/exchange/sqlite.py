"""One SQLite file with a table for each of ours.

Numbers are numbers and blank cells are null; everything else is text. The tables
``package`` (version) and ``perspectives`` (the file of rules) stand beside them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from gazetteer.exchange.cells import rules_of, table_cells
from gazetteer.tables.columns import TABLES
from gazetteer.writing import whole_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gazetteer.exchange.losses import Losses
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.tables.columns import Table

__all__ = ["write_sqlite"]


def write_sqlite(gazetteer: Gazetteer, path: Path, losses: Losses) -> None:
    """Write the file."""
    rows = table_cells(gazetteer.tables)
    rules = rules_of(gazetteer, losses)
    with whole_path(path) as part, closing(sqlite3.connect(part)) as database:
        for table in TABLES.values():
            database.execute(_declaration(table))
            marks = ", ".join("?" * len(table.columns))
            numbers = [column.kind == "number" for column in table.columns]
            database.executemany(
                f'INSERT INTO "{table.name}" VALUES ({marks})',  # noqa: S608
                (
                    [
                        (float(cell) if number else cell) if cell else None
                        for cell, number in zip(row, numbers, strict=True)
                    ]
                    for row in rows[table.name]
                ),
            )
        database.execute("CREATE TABLE package (version TEXT NOT NULL)")
        database.execute("INSERT INTO package VALUES (?)", [gazetteer.version])
        database.execute("CREATE TABLE perspectives (toml TEXT NOT NULL)")
        if rules:
            database.execute("INSERT INTO perspectives VALUES (?)", [rules])
        database.execute('CREATE INDEX names_of_place ON names ("place_id")')
        database.execute('CREATE INDEX names_by_name ON names ("name")')
        database.commit()


def _declaration(table: Table) -> str:
    return f'CREATE TABLE "{table.name}" ({", ".join(_parts(table))})'


def _parts(table: Table) -> Iterator[str]:
    for column in table.columns:
        kind = "REAL" if column.kind == "number" else "TEXT"
        needed = " NOT NULL" if column.required else ""
        yield f'"{column.name}" {kind}{needed}'
    quoted = ", ".join(f'"{name}"' for name in table.key)
    yield f"{'PRIMARY KEY' if len(table.key) == 1 else 'UNIQUE'} ({quoted})"
    for column in table.columns:
        if column.kind == "reference":
            target, _, field = column.target.partition(".")
            yield f'FOREIGN KEY ("{column.name}") REFERENCES "{target}" ("{field}")'
