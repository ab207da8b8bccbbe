"""DOCX: names in all parts, directly or as suggestions; all else as it was."""

from __future__ import annotations

import io
import re
import struct
import xml.etree.ElementTree as ET
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.documents import DocumentError, open_document
from gazetteer.documents.docx.package import Package
from gazetteer.documents.docx.xml import XmlPart
from gazetteer.errors import DataError
from support_documents import NAMES, NS, WORD, docx, paragraph, part, render, run
from support_text import DATA
from support_text import renderer as over

MAIN = "word/document.xml"
SUGGEST = pytest.mark.parametrize("suggest", [False, True])


def texts(raw: bytes, name: str = MAIN, *, accepted: bool = True) -> list[str]:
    """Return the paragraphs with all tracked changes accepted, or ours rejected."""
    root = ET.fromstring(part(raw, name))  # noqa: S314  (made here)

    def read(element: ET.Element) -> str:
        tag = element.tag.rpartition("}")[2]
        ours = element.get(f"{{{WORD}}}author") == "gazetteer"
        if (tag == "del" and (accepted or not ours)) or (
            tag == "ins" and ours and not accepted
        ):
            return ""
        own = element.text or "" if tag in ("t", "delText") else ""
        return own + "".join(map(read, element))

    return [read(each) for each in root.iter(f"{{{WORD}}}p")]


def members(raw: bytes) -> dict[str, bytes]:
    """Return each member's header and data as they lie in the file."""
    package = Package(raw, "x")
    ends = package._ends()
    starts = {entry.name: entry.header[15] for entry in package._entries}
    return {name: raw[start : ends[start]] for name, start in starts.items()}


# -------------------------------------------------------------------------- changes


@SUGGEST
@pytest.mark.parametrize(("name", "pair"), NAMES.items())
@pytest.mark.parametrize(
    "runs",
    [
        ("The road to {} is shut &amp; so on.",),
        ("The road to ", "{}", " is shut."),
        ("The road to {0}", "{1}", "{2} is shut."),
        ("The road ", "to {}"),
    ],
)  # fmt: skip
def test_a_name_in_runs(
    runs: tuple[str, ...], name: str, pair: str, *, suggest: bool
) -> None:
    cut = {"{0}": name[:2], "{1}": name[2:5], "{2}": name[5:], "{}": name}
    written = [re.sub(r"\{\d?\}", lambda match: cut[match[0]], text) for text in runs]
    raw = docx(paragraph(*written))
    rendered = render(raw, "a.docx", lang="en", suggest=suggest)
    assert len(rendered.changes) == 1
    (before,), (after,) = texts(raw), texts(rendered.content)
    assert after == before.replace(name, pair)
    if suggest:
        assert texts(rendered.content, accepted=False) == [before]
    again = render(rendered.content, "a.docx", lang="en", suggest=suggest)
    assert again.content == rendered.content


def test_a_direct_change_touches_nothing_but_the_name() -> None:
    body = (
        '<w:p w:rsidR="00A1"><w:r ><w:rPr><w:b/></w:rPr><w:t>The road to Step</w:t>'
        "</w:r><w:r><w:t>anakert is shut</w:t></w:r></w:p>"
    )
    raw = docx(body, head='<?xml version="1.0"?>\n<!-- kept -->')
    after = part(render(raw, "a.docx", lang="en").content)
    expected = part(raw).replace(
        "<w:t>The road to Step<", '<w:t xml:space="preserve">The road to <'
    )
    assert after == expected.replace("anakert", "Khankendi/Stepanakert")


def test_spaces_that_a_change_leaves_at_the_end_are_kept() -> None:
    element = '<w:r><w:t xml:space="default">Shops in Step</w:t></w:r>'
    raw = docx(f"<w:p>{element}{run('anakert is')}</w:p>")
    after = part(render(raw, "a.docx", lang="en").content)
    assert after.count('<w:t xml:space="preserve">') == 2


