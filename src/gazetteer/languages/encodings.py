"""Which encodings some bytes may be in: named with what a word then is, never guessed.

A person sees at once which reading is right, and no detector does. One read a Korean
file as Chinese.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["choices"]

# What spreadsheets and databases have written before UTF-8, by
# https://docs.python.org/3/library/codecs.html#standard-encodings
_CANDIDATES: Final = (
    "cp1252", "cp1251", "cp1254", "cp1250", "cp1253", "cp1255", "cp1256", "cp1257",
    "cp1258", "koi8-r", "cp866", "cp850", "mac-roman", "mac-cyrillic", "gb18030",
    "big5", "cp949", "cp932", "euc-jp", "cp874",
)  # fmt: skip
_SHOWN: Final = 6
_LONGEST_WORD: Final = 24
# a word with a byte beyond ASCII in it; of two bytes the second may be from 0x40 on
_WORD: Final = re.compile(rb"[@-~\x80-\xff]*[\x80-\xff][@-~\x80-\xff]*")


def choices(sample: bytes, at: int = 0) -> list[tuple[str, str]]:
    r"""Return encodings that some bytes may be in, each with what a word then is.

    Args:
        sample: bytes of the file.
        at: where the first one is that is not what it was taken for.

    Examples:
        >>> choices("naïve, café, Noël".encode("cp1252"))[0]
        ('cp1252', 'naïve')
    """
    words = [match for match in _WORD.finditer(sample[:8192]) if match.end() > at]
    if not words:
        return []
    first = words[0][0][:_LONGEST_WORD]
    found: dict[str, tuple[float, str]] = {}
    for encoding in _CANDIDATES:
        try:
            reading = first.decode(encoding)
            whole = b" ".join(word[0] for word in words[:200]).decode(encoding)
        except UnicodeDecodeError:
            continue
        worth = _plausibility(whole)
        if reading not in found and worth > 0:
            found[reading] = (worth, encoding)
    ranked = sorted(found.items(), key=lambda item: -item[1][0])[:_SHOWN]
    return [(encoding, reading) for reading, (_, encoding) in ranked]


def _plausibility(text: str) -> float:
    """Return how much a text looks like words, up to 1: letters, one script a word."""
    words = text.split()
    return sum(map(_of_word, words)) / len(words) if words else 0.0


def _of_word(word: str) -> float:
    letters = [each for each in word if unicodedata.category(each)[0] in "LM"]
    if len(letters) < len(word):
        return -0.5
    scripts = {
        unicodedata.name(each, "?").split()[0]
        for each in letters
        if unicodedata.category(each)[0] == "L"
    }
    if len(scripts) > 1:
        return 0.1
    cased = word.islower() or word.isupper() or word.istitle()
    return 1.0 if cased or word.lower() == word.upper() else 0.3
