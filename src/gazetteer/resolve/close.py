"""How sure the places are that are close to a query: as far as a column needs it.

Names that are near are scored by what differs and by their rivals, and the keys tell
both. So the scores of the places are known before any of them is read, by the same
function that scores one hit, and with them which decision applies.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gazetteer.index.close import in_order
from gazetteer.resolve.nearness import MANY_RIVALS
from gazetteer.resolve.ranked import MOST, ranked, score_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.index.close import Difference
    from gazetteer.index.closeby import CloseBy, Told
    from gazetteer.index.settled import Bearers, Settled
    from gazetteer.index.stacked import SettledStack
    from gazetteer.resolve.ranked import Outlines

__all__ = ["outlines"]


class Outline(NamedTuple):
    """What is close to one query.

    Attributes:
        scores: of the best place and of the second, as many as there are. Queries for
            which they are equal are decided alike.
        place: number of the best; -1 for none, or where several are.
        text: number of the name by which it was found; -1 if that is not known.
        similarity: to that name.
    """

    scores: tuple[float, ...]
    place: int = -1
    text: int = -1
    similarity: float | None = None


def outlines(found: CloseBy, settled: Settled | SettledStack) -> Outlines:
    """Return the outlines of what is close to some queries."""
    rows = found.rows
    told = {at: list(found.made[at].told_apart()) for at in sorted(found.made)}
    keys = rows.keys + [key for each in told.values() for key, _, _ in each]
    bearers = settled.bearers_of(keys)
    outlined, plain = ranked(rows, len(found.texts), bearers)
    plain[list(told)] = False
    numbers = {scores: number for number, scores in enumerate(outlined.scores)}
    start = len(rows.keys)
    for at in np.flatnonzero(~plain).tolist():
        each = told.get(at)
        if each is None:
            each = found.told_apart(at)
            which = range(found.starts[at], found.starts[at + 1])
        else:
            which = range(start, start + len(each))
            start += len(each)
        outline = _outline(found.keys[at], each, bearers, which)
        if outline is None:
            outlined.kinds[at] = -1
            continue
        scores, place, text, similarity = outline
        outlined.kinds[at] = numbers.setdefault(scores, len(numbers))
        outlined.places[at], outlined.texts[at] = place, text
        outlined.similarities[at] = math.nan if similarity is None else similarity
    return outlined._replace(scores=list(numbers))


def _outline(
    key: str, found: Sequence[Told], bearers: Bearers, numbers: Sequence[int]
) -> Outline | None:
    """Return the outline of one; None where the decision may depend on more."""
    if not found:
        return Outline(())
    if not bearers.plain[numbers].all() or _by_the_name(found):
        return None
    if len(found) == 1:
        return _of_one(found[0], bearers, numbers[0])
    return _of_several(key, found, bearers, numbers)


def _by_the_name(found: Sequence[Told]) -> bool:
    """Tell whether more than the keys counts.

    Generic words speak for types of place; of the names that have a key only some have
    the letter for which two stand.
    """
    return any(
        differs.types or differs.own_types or differs.kind == "digraph"
        for _, differs, _ in found
    )


def _of_one(told: Told, bearers: Bearers, at: int) -> Outline | None:
    _, (similarity, kind, length, edits, first, beyond, *_), _ = told
    score = score_of(kind, length, edits, first, beyond, 0)
    start, end = bearers.offsets[at], bearers.offsets[at + 1]
    places = set(bearers.places[start:end].tolist())
    text = int(bearers.texts[at])
    if len(places) > MOST:
        return None
    if len(places) > 1:
        return Outline((score, score), -1, text, similarity)
    return Outline((score,), places.pop(), text, similarity)


def _of_several(
    asked: str, found: Sequence[Told], bearers: Bearers, numbers: Sequence[int]
) -> Outline | None:
    told_of = {told[0]: (told, at) for told, at in zip(found, numbers, strict=True)}
    start = bearers.offsets[numbers[0]]
    entries = slice(start, bearers.offsets[numbers[-1] + 1])
    places, rows = bearers.places[entries].tolist(), bearers.rows[entries].tolist()
    offsets = (bearers.offsets[numbers[0] : numbers[-1] + 2] - start).tolist()
    # as names are read: the nearest and most alike first, and as many as are wanted
    mine: dict[int, set[str]] = {}
    counted: dict[int, list[str]] = {}
    taken: set[int] = set()
    for key in in_order(asked, {key: differs for key, differs, _ in found}):
        if len(mine) >= MOST:
            break
        at = told_of[key][1] - numbers[0]
        borne = slice(offsets[at], offsets[at + 1])
        for place, row in zip(places[borne], rows[borne], strict=True):
            mine.setdefault(place, set()).add(key)
            if row not in taken:
                # a name that has two keys counts by the first
                taken.add(row)
                keys = counted.setdefault(place, [])
                if key not in keys:
                    keys.append(key)
    near_of = {key: near for key, _, near in found}
    every = sorted(near_of.values())
    ranked = []
    for place, keys in counted.items():
        own = [near_of[key] for key in mine[place]]
        scores = [_rivalled(told_of[key][0][1], every, own) for key in keys]
        ranked.append((max(scores), place, scores))
    ranked.sort(key=lambda each: -each[0])
    if len(ranked) > MOST and not _whichever_are_cut(ranked, counted, told_of):
        return None
    best, place, scores = ranked[0]
    if len(ranked) > 1 and ranked[1][0] == best:
        # which comes first depends on how alike it begins, and more
        return Outline((best, best))
    both = (best, ranked[1][0]) if len(ranked) > 1 else (best,)
    if scores.count(best) > 1:
        return Outline(both, place)
    told, at = told_of[counted[place][scores.index(best)]]
    return Outline(both, place, int(bearers.texts[at]), told[1].similarity)


def _whichever_are_cut(
    ranked: Sequence[tuple[float, int, list[float]]],
    counted: Mapping[int, Sequence[str]],
    told_of: Mapping[str, tuple[Told, int]],
) -> bool:
    """Tell whether the best two scores stay, whichever places are cut of those read.

    The least alike are, and of those that are equally alike it is not known which.

    Args:
        ranked: scores and places, the best first.
        counted: keys by place.
        told_of: what differs by key.
    """
    alike = {
        place: max(told_of[key][0][1].alike for key in keys)
        for place, keys in counted.items()
    }
    in_order = sorted(alike.values(), reverse=True)
    # what is more alike than the first that may be cut stays
    least = in_order[MOST]
    cut = len(ranked) - MOST
    (best, place, _), (second, _, _), *_ = ranked
    rest = [other for score, other, _ in ranked[1:] if score == second]
    if alike[place] <= least and best != second:
        return False
    return len(rest) > cut or any(alike[other] > least for other in rest)


def _rivalled(differs: Difference, every: Sequence[int], own: Sequence[int]) -> float:
    """Return the score of a key with its rivals: what is as near and another's.

    Args:
        differs: what tells the key from the query.
        every: edits of all that is close, rising.
        own: edits of what the same place bears.
    """
    _, kind, length, edits, first, beyond, *_ = differs
    rivals = 0
    if edits:
        rivals = bisect_right(every, edits) - sum(near <= edits for near in own)
    return score_of(kind, length, edits, first, beyond, min(rivals, MANY_RIVALS))
