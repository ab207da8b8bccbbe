"""How far the strings alone are to be trusted: a hit becomes a score.

Every figure here is a rank made by judgement and tried on the trouble lists of the
tests; none is a measured probability. They stand on the scale of the default `Policy`
(accept 90, review 70, margin 5), and what matters is which side of those they fall on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gazetteer.index import Hit

__all__ = ["AGAINST", "BEHIND", "DOUBTFUL", "needs_support", "score_hit"]

# Same key. All but the last are within the margin of the text as it stands in the data:
# that one place has a row of just this spelling and another has not says more about the
# data than about the query. So they order, and places that share a key are a tie. But
# who writes a mark means it: a name without it is a runner-up.
_FOLDED: Final = {
    "text": 100.0,
    "case": 99.0,
    "marks": 98.0,
    "plain": 97.0,
    "spelling": 96.0,
    "script": 96.0,
    "mixed": 90.0,
}

# The most that a hit may have which alone must not decide: a possible match to review.
DOUBTFUL: Final = 85.0

# Evidence from the context that puts a candidate behind its rivals: so much that it
# parts homonyms whatever their spelling (96 and 100 - 10 are more than the margin
# apart), and no more than the way from a perfect score to accept.
BEHIND: Final = 10.0

# Evidence against a candidate: from a perfect score to below accept, not below review.
# One contradiction leaves it to a person, two leave nothing.
AGAINST: Final = 20.0

_DIFFERENCES: Final = {
    "text": "",
    "case": "differs in case, space or punctuation",
    "marks": "written without marks",
    "plain": "written without marks",
    "spelling": "another habit of spelling",
    "script": "written in another script",
    "mixed": "other marks",
    "joined": "words joined or parted otherwise",
    "order": "the words are in another order",
    "added": "has a generic word that the name lacks",
    "left": "lacks a generic word of the name",
    "swapped": "has another generic word than the name",
    "class": "spelt otherwise, sounds alike",
    "edits": "one letter differs",
}

# A name that marks tell from another word ("plain") is taken without them from 5
# letters on; shorter ones meet too many other names.
_PLAIN_FROM: Final = 5

_REARRANGED: Final = {
    "joined": 94.0,
    "order": 93.0,
    "added": 92.0,
    "swapped": 91.0,
    "left": 85.0,
}

# From 8 letters on, the same sounds spelt otherwise are accepted, as are single edits
# in 10 letters or more (100 - 100 / 10 = 90).
_LONG: Final = 8
_SAME_SOUNDS: Final = 94.0

# Under 8 letters one edit leads to other real names as often as not: the toll leaves
# names of 4 to 6 letters below review, and those of 7 in it.
_SHORT_TOLL: Final = 14.0

# A form for matching only (a misspelling, say) comes after a name written just so.
_HIDDEN: Final = 96.0

_SHORT_ABBREVIATION: Final = 2


def score_hit(hit: Hit) -> tuple[float, tuple[str, ...]]:
    """Return the score of a hit, 0 to 100, and what was held against it."""
    score, reason = _score_kind(hit)
    reasons = [reason] if reason else []
    form = hit.toponym.form
    if form in ("adj", "demonym"):
        score = min(score, DOUBTFUL)
        kind = "an adjective" if form == "adj" else "a word for the inhabitants"
        reasons.append(f"{kind}, not a name of the place")
    elif form == "hidden":
        score = min(score, _HIDDEN)
        reasons.append("a form kept for matching only")
    return score, tuple(reasons)


def needs_support(hit: Hit) -> bool:
    """Tell whether this abbreviation is too short to be believed by itself.

    Two letters stand for much else; a reviewed default sense or a fitting context
    makes them count.
    """
    toponym = hit.toponym
    return (
        toponym.form == "abbr"
        and len(toponym.name.replace(".", "")) <= _SHORT_ABBREVIATION
        and not (toponym.default_sense and hit.kind == "text")
    )


def _score_kind(hit: Hit) -> tuple[float, str]:
    reason = _DIFFERENCES[hit.kind]
    if hit.kind in _FOLDED:
        if hit.kind in ("plain", "mixed") and hit.length < _PLAIN_FROM:
            return DOUBTFUL, f"{reason}, and short"
        return _FOLDED[hit.kind], reason
    if hit.kind in _REARRANGED:
        return _REARRANGED[hit.kind], reason
    if hit.kind == "class":
        score = min(100 - (100 - hit.similarity) / 2, _SAME_SOUNDS)
        if hit.length < _LONG:
            return min(score, DOUBTFUL), f"{reason}, and short"
        return score, reason
    return _score_edits(hit, reason)


def _score_edits(hit: Hit, reason: str) -> tuple[float, str]:
    score = 100 - 100 * hit.edits / hit.length
    if hit.length < _LONG:
        return score - _SHORT_TOLL, f"{reason}, and it is short"
    if hit.edits > 1:
        return min(score, DOUBTFUL), "two letters differ"
    if hit.first:
        return min(score, DOUBTFUL), "the first letter differs"
    return score, reason
