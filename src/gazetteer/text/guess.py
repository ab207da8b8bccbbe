"""Which language is a text in that was given without one?"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from gazetteer.languages.scripts import default_script, script_of
from gazetteer.text.scan import Scan
from gazetteer.text.words import load_words

if TYPE_CHECKING:
    from gazetteer.text.words import Words

__all__ = [
    "guess_language",
    "is_latin",
    "language_of",
    "seems_english",
    "seems_foreign",
]

_SAMPLE = 2000
_SAMPLE_LETTERS = 20_000  # so many tell what a text is in
_FIRST = 200  # words whose scripts are counted
_APOSTROPHES = ("'", "\u2019", "\u02bc")
_KINDS = ("function", "follower", "report", "place-before", "meta-sentence")


# What tells languages of one script apart: letters that only this one of them has,
# letters that it has not, and how many of its words of grammar there must be at least.
_SIGNS = {
    "ru": ("ыэёъ", "іїєґўјљ", 1),
    "az": ("ə", "", 1),
    "tr": ("ğış", "əqxw", 2),
    "ka": ("აეი", "", 0),
    "hyw": ("ւէ", "", 1),
    "hy": ("աեո", "", 0),
}
# Western Armenian writes u with this letter too, but these only with it.
_WESTERN = ("իւ", "եան", "ուած")


def language_of(text: str) -> str:
    """Return the language that a text seems to be in, or ``und``.

    English is told by its words of grammar, and taken for granted where a text is
    nothing but a name.

    Examples:
        >>> texts = ("Мы ушли в лес.", "They left.", "Und er ging.")
        >>> [language_of(text) for text in texts]
        ['ru', 'en', 'und']
    """
    words = load_words("en")
    scan = Scan(text[:_SAMPLE_LETTERS], words)
    guessed = guess_language(scan)
    if guessed == "und" and seems_english(scan, words):
        return "en"
    return guessed


def guess_language(scan: Scan) -> str:
    """Return the language of a text, or ``und`` where nothing tells it.

    Of the languages whose inflection is known, English not among them.
    """
    keys = scan.keys[:_SAMPLE]
    letters = set("".join(keys))
    scripts = Counter(script_of(key) for key in keys[:_FIRST] if key.isalpha())
    script = scripts.most_common(1)[0][0] if scripts else ""
    for lang, (own, foreign, least) in _SIGNS.items():
        if not letters & set(own) or letters & set(foreign):
            continue
        if script != default_script(lang):
            continue
        if lang == "hyw" and not any(sign in key for key in keys for sign in _WESTERN):
            continue
        function = load_words(lang)["function"]
        if sum(key in function for key in keys) >= least:
            return lang
    return "und"


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
