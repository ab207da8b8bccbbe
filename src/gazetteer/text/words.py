"""What is known of the words of a language: lists in ``data/<language>.tsv``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gazetteer.languages.generic import CUES, generic_words

__all__ = ["HANDLED", "Words", "load_words"]

HANDLED = frozenset({"en"})
"""Languages in which a label may take the place of a mention."""

_DIRECTORY = Path(__file__).parent / "data"


class Words:
    """The word lists of one language, by kind; entries are lower case.

    Examples:
        >>> words = load_words("en")
        >>> "airport" in words["head"]
        True
        >>> words["cue"]["town"]
        'city town'
    """

    def __init__(self, kinds: dict[str, dict[str, str]]) -> None:
        self._kinds = kinds

    def __getitem__(self, kind: str) -> dict[str, str]:
        return self._kinds.get(kind, {})


@cache
def load_words(lang: str) -> Words:
    """Read the lists of a language; a language without a file has empty ones.

    Args:
        lang: primary language subtag, such as ``en``.
    """
    kinds: dict[str, dict[str, str]] = {}
    path = _DIRECTORY / f"{lang}.tsv"
    if lang in HANDLED:
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            kind, entries, *value = line.split("\t")
            known = kinds.setdefault(kind, {})
            for entry in entries.split(", "):
                known[entry] = value[0] if value else ""
        known = kinds.setdefault("cue", {})
        for each in generic_words():
            if each.lang == lang and each.kind in CUES:
                known[each.word] = " ".join(each.types)
        known |= kinds.get("narrow", {})
    return Words(kinds)
