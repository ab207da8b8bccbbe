"""Render DOCX files of two makers and open the results in LibreOffice.

One is written by LibreOffice itself (from HTML, with a text box), one by python-docx,
with what that has no call for put in as XML: split runs, a footnote, a hyperlink, a
tracked insertion. Both are rendered directly and as suggestions, checked member by
member, opened, printed to PDF and read back; the pages are left as pictures where
``--keep`` says, to be looked at.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from gazetteer import Gazetteer
from gazetteer.documents import render_document

NEEDED = {"soffice": "libreoffice-writer", "pdftoppm": "poppler-utils"}
MODULES = "python3-uno"  # by which a program tells LibreOffice what to do
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = f'xmlns:w="{W}"'

# Names of either side, as many of one as of the other, and what they become.
PAIRS = {
    "Shushi": "Shusha/Shushi",
    "Khankendi": "Khankendi/Stepanakert",
    "Shusha": "Shusha/Shushi",
    "Stepanakert": "Khankendi/Stepanakert",
}
PAGE = """<html><head><title>Report</title></head><body>
<h1>Roads and clinics in Shusha</h1>
<p>The first team drove from Goris to <b>Step</b>anakert &amp; saw a clinic.</p>
<p>The second came from Barda to Khan<i>kendi</i> and saw a school.</p>
<blockquote>From the log: left Shushi at noon.</blockquote>
<table border="1" width="100%"><tr><th>Town</th><th>Visits</th></tr>
<tr><td>Shushi</td><td>2</td></tr><tr><td>Khankendi</td><td>3</td></tr></table>
<p>Read on at <a href="https://example.org/Shusha">the page on Stepanakert</a>.</p>
</body></html>
"""


def require_programs() -> None:
    """Find LibreOffice and poppler, or install them where that can be done."""
    missing = [package for name, package in NEEDED.items() if not shutil.which(name)]
    known = subprocess.run(["/usr/bin/python3", "-c", "import uno"], check=False)
    missing += [MODULES] if known.returncode else []
    if missing:
        print(f"installing {', '.join(missing)}", flush=True)
        subprocess.run(["apt-get", "update", "-q"], check=True)
        install = ("apt-get", "install", "-qy", "--no-install-recommends")
        subprocess.run([*install, *missing], check=True)


def convert(file: Path, to: str, folder: Path) -> Path:
    """Let LibreOffice write a file in another format."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", to, "--outdir"]
    subprocess.run(
        [*command, folder, file], check=True, capture_output=True, timeout=180
    )
    made = folder / f"{file.stem}.{to.split(':', 1)[0]}"
    assert made.is_file(), f"LibreOffice did not open {file.name}"
    return made


def by_libreoffice(folder: Path) -> Path:
    """Return a document that LibreOffice wrote."""
    page = folder / "libreoffice.html"
    page.write_text(PAGE, encoding="utf-8")
    return convert(page, "docx:MS Word 2007 XML", folder)


def by_python_docx(folder: Path) -> Path:
    """Return a document that python-docx wrote."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Report on Shushi"
    document.add_heading("Roads and clinics in Stepanakert", 1)
    split = document.add_paragraph("The first team drove from Goris to ")
    split.add_run("Sh").bold = True
    split.add_run("us").italic = True
    split.add_run("ha & saw a clinic.")
    document.add_paragraph(
        "\u201cThe road to Khankendi is open,\u201d an officer said."
    )
    noted = document.add_paragraph("The second came from Barda to Khankendi")
    noted.add_run()._r.append(parse_xml(f'<w:footnoteReference {NS} w:id="2"/>'))
    noted.add_run(" and saw a school.")
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    for at, text in enumerate(("Town", "Visits", "Shushi", "2")):
        table.cell(at // 2, at % 2).text = text
    linked = document.add_paragraph("Read on at ")
    target = document.part.relate_to(
        "https://example.org/Khankendi", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    link = (
        f'<w:hyperlink {NS} xmlns:r="http://schemas.openxmlformats.org/officeDocument/'
        f'2006/relationships" r:id="{target}">{run.format("the page on Khankendi")}'
        "</w:hyperlink>"
    )
    linked._p.append(parse_xml(link))
    who = 'w:author="An editor" w:date="2023-10-09T10:00:00Z"'
    tracked = document.add_paragraph("The editor wrote this:")
    inserted = run.format(" a road leads to Stepanakert, too.")
    tracked._p.append(parse_xml(f'<w:ins {NS} w:id="90" {who}>{inserted}</w:ins>'))
    deleted = run.format(" It was in Stepanakert.").replace("w:t", "w:delText")
    tracked._p.append(parse_xml(f'<w:del {NS} w:id="91" {who}>{deleted}</w:del>'))
    note = run.format(" A footnote on the road to Shusha.")
    mark = "<w:r><w:footnoteRef/></w:r>"
    footnotes = (
        f'<w:footnotes {NS}><w:footnote w:type="separator" w:id="0"><w:p><w:r>'
        '<w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator"'
        ' w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2"><w:p>{mark}{note}</w:p></w:footnote></w:footnotes>'
    )
    kind = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    )
    uri = PackURI("/word/footnotes.xml")
    part = Part(uri, kind, footnotes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    file = folder / "python-docx.docx"
    document.save(str(file))
    return file


def members(raw: bytes) -> dict[str, bytes]:
    """Return each member's compressed bytes, in order."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert package.testzip() is None
        found = {}
        for info in package.infolist():
            start = info.header_offset
            found[info.filename] = raw[start : start + 30 + info.compress_size]
        return found


