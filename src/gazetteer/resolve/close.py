"""How sure the places are that are close to a query: as far as a column needs it.

Names that are near are scored by what differs and by their rivals, and the keys tell
both. So the scores of the places are known before any of them is read, by the same
function that scores one hit, and with them which decision applies.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from gazetteer.index.hits import Hit
from gazetteer.resolve.nearness import score_near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index.close import Close
    from gazetteer.index.settled import Bearers, Settled
    from gazetteer.model import Toponym

__all__ = ["Outline", "outlines"]

# From so many places on, what is found is cut.
_MOST: Final = 20


class Outline(NamedTuple):
    """What is close to one query.

    Attributes:
        scores: of the best place and of the second, as many as there are. Queries for
            which they are equal are decided alike.
        place: number of the best; -1 for none, or where several are.
        text: number of the name by which it was found; -1 if that is not known.
        similarity: to that name.
        known: whether name and similarity are known.
    """

    scores: tuple[float, ...]
    place: int
    text: int
    similarity: float | None
    known: bool


_NOTHING: Final = Outline((), -1, -1, None, known=True)

_Told = tuple[str, Any, int]


def outlines(closes: Sequence[Close], settled: Settled) -> list[Outline | None]:
    """Return the outline of each; None where the decision may depend on more."""
    found = [list(close.told_apart()) for close in closes]
    bearers = settled.bearers_of([key for each in found for key, _, _ in each])
    made: list[Outline | None] = []
    start = 0
    for close, each in zip(closes, found, strict=True):
        numbers = range(start, start + len(each))
        start += len(each)
        if not each:
            made.append(_NOTHING)
        elif not all(map(bearers.plain.__getitem__, numbers)) or _of_types(each):
            made.append(None)
        elif len(each) == 1:
            made.append(_of_one(each[0], bearers, numbers[0]))
        else:
            made.append(_of_several(close, each, bearers, numbers))
    return made


def _of_types(found: Sequence[_Told]) -> bool:
    """Tell whether generic words speak for types of place."""
    return any(differs.types or differs.own_types for _, differs, _ in found)


@cache
def _score(
    kind: str, length: int, edits: int, first: bool, beyond: bool, rivals: int
) -> float:
    """Return the score of a plain name that is near."""
    nobody = cast("Toponym", None)
    hit = Hit(nobody, "fuzzy", 0.0, kind, length, edits, first, beyond, rivals=rivals)
    return score_near(hit)[0]


def _of_one(told: _Told, bearers: Bearers, at: int) -> Outline | None:
    _, (similarity, kind, length, edits, first, beyond, *_), _ = told
    score = _score(kind, length, edits, first, beyond, 0)
    start, end = bearers.offsets[at], bearers.offsets[at + 1]
    places = set(bearers.places[start:end])
    text = bearers.texts[at]
    if len(places) > _MOST:
        return None
    if len(places) > 1:
        return Outline((score, score), -1, text, similarity, known=text >= 0)
    return Outline((score,), places.pop(), text, similarity, known=text >= 0)


def _of_several(
    close: Close, found: Sequence[_Told], bearers: Bearers, numbers: Sequence[int]
) -> Outline | None:
    told_of = {told[0]: (told, at) for told, at in zip(found, numbers, strict=True)}
    # as names are read: the nearest and most alike first, and as many as are wanted
    mine: dict[int, set[str]] = {}
    counted: dict[int, list[str]] = {}
    taken: set[int] = set()
    for key in close.in_order():
        if len(mine) >= _MOST:
            break
        at = told_of[key][1]
        for entry in range(bearers.offsets[at], bearers.offsets[at + 1]):
            place, row = bearers.places[entry], bearers.rows[entry]
            mine.setdefault(place, set()).add(key)
            if row not in taken:
                # a name that has two keys counts by the first
                taken.add(row)
                keys = counted.setdefault(place, [])
                if key not in keys:
                    keys.append(key)
    if len(mine) > _MOST:
        return None
    ranked = []
    for place, keys in counted.items():
        scores = [_rivalled(told_of[key][0], found, mine[place]) for key in keys]
        ranked.append((max(scores), place, scores))
    ranked.sort(key=lambda each: -each[0])
    best, place, scores = ranked[0]
    if len(ranked) > 1 and ranked[1][0] == best:
        # which comes first depends on how alike it begins, and more
        return Outline((best, best), -1, -1, None, known=False)
    both = (best, ranked[1][0]) if len(ranked) > 1 else (best,)
    if scores.count(best) > 1:
        return Outline(both, place, -1, None, known=False)
    told, at = told_of[counted[place][scores.index(best)]]
    text = bearers.texts[at]
    return Outline(both, place, text, told[1].similarity, known=text >= 0)


def _rivalled(told: _Told, found: Sequence[_Told], mine: set[str]) -> float:
    """Return the score of a key with its rivals: what is as near and another's."""
    _, (_, kind, length, edits, first, beyond, *_), _ = told
    rivals = 0
    if edits:
        for key, _, near in found:
            if near <= edits and key not in mine:
                rivals += 1
    return _score(kind, length, edits, first, beyond, rivals)
