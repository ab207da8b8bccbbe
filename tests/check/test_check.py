"""Every planted fault is found where it stands, and nothing else is."""

from __future__ import annotations

import json
import shutil
from itertools import permutations
from pathlib import Path

import pytest

from gazetteer.check import check_directory
from gazetteer.check.values import cell_faults
from gazetteer.errors import DataNotFoundError, Problem
from gazetteer.tables import find_data, load_tables
from gazetteer.tables.cells import read_rows, write_rows
from gazetteer.tables.columns import TABLES
from planted import lay_out

SMALL = Path(__file__).parents[1] / "fixtures" / "small"
CITY = "gz-000005a"


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Return a copy of the small gazetteer, to spoil."""
    directory = tmp_path / "whole"
    shutil.copytree(SMALL, directory)
    return directory


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Return an empty directory of house rules."""
    directory = tmp_path / "rules"
    directory.mkdir()
    return directory


def write(directory: Path, **tables: str) -> None:
    """Write tables given as lines without their header, sorted."""
    for name, text in tables.items():
        rows = sorted(line.strip() for line in text.strip().splitlines())
        lines = [",".join(TABLES[name].header), *rows]
        path = directory / f"{name}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def add(directory: Path, table: str, *lines: str) -> None:
    """Add rows to a table at the places where they belong."""
    path = directory / f"{table}.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    text = "\n".join([header, *sorted([*rows, *lines])]) + "\n"
    path.write_text(text, encoding="utf-8")


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


# ------------------------------------------------------------------ whole data


def test_the_small_gazetteer_has_no_problem() -> None:
    assert check_directory(SMALL) == []


def test_the_shipped_data_has_no_error() -> None:
    problems = check_directory(find_data())
    assert [str(each) for each in problems if each.severity == "error"] == []


def test_every_planted_fault_is_found_at_its_place_and_nothing_else(
    tmp_path: Path,
) -> None:
    expected = lay_out(tmp_path)
    problems = check_directory(tmp_path)
    found = {(Path(p.file).name, p.line, p.column, p.code) for p in problems}
    assert found == expected
    assert len(problems) == len(expected)


def test_problems_come_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    lay_out(tmp_path)
    problems = check_directory(str(tmp_path))
    places = [p for p in problems if p.file == str(tmp_path / "places.csv")]
    assert [p.line for p in places] == sorted(p.line for p in places)
    files = list(dict.fromkeys(Path(p.file).name for p in problems))
    assert files[:3] == ["datapackage.json", "places.csv", "names.csv"]


def test_the_position_is_that_of_the_value(tmp_path: Path) -> None:
    lay_out(tmp_path)
    for problem in check_directory(tmp_path):
        if problem.line and problem.value and problem.code != "not-utf8":
            data = Path(problem.file).read_bytes().decode("utf-8-sig", "replace")
            rest = data.split("\n")[problem.line - 1][problem.column - 1 :]
            first = problem.value.split("\n")[0]
            assert rest.lstrip('"').startswith(first.lstrip('"')), problem


def test_a_fault_of_a_cell_hides_no_other(whole: Path) -> None:
    add(whole, "places", "gz-1,kingdom,X,91,181,191,eng xx,d-x,gz-2,")
    found = [p for p in check_directory(whole) if p.value == "eng xx"]
    assert codes(found) == ["bad-lang", "lang-form"]
    assert {
        "bad-value",
        "out-of-range",
        "bad-edtf",
        "unknown-id",
        "bad-id",
    } <= set(codes(check_directory(whole)))


def test_a_missing_directory_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(DataNotFoundError):
        check_directory(tmp_path / "nowhere")


def test_a_whole_data_set_has_every_table(whole: Path) -> None:
    (whole / "phrases.csv").unlink()
    (problem, again) = check_directory(whole)
    assert (problem.code, Path(again.file).name) == ("bad-datapackage", "phrases.csv")
    assert (again.line, again.column, again.code) == (0, 0, "missing-file")


def test_a_table_may_be_its_header_alone(whole: Path) -> None:
    (whole / "phrases.csv").write_text("text,lang,kind,source\n", encoding="utf-8")
    assert check_directory(whole) == []


@pytest.mark.parametrize(
    ("text", "line", "column", "field"),
    [
        ('{"name": "x",\n "version": 3}', 2, 2, "version"),
        ('{"name": "x",\n broken}', 2, 2, ""),
        ("", 1, 0, ""),
    ],
)
def test_a_broken_description_is_reported(
    whole: Path, text: str, line: int, column: int, field: str
) -> None:
    (whole / "datapackage.json").write_text(text, encoding="utf-8")
    problems = check_directory(whole)
    assert set(codes(problems)) == {"bad-datapackage"}
    assert (line, column, field) in {(p.line, p.column, p.field) for p in problems}


