"""The declared columns, the values they make and datapackage.json agree."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import pytest

from gazetteer import model
from gazetteer.tables.columns import TABLES, Column
from gazetteer.tables.describe import columns_page, describe_tables, main
from gazetteer.tables.raw import CONVERTERS, RawTables

DATA = Path(__file__).parents[2] / "data"
COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]


def test_datapackage_describes_the_declared_tables() -> None:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    again = "run: python -m gazetteer.tables.describe data"
    assert package["resources"] == describe_tables(), again


def test_datapackage_has_a_version_and_a_licence() -> None:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert all(part.isdigit() for part in package["version"].split("."))
    assert package["licenses"][0]["name"] == "CC-BY-4.0"


def test_describing_again_changes_nothing(tmp_path: Path) -> None:
    copy = tmp_path / "datapackage.json"
    copy.write_bytes((DATA / "datapackage.json").read_bytes())
    main(tmp_path)
    assert copy.read_bytes() == (DATA / "datapackage.json").read_bytes()


@pytest.mark.parametrize("table", TABLES)
def test_a_row_has_a_cell_for_each_parameter_of_its_value(table: str) -> None:
    parameters = list(inspect.signature(CONVERTERS[table]).parameters)
    declared = [column.name for column in TABLES[table].columns]
    assert [name.rstrip("_") for name in parameters] == declared


def test_each_table_has_its_rows() -> None:
    assert list(RawTables._fields[: len(TABLES)]) == list(TABLES)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_column_is_declared_whole(table: object, column: Column) -> None:
    if column.target:
        name, _, field = column.target.partition(".")
        assert TABLES[name].key == (field,)
    assert bool(column.target) == column.kind.startswith("reference")
    assert bool(column.choices) == (column.kind == "choice")
    assert bool(column.pattern) == column.kind.startswith("code")
    assert bool(column.prefix) == (column.kind == "id")
    assert (column.low < column.high) == (column.kind == "number")
    assert column.about.endswith(".")


@pytest.mark.parametrize(
    ("table", "column", "values"),
    [
        ("places", "type", model.PLACE_TYPES),
        ("places", "fclass", model.FCLASSES),
        ("names", "form", model.FORMS),
        ("usages", "status", model.STATUSES),
        ("relations", "predicate", model.PREDICATES),
        ("links", "match", model.LINK_MATCHES),
        ("phrases", "kind", model.PHRASE_KINDS),
    ],
)
def test_closed_lists_are_those_of_the_model(
    table: str, column: str, values: tuple[str, ...]
) -> None:
    assert TABLES[table].column(column).choices == values


def test_the_page_shows_every_column() -> None:
    page = columns_page()
    for table in TABLES.values():
        part = page.split(f"## {table.file}\n")[1].split("\n## ")[0]
        rows = [line for line in part.splitlines() if line.startswith("| `")]
        assert [row.split("`")[1] for row in rows] == table.header


def test_an_unknown_column_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        TABLES["names"].column("parent")
