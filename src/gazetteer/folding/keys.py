"""The faithful match key, and its plain variant.

The key is Latin for every script that `gazetteer.languages.letters` knows, so that a
name and its romanization meet; other scripts stay as they are (NFKC, lower case).
Language is not asked for, since a query does not come with one: what depends on it, as
the sound of a Latin c does, stays distinct here and is merged in
`gazetteer.folding.class_key`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NewType
from unicodedata import category, decimal, normalize

from gazetteer.folding.sequences import spell_sequences
from gazetteer.folding.signs import OMITTED
from gazetteer.languages.letters import letter_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ASCII",
    "Letters",
    "MatchKey",
    "match_key",
    "plain_key",
    "spelt",
    "unmarked",
]

MatchKey = NewType("MatchKey", str)

# All that is neither letter, digit, mark nor omitted is a space.
ASCII: dict[int, str | None] = {
    point: chr(point).lower() if chr(point).isalnum() else " " for point in range(128)
}
ASCII.update({ord(sign): None for sign in OMITTED if sign.isascii()})

_MARK = re.compile("[\u0300-\u036f]")
_FIRST_BEYOND_LATIN = "\u0370"

# While one query is decided its key, and those of names near to it, are asked for again
# and again.
_REMEMBERED = 1_024


@lru_cache(maxsize=_REMEMBERED)
def match_key(name: str) -> MatchKey:
    """Return the faithful key of a name.

    Case, marks, apostrophes, full stops and ignorable characters are dropped; hyphens,
    dashes, brackets and other punctuation are spaces; spaces are single. Letters become
    Latin: a letter with a mark that romanizations write out is written out (a c with
    a caron is ch), a j is a j in each of its spellings (j, dj, dzh) and a kh is never
    an x. The dotted and the dotless i are one: whoever writes in capitals may have
    meant either.

    Never raises; the key of a text without letters and digits is empty. Measured on
    Python 3.11: 0.3 µs for an ASCII name, 1 µs for one with Latin marks, 2 to 3 µs for
    one in another alphabet.

    Examples:
        >>> match_key("Ţăndără-Şef")
        'tsandara shef'
        >>> match_key("TSANDARA  SHEF")
        'tsandara shef'
        >>> match_key("щедрый вечер")
        'shchedryy vecher'
    """
    if name.isascii():
        key = name.translate(ASCII)
    else:
        # compatibility would make a space of the spacing acute
        text = normalize("NFKC", name.replace("\u00b4", "'")).lower()
        if _MARK.search(text):
            text = _compose_known(text)
        if max(text, default="") >= _FIRST_BEYOND_LATIN:
            text = spell_sequences(text)
        key = text.translate(_table())
        if not key.isascii():
            key = normalize("NFC", key)
    return MatchKey(" ".join(spelt(key).split()))


def spelt(letters: str) -> str:
    """Return Latin letters with one spelling for a kh and for a j.

    A j has four: j, dj, dzh and, through other scripts, d before j. Any run of d is
    taken along, so that what is left cannot form another.

    Examples:
        >>> spelt("xddzhd")
        'khjd'
    """
    if "x" in letters:
        letters = letters.replace("x", "kh")
    if "dzh" in letters:
        letters = letters.replace("dzh", "dj")
    while "dj" in letters:
        letters = letters.replace("dj", "j")
    return letters


def plain_key(name: str) -> MatchKey:
    """Return the faithful key of a name that is typed without the marks of its letters.

    It differs from `match_key` only where that writes a marked Latin letter out, and
    by the schwa, which is typed as a (so the faithful key) or as e (this one). To find
    names by it, index both keys and ask for `match_key` of the query.

    Examples:
        >>> plain_key("Ţăndără-Şef")
        'tandara sef'
        >>> plain_key("Zebra") == match_key("Zebra")
        True
    """
    if name.isascii():
        return match_key(name)
    return match_key(normalize("NFC", name).translate(unmarked()))


class Letters(dict[int, "str | None"]):
    """A `str.translate` table of all of Unicode that fills itself as it is used."""

    def __init__(self) -> None:
        super().__init__(ASCII)
        self.known = letter_keys()

    def __missing__(self, point: int) -> str | None:
        part = self[point] = self._part(chr(point))
        return part

    def _part(self, char: str) -> str | None:
        if char in self.known:
            return self.known[char]
        kind = category(char)
        if char in OMITTED or kind in {"Cf", "Cn", "Co", "Cs"} or _is_accent(char):
            return None
        if kind == "Nd":
            return str(decimal(char))
        if kind[0] in "PSZC":
            return " "
        base = _compose_known(char)
        return char if base == char else base.translate(self)


_letters: Letters | None = None


def _table() -> Letters:
    global _letters  # noqa: PLW0603 - read on the first name that is not ASCII
    if _letters is None:
        _letters = Letters()
    return _letters


def _compose_known(text: str) -> str:
    """Return lower-case text without accents but those of letters with their own key.

    Of the marks after a letter those count which make of it a letter of the table,
    whatever stands between: a caron over a c that also has a dot below.
    """
    decomposed = normalize("NFD", text)
    known = _table().known
    letters: list[str] = []
    for char in decomposed:
        if not _is_accent(char):
            letters.append(char)
        elif letters and (composed := normalize("NFC", letters[-1] + char)) in known:
            letters[-1] = composed
    return normalize("NFC", "".join(letters))


def _is_accent(char: str) -> bool:
    """Tell whether a combining mark may be left out of a key.

    Accents of the alphabets, Hebrew points, Arabic vowel signs and variation selectors
    may; the vowel signs of the Brahmic scripts are letters in all
    but name.
    """
    return category(char) in {"Mn", "Me"} and (
        char < "\u0700"
        or "\u1ab0" <= char < "\u1b00"
        or "\u1dc0" <= char < "\u1e00"
        or "\u20d0" <= char < "\u2100"
        or "\ufe00" <= char < "\ufe30"
        or char >= "\U000e0000"
    )


class _Unmarked(dict[int, str]):
    """A table from marked Latin letters to plain ones; all else maps to itself."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        plain = char
        if "\u0300" <= char < "\u0370":
            plain = ""
        elif char < "\u0250" or "\u1e00" <= char < "\u1f00":
            plain = normalize("NFD", char)[0]
        self[point] = plain
        return plain


_unmarked_table: _Unmarked | None = None


def unmarked() -> Mapping[int, str]:
    """Return the `str.translate` table from marked Latin letters to plain ones."""
    global _unmarked_table  # noqa: PLW0603
    if _unmarked_table is None:
        # a d with a stroke and a schwa, which the faithful key gives as dj and a
        _unmarked_table = _Unmarked(
            {0x110: "d", 0x111: "d", 0x18F: "e", 0x259: "e", 0x18E: "e", 0x1DD: "e"}
        )
    return _unmarked_table
