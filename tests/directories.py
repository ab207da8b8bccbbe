"""Directories of tables written by hand, a few cells each, for tests that need files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from gazetteer.tables.cells import format_rows
from gazetteer.tables.columns import ALL_TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["write_tables"]

_USUAL = {
    "places": {"type": "village", "fclass": "P"},
    "names": {"lang": "az", "form": "full", "sources": "s"},
    "usages": {"status": "used", "source": "s"},
    "relations": {"predicate": "part_of", "according_to": "a", "source": "s"},
    "links": {"match": "exact", "source": "s"},
    "sources": {"title": "S", "line": "s"},
    "authorities": {"title": "A", "kind": "register"},
}
_ALWAYS = {"sources": [{"source": "s"}], "authorities": [{"authority": "a"}]}


def write_tables(
    directory: Path, version: str = "1", **tables: Sequence[dict[str, str]]
) -> Path:
    """Write a whole data set; what a row does not say is usual, or blank."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, table in ALL_TABLES.items():
        given = list(tables.get(name, ()))
        keys = {row.get(table.header[0]) for row in given}
        given += [
            row for row in _ALWAYS.get(name, ()) if row[table.header[0]] not in keys
        ]
        rows = [
            [{**_USUAL.get(name, {}), **row}.get(each, "") for each in table.header]
            for row in given
        ]
        text = format_rows([table.header, *sorted(rows)])
        (directory / table.file).write_text(text, encoding="utf-8", newline="")
    package = {
        "name": "made",
        "version": version,
        "licenses": [{"name": "CC0-1.0"}],
        "resources": [
            {"name": name, "path": table.file} for name, table in ALL_TABLES.items()
        ],
    }
    (directory / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return directory
