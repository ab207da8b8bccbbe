"""How often a name that is only near is the one that was meant.

A score here is the share of such hits that were right in a set of queries held back for
this (``benchmarks/reliability.py``; docs/explanation/matching.md has the figures). They
were made of names of the shipped data and of the settlements of GeoNames, misspelt at
random or romanized otherwise, and of as many names of places that the data does not
have. Each table was made monotone: a longer name, fewer edits and fewer rivals never
lower a score.

Some scores are lower than measured, on purpose. With one edit, names under 7 letters
stay below review and those of 7 and 8 below accept; with two, all stay below accept;
and what goes beyond belief (`gazetteer.index.edits`) stays below review: noise made at
random is kinder to names than the world, where a letter or two tells many of them
apart. And nothing is as sure as a name that shares a key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.index.edits import TWO_EDITS_FROM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.index import Hit

__all__ = ["MANY_RIVALS", "NEAR", "score_near"]


def _from(table: Mapping[int, float]) -> tuple[float, ...]:
    """Return scores by length, from those of the lengths from which they hold."""
    score = table[min(table)]
    return tuple([score := table.get(n, score) for n in range(max(table) + 1)])


# Each table: from this length of what differs on, this score. In comments the shares
# that were measured where no other name was as near, by length.

# .70 .80 .84 .89 .95 .97 .95 .98
_ONE_EDIT: Final = _from(
    {4: 60.0, 5: 65.0, 6: 69.0, 7: 86.0, 8: 87.0, 9: 94.0, 10: 95.0}
)
# From 8: .75 .86 .85 .90 .96
_TWO_EDITS: Final = _from({8: 75.0, 9: 85.0, 11: 88.0})
# A word under 8 letters may have one edit: the two are in two words of a longer name.
# .98
_ONE_IN_EACH: Final = 88.0
# An edit that replaces the first letter: .56 under 10 letters, .78 above
_FIRST_LETTER: Final = _from({8: 57.0, 10: 75.0})
# .43 .64 .70
_FIRST_LETTER_OF_TWO: Final = _from({8: 45.0, 9: 60.0, 10: 70.0})
# More than what differs bears by its length (`gazetteer.index.edits`): random noise was
# meant in .72 to .97 of the cases. All stay below review.
_BEYOND: Final = 69.0
# .32 under 7 letters, .58 above
_BEYOND_FIRST: Final = _from({4: 32.0, 7: 45.0})

# The same sounds in other letters, by how many letters differ.
_SOUNDS: Final = (
    _from({4: 60.0, 6: 75.0, 8: 82.0, 10: 90.0, 11: 93.0}),
    _from({4: 60.0, 6: 75.0, 8: 82.0, 10: 90.0, 11: 93.0}),  # .61 .76 .81 .90 .93
    _from({4: 28.0, 6: 42.0, 8: 68.0, 9: 82.0, 10: 90.0, 11: 91.0}),  # .28 .42 .68 .96
    _from({4: 10.0, 8: 40.0, 10: 50.0, 12: 85.0}),  # .05 .55 .50 .92
)

# Two letters for one: of the names of GeoNames that have such a letter, and stand there
# with two as well, so many are of the same place: .50 .85 .97 .98 .99 …
_DIGRAPH: Final = _from({3: 50.0, 4: 85.0, 5: 95.0})
# .78 .93 .96 .98 1
_JOINED: Final = _from({2: 78.0, 5: 91.0, 6: 93.0, 7: 95.0})
# .91 .98
_ORDER: Final = _from({2: 90.0, 7: 95.0})
# .87 .97 … .99
_ADDED: Final = _from({2: 75.0, 4: 86.0, 5: 94.0})
# .96 of settlements; whoever leaves out what tells an area or a lake from a settlement
# may mean the settlement.
_LEFT: Final = _from({2: 80.0, 4: 91.0})
_LEFT_OUT: Final = 85.0
# Two units of one name and of different kinds are as likely as two words for one kind;
# too few were met to measure.
_SWAPPED: Final = 75.0
# The name is misspelt and the generic word is an addition: for a person to see.
_BOTH: Final = 85.0

# The most that is left when 1, 2, 3 or more other names are as near, whatever differs:
# one of all those may be meant, or none. Names as near as each other score alike, so
# that how they begin orders them. Measured .32 .13 .04.
_RIVALS: Final = (100.0, 32.0, 13.0, 4.0)
MANY_RIVALS: Final = len(_RIVALS) - 1
"""From so many on, how many rivals there are makes no difference."""

_TABLES: Final = {
    "digraph": _DIGRAPH,
    "joined": _JOINED,
    "order": _ORDER,
    "added": _ADDED,
}

_SETTLEMENT: Final = "city"
_MANY_LETTERS: Final = 3

NEAR: Final = {
    "digraph": "two letters stand for one, or one for two",
    "joined": "words joined or parted otherwise",
    "order": "the words are in another order",
    "added": "has a generic word that the name lacks",
    "left": "lacks a generic word of the name",
    "swapped": "has another generic word than the name",
    "class": "spelt otherwise, sounds alike",
    "edits": "one letter differs",
}
"""Kinds of hit that are scored here, each with what to say of it."""


def score_near(hit: Hit) -> tuple[float, str]:
    """Return the score of a hit that is only near, and what to say of it."""
    kind = hit.kind
    score, reason = _score_edits(hit) if kind == "edits" else _score(hit)
    if kind in ("class", "edits", "digraph") and hit.types:
        score = min(score, _BOTH)
        reason += ", beside a generic word that the name lacks"
    if not hit.rivals:
        return score, reason
    score = min(score, _RIVALS[min(hit.rivals, MANY_RIVALS)])
    others = "another name is" if hit.rivals == 1 else f"{hit.rivals} other names are"
    return score, f"{reason}, and {others} as near"


def _score(hit: Hit) -> tuple[float, str]:
    reason = NEAR[hit.kind]
    if hit.kind == "class":
        table = _SOUNDS[min(hit.edits, _MANY_LETTERS)]
    elif hit.kind == "left":
        if hit.own_types and _SETTLEMENT not in hit.own_types:
            return _LEFT_OUT, reason
        table = _LEFT
    elif hit.kind == "swapped":
        return _SWAPPED, reason
    else:
        table = _TABLES[hit.kind]
    return _at(table, hit.length), reason


def _score_edits(hit: Hit) -> tuple[float, str]:
    reason = NEAR["edits"]
    if hit.beyond:
        return _score_beyond(hit, reason)
    if hit.edits > 1:
        if hit.length < TWO_EDITS_FROM:
            return _ONE_IN_EACH, "one letter differs in each of two words"
        table = _FIRST_LETTER_OF_TWO if hit.first else _TWO_EDITS
        return _at(table, hit.length), "two letters differ"
    if hit.first:
        return _at(_FIRST_LETTER, hit.length), "the first letter differs"
    return _at(_ONE_EDIT, hit.length), reason


def _score_beyond(hit: Hit, reason: str) -> tuple[float, str]:
    if hit.edits > 1:
        reason = "two letters differ"
    if hit.first:
        where = "the first letter of so short a word seldom does"
        return _at(_BEYOND_FIRST, hit.length), f"{reason}, and {where}"
    return _BEYOND, f"{reason}, more than what is so short is believed to bear"


def _at(scores: tuple[float, ...], length: int) -> float:
    return scores[min(length, len(scores) - 1)]
