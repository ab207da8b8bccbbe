"""Files of text around rendering: bytes outside changed spans are identical."""

from __future__ import annotations

from gazetteer.documents.files import (
    decode_text,
    markup_of,
    read_text,
    render_document,
    write_text,
)

__all__ = ["decode_text", "markup_of", "read_text", "render_document", "write_text"]
