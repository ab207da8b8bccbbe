"""Which script a text, a language or a tag is written in, as ISO 15924 codes."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from gazetteer.languages.datafile import rows

__all__ = [
    "default_script",
    "primary_language",
    "same_script",
    "script_of",
    "script_of_tag",
    "scripts_of",
]

NO_SCRIPT = "Zyyy"
# The scripts in which one language writes one word: ISO 15924 Jpan, Kore and the two
# forms of Han, which share their characters.
_WRITTEN_WITH = {
    "Hans": frozenset({"Hani", "Bopo"}),
    "Hant": frozenset({"Hani", "Bopo"}),
    "Jpan": frozenset({"Hani", "Hira", "Kana"}),
    "Kore": frozenset({"Hang", "Hani"}),
}


def script_of(text: str) -> str:
    """Return the script of most letters of a text, the first of those that tie.

    ``Zyyy`` where there is no letter. Han characters are ``Hani``, kana are ``Hira``
    or ``Kana``. Letter-like signs such as a modifier apostrophe do not count.

    Examples:
        >>> script_of("щи"), script_of("tea 2"), script_of("1 + 1")
        ('Cyrl', 'Latn', 'Zyyy')
    """
    if text.isascii():
        # most texts begin with a letter
        latin = text[:1].isalpha() or any(map(str.isalpha, text))
        return "Latn" if latin else NO_SCRIPT
    counts: dict[str, int] = {}
    for char in text:
        script = _script_of_character(char)
        if script:
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=counts.__getitem__, default=NO_SCRIPT)


def scripts_of(text: str) -> frozenset[str]:
    """Return the scripts of all letters of a text; empty where there is no letter.

    Examples:
        >>> sorted(scripts_of("щи & tea"))
        ['Cyrl', 'Latn']
    """
    if text.isascii():
        return frozenset({"Latn"} if any(map(str.isalpha, text)) else ())
    return frozenset(filter(None, map(_script_of_character, text)))


def primary_language(tag: str) -> str:
    """Return the language subtag of a BCP 47 tag, in lower case.

    Examples:
        >>> primary_language("zh-Hant-TW")
        'zh'
    """
    return tag.replace("_", "-").partition("-")[0].lower()


def script_of_tag(tag: str) -> str | None:
    """Return the script subtag of a BCP 47 tag; None where it has none.

    Examples:
        >>> script_of_tag("zh-Hant-TW"), script_of_tag("zh-TW")
        ('Hant', None)
    """
    for subtag in tag.replace("_", "-").split("-")[1:]:
        if len(subtag) == 1:  # an extension or private use begins
            break
        if len(subtag) == 4 and subtag.isalpha():  # noqa: PLR2004 - RFC 5646, 2.2.3
            return subtag.title()
    return None


def default_script(lang: str) -> str:
    """Return the script that a language tag means, stated or not.

    A script subtag wins, then the language with its region, then the language. Latin
    where nothing is known; ``Zyyy`` for tags that name no language (mul, und, zxx).

    Examples:
        >>> default_script("zh-TW"), default_script("zh"), default_script("sr-Latn")
        ('Hant', 'Hans', 'Latn')
    """
    stated = script_of_tag(lang)
    if stated:
        return stated
    language = primary_language(lang)
    if language in {"", "mul", "und", "zxx"}:
        return NO_SCRIPT
    defaults = _default_scripts()
    region = _region_of_tag(lang)
    return defaults.get(f"{language}-{region}") or defaults.get(language) or "Latn"


def same_script(script: str, written: str) -> bool:
    """Tell whether letters of one script belong to a language's way of writing.

    Args:
        script: of letters, as `script_of` gives it.
        written: of a language, as `default_script` gives it.

    Examples:
        >>> same_script("Hani", "Jpan"), same_script("Latn", "Jpan")
        (True, False)
    """
    return script == written or script in _WRITTEN_WITH.get(written, ())


def _region_of_tag(tag: str) -> str:
    for subtag in tag.replace("_", "-").split("-")[1:]:
        if len(subtag) == 1:
            break
        if len(subtag) == 2 and subtag.isalpha():  # noqa: PLR2004 - RFC 5646, 2.2.4
            return subtag.upper()
    return ""


@cache
def _default_scripts() -> dict[str, str]:
    return {
        tag: script
        for script, tags in rows("default_scripts.tsv")
        for tag in tags.split()
    }


@cache
def _ranges() -> tuple[list[int], list[int], list[str]]:
    table = rows("scripts.tsv")
    return (
        [int(first, 16) for first, _, _ in table],
        [int(last, 16) for _, last, _ in table],
        [script for _, _, script in table],
    )


@cache
def _script_of_character(char: str) -> str:
    """Return the script of a letter or vowel sign; empty for all else."""
    if not char.isalpha() or "\u02b0" <= char < "\u0370":
        return ""
    firsts, lasts, scripts = _ranges()
    at = bisect_right(firsts, ord(char)) - 1
    return scripts[at] if at >= 0 and ord(char) <= lasts[at] else ""