@SUGGEST
def test_only_changed_parts_differ(*, suggest: bool) -> None:
    note = f"<w:footnotes {NS}><w:footnote>{paragraph('No name.')}</w:footnote></w:footnotes>"
    raw = docx(paragraph("The road to Shushi"), parts={"footnotes": note})
    rendered = render(raw, "a.docx", lang="en", suggest=suggest).content
    before, after = members(raw), members(rendered)
    assert list(after)[: len(before)] == list(before)
    changed = {name for name, data in before.items() if after[name] != data}
    comments = {"[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert changed == {MAIN} | (comments if suggest else set())
    assert set(after) - set(before) == ({"word/comments.xml"} if suggest else set())
    times = {i.date_time for i in zipfile.ZipFile(io.BytesIO(rendered)).infolist()}
    assert (2020, 2, 2, 2, 2, 2) in times


@SUGGEST
@pytest.mark.parametrize(("name", "pair"), NAMES.items())
def test_names_in_all_parts(name: str, pair: str, *, suggest: bool) -> None:
    text = f"The road to {name} is shut."
    parts = {
        "footnotes": f"<w:footnotes {NS}><w:footnote>{paragraph(text)}</w:footnote></w:footnotes>",
        "endnotes": f"<w:endnotes {NS}><w:endnote>{paragraph(text)}</w:endnote></w:endnotes>",
        "header1": f"<w:hdr {NS}>{paragraph(text)}</w:hdr>",
        "header2": f"<w:hdr {NS}>{paragraph(text)}</w:hdr>",
        "footer1": f"<w:ftr {NS}>{paragraph(text)}</w:ftr>",
        "comments": f"<w:comments {NS}><w:comment>{paragraph(text)}</w:comment></w:comments>",
    }
    cell = f"<w:tc>{paragraph(text)}</w:tc>"
    link = f'<w:p><w:hyperlink r:id="r9">{run(text)}</w:hyperlink></w:p>'
    inserted = f'<w:p><w:ins w:id="1" w:author="A">{run(text)}</w:ins></w:p>'
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(text)}</w:sdtContent></w:sdt>"
    body = (
        f"{paragraph(text)}<w:tbl><w:tr>{cell}</w:tr></w:tbl>{link}{inserted}{control}"
    )
    raw = docx(body, parts=parts)
    rendered = render(raw, "a.docx", lang="en", suggest=suggest)
    assert len(rendered.changes) == 10
    for member in (MAIN, *(f"word/{each}.xml" for each in parts)):
        if "comments" not in member:
            expected = [each.replace(name, pair) for each in texts(raw, member)]
            assert texts(rendered.content, member) == expected
            if suggest and member != MAIN:
                assert "comment" not in part(rendered.content, member)
    # what reviewers wrote is theirs
    assert text in texts(rendered.content, "word/comments.xml")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "body",
    [
        '<w:p>{t}<w:del w:id="1"><w:r><w:delText>in {n}</w:delText></w:r></w:del></w:p>',
        '<w:p>{t}<w:moveFrom w:id="1"><w:r><w:t>in {n}</w:t></w:r></w:moveFrom></w:p>',
        '<w:p><w:pPr><w:pStyle w:val="Q"/></w:pPr><w:r><w:t>in {n}</w:t></w:r></w:p>',
        '<w:p><w:pPr><w:pStyle w:val="Q2"/></w:pPr><w:r><w:t>in {n}</w:t></w:r></w:p>',
        '<w:p>{t}<w:r><w:rPr><w:rStyle w:val="C"/></w:rPr><w:t>in {n}</w:t></w:r></w:p>',
        "<w:p>{t}<w:r><w:t>Step</w:t><w:tab/><w:t>anakert</w:t></w:r></w:p>",
        "<w:p>{t}<w:r><w:t><![CDATA[in {n}]]></w:t></w:r></w:p>",
        '<w:p>{t}<w:fldSimple w:instr=" MERGEFIELD x ">{x}</w:fldSimple></w:p>',
        "<w:p>{t}{begin}<w:r><w:instrText> DOCPROPERTY x</w:instrText></w:r>{separate}{x}{end}</w:p>",
        "<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent><w:p>{x}</w:p></w:sdtContent></w:sdt>",
        "<w:p>{t}<w:r><w:ruby><w:rt>{x}</w:rt><w:rubyBase>{t}</w:rubyBase></w:ruby></w:r></w:p>",
        "<w:p>{t}</w:p>",
    ],
)  # fmt: skip
@SUGGEST
def test_what_is_never_changed(body: str, name: str, *, suggest: bool) -> None:
    styles = (
        '<w:style w:styleId="Q"><w:name w:val="Quotations"/></w:style>'
        '<w:style w:styleId="Q2"><w:name w:val="Mine"/><w:basedOn w:val="Q"/></w:style>'
        '<w:style w:styleId="C"><w:name w:val="Source Text"/></w:style>'
    )
    content = body.replace("{t}", run("Shops were shut "))
    content = content.replace("{x}", run(f"The road to {name}"))
    for kind in ("begin", "separate", "end"):
        field = f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
        content = content.replace(f"{{{kind}}}", field)
    raw = docx(content.replace("{n}", name), styles=styles)
    assert render(raw, "a.docx", lang="en", suggest=suggest).content == raw


