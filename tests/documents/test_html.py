"""HTML: what a page shows is rendered, and every other byte stays."""

from __future__ import annotations

import html.parser
import importlib.metadata
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.documents import DocumentError, open_document
from gazetteer.documents.html.reading import read_page
from gazetteer.documents.html.tokens import tokens
from gazetteer.errors import DataError
from support_documents import NAMES, render
from support_text import shipped


def page(text: str, **options: str) -> str:
    return render(text.encode(), "a.html", lang="en", **options).content.decode()


def text_of(source: str) -> str:
    return read_page(source).flat.text


# -------------------------------------------------------------------------- tokens

PIECES = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<b>", "</b>", "<q>", "</q>", "<code>", "</code>", "<br/>",
            "<li>", "<td>", "<table>", "</table>", "<script>", "</script>", "<title>",
            "</title>", "<textarea>", "</textarea>", "<svg>", "</svg>", "<!--", "-->",
            "<![CDATA[", "]]>", "<!doctype html>", "<", ">", "&", "&amp;", "&#1040;",
            "&copy", '"', "'", "=", "/", " ", "\n", "\r\n", "\t", "lang=ru", "<?x",
            '<p lang="hy">', "<span translate=no>", "<a href='>'>", "</", "<a b",
            "Shushi", "Shusha", "Step", "anakert", "Khan", "kendi", " in ", " the ",
            "was shut.", "\u201c", "\u201d", "\ufeff", "é", "<h1>", "</h1>",
        ]
    ),
    max_size=30,
)  # fmt: skip


@given(PIECES.map("".join) | st.text())
def test_the_tokens_of_a_page_lie_side_by_side(source: str) -> None:
    end = 0
    for token in tokens(source):
        assert token.start == end < token.end
        end = token.end
    assert end == len(source)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a<br>b<br />c", "a\nb\nc"),
        ("<p>a<p>b", "a\n\nb"),
        ("<ul><li>a<li>b</ul>c", "a\n\nb\n\nc"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a\n\nb\n\nc"),
        (" a \n b <b> c</b> ", "a b c "),
        ("a&amp;b&lt;c&#65;&#x42;&nbsp;d&unknown;e&copy", "a&b<cAB\u00a0d&unknown;e©"),
        ("a < b <3 c", "a < b <3 c"),
        ("a<script>if (b<c) '</p>'</script>d", "ad"),
        ("a<style>b{}</style>c<!-- d > e -->f<!doctype g>", "acf"),
        ("a<!-->b<!--->c<!--d--!>e", "abce"),
        ("a<textarea>b</textarea>c", "a\ufffcc"),
        ("<title>a &amp; <b></title>c", "a & <b>\n\nc"),
        ("a<svg><title>b</title><![CDATA[ > ]]><text>c</text></svg>d", "a\ufffcd"),
        ("a<img alt=b>c", "a\ufffcc"),
        ("<p title='>' data-x=\"<p>\" y=z/>a", "a"),
        ("<pre> a\n  b</pre>", " a\n  b"),
        ("a<wbr>b&shy;c", "ab\u00adc"),
        ("a<p b='c d e", "a"),
    ],
)
def test_the_text_of_a_page(source: str, text: str) -> None:
    assert text_of(source) == text


