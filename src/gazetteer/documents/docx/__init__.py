"""DOCX: the text in all its parts, changed directly or by suggestions.

The zip file is copied member by member and only changed parts are written; a changed
part differs only where its text does. See docs/decisions/ on why no library is used.
"""

from __future__ import annotations

from gazetteer.documents.docx.word import WordDocument

__all__ = ["WordDocument"]