@SUGGEST
def test_fields_that_last(*, suggest: bool) -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = "<w:r><w:instrText> HYPERLINK &quot;x&quot;</w:instrText></w:r>"
    raw = docx(
        f"<w:p>{field.format('begin')}{instruction}{field.format('separate')}"
        f"{run('The road to Shusha')}{field.format('end')}</w:p>"
        f'<w:p><w:fldSimple w:instr="REF a">{run("The road to Shushi")}</w:fldSimple></w:p>'
    )
    rendered = render(raw, "a.docx", lang="en", suggest=suggest)
    assert texts(rendered.content) == ["The road to Shusha/Shushi"] * 2


@SUGGEST
def test_a_text_box_and_its_copy_for_other_programs(*, suggest: bool) -> None:
    inner = f"<w:txbxContent>{paragraph('The road to Khankendi')}</w:txbxContent>"
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"{inner}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}"
        f"</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        f"{run('Shops in Shushi were shut.')}</w:p>"
    )
    raw = docx(box)
    rendered = render(raw, "a.docx", lang="en", suggest=suggest)
    assert len(rendered.changes) == 2
    assert texts(rendered.content)[1:] == ["The road to Khankendi/Stepanakert"] * 2
    # Word has no comments in text boxes
    assert part(rendered.content).count("commentReference") == suggest
    # neutral-first: the copy has the same form as the box
    first = render(raw, "a.docx", "neutral-first", lang="en", suggest=suggest)
    assert texts(first.content)[1:] == texts(rendered.content)[1:]


@SUGGEST
def test_headings_take_the_compact_form(*, suggest: bool) -> None:
    styles = '<w:style w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    heading = '<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>The road to Shushi</w:t></w:r></w:p>'
    raw = docx(heading + paragraph("The road to Shushi"), styles=styles)
    (flat,) = open_document(raw, "a.docx").texts
    assert [flat.text[a:b] for a, b in flat.headings] == ["The road to Shushi"]
    assert render(raw, "a.docx", lang="en", suggest=suggest).changes


# ---------------------------------------------------------------------- suggestions


def test_a_suggestion_keeps_the_formatting_and_says_why() -> None:
    properties = (
        '<w:rPr><w:b/><w:rPrChange w:id="3" w:author="A"><w:rPr/></w:rPrChange></w:rPr>'
    )
    body = f'<w:p><w:r w:rsidR="1">{properties}<w:t>In the town of Shushi it is.</w:t></w:r></w:p>'
    rendered = render(docx(body), "a.docx", lang="en", suggest=True)
    after = part(rendered.content)
    assert after.count("<w:b/>") == 4  # before, deleted, inserted, behind
    assert after.count("rPrChange w:id") == 0 or after.count("rPrChange w:id") == 1
    assert "<w:delText>Shushi</w:delText>" in after
    assert "w:date" not in after
    numbers = re.findall(r'<w:(?:ins|del) w:id="(\d+)"', after)
    assert len(set(numbers)) == len(numbers) == 2
    (change,) = rendered.changes
    assert texts(rendered.content, "word/comments.xml") == [change.reason]
    types = part(rendered.content, "[Content_Types].xml")
    assert "/word/comments.xml" in types
    assert "comments.xml" in part(rendered.content, "word/_rels/document.xml.rels")


def test_comments_that_are_there_stay() -> None:
    there = f'<w:comments {NS}><w:comment w:id="4" w:author="A">{paragraph("Why?")}</w:comment></w:comments>'
    raw = docx(paragraph("The road to Shushi"), parts={"comments": there})
    rendered = render(raw, "a.docx", lang="en", suggest=True).content
    assert there.removesuffix("</w:comments>") in part(rendered, "word/comments.xml")
    assert 'w:id="5"' in part(rendered, "word/comments.xml")
    assert part(rendered, "[Content_Types].xml") == part(raw, "[Content_Types].xml")


def test_a_suggestion_within_an_insertion_of_somebody_else() -> None:
    inserted = (
        f'<w:ins w:id="6" w:author="A">{run("and the road to Shusha, too")}</w:ins>'
    )
    raw = docx(f"<w:p>{inserted}</w:p>")
    after = part(render(raw, "a.docx", lang="en", suggest=True).content)
    root = ET.fromstring(after)  # noqa: S314  (made here)
    inside = f"{{{WORD}}}ins"
    nested = [ins for ins in root.iter(inside) if ins.find(f".//{inside}") is not None]
    assert nested == []
    authors = [ins.get(f"{{{WORD}}}author") for ins in root.iter(inside)]
    assert authors == ["A", "gazetteer", "A"]


def test_an_article_and_its_name() -> None:
    raw = docx(paragraph("It was a ", "Zabukh", " school."))
    for suggest in (False, True):
        rendered = render(
            raw, "a.docx", lang="en", suggest=suggest, renderer=over(DATA)
        )
        assert texts(rendered.content) == ["It was an Aghavno/Zabukh school."]
    assert part(rendered.content).count("commentReference") == 1


