"""A column of queries: which decision applies to which, each made once.

The decision itself is `Resolver.resolve`'s and nobody else's. Of most names of a column
the store knows which place bears them, and how those of other places differ
(`gazetteer.index.settled`). Names of one sort that nothing but their text tells apart
are decided alike. So one of each sort is resolved, and its outcome, method, scores and
margin are those of all; the id and the name are each one's own. Where a context asks
for the place itself, what it does to each place is asked of the rules first, and one
name is resolved of each sort to whose place they do the same. All other names are
resolved one by one.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer.index.column import Column
from gazetteer.index.settled import ABSENT, SORTS, UNTOLD
from gazetteer.index.settling import KINDS
from gazetteer.resolve.answers import Joined, Shared
from gazetteer.resolve.close import outlines
from gazetteer.resolve.columns import Resolutions
from gazetteer.resolve.composed import SIGNS, split
from gazetteer.resolve.values import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from gazetteer.index import Index
    from gazetteer.index.closeby import CloseBy
    from gazetteer.index.settled import Found, Settled
    from gazetteer.index.stacked import SettledStack
    from gazetteer.resolve.context import Reading
    from gazetteer.resolve.ranked import Outlines
    from gazetteer.resolve.values import Policy, Resolution

    Decide = Callable[[str, Reading, Policy], Resolution]
    Profile = tuple[tuple[float, float], ...] | str | None
    ToProfile = Callable[[str, Reading, Policy], Profile]
    Numbers = NDArray[np.int64]

__all__ = ["Many"]

_AT_ONCE: Final = 16_384
"""Queries that go through the steps together: their arrays fit the caches."""

_NEAR_AT_ONCE: Final = 8_192
"""Queries whose neighbourhoods are held together; more would burden the collector."""

_FORESEEN: Final = 64
"""From so many on, what is near is looked for at once."""

_SAMPLE: Final = 4_096
_KEPT: Final = 32_768
"""How many answers are kept for a column that asks again."""

_CONTEXTS: Final = 64
"""In how many contexts decisions are remembered."""

_WORTH: Final = 0.9
"""Of a sample so large a share must be new for it to be all different names."""

_OTHERS: Final = (1 << len(KINDS)) - 1
"""Bits of a sort that other places share a key with."""

_PROFILE: Final = 0xFFFF_FFFF
_UNKNOWN: Final = -1
_ALONE: Final = -2
_TRIES: Final = 3


class Many:
    """Answers whole columns, for a resolver."""

    def __init__(self, index: Index, decide: Decide, profile: ToProfile) -> None:
        """Hold what finds, and what decides one query in a reading by a policy.

        Args:
            index: of the names.
            decide: decides one query in a reading by a policy.
            profile: tells what a reading does to one place.
        """
        self._index = index
        self._decide = decide
        self._profile = profile
        self._kept = _Kept()
        self._decisions: dict[tuple[Context, Policy], _Decisions] = {}

    def answer(
        self, queries: Sequence[str], reading: Reading, policy: Policy
    ) -> Resolutions:
        """Answer queries that have one context."""
        kept = self._kept
        if kept.asked != (reading, policy):
            kept = self._kept = _Kept((reading, policy))
        if not kept.pays_for(queries):
            answers = self._answers(queries, reading, policy)
            kept.add(queries, answers)
            return Resolutions.of(answers)
        numbers = list(map(kept.numbers.get, queries))
        if None not in numbers:
            return Resolutions.of(kept.answers, numbers)  # type: ignore[arg-type]
        distinct = dict.fromkeys(queries)
        new = [query for query in distinct if query not in kept.numbers]
        answers = self._answers(new, reading, policy)
        if kept.add(new, answers):
            numbers = list(map(kept.numbers.get, queries))
            return Resolutions.of(kept.answers, numbers)  # type: ignore[arg-type]
        if len(new) < len(distinct):
            new = list(distinct)
            answers = self._answers(new, reading, policy)
        of_each = dict(zip(new, range(len(new)), strict=True))
        return Resolutions.of(answers, list(map(of_each.__getitem__, queries)))

    def answer_each(
        self, queries: Sequence[str], readings: Sequence[Reading], policy: Policy
    ) -> Resolutions:
        """Answer queries that have a context each."""
        by_reading: dict[int, dict[str, int]] = {}
        at: list[tuple[int, int]] = []
        kinds: dict[int, Reading] = {}
        for query, reading in zip(queries, readings, strict=True):
            kind = id(reading)
            kinds[kind] = reading
            known = by_reading.setdefault(kind, {})
            at.append((kind, known.setdefault(query, len(known))))
        starts: dict[int, int] = {}
        joined = Joined()
        for kind, known in by_reading.items():
            starts[kind] = len(joined)
            joined.add(self._answers(list(known), kinds[kind], policy))
        return Resolutions.of(joined, [starts[kind] + number for kind, number in at])

    def _answers(
        self, queries: Sequence[str], reading: Reading, policy: Policy
    ) -> Joined:
        decisions = self._decisions_in(reading, policy)
        settled = self._index.settled
        parts = []
        for start in range(0, len(queries), _AT_ONCE):
            piece = queries[start : start + _AT_ONCE]
            parts.append(self._shared(piece, decisions, settled))
        return Joined(parts)

    def _decisions_in(self, reading: Reading, policy: Policy) -> _Decisions:
        asked = (reading.context, policy)
        found = self._decisions.get(asked)
        if found is None or found.many:
            if len(self._decisions) >= _CONTEXTS:
                self._decisions = {}
            found = self._decisions[asked] = _Decisions(
                self._decide, self._profile, reading, policy
            )
        return found

    def _shared(
        self,
        queries: Sequence[str],
        decisions: _Decisions,
        settled: Settled | SettledStack,
    ) -> Shared:
        answers = Shared(queries, decisions.made, decisions.resolve)
        if decisions.reading.mentioned:
            answers.own = self._one_by_one(dict(enumerate(queries)), decisions)
            return answers
        column = Column(queries)
        found = settled.find(column)
        ids, sound = settled.ids_of(found.places)
        which = decisions.of(queries, found, ids)
        which[(found.places >= 0) & ~sound] = _ALONE
        answers.share(which, ids, found.names, settled.names_of)
        answers.vague.update(np.flatnonzero(found.names == UNTOLD).tolist())
        absent = np.flatnonzero(found.sorts == ABSENT)
        if len(absent) >= _FORESEEN:
            for start in range(0, len(absent), _NEAR_AT_ONCE):
                piece = absent[start : start + _NEAR_AT_ONCE].tolist()
                self._add_near(answers, column.part(piece), piece, decisions, settled)
        which[which < 0] = _UNKNOWN
        rest = np.flatnonzero(which < 0).tolist()
        alone = {at: queries[at] for at in rest if at not in answers.own}
        answers.own |= self._one_by_one(alone, decisions)
        return answers

    def _add_near(
        self,
        answers: Shared,
        column: Column,
        absent: Sequence[int],
        decisions: _Decisions,
        settled: Settled | SettledStack,
    ) -> None:
        """Answer queries that bear no name by what is close to them.

        Args:
            answers: to be added to.
            column: the queries.
            absent: where they stand among those that are answered.
            decisions: in their context.
            settled: of the names of the stores.
        """
        asked = column.given
        found = self._index.close_to(column)
        outlined = outlines(found, settled)
        kinds = np.where(_unsure(asked, found, settled), _UNKNOWN, outlined.kinds)
        ids, sound = settled.ids_of(outlined.places)
        kinds[~sound & (outlined.places >= 0)] = _UNKNOWN
        which = decisions.near(asked, kinds, outlined, ids)
        at = np.array(absent)
        answers.which[at] = which
        answers.ids[at] = ids
        answers.names[at] = outlined.texts
        some = (which >= 0) & decisions.some[np.maximum(which, 0)]
        told = np.flatnonzero(some & (outlined.texts >= 0))
        similar = outlined.similarities[told].tolist()
        answers.similar.update(zip(at[told].tolist(), similar, strict=True))
        answers.vague.update(at[some & (outlined.texts < 0)].tolist())
        left = np.flatnonzero(which < 0)
        self._index.expect(map(found.close, left.tolist()))
        alone = {absent[row]: asked[row] for row in left.tolist()}
        answers.own |= self._one_by_one(alone, decisions, foreseen=True)

    def _one_by_one(
        self,
        queries: dict[int, str],
        decisions: _Decisions,
        *,
        foreseen: bool = False,
    ) -> dict[int, Resolution]:
        if not foreseen and len(queries) >= _FORESEEN:
            self._index.foresee(queries.values())
        known: dict[str, Resolution] = {}
        own = {}
        for at, query in queries.items():
            answer = known.get(query)
            if answer is None:
                answer = known[query] = decisions.resolve(query)
            own[at] = answer
        return own


class _Decisions:
    """Decisions in one context by one policy, each made when it is first needed.

    Attributes:
        made: answers to one query of each kind.
        of_place: whether they depend on the place itself.
    """

    def __init__(
        self, decide: Decide, profile: ToProfile, reading: Reading, policy: Policy
    ) -> None:
        self._decide = decide
        self._profile = profile
        self.reading = reading
        self._policy = policy
        self.made: list[Resolution] = []
        self._numbers: dict[int, int] = {0: _ALONE}
        self._lock = Lock()
        self._of_scores: dict[tuple[tuple[float, ...], int], int] = {}
        # 0 is for a place whose profile is not asked for
        self._profiles: dict[Profile, int] = {"": 0}
        self.of_place = _asks_for_places(reading)
        self._by_sort = np.full(1 if self.of_place else SORTS, _UNKNOWN, np.int32)
        self._by_sort[0] = _ALONE

    @property
    def many(self) -> bool:
        """Whether there are so many that they had better be forgotten."""
        return len(self.made) > _KEPT

    def resolve(self, query: str) -> Resolution:
        """Return the answer to one query by itself."""
        return self._decide(query, self.reading, self._policy)

    def of(self, queries: Sequence[str], found: Found, ids: NDArray[Any]) -> Numbers:
        """Return the number of the decision on each query; below 0 for none."""
        sorts = np.maximum(found.sorts, 0)
        if self.of_place:
            # where there are several, each may fit the context or not
            single = (sorts > 0) & (sorts & _OTHERS == 0) & (found.places >= 0)
            profiles = self._profiles_of(found.places, ids, single)
            kinds = np.where(profiles > 0, sorts << 32 | profiles, 0)
            distinct, inverse = np.unique(kinds, return_inverse=True)
            numbers = [
                self._number(kind, inverse == at, queries, ids)
                for at, kind in enumerate(distinct.tolist())
            ]
            return np.array(numbers, np.int64)[inverse]
        which = self._by_sort[sorts].astype(np.int64)
        while (at := np.flatnonzero(which == _UNKNOWN)[:1]).size:
            sort = int(sorts[at[0]])
            self._by_sort[sort] = self._number(sort, sorts == sort, queries, ids)
            which = self._by_sort[sorts].astype(np.int64)
        return which

    @property
    def some(self) -> NDArray[np.bool_]:
        """Of which decisions there is a candidate."""
        return np.array([bool(each.candidates) for each in self.made] or [False])

    def _profiles_of(
        self, places: Numbers, ids: NDArray[Any], asked: NDArray[np.bool_]
    ) -> Numbers:
        """Return the number of the profile of the place of each query; 0 for none.

        Args:
            places: numbers of the places.
            ids: of the places.
            asked: of which queries.
        """
        profiles = np.zeros(len(places), np.int64)
        at = np.flatnonzero(asked)
        _, first, inverse = np.unique(
            places[at], return_index=True, return_inverse=True
        )
        numbers = []
        for place_id in ids[at[first]].tolist():
            profile = (
                self._profile(place_id, self.reading, self._policy) if place_id else ""
            )
            numbers.append(self._profiles.setdefault(profile, len(self._profiles)))
        profiles[at] = np.array(numbers, np.int64)[inverse]
        return profiles

    def _number(
        self,
        kind: int,
        same: NDArray[np.bool_],
        queries: Sequence[str],
        ids: NDArray[Any],
    ) -> int:
        number = self._numbers.get(kind)
        if number is None:
            rows = np.flatnonzero(same)[:_TRIES].tolist()
            samples = [(queries[row], ids[row]) for row in rows]
            number = self._new(samples, kind & _PROFILE if self.of_place else 0)
            self._numbers[kind] = number
        return number

    def _new(self, samples: Sequence[tuple[str, str | None]], profile: int) -> int:
        for query, place_id in samples:
            answer = self.resolve(query)
            if profile:
                if self._fits(answer, place_id, profile):
                    return self._keep(answer)
            elif place_id is None or all(
                candidate.place_id == place_id for candidate in answer.candidates[:1]
            ):
                return self._keep(answer)
        # what was to be sampled is damaged
        return _ALONE

    def _fits(self, answer: Resolution, place_id: str | None, profile: int) -> bool:
        """Tell whether an answer is about a place of a profile and about no other."""
        there = profile != self._profiles.get(None)
        found = [candidate.place_id for candidate in answer.candidates]
        return found == ([place_id] if there else [])

    def _keep(self, answer: Resolution) -> int:
        with self._lock:
            self.made.append(answer)
            return len(self.made) - 1

    def near(
        self,
        queries: Sequence[str],
        kinds: Numbers,
        outlined: Outlines,
        ids: NDArray[Any],
    ) -> Numbers:
        """Return the number of the decision by what is close; below 0 for none.

        Args:
            queries: that bear no name.
            kinds: for each the number of its scores, or below 0.
            outlined: what is close to them.
            ids: of the best places.
        """
        which = np.full(len(queries), _ALONE, np.int64)
        profiles = np.zeros(len(queries), np.int64)
        if self.of_place:
            counts = np.array([len(scores) for scores in outlined.scores])[kinds]
            single = (kinds >= 0) & (counts == 1) & (outlined.places >= 0)
            profiles = self._profiles_of(outlined.places, ids, single)
            kinds = np.where((profiles > 0) | (counts == 0), kinds, _UNKNOWN)
        sorts = np.where(kinds >= 0, kinds << 32 | profiles, _UNKNOWN)
        order = np.argsort(sorts, kind="stable")
        distinct, begin = np.unique(sorts[order], return_index=True)
        ends = np.append(begin[1:], len(order)).tolist()
        for sort, start, end in zip(
            distinct.tolist(), begin.tolist(), ends, strict=True
        ):
            if sort < 0:
                continue
            scores, rows = outlined.scores[sort >> 32], order[start:end]
            for tried, row in enumerate(rows.tolist()):
                number = self._near(queries[row], scores, sort & _PROFILE, ids[row])
                if number >= 0:
                    which[rows[tried:]] = number
                    break
        return which

    def _near(
        self, query: str, scores: tuple[float, ...], profile: int, place_id: str | None
    ) -> int:
        number = self._of_scores.get((scores, profile), _UNKNOWN)
        if number < 0:
            answer = self.resolve(query)
            if profile:
                fits = self._fits(answer, place_id, profile)
            else:
                fits = scores == tuple([each.score for each in answer.candidates[:2]])
            if not fits:
                return _ALONE  # what is close to this one is damaged
            number = self._of_scores[scores, profile] = self._keep(answer)
        return number


def _unsure(
    queries: Sequence[str], found: CloseBy, settled: Settled | SettledStack
) -> NDArray[np.bool_]:
    """Tell which queries may be an id, unfit, or several names."""
    unsure = settled.unsure(found.texts)
    a, b, c = tuple(SIGNS)
    for at, query in enumerate(queries):
        if a in query or b in query or c in query:
            unsure[at] |= split(query) is not None
    return unsure


def _asks_for_places(reading: Reading) -> bool:
    """Tell whether a context asks more of a place than the language of its name."""
    return reading.context._replace(lang=None) != Context()


class _Kept:
    """Answers that are kept for a column that asks again.

    Only such as share decisions, which hold no places; and no more than some.
    """

    def __init__(self, asked: tuple[Reading, Policy] | None = None) -> None:
        self.asked = asked
        self.numbers: dict[str, int] = {}
        self.answers = Joined(keep=True)
        self._lock = Lock()

    def add(self, queries: Sequence[str], answers: Joined) -> bool:
        """Keep answers, if they are few enough; tell whether they were."""
        with self._lock:
            start = len(self.answers)
            few = len(answers) <= _KEPT // 4 and start + len(answers) <= _KEPT
            if not few or not answers.light:
                return False
            self.answers.add(answers)
            numbers = range(start, start + len(answers))
            self.numbers.update(zip(queries, numbers, strict=True))
            return True

    def pays_for(self, queries: Sequence[str]) -> bool:
        """Tell whether many of the queries are known or the same."""
        sample = queries[:: max(1, len(queries) // _SAMPLE)]
        distinct = set(sample)
        known = len(self.numbers.keys() & distinct)
        return len(distinct) - known < _WORTH * len(sample)
