"""Is a text without a stated language English?"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.text.scan import Scan
    from gazetteer.text.words import Words

__all__ = ["is_latin", "seems_english", "seems_foreign"]

_SAMPLE = 2000
_APOSTROPHES = ("'", "\u2019", "\u02bc")
_KINDS = ("function", "follower", "report", "place-before", "meta-sentence")


def is_latin(text: str) -> bool:
    """Tell whether the first letter of a text is Latin.

    Examples:
        >>> is_latin("(na\u00efve)"), is_latin("\u0434\u0430")
        (True, False)
    """
    for character in text:
        if character.isalpha():
            return character.isascii() or "LATIN" in unicodedata.name(character, "")
    return True


def seems_english(scan: Scan, words: Words) -> bool:
    """Tell whether a text is in English, as far as its words of grammar show.

    At least one word that is English alone must speak for it, and no more against it.
    A text without a word in lower case (a name, a dateline, a cell of a table) is taken
    for English unless a word speaks against it: its names are not inflected.
    """
    english, foreign, common = _signs(scan, words)
    if english == foreign == 0:
        return not common
    return english >= max(foreign, 1)


def seems_foreign(scan: Scan, words: Words) -> bool:
    """Tell whether more words speak against English than for it."""
    english, foreign, _ = _signs(scan, words)
    return foreign > english


def _signs(scan: Scan, words: Words) -> tuple[int, int, int]:
    """Count words that speak for English, against it, and all in lower case.

    For it: words of grammar and verbs that only English has, and a possessive ending.
    Against it: other languages' words of grammar, and words in lower case with
    letters that English does not have.
    """
    english = foreign = common = 0
    for at, (raw, key) in enumerate(zip(scan.raw[:_SAMPLE], scan.keys, strict=False)):
        lower = raw[0].islower()
        common += lower
        if key == "s" and scan.gap(at) in _APOSTROPHES:
            english += 1
        elif key in words["foreign"] or (not key.isascii() and lower):
            foreign += 1
        elif key not in words["shared"] and any(key in words[kind] for kind in _KINDS):
            english += 1
    return english, foreign, common
