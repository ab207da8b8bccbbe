"""First, later, headline and table forms: which one a name takes in each format."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner

from documents.test_laws import EACH, options_of, written
from gazetteer.cli import main
from gazetteer.index import Index
from gazetteer.labels import Labeller, load_perspectives
from gazetteer.render import Renderer
from gazetteer.resolve import Resolver
from gazetteer.tables import load_tables
from support_documents import docx, paragraph, part, render, run
from support_text import SMALL, shipped

STYLE = """
schema = "gazetteer-rules/1"

[chain]
am = [{ authority = "nkr-authorities", lang = "$lang" }]
az = [{ authority = "az-gov", lang = "$lang" }]

[perspective.am-first]
title = "One side's name, the other's once"
version = "1"
rule_text = "Both at first, one later."
[[perspective.am-first.rule]]
when = { contested = true, type = ["city", "town"] }
names = ["am", "az"]
first = "{1}, also known as {2},"
later = "{1}"
compact = "{1}"

[perspective.az-first]
title = "One side's name, the other's once"
version = "1"
rule_text = "Both at first, one later."
[[perspective.az-first.rule]]
when = { contested = true, type = ["city", "town"] }
names = ["az", "am"]
first = "{1}, also known as {2},"
later = "{1}"
compact = "{1}"
"""
# policy, what is written, what it writes
SIDES = [("am-first", "Shusha", "Shushi"), ("az-first", "Shushi", "Shusha")]
BOTH = pytest.mark.parametrize(("policy", "old", "new"), SIDES)


@cache
def house() -> Renderer:
    with TemporaryDirectory() as folder:
        (Path(folder) / "perspectives.toml").write_text(STYLE, "utf-8")
        perspectives = load_perspectives([Path(folder)])
    tables = load_tables(SMALL)
    resolver = Resolver(tables, Index(tables.places.values()))
    return Renderer(tables, resolver, Labeller(tables, perspectives))


def put(text: str, old: str, new: str) -> str:
    """Return a text with what is written, or with the first form and the later one."""
    first = f"{new}, also known as {old},"
    return text.replace("OLD", old).replace("NEW", new).replace("FIRST", first)


def rendered(raw: bytes, file: str, policy: str, **options: Any) -> str:
    done = render(raw, file, policy, renderer=house(), lang="en", **options)
    again = render(done.content, file, policy, renderer=house(), lang="en", **options)
    assert again.content == done.content
    return part(done.content) if file.endswith(".docx") else done.content.decode()


@EACH
@BOTH
def test_running_text_has_the_first_form_and_then_the_later_one(
    file: str, policy: str, old: str, new: str
) -> None:
    text = "We drove to OLD in May. In June OLD was calm."
    expected = "We drove to FIRST in May. In June NEW was calm."
    raw = written(file, put(text, old, new))
    shown = rendered(raw, file, policy, **options_of(file))
    assert put(expected, old, new) in shown


@EACH
@BOTH
def test_a_text_may_be_a_headline(file: str, policy: str, old: str, new: str) -> None:
    raw = written(file, put("We drove to OLD in May.", old, new))
    shown = rendered(raw, file, policy, compact=True, **options_of(file))
    assert put("We drove to NEW in May.", old, new) in shown


@BOTH
@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("a.md", "# Snow in OLD\n\nThe road to OLD is shut.\n", "# Snow in NEW\n\nThe road to FIRST is shut.\n"),
        ("a.md", "| Town | Visits |\n|---|---|\n| OLD | 2 |\n\nWe left OLD in May.\n", "| Town | Visits |\n|---|---|\n| NEW | 2 |\n\nWe left FIRST in May.\n"),
        ("a.md", "OLD | 2\n--|:-:\na OLD school | 3\n", "NEW | 2\n--|:-:\na NEW school | 3\n"),
        ("a.md", "| We drove to OLD in May. |\n|---|\n", "| We drove to FIRST in May. |\n|---|\n"),
        ("a.html", "<h1>Snow in OLD</h1><p>The road to OLD is shut.", "<h1>Snow in NEW</h1><p>The road to FIRST is shut."),
        ("a.html", "<table><caption>Visits to OLD<tr><th>Town<td>OLD</table><p>We left OLD in May.", "<table><caption>Visits to NEW<tr><th>Town<td>NEW</table><p>We left FIRST in May."),
        ("a.html", "<table><tr><td><p>We drove to OLD in May.</table>", "<table><tr><td><p>We drove to FIRST in May.</table>"),
        ("a.html", "<figure><figcaption>A road in OLD</figure>", "<figure><figcaption>A road in NEW</figure>"),
    ],
)  # fmt: skip
def test_headlines_captions_and_cells(
    file: str, text: str, expected: str, policy: str, old: str, new: str
) -> None:
    shown = rendered(put(text, old, new).encode(), file, policy)
    assert shown == put(expected, old, new)


@BOTH
def test_cells_of_a_document(policy: str, old: str, new: str) -> None:
    def table(cell: str) -> str:
        return f"<w:tbl><w:tr><w:tc>{paragraph(cell)}</w:tc></w:tr></w:tbl>"

    body = table(old) + paragraph(put("We left OLD in May.", old, new))
    shown = rendered(docx(body), "a.docx", policy)
    assert f"{run(new)}</w:p></w:tc>" in shown
    assert put("We left FIRST in May.", old, new) in shown
    whole = docx(table(put("We drove to OLD in May.", old, new)))
    assert put("FIRST in May.", old, new) in rendered(whole, "a.docx", policy)


@BOTH
def test_fields_are_cells_unless_they_hold_a_sentence(
    policy: str, old: str, new: str
) -> None:
    table = put("town,note\nOLD,We drove to OLD in May.\n", old, new)
    shown = rendered(table.encode(), "a.csv", policy, fields=["town", "note"])
    assert shown == put('town,note\nNEW,"We drove to FIRST in May."\n', old, new)
    value = put('{"title": "Snow in OLD", "text": "We left OLD in May."}', old, new)
    shown = rendered(value.encode(), "a.json", policy, fields=["title", "text"])
    assert json.loads(shown) == {
        "title": f"Snow in {new}",
        "text": put("We left FIRST in May.", old, new),
    }


@pytest.mark.parametrize("name", ["Shushi", "Shusha"])
def test_a_table_is_read_apart_from_the_text(name: str) -> None:
    text = f"Shops in {name} were shut.\n\n| Town |\n|---|\n| {name} |\n| {name} |\n\nThen {name} was calm.\n"
    expected = (
        "Shops in Shusha/Shushi were shut.\n\n| Town |\n|---|\n| Shusha/Shushi |\n"
        f"| Shusha/Shushi |\n\nThen {name} was calm.\n"
    )
    for given in (text, expected):
        done = render(given.encode(), "a.md", "neutral-first", lang="en")
        assert done.content.decode() == expected


@BOTH
def test_the_command_has_the_headline_form(
    tmp_path: Path, policy: str, old: str, new: str
) -> None:
    (tmp_path / "perspectives.toml").write_text(STYLE, "utf-8")
    file = tmp_path / "a.txt"
    file.write_text(f"Snow falls in {old}", "utf-8")
    arguments = ["render", str(file), "-p", policy, "-l", "en", "--data", str(tmp_path)]
    plain = CliRunner().invoke(main, arguments).stdout
    assert plain == f"Snow falls in {new}, also known as {old}"
    compact = CliRunner().invoke(main, [*arguments, "--compact"]).stdout
    assert compact == f"Snow falls in {new}"


PAIR = "Aghavno/Zabukh"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [Zabukh](x) man", "an [Aghavno/Zabukh](x) man"),
        ("A **Zabukh** man", "An **Aghavno/Zabukh** man"),
        ("an [Aghavno](x) man", "an [Aghavno/Zabukh](x) man"),
        ("An **Aghavno** man", "An **Aghavno/Zabukh** man"),
    ],
)
def test_an_article_agrees_through_marks(text: str, expected: str) -> None:
    beside = ", who lives in the village of {}"
    (name,) = (each for each in PAIR.split("/") if each in text)
    text, expected = text + beside.format(name), expected + beside.format(PAIR)
    done = render(text.encode(), "a.md", renderer=shipped(), lang="en")
    assert done.content.decode() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>a <b>Zabukh</b> man", "<p>an <b>Aghavno/Zabukh</b> man"),
        ("<p>an <b>Aghavno</b> man", "<p>an <b>Aghavno/Zabukh</b> man"),
    ],
)
def test_an_article_agrees_through_tags(text: str, expected: str) -> None:
    done = render(text.encode(), "a.html", renderer=shipped(), lang="en")
    assert done.content.decode() == expected