class _Oracle(html.parser.HTMLParser):
    """The text of a page as the standard library's parser reads it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, _: object) -> None:
        self._hidden += tag in ("script", "style", "svg", "select", "textarea", "math")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style", "svg", "select", "textarea", "math")

    def handle_data(self, data: str) -> None:
        if self._hidden <= 0:
            self.words += re.findall(r"\w+", data)


def real_pages(count: int = 50) -> list[Path]:
    """Return pages of the documentation of whatever is installed here."""
    found = [
        Path(str(file.locate()))
        for installed in importlib.metadata.distributions()
        for file in installed.files or ()
        if file.suffix in (".html", ".htm")
    ]
    system = Path("/usr/share/doc")
    found += system.rglob("*.html") if system.is_dir() else []
    return sorted({path for path in found if path.is_file()})[:count]


@pytest.mark.parametrize("path", real_pages(), ids=lambda path: path.name)
def test_a_real_page_stays_as_it_is(path: Path) -> None:
    raw = path.read_bytes()
    try:
        document = open_document(raw, path.name)
    except (DataError, DocumentError):
        pytest.skip("in no encoding that can be told")
    (flat,) = document.texts
    assert document.written([()]) == raw
    # everything in the flat text stands in the file, where it says
    source = raw.decode(document.encoding)
    for piece in flat.pieces:
        if not piece.whole:
            shown = flat.text[piece.start : piece.end]
            assert source[piece.source : piece.source_end] == shown
    # the standard library's parser, which knows less of what is no text, reads it all
    everything = "".join(_Oracle(source).words)
    missing = {word for word in re.findall(r"\w+", flat.text) if word not in everything}
    assert not missing


@pytest.mark.parametrize("path", real_pages(), ids=lambda path: path.name)
def test_in_a_real_page_only_the_names_differ(path: Path) -> None:
    raw = path.read_bytes()
    try:
        encoding = open_document(raw, path.name).encoding
    except (DataError, DocumentError):
        pytest.skip("in no encoding that can be told")
    source = raw.decode(encoding)
    ends = {"p", "li", "td", "h1", "h2"}
    places = [t.end for t in tokens(source) if t.kind == "end" and t.name in ends]
    some = places[:: len(places) // len(NAMES) + 1]
    for at, name in zip(reversed(some), NAMES, strict=False):
        sentence = f"<p lang=en>Shops in {name} were shut.</p>"
        source = source[:at] + sentence + source[at:]
    rendered = render(source.encode(encoding), path.name, encoding=encoding)
    assert rendered.changes or not some
    after = rendered.content.decode(encoding)
    assert _ANY_NAME.sub("", after) == _ANY_NAME.sub("", source)
    assert _marks(after) == _marks(source)


_ANY_NAME = re.compile("(?:(?:{0})/)?(?:{0})".format("|".join(NAMES)))


def _marks(source: str) -> list[str]:
    return [
        source[each.start : each.end] for each in tokens(source) if each.kind != "text"
    ]


def test_there_are_pages_to_be_tried() -> None:
    assert real_pages(1)


# ------------------------------------------------------------------------- changes


@pytest.mark.parametrize(("name", "pair"), NAMES.items())
@pytest.mark.parametrize(
    "source",
    [
        "<p>Shops in {} were shut.</p>",
        "<P CLASS = 'x'  >Shops in\n  {}\r\nwere shut.<P>More &copy; <br/>",
        "<p>Shops in <b><i>{}</i></b> were shut.",
        "<td>Shops in <a href='/{0}' title={0}>{0}</a> were shut<td>{0}",
        "<title>Shops in {}</title><h1>Shops in {}</h1>",
    ],
)
def test_only_the_name_changes(source: str, name: str, pair: str) -> None:
    before = source.replace("href='/{0}' title={0}", "href='/NAME' title=NAME")
    kept = before.replace("{0}", "{}")
    expected = kept.replace("{}", pair).replace("NAME", name)
    assert page(kept.replace("{}", name).replace("NAME", name)) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Shops in Sh<b>ush</b>i shut", "Shops in Sh<b>Shusha/Shushi</b>i shut"),
        ("in <i>Step</i>anakert is", "in <i></i>Khankendi/Stepanakert is"),
        ("in <i>Khan</i>kendi is", "in <i></i>Khankendi/Stepanakert is"),
        ("in Shush&#105; is", "in Shusha/Shushi is"),
        ("in &#83;husha is", "in Shusha/Shushi is"),
        ("in Step<!-- x -->anakert is", "in <!-- x -->Khankendi/Stepanakert is"),
        ("in Khan<wbr>kendi is", "in <wbr>Khankendi/Stepanakert is"),
    ],
)
def test_a_name_in_pieces(before: str, after: str) -> None:
    expected = after.replace("Sh<b>Shusha/Shushi</b>i", "<b>Shusha/Shushi</b>")
    assert page(f"<p>The shop {before} shut.") == f"<p>The shop {expected} shut."


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "source",
    [
        "<p>The team left <q>{}</q> at noon.",
        "<blockquote><p>The team left {} at noon.</blockquote>",
        "<p>The book <cite>{}</cite> at noon.",
        "<p>The file <code>{}</code> was read.",
        "<pre>The file {} was read.</pre>",
        "<p><code>The file<p>of {} was read.",
        "<p translate=no>The team left {} at noon.",
        "<div class='a notranslate'><p>The team left {} at noon.</div>",
        "<p>The team left it. <script>'{}'</script><style>/* {} */</style>",
        "<p title='The team left {}'>x <img alt='in {}'><!-- in {} -->",
        "<textarea>The team left {} at noon.</textarea>",
        "<select><option>{}<option>The team left {}</select>",
        "<svg><text>The team left {} at noon.</text></svg>",
        "<p>\u201cThe team left <b>{}</b> at noon.\u201d",
        "<p>The team left Step<br>anakert at noon.",
    ],
)
def test_what_is_never_changed(source: str, name: str) -> None:
    text = source.replace("{}", name)
    assert page(text) == text


def test_an_element_within_may_be_translated_again() -> None:
    text = (
        "<p translate=no>In Shusha.<p>Shops <b translate=yes>in Shushi</b> were shut."
    )
    assert page(text) == text.replace("in Shushi", "in Shusha/Shushi")


def test_an_article_changes_where_it_stands() -> None:
    text = "<p>It was an\n  <b>Aghavno</b> school.<p>It was <i>a</i>&nbsp;<b>Zabukh</b> school."
    rendered = render(text.encode(), "a.html", lang="en", renderer=shipped())
    assert rendered.content.decode() == text.replace("<i>a</i>", "<i>an</i>").replace(
        "Aghavno", "Aghavno/Zabukh"
    ).replace("<b>Zabukh", "<b>Aghavno/Zabukh")


def test_a_language_of_its_own_is_believed() -> None:
    text = (
        '<html lang="en"><p>The road to Shushi.<p lang="de">In Shushi war es kalt.'
        '<p lang="en-GB">The road to Shusha.'
    )
    rendered = render(text.encode(), "a.html")
    assert [change.before for change in rendered.changes] == ["Shushi", "Shusha"]
    assert any(r.code == "language" for r in rendered.renderings[0].refusals)


@pytest.mark.parametrize("lang", ["english", "<b>", "h9", "", "  "])
def test_a_language_that_is_none_is_not_known(lang: str) -> None:
    text = f'<html lang="{lang}"><p>The road to Shushi.<p lang="{lang}">The road to Shusha.'
    assert [c.before for c in render(text.encode(), "a.html").changes] == ["Shushi"]
    text = '<html lang="en_US"><p>The road to Khankendi.'
    assert len(render(text.encode(), "a.html").changes) == 1


def test_the_stated_language_wins_over_the_page() -> None:
    text = '<html lang="de"><p>The road to Shushi.<p>The road to Khankendi.'
    assert not render(text.encode(), "a.html").changes
    assert len(render(text.encode(), "a.html", lang="en").changes) == 2


@pytest.mark.parametrize(("name", "pair"), NAMES.items())
def test_annotations(name: str, pair: str) -> None:
    text = f"<title>The road to {name}</title><p>The road to <b>{name}</b>."
    span = page(text, annotate="span")
    assert f"<title>The road to {pair}</title>" in span
    assert re.search(
        rf'<b><span data-place-id="gz-\w+" lang="en">{pair}</span></b>', span
    )
    abbr = page(text, annotate="abbr")
    assert f' title="{name}">{pair}</abbr></b>' in abbr
    assert page(abbr, annotate="abbr") == abbr
    with pytest.raises(DocumentError, match="span or abbr"):
        page(text, annotate="ruby")


def test_what_is_put_in_is_escaped() -> None:
    text = "<p>The A&amp;B shop in Shushi was shut. The C&D shop in Shusha was open."
    assert page(text).count("Shusha/Shushi") == 2
    assert "A&amp;B" in page(text)
    assert "C&D" in page(text)


# ----------------------------------------------------------------------- encodings


def test_the_encoding_is_what_the_page_says() -> None:
    text = '<meta charset="windows-1251"><p lang=en>The road to Shushi: да.'
    rendered = render(text.encode("cp1251"), "a.html")
    expected = text.replace("Shushi", "Shusha/Shushi").encode("cp1251")
    assert rendered.content == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_byte_order_mark_wins(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    text = f"{mark}<meta charset=cp1251><p lang=en>The road to Shusha: да."
    raw = text.encode(encoding)
    expected = text.replace("Shusha", "Shusha/Shushi").encode(encoding)
    assert render(raw, "a.html").content == expected


def test_a_letter_that_the_encoding_has_not_is_a_reference() -> None:
    raw = "<meta charset=latin1><p>café in Shushi".encode("cp1252")
    document = open_document(raw, "a.html")
    rendered = render(raw, "a.html", lang="en")
    (change,) = rendered.changes
    changed = change._replace(after="Şuşa/Shushi")
    assert document.written([[changed]]).endswith(b"caf\xe9 in &#350;u&#351;a/Shushi")


def test_unsure_encodings_are_errors_with_choices() -> None:
    with pytest.raises(DocumentError, match=r"--encoding utf-8 \('да'\)"):
        render("<meta charset=cp1251><p>да, да".encode(), "a.html")
    with pytest.raises(DataError, match=r"a\.html:2:1: .*cp1251 \('привет'\)"):
        render("<p>\nпривет".encode("cp1251"), "a.html")
    with pytest.raises(DocumentError, match="no encoding of text"):
        render(b"<meta charset=rot13><p>x", "a.html")
    text = "<meta charset=cp1251><p lang=en>да, the road to Shushi"
    assert render(text.encode(), "a.html", encoding="utf-8").changes


def test_a_page_that_is_nested_too_deep_is_placed() -> None:
    with pytest.raises(DataError, match=r"a\.html:1:\d+: .*nested deeper"):
        render(b"<div>" * 2000, "a.html")


# ---------------------------------------------------------------------------- laws


@given(PIECES.map("".join))
def test_any_page_keeps_every_byte_outside_its_changes(source: str) -> None:
    raw = source.encode()
    document = open_document(raw, "a.html", encoding="utf-8")
    assert document.written([()]) == raw
    rendered = render(raw, "a.html", encoding="utf-8", lang="en")
    again = render(rendered.content, "a.html", encoding="utf-8", lang="en")
    assert again.content == rendered.content
    # tags are as they were, in number and order
    assert _marks(rendered.content.decode()) == _marks(source)
