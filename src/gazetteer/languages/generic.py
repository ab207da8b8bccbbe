"""Generic words of names, which say what kind of place is named: ``generic.tsv``."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from gazetteer.languages.datafile import rows

__all__ = ["CUES", "Generic", "generic_words"]

# What a word speaks for is what it may be said of, in one country or another: a
# district may be a unit of any level, a municipality a town or the area that it rules.
_SETTLEMENT: Final = ("city", "town", "village")
_AREA: Final = ("district", "admin-unit")
_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "settlement": _SETTLEMENT,
    "district": _AREA,
    "division": _AREA,
    "region": ("region", *_AREA),
    "municipality": (*_SETTLEMENT, *_AREA),
    "relief": ("landform",),
    "water": ("water",),
    "joiner": (),
    "article": (),
}

CUES: Final = frozenset({"settlement", "district", "region"})
"""Kinds whose words say the same of a name beside which they stand in running text."""


class Generic(NamedTuple):
    """A generic word.

    Attributes:
        lang: BCP 47 tag of its language.
        word: as written.
        kind: such as ``settlement``; ``joiner`` and ``article`` are only left out with
            another.
        before: whether it may stand before the name.
        after: whether it may stand after the name.
        types: types of place that it speaks for.
    """

    lang: str
    word: str
    kind: str
    before: bool
    after: bool
    types: tuple[str, ...]


@cache
def generic_words() -> tuple[Generic, ...]:
    """Return the generic words of all languages.

    Examples:
        >>> {each.types for each in generic_words() if each.word == "lake"}
        {('water',)}
    """
    return tuple(
        Generic(
            lang,
            word,
            kind,
            position in {"before", "either"},
            position in {"after", "either"},
            _TYPES[kind],
        )
        for lang, word, kind, position, _ in rows("generic.tsv")
    )
