"""How sure the places are that are close to a query: as far as a column needs it.

Names that are near are scored by what differs and by their rivals, and the keys tell
both. So the scores of the places are known before any of them is read, by the same
function that scores one hit, and with them which decision applies.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import numpy as np

from gazetteer.index.closeby import KINDS
from gazetteer.index.hits import Hit
from gazetteer.resolve.nearness import score_near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gazetteer.index.close import Close
    from gazetteer.index.closeby import CloseBy, Rows
    from gazetteer.index.settled import Bearers, Settled
    from gazetteer.model import Toponym

    Numbers = NDArray[np.int64]

__all__ = ["Outlines", "outlines"]

# From so many places on, what is found is cut.
_MOST: Final = 20
_SEVERAL: Final = 2


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


class Outlines(NamedTuple):
    """What is close to each of many queries.

    Attributes:
        kinds: number of the scores of each; -1 where the decision may depend on more.
        scores: as of `Outline`, each once.
        places, texts, similarities: as of `Outline`; `math.nan` if not known.
    """

    kinds: Numbers
    scores: list[tuple[float, ...]]
    places: Numbers
    texts: Numbers
    similarities: NDArray[np.float64]


_Told = tuple[str, Any, int]


def outlines(found: CloseBy, settled: Settled) -> Outlines:
    """Return the outlines of what is close to some queries."""
    count = len(found.texts)
    rows = found.rows
    told = {at: list(found.made[at].told_apart()) for at in sorted(found.made)}
    keys = rows.keys + [key for each in told.values() for key, _, _ in each]
    bearers = settled.bearers_of(keys)
    outlined = Outlines(
        np.full(count, -1),
        [()],
        np.full(count, -1),
        np.full(count, -1),
        np.full(count, math.nan),
    )
    numbers: dict[tuple[float, ...], int] = {(): 0}
    counts = np.diff(found.starts)
    counts[list(told)] = _SEVERAL
    outlined.kinds[counts == 0] = 0
    alone = np.flatnonzero(counts == 1)
    left = _add_single(outlined, numbers, rows, found.starts[alone], bearers)
    several = np.flatnonzero(counts >= _SEVERAL).tolist()
    start = len(rows.keys)
    for at in sorted([*several, *rows.of[left].tolist()]):
        close = found.close(at)
        each = told.get(at)
        if each is None:
            each = list(close.told_apart())
            which = range(found.starts[at], found.starts[at + 1])
        else:
            which = range(start, start + len(each))
            start += len(each)
        outline = _outline(close, each, bearers, which)
        if outline is not None:
            scores, place, text, similarity = outline
            outlined.kinds[at] = numbers.setdefault(scores, len(numbers))
            outlined.places[at], outlined.texts[at] = place, text
            outlined.similarities[at] = math.nan if similarity is None else similarity
    return outlined._replace(scores=list(numbers))


def _add_single(
    outlined: Outlines,
    numbers: dict[tuple[float, ...], int],
    rows: Rows,
    at: Numbers,
    bearers: Bearers,
) -> Numbers:
    """Add what is close by one key that one place bears; return the other rows.

    Args:
        outlined: to add to.
        numbers: of scores, to add to.
        rows: of what is close.
        at: the rows of queries that have no other.
        bearers: of the keys of all rows.
    """
    begin = bearers.offsets[at]
    one = bearers.plain[at] & (bearers.offsets[at + 1] - begin == 1)
    left: Numbers = at[~one]
    at, begin = at[one], begin[one]
    differ = rows.kind[at] << 32 | rows.length[at] << 16 | rows.edits[at] << 2
    differ |= rows.first[at].astype(np.int64) << 1 | rows.beyond[at]
    _, first, which = np.unique(differ, return_index=True, return_inverse=True)
    kinds = []
    for row in at[first].tolist():
        score = _score(
            KINDS[rows.kind[row]],
            int(rows.length[row]),
            int(rows.edits[row]),
            bool(rows.first[row]),
            bool(rows.beyond[row]),
            0,
        )
        kinds.append(numbers.setdefault((score,), len(numbers)))
    of = rows.of[at]
    outlined.kinds[of] = np.array(kinds, np.int64)[which]
    outlined.places[of] = bearers.places[begin]
    outlined.texts[of] = bearers.texts[at]
    outlined.similarities[of] = rows.similarity[at]
    return left


def _outline(
    close: Close, found: Sequence[_Told], bearers: Bearers, numbers: Sequence[int]
) -> Outline | None:
    """Return the outline of one; None where the decision may depend on more."""
    if not found:
        return Outline(())
    if not bearers.plain[numbers].all() or _of_types(found):
        return None
    if len(found) == 1:
        return _of_one(found[0], bearers, numbers[0])
    return _of_several(close, found, bearers, numbers)


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
    places = set(bearers.places[start:end].tolist())
    text = int(bearers.texts[at])
    if len(places) > _MOST:
        return None
    if len(places) > 1:
        return Outline((score, score), -1, text, similarity)
    return Outline((score,), places.pop(), text, similarity)


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
        entries = slice(bearers.offsets[at], bearers.offsets[at + 1])
        borne = bearers.places[entries].tolist(), bearers.rows[entries].tolist()
        for place, row in zip(*borne, strict=True):
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
        return Outline((best, best))
    both = (best, ranked[1][0]) if len(ranked) > 1 else (best,)
    if scores.count(best) > 1:
        return Outline(both, place)
    told, at = told_of[counted[place][scores.index(best)]]
    return Outline(both, place, int(bearers.texts[at]), told[1].similarity)


def _rivalled(told: _Told, found: Sequence[_Told], mine: set[str]) -> float:
    """Return the score of a key with its rivals: what is as near and another's."""
    _, (_, kind, length, edits, first, beyond, *_), _ = told
    rivals = 0
    if edits:
        for key, _, near in found:
            if near <= edits and key not in mine:
                rivals += 1
    return _score(kind, length, edits, first, beyond, rivals)
