"""Is a text without a stated language English?"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.text.scan import Scan
    from gazetteer.text.words import Words

__all__ = ["is_latin", "seems_english"]

_SAMPLE = 2000


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
    """Tell whether nothing speaks for another language.

    Words of grammar that only English has speak for it; words in lower case with
    letters that English does not have speak against it. A text of a few names and
    numbers is taken for English.
    """
    english = foreign = 0
    function = words["function"]
    for raw, key in zip(scan.raw[:_SAMPLE], scan.keys, strict=False):
        if key in function:
            english += 1
        elif not key.isascii() and raw[0].islower():
            foreign += 1
    return english >= foreign
