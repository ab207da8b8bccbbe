"""The written key: one letter of it for each letter that was written.

A slip of the pen is one of letters as they are written, and a romanization may need
four for one of them: where a shcha is left out, the faithful key lacks four letters. So
where the two differ, edits are counted in this one as well.
"""

from __future__ import annotations

from unicodedata import category, normalize

from gazetteer.folding.keys import ASCII, unmarked
from gazetteer.folding.signs import OMITTED

__all__ = ["written_key"]


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


_letters = _Letters(ASCII | {ord("\n"): "\n"})


def written_key(name: str) -> str:
    """Return a name in small letters of its own script, tidied as match keys are.

    Latin letters lose their marks; letters of other scripts stay as they are.

    Examples:
        >>> written_key("Щедрый Вечер")
        'щедрый вечер'
        >>> written_key("Xi-Xiang"), written_key("ŞEF")
        ('xi xiang', 'sef')
    """
    return " ".join(letters_written(name).split())


def letters_written(names: str) -> str:
    """Return the written keys of names on lines, with the spaces that they have."""
    if names.isascii():
        return names.translate(_letters)
    text = normalize("NFKC", names.replace("\u00b4", "'")).lower()
    return normalize("NFC", text).translate(_letters)
