"""``gazetteer lint``: formats, configuration and exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft4Validator

from gazetteer.cli import main
from gazetteer.cli.lint import _FORMATS
from gazetteer.desk.lint import FORMATS, ConfigError, read_config

if TYPE_CHECKING:
    from click.testing import Result

SCHEMA = Path(__file__).parents[1] / "fixtures" / "sarif" / "sarif-schema-2.1.0.json"
TEXT = "Shops in Shushi were shut.\n\nThe road to Khankendi is open.\n"


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["lint", *arguments], input=stdin)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a report.md").write_text(TEXT, "utf-8")
    return tmp_path


def test_the_formats_of_the_command_are_those_that_there_are() -> None:
    assert _FORMATS == FORMATS


def test_a_finding_is_one_line_and_the_exit_code_1(folder: Path) -> None:
    result = run("a report.md")
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first.startswith("a report.md:1:10: other-label: 'Shushi': neutral writes")
    assert second.startswith("a report.md:3:13: other-label: 'Khankendi': neutral")
    assert result.stderr == "2 errors, 0 warnings in 1 file\n"


def test_nothing_found_is_0_and_an_error_is_2(folder: Path) -> None:
    assert run("-", "--lang", "en", stdin="Nothing here.").exit_code == 0
    assert run("a report.md", "--exit-zero").exit_code == 0
    assert run("a report.md", "--ignore", "other-label").exit_code == 0
    assert run("a report.md", "-p", "nobody").exit_code == 2
    assert run("a report.md", "--ignore", "nothing").exit_code == 2
    assert run("missing.md").exit_code == 2


def test_all_files_that_cannot_be_read_are_told_at_once(folder: Path) -> None:
    for name in ("one.md", "two.md"):
        (folder / name).write_bytes(b"\xff")
    result = run("one.md", "two.md")
    assert result.exit_code == 2
    assert "one.md:1:1" in result.stderr
    assert "two.md:1:1" in result.stderr


def test_json_is_one_object_a_line(folder: Path) -> None:
    rows = [
        json.loads(line)
        for line in run("a report.md", "--output-format", "json").stdout.splitlines()
    ]
    assert [row["fix"]["text"] for row in rows] == [
        "Shusha/Shushi",
        "Khankendi/Stepanakert",
    ]
    for row in rows:
        assert TEXT[row["start"] : row["end"]] == row["text"]


def test_github_escapes_what_its_runner_reads(folder: Path) -> None:
    (folder / "a,b:c.md").write_text(TEXT, "utf-8")
    line = run("a,b:c.md", "--output-format", "github").stdout.splitlines()[0]
    assert line.startswith("::error title=gazetteer (other-label),file=a%2Cb%3Ac.md,")
    assert ",line=1,col=10,endLine=1,endColumn=16::'Shushi': " in line


def test_sarif_is_valid_and_its_fixes_make_the_rendered_text(folder: Path) -> None:
    text = f"{TEXT}\nThey went to Martuni. <!-- gazetteer: ignore[nothing] -->\n"
    (folder / "a report.md").write_text(text, "utf-8")
    shown = run("a report.md", "--output-format", "sarif").stdout
    report: Any = json.loads(shown)
    faults = list(Draft4Validator(json.loads(SCHEMA.read_text())).iter_errors(report))
    assert faults == []
    (ran,) = report["runs"]
    ids = [rule["id"] for rule in ran["tool"]["driver"]["rules"]]
    assert len(ran["results"]) == 4
    fixed = text
    for result in reversed(ran["results"]):
        assert ids[result["ruleIndex"]] == result["ruleId"]
        where = result["locations"][0]["physicalLocation"]
        assert where["artifactLocation"]["uri"] == "a%20report.md"
        for fix in result.get("fixes", ()):
            (change,) = fix["artifactChanges"]
            (one,) = change["replacements"]
            at = one["deletedRegion"]["charOffset"]
            end = at + one["deletedRegion"]["charLength"]
            fixed = fixed[:at] + one["insertedContent"]["text"] + fixed[end:]
    rendered = CliRunner().invoke(main, ["render", "a report.md"]).stdout
    assert fixed == rendered


def test_an_empty_report_is_valid_sarif(folder: Path) -> None:
    result = run("-", "--output-format", "sarif", "--lang", "en", stdin="Nothing.")
    assert result.exit_code == 0
    schema = json.loads(SCHEMA.read_text())
    assert list(Draft4Validator(schema).iter_errors(json.loads(result.stdout))) == []


# ------------------------------------------------------------- configuration


def configure(folder: Path, table: str) -> None:
    text = f'[project]\nname = "x"\n\n[tool.gazetteer.lint]\n{table}'
    (folder / "pyproject.toml").write_text(text, "utf-8")


def test_the_nearest_configuration_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(folder, 'perspective = "azerbaijani"\n')
    inside = folder / "inside"
    inside.mkdir()
    (inside / "pyproject.toml").write_text('[project]\nname = "y"\n')
    monkeypatch.chdir(inside)
    result = run("../a report.md")
    assert "azerbaijani writes 'Shusha'" in result.stdout
    assert "Khankendi" not in result.stdout
    # an option wins
    assert "armenian writes" in run("../a report.md", "-p", "armenian").stdout


def test_rules_and_files_are_left_out(folder: Path) -> None:
    configure(folder, 'ignore = ["other-label"]\n')
    assert run("a report.md").exit_code == 0
    configure(folder, 'exclude = ["a *.md"]\n')
    assert run("a report.md").exit_code == 0
    configure(
        folder, '[tool.gazetteer.lint.per-file-ignores]\n"*.md" = ["other-label"]\n'
    )
    assert run("a report.md").exit_code == 0
    (folder / "drafts").mkdir()
    (folder / "drafts" / "b.md").write_text(TEXT, "utf-8")
    configure(folder, 'exclude = ["drafts/"]\n')
    assert run("drafts/b.md").exit_code == 0


def test_fields_of_files_are_said_in_the_configuration(folder: Path) -> None:
    (folder / "a.csv").write_text("id,t\n1,The road to Shushi.\n", "utf-8")
    assert run("a.csv", "-l", "en").exit_code == 2
    configure(folder, 'lang = "en"\n[tool.gazetteer.lint.fields]\n"*.csv" = ["t"]\n')
    assert "row 2, column t: other-label" in run("a.csv", "a report.md").stdout
    configure(folder, 'fields = ["t"]\n')
    assert run("a report.md").exit_code == 2


def test_every_problem_of_a_configuration_is_told_with_its_line(folder: Path) -> None:
    configure(
        folder,
        'perspectve = "neutral"\nignore = ["other-lable"]\nevent = "May"\nlang = 5\n',
    )
    with pytest.raises(ConfigError) as caught:
        read_config(folder)
    told = [(each.line, each.code) for each in caught.value.problems]
    assert told == [
        (5, "unknown-key"),
        (6, "unknown-rule"),
        (7, "bad-edtf"),
        (8, "bad-type"),
    ]
    assert "'perspective'" in str(caught.value)
    assert "'other-label'" in str(caught.value)
    assert run("a report.md").exit_code == 2


def test_a_configuration_that_is_no_toml_is_an_error_with_its_line(
    folder: Path,
) -> None:
    configure(folder, "perspective = neutral\n")
    with pytest.raises(ConfigError) as caught:
        read_config(folder)
    assert caught.value.problems[0].line == 5
