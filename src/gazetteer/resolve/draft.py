"""A candidate while its evidence is being weighed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from gazetteer.languages.scripts import primary_language
from gazetteer.resolve.scoring import needs_support, score_hit
from gazetteer.resolve.values import Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.dates import Interval
    from gazetteer.index import Hit
    from gazetteer.model import Place, Toponym

__all__ = ["Draft", "Probe"]

# The score of a hit, what was held against it, and the hit.
_Scored = tuple[float, "tuple[str, ...]", "Hit"]

_ANY_SCORE: Final = 100.0

# Equal keys are one name written by different hands; without marks it may be another.
_SAME_NAME: Final = frozenset({"text", "case", "marks", "spelling", "script"})


class Draft:
    """A candidate while its evidence is being weighed.

    Attributes:
        default_row: the row of this name, in this or another spelling of the same
            key, that is a reviewed default for the place; None without one.
        beginning: how alike the best of equal hits begin; see `Hit.beginning`.
        support: number of co-mentions that speak for it.
        distance: kilometres from the point of the context; infinite where unknown.
    """

    __slots__ = (
        "beginning",
        "default_row",
        "distance",
        "hit",
        "place",
        "prior",
        "reasons",
        "score",
        "slip",
        "support",
        "unsupported",
        "valid",
    )

    default_row: Toponym | None

    def __init__(
        self, place: Place, hits: Sequence[Hit], lang: str, date: Interval | None
    ) -> None:
        """Take the best of the hits of one place."""
        self.place = place
        self.support = 0
        self.distance = math.inf
        if len(hits) == 1:
            self._take(hits[0])
        else:
            self._take_best(hits, lang, date)
        self.valid = date is None or _holds(self.hit.toponym.valid, date)

    def _take(self, hit: Hit) -> None:
        """Take the only hit of the place."""
        self.hit = hit
        self.score, reasons = score_hit(hit)
        self.reasons = list(reasons)
        self.beginning = hit.beginning
        self.slip = hit.slip
        toponym = hit.toponym
        self.default_row = toponym if toponym.default_sense else None
        self.prior = toponym.prior
        self.unsupported = needs_support(hit)

    def _take_best(self, hits: Sequence[Hit], lang: str, date: Interval | None) -> None:
        def rank(scored: _Scored) -> tuple[object, ...]:
            score, _, hit = scored
            toponym = hit.toponym
            return (
                -score,
                not toponym.default_sense,
                date is not None and not toponym.valid.overlaps(date),
                bool(lang) and primary_language(toponym.lang) != lang,
                hit.kind == "script" or not hit.script,
                toponym.derived,
                -toponym.prior,
                toponym.form == "hidden",
                toponym.name_id,
            )

        scored: list[_Scored] = [(*score_hit(hit), hit) for hit in hits]
        scored.sort(key=rank)
        best, reasons, self.hit = scored[0]
        self.score = best
        self.reasons = list(reasons)
        self.default_row = None
        self.beginning = self.hit.beginning
        self.slip = False
        self.prior = self.hit.toponym.prior
        self.unsupported = True
        for score, _, hit in scored:
            toponym = hit.toponym
            if (
                toponym.default_sense
                and self.default_row is None
                and (score == best or hit.kind in _SAME_NAME)
            ):
                self.default_row = toponym
            if score == best:
                self.beginning = max(self.beginning, hit.beginning)
                self.slip = self.slip or hit.slip
                self.prior = max(self.prior, toponym.prior)
                self.unsupported = self.unsupported and needs_support(hit)

    def lower(self, by: float, reason: str, *, floor: float = 0.0) -> None:
        """Take from the score, but not under a floor that it was above."""
        floor = min(self.score, floor)
        self.score = max(self.score - by, floor)
        self.reasons.append(reason)

    def rank(self, lang: str) -> tuple[object, ...]:
        """Return what candidates are sorted by: score, then what only orders."""
        return (
            -self.score,
            not self.hit.script,
            not self.slip,
            -self.beginning,
            -self.support,
            self.distance,
            not self.valid,
            bool(lang) and primary_language(self.hit.toponym.lang) != lang,
            -self.prior,
            self.place.place_id,
        )

    def candidate(self) -> Candidate:
        """Return it as it goes into the answer."""
        return Candidate(
            self.place,
            self.hit.toponym,
            self.hit.method,
            self.hit.similarity,
            self.score,
            tuple(self.reasons),
        )


class Probe(Draft):
    """What a context holds against one place that is the only candidate.

    The rules see no more of such a candidate than its place: they raise no score, and
    by how much they lower it does not depend on what it was.

    Attributes:
        lowered: how often and by how much it was, and down to where.
    """

    __slots__ = ("lowered",)

    def __init__(self, place: Place) -> None:
        """Begin with nothing held against it."""
        super().__init__(place, [_any_hit(place)], "", None)
        self.unsupported = False
        self.lowered: list[tuple[float, float]] = []

    def lower(self, by: float, reason: str, *, floor: float = 0.0) -> None:
        """Note by how much, and down to where."""
        del reason
        self.lowered.append((by, floor))


def _holds(valid: Interval, date: Interval) -> bool:
    return not valid.dated or valid.overlaps(date)


def _any_hit(place: Place) -> Hit:
    from gazetteer.index.hits import Hit

    return Hit(place.toponyms[0], "exact", _ANY_SCORE)
