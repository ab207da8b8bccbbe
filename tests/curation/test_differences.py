"""What changed between two versions of the data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from directories import write_tables
from gazetteer.cli import main
from gazetteer.curation.differences import CHANGES, Difference, differences, read_tables
from gazetteer.tables import find_data
from handmade import named, place, tables

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.model import Place

OLD: dict[str, Any] = {
    "places": [{"place_id": "x-1", "lat": "40", "lon": "47"}, {"place_id": "x-2"}],
    "names": [
        {"name_id": "n-1", "place_id": "x-1", "name": "Bir"},
        {"name_id": "n-2", "place_id": "x-2", "name": "İki"},
    ],
    "usages": [{"name_id": "n-1", "authority": "a"}],
    "links": [{"place_id": "x-1", "scheme": "geonames", "id": "1"}],
    "relations": [{"subject": "x-1", "object": "x-2"}],
}
NEW: dict[str, Any] = {
    "places": [
        {"place_id": "x-1", "lat": "40.5", "lon": "47"},
        {"place_id": "x-2", "replaced_by": "x-1"},
    ],
    "names": [
        {"name_id": "n-1", "place_id": "x-1", "name": "Bir", "valid": "1991/.."},
        {"name_id": "n-3", "place_id": "x-1", "name": "Մեկ", "lang": "hy"},
    ],
    "usages": [{"name_id": "n-1", "authority": "a", "note": "seen"}],
}


@pytest.fixture
def versions(tmp_path: Path) -> tuple[str, str]:
    old = write_tables(tmp_path / "old", "2026.1", **OLD)
    new = write_tables(tmp_path / "new", "2026.2", **NEW)
    return str(old), str(new)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["diff", *arguments], catch_exceptions=False)


def test_each_row_that_changed_is_told_once(versions: tuple[str, str]) -> None:
    found = list(differences(*map(read_tables, versions)))
    told = [(each.table, each.change, each.place_id, each.fields) for each in found]
    assert told == [
        ("places", "changed", "x-1", ("lat",)),
        ("places", "redirected", "x-2", ("replaced_by",)),
        ("names", "changed", "x-1", ("valid",)),
        ("names", "removed", "x-2", ()),
        ("names", "added", "x-1", ()),
        ("usages", "changed", "x-1", ("note",)),
        ("relations", "removed", "x-1", ()),
        ("links", "removed", "x-1", ()),
    ]
    assert {each.change for each in found} == set(CHANGES)


def test_the_command_groups_by_place_and_counts(versions: tuple[str, str]) -> None:
    result = run(*versions)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "x-1 Bir, Մեկ",
        "  ~ places x-1: lat '40' -> '40.5'",
        "  ~ names n-1: valid '' -> '1991/..'",
        "  + names n-3: Մեկ, hy, full, s",
        "  ~ usages n-1 a used s: note '' -> 'seen'",
        "  - relations x-1 part_of x-2 a s",
        "  - links x-1 geonames 1: exact, s",
        "x-2 İki",
        "  > places x-2: replaced_by '' -> 'x-1'",
        "  - names n-2: İki, az, full, s",
        (
            "2026.1 -> 2026.2: 1 link removed, 1 name added, 1 name changed, 1 name "
            "removed, 1 place changed, 1 place redirected, 1 relation removed, "
            "1 usage changed"
        ),
    ]
    assert (
        run(*versions, "--count").stdout.splitlines() == result.stdout.splitlines()[-1:]
    )


def test_json_has_every_key_and_the_whole_rows(versions: tuple[str, str]) -> None:
    lines = [json.loads(line) for line in run(*versions, "--json").stdout.splitlines()]
    assert {tuple(line) for line in lines} == {Difference._fields}
    assert lines[0]["old"]["lat"] == "40"
    assert lines[0]["new"]["lat"] == "40.5"
    assert [line["old"] for line in lines if line["change"] == "added"] == [None]


def test_the_same_data_has_no_difference_in_whatever_form(tmp_path: Path) -> None:
    store = str(tmp_path / "data.gaz")
    built = CliRunner().invoke(main, ["build", str(find_data()), "-o", store])
    assert built.exit_code == 0
    for old, new in [("default", "default"), (store, str(find_data()))]:
        result = run(old, new)
        assert (result.exit_code, result.stdout.count("\n")) == (0, 1), result.stdout
        assert "no difference" in result.stdout


def test_an_unsound_old_version_is_compared_as_it_stands(
    versions: tuple[str, str],
) -> None:
    old, new = versions
    names = f"{old}/names.csv"
    with open(names, encoding="utf-8") as stream:  # noqa: PTH123
        text = stream.read().replace(",az,", ",eng_x,")
    with open(names, "w", encoding="utf-8") as stream:  # noqa: PTH123
        stream.write(text)
    assert run(old, new).exit_code == 1


PLACES = st.builds(
    lambda number, names, at: place(f"x-{number}", *names, at=at),
    st.integers(1, 4),
    st.lists(st.sampled_from("ABC").map(named), max_size=3, unique_by=lambda n: n.name),
    st.sampled_from([None, (40.0, 47.0)]),
)
SOME = st.lists(PLACES, max_size=4, unique_by=lambda each: each.place_id)


@given(SOME, SOME)
def test_what_is_added_one_way_is_removed_the_other(
    one: list[Place], other: list[Place]
) -> None:
    mirrored = {"added": "removed", "removed": "added"}
    there = {
        (each.table, each.key, mirrored.get(each.change, each.change))
        for each in differences(tables(*one), tables(*other))
    }
    back = {
        (each.table, each.key, each.change)
        for each in differences(tables(*other), tables(*one))
    }
    assert there == back
    assert not list(differences(tables(*one), tables(*reversed(one))))
