"""The note on place names: what it says, and that a second run leaves it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from documents.test_laws import ROAD, options_of, written
from gazetteer import Gazetteer
from gazetteer.cli import main
from gazetteer.desk.lint import LintOptions, examine, examine_document
from gazetteer.desk.note import add_note, labels_of, note_on_names, with_note
from gazetteer.documents import DocumentError, format_of, open_document, render_bytes
from gazetteer.errors import UnknownPerspectiveError
from support_documents import NAMES, docx, paragraph, part

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from gazetteer.documents import RenderedDocument

TEXT = "Shops in Shushi were shut.\n\nThe road to Khankendi is open.\n"


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize("perspective", ["neutral", "armenian", "azerbaijani"])
def test_it_states_the_policy_its_version_and_its_sources(
    gaz: Gazetteer, perspective: str
) -> None:
    label = gaz.label("gz-tvmcq2x", perspective)
    note = note_on_names(gaz, perspective, [label])
    policy = gaz.perspectives[perspective]
    assert policy.title in note
    assert f"({perspective}, version {policy.version})" in note
    assert policy.rule_text in note
    assert gaz.version in note
    for key in label.sources:
        assert gaz.tables.sources[key].title in note


@pytest.mark.parametrize("markup", ["plain", "markdown"])
@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n")])
def test_a_second_run_changes_nothing(gaz: Gazetteer, markup: str, text: str) -> None:
    def run(given: str) -> str:
        rendering = gaz.render(given, "neutral", lang="en", markup=markup)
        labels = labels_of(gaz, rendering)
        assert len(labels) == 2
        return with_note(
            rendering.text, note_on_names(gaz, "neutral", labels, markup=markup)
        )

    once = run(text)
    assert "\r\n" not in once.replace("\r\n", "\n")
    assert once.startswith(gaz.render(text, "neutral", lang="en").text)
    again = gaz.render(once, "neutral", lang="en", markup=markup)
    assert again.changes == ()
    assert run(once) == once
    assert examine(gaz, once, LintOptions(lang="en"), markup=markup) == []


def test_a_note_is_replaced_where_it_stands(gaz: Gazetteer) -> None:
    one = note_on_names(gaz, "armenian")
    other = note_on_names(gaz, "azerbaijani")
    text = with_note("Before.\n", one) + "\nAfter.\n"
    replaced = with_note(text, other)
    assert other in replaced
    assert "Armenian" not in replaced
    assert replaced.startswith("Before.\n")
    assert replaced.endswith("\nAfter.\n")


# --------------------------------------------------------------------------- documents

NOTED = ["a.txt", "a.md", "a.html", "a.docx"]
PERSPECTIVES = ["neutral", "armenian", "azerbaijani"]


def rendered(
    gaz: Gazetteer, raw: bytes, file: str, perspective: str, **options: str
) -> RenderedDocument:
    document = open_document(raw, file)
    return render_bytes(
        gaz,
        document,
        raw,
        perspective,
        file=file,
        format=format_of(file),
        lang="en",
        **options,
    )


@pytest.mark.parametrize("file", NOTED)
@pytest.mark.parametrize("perspective", PERSPECTIVES)
@pytest.mark.parametrize("name", NAMES)
def test_a_document_has_its_note_once(
    gaz: Gazetteer, file: str, perspective: str, name: str
) -> None:
    raw = written(file, ROAD.format(name))
    once = add_note(gaz, rendered(gaz, raw, file, perspective))
    shown = part(once.content) if file == "a.docx" else once.content.decode()
    policy = gaz.perspectives[perspective]
    assert f"({perspective}, version {policy.version})" in shown
    assert "Note on place names" in shown
    again = rendered(gaz, once.content, file, perspective)
    assert again.changes == ()
    assert add_note(gaz, again).content == once.content
    document = open_document(once.content, file)
    assert examine_document(gaz, document, LintOptions(perspective, lang="en")) == []
    # another policy's note takes its place
    other = add_note(gaz, rendered(gaz, once.content, file, "eu"))
    shown = part(other.content) if file == "a.docx" else other.content.decode()
    assert shown.count("(eu, version") == 1
    assert f"({perspective}, version" not in shown


def test_a_note_stands_at_the_end_of_the_body(gaz: Gazetteer) -> None:
    page = b"<body><p>The road to Shushi.</p></body></html>\r\n"
    once = add_note(gaz, rendered(gaz, page, "a.html", "neutral")).content
    assert once.endswith(b"<!-- gazetteer: end of the note -->\r\n</body></html>\r\n")
    assert b"\n" not in once.replace(b"\r\n", b"")
    assert once.count(b"<section") == 1
    # what only looks like a note is none
    for lone in (b"<!-- gazetteer: note on place names --><p>Shusha.", b"<p>Shusha."):
        assert rendered(gaz, lone, "a.html", "neutral").changes


def test_a_note_stands_before_the_last_section(gaz: Gazetteer) -> None:
    raw = docx(paragraph("The road to Khankendi is shut.") + "<w:sectPr/>")
    given = rendered(gaz, raw, "a.docx", "neutral")
    text = part(add_note(gaz, given).content)
    assert text.endswith("</w:p><w:sectPr/></w:body></w:document>")
    suggested = add_note(gaz, given, suggest=True)
    shown = part(suggested.content)
    assert shown.count("<w:ins ") >= 2
    # accepted or not, it is known again; and one that must change is not suggested
    again = rendered(gaz, suggested.content, "a.docx", "neutral")
    assert add_note(gaz, again, suggest=True).content == suggested.content
    other = rendered(gaz, suggested.content, "a.docx", "armenian")
    with pytest.raises(DocumentError, match="delete it first"):
        add_note(gaz, other, suggest=True)


@pytest.mark.parametrize("file", ["a.json", "a.jsonl", "a.csv", "a.tsv"])
def test_fields_hold_no_note(gaz: Gazetteer, file: str) -> None:
    raw = written(file, ROAD.format("Shushi"))
    document = open_document(raw, file, **options_of(file))
    given = render_bytes(
        gaz, document, raw, "neutral", file=file, format=format_of(file)
    )
    with pytest.raises(DocumentError, match="--note-to writes it"):
        add_note(gaz, given)
    with pytest.raises(DocumentError, match="a file of its own"):
        document.noted("")


def test_the_command_writes_notes(tmp_path: Path) -> None:
    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, ["render", *map(str, arguments)])

    report = tmp_path / "a.md"
    report.write_text("Shops in Khankendi were shut.\n", "utf-8")
    assert run(report, "-l", "en", "--note", "--in-place").exit_code == 0
    once = report.read_text("utf-8")
    assert once.startswith("Shops in Khankendi/Stepanakert were shut.\n\n<!-- gaz")
    done = run(report, "-l", "en", "--note", "--in-place", "--fail-on", "change")
    assert done.exit_code == 0
    assert report.read_text("utf-8") == once
    table = tmp_path / "a.csv"
    table.write_text("t\nThe road to Shushi\n", "utf-8")
    done = run(table, "--column", "t", "-l", "en", "--note")
    assert done.exit_code == 2
    assert "--note-to" in done.stderr
    for name, start in (
        ("note.txt", "-- Note"), ("note.md", "<!-- gaz"), ("note.html", "<!-- gaz"),
    ):  # fmt: skip
        beside = tmp_path / name
        options = ("--column", "t", "-l", "en", "--note-to", beside)
        assert run(table, *options).exit_code == 0
        assert beside.read_text("utf-8").startswith(start)
        assert "(neutral, version" in beside.read_text("utf-8")


def test_an_unknown_perspective_is_an_error(gaz: Gazetteer) -> None:
    with pytest.raises(UnknownPerspectiveError):
        note_on_names(gaz, "nobody")