# --------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "no zip file"),
        (b"PK\x03\x04 no more", "no zip file"),
        (b"{\\rtf1}", "no zip file"),
    ],
)
def test_what_is_no_document(raw: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        open_document(raw, "a.docx")


def test_a_zip_file_that_is_no_document() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "x")
    with pytest.raises(DocumentError, match=r"without _rels/\.rels, so not DOCX"):
        open_document(out.getvalue(), "a.docx")


def test_a_part_that_is_no_xml_is_placed() -> None:
    raw = docx("<w:p>\n<w:r></w:p>")
    with pytest.raises(
        DataError, match=r"a\.docx:word/document\.xml:2:8: .*mismatched tag"
    ):
        open_document(raw, "a.docx")


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<?xml version="1.0" encoding="cp1251"?>',
    ],
)
def test_what_the_format_does_not_allow(head: str) -> None:
    with pytest.raises(DataError, match=r"a\.docx:word/document\.xml:1:"):
        open_document(docx("", head=head), "a.docx")


def test_the_directory_wins_over_a_header() -> None:
    raw = bytearray(docx(paragraph("The road to Shushi")))
    at = raw.find(b"PK\x03\x04", raw.find(MAIN.encode()) - 30)
    struct.pack_into("<H", raw, at + 8, zipfile.ZIP_STORED)
    rendered = render(bytes(raw), "a.docx", lang="en")
    assert texts(rendered.content) == ["The road to Shusha/Shushi"]


@pytest.mark.parametrize("at", [28, 30, 32])
def test_a_damaged_directory(at: int) -> None:
    raw = bytearray(docx(""))
    struct.pack_into("<H", raw, raw.rfind(b"PK\x01\x02") + at, 60_000)
    with pytest.raises(DocumentError, match=r"zip file"):
        open_document(bytes(raw), "a.docx")


def test_an_encrypted_file() -> None:
    raw = bytearray(docx(""))
    at = raw.find(b"PK\x01\x02")
    struct.pack_into("<H", raw, at + 8, 1)
    with pytest.raises(DocumentError, match="encrypted"):
        open_document(bytes(raw), "a.docx")


@given(st.data())
def test_a_damaged_document_is_read_or_told(data: st.DataObject) -> None:
    raw = bytearray(docx(paragraph("The road to Shushi")))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] = data.draw(st.integers(0, 255))
    try:
        render(bytes(raw), "a.docx", lang="en")
    except (DocumentError, DataError) as error:
        told = str(error)
    else:
        told = "a.docx"
    assert "a.docx" in told


# ----------------------------------------------------------------------------- laws

WORDS = st.sampled_from(
    ["Shushi", "Shusha", "Step", "anakert", "Khan", "kendi", " ", " in ", "a&amp;b",
     "&#x416;", "é", "The road to ", ". ", "\u201c", "<w:x/>", "\u00a0"]
)  # fmt: skip
RUNS = st.lists(st.lists(WORDS, max_size=5).map("".join), max_size=6)
PLACES = st.sampled_from(
    [
        "{}", '<w:ins w:id="1" w:author="A">{}</w:ins>', "<w:hyperlink>{}</w:hyperlink>",
        "<w:del>{}</w:del>", "<w:smartTag>{}</w:smartTag>",
    ]
)  # fmt: skip


@SUGGEST
@given(runs=RUNS, place=PLACES)
def test_any_document(runs: list[str], place: str, *, suggest: bool) -> None:
    inner = "".join(run(text.replace("<w:x/>", "</w:t><w:tab/><w:t>")) for text in runs)
    raw = docx(f"<w:p>{place.format(inner)}</w:p>")
    document = open_document(raw, "a.docx", suggest=suggest)
    assert Package(raw, "a").replaced({}) == raw
    rendered = render(raw, "a.docx", lang="en", suggest=suggest)
    again = render(rendered.content, "a.docx", lang="en", suggest=suggest)
    assert again.content == rendered.content
    if suggest:
        assert texts(rendered.content, accepted=False) == texts(raw)
    flat = document.texts[0].text.replace("\t", "")
    assert "".join(texts(raw)) == flat or "<w:del>" in place
    (read,) = open_document(rendered.content, "a.docx").texts
    assert read.text == rendered.renderings[0].text


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_xml_is_read_or_told(raw: bytes) -> None:
    try:
        events = XmlPart("x", raw, "a.docx").events
    except DataError as error:
        told = str(error)
    else:
        told = "a.docx:x:" if events else ""
    assert "a.docx:x:" in told
