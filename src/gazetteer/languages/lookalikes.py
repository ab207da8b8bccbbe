"""Letters that are taken for others, and scripts that do not belong together."""

# ruff: noqa: RUF002 - lookalikes in the examples are the point

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from unicodedata import name as name_of

from gazetteer.languages.datafile import rows
from gazetteer.languages.scripts import (
    default_script,
    primary_language,
    same_script,
    script_of,
    scripts_of,
)

__all__ = ["mixed_script_problem", "script_mismatch"]

_WORD = re.compile(r"[^\W\d_]+")
_ROMAN_NUMERAL = re.compile("[IVXLCDM]+")
# scripts that one language writes in one word
_TOGETHER = (frozenset({"Hani", "Hira", "Kana"}), frozenset({"Hang", "Hani"}))


class _Lookalikes(NamedTuple):
    """The table ``lookalikes.tsv``.

    Attributes:
        twins: of a letter, those of other scripts that look like it.
        wrong: letters or sequences with the one to write instead, whether the languages
            listed are those where they are right, and these languages.
    """

    twins: dict[str, list[str]]
    wrong: list[tuple[str, str, bool, frozenset[str]]]


def mixed_script_problem(name: str, lang: str) -> str | None:
    """Say what is wrong with the letters of a name, or None.

    Found are words with letters of two scripts, names with words of two scripts (but
    Roman numerals), and letters that only look like one of the language's own. A
    tag ``mul`` allows words of two scripts, as in a dual name.

    Args:
        name: as written.
        lang: BCP 47 tag of its language.

    Examples:
        >>> mixed_script_problem("t\u0435a", "en")
        "'е' (U+0435 CYRILLIC SMALL LETTER IE) in a Latn word; 'e' (U+0065) looks alike"
        >>> mixed_script_problem("tea", "en")
    """
    if name.isascii():
        return None
    for word in _WORD.findall(name):
        if problem := _mixed_word_problem(word):
            return problem
    if problem := _wrong_letter_problem(name, primary_language(lang)):
        return problem
    scripts = scripts_of(
        " ".join(w for w in _WORD.findall(name) if not _ROMAN_NUMERAL.fullmatch(w))
    )
    if primary_language(lang) != "mul" and not _go_together(scripts):
        return (
            f"words in {' and '.join(sorted(scripts))}; a name is written in one "
            f"script, a dual name has the language 'mul'"
        )
    return None


def script_mismatch(name: str, lang: str) -> str | None:
    """Say that a name is in another script than its language tag means, or None.

    Examples:
        >>> script_mismatch("\u0447\u0430\u0439", "az")
        "written in Cyrl, but 'az' means Latn; 'az-Cyrl' would do"
        >>> script_mismatch("\u0447\u0430\u0439", "az-Cyrl")
    """
    written = default_script(lang)
    script = script_of(name)
    if "Zyyy" in {written, script} or same_script(script, written):
        return None
    meant = primary_language(lang)
    if default_script(meant) != script:
        meant = f"{meant}-{script}"
    return f"written in {script}, but {lang!r} means {written}; {meant!r} would do"


def _mixed_word_problem(word: str) -> str | None:
    scripts = scripts_of(word)
    if _go_together(scripts):
        return None
    script = script_of(word)
    stranger = next(char for char in word if script_of(char) not in {script, "Zyyy"})
    problem = f"{_described(stranger)} in a {script} word"
    for twin in _lookalikes().twins.get(stranger, ()):
        if script_of(twin) == script:
            problem += f"; {twin!r} (U+{ord(twin):04X}) looks alike"
    return problem


def _wrong_letter_problem(name: str, language: str) -> str | None:
    for letters, instead, right, languages in _lookalikes().wrong:
        if letters in name and (language in languages) != right:
            return (
                f"{_described(letters)} is no letter of {language!r}; "
                f"{instead!r} (U+{ord(instead):04X}) looks alike"
            )
    return None


def _described(letters: str) -> str:
    points = " ".join(f"U+{ord(char):04X}" for char in letters)
    return f"{letters!r} ({points} {name_of(letters[-1], 'UNNAMED')})"


def _go_together(scripts: frozenset[str]) -> bool:
    return len(scripts) <= 1 or any(scripts <= group for group in _TOGETHER)


@cache
def _lookalikes() -> _Lookalikes:
    twins: dict[str, list[str]] = {}
    wrong: list[tuple[str, str, bool, frozenset[str]]] = []
    for letter, other, where in rows("lookalikes.tsv"):
        kind, *languages = where.split()
        if kind == "mixed":
            twins.setdefault(letter, []).append(other)
            twins.setdefault(other, []).append(letter)
        else:
            wrong.append((letter, other, kind == "only", frozenset(languages)))
    return _Lookalikes(twins, wrong)