def test_a_description_lists_the_files_that_are_there(whole: Path) -> None:
    path = whole / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = package["resources"][1:]
    package["resources"].append({"name": "other", "path": "other.csv"})
    path.write_text(json.dumps(package, indent=1), encoding="utf-8")
    messages = [str(problem) for problem in check_directory(whole)]
    assert len(messages) == 2
    assert "'places.csv'" in messages[0] + messages[1]
    assert "'other.csv'" in messages[0] + messages[1]


def test_a_missing_description_is_reported(whole: Path) -> None:
    (whole / "datapackage.json").unlink()
    assert codes(check_directory(whole)) == ["missing-file"]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf16_is_named(whole: Path, mark: bytes) -> None:
    (whole / "phrases.csv").write_bytes(mark + "text".encode("utf-16-le"))
    (problem,) = check_directory(whole)
    assert problem.code == "not-utf8"
    assert "UTF-16" in problem.message


def test_each_line_with_undecodable_bytes_is_reported_once(whole: Path) -> None:
    path = whole / "phrases.csv"
    path.write_bytes(path.read_bytes().replace(b"Karabakh", b"\xe9\xe8arabakh"))
    found = [p for p in check_directory(whole) if p.code == "not-utf8"]
    assert [(p.line, p.column, p.value) for p in found] == [
        (2, 1, "\\xe9"),
        (3, 1, "\\xe9"),
    ]


# ---------------------------------------------------------------------- names


def name(number: str, text: str, lang: str, form: str = "full", **cells: str) -> str:
    cells = {
        "name_id": number,
        "place_id": CITY,
        "name": text,
        "lang": lang,
        "form": form,
        "sources": "made-for-tests",
        **cells,
    }
    return ",".join(cells.get(column, "") for column in TABLES["names"].header)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Xankәndi", "az", "mixed-scripts"),  # U+04D9
        ("Xankǝndi", "az", "mixed-scripts"),  # U+01DD
        ("Շուշa", "hy", "mixed-scripts"),
        ("Ханкəнди", "ru", "mixed-scripts"),
        ("Ханкенди", "az", "script-mismatch"),
        ("Ханкенди", "az-Cyrl", None),
        ("می\u200cخواهم", "fa", None),
        ("X\u200cankendi", "en", "invisible-character"),
        ("Step\u00adanakert", "en", "invisible-character"),
        ("Stepana\ufffdkert", "en", "invisible-character"),
        ("Step\u00a0anakert", "en", "white-space"),
    ],
)
def test_letters_of_a_name(
    whole: Path, text: str, lang: str, expected: str | None
) -> None:
    add(whole, "names", name("nm-zzzzzzz", text, lang))
    found = [p for p in check_directory(whole) if p.code != "bad-id"]
    assert codes(found) == ([expected] if expected else [])


def test_a_derived_row_is_derived_from_a_name_of_its_place(whole: Path) -> None:
    add(
        whole,
        "names",
        name(
            "nm-zzzzzzz",
            "Shushi",
            "hy-Latn",
            translit="x-arm-Armn-Latn-1",
            from_name="nm-0000024",
            sources="derived",
        ),
    )
    found = [p for p in check_directory(whole) if p.code == "bad-derivation"]
    assert [(p.field, p.value) for p in found] == [("from_name", "nm-0000024")]


def test_a_composed_label_is_fine_where_somebody_uses_it(whole: Path) -> None:
    row = name("nm-zzzzzzz", "Stepanakert/Khankendi", "en")
    add(whole, "names", row)
    assert "composed-label" in codes(check_directory(whole))
    add(whole, "usages", "nm-zzzzzzz,osce-minsk,used,2010-10,made-for-tests,")
    assert "composed-label" not in codes(check_directory(whole))


# ----------------------------------------------------------------- statements


@pytest.mark.parametrize(
    ("valid", "other", "clash"),
    [
        ("1935/1989", "1989/..", False),  # one follows the other within a year
        ("1935/1989-12-30", "1989-12-30/..", False),
        ("1935/1989-12-30", "1989-12-29/..", True),
        ("1935/1989", "1988/..", True),
        ("", "1988/..", True),
        ("", "", True),
        ("/1950", "1950/..", False),
        ("1950", "1940/1960", True),
        ("1950", "1951", False),
        ("1950", "1950", True),
    ],
)
def test_official_names_of_one_authority(
    whole: Path, valid: str, other: str, *, clash: bool
) -> None:
    for first, second in permutations([valid, other]):
        shutil.copytree(SMALL, whole, dirs_exist_ok=True)
        add(
            whole,
            "names",
            name("nm-zzzzzz1", "Eins", "de"),
            name("nm-zzzzzz2", "Zwei", "de"),
        )
        add(
            whole,
            "usages",
            f"nm-zzzzzz1,un,official,{first},made-for-tests,",
            f"nm-zzzzzz2,un,official,{second},made-for-tests,",
        )
        found = codes(check_directory(whole))
        assert ("overlapping-official" in found) == clash


