"""Notes, compact and first forms: what a policy asks of a whole document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer.index import Index
from gazetteer.labels import Labeller, load_perspectives
from gazetteer.render import Renderer
from gazetteer.resolve import Resolver
from gazetteer.tables import load_tables
from support_documents import docx, paragraph, part, render
from support_text import SMALL

if TYPE_CHECKING:
    from gazetteer.documents import RenderedDocument

POLICIES = """
schema = "gazetteer-rules/1"

[chain]
one = [{ authority = "nkr-authorities", lang = "$lang" }]
two = [{ authority = "az-gov", lang = "$lang" }]

[note]
n1 = { mark = "*", text = "Names <differ> & are <b>." }

[perspective.style]
title = "Both at first"
version = "1"
rule_text = "Both at first, one later."
[[perspective.style.rule]]
when = { contested = true, type = ["city", "town"] }
names = ["one", "two"]
first = "{1}, also known as {2},"
later = "{1}"
compact = "{1}"

[perspective.noted]
title = "One name and a note"
version = "1"
rule_text = "One name and a note."
[[perspective.noted.rule]]
when = { contested = true, type = ["city", "town"] }
names = ["two"]
note = ["n1"]
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    directory = tmp_path_factory.mktemp("house")
    (directory / "perspectives.toml").write_text(POLICIES, encoding="utf-8")
    tables = load_tables(SMALL)
    labeller = Labeller(tables, load_perspectives([directory]))
    return Renderer(tables, Resolver(tables, Index(tables.places.values())), labeller)


def twice(
    raw: bytes, file: str, perspective: str, house: Renderer, **options: bool
) -> RenderedDocument:
    """Render a file and then the result, which changes nothing."""
    rendered = render(raw, file, perspective, lang="en", renderer=house, **options)
    again = render(
        rendered.content, file, perspective, lang="en", renderer=house, **options
    )
    assert again.content == rendered.content
    return rendered


def test_a_note_in_a_page(house: Renderer) -> None:
    text = "<body><p>He left Shushi.<p>Stepanakert is calm.\n</body></html>\n"
    rendered = twice(text.encode(), "a.html", "noted", house).content.decode()
    note = "<p>* Names &lt;differ&gt; &amp; are &lt;b&gt;.</p>\n"
    assert rendered == (
        f"<body><p>He left Shusha*.<p>Khankendi* is calm.\n{note}</body></html>\n"
    )


@pytest.mark.parametrize("suggest", [False, True])
@pytest.mark.parametrize("last", ["", "<w:sectPr><w:pgSz/></w:sectPr>"])
def test_a_note_in_a_document(house: Renderer, last: str, *, suggest: bool) -> None:
    raw = docx(paragraph("He left Shushi.") + last)
    rendered = twice(raw, "a.docx", "noted", house, suggest=suggest)
    body = part(rendered.content)
    assert "* Names &lt;differ&gt; &amp; are &lt;b&gt;.</w:t>" in body
    assert body.endswith(f"</w:p>{last}</w:body></w:document>")


def test_a_note_on_a_field_is_only_told(house: Renderer) -> None:
    raw = b'{"a": "He left Shushi."}'
    document = render(raw, "a.json", "noted", fields=["a"], lang="en", renderer=house)
    assert document.content == b'{"a": "He left Shusha*."}'
    assert document.renderings[0].footnotes


@pytest.mark.parametrize("suggest", [False, True])
def test_headings_and_first_mentions_of_a_document(
    house: Renderer, *, suggest: bool
) -> None:
    styles = '<w:style w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    heading = paragraph("Shusha").replace(
        "<w:p>", '<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr>'
    )
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{0}</w:txbxContent>"
        "</mc:Choice><mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    ).format(paragraph("Shusha fell."))
    header = "<w:hdr xmlns:w='{}'>{}</w:hdr>".format(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        paragraph("Shusha fell."),
    )
    raw = docx(heading + box, styles=styles, parts={"header1": header})
    rendered = twice(raw, "a.docx", "style", house, suggest=suggest)
    assert rendered.renderings[0].text.split("\n\n") == [
        "Shushi",
        "Shushi, also known as Shusha, fell.",
        "",
        "Shushi fell.",
    ]
    # the copy for other programs is the same mention
    body = part(rendered.content)
    assert body.count("also known as Shusha,") == 2


def test_headings_and_first_mentions_of_a_page(house: Renderer) -> None:
    text = "<title>Shusha</title><h1>Shusha</h1><p>Shusha fell.<p>Shusha fell."
    rendered = twice(text.encode(), "a.html", "style", house).content.decode()
    assert rendered == (
        "<title>Shushi</title><h1>Shushi</h1><p>Shushi, also known as Shusha, fell."
        "<p>Shushi fell."
    )
