"""The places that are close to many queries, ranked in NumPy as far as scores go.

What differs between a query and each key that is close to it stands in columns; who
bears a key is known by numbers. With the rivals of each key that gives the scores of
all places, by the function that scores one hit. Which of two places comes first that
score alike is not told here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import numpy as np

from gazetteer.index.closeby import KINDS
from gazetteer.index.hits import Hit
from gazetteer.resolve.nearness import MANY_RIVALS, score_near

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gazetteer.index.closeby import Rows
    from gazetteer.index.settled import Bearers
    from gazetteer.model import Toponym

    Numbers = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

__all__ = ["MOST", "Outlines", "ranked", "score_of"]

MOST: Final = 20
"""From so many places on, what is found is cut."""

_32: Final = 32
_NO_SCORE: Final = -1.0


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


@cache
def score_of(
    kind: str, length: int, edits: int, first: bool, beyond: bool, rivals: int
) -> float:
    """Return the score of a plain name that is near."""
    nobody = cast("Toponym", None)
    hit = Hit(nobody, "fuzzy", 0.0, kind, length, edits, first, beyond, rivals=rivals)
    return score_near(hit)[0]


class _Entries(NamedTuple):
    """Who bears what is close, one name a row.

    Attributes:
        of: number of the query, rising.
        row: of what is close.
        name: number of the name that has the key.
        place: that bears it.
    """

    of: Numbers
    row: Numbers
    name: Numbers
    place: Numbers

    def take(self, at: Numbers) -> _Entries:
        return _Entries(*(column.take(at) for column in self))


def ranked(rows: Rows, count: int, bearers: Bearers) -> tuple[Outlines, Truths]:
    """Rank the places that are close to each query.

    Args:
        rows: what is close.
        count: of queries.
        bearers: of the keys of these rows, and maybe of others behind them.

    Returns:
        The outlines, and of which queries they are right. They are not where so many
        places are close that some are cut, where a name is no plain one, and where one
        name is found by two of its keys.
    """
    size = len(rows.of)
    counts = bearers.offsets[1 : size + 1] - bearers.offsets[:size]
    row = np.repeat(np.arange(size), counts)
    name, place = bearers.rows[: len(row)], bearers.places[: len(row)]
    entries = _Entries(rows.of[row], row, name, place)
    right = np.ones(count, bool)
    right[rows.of[~bearers.plain[:size]]] = False
    # most queries are near to one name of one place
    counts = np.bincount(entries.of, minlength=count)
    several = entries.take(np.flatnonzero(counts.take(entries.of) > 1))
    names = np.sort(several.of << _32 | several.name)
    right[names[1:][np.diff(names) == 0] >> _32] = False
    crowd = entries.take(np.flatnonzero(counts.take(entries.of) >= MOST))
    owners = np.unique(crowd.of << _32 | crowd.place)
    right[np.bincount(owners >> _32, minlength=count) >= MOST] = False
    entries = entries.take(np.flatnonzero(right.take(entries.of)))
    outlined = Outlines(
        np.full(count, -1),
        [()],
        np.full(count, -1),
        np.full(count, -1),
        np.full(count, np.nan),
    )
    outlined.kinds[right] = 0
    if not len(entries.of):
        return outlined, right
    return _outlined(outlined, rows, entries, bearers.texts), right


class _Tops(NamedTuple):
    """The best of each query.

    Attributes:
        query: its number.
        top: score of the best place.
        second: of the second; `_NO_SCORE` without one.
        place: the best; -1 where two are as good.
        row: of what is close, by which it was found; -1 where several are as good.
    """

    query: Numbers
    top: Floats
    second: Floats
    place: Numbers
    row: Numbers


def _outlined(
    outlined: Outlines, rows: Rows, entries: _Entries, texts: Numbers
) -> Outlines:
    alone = np.bincount(entries.of).take(entries.of) == 1
    parts = [
        _tops_alone(rows, entries.take(np.flatnonzero(alone))),
        _tops_of_several(rows, entries.take(np.flatnonzero(~alone))),
    ]
    tops = _Tops(*map(np.concatenate, zip(*parts, strict=True)))
    outlined.places[tops.query] = tops.place
    named = np.flatnonzero(tops.row >= 0)
    query, row = tops.query.take(named), tops.row.take(named)
    outlined.texts[query] = texts.take(row)
    outlined.similarities[query] = rows.similarity.take(row)
    numbers: dict[tuple[float, ...], int] = {(): 0}
    outlined.kinds[tops.query] = [
        numbers.setdefault(
            (top, second) if second != _NO_SCORE else (top,), len(numbers)
        )
        for top, second in zip(tops.top.tolist(), tops.second.tolist(), strict=True)
    ]
    return outlined._replace(scores=list(numbers))


def _tops_alone(rows: Rows, entries: _Entries) -> _Tops:
    """Return the best of queries that are near to one name of one place."""
    none = np.zeros(len(entries.of), np.int64)
    scores = _scores(rows, entries.row, none)
    second = np.full(len(scores), _NO_SCORE)
    return _Tops(entries.of, scores, second, entries.place, entries.row)


def _tops_of_several(rows: Rows, entries: _Entries) -> _Tops:
    # a place may bear several names of one key
    pair = np.unique(entries.of << _32 | entries.place, return_inverse=True)[1]
    _, first = np.unique(pair << _32 | entries.row, return_index=True)
    entries, pair = entries.take(first), pair[first]
    scores = _scores(rows, entries.row, _rivals(rows, entries, pair))
    # of each place the best key, and how many are as good
    order = np.lexsort((-scores, pair))
    begin = np.flatnonzero(np.diff(pair[order], prepend=-1))
    best = order[begin]
    alike = scores == scores[best][pair]
    keys = np.bincount(pair[alike], minlength=len(best))
    # of each query the best place, and the second
    place_order = np.lexsort((-scores[best], entries.of[best]))
    of = entries.of[best][place_order]
    begin = np.flatnonzero(np.diff(of, prepend=-1))
    first = place_order[begin]
    after = np.append(place_order, 0)[begin + 1]
    several = np.append(begin[1:], len(of)) - begin > 1
    second = np.where(several, scores[best[after]], _NO_SCORE)
    query, row = of[begin], entries.row[best[first]]
    top = scores[best[first]]
    told = top > second
    place = np.where(told, entries.place[best[first]], -1)
    # of several keys of a place as good, or of places as good, the keys do not tell
    named = told & (keys[first] == 1) | (np.bincount(rows.of)[query] == 1)
    return _Tops(query, top, second, place, np.where(named, row, -1))


def _rivals(rows: Rows, entries: _Entries, pair: Numbers) -> Numbers:
    """Count for each entry the keys as near that its place does not bear."""
    edits = rows.edits[entries.row]
    near = rows.near[entries.row]
    rivals = _up_to(rows.of, rows.near, entries.of, edits) - _up_to(
        pair, near, pair, edits
    )
    return np.where(edits > 0, rivals, 0)


def _up_to(groups: Numbers, values: Numbers, of: Numbers, most: Numbers) -> Numbers:
    """Count the values of a group up to one."""
    held = np.sort(groups << _32 | values)
    return np.searchsorted(held, of << _32 | most, side="right") - np.searchsorted(
        held, of << _32, side="left"
    )


def _scores(rows: Rows, at: Numbers, rivals: Numbers) -> Floats:
    rivals = np.minimum(rivals, MANY_RIVALS)
    differ = rows.kind[at] << 48 | rows.length[at] << 32 | rows.edits[at] << 16
    differ |= rivals << 2 | rows.first[at].astype(np.int64) << 1 | rows.beyond[at]
    _, first, which = np.unique(differ, return_index=True, return_inverse=True)
    scores = [
        score_of(
            KINDS[rows.kind[row]],
            int(rows.length[row]),
            int(rows.edits[row]),
            bool(rows.first[row]),
            bool(rows.beyond[row]),
            others,
        )
        for row, others in zip(at[first].tolist(), rivals[first].tolist(), strict=True)
    ]
    return np.array(scores)[which]
