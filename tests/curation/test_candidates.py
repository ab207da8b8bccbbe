"""What a source would add: each candidate with its status and its reason."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from directories import write_tables
from gazetteer.cli import main
from gazetteer.curation.candidates import STATUSES, candidates
from handmade import named, place, tables

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.curation.candidates import Candidate
    from gazetteer.model import Place

OURS = tables(
    place(
        "x-1", named("Çıraq", lang="az"), named("Չիրաղ", lang="hy"),
        at=(40.0, 47.0), links=["geonames:1", "wikidata:Q1"],
    ),
    place("x-2", named("Dağ", lang="az"), at=(40.1, 47.0), links=["geonames:2"]),
    place("x-3", named("Çay", lang="az"), at=(45.0, 47.0)),
    place("x-4", named("Old", lang="en"), replaced_by="x-1", links=["geonames:4"]),
)  # fmt: skip


def compared(*theirs: Place, **options: Any) -> list[Candidate]:
    return list(candidates(OURS, theirs, **options))


def theirs(*names: Any, **changes: Any) -> Place:
    given = {"at": (40.0, 47.0), "links": ["geonames:1"], **changes}
    return place("gn-1", *names, **given)


def only(found: list[Candidate], table: str = "names") -> Candidate:
    (one,) = [each for each in found if each.table == table]
    return one


@pytest.mark.parametrize(
    ("name", "lang", "status", "reason", "row"),
    [
        ("Çıraq", "az", "there", "borne by made", "nm-x-1-Çıraq"),
        ("Çıraq", "und", "there", "its language is not said; here 'az'", "nm-x-1-Çıraq"),
        ("Çıraq", "tr", "conflicting", "here it is in 'az'", "nm-x-1-Çıraq"),
        ("Ciraq", "az", "conflicting", "differs from 'Çıraq'", "nm-x-1-Çıraq"),
        ("ÇIRAQ", "az", "conflicting", "in marks or case alone", "nm-x-1-Çıraq"),
        ("Dağ", "az", "conflicting", "near by this is Dağ (x-2)", ""),
        ("Čirał", "hy-Latn", "conflicting", "in another script", ""),
        ("Chiragh", "hy", "conflicting", "written in Latn, but 'hy' means Armn", ""),
        ("Çıraqǝ", "az", "conflicting", "U+01DD", ""),
        ("Yeni", "az", "new", "beside Çıraq", ""),
        ("Чираг", "ru", "new", "the first name in 'ru'", ""),
        ("Chirag", "und", "new", "its language is not said", ""),
    ],
)  # fmt: skip
def test_a_name_of_a_place_that_is_here(
    name: str, lang: str, status: str, reason: str, row: str
) -> None:
    found = only(compared(theirs(named(name, lang=lang))))
    assert (found.status, found.place_id) == (status, "x-1")
    assert reason in found.reason
    assert found.row == row
    assert (found.name, found.lang, found.sources) == (name, lang, "made")


def test_a_place_is_known_by_its_links() -> None:
    assert {each.place_id for each in compared(theirs("A", links=["wikidata:Q1"]))} == {
        "x-1"
    }
    both = compared(theirs("A", links=["geonames:1", "geonames:2"]))
    assert [(each.status, each.table) for each in both] == [("conflicting", "places")]
    assert "x-1, x-2" in both[0].reason


def test_a_place_near_by_of_one_name_is_likely_the_same() -> None:
    found = compared(theirs(named("Չիրաղ"), links=["geonames:9"], at=(40.01, 47.0)))
    assert only(found, "places").status == "conflicting"
    assert "1.1 km away" in found[0].reason
    assert found[0].place_id == "x-1"


def test_a_new_place_comes_with_its_names_unless_only_known_ones_are_wanted() -> None:
    new = theirs("Far", links=["geonames:9"], at=(10.0, 10.0))
    assert [(each.status, each.table, each.place_id) for each in compared(new)] == [
        ("new", "places", ""),
        ("new", "names", ""),
    ]
    assert compared(new, known_only=True) == []


def test_points_and_links_are_compared_too() -> None:
    found = compared(
        theirs(at=(41.0, 47.0), links=["geonames:1", "wikidata:Q2", "tgn:7"])
    )
    told = {(each.table, each.status, each.id): each.reason for each in found}
    assert told["places", "conflicting", ""] == "its point is 111.2 km away"
    assert told["links", "conflicting", "Q2"] == "here Q1"
    assert told["links", "new", "7"] == "a link not here"


def test_languages_may_be_chosen_and_the_source_named() -> None:
    names = [named("Yeni", lang="az"), named("Новый", lang="ru")]
    found = only(compared(theirs(*names), langs=["ru"], source="mine"))
    assert (found.name, found.sources) == ("Новый", "mine")


def test_places_that_replace_one_another_in_a_circle_are_none() -> None:
    circle = tables(
        place("x-1", named("Bir", lang="az"), replaced_by="x-2"),
        place("x-2", named("İki", lang="az"), replaced_by="x-1"),
        place("x-3", named("Üç", lang="az"), links=["geonames:3"]),
    )
    same = place("x-1", named("Yeni", lang="az"), links=["geonames:3"])
    found = only(list(candidates(circle, [same])))
    assert (found.status, found.place_id) == ("new", "x-3")


# ------------------------------------------------------------------ the command line


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Path, Path]:
    data = write_tables(
        tmp_path / "data",
        places=[{"place_id": "x-1", "lat": "40", "lon": "47"}],
        names=[{"name_id": "n-1", "place_id": "x-1", "name": "Bir"}],
        links=[{"place_id": "x-1", "scheme": "wof", "id": "101"}],
    )
    row = {
        "wof:id": 101, "wof:placetype": "locality", "geom:latitude": 40,
        "geom:longitude": 47, "name:aze_x_preferred": ["Bir", "Birinci"],
        "name:hye_x_preferred": ["Mek"],
    }  # fmt: skip
    folder = tmp_path / "wof"
    folder.mkdir()
    text = json.dumps({"type": "Feature", "properties": row})
    (folder / "101.geojson").write_text(text, encoding="utf-8")
    return data, folder


def run(*arguments: object, code: int = 0) -> Any:
    result = CliRunner().invoke(main, ["import", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


def test_candidates_are_written_and_no_table_is(
    sources: tuple[Path, Path], tmp_path: Path
) -> None:
    data, folder = sources
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    output = tmp_path / "review"
    told = run("wof", folder, "-o", output, "--data", data, "--no-default").stdout
    assert told.splitlines() == [
        f"{output / 'candidates.csv'}: 3 candidates",
        "  names: 1 new, 1 there, 1 conflicting",
    ]
    with (output / "candidates.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["status"], row["name"], row["lang"]) for row in rows] == [
        ("there", "Bir", "az"), ("new", "Birinci", "az"), ("conflicting", "Mek", "hy-Latn"),
    ]  # fmt: skip
    assert {row["status"] for row in rows} == set(STATUSES)
    assert {path.name: path.read_bytes() for path in data.iterdir()} == before
    assert [path.name for path in output.iterdir()] == ["candidates.csv"]


def test_candidates_do_not_go_among_tables(sources: tuple[Path, Path]) -> None:
    data, folder = sources
    result = run("wof", folder, "-o", data, "--data", data, "--no-default", code=2)
    assert "holds tables" in result.output


def test_faults_of_the_source_are_all_named(
    sources: tuple[Path, Path], tmp_path: Path
) -> None:
    data, folder = sources
    for name in ("1.geojson", "2.geojson"):
        (folder / name).write_text("{", encoding="utf-8")
    options = ["-o", tmp_path / "review", "--data", data, "--no-default"]
    result = run("wof", folder, *options, code=2)
    assert result.output.count("bad-json") == 2
    assert not (tmp_path / "review" / "candidates.csv").exists()
    result = run("wof", folder, *options, "--skip-faulty")
    assert "2 rows with faults were left out" in result.stderr


def test_a_csv_file_with_its_columns_named(
    sources: tuple[Path, Path], tmp_path: Path
) -> None:
    data, _ = sources
    table = tmp_path / "list.csv"
    table.write_text("Code,Village\n101,Üçüncü\n", "utf-8")
    options = ["-c", "link.wof=Code,name.az=Village", "--set", "type=village"]
    told = run(
        "csv", table, *options, "-o", tmp_path / "r", "--data", data, "--no-default"
    )
    assert "names: 1 new" in told.stdout


def test_a_source_that_has_no_row_yet_is_told(
    sources: tuple[Path, Path], tmp_path: Path
) -> None:
    data, folder = sources
    options = ["-o", tmp_path / "r", "--data", data, "--no-default"]
    assert not run("wof", folder, *options).stderr
    told = run("wof", folder, *options, "--source", "mine").stderr
    assert "'mine' is not a source of the data yet" in told


def test_a_language_that_is_none_is_told(
    sources: tuple[Path, Path], tmp_path: Path
) -> None:
    data, folder = sources
    options = ["-o", tmp_path / "r", "--data", data, "--no-default", "--lang"]
    assert (
        "bad language tag 'azeri'"
        in run("wof", folder, *options, "azeri", code=2).stderr
    )
    assert "2 candidates" in run("wof", folder, *options, "AZ").stdout