@pytest.mark.parametrize(
    ("source", "note", "clash"),
    [
        ("made-for-tests", "the constitution names both", False),
        ("made-for-tests", "", True),
        ("nkr-census-2005", "the constitution names both", True),
    ],
)
def test_one_act_may_make_two_names_official(
    whole: Path, source: str, note: str, *, clash: bool
) -> None:
    add(
        whole,
        "names",
        name("nm-zzzzzz1", "Eins", "de"),
        name("nm-zzzzzz2", "Zwei", "de"),
    )
    add(
        whole,
        "usages",
        "nm-zzzzzz1,un,official,2017/..,made-for-tests,the constitution names both",
        f"nm-zzzzzz2,un,official,2017/..,{source},{note}",
    )
    found = codes(check_directory(whole))
    assert ("overlapping-official" in found) == clash


@pytest.mark.parametrize(
    ("status", "authority", "form"),
    [("used", "un", "full"), ("official", "ap", "full"), ("official", "un", "short")],
)
def test_official_names_of_others_do_not_clash(
    whole: Path, status: str, authority: str, form: str
) -> None:
    add(
        whole,
        "names",
        name("nm-zzzzzz1", "Eins", "de"),
        name("nm-zzzzzz2", "Zwei", "de", form),
    )
    add(
        whole,
        "usages",
        "nm-zzzzzz1,un,official,,made-for-tests,",
        f"nm-zzzzzz2,{authority},{status},,made-for-tests,",
    )
    assert "overlapping-official" not in codes(check_directory(whole))


def test_an_unknown_key_hints_at_a_close_one(whole: Path) -> None:
    add(whole, "usages", "nm-0000012,osce-misnk,used,,made-for-tests,")
    (problem,) = check_directory(whole)
    assert problem.message.endswith("did you mean osce-minsk?")


def test_many_unknown_keys_are_reported_fast(whole: Path) -> None:
    (whole / "names.csv").write_text("", encoding="utf-8")
    problems = check_directory(whole)
    unknown = [p for p in problems if p.code == "unknown-id"]
    assert len(unknown) == len(read_rows(SMALL / "usages.csv")) - 1


# ---------------------------------------------------------------- house rules


@pytest.fixture(scope="module")
def base():
    return load_tables(SMALL)


def test_house_rules_may_lean_on_the_base(rules: Path, base) -> None:
    write(
        rules,
        names=f"nm-00001zz,{CITY},The Capital,en,descr,,,,,,house-style,",
        usages="nm-000022c,paper,used,2024/..,house-style,",
        authorities="paper,The paper,medium,",
        sources="house-style,House style,,,,,house",
    )
    found = check_directory(rules, base=base)
    assert found == []
    assert {"missing-file", "unknown-id"} <= set(codes(check_directory(rules)))


def test_house_rules_may_not_redefine(rules: Path, base) -> None:
    write(
        rules,
        places=f"{CITY},city,P,,,,,,,",
        names=f"nm-000022c,{CITY},The Capital,en,descr,,,,,,made-for-tests,",
        authorities="un,The UN,medium,",
    )
    found = check_directory(rules, base=base)
    assert codes(found) == ["redefines-shipped"] * 3


