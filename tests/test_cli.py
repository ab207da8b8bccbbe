"""The command line, on the shipped data."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from gazetteer.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

COMMANDS = [
    "resolve", "label", "compare", "show", "render", "lint", "find", "batch", "check",
    "perspectives",
]  # fmt: skip


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)


def answers(*arguments: str, code: int = 0) -> list[dict[str, Any]]:
    result = run(*arguments, "--json")
    assert result.exit_code == code, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


# ------------------------------------------------------------------- help


def test_help_lists_every_command() -> None:
    output = run("--help").stdout
    assert all(f"\n  {command} " in output for command in COMMANDS)


# ---------------------------------------------------------------- resolve


def test_the_region_and_the_town_have_one_id_each() -> None:
    region = answers("resolve", "Artsakh", "Nagorno-Karabakh")
    town = answers(
        "resolve", "Stepanakert", "Khankendi", "Xankəndi", "Ханкенди", "Ստեփանակերտ",
        "ԽԱՆՔԵՆԴԻ", "Khankandi", "Stepanakrt",
    )  # fmt: skip
    assert len({answer["place_id"] for answer in region}) == 1
    assert len({answer["place_id"] for answer in town}) == 1
    assert {answer["outcome"] for answer in region + town} == {"matched"}
    assert town[0]["method"] == "exact"
    assert town[-1]["method"] == "fuzzy"


def test_a_default_sense_shows_its_runners_up_and_can_be_turned_off() -> None:
    (with_default,) = answers("resolve", "Artsakh")
    assert len(with_default["candidates"]) > 1
    assert with_default["candidates"][0]["place_id"] == with_default["place_id"]
    (without,) = answers("resolve", "Artsakh", "--no-default-senses", code=1)
    assert without["outcome"] == "ambiguous"
    assert without["place_id"] is None


def test_what_is_not_in_the_data_is_unmatched() -> None:
    away = answers("resolve", "Mechelen", "Elzach", "Stepanky", "Springfield", code=1)
    assert [answer["outcome"] for answer in away] == ["unmatched"] * 4


def test_a_homonym_without_a_default_sense_is_ambiguous() -> None:
    (answer,) = answers("resolve", "Karabakh", code=1)
    assert answer["outcome"] == "ambiguous"


def test_links_can_be_asked_for() -> None:
    (by_link,) = answers("resolve", "geonames:146970")
    (by_name,) = answers("resolve", "Khankendi")
    assert by_link["place_id"] == by_name["place_id"]
    assert by_link["method"] == "id"


def test_resolve_as_a_table_and_in_words() -> None:
    table = run("resolve", "Karabakh")
    assert table.exit_code == 1
    assert table.stdout.splitlines()[0].split()[:3] == ["query", "outcome", "place"]
    words = run("resolve", "Mardakert", "--event", "1992-05", "--explain")
    assert "1992-05" in words.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--country", "Nowhereland"], "Nowhereland"),
        (["--event", "May 1992"], "May 1992"),
        (["--type", "castle"], "castle"),
        (["--near", "95", "40"], "95"),
        (["--accept", "50", "--review-score", "60"], "0 <= review <= accept <= 100"),
        (["--no-default"], "--data"),
    ],
)
def test_a_bad_option_is_an_error_that_shows_it(
    arguments: list[str], said: str
) -> None:
    result = run("resolve", "Khankendi", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


# ------------------------------------------------------- label and compare


def test_label_takes_a_name_an_id_and_a_link() -> None:
    (answer,) = answers("resolve", "Stepanakert")
    for place in ("Stepanakert", answer["place_id"], "geonames:146970"):
        assert run("label", place).stdout == "Khankendi/Stepanakert\n"


def test_label_of_what_is_not_matched_shows_the_candidates() -> None:
    result = run("label", "Martuni")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("gz-") >= 4


def test_label_explains_rule_rows_and_sources() -> None:
    said = run("label", "Stepanakert", "--explain").stdout
    assert "neutral#" in said
    assert "nm-" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["batch", "-", "-c", "name", "-o"],
        ["render", "-", "-o"],
        ["render", "-", "--report"],
    ],
)
def test_a_place_that_cannot_be_written_is_an_error(
    tmp_path: Path, arguments: list[str]
) -> None:
    away = str(tmp_path / "nowhere" / "x.csv")
    result = run(*arguments, away, stdin="name\nShushi\n")
    assert result.exit_code == 2
    assert "nowhere" in result.stderr


def test_an_unknown_perspective_lists_the_known() -> None:
    result = run("label", "Stepanakert", "-p", "martian")
    assert result.exit_code == 2
    assert "neutral" in result.stderr


def test_a_facet_needs_a_key_and_a_value() -> None:
    assert run("label", "Stepanakert", "--facet", "speaker").exit_code == 2
    assert run("label", "Stepanakert", "--facet", "speaker=x").exit_code == 0


@pytest.mark.parametrize("place", ["Stepanakert", "Nagorno-Karabakh", "NKR"])
def test_compare_has_a_row_a_perspective_and_a_column_a_language(place: str) -> None:
    result = run("compare", place, "-l", "en", "-l", "ru", "-l", "az", "-l", "hy")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["perspective", "en", "ru", "az", "hy"]
    names = [line.split()[0] for line in run("perspectives").stdout.splitlines()[1:]]
    assert [line.split()[0] for line in lines[1 : len(names) + 1]] == names


def test_compare_as_json_has_a_label_a_line() -> None:
    labels = answers("compare", "Stepanakert", "-l", "hy")
    assert {label["lang"] for label in labels} == {"hy"}


# ------------------------------------------------------------------- show


def test_show_prints_both_sides_and_who_says_so() -> None:
    said = run("show", "Stepanakert").stdout
    for part in ("Khankendi/Stepanakert\n", "Names", "Relations", "Links", "Sources"):
        assert part in said
    shape = json.loads(run("show", "Stepanakert", "--json").stdout)
    assert shape["links"]["geonames"] == ["146970"]
    assert all(name["sources"] for name in shape["names"])


# ----------------------------------------------------------------- render


def test_render_a_pipe() -> None:
    result = run("render", "-", stdin="From Shusha to Stepanakert.\n")
    assert result.stdout == "From Shusha/Shushi to Khankendi/Stepanakert.\n"


def test_render_diff_and_report(tmp_path: Path) -> None:
    source, report = tmp_path / "a.md", tmp_path / "report.json"
    source.write_bytes(b"> Shusha\r\n\r\nShusha was quiet.\r\n")
    result = run("render", str(source), "--diff", "--report", str(report))
    assert "+Shusha/Shushi was quiet." in result.stdout
    shape = json.loads(report.read_text("utf-8"))
    assert len(shape["changes"]) == 1
    assert len(shape["refusals"]) == 1


def test_render_keeps_every_other_byte(tmp_path: Path) -> None:
    source, output = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_bytes(b"\xef\xbb\xbfShusha\r\nis\tquiet. \r\n")
    assert run("render", str(source), "-o", str(output)).exit_code == 0
    assert output.read_bytes() == b"\xef\xbb\xbfShusha/Shushi\r\nis\tquiet. \r\n"


def test_render_of_what_is_not_utf_8_says_where(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(b"one\ntwo \xff\n")
    result = run("render", str(source))
    assert result.exit_code == 2
    assert "a.txt:2:5" in result.stderr


def test_render_always_prints_its_warnings() -> None:
    for options in ([], ["--diff"], ["--json"], ["--explain"]):
        result = run("render", "-", *options, stdin="Stepanakert ist gefallen.\n")
        assert result.exit_code == 0
        assert result.stderr.count("does not look like English") == 1
    assert run("render", "-", stdin="He left Stepanakert.\n").stderr == ""


def test_render_can_fail_on_a_change() -> None:
    assert run("render", "-", "--fail-on", "change", stdin="Shusha\n").exit_code == 1
    assert run("render", "-", "--fail-on", "change", stdin="Goris\n").exit_code == 0


# ------------------------------------------------------------------ batch


def test_batch_in_a_pipe() -> None:
    result = run("batch", "-", "-c", "name", stdin="name\nKhankendi\nMechelen\n")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["gz_outcome"] for row in rows] == ["matched", "unmatched"]
    assert "2 rows: 1 matched, 1 unmatched" in result.stderr


def test_batch_fails_only_when_asked() -> None:
    text = "name\nMartuni\n"
    assert run("batch", "-", "-c", "name", stdin=text).exit_code == 0
    failing = run("batch", "-", "-c", "name", "--fail-on", "ambiguous", stdin=text)
    assert failing.exit_code == 1


def test_batch_in_another_encoding(tmp_path: Path) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes("name\nШуша\n".encode("cp1251"))
    wrong = run("batch", str(source), "-c", "name", "-o", str(output))
    assert wrong.exit_code == 2
    assert "in.csv:2:" in wrong.stderr
    assert "--encoding" in wrong.stderr
    assert not output.exists()
    right = run(
        "batch", str(source), "-c", "name", "-o", str(output), "--encoding", "cp1251"
    )
    assert right.exit_code == 0
    assert "matched" in output.read_text("utf-8")


# ------------------------------------------------- check and perspectives


def test_check_finds_no_error_in_the_shipped_data() -> None:
    result = run("check")
    assert result.exit_code == 0, result.output


def test_check_of_a_broken_directory_exits_1(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("", encoding="utf-8")
    result = run("check", str(tmp_path))
    assert result.exit_code == 1
    assert "places.csv:1:" in result.stdout


def test_perspectives_are_listed_and_described() -> None:
    listed = run("perspectives").stdout
    for name in (
        "neutral",
        "neutral-first",
        "armenian",
        "azerbaijani",
        "un",
        "historian",
    ):
        assert f"\n{name} " in listed
    assert run("perspectives", "neutral").stdout.startswith("neutral\n")
    assert run("perspectives", "nobody").exit_code == 2


# ------------------------------------------------------------------- no perspectives


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Return a store of one place, that has no perspective."""
    table = tmp_path / "one.csv"
    table.write_text("id,name,part_of\na,Hamar,b\n", encoding="utf-8")
    store = tmp_path / "one.gaz"
    run("build", str(table), "--set", "type=town", "-o", str(store))
    return store


