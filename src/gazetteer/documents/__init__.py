"""Documents around rendering: bytes outside changed names are identical.

A format is read into flat texts, the way a person reads them; each character knows
where in the file it stands (`flat`). The texts are rendered (`relabel`), and their
changes are carried to the file. Plain text, Markdown, HTML, DOCX and fields of JSON and
CSV are one module or package each.
"""

from __future__ import annotations

from gazetteer.documents.document import Document, RenderedDocument, Spot
from gazetteer.documents.errors import DocumentError
from gazetteer.documents.files import (
    FORMATS,
    decode_text,
    format_of,
    markup_of,
    open_document,
    read_bytes,
    read_text,
    render_bytes,
    render_document,
)
from gazetteer.documents.relabel import mentions_of, relabel

__all__ = [
    "FORMATS",
    "Document",
    "DocumentError",
    "RenderedDocument",
    "Spot",
    "decode_text",
    "format_of",
    "markup_of",
    "mentions_of",
    "open_document",
    "read_bytes",
    "read_text",
    "relabel",
    "render_bytes",
    "render_document",
]
