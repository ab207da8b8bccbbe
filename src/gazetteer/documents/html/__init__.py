"""HTML: tokens with offsets, the text that a page shows, changes spliced into it.

Outside changed names every byte stays. A name may be split by inline tags or written
with entities; attributes, scripts, styles and comments are no text; code, quotations
and what is not to be translated are protected; `lang` is believed.
"""

from __future__ import annotations

from gazetteer.documents.html.page import ANNOTATIONS, PageDocument

__all__ = ["ANNOTATIONS", "PageDocument"]
