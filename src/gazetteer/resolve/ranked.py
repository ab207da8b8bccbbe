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

    def take(self, at: Numbers | Truths) -> _Entries:
        return _Entries(*(column[at] for column in self))


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
    names = np.sort(entries.of << _32 | entries.name)
    right[names[1:][np.diff(names) == 0] >> _32] = False
    owners = np.unique(entries.of << _32 | entries.place)
    right[np.bincount(owners >> _32, minlength=count) >= MOST] = False
    entries = entries.take(right[entries.of])
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


def _outlined(
    outlined: Outlines, rows: Rows, entries: _Entries, texts: Numbers
) -> Outlines:
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
    outlined.places[query[told]] = entries.place[best[first]][told]
    # of several keys of a place as good, or of places as good, the keys do not tell
    named = told & (keys[first] == 1) | (np.bincount(rows.of)[query] == 1)
    outlined.texts[query[named]] = texts[row[named]]
    outlined.similarities[query[named]] = rows.similarity[row[named]]
    both, which = np.unique(
        np.stack((top, second), axis=1), axis=0, return_inverse=True
    )
    outlined.kinds[query] = 1 + which.reshape(-1)
    found = [tuple(each[: 1 + (each[1] != _NO_SCORE)]) for each in both.tolist()]
    return outlined._replace(scores=[(), *found])


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
