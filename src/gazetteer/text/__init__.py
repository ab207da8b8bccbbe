"""Running text becomes mentions: spans, what protects them, which names they hold.

Names are looked up word by word, in any of the forms that their language gives them,
the longest first; names of one place side by side are joined; then the words around
each mention say whether it may be changed: quotations, titles, glosses, names spoken of
as names and whatever a machine reads are protected. Word lists and tables of inflection
are data, one file a language.
"""

from __future__ import annotations

from gazetteer.text.find import find_mentions
from gazetteer.text.guess import (
    guess_language,
    is_latin,
    language_of,
    seems_english,
    seems_foreign,
)
from gazetteer.text.mention import ROLES, Mention, ProtectedSpan
from gazetteer.text.names import NameFinder
from gazetteer.text.scan import Scan
from gazetteer.text.words import HANDLED, load_words

__all__ = [
    "HANDLED",
    "ROLES",
    "Mention",
    "NameFinder",
    "ProtectedSpan",
    "Scan",
    "find_mentions",
    "guess_language",
    "is_latin",
    "language_of",
    "load_words",
    "seems_english",
    "seems_foreign",
]
