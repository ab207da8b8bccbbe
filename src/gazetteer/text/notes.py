"""The note on place names that a text may carry: how it is known, and left alone."""

from __future__ import annotations

import re
from typing import Final

from gazetteer.text.mention import ProtectedSpan

__all__ = ["NOTE_END", "NOTE_START", "note_spans", "with_note"]

NOTE_START: Final = {
    "markdown": "<!-- gazetteer: note on place names -->",
    "html": "<!-- gazetteer: note on place names -->",
    "plain": "-- Note on place names --",
}
NOTE_END: Final = {
    "markdown": "<!-- gazetteer: end of the note -->",
    "html": "<!-- gazetteer: end of the note -->",
    "plain": "-- End of the note on place names --",
}
_NOTE = re.compile(
    "|".join(
        rf"^{re.escape(NOTE_START[markup])}\r?$.*?^{re.escape(NOTE_END[markup])}(?=\r?$)"
        for markup in ("markdown", "plain")
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


def with_note(text: str, note: str) -> str:
    r"""Return a text with a note at its end, in the place of a note that it has.

    Args:
        text: of a document.
        note: with its first and its last line.

    Examples:
        >>> from gazetteer.text.notes import NOTE_END, NOTE_START
        >>> note = f"{NOTE_START['plain']}\n…\n{NOTE_END['plain']}\n"
        >>> once = with_note("A text.\n", note)
        >>> with_note(once, note) == once
        True
    """
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    note = note.replace("\n", end_of_line)
    spans = note_spans(text)
    if spans:
        start, end = spans[0].start, spans[0].end
        return text[:start] + note.removesuffix(end_of_line) + text[end:]
    body = text if text.endswith("\n") or not text else f"{text}{end_of_line}"
    return f"{body}{end_of_line}{note}"
