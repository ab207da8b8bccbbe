"""What a strict check finds, what it leaves alone, and what is accepted of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from directories import write_tables
from gazetteer.check import check_directory
from gazetteer.cli import main
from gazetteer.tables import find_data
from gazetteer.tables.columns import ALL_TABLES, FINDINGS

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.errors import Problem


def place(number: int, **cells: Any) -> dict[str, str]:
    return {"place_id": f"x-{number:03}", **{k: str(v) for k, v in cells.items()}}


def name(number: int, of: int, text: str, **cells: str) -> dict[str, str]:
    return {
        "name_id": f"n-{number:03}",
        "place_id": f"x-{of:03}",
        "name": text,
        **cells,
    }


def inside(subject: int, area: int, **cells: str) -> dict[str, str]:
    return {"subject": f"x-{subject:03}", "object": f"x-{area:03}", **cells}


def strict(where: Path, **tables: Any) -> list[Problem]:
    problems = check_directory(write_tables(where, **tables), strict=True)
    assert [str(each) for each in problems if each.severity == "error"] == []
    return problems


def keys(problems: list[Problem], code: str) -> list[str]:
    return [each.key for each in problems if each.code == code]


# ------------------------------------------------------------------------- homonyms


TWO = [name(1, 1, "Qara"), name(2, 2, "Qara")]


def test_homonyms_with_nothing_to_tell_them_apart(tmp_path: Path) -> None:
    found = strict(tmp_path, places=[place(1), place(2)], names=TWO)
    assert keys(found, "homonyms-alike") == ["x-001 x-002"]
    assert keys(found, "homonym-nowhere") == ["x-001", "x-002"]


@pytest.mark.parametrize(
    "tables",
    [
        {"places": [place(1), place(2, type="town")]},
        {"places": [place(1, exists="1900/1950"), place(2, exists="1960/..")]},
        {"places": [place(1, lat=40, lon=47), place(2, lat=41, lon=47)]},
        {
            "places": [place(1), place(2)],
            "relations": [inside(2, 1, predicate="succeeds")],
        },
        {
            "places": [place(1), place(2), *(
                place(each, type="district", fclass="A") for each in (3, 4)
            )],
            "names": [*TWO, name(3, 3, "Biri"), name(4, 4, "Digər")],
            "relations": [inside(1, 3), inside(2, 4)],
        },
        {
            "places": [place(1), place(2), *(
                place(each, type="country", fclass="A") for each in (3, 4)
            )],
            "names": [*TWO, name(3, 3, "Biri"), name(4, 4, "Digər")],
            "relations": [inside(1, 3), inside(2, 4)],
        },
    ],
    ids=["type", "dates", "points", "relation", "areas", "countries"],
)  # fmt: skip
def test_what_tells_homonyms_apart(tmp_path: Path, tables: dict[str, Any]) -> None:
    found = strict(tmp_path, **{"names": TWO, **tables})
    assert keys(found, "homonyms-alike") == []


# ---------------------------------------------------------------------------- areas


def test_a_place_far_from_its_district(tmp_path: Path) -> None:
    places = [place(each, lat=40 + each / 100, lon=47) for each in range(1, 8)]
    places += [place(8, lat=38.75, lon=48.85), place(9, type="district", fclass="A")]
    found = strict(
        tmp_path,
        places=places,
        names=[
            name(each, each, f"Kənd {'abcdefghi'[each - 1]}") for each in range(1, 10)
        ],
        relations=[inside(each, 9) for each in range(1, 9)],
    )
    assert keys(found, "far-from-area") == ["x-008 x-009"]


def test_the_end_of_a_long_district_is_not_far(tmp_path: Path) -> None:
    places = [place(each, lat=40, lon=47 + each / 200) for each in range(1, 20)]
    places += [place(each, lat=40, lon=47 + each / 20) for each in range(20, 40)]
    places.append(place(90, type="district", fclass="A"))
    found = strict(
        tmp_path,
        places=places,
        names=[name(each, each, f"Kənd{each}") for each in (*range(1, 40), 90)],
        relations=[inside(each, 90) for each in range(1, 40)],
    )
    assert keys(found, "far-from-area") == []


def test_of_few_places_the_point_of_the_area_decides(tmp_path: Path) -> None:
    found = strict(
        tmp_path,
        places=[
            place(1, lat=40, lon=47),
            place(2, lat=40, lon=49.5),
            place(3, type="admin-unit", fclass="A", lat=40, lon=47.2),
        ],
        names=[name(1, 1, "Bir"), name(2, 2, "İki"), name(3, 3, "Üç")],
        relations=[inside(1, 3), inside(2, 3)],
    )
    assert keys(found, "far-from-area") == ["x-002 x-003"]


def test_languages_that_an_area_lacks(tmp_path: Path) -> None:
    names = [
        name(each, each, f"Kənd {'abcdefghijk'[each - 1]}") for each in range(1, 12)
    ]
    names += [name(20 + each, each, "Գյուղ", lang="hy") for each in range(1, 10)]
    found = strict(
        tmp_path,
        places=[
            *(place(each) for each in range(1, 11)),
            place(11, type="district", fclass="A", langs="az"),
            place(12, langs="ka"),
        ],
        names=[*names, name(40, 12, "Şəhər")],
        relations=[inside(each, 11) for each in range(1, 11)],
    )
    missing = [each for each in found if each.code == "missing-language"]
    assert [each.key for each in missing] == ["x-011 hy", "- ka"]
    assert "1 of the places in x-011 (Kənd k) has no name in 'hy': x-010" in str(
        missing[0]
    )


# -------------------------------------------------------------------------- doubles


def test_two_places_that_are_probably_one(tmp_path: Path) -> None:
    near = [place(1, lat=40, lon=47), place(2, lat=40.01, lon=47, type="town")]
    found = strict(tmp_path, places=near, names=TWO)
    assert keys(found, "maybe-one-place") == ["x-001 x-002"]
    assert keys(found, "homonyms-alike") == []
    apart = [near[0], place(2, lat=40.01, lon=47, type="district", fclass="A")]
    assert keys(strict(tmp_path, places=apart, names=TWO), "maybe-one-place") == []


def test_one_place_that_is_probably_two(tmp_path: Path) -> None:
    links = [
        {"place_id": "x-001", "scheme": "geonames", "id": "1"},
        {"place_id": "x-001", "scheme": "geonames", "id": "2"},
        {"place_id": "x-001", "scheme": "pcode", "id": "A1", "edition": "2019"},
        {"place_id": "x-001", "scheme": "pcode", "id": "A2", "edition": "2024"},
    ]
    areas = [place(each, type="district", fclass="A") for each in (2, 3)]
    found = strict(
        tmp_path,
        places=[place(1), *areas],
        names=[name(1, 1, "Bir"), name(2, 2, "İki"), name(3, 3, "Üç")],
        relations=[inside(1, 2), inside(1, 3)],
        links=links,
    )
    assert keys(found, "maybe-two-places") == [
        "x-001 x-002 x-003 a",
        "x-001",
    ]


def test_a_place_may_move_from_one_district_to_another(tmp_path: Path) -> None:
    areas = [place(each, type="district", fclass="A") for each in (2, 3)]
    found = strict(
        tmp_path,
        places=[place(1), *areas],
        names=[name(1, 1, "Bir"), name(2, 2, "İki"), name(3, 3, "Üç")],
        relations=[inside(1, 2, valid="1930/1993"), inside(1, 3, valid="1993/..")],
    )
    assert keys(found, "maybe-two-places") == []


# ------------------------------------------------------------------------- spelling


@pytest.mark.parametrize(
    ("full", "stripped", "lang"),
    [
        ("Çıraquz", "Ciraquz", "az"),
        ("Günəşli", "Güneşli", "az"),
        ("Łódź", "Lodz", "pl"),
        ("Örəndağ", "Orandag", "az"),
    ],
)
def test_a_form_without_its_marks(
    tmp_path: Path, full: str, stripped: str, lang: str
) -> None:
    names = [name(1, 1, full, lang=lang), name(2, 1, stripped, lang=lang)]
    found = strict(tmp_path, places=[place(1)], names=names)
    assert keys(found, "stripped-name") == ["n-002"]


@pytest.mark.parametrize(
    "names",
    [
        [name(1, 1, "Košice", lang="en"), name(2, 1, "Kosice", lang="en")],
        [name(1, 1, "Çıraq"), name(2, 1, "Ciraq", form="hidden")],
        [name(1, 1, "Çıraq"), name(2, 1, "Ciraq", lang="tr")],
        [name(1, 1, "Çaylı"), name(2, 1, "Çay")],
        [name(1, 1, "Zərgər"), name(2, 1, "Zərgar")],
    ],
    ids=["English", "hidden", "another language", "another name", "another vowel"],
)
def test_what_is_no_stripped_form(tmp_path: Path, names: list[dict[str, str]]) -> None:
    found = strict(tmp_path, places=[place(1)], names=names)
    assert keys(found, "stripped-name") == []


def test_a_letter_that_the_language_lacks(tmp_path: Path) -> None:
    names = [name(1, 1, "Fındıqlı", lang="tr"), name(2, 1, "Naïrî", lang="tr")]
    found = strict(tmp_path, places=[place(1)], names=names)
    assert keys(found, "foreign-letter") == ["n-001"]


# ---------------------------------------------------------------------------- times


def test_a_name_that_ended_without_another(tmp_path: Path) -> None:
    found = strict(
        tmp_path,
        places=[place(1), place(2), place(3, exists="1920/1950")],
        names=[
            name(1, 1, "Köhnə", valid="1920/1950"),
            name(2, 2, "Biri", valid="1920/1950"),
            name(3, 2, "Sonra", valid="1950/.."),
            name(4, 3, "Üçüncü", valid="1920/1950"),
            name(5, 1, "Одно", lang="ru", valid="1920"),
        ],
    )
    assert keys(found, "no-successor") == ["n-001"]


def test_a_usage_that_ended_without_another(tmp_path: Path) -> None:
    ended = {"authority": "a", "status": "official", "valid": "1920/1950"}
    found = strict(
        tmp_path,
        authorities=[{"authority": "b"}],
        places=[place(1), place(2), place(3), place(4), place(5)],
        names=[
            name(1, 1, "Bir"), name(2, 2, "İki"), name(3, 3, "Üç"), name(4, 4, "Dörd"),
            name(5, 5, "Köhnə"), name(6, 5, "Yeni"),
        ],
        usages=[
            {"name_id": "n-001", **ended},
            {"name_id": "n-004", **ended, "authority": "b"},  # b has ended itself
            {"name_id": "n-005", **ended},  # another name goes on
            {"name_id": "n-002", **ended},
            {"name_id": "n-002", "authority": "a", "valid": "1991"},
        ],
    )  # fmt: skip
    assert keys(found, "no-successor") == ["n-001 a 1920/1950"]


# -------------------------------------------------------------------------- sources


CITING = {
    "names": [name(1, 1, "Bir", sources="s t")],
    "usages": [{"name_id": "n-001", "authority": "a", "source": "t"}],
    "relations": [inside(1, 2, source="t")],
    "links": [{"place_id": "x-001", "scheme": "list", "id": "1", "source": "t"}],
    "disputes": [
        {
            "dispute": "d",
            "title": "D",
            "parties": "a b",
            "criterion": "c",
            "source": "t",
        }
    ],
    "phrases": [{"text": "Bir bir", "lang": "az", "kind": "fixed", "source": "t"}],
    "accepted": [
        {"finding": "crosscheck-name", "key": "x-001", "reason": "So.", "source": "t"}
    ],
}
AREA = place(2, type="district", fclass="A")
BOTH = [name(1, 1, "Bir"), name(2, 2, "İki")]


def test_every_table_with_a_column_of_sources_is_asked() -> None:
    asked = [
        table.name
        for table in ALL_TABLES.values()
        for column in table.columns
        if column.target == "sources.source"
    ]
    assert asked == list(CITING)


def test_a_source_that_nothing_cites(tmp_path: Path) -> None:
    found = strict(
        tmp_path, places=[place(1), AREA], names=BOTH, sources=[{"source": "t"}]
    )
    assert keys(found, "uncited-source") == ["t"]
    (one,) = (each for each in found if each.code == "uncited-source")
    assert (one.file, one.line) == (str(tmp_path / "sources.csv"), 3)


@pytest.mark.parametrize("table", CITING)
def test_a_source_that_one_row_of_any_table_cites(tmp_path: Path, table: str) -> None:
    tables = {"names": BOTH, table: CITING[table] + BOTH[1:] * (table == "names")}
    tables |= {"places": [place(1), AREA], "authorities": [{"authority": "b"}]}
    found = strict(tmp_path, sources=[{"source": "t"}], **tables)
    assert keys(found, "uncited-source") == []


@pytest.mark.parametrize(
    ("rules", "uncited"),
    [
        ('[perspective.p]\nsources = ["t"]\n', []),  # with faults, and cited still
        ("[perspective.p]\nsources = 1\n[perspective.q]\n", ["t"]),
        ('[perspective.p]\nsources = "t"\n', []),
        ("perspective = 1\n", ["t"]),
        ("sources = t", ["t"]),
    ],
    ids=["cited", "no list", "one", "no policy", "no TOML"],
)
def test_a_source_that_a_perspective_cites(
    tmp_path: Path, rules: str, uncited: list[str]
) -> None:
    tables = {"places": [place(1)], "names": BOTH[:1], "sources": [{"source": "t"}]}
    where = write_tables(tmp_path, **tables)
    (where / "perspectives.toml").write_text(rules, encoding="utf-8")
    assert keys(check_directory(where, strict=True), "uncited-source") == uncited


def test_a_row_with_a_fault_cites_its_source(tmp_path: Path) -> None:
    faulty = [name(1, 1, "Bir", sources="s t", lang="no language")]
    where = write_tables(
        tmp_path, places=[place(1)], names=faulty, sources=[{"source": "t"}]
    )
    assert keys(check_directory(where, strict=True), "uncited-source") == []


# ------------------------------------------------------------------------- accepting


ACCEPTED = {"finding": "homonyms-alike", "key": "x-001 x-002", "reason": "Both are so."}
NOWHERE = [
    {"finding": "homonym-nowhere", "key": f"x-00{each}", "reason": "Nobody says."}
    for each in (1, 2)
]


def test_an_accepted_finding_is_shown_with_its_reason_and_passes(
    tmp_path: Path,
) -> None:
    tables = {"places": [place(1), place(2)], "names": TWO, "accepted": [ACCEPTED]}
    accepted = [
        each for each in strict(tmp_path, **tables) if each.severity == "accepted"
    ]
    assert [each.key for each in accepted] == ["x-001 x-002"]
    assert accepted[0].message.endswith("; accepted: Both are so.")


def test_a_stale_acceptance_is_a_warning(tmp_path: Path) -> None:
    tables = {"places": [place(1)], "names": TWO[:1], "accepted": [ACCEPTED]}
    (found,) = strict(tmp_path, **tables)
    assert (found.code, found.severity) == ("stale-acceptance", "warning")
    assert found.file.endswith("accepted.csv")


def test_an_acceptance_of_a_crosscheck_is_not_judged_here(tmp_path: Path) -> None:
    row = {**ACCEPTED, "finding": "crosscheck-name"}
    tables = {"places": [place(1)], "names": TWO[:1], "accepted": [row]}
    assert strict(tmp_path, **tables) == []


def test_a_fault_of_an_acceptance_is_an_error(tmp_path: Path) -> None:
    rows = [{"finding": "anything", "key": "x", "reason": ""}]
    where = write_tables(tmp_path, places=[place(1)], names=TWO[:1], accepted=rows)
    assert {each.code for each in check_directory(where)} == {
        "bad-value",
        "missing-value",
    }


def test_a_directory_may_lack_the_table(tmp_path: Path) -> None:
    where = write_tables(tmp_path, places=[place(1)], names=TWO[:1])
    (where / "accepted.csv").unlink()
    package = json.loads((where / "datapackage.json").read_text("utf-8"))
    package["resources"].pop()
    (where / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert check_directory(where, strict=True) == []


# ------------------------------------------------------------------ the command line


def test_the_command_counts_findings_and_fails_unless_they_are_accepted(
    tmp_path: Path,
) -> None:
    tables: dict[str, Any] = {"places": [place(1), place(2)], "names": TWO}
    where = str(write_tables(tmp_path, **tables))
    plain = CliRunner().invoke(main, ["check", where])
    assert (plain.exit_code, plain.stdout) == (0, f"{where}: 0 errors, 0 warnings\n")
    found = CliRunner().invoke(main, ["check", "--strict", where])
    assert found.exit_code == 1
    assert f"{where}: 0 errors, 0 warnings, 3 findings, 0 accepted" in found.stderr
    assert "  homonyms-alike: 1, 0 accepted" in found.stderr
    write_tables(tmp_path, **tables, accepted=[ACCEPTED, *NOWHERE])
    passed = CliRunner().invoke(main, ["check", "--strict", where])
    assert passed.exit_code == 0
    assert "0 findings, 3 accepted" in passed.stdout
    lines = CliRunner().invoke(main, ["check", "--strict", "--json", where])
    keys = [json.loads(line)["key"] for line in lines.stdout.splitlines()]
    assert keys == ["x-001", "x-001 x-002", "x-002"]


def test_each_kind_of_finding_is_written_down() -> None:
    assert list(FINDINGS) == sorted(FINDINGS)


def test_the_shipped_data_has_no_finding_that_nobody_accepted() -> None:
    where = find_data()
    if len((where / "accepted.csv").read_text("utf-8").splitlines()) == 1:
        pytest.skip("nothing is accepted yet")
    problems = check_directory(where, strict=True)
    assert [str(each) for each in problems if each.severity == "finding"] == []
    assert [str(each) for each in problems if each.code == "stale-acceptance"] == []
