"""The note on place names that a text may carry: how it is known, and left alone."""

from __future__ import annotations

import re
from typing import Final

from gazetteer.text.mention import ProtectedSpan

__all__ = ["NOTE_END", "NOTE_START", "note_spans"]

NOTE_START: Final = {
    "markdown": "<!-- gazetteer: note on place names -->",
    "plain": "-- Note on place names --",
}
NOTE_END: Final = {
    "markdown": "<!-- gazetteer: end of the note -->",
    "plain": "-- End of the note on place names --",
}
_NOTE = re.compile(
    "|".join(
        rf"^{re.escape(NOTE_START[markup])}\r?$.*?^{re.escape(NOTE_END[markup])}(?=\r?$)"
        for markup in NOTE_START
    ),
    re.MULTILINE | re.DOTALL,
)


def note_spans(text: str) -> list[ProtectedSpan]:
    """Return where notes on place names stand; their names say where names are from."""
    if "ote on place names --" not in text:
        return []
    reason = "stands in the note on place names"
    return [
        ProtectedSpan(match.start(), match.end(), "code", reason)
        for match in _NOTE.finditer(text)
    ]
