"""The written key: one letter of it for each letter that was written.

A slip of the pen is one of letters as they are written, and a romanization may need
four for one of them: where a shcha is left out, the faithful key lacks four letters. So
where the two differ, edits are counted in this one as well.
"""

from __future__ import annotations

from unicodedata import category, normalize

from gazetteer.folding.keys import ASCII, unmarked
from gazetteer.folding.signs import OMITTED

__all__ = ["LETTERS_WRITTEN", "written_key"]


class _Letters(dict[int, "str | None"]):
    """A `str.translate` table of all of Unicode that fills itself as it is used."""

    def __missing__(self, point: int) -> str | None:
        part = self[point] = self._part(chr(point))
        return part

    def _part(self, char: str) -> str | None:
        kind = category(char)
        if char in OMITTED or kind in {"Cf", "Cn", "Co", "Cs"}:
            return None
        if kind[0] in "PSZC":
            return " "
        return unmarked()[ord(char)]


LETTERS_WRITTEN = _Letters(ASCII | {ord("\n"): "\n"})
"""What each letter is written as, for `str.translate`; names may stand on lines."""


def written_key(name: str) -> str:
    """Return a name in small letters of its own script, tidied as match keys are.

    Latin letters lose their marks; letters of other scripts stay as they are.

    Examples:
        >>> written_key("Щедрый Вечер")
        'щедрый вечер'
        >>> written_key("Xi-Xiang"), written_key("ŞEF")
        ('xi xiang', 'sef')
    """
    text = name
    if not text.isascii():
        text = normalize("NFKC", text.replace("\u00b4", "'")).lower()
        text = normalize("NFC", text)
    return " ".join(text.translate(LETTERS_WRITTEN).split())