def test_house_rules_are_warned_of_untidy_files(rules: Path, base) -> None:
    text = (
        "source,title,url,via,retrieved,licence,line\r\n"
        'house-style,"House style",,,,,house\r\n'
        "a,A,,,,,house\r\n"
    )
    (rules / "sources.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    found = check_directory(rules, base=base)
    assert {p.severity for p in found} == {"warning"}
    assert set(codes(found)) == {"byte-order-mark", "carriage-return", "unsorted"}


def test_a_place_of_house_rules_that_replaces_one_is_a_warning(
    rules: Path, base
) -> None:
    write(
        rules,
        places="local-1,city,P,,,,,,,",
        names="local-n1,local-1,Our Name,en,full,,,,,,made-for-tests,",
        links="local-1,geonames,146970,exact,,,made-for-tests",
    )
    (problem,) = check_directory(rules, base=base)
    assert (problem.code, problem.severity) == ("replaces-shipped", "warning")
    assert CITY in problem.message


def test_a_link_of_house_rules_to_another_place_is_an_error(rules: Path, base) -> None:
    write(rules, links="gz-000006c,geonames,146970,exact,,,made-for-tests")
    (problem,) = check_directory(rules, base=base)
    assert (problem.code, problem.severity) == ("link-of-two-places", "error")


def test_house_rules_keep_the_default_senses(rules: Path, base) -> None:
    write(
        rules,
        names="local-n1,gz-0000104,ARTSAKH,en,full,,,,yes,,made-for-tests,",
    )
    (problem,) = check_directory(rules, base=base)
    assert (problem.code, problem.field) == ("two-default-senses", "default_sense")


def test_house_rules_are_held_to_official_names_of_the_base(rules: Path, base) -> None:
    write(
        rules,
        names=f"local-n1,{CITY},Ханкенди,az-Cyrl,full,,,,,,made-for-tests,\n"
        f"local-n2,{CITY},Xankandi,az,full,,,,,,made-for-tests,",
        usages="local-n1,az-gov,official,,made-for-tests,\n"
        "local-n2,az-gov,official,2000/..,made-for-tests,",
    )
    (problem,) = check_directory(rules, base=base)
    assert (problem.code, problem.line) == ("overlapping-official", 3)


def test_an_empty_directory_has_nothing_to_add(rules: Path, base) -> None:
    (problem,) = check_directory(rules, base=base)
    assert problem.code == "missing-file"


def test_a_newer_edition_may_redefine(whole: Path, base) -> None:
    assert check_directory(whole, base=base) == []


def test_perspectives_alone_are_house_rules(rules: Path, base) -> None:
    (rules / "perspectives.toml").write_text(
        'schema = "gazetteer-rules/1"\n', encoding="utf-8"
    )
    assert "missing-file" not in codes(check_directory(rules, base=base))


def test_perspectives_are_checked_against_sound_rows(whole: Path) -> None:
    add(whole, "names", name("nm-zzzzzzz", "Eins", "xx"))
    (whole / "perspectives.toml").write_text("schema = 1\n[[", encoding="utf-8")
    files = {Path(p.file).name for p in check_directory(whole)}
    assert files == {"names.csv", "perspectives.toml"}


# ---------------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("table", "column", "text", "expected"),
    [
        ("names", "valid", "1923/..", []),
        ("names", "valid", "/1991", []),
        ("names", "valid", "1991-09-02/2023-12-31?", []),
        ("names", "valid", "1936~", []),
        ("names", "valid", "198X", ["bad-edtf"]),  # EDTF, but not read here
        ("names", "valid", "2023-02-30", ["bad-edtf"]),
        ("names", "valid", "summer", ["bad-edtf"]),
        ("names", "lang", "hy-Latn", []),
        ("names", "lang", "mul", []),
        ("names", "lang", "eng_x_preferred", ["bad-lang"]),
        ("names", "lang", "iw", ["lang-form"]),
        ("names", "place_id", "gn-146970", []),
        ("names", "name_id", "gz-0000012", ["bad-id"]),
        ("names", "name_id", "nm-0000012", []),
        ("names", "name_id", "nm-0000013", ["bad-id"]),
        ("names", "name_id", "gn-146970.en", []),
        ("places", "lat", "1e3", ["bad-number"]),
        ("places", "lat", "nan", ["bad-number"]),
        ("places", "lat", "-90", []),
        ("places", "lat", "90.01", ["out-of-range"]),
        ("places", "langs", "az  hy", ["white-space"]),
        ("places", "langs", "hy az", ["unsorted-parts"]),
        ("names", "sources", "", ["missing-source"]),
        ("usages", "source", "", ["missing-source"]),
        ("usages", "status", "", ["missing-value"]),
        ("usages", "status", "Official", ["bad-value"]),
        ("usages", "note", "", []),
        ("usages", "note", "one\ntwo", ["white-space"]),
        ("sources", "source", "iso-codes-4.15", []),
        ("sources", "source", "ISO", ["bad-key"]),
        ("sources", "url", "https://www.example.org/a?b=c", []),
        ("sources", "url", "ftp://example.org", ["bad-url"]),
        ("authorities", "jurisdiction", "AM AZ", []),
        ("authorities", "jurisdiction", "AZE", ["bad-value"]),
        ("names", "default_sense", "no", ["bad-value"]),
        ("names", "translit", "bgnpcgn-arm-Armn-Latn-1981", []),
        ("names", "translit", "BGN/PCGN", ["bad-value"]),
    ],
)
def test_a_cell_by_itself(
    table: str, column: str, text: str, expected: list[str]
) -> None:
    faults = cell_faults(TABLES[table].column(column), text)
    assert [fault.code for fault in faults] == expected
    assert all(fault.message for fault in faults)


def test_sorting_repairs_what_is_unsorted(whole: Path) -> None:
    path = whole / "names.csv"
    header, *rows = read_rows(path)
    write_rows(path, [header, *reversed(rows)])
    assert set(codes(check_directory(whole))) == {"unsorted"}
