"""Letters that are read together, or by their place in the word."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.folding.signs import INVISIBLE, OMITTED, VOWEL_POINTS
from gazetteer.languages.letters import letter_sequences

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["looked_at_whole", "spell_sequences"]

# What stands inside a word and would part the letters of a sequence
_INSIDE = re.compile(f"[{re.escape(OMITTED + VOWEL_POINTS + INVISIBLE)}]+")


class _Rules(NamedTuple):
    pattern: re.Pattern[str]
    keys: Mapping[str, str]
    beside: tuple[tuple[str, str, frozenset[str]], ...]


@cache
def _rules() -> _Rules:
    keys: dict[str, str] = {}
    beside: list[tuple[str, str, frozenset[str]]] = []
    alternatives: list[str] = []
    for letters, key, where, others in letter_sequences():
        if where == "beside":
            beside.append((letters, key, frozenset(others)))
            continue
        keys[letters] = key
        # what stands before is looked at last: a pattern whose alternatives all begin
        # with a letter is searched three times as fast
        if where == "initial":
            unless = f"(?![{others}])" if others else ""
            alternatives.append(f"{letters}(?<!\\w{letters}){unless}")
        elif where == "inner":
            alternatives.append(f"{letters}(?<=[^\\W{others}]{letters})(?![{others}])")
        else:
            alternatives.append(letters)
    return _Rules(re.compile("|".join(alternatives)), keys, tuple(beside))


def spell_sequences(text: str) -> str:
    """Return lower-case text with the sequences of letters that have a key replaced.

    Examples:
        >>> spell_sequences("թուղթ")
        'թuղթ'
    """
    pattern, keys, beside = _rules()
    text = _INSIDE.sub("", text)
    for letters, key, others in beside:
        if letters in text and not others.isdisjoint(text):
            text = text.replace(letters, key)
    return pattern.sub(lambda found: keys[found[0]], text)


def looked_at_whole(text: str) -> bool:
    """Tell whether the key of a letter may depend on any other letter of the text."""
    for letters, _, _ in _rules().beside:  # noqa: SIM110 - a generator takes thrice as long
        if letters in text:
            return True
    return False