def text_of(pdf: Path) -> str:
    """Return what stands on the pages."""
    done = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
    )
    # a narrow cell breaks a pair in two
    return "".join(done.stdout.split())


def check(gaz: Gazetteer, file: Path, folder: Path, keep: Path | None) -> None:
    """Render one document both ways and open what comes out."""
    raw = file.read_bytes()
    for suggest in (False, True):
        output = folder / f"{file.stem}-{'suggested' if suggest else 'rendered'}.docx"
        rendered = render_document(
            gaz, file, "neutral", output=output, suggest=suggest, lang="en"
        )
        assert len(rendered.changes) >= 6, rendered.changes
        wrong = [c for c in rendered.changes if PAIRS[c.before] != c.after]
        assert not wrong, wrong
        before, after = members(raw), members(output.read_bytes())
        assert list(after)[: len(before)] == list(before)
        changed = {name for name in before if after[name] != before[name]}
        texts = {"document", "footnotes", "header1", "comments"}
        others = (
            {"[Content_Types].xml", "word/_rels/document.xml.rels"}
            if suggest
            else set()
        )
        assert changed <= {f"word/{name}.xml" for name in texts} | others, changed
        again = render_document(gaz, output, "neutral", suggest=suggest, lang="en")
        assert again.content == output.read_bytes()
        # python-docx reads it, and so does LibreOffice
        docx.Document(str(output))
        pdf = convert(output, "pdf", folder)
        shown = text_of(pdf)
        if not suggest:
            assert shown.count("Shusha/Shushi") >= 2, shown
            assert shown.count("Khankendi/Stepanakert") >= 2, shown
        subprocess.run(
            ["pdftoppm", "-r", "70", "-png", pdf, pdf.with_suffix("")], check=True
        )
        print(f"{output.name}: {len(rendered.changes)} changes, opened", flush=True)
    direct, suggested = (
        folder / f"{file.stem}-{way}.docx" for way in ("rendered", "suggested")
    )
    check_decided(file, direct, suggested, folder)
    if keep is not None:
        for picture in folder.glob("*.png"):
            shutil.copy(picture, keep)


def check_decided(source: Path, rendered: Path, suggested: Path, folder: Path) -> None:
    """Let LibreOffice accept all suggestions, and reject them all.

    Accepted they are the document that was rendered directly, rejected the source.
    """
    for command, same in (("accept", rendered), ("reject", source)):
        text = decided(command, suggested, folder)
        assert text == decided(command, same, folder), (command, text)
        print(f"{suggested.name}: {command}ed in LibreOffice", flush=True)


def decided(command: str, file: Path, folder: Path) -> str:
    """Return the text of a document with its tracked changes accepted or rejected."""
    text = folder / f"{file.stem}-{command}.txt"
    script = Path(__file__).with_name("decide_changes.py")
    # LibreOffice's modules belong to the system's own Python
    subprocess.run(
        ["/usr/bin/python3", script, command, file, text], check=True, timeout=180
    )
    return text.read_text("utf-8-sig")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="a directory for the pictures")
    keep = parser.parse_args().keep
    require_programs()
    gaz = Gazetteer.load()
    with tempfile.TemporaryDirectory(prefix="gazetteer-word-") as name:
        folder = Path(name)
        for made in (by_libreoffice(folder), by_python_docx(folder)):
            check(gaz, made, folder, keep)


if __name__ == "__main__":
    main()
