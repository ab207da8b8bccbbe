"""Capitals and small letters, where the language decides.

Python's own mappings are of no language. They turn the Azerbaijani and Turkish i into
a dotless capital, make two characters of a dotted one, and write the Armenian ligature
of ev with a letter that the reformed spelling does not use there. Rules: SpecialCasing
of Unicode (https://www.unicode.org/Public/14.0.0/ucd/SpecialCasing.txt) for the dotted
i and Greek; the Armenian orthography of 1940, in which the ligature stands for e and v.
"""

# ruff: noqa: RUF002 - the dotless i of the examples is the point

from __future__ import annotations

import re
from unicodedata import normalize

from gazetteer.languages.scripts import primary_language

__all__ = ["capitalize", "caseless", "lower", "upper"]

_DOTTED_I = frozenset({"az", "crh", "tr", "tt"})
_TO_UPPER_DOTTED = str.maketrans({"i": "\u0130"})
_TO_LOWER_DOTTED = str.maketrans({"I": "\u0131", "\u0130": "i"})
_EV = "\u0587"
_EV_REFORMED = "\u0535\u054e"
_ACUTE = "\u0301"
_DOTTED = re.compile("i\u0307+")


def upper(text: str, lang: str) -> str:
    """Return the text in capitals.

    Examples:
        >>> upper("ilıq", "az"), upper("ilıq", "en")
        ('İLIQ', 'ILIQ')
        >>> upper("\u0561\u0580\u0587", "hy"), upper("\u03ac\u03bd\u03c9", "el")
        ('ԱՐԵՎ', 'ΑΝΩ')
    """
    language = primary_language(lang)
    if language in _DOTTED_I:
        text = text.translate(_TO_UPPER_DOTTED)
    elif language == "hy":
        text = text.replace(_EV, _EV_REFORMED)
    elif language == "el":
        # capitals are written without the accent
        decomposed = normalize("NFD", text).replace(_ACUTE, "")
        text = normalize("NFC", decomposed)
    return text.upper()


def lower(text: str, lang: str) -> str:
    """Return the text in small letters, a dotted capital I as one character.

    Examples:
        >>> lower("ILIQ", "tr"), lower("İLIQ", "en")
        ('ılıq', 'iliq')
    """
    if primary_language(lang) in _DOTTED_I:
        text = text.translate(_TO_LOWER_DOTTED)
    return text.replace("\u0130", "i").lower()


def capitalize(text: str, lang: str) -> str:
    """Return the text with its first character as the first of a sentence has it.

    The rest stays as it is. A script without capitals stays as it is; so does
    Georgian, whose capitals are for whole words only.

    Examples:
        >>> capitalize("ilıq su", "az")
        'İlıq su'
        >>> capitalize("\u0587 \u0561\u0575\u056c\u0576", "hy")
        'Եվ այլն'
    """
    if not text:
        return text
    first, rest = text[0], text[1:]
    language = primary_language(lang)
    if language in _DOTTED_I and first == "i":
        first = "\u0130"
    elif first == _EV and language == "hy":
        first = "\u0535\u057e"
    else:
        first = first.title()
    return first + rest


def caseless(text: str) -> str:
    """Return a form that is equal for texts that differ in case only.

    Marks stay, so it is narrower than a match key. The four letters i are one, since a
    text in capitals does not tell which is meant; the Armenian ligature of ev, its two
    classical and its two reformed letters are one. Idempotent.

    Examples:
        >>> caseless("ILIQ") == caseless("ilıq") == caseless("İlıq")
        True
        >>> caseless("\u0531\u0550\u0535\u054e") == caseless("\u0561\u0580\u0587")
        True
    """
    small = normalize("NFD", text.lower()).replace("\u0131", "i")
    return (
        normalize("NFC", _DOTTED.sub("i", small))
        .replace(_EV, "\u0565\u057e")
        .replace("\u0565\u0582", "\u0565\u057e")
        .replace("\u03c2", "\u03c3")
    )