@pytest.mark.parametrize(
    "command",
    [["compare", "Hamar"], ["compare", "Hamar", "--json"], ["label", "Hamar"]],
)
def test_what_needs_perspectives_says_where_they_come_from(
    bare: Path, command: list[str]
) -> None:
    result = run(*command, "--store", str(bare), "--no-default")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "the data has none; a directory with a perspectives.toml" in result.stderr
    assert run(*command, "--store", str(bare)).exit_code == 0


def test_an_empty_list_of_perspectives_says_so(bare: Path) -> None:
    result = run("perspectives", "--store", str(bare), "--no-default")
    assert result.exit_code == 0
    assert result.stderr.startswith("no perspective to list; the data has none;")


def test_a_place_is_shown_without_perspectives(bare: Path) -> None:
    result = run("show", "Hamar", "--store", str(bare), "--no-default")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Hamar\n")
    assert "Hamar part of one-b" in result.stdout


# ------------------------------------------------------------------- a pipe that closes


@pytest.mark.skipif(os.name != "posix", reason="a pipe breaks otherwise elsewhere")
@pytest.mark.parametrize("where", ["stdout", "stderr"])
def test_what_a_closed_pipe_cut_short_is_no_success_and_no_complaint(
    tmp_path: Path, where: str
) -> None:
    (tmp_path / "places.csv").write_text("no table\n", encoding="utf-8")
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-m", "gazetteer", "check", str(tmp_path)]
    with (tmp_path / "other").open("w+") as other:
        streams = {"stdout": other, "stderr": other, where: writes}
        done = subprocess.run(command, check=False, **streams)  # type: ignore[call-overload]
        os.close(writes)
        other.seek(0)
        told = other.read()
    assert done.returncode == 141
    assert "Error" not in told
    assert "ignored" not in told
