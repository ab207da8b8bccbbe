"""Formats that carry every row: what goes out comes in again, equal."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from gazetteer import Gazetteer
from gazetteer.cli import main
from gazetteer.exchange import export
from gazetteer.exchange.errors import ExportError
from gazetteer.formats import SourceError, open_source
from gazetteer.tables import find_data, load_tables
from gazetteer.tables.columns import TABLES

if TYPE_CHECKING:
    from gazetteer.model import Tables

WHOLE = ("datapackage", "sqlite", "parquet")


def read(path: Path) -> Tables:
    reader = open_source([str(path)])
    assert list(reader.places())
    return reader.tables  # type: ignore[attr-defined]


def assert_equal(found: Tables, wanted: Tables) -> None:
    assert dict(found.places) == dict(wanted.places)
    for name in ("disputes", "authorities", "sources"):
        assert dict(getattr(found, name)) == dict(getattr(wanted, name))
    assert sorted(found.phrases) == sorted(wanted.phrases)
    assert found.version == wanted.version


@pytest.mark.parametrize("format_", WHOLE)
def test_all_rows_come_back_equal(
    format_: str, shipped: Gazetteer, tmp_path: Path
) -> None:
    losses = export(shipped, format_, tmp_path / "out")
    assert list(losses) == []
    assert_equal(read(tmp_path / "out"), load_tables(find_data()))


@pytest.mark.parametrize("format_", WHOLE)
def test_a_store_of_it_gives_the_same_labels(
    format_: str, shipped: Gazetteer, tmp_path: Path
) -> None:
    export(shipped, format_, tmp_path / "out")
    arguments = ["build", str(tmp_path / "out"), "-o", str(tmp_path / "again.gaz")]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    again = Gazetteer.load(tmp_path / "again.gaz")
    for place in list(shipped)[::16]:
        assert again.compare(again[place.place_id]) == shipped.compare(place)


def test_the_tables_are_the_same_bytes(shipped: Gazetteer, tmp_path: Path) -> None:
    export(shipped, "datapackage", tmp_path / "out")
    # a number may be written 47.0 or 47: these two are compared by value above
    names = [*(table.file for table in TABLES.values()), "perspectives.toml"]
    names.remove("places.csv")
    names.remove("names.csv")
    for name in names:
        assert (tmp_path / "out" / name).read_bytes() == (
            Path(find_data()) / name
        ).read_bytes(), name


def test_a_data_package_keeps_to_its_standard(
    shipped: Gazetteer, tmp_path: Path
) -> None:
    # by the standard's own validator, which holds the profile and reads every row
    export(shipped, "datapackage", tmp_path / "out")
    script = (
        "import json, sys; from frictionless import Package, validate; "
        "report = validate(sys.argv[1]); "
        "print(json.dumps([report.valid, report.stats['tasks'], "
        "report.flatten(['title', 'message'])]))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, "datapackage.json"],
        cwd=tmp_path / "out", capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == [True, len(TABLES), []]


def test_a_database_has_no_dangling_reference(
    shipped: Gazetteer, tmp_path: Path
) -> None:
    export(shipped, "sqlite", tmp_path / "a.sqlite")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        (count,) = database.execute(
            "SELECT count(*) FROM places WHERE lat IS NOT NULL AND lon IS NOT NULL"
        ).fetchone()
    assert count == sum(place.lat is not None for place in shipped)


# ------------------------------------------------------------------- failures


def test_a_directory_with_something_in_it_stays(
    shipped: Gazetteer, tmp_path: Path
) -> None:
    (tmp_path / "kept").write_text("mine")
    with pytest.raises(ExportError, match="name a new directory"):
        export(shipped, "datapackage", tmp_path)
    assert (tmp_path / "kept").read_text() == "mine"


def test_a_directory_that_is_not_there_is_told_as_where_to_write(
    shipped: Gazetteer, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match=r"cannot export .*there is no directory"):
        export(shipped, "geojson", tmp_path / "none" / "places.geojson")


def test_an_unknown_format_is_told_with_those_there_are(
    shipped: Gazetteer, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match="datapackage, sqlite, parquet"):
        export(shipped, "shapefile", tmp_path / "out")


def test_a_database_of_somebody_else_is_told(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        database.execute("CREATE TABLE other (name TEXT)")
    with pytest.raises(SourceError, match="none of the tables places, names"):
        open_source([str(tmp_path / "a.sqlite")])


def test_a_table_without_a_column_is_told(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        database.execute("CREATE TABLE places (place_id TEXT)")
    with pytest.raises(SourceError, match="table places lacks the columns type, fcl"):
        open_source([str(tmp_path / "a.sqlite")])
