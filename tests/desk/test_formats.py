"""Lint and find over every format: what they find, and where they say that it is."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from documents.test_laws import EACH, ROAD, options_of, written
from gazetteer import Gazetteer
from gazetteer.cli import main
from gazetteer.cli.texts import _FORMATS
from gazetteer.desk.lint import Finding, LintOptions, examine_document
from gazetteer.desk.mentions import mention_rows
from gazetteer.documents import FORMATS, open_document
from support_documents import NAMES, NS, docx, paragraph, render, run
from test_text import texts

if TYPE_CHECKING:
    from click.testing import Result

    from gazetteer.documents import Document

SCHEMA = Path(__file__).parents[1] / "fixtures" / "sarif" / "sarif-schema-2.1.0.json"


@cache
def loaded() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return loaded()


def opened(file: str, text: str) -> Document:
    return open_document(written(file, text), file, **options_of(file))


def look(gaz: Gazetteer, raw: bytes, file: str, **options: Any) -> list[Finding]:
    document = open_document(raw, file, **options)
    return examine_document(gaz, document, LintOptions(lang="en"), file=file)


def applied(source: str, findings: list[Finding]) -> str:
    for each in sorted(findings, key=lambda finding: finding.start, reverse=True):
        if each.fix is not None:
            fix = each.fix
            source = source[: fix.start] + fix.text + source[fix.end :]
    return source


# ------------------------------------------------------------------- every format


def test_the_formats_of_the_commands_are_those_that_there_are() -> None:
    assert _FORMATS == FORMATS


@EACH
@pytest.mark.parametrize(("name", "pair"), NAMES.items())
def test_each_format_of_each_side(
    gaz: Gazetteer, file: str, name: str, pair: str
) -> None:
    document = opened(file, ROAD.format(name))
    (finding,) = examine_document(gaz, document, LintOptions(lang="en"), file=file)
    assert (finding.rule, finding.text) == ("other-label", name)
    assert finding.fix is not None
    (row,) = mention_rows(gaz, document, file=file, lang="en")
    assert row["text"] == name
    assert row["place_id"] == finding.place_ids[0]
    assert (row["line"], row["column"]) == (finding.line, finding.column)
    assert (row["start"], row["end"]) == (finding.start, finding.end)
    assert (row["where"] or "") == finding.where
    if document.source:
        assert document.source[finding.start : finding.end] == name
        fixed = applied(document.source, [finding])
        assert fixed == document.source.replace(name, pair)
    else:
        assert finding.line is None
        assert finding.where == "word/document.xml, paragraph 1"
        assert ROAD.format(name)[finding.start : finding.end] == name


@EACH
@given(text=texts | st.text())
def test_fixes_make_the_rendered_file(file: str, text: str) -> None:
    gaz, raw, options = loaded(), written(file, text), options_of(file)
    document = open_document(raw, file, **options)
    findings = examine_document(gaz, document, LintOptions(lang="en"), file=file)
    mentions = mention_rows(gaz, document, file=file, lang="en")
    spans = [(each.start, each.end) for each in findings]
    spans += [(each["start"], each["end"]) for each in mentions]
    assert all(0 <= start <= end for start, end in spans)
    if file.endswith(".docx"):
        return
    rendered = render(raw, file, renderer=gaz, lang="en", footnotes="report", **options)
    cells = [each for each in findings if each.rule == "other-label"]
    if len({(each.fix.start, each.fix.end) for each in cells if each.fix}) == len(
        cells
    ):
        assert applied(document.source, cells) == rendered.content.decode()


# --------------------------------------------------------------------------- HTML


@pytest.mark.parametrize(("name", "pair"), NAMES.items())
def test_a_page_has_lines_and_columns_of_its_source(
    gaz: Gazetteer, name: str, pair: str
) -> None:
    half = len(name) // 2
    split = f"{name[:half]}<b>{name[half:]}</b>"
    page = f"<h1>Roads</h1>\n<p>The road\n  to {split} is shut.\n<!-- {name} -->"
    (finding,) = look(gaz, page.encode(), "a.html")
    assert (finding.line, finding.column) == (3, 6)
    assert finding.text == name
    assert page[finding.start : finding.end] == split.removesuffix("</b>")
    assert render(page.encode(), "a.html", lang="en").content == (
        applied(page, [finding]).encode()
    )
    assert pair in applied(page, [finding])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "page",
    [
        "<p>The road to {}. <!-- gazetteer: ignore -->",
        "<!-- gazetteer: ignore -->\n<p>The road\nto {}.</p>\n<p>Shut.",
        "<!-- gazetteer: ignore-file --><p>The road to {}.<p>The road from {}.",
        "<!-- gazetteer: ignore-start --><p>To {}.<!-- gazetteer: ignore-end -->",
        "<p>The road to {}. <!-- gazetteer: ignore[other-label] a club -->",
    ],
)
def test_comments_of_a_page_allow_names(gaz: Gazetteer, page: str, name: str) -> None:
    assert look(gaz, page.replace("{}", name).encode(), "a.html") == []


def test_a_comment_of_a_page_reaches_no_further_than_its_paragraph(
    gaz: Gazetteer,
) -> None:
    page = (
        "<!-- gazetteer: ignore -->\n<p>The road to Shushi.</p>\n<p>And Shusha.</p>\n"
    )
    assert [each.text for each in look(gaz, page.encode(), "a.html")] == ["Shusha"]
    unused = "<p>The road.</p> <!-- gazetteer: ignore -->"
    (finding,) = look(gaz, unused.encode(), "a.html")
    assert (finding.rule, finding.line, finding.column) == ("unused-ignore", 1, 18)


@pytest.mark.parametrize("name", ["Степанакерт", "Ханкенди"])
def test_a_stretch_is_looked_at_in_its_language(gaz: Gazetteer, name: str) -> None:
    page = f'<html lang="en"><p>The road to Goris.<p lang="ru">Дорога в {name} закрыта.'
    document = open_document(page.encode(), "a.html")
    rows = mention_rows(gaz, document)
    assert [row["text"] for row in rows] == ["Goris", name]
    assert [each.text for each in examine_document(gaz, document)] == [name]


# --------------------------------------------------------------------------- DOCX


def test_a_document_has_parts_and_paragraphs(gaz: Gazetteer) -> None:
    raw = docx(
        paragraph("The road", " to Shu", "shi is shut.")
        + f"<w:tbl><w:tr><w:tc>{paragraph('The road to Khankendi is long.')}</w:tc>"
        "</w:tr></w:tbl>",
        parts={
            "footnotes": docx_part("footnotes", "We came from Stepanakert by bus."),
            "header1": docx_part("hdr", "The way to Shusha"),
        },
    )
    findings = look(gaz, raw, "a.docx")
    assert [(each.where, each.start, each.text) for each in findings] == [
        ("word/document.xml, paragraph 1", 12, "Shushi"),
        ("word/document.xml, paragraph 2", 12, "Khankendi"),
        ("word/footnotes.xml, paragraph 1", 13, "Stepanakert"),
        ("word/header1.xml, paragraph 1", 11, "Shusha"),
    ]


def docx_part(root: str, text: str) -> str:
    return f"<w:{root} {NS}><w:p>{run(text)}</w:p></w:{root}>"


# ------------------------------------------------------------------------- fields


def test_cells_have_rows_and_columns(gaz: Gazetteer) -> None:
    table = 'id,note\n1,"Shut.\nThe road to Shushi"\n2,x\n3,The road to Khankendi.\n'
    first, second = look(gaz, table.encode(), "a.csv", fields=["note"])
    assert (first.where, first.line, first.column) == ("row 2, column note", 3, 13)
    assert (second.where, second.line) == ("row 4, column note", 5)


def test_fields_have_pointers(gaz: Gazetteer) -> None:
    value = '{"a/b": [\n{"t": "The road to Stepanakert"}, {"t": "To \\u0053husha"}]}'
    first, second = look(gaz, value.encode(), "a.json", fields=["t"])
    assert (first.where, first.line) == ("/a~1b/0/t", 2)
    assert (second.where, second.text) == ("/a~1b/1/t", "Shusha")
    assert value[second.start : second.end] == "\\u0053husha"
    lines = '{"t": "x"}\n{"t": "To Shushi"}\n'
    (only,) = look(gaz, lines.encode(), "a.jsonl", fields=["t"])
    assert (only.where, only.line, only.column) == ("line 2: /t", 2, 11)


def test_what_cannot_be_checked_is_told_once_a_file(gaz: Gazetteer) -> None:
    table = b"note\nEr kam aus Goris.\nSie kam aus Goris.\n"
    document = open_document(table, "a.csv", fields=["note"])
    (finding,) = examine_document(gaz, document, LintOptions(lang="de"))
    assert (finding.rule, finding.where) == ("unchecked-text", "row 2, column note")


# ---------------------------------------------------------------- the command line


def command(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    made = []
    names = list(NAMES)
    for number, file in enumerate(["a.html", "a.docx", "a.json", "a.csv"]):
        Path(file).write_bytes(written(file, ROAD.format(names[number])))
        made.append(file)
    return made


def test_sarif_of_every_format_is_valid(files: list[str]) -> None:
    config = '[tool.gazetteer.lint.fields]\n"*.csv" = ["t"]\n"*.json" = ["t"]\n'
    Path("pyproject.toml").write_text(config, "utf-8")
    told = command("lint", *files, "-l", "en", "--output-format", "sarif")
    assert told.exit_code == 1
    report = json.loads(told.stdout)
    validator = Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))
    assert list(validator.iter_errors(report)) == []
    results = report["runs"][0]["results"]
    places = [each["locations"][0] for each in results]
    assert ["region" in each["physicalLocation"] for each in places] == [
        True, False, True, True,
    ]  # fmt: skip
    names = [each.get("logicalLocations", [{}])[0] for each in places]
    assert [each.get("fullyQualifiedName") for each in names] == [
        None, "word/document.xml, paragraph 1", "/t", "row 2, column t",
    ]  # fmt: skip
    assert ["fixes" in each for each in results] == [True, False, True, True]


def test_lines_say_where(files: list[str]) -> None:
    page, document = command("lint", *files[:2], "-l", "en").stdout.splitlines()
    assert page.startswith("a.html:1:16: other-label: 'Shushi'")
    assert document.startswith("a.docx: word/document.xml, paragraph 1: other-label: ")
    (cell,) = command("lint", files[3], "--column", "t", "-l", "en").stdout.splitlines()
    assert cell.startswith("a.csv:2:14: row 2, column t: other-label: 'Khankendi'")
    shown = command("lint", files[1], "-l", "en", "--output-format", "github").stdout
    assert shown.startswith("::error title=gazetteer (other-label),file=a.docx::word/")


def test_find_says_where(files: list[str]) -> None:
    table = command("find", *files[:2], "--text-lang", "en").stdout
    assert "a.html:1:16" in table
    assert "a.docx: word/document.xml, paragraph 1" in table
    shown = command(
        "find",
        files[2],
        "--field",
        "t",
        "--text-lang",
        "en",
        "--output-format",
        "jsonl",
    ).stdout
    assert json.loads(shown)["where"] == "/t"


def test_faults_of_all_files_are_told_at_once(files: list[str]) -> None:
    Path("b.docx").write_bytes(b"no zip")
    Path("b.txt").write_bytes(b"\xff")
    for name in ("lint", "find"):
        done = command(name, files[0], "b.docx", "b.txt", files[3])
        assert done.exit_code == 2
        assert "b.docx" in done.stderr
        assert "b.txt:1:1" in done.stderr
        assert "--column" in done.stderr
