"""What is counted, and that no side is counted otherwise than another."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from directories import write_tables
from gazetteer import Gazetteer
from gazetteer.cli import main
from gazetteer.curation.coverage import Coverage, coverage_page, draw, measure

if TYPE_CHECKING:
    from pathlib import Path

# three places of a dispute between a and b: one with names of both, one of each alone
ROWS: dict[str, Any] = {
    "authorities": [{"authority": "b"}],
    "sources": [{"source": "t", "line": "t"}],
    "disputes": [
        {
            "dispute": "a-b", "title": "T", "parties": "a b", "criterion": "c",
            "source": "s",
        }
    ],
    "places": [
        *({"place_id": f"x-{each}", "dispute": "a-b"} for each in (1, 2, 3)),
        {"place_id": "x-4", "type": "district", "fclass": "A"},
    ],
    "names": [
        {"name_id": "n-1", "place_id": "x-1", "name": "Bir", "sources": "s t"},
        {"name_id": "n-2", "place_id": "x-1", "name": "Մեկ", "lang": "hy"},
        {"name_id": "n-3", "place_id": "x-2", "name": "İki"},
        {"name_id": "n-4", "place_id": "x-3", "name": "Երեք", "lang": "hy"},
        {"name_id": "n-5", "place_id": "x-4", "name": "Rayon"},
        {"name_id": "n-6", "place_id": "x-4", "name": "Rayonu", "form": "hidden"},
    ],
    "usages": [
        {"name_id": "n-1", "authority": "a"},
        {"name_id": "n-2", "authority": "b"},
        {"name_id": "n-3", "authority": "a"},
        {"name_id": "n-3", "authority": "b", "status": "rejected"},
        {"name_id": "n-4", "authority": "b"},
    ],
    "relations": [{"subject": f"x-{each}", "object": "x-4"} for each in (1, 2, 3)],
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Coverage:
    return measure(Gazetteer.load(), ["en"])


def counted(where: Path, **changes: Any) -> Coverage:
    return measure(Gazetteer.load(write_tables(where, **(ROWS | changes))), ["en"])


def test_names_and_places_are_counted_once(tmp_path: Path) -> None:
    found = counted(tmp_path).to_dict()
    totals = {row["what"]: row["count"] for row in found["totals"]}
    assert totals["places"] == 4
    assert totals["names"] == 6
    assert totals["names that were read somewhere"] == 5
    assert totals["of these verified"] == 1
    assert totals["hidden names"] == 1
    by_lang = {row["language"]: row for row in found["languages"]}
    assert by_lang["az"]["places"] == 3
    assert by_lang["hy"]["names"] == 2


def test_sides_are_told_from_those_that_are_alone(tmp_path: Path) -> None:
    found = counted(tmp_path).to_dict()
    (balance,) = found["balance"]
    assert list(balance.values()) == ["a-b", 3, 1, 2, 0]
    sides = {row["side"]: row for row in found["sides"]}
    assert sides["a"]["named by the side"] == 2
    assert sides["b"]["named by the side"] == 2
    assert (sides["a"]["alone"], sides["b"]["alone"]) == (1, 1)
    assert (sides["a"]["not named"], sides["b"]["not named"]) == (1, 1)
    assert (sides["a"]["verified"], sides["b"]["verified"]) == (1, 0)


def test_a_name_that_is_rejected_or_also_given_is_not_a_sides_own(
    tmp_path: Path,
) -> None:
    usages = [
        {"name_id": "n-1", "authority": "a", "status": "rejected"},
        {"name_id": "n-2", "authority": "a", "status": "also"},
    ]
    found = counted(tmp_path, usages=usages).to_dict()
    assert {row["named"] for row in found["sides"]} == {0}


def test_to_swap_the_sides_swaps_their_figures(tmp_path: Path) -> None:
    swap = {"a": "b", "b": "a"}
    usages = [{**row, "authority": swap[row["authority"]]} for row in ROWS["usages"]]
    there = counted(tmp_path / "one").to_dict()
    back = counted(tmp_path / "two", usages=usages).to_dict()
    figures = [
        {swap[row.pop("side")]: row for row in found["sides"]}
        for found in (there, back)
    ]
    assert figures[0] == {swap[side]: row for side, row in figures[1].items()}
    assert there["balance"] == back["balance"]


def test_languages_are_counted_for_each_side_or_for_none(tmp_path: Path) -> None:
    countries = [
        {"place_id": f"c-{code}", "type": "country", "fclass": "A", "langs": langs}
        for code, langs in (("AZ", "az ru"), ("AM", "hy ru"))
    ]
    names = [
        {"name_id": f"m-{code}", "place_id": f"c-{code}", "name": code, "form": "abbr"}
        for code in ("AZ", "AM")
    ]
    links = [
        {"place_id": f"c-{code}", "scheme": "iso3166-1", "id": code}
        for code in ("AZ", "AM")
    ]
    both = {"a": "AZ", "b": "AM"}
    for known, named in ((both, {"a": 2, "b": 2}), ({"a": "AZ"}, {"a": 0, "b": 0})):
        authorities = [
            {"authority": each, "jurisdiction": known.get(each, "")} for each in "ab"
        ]
        found = counted(
            tmp_path,
            authorities=authorities,
            places=[*ROWS["places"], *countries],
            names=[*ROWS["names"], *names],
            links=links,
            usages=[],
        )
        rows = found.to_dict()["sides"]
        assert {row["side"]: row["named"] for row in rows} == named


def test_the_parts_add_up(shipped: Coverage) -> None:
    found = shipped.to_dict()
    totals = {row["what"]: row["count"] for row in found["totals"]}
    assert sum(row["places"] for row in found["types"]) == totals["places"]
    for table in ("types", "languages"):
        names = sum(row["names"] for row in found[table])
        assert names == totals["names that were read somewhere"], table
    assert sum(row["places"] for row in found["balance"]) == totals["contested places"]
    for row in found["balance"]:
        assert row["places"] == row["every side"] + row["some"] + row["none"]
    for row in found["sides"]:
        assert row["named by the side"] <= row["named"]
        assert row["named"] + row["not named"] == row["places"]
    for row in found["perspectives"]:
        labels = row["complete"] + row["incomplete"] + row["kept"]
        assert labels == totals["contested places"]


def test_the_picture_is_one_drawing_for_light_and_dark_with_words(
    shipped: Coverage,
) -> None:
    text = draw(shipped)
    picture = ET.fromstring(text)  # noqa: S314
    space = "{http://www.w3.org/2000/svg}"
    assert picture.get("role") == "img"
    title, about = (picture.find(f"{space}{each}") for each in ("title", "desc"))
    assert title is not None
    assert shipped.version in str(title.text)
    assert about is not None
    assert "Names by language and certainty: " in str(about.text)
    assert "@media (prefers-color-scheme: dark)" in text
    ids = {each.get("id") for each in picture.iter()}
    assert set(picture.get("aria-labelledby", "").split()) <= ids
    width = float(picture.get("width", ""))
    for bar in picture.iter(f"{space}rect"):
        assert float(bar.get("x", 0)) + float(bar.get("width", 0)) <= width


def test_data_without_a_dispute_is_drawn_too(tmp_path: Path) -> None:
    places = [{"place_id": f"x-{each}"} for each in (1, 2, 3, 4)]
    found = counted(tmp_path, disputes=[], places=places)
    assert found.to_dict()["sides"] == []
    assert "Names by language" in draw(found)


def test_the_page_has_a_section_for_each_table(shipped: Coverage) -> None:
    page = coverage_page(shipped)
    for figures in shipped.tables.values():
        section = page.split(f"## {figures.title}\n")[1].split("\n## ")[0]
        rows = [line for line in section.splitlines() if line.startswith("| ")]
        assert len(rows) == len(figures.rows) + 1


def test_the_command(tmp_path: Path) -> None:
    where = str(write_tables(tmp_path / "data", **ROWS))
    picture = tmp_path / "picture.svg"

    def run(*arguments: str, code: int = 0) -> str:
        command = ["coverage", "--data", where, "--no-default", *arguments]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == code, result.output
        return result.output

    told = run("--table", "balance", "--svg", str(picture))
    assert told.splitlines() == [
        "Sides together (balance)",
        "dispute  places  every side  some  none",
        "a-b      3       1           2     0",
    ]
    assert picture.read_text("utf-8").startswith("<svg")
    assert [each.name for each in tmp_path.iterdir() if "part" in each.name] == []
    shape = json.loads(run("--json", "--lang", "hy"))
    assert shape["langs"] == ["hy"]
    assert shape["sides"][0]["side"] == "a"
    assert "there are totals, types" in run("--table", "side", code=2)
