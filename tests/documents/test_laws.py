"""What holds for every format: bytes, second runs, many files in one go."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Gazetteer
from gazetteer.cli import main
from gazetteer.documents import DocumentError, open_document
from support_documents import NAMES, docx, paragraph, part, render
from test_text import texts

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ROAD = "The road to {} is shut."
FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "a.txt": ("{}", {}),
    "a.md": ("{}", {}),
    "a.html": ("<p>{}", {}),
    "a.json": ('{{"t": {json}}}', {"fields": ["t"]}),
    "a.jsonl": ('{{"t": {json}}}\n', {"fields": ["t"]}),
    "a.csv": ('t,x\n"{csv}",1\n', {"fields": ["t"]}),
    "a.tsv": ('t\tx\n"{csv}"\t1\n', {"fields": ["t"]}),
}


def written(file: str, text: str) -> bytes:
    """Return a file of a format with a text in it."""
    if file.endswith(".docx"):
        kept = "".join(c for c in text if c.isprintable())
        escaped = kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return docx(paragraph(escaped))
    frame = FORMATS[file][0]
    shown = frame.replace("{}", text.replace("{", "{{").replace("}", "}}"))
    return shown.format(json=json.dumps(text), csv=text.replace('"', '""')).encode(
        "utf-8", "replace"
    )


EACH = pytest.mark.parametrize("file", [*FORMATS, "a.docx"])


def options_of(file: str) -> dict[str, Any]:
    return FORMATS.get(file, ("", {}))[1]


@EACH
@given(text=texts | st.text())
def test_nothing_but_names_changes_and_that_once(file: str, text: str) -> None:
    raw, options = written(file, text), options_of(file)
    document = open_document(raw, file, **options)
    if not file.endswith(".docx"):
        assert document.written([()] * len(document.texts)) == raw
    rendered = render(raw, file, lang="en", **options)
    if not rendered.changes:
        assert rendered.content == raw
    again = render(rendered.content, file, lang="en", **options)
    assert again.content == rendered.content
    assert again.changes == ()


@EACH
@given(text=texts | st.text())
def test_glosses_in_quotations_are_added_and_that_once(file: str, text: str) -> None:
    raw, options = written(file, text), {**options_of(file), "quotations": "gloss"}
    rendered = render(raw, file, lang="en", **options)
    for each in rendered.changes:
        if each.gloss:
            assert each.after.startswith(f"{each.before} ")
    again = render(rendered.content, file, lang="en", **options)
    assert again.content == rendered.content
    assert again.changes == ()


@EACH
@pytest.mark.parametrize(("name", "pair"), NAMES.items())
def test_a_gloss_in_each_format_of_each_side(file: str, name: str, pair: str) -> None:
    said = f'"We left {name} at noon," she said. "To {name}!"'
    raw, options = written(file, said), options_of(file)
    kept = render(raw, file, lang="en", **options)
    assert kept.content == raw
    rendered = render(raw, file, lang="en", quotations="gloss", **options)
    (change,) = rendered.changes
    assert (change.before, change.gloss) == (name, True)
    brackets = f"\\[{pair}\\]" if file == "a.md" else f"[{pair}]"
    assert change.after == f"{name} {brackets}"
    if not file.endswith(".docx"):
        once = raw.decode().replace(name, f"{name} {brackets}", 1)
        assert rendered.content.decode() == once


@pytest.mark.parametrize(("name", "pair"), NAMES.items())
def test_a_gloss_touches_nothing_of_the_quotation(name: str, pair: str) -> None:
    half = len(name) // 2
    split = f"{name[:half]}<b>{name[half:]}</b>"
    page = f"<blockquote>We left {split} at noon.</blockquote>".encode()
    for annotate in (None, "span"):
        rendered = render(page, "a.html", quotations="gloss", annotate=annotate)
        assert rendered.content == page.replace(b"</b>", f" [{pair}]</b>".encode())
    raw = docx(
        paragraph("“We left " + name[:half], f"{name[half:]} at noon,” he said.")
    )
    suggested = render(raw, "a.docx", quotations="gloss", lang="en", suggest=True)
    text = part(suggested.content)
    assert "<w:del " not in text
    assert text.count("<w:ins ") == 1
    assert f'<w:t xml:space="preserve"> [{pair}]</w:t></w:r></w:ins>' in text
    direct = render(raw, "a.docx", quotations="gloss", lang="en")
    assert f"{name[half:]} [{pair}] at noon" in part(direct.content)


@EACH
@pytest.mark.parametrize(("name", "pair"), NAMES.items())
def test_each_format_of_each_side(file: str, name: str, pair: str) -> None:
    raw, options = written(file, ROAD.format(name)), options_of(file)
    rendered = render(raw, file, lang="en", **options)
    assert len(rendered.changes) == 1
    if not file.endswith(".docx"):
        assert rendered.content == raw.replace(name.encode(), pair.encode())
        assert f"+{rendered.content.decode().split(chr(10))[0]}" in (
            rendered.diff()
            if "\n" not in raw.decode().strip()
            else f"+{rendered.content.decode()}"
        )
    assert pair in rendered.diff()


@pytest.mark.parametrize(
    ("file", "options", "message"),
    [
        ("a.md", {"fields": ["t"]}, "--field is for json, jsonl, csv, tsv"),
        ("a.md", {"suggest": True}, "--suggest is for docx"),
        ("a.md", {"annotate": "span"}, "--annotate is for html"),
        ("a.docx", {"encoding": "cp1251"}, "--encoding is for plain, markdown, html"),
        ("a.json", {}, "name what is text with --field"),
        ("a.csv", {}, "name what is text with --column"),
        ("a.txt", {"format": "pdf"}, "no format 'pdf'; plain, markdown"),
        ("a.txt", {"encoding": "rot13"}, "no encoding of text"),
    ],
)
def test_options_that_do_not_fit(
    file: str, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(DocumentError, match=message) as raised:
        open_document(b"x", file, **options)
    assert "render" not in str(raised.value)  # find and lint read documents too


def test_a_label_that_the_encoding_has_not() -> None:
    raw = "да: The road to Shushi".encode("cp1251")
    document = open_document(raw, "a.txt", encoding="cp1251")
    rendered = render(raw, "a.txt", encoding="cp1251", lang="en")
    assert rendered.content.startswith(raw[:10])
    changed = [each._replace(after="Şuşa") for each in rendered.changes]
    with pytest.raises(DocumentError, match=r"line 1, column 17 has the letter 'Ş'"):
        document.written([changed])


# --------------------------------------------------------------------- Markdown whole


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: {}\n---\n",
        "+++\ntitle = '{}'\n+++\n",
        "```\nThe road to {}\n```\n",
        "1. x\n\n   ```\n   The road to {}\n   ```\n",
        "The file `{}` was read.\n",
        "> The road to {}\n> and back\n",
        "[road](https://example.org/{})\n",
        "[road][{}]\n\n[{}]: https://example.org\n",
        "![map](maps/{}.png)\n",
        "<!-- The road to <b>{}</b> -->\n",
        "<!--\nThe road to {}\n\n-->\n",
        '<div translate="no">\n\nThe road to {}\n\n</div>\n',
        "<p class='x notranslate'>The <b>road</b> to {}</p>\n",
        "<blockquote>The road to {}</blockquote>\n",
        "<a title='The road to {}'></a>\n",
    ],
)  # fmt: skip
def test_what_markdown_protects(text: str, name: str) -> None:
    raw = text.replace("{}", name).encode()
    assert render(raw, "a.md", lang="en").content == raw


@pytest.mark.parametrize(("name", "pair"), NAMES.items())
@pytest.mark.parametrize(
    "text",
    [
        "# The road to {}\r\n\r\nShut.\r\n",
        "The road to **{}** is shut.\n",
        "| Town | Visits |\n|---|---|\n| {} | 2 |\n",
        "[the road to {}](https://example.org)\n",
        "<div>\n\nThe road to {}\n\n</div>\n",
        "<p translate=no>x</p>\nThe road to {}\n",
        "- The road to {}\n",
    ],
)
def test_what_markdown_shows(text: str, name: str, pair: str) -> None:
    rendered = render(text.replace("{}", name).encode(), "a.md", lang="en")
    assert rendered.content.decode() == text.replace("{}", pair)


# ------------------------------------------------------------------- the command line


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = []
    for number, file in enumerate([*FORMATS, "a.docx"]):
        path = tmp_path / file
        path.write_bytes(written(file, ROAD.format(list(NAMES)[number % 4])))
        made.append(path)
    return made


def test_many_files_in_place(files: list[Path]) -> None:
    plain = [path for path in files if path.suffix in (".txt", ".md", ".html", ".docx")]
    before = [path.read_bytes() for path in plain]
    assert run("render", *plain, "-l", "en", "--in-place").exit_code == 0
    after = [path.read_bytes() for path in plain]
    assert all(map(bytes.__ne__, before, after))
    assert (
        run("render", *plain, "-l", "en", "--in-place", "--fail-on", "change").exit_code
        == 0
    )
    assert [path.read_bytes() for path in plain] == after


def test_many_files_into_a_directory(files: list[Path], tmp_path: Path) -> None:
    tables = [path for path in files if path.suffix in (".json", ".csv", ".jsonl")]
    out = tmp_path / "out"
    done = run("render", *tables, "-l", "en", "--column", "t", "-o", out)
    assert done.exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(p.name for p in tables)


def test_a_document_as_suggestions(files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "b.docx"
    assert run("render", files[-1], "-l", "en", "--suggest", "-o", out).exit_code == 0
    assert out.read_bytes()[:2] == b"PK"
    said = run("render", files[-1], "-l", "en", "--diff").stdout
    assert "+The road to Khankendi/Stepanakert is shut." in said


def test_what_was_changed_as_json_and_in_a_report(
    files: list[Path], tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    done = run(
        "render", *files[3:5], "--field", "t", "-l", "en", "--json", "--report", report
    )
    shapes = [json.loads(line) for line in done.stdout.splitlines()]
    assert [shape["field"] for shape in shapes] == ["/t", "line 1: /t"]
    assert json.loads(report.read_text("utf-8")) == shapes
    page = tmp_path / "report.html"
    assert (
        run("render", *files[:3], "-l", "en", "--diff", "--report", page).exit_code == 0
    )
    assert "a.md" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt", "a.md"], "several files need --in-place"),
        (["a.txt", "--in-place", "-o", "x"], "both"),
        (["-", "--in-place"], "- is a pipe"),
        (["a.txt", "a.md", "-o", "a.html"], "is none"),
        (["a.txt", "a.txt", "-o", "out"], "several files are called a.txt"),
        (["a.txt", "--annotate", "span"], "--annotate is for html"),
    ],
)
def test_where_to_write_must_be_clear(
    files: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(files[0].parent)
    done = run("render", *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_faults_of_all_files_are_told_and_nothing_is_written(files: list[Path]) -> None:
    folder = files[0].parent
    (folder / "b.txt").write_bytes(b"\xff")
    (folder / "c.docx").write_bytes(b"no zip")
    before = files[0].read_bytes()
    done = run("render", files[0], folder / "b.txt", folder / "c.docx", "--in-place")
    assert done.exit_code == 2
    assert "b.txt:1:1" in done.stderr
    assert "c.docx" in done.stderr
    assert files[0].read_bytes() == before


def test_a_gazetteer_renders_a_file(files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    rendered = Gazetteer.load().render_file(files[-1], "neutral", lang="en", output=out)
    assert rendered.content == out.read_bytes()
    assert rendered.warnings == ()
    assert len(rendered.changes) == 1
