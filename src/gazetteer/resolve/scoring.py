"""How far the strings alone are to be trusted: a hit becomes a score.

What shares a key is ranked by judgement. What is only near is scored by how often it
was right in measurements, which are told in `gazetteer.resolve.nearness`. Both stand on
the scale of the default `Policy` (accept 90, review 70, margin 5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.resolve.nearness import NEAR, score_near

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
}

# A name that marks tell from another word ("plain") is taken without them from 5
# letters on; shorter ones meet too many other names.
_PLAIN_FROM: Final = 5

# Forms that say less than a name.
_LEFT_BEHIND: Final = frozenset({"adj", "demonym", "hidden"})

# A form for matching only (a misspelling, say) comes after a name written just so.
_HIDDEN: Final = 96.0

_SHORT_ABBREVIATION: Final = 2


def score_hit(hit: Hit) -> tuple[float, tuple[str, ...]]:
    """Return the score of a hit, 0 to 100, and what was held against it."""
    kind = hit.kind
    if kind in NEAR:
        score, reason = score_near(hit)
    else:
        score, reason = _FOLDED[kind], _DIFFERENCES[kind]
        if kind in ("plain", "mixed") and hit.length < _PLAIN_FROM:
            score, reason = DOUBTFUL, f"{reason}, and short"
    form = hit.toponym.form
    if form not in _LEFT_BEHIND:
        return score, (reason,) if reason else ()
    reasons = [reason] if reason else []
    if form in ("adj", "demonym"):
        score = min(score, DOUBTFUL)
        kind = "an adjective" if form == "adj" else "a word for the inhabitants"
        reasons.append(f"{kind}, not a name of the place")
    else:
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
