"""What the tests of documents share: both sides' names, and files made of nothing."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from gazetteer.documents import open_document, render_bytes
from support_text import small

if TYPE_CHECKING:
    from gazetteer.documents import RenderedDocument

# what one side writes, and the pair that stands for it
NAMES = {
    "Shushi": "Shusha/Shushi",
    "Shusha": "Shusha/Shushi",
    "Stepanakert": "Khankendi/Stepanakert",
    "Khankendi": "Khankendi/Stepanakert",
}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPTIONS = ("format", "encoding", "fields", "delimiter", "annotate", "suggest")
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def render(
    raw: bytes, file: str, perspective: str = "neutral", **options: Any
) -> RenderedDocument:
    """Render a file of these bytes, over the small tables unless others are given."""
    opening = {name: options.pop(name) for name in _OPTIONS if name in options}
    over = options.pop("renderer", None) or small()
    document = open_document(raw, file, **opening)
    return render_bytes(over, document, raw, perspective, file=file, **options)


def docx(
    body: str,
    *,
    parts: dict[str, str] | None = None,
    styles: str = "",
    head: str = "",
) -> bytes:
    """Return a document of this body, with parts such as ``footnotes``."""
    parts = parts or {}
    if styles:
        parts["styles"] = f"<w:styles {NS}>{styles}</w:styles>"
    related = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATED}/{name.rstrip("123")}" '
        f'Target="{name}.xml"/>'
        for number, name in enumerate(parts)
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships">{}</Relationships>'
    )
    main = f'<Relationship Id="r" Type="{_RELATED}/officeDocument" Target="word/document.xml"/>'
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/'
        'package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": relations.format(main),
        "word/document.xml": f"{head}<w:document {NS}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations.format(related),
        **{f"word/{name}.xml": text for name, text in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in members.items():
            package.writestr(zipfile.ZipInfo(name, (2020, 2, 2, 2, 2, 2)), text)
    return out.getvalue()


NS = (
    f'xmlns:w="{WORD}" xmlns:r="{_RELATED}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def paragraph(*runs: str) -> str:
    """Return a paragraph of runs of plain text."""
    return "<w:p>{}</w:p>".format("".join(map(run, runs)))


def run(text: str, properties: str = "") -> str:
    """Return a run of plain text."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def part(raw: bytes, name: str = "word/document.xml") -> str:
    """Return a part of a document."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert package.testzip() is None
        return package.read(name).decode()
