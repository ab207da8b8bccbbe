"""The order of letters, by the alphabet of the language that is written."""

# ruff: noqa: RUF002 - the dotless i of an alphabet is the point

from __future__ import annotations

from functools import cache
from typing import NamedTuple
from unicodedata import decimal, normalize

from gazetteer.languages.casing import lower
from gazetteer.languages.datafile import rows
from gazetteer.languages.letters import letter_keys
from gazetteer.languages.scripts import default_script, primary_language, script_of

__all__ = ["SortKey", "alphabet", "foreign_letters", "sort_key"]

SortKey = tuple[tuple[int, ...], str, str]

_SPACE = 0
_FIRST_DIGIT = 1
_FIRST_LETTER = 100
# letters of other scripts come after those of the language, by code point
_OTHER_SCRIPT = 10_000
_SPACES = frozenset(" -/\u00a0\u058a\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2212")


class _Order(NamedTuple):
    weights: dict[str, int]
    longest: int


def sort_key(text: str, lang: str) -> SortKey:
    """Return a key that sorts texts as a reader of the language expects.

    By the letters of the language's own alphabet, word by word; then by marks that make
    no letter of their own in it (in English none does, in Russian a diaeresis does
    not); then capitals. Hyphens and slashes are spaces, other signs do not count;
    letters of another script come last.

    Args:
        text: any text.
        lang: BCP 47 tag of the language whose order is wanted.

    Examples:
        >>> words = ["zar", "şal", "sona", "çay", "cib"]
        >>> sorted(words, key=lambda word: sort_key(word, "az"))
        ['cib', 'çay', 'sona', 'şal', 'zar']
        >>> words = ["zèbre", "école", "été", "eau"]
        >>> sorted(words, key=lambda word: sort_key(word, "fr"))
        ['eau', 'école', 'été', 'zèbre']
    """
    order = _order(_alphabet_tag(lang))
    lowered = normalize("NFC", lower(normalize("NFC", text), lang))
    weights: list[int] = []
    at = 0
    while at < len(lowered):
        for length in range(min(order.longest, len(lowered) - at), 1, -1):
            if (weight := order.weights.get(lowered[at : at + length])) is not None:
                weights.append(weight)
                at += length
                break
        else:
            weights += _weights_of(lowered[at], order.weights)
            at += 1
    return tuple(weights), lowered, text


def alphabet(lang: str) -> tuple[str, ...]:
    """Return the letters of a language in its order; empty where none is known.

    Examples:
        >>> " ".join(alphabet("tr"))
        'a b c ç d e f g ğ h ı i j k l m n o ö p r s ş t u ü v y z'
    """
    return _alphabets().get(_alphabet_tag(lang), ())


def foreign_letters(text: str, lang: str) -> str:
    """Return the letters of a text that a language's own alphabet lacks, sorted.

    A letter with a mark counts as its plain letter where the alphabet has that one.
    Of a language whose alphabet is not listed nothing is known, and no letter foreign.

    Examples:
        >>> foreign_letters("ţară", "az"), foreign_letters("ţəßər", "az")
        ('', 'ß')
        >>> foreign_letters("ţəßər", "en")
        ''
    """
    tag = _alphabet_tag(lang)
    if tag.startswith("und"):
        return ""
    own = {char for letter in _alphabets()[tag] for char in letter}
    return "".join(
        sorted(
            char
            for char in set(normalize("NFC", lower(text, lang)))
            if char.isalpha()
            and script_of(char) != "Zyyy"
            and char not in own
            and normalize("NFD", char)[0] not in own
        )
    )


def _weights_of(char: str, weights: dict[str, int]) -> list[int]:
    """Return the weights of one character that no longer letter begins with."""
    for form in (char, normalize("NFKD", char)[0]):
        if (weight := weights.get(form)) is not None:
            return [weight]
    if char in _SPACES or char.isspace():
        return [_SPACE]
    if char.isdecimal():
        return [_FIRST_DIGIT + decimal(char)]
    if not char.isalpha():
        return []
    # a Latin letter that is no plain one with a mark is sorted as it is written out
    key = letter_keys().get(char, "") if script_of(char) == "Latn" else ""
    spelt = [weights.get(letter, 0) for letter in key]
    return spelt if spelt and all(spelt) else [_OTHER_SCRIPT + ord(char)]


def _alphabet_tag(lang: str) -> str:
    language = primary_language(lang)
    script = default_script(lang)
    known = _alphabets()
    if default_script(language) == script and language in known:
        return language
    return (
        f"{language}-{script}" if f"{language}-{script}" in known else f"und-{script}"
    )


@cache
def _alphabets() -> dict[str, tuple[str, ...]]:
    return {tag: tuple(letters.split()) for tag, letters in rows("alphabets.tsv")}


@cache
def _order(tag: str) -> _Order:
    letters = list(_alphabets().get(tag, ()))
    script = default_script(tag)
    before = ""
    for letter in _alphabets().get(f"und-{script}", ()):
        if letter not in letters:
            letters.insert(letters.index(before) + 1 if before else 0, letter)
        before = letter
    weights = {letter: _FIRST_LETTER + at for at, letter in enumerate(letters)}
    return _Order(weights, max(map(len, letters), default=1))
