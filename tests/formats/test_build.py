"""`gazetteer build` and `gazetteer verify`: a whole store or none, and the same again."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from gazetteer import Gazetteer
from gazetteer.cli import main
from gazetteer.cli.meter import Meter
from gazetteer.errors import GazetteerError
from gazetteer.store import Store

if TYPE_CHECKING:
    from click.testing import Result

FIXTURES = Path(__file__).parents[1] / "fixtures"
DUMP = FIXTURES / "geonames"
ROOT = Path(__file__).parents[2]


def run(*arguments: Path | str) -> Result:
    return CliRunner().invoke(
        main, [str(each) for each in arguments], catch_exceptions=False
    )


def build(*arguments: Path | str, code: int = 0) -> str:
    result = run("build", *arguments)
    assert result.exit_code == code, result.output
    assert not result.stdout, "all that is said goes to standard error"
    return result.stderr


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.gaz"
    build(DUMP, "-o", path)
    return path


# ------------------------------------------------------------------- a whole store


def test_a_store_has_the_places_and_says_where_they_are_from(tmp_path: Path) -> None:
    path = tmp_path / "tiny.gaz"
    said = build(DUMP, "-o", path)
    assert "19 places" in said
    assert "source geonames: GeoNames geographical database" in said
    assert "CC BY 4.0" in said
    assert "warning: no-name-post" in said
    opened = Store.open(path)
    assert opened.version == "GeoNames 2025-05-19"
    assert opened.standing == 19
    place = opened.own("gn-3041563")
    assert place is not None
    assert place.links["wikidata"] == ["Q1863"]
    assert [found.place_id for found in opened.linked("iso3166-1", "CH")] == [
        "iso3166-1-CH"
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        [DUMP],
        [FIXTURES / "small"],
        [FIXTURES / "linkedplaces" / "abingdon.json"],
        [FIXTURES / "linkedplaces" / "places.tsv"],
        [DUMP / "cities500.txt", DUMP / "countryInfo.txt"],
    ],
    ids=["dump", "tables", "lpf", "lp-tsv", "parts"],
)
def test_the_same_sources_give_the_same_bytes(
    tmp_path: Path, arguments: list[Path]
) -> None:
    for name in ("one.gaz", "two.gaz"):
        build(*arguments, "-o", tmp_path / name)
    assert (tmp_path / "one.gaz").read_bytes() == (tmp_path / "two.gaz").read_bytes()
    assert run("verify", tmp_path / "one.gaz").exit_code == 0


def test_a_csv_with_its_columns_named(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Nom;Lat;Long\nici;1;2\nlà;3;4\n", encoding="utf-8")
    said = build(
        file, "-c", "name.fr=Nom,lat=Lat", "-c", "lon=Long", "--set", "type=village",
        "--title", "A list", "--licence", "CC0", "-o", tmp_path / "list.gaz",
    )  # fmt: skip
    assert "2 places, 2 names" in said
    assert "source list: A list, CC0" in said


def test_skipping_says_how_many_and_which(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("name,lat,lon\na,1,2\nb,91,2\n", encoding="utf-8")
    arguments = (file, "--set", "type=town", "-o", tmp_path / "list.gaz")
    said = build(*arguments, code=2)
    assert f"{file}:3:0: error: bad-degrees" in said
    assert not (tmp_path / "list.gaz").exists()
    said = build(*arguments, "--skip-faulty")
    assert "1 row with faults was left out" in said
    assert f"{file}:3:0" in said
    assert "1 place" in said


def test_that_there_was_nothing_is_told(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("name,type\n", encoding="utf-8")
    assert "it has no place" in build(file, "-o", tmp_path / "list.gaz")


def test_stores_stack_in_the_order_of_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("name,link.geonames\nOur Ordino,3039678\n", encoding="utf-8")
    build(
        file, "-c", "name=name,link.geonames=link.geonames", "--set", "type=village",
        "-o", tmp_path / "mine.gaz",
    )  # fmt: skip
    build(DUMP, "-o", tmp_path / "world.gaz")

    def owner(*stores: str) -> str:
        options = [each for name in stores for each in ("--store", tmp_path / name)]
        found = run("resolve", "geonames:3039678", *options, "--no-default", "--json")
        return str(json.loads(found.stdout)["place_id"])

    assert owner("mine.gaz", "world.gaz") == "mine-2"
    assert owner("world.gaz", "mine.gaz") == "gn-3039678"


def test_data_win_over_the_shipped_and_stores_lie_under_them(
    monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    loaded: list[tuple[str, ...]] = []

    def load(*sources: object, **_: object) -> None:
        loaded.append(tuple(str(each) for each in sources))
        raise GazetteerError("enough")

    monkeypatch.setattr(Gazetteer, "load", load)
    for options in (
        ["--data", store],
        ["--store", store],
        ["--data", "default", "--data", store],
        ["--store", store, "--no-default"],
        [],
    ):
        assert run("resolve", "name", *options).exit_code == 2
    name = str(store)
    assert loaded == [
        (name, "default"),
        ("default", name),
        ("default", name),
        (name,),
        ("default",),
    ]
    result = run("resolve", "name", "--data", "default", "--no-default")
    assert "leaves out what 'default' asks for" in result.stderr


# ------------------------------------------------------------------- or none


def test_a_fault_leaves_the_old_store_and_nothing_beside(store: Path) -> None:
    before = store.read_bytes()
    broken = store.parent / "XX.txt"
    shutil.copy(DUMP / "cities500.txt", broken)
    with broken.open("a", encoding="utf-8") as lines:
        lines.write("not a row\n")
    assert "XX.txt:11:1: error: wrong-cell-count" in build(broken, "-o", store, code=2)
    assert store.read_bytes() == before
    assert sorted(each.name for each in store.parent.iterdir()) == [
        "XX.txt",
        "tiny.gaz",
    ]


def test_tables_with_faults_are_not_built(tmp_path: Path) -> None:
    directory = tmp_path / "tables"
    shutil.copytree(FIXTURES / "small", directory)
    places = directory / "places.csv"
    text = places.read_text("utf-8").replace(",town,", ",burgh,", 1)
    places.write_text(text, encoding="utf-8")
    assert "places.csv:" in build(directory, "-o", tmp_path / "x.gaz", code=2)
    assert not (tmp_path / "x.gaz").exists()


def test_what_is_no_store_is_not_replaced(tmp_path: Path) -> None:
    precious = tmp_path / "data.csv"
    precious.write_text("name\na\n", encoding="utf-8")
    result = run("build", DUMP, "-o", precious)
    assert result.exit_code == 2
    assert "exists and is not a store" in result.stderr
    assert precious.read_text("utf-8") == "name\na\n"
    result = run("build", DUMP, "-o", tmp_path / "none" / "x.gaz")
    assert result.exit_code == 2
    assert "there is no directory" in result.stderr


def test_options_that_do_not_fit_are_said(tmp_path: Path) -> None:
    for arguments, message in (
        ([DUMP, "-c", "name=Name"], "name the files in it"),
        ([DUMP / "ABOUT.md", "-c", "name=Name"], "no column has the header"),
        ([DUMP, "--format", "lpf", "-c", "name=Name"], "not in lpf"),
        ([tmp_path], "no file of it is a table"),
        ([tmp_path / "none.csv"], "there is no such file"),
        ([DUMP, "--delimiter", "ab"], "one character"),
    ):
        result = run("build", *arguments, "-o", tmp_path / "x.gaz")
        assert result.exit_code == 2
        assert message in result.stderr


PROGRAM = """
import sys
from gazetteer.cli import main
main(["build", *sys.argv[1:]])
"""


def large_dump(directory: Path, rows: int = 6_000) -> Path:
    """Write a dump that takes some seconds: numbered, so that no name is a real one."""
    directory.mkdir()
    with (directory / "allCountries.txt").open("w", encoding="utf-8") as lines:
        for n in range(1, rows):
            cells = [n, f"Feature {n}", "", "", 1, 2, "P", "PPL", "", *[""] * 9, ""]
            lines.write("\t".join(map(str, cells)) + "\n")
    with (directory / "alternateNamesV2.txt").open("w", encoding="utf-8") as lines:
        for n in range(1, 2 * rows):
            lines.write(f"{n}\t{n % rows + 1}\ten\tname {n} of it\n")
    return directory


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_killed_at_any_moment_it_leaves_the_old_store_or_none(tmp_path: Path) -> None:
    dump = large_dump(tmp_path / "dump")
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "x.gaz"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", PROGRAM, str(dump), "-o", str(target)]

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)

    began = time.monotonic()
    assert start().wait() == 0
    whole = time.monotonic() - began
    wanted = target.read_bytes()
    target.unlink()
    chance = random.Random(5)
    killed = 0
    for _ in range(40):
        process = start()
        time.sleep(chance.uniform(0.05, 0.95) * whole)
        process.send_signal(signal.SIGKILL)
        if process.wait() == -signal.SIGKILL:
            killed += 1
        else:  # it took longer when it was timed, beside other work
            whole *= 0.8
        old = target.read_bytes() if target.exists() else None
        assert old in (None, wanted)
        for left in folder.iterdir():
            if left != target:  # what was not finished is refused as a store
                assert run("verify", left).exit_code != 0
                os.utime(left, (0, 0))
        if killed == 5 and old is None:
            target.write_bytes(wanted)  # from here on there is an old one
        if killed == 10:
            break
    assert killed == 10
    assert start().wait() == 0
    assert target.read_bytes() == wanted
    assert [each.name for each in folder.iterdir()] == ["x.gaz"], (
        "swept by the next run"
    )


# ------------------------------------------------------------------- verify


def test_verify_finds_damage(store: Path) -> None:
    assert "whole" in run("verify", store).stdout
    data = bytearray(store.read_bytes())
    data[len(data) // 2] ^= 1
    store.write_bytes(data)
    result = run("verify", store)
    assert result.exit_code == 1
    assert f"{store}: " in result.stdout
    assert "damaged part" in result.stderr
    shown = [
        json.loads(line) for line in run("verify", store, "--json").stdout.splitlines()
    ]
    assert {"path", "section", "offset", "length", "reason"} == shown[0].keys()
    store.write_bytes(data[:-1])
    assert "truncated" in run("verify", store).stdout
    assert run("verify", DUMP / "ABOUT.md").exit_code == 1
    assert run("verify", store.parent / "none.gaz").exit_code == 2


# ------------------------------------------------------------------- progress


def test_the_meter_tells_rate_and_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    meter = Meter(shown=True)
    meter.read("reading", 10, 0.01)
    now = 110.0
    meter.count()
    meter.read("reading", 1_000, 0.25)
    now = 111.0
    meter.read("reading", 1_100, 0.26)
    meter.compile("places", 3, 0)
    meter.compile("keys", 4, 8)
    meter.close()
    assert capsys.readouterr().err.splitlines() == [
        "reading: 10 rows, 1 %",
        "reading: 1,000 rows, 25 %, 100 a second, 30 s left, 1 place",
        "compiling keys: 4, 50 %",
    ]
    Meter(shown=False).read("reading", 1_000, 0.25)
    Meter().read("reading", 1_000, 0.25)  # no terminal here
    assert not capsys.readouterr().err
