"""What is known of the words of a language: lists in ``data/<language>.tsv``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gazetteer.folding.words import word_key
from gazetteer.languages.generic import CUES, generic_words
from gazetteer.languages.inflection import load_inflection

__all__ = ["HANDLED", "Words", "load_words"]

HANDLED = frozenset({"az", "en", "hy", "hyw", "ka", "ru", "tr"})
"""Languages in which a label may take the place of a mention."""

_DIRECTORY = Path(__file__).parent / "data"


class _Entries(dict[str, str]):
    """The words of one kind; an entry with ``*`` at its end is how words begin."""

    __slots__ = ("_lengths", "_stems")

    def __init__(self) -> None:
        super().__init__()
        self._stems: dict[str, str] = {}
        self._lengths: tuple[int, ...] = ()

    def add(self, entry: str, value: str) -> None:
        """Take in an entry; its words are looked up as those of a text are."""
        key = " ".join(map(word_key, entry.removesuffix("*").split(" ")))
        if not entry.endswith("*"):
            self[key] = value
            return
        self._stems[key] = value
        self._lengths = tuple(sorted({len(stem) for stem in self._stems}))

    def __contains__(self, word: object) -> bool:
        # it is asked of each word of a text, in many ways: hence no generator
        if super().__contains__(word):
            return True
        if isinstance(word, str):
            stems = self._stems
            for length in self._lengths:
                if word[:length] in stems:
                    return True
        return False

    def simplest(self) -> dict[str, str]:
        """Return a plain dict, which answers faster, where no entry has a ``*``."""
        return self if self._stems else dict(self)


class Words(dict[str, dict[str, str]]):
    """The word lists of one language, by kind; entries are lower case.

    Examples:
        >>> words = load_words("en")
        >>> "airport" in words["head"]
        True
        >>> words["cue"]["town"]
        'city town'
    """

    __slots__ = ()

    def __missing__(self, kind: str) -> dict[str, str]:
        return {}


@cache
def load_words(lang: str) -> Words:
    """Read the lists of a language; a language without a file has empty ones.

    Args:
        lang: primary language subtag, such as ``en``.
    """
    kinds: dict[str, _Entries] = {}
    path = _DIRECTORY / f"{lang}.tsv"
    if lang in HANDLED:
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            kind, entries, *value = line.split("\t")
            known = kinds.setdefault(kind, _Entries())
            for entry in entries.split(", "):
                known.add(entry, value[0] if value else "")
        known = kinds.setdefault("cue", _Entries())
        inflection = load_inflection(lang)
        of_lang = "hy" if lang == "hyw" else lang
        for each in generic_words():
            if each.lang == of_lang and each.kind in CUES:
                types = " ".join(each.types)
                known.add(each.word, types)
                if inflection is None:
                    continue
                # beside a name the word stands in its case, or as an adjective would
                for adjective in (False, True):
                    for form in inflection.forms(each.word, adjective=adjective):
                        known.setdefault(word_key(form.text), types)
        known.update(kinds.get("narrow", {}))
    return Words({kind: entries.simplest() for kind, entries in kinds.items()})
