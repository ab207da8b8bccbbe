"""Names in letters that their language lacks, and names that lost their marks."""

# ruff: noqa: RUF001 - the dotless i is the point

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from gazetteer.check.strict.survey import finding
from gazetteer.languages.alphabets import foreign_letters
from gazetteer.languages.scripts import primary_language, script_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.check.data import Name
    from gazetteer.check.strict.survey import Survey
    from gazetteer.errors import Problem

__all__ = ["spelling_findings"]

# Letters whose mark is part of them, and what they become when typed without it.
_TYPED: Final = {"ı": "i", "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t"}
_SCHWA: Final = "ə"
_TYPED_FOR_SCHWA: Final = "ae"
_PLAIN: Final = str.maketrans({**_TYPED, _SCHWA: "a", "e": "a"})
_WRITTEN_PLAIN: Final = frozenset({"en", "mul", "und"})
"""Languages in which a name without the marks of its letters is a spelling."""


def spelling_findings(survey: Survey) -> Iterator[Problem]:
    """Yield names with foreign letters, and names stripped of their marks."""
    for names in survey.names.values():
        groups: defaultdict[tuple[str, str], list[Name]] = defaultdict(list)
        for name in names:
            yield from _foreign(name)
            if name.form != "abbr" and script_of(name.name) == "Latn":
                groups[primary_language(name.lang), _plain_letters(name.name)].append(
                    name
                )
        for (lang, _), alike in groups.items():
            if lang not in _WRITTEN_PLAIN and len(alike) > 1:
                yield from _stripped(alike)


def _foreign(name: Name) -> Iterator[Problem]:
    letters = foreign_letters(name.name, name.lang)
    if letters and name.row is not None:
        message = (
            f"{', '.join(letters)} is no letter of {name.lang!r}; is it another "
            f"language, or miswritten?"
        )
        yield finding(name.row, "name", "foreign-letter", name.name_id, message)


def _stripped(names: list[Name]) -> Iterator[Problem]:
    """Yield those of some names that are another of them without its marks."""
    full = max(names, key=lambda name: (_marks(name.name), name.name_id))
    for name in names:
        fewer = _marks(name.name) < _marks(full.name)
        if fewer and name.row is not None and _is_stripped(name.name, full.name):
            message = (
                f"{full.name_id} writes {full.name!r}; a form without the marks is "
                f"found anyway, take it out"
            )
            yield finding(name.row, "name", "stripped-name", name.name_id, message)


@cache
def _letters(text: str) -> str:
    """Return a text in small letters without marks, but for the schwa."""
    decomposed = normalize("NFD", text.casefold())
    kept = (char for char in decomposed if not "\u0300" <= char <= "\u036f")
    return "".join(_TYPED.get(char, char) for char in kept)


def _plain_letters(text: str) -> str:
    """Return what names have in common that differ in marks alone."""
    return _letters(text).translate(_PLAIN)


def _is_stripped(text: str, full: str) -> bool:
    plain = _SCHWA not in text.casefold()  # else it has an a by its own right
    return all(
        letter == typed or (plain and letter == _SCHWA and typed in _TYPED_FOR_SCHWA)
        for letter, typed in zip(_letters(full), _letters(text), strict=True)
    )


@cache
def _marks(text: str) -> int:
    decomposed = normalize("NFD", text.casefold())
    return sum(
        "\u0300" <= char <= "\u036f" or char in _TYPED or char == _SCHWA
        for char in decomposed
    )
