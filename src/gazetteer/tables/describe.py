"""The declared columns as a Data Package and as a page of the docs.

``python -m gazetteer.tables.describe data`` writes the tables' part of
data/datapackage.json again; the version, title and licence in it stay.

Sources: https://datapackage.org/standard/data-package/ and
https://datapackage.org/standard/table-schema/, version 2.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.tables.columns import ALL_TABLES
from gazetteer.tables.raw import PACKAGE_FILE
from gazetteer.writing import write_text

if TYPE_CHECKING:
    from gazetteer.tables.columns import Column, Table

__all__ = ["columns_page", "describe_tables"]

_KINDS = {
    "id": "id",
    "slug": "key",
    "reference": "key of `{table}.csv`",
    "references": "keys of `{table}.csv`, sorted, separated by spaces",
    "choice": "one of {choices}",
    "date": "EDTF date or interval",
    "lang": "BCP 47 tag",
    "langs": "BCP 47 tags, sorted, separated by spaces",
    "number": "number from {low:g} to {high:g}",
    "name": "name as written",
    "url": "web address",
    "code": "`{pattern}`",
    "codes": "`{pattern}`, sorted, separated by spaces",
    "text": "text",
}


def describe_tables() -> list[dict[str, Any]]:
    """Return the resources of a Data Package, one for each table.

    Examples:
        >>> describe_tables()[0]["path"]
        'places.csv'
    """
    return [
        {
            "name": table.name,
            "path": table.file,
            "type": "table",
            "description": table.about,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": _schema(table),
        }
        for table in ALL_TABLES.values()
    ]


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if len(table.key) == 1:
        schema["primaryKey"] = list(table.key)
    else:
        schema["uniqueKeys"] = [list(table.key)]  # some of its cells may be blank
    keys = [
        {"fields": [column.name], "reference": _reference(table, column)}
        for column in table.columns
        if column.kind == "reference"
    ]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _reference(table: Table, column: Column) -> dict[str, Any]:
    resource, _, field = column.target.partition(".")
    within = {} if resource == table.name else {"resource": resource}
    return {**within, "fields": [field]}


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": "string",
        "description": column.about,
    }
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.many:
        # Table Schema has no foreign key for the items of a list.
        field |= {"type": "list", "delimiter": " ", "itemType": "string"}
        field["description"] += f" {_kind(column).capitalize()}."
    elif column.kind == "number":
        field["type"] = "number"
        constraints |= {"minimum": column.low, "maximum": column.high}
    elif column.kind == "url":
        field["format"] = "uri"
    elif column.kind in ("date", "lang"):
        field["description"] += f" {_kind(column)}."
    elif column.choices:
        constraints["enum"] = list(column.choices)
    elif column.pattern:
        constraints["pattern"] = column.pattern
    if constraints:
        field["constraints"] = constraints
    return field


def _kind(column: Column) -> str:
    return _KINDS[column.kind].format(
        table=column.target.partition(".")[0],
        choices=", ".join(f"`{choice}`" for choice in column.choices),
        low=column.low,
        high=column.high,
        pattern=column.pattern,
    )


def columns_page() -> str:
    """Return all tables and columns as Markdown, one table of columns for each.

    Examples:
        >>> columns_page().splitlines()[0]
        '## places.csv'
    """
    parts = []
    for table in ALL_TABLES.values():
        rows = [
            f"| `{column.name}` | {_kind(column)} | "
            f"{'yes' if column.required else ''} | {column.about} |"
            for column in table.columns
        ]
        key = ", ".join(f"`{name}`" for name in table.key)
        parts.append(
            f"## {table.file}\n\n{table.about} Rows differ in {key}.\n\n"
            "| column | holds | required | meaning |\n|---|---|---|---|\n"
            + "\n".join(rows)
            + "\n"
        )
    return "\n".join(parts)


def main(directory: Path) -> None:
    """Write the tables into a directory's datapackage.json, keeping the rest of it."""
    path = directory / PACKAGE_FILE
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = describe_tables()
    text = json.dumps(package, ensure_ascii=False, indent=2)
    write_text(path, f"{text}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
