"""A Frictionless Data Package: the tables as CSV files, described.

Source: https://datapackage.org/standard/data-package/, version 2
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.exchange.cells import rules_of, table_cells
from gazetteer.tables.cells import write_rows
from gazetteer.tables.columns import TABLES
from gazetteer.tables.describe import describe_tables
from gazetteer.tables.raw import PACKAGE_FILE
from gazetteer.writing import whole_directory

if TYPE_CHECKING:
    from gazetteer.exchange.losses import Losses
    from gazetteer.gazetteer import Gazetteer

__all__ = ["package_of", "write_datapackage"]

_KEPT = ("title", "licenses")


def write_datapackage(gazetteer: Gazetteer, path: Path, losses: Losses) -> None:
    """Write a directory of the tables, their description and the perspectives."""
    rows = table_cells(gazetteer.tables)
    rules = rules_of(gazetteer, losses)
    with whole_directory(path) as part:
        for table in TABLES.values():
            write_rows(part / table.file, [table.header, *rows[table.name]])
        if rules:
            target = part / "perspectives.toml"
            target.write_text(rules, encoding="utf-8", newline="")
        text = json.dumps(package_of(gazetteer), ensure_ascii=False, indent=2)
        (part / PACKAGE_FILE).write_text(f"{text}\n", encoding="utf-8", newline="")


def package_of(gazetteer: Gazetteer) -> dict[str, Any]:
    """Return the description; title and licence are those of the only directory."""
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "gazetteer",
        "version": gazetteer.version,
    }
    directories = gazetteer.tables.directories
    known = Path(directories[0]) / PACKAGE_FILE if len(directories) == 1 else None
    if known is not None and known.is_file():
        described = json.loads(known.read_text(encoding="utf-8"))
        package |= {key: described[key] for key in _KEPT if key in described}
    package["resources"] = [
        each for each in describe_tables() if each["name"] in TABLES
    ]
    return package
