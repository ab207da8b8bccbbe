"""The decision: candidates are found, weighed, and matched or not."""

from __future__ import annotations

from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Final

from gazetteer.languages.scripts import primary_language
from gazetteer.resolve.columns import Resolutions
from gazetteer.resolve.composed import split
from gazetteer.resolve.context import Area, Reading, read_context, tidy
from gazetteer.resolve.decision import decide, existing, unfit
from gazetteer.resolve.draft import Draft, Probe
from gazetteer.resolve.identify import Identifier
from gazetteer.resolve.relations import current
from gazetteer.resolve.scoring import DOUBTFUL
from gazetteer.resolve.values import Candidate, Context, Policy, Resolution
from gazetteer.resolve.weighing import weigh, weigh_area

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.index import Hit, Index
    from gazetteer.model import Place, Tables
    from gazetteer.resolve.composed import Parts
    from gazetteer.resolve.identify import Identified
    from gazetteer.resolve.many import Many, Profile

__all__ = ["Resolver"]

_NO_CONTEXT: Final = Context()
_NO_READING: Final = Reading(_NO_CONTEXT)
_DEFAULT_POLICY: Final = Policy()

# From about here on, NumPy is worth its import.
_MANY: Final = 1_000

# How many contexts, and plain answers to names in contexts, are kept.
_REMEMBERED: Final = 4_096


class Resolver:
    """Resolves queries over one set of tables and their index.

    It only reads the tables; what it remembers of contexts does not change answers.
    """

    def __init__(self, tables: Tables, index: Index) -> None:
        """Hold the tables, and the index of their places."""
        self._places = tables.places
        self.index = index
        self._identifier = Identifier(tables.places)
        self._readings: dict[Context, Reading] = {}
        self._plain: dict[tuple[str, Context], Resolution] = {}

    def place(self, place_id: str) -> Place | None:
        """Return the place with an id or ``scheme:id``; retired ids are followed.

        None where the id is unknown, or is shared by several places.
        """
        found = self._identifier.identify(place_id.strip())
        if found is None or len(found.places) != 1:
            return None
        return found.places[0]

    def resolve(
        self, query: str, context: Context | None = None, policy: Policy | None = None
    ) -> Resolution:
        """Decide one query. Never raises for a string, never guesses.

        Args:
            query: a written name, an id or ``scheme:id``.
            context: what is known beside the name.
            policy: the thresholds; the default ones if None.

        Raises:
            ContextError: if the context has a value that cannot be used.
        """
        reading = _NO_READING if context is None else self.read(context)
        return self._decide(query, reading, policy or _DEFAULT_POLICY)

    def resolve_many(
        self,
        queries: Iterable[str],
        contexts: Sequence[Context | None] | Context | None = None,
        policy: Policy | None = None,
    ) -> Resolutions:
        """Decide a column of queries, each distinct (query, context) once.

        Args:
            queries: written names, ids or ``scheme:id``.
            contexts: one for each query, or one for all.
            policy: the thresholds, for all.

        Returns:
            The answers, in the order of the queries. Equal ones are one object, made
            when it is looked at; to ask for columns of them takes much less.

        Raises:
            ContextError: if a context has a value that cannot be used.
            ValueError: if there are more or fewer contexts than queries.
        """
        thresholds = policy or _DEFAULT_POLICY
        column = list(queries)
        if contexts is None or isinstance(contexts, Context):
            reading = self.read(contexts)
            if len(column) >= _MANY:
                return self._many.answer(column, reading, thresholds)
            return Resolutions(self._one_by_one(column, repeat(reading), thresholds))
        if len(column) != len(contexts):
            from gazetteer.display.counts import counted  # late: seldom asked

            raise ValueError(
                f"{counted(len(column), 'query', 'queries')} and "
                f"{counted(len(contexts), 'context')}; "
                f"as many of both would do"
            )
        readings = list(map(self.read, contexts))
        if len(column) >= _MANY:
            return self._many.answer_each(column, readings, thresholds)
        return Resolutions(self._one_by_one(column, readings, thresholds))

    def _one_by_one(
        self, queries: Iterable[str], readings: Iterable[Reading], policy: Policy
    ) -> Iterator[Resolution]:
        known: dict[tuple[str, Context], Resolution] = {}
        for query, reading in zip(queries, readings, strict=False):
            key = (query, reading.context)
            answer = known.get(key)
            if answer is None:
                answer = known[key] = self._decide(query, reading, policy)
            yield answer

    @cached_property
    def _many(self) -> Many:
        from gazetteer.resolve.many import Many

        return Many(self.index, self._decide, self._profile)

    # ------------------------------------------------------------------------ context

    def read(self, context: Context | None) -> Reading:
        """Check a context and resolve the places in it.

        Raises:
            ContextError: if it has a value that cannot be used.
        """
        if context is None or context is _NO_CONTEXT:
            return _NO_READING
        if not isinstance(context, Context):
            message = (
                f"{context!r} is not a Context; "
                f"Context(country='…', type='town') would be one"
            )
            raise TypeError(message)
        tidied = tidy(context)
        reading = self._readings.get(tidied)
        if reading is None:
            reading = read_context(
                tidied, self._resolve_plain, self._identifier.country_by_code
            )
            if len(self._readings) < _REMEMBERED:
                self._readings[tidied] = reading
        return reading

    def _resolve_plain(self, name: str, context: Context) -> Resolution:
        # The names in contexts are few and come again and again.
        known = self._plain.get((name, context))
        if known is None:
            known = self.resolve(name, context)
            if len(self._plain) < _REMEMBERED:
                self._plain[name, context] = known
        return known

    # ----------------------------------------------------------------------- decision

    def _decide(self, query: str, reading: Reading, policy: Policy) -> Resolution:
        text = query.strip()
        reason = unfit(text)
        if reason:
            return _unmatched(query, reading, policy, (reason,))
        identified = self._identifier.identify(text)
        if identified is not None:
            return _by_id(query, identified, reading, policy)
        drafts, notes = self._drafts(text, reading, policy)
        filtered: tuple[str, ...] = ()
        if reading.event is not None:
            drafts, filtered = existing(drafts, reading.event)
        drafts = weigh(text, drafts, reading, self._places, policy.accept)
        outcome, drafts, decided = decide(drafts, policy)
        if not drafts and not filtered and not notes:
            decided = ("no name in the data is this or near to it",)
        return Resolution(
            query,
            outcome,
            tuple([draft.candidate() for draft in drafts]),
            drafts[0].score - drafts[1].score if len(drafts) > 1 else None,
            reading.context,
            policy,
            (*reading.notes, *notes, *filtered, *decided),
        )

    def _profile(self, place_id: str, reading: Reading, policy: Policy) -> Profile:
        """Return what a context does to a place that is the only candidate.

        All places of one profile are decided alike that are found in the same way.

        Returns:
            By how much it is lowered, in steps; None if it did not exist then; an empty
            text if there is no such place.
        """
        place = current(self._places, place_id)
        if place is None or place.place_id != place_id or not place.toponyms:
            return ""
        probe = Probe(place)
        if not existing([probe], reading.event)[0]:
            return None
        weigh("", [probe], reading, self._places, policy.accept)
        return tuple(probe.lowered)

    def _drafts(
        self, text: str, reading: Reading, policy: Policy
    ) -> tuple[list[Draft], tuple[str, ...]]:
        if self.index.lookup(text):
            hits = self.index.search(text, fuzzy=False)
        else:
            parts = split(text)
            if parts is not None:
                composed = self._of_parts(text, parts, reading, policy)
                if composed is not None:
                    return composed
            hits = self.index.near(text)
        return self._of_hits(hits, reading), ()

    def _of_hits(self, hits: Sequence[Hit], reading: Reading) -> list[Draft]:
        if not hits:
            return []
        by_place: dict[str, tuple[Place, list[Hit]]] = {}
        for hit in hits:
            place = current(self._places, hit.toponym.place_id)
            if place is not None:
                by_place.setdefault(place.place_id, (place, []))[1].append(hit)
        lang, date = reading.context.lang, reading.date
        lang = primary_language(lang) if lang else ""
        return [Draft(place, found, lang, date) for place, found in by_place.values()]

    def _of_parts(
        self, text: str, parts: Parts, reading: Reading, policy: Policy
    ) -> tuple[list[Draft], tuple[str, ...]] | None:
        """Return the drafts of a query of several names; None if none is known."""
        each = [self._of_hits(self._of_words(name), reading) for name in parts.names]
        known = [drafts for drafts in each if drafts]
        if not known:
            return None
        # a comma may stand where the words of one name change places
        whole = self.index.rearranged(text)
        if len(known) == len(each):
            whole = [hit for hit in whole if hit.kind == "order"]
        if whole:
            return self._of_hits(whole, reading), ()
        ids = [{draft.place.place_id for draft in drafts} for drafts in each]
        if len(known) < len(each):
            unknown = ", ".join(
                repr(name)
                for name, drafts in zip(parts.names, each, strict=True)
                if not drafts
            )
            for draft in known[0]:
                _cap(draft, f"{unknown} beside it is no name in the data")
            return known[0], ()
        common = set.intersection(*ids)
        if common:
            drafts = [draft for draft in each[0] if draft.place.place_id in common]
            for draft in drafts:
                self._join(draft, each[1:], parts.names[1:])
            return drafts, ()
        if not parts.may_contain:
            listed = ", ".join(map(repr, parts.names))
            return [], (f"{listed} are not names of one place",)
        for name, containers in zip(parts.names[1:], ids[1:], strict=True):
            area = Area("within", name, frozenset(containers))
            weigh_area(each[0], area, reading.event, self._places, policy.accept)
        return each[0], ()

    def _of_words(self, name: str) -> list[Hit]:
        found = self.index.search(name, fuzzy=False)
        return found or self.index.rearranged(name)

    def _join(
        self, draft: Draft, others: Sequence[list[Draft]], names: Sequence[str]
    ) -> None:
        for name, drafts in zip(names, others, strict=True):
            for other in drafts:
                if other.place.place_id == draft.place.place_id:
                    draft.score = min(draft.score, other.score)
                    draft.reasons.append(f"{name!r} beside it is another name of it")
                    draft.unsupported = False


def _cap(draft: Draft, reason: str) -> None:
    draft.lower(max(0.0, draft.score - DOUBTFUL), reason)


def _unmatched(
    query: str, reading: Reading, policy: Policy, notes: tuple[str, ...]
) -> Resolution:
    return Resolution(query, "unmatched", (), None, reading.context, policy, notes)


def _by_id(
    query: str, identified: Identified, reading: Reading, policy: Policy
) -> Resolution:
    found = identified.places
    if not found:
        return _unmatched(query, reading, policy, identified.notes)
    notes = list(identified.notes)
    if len(found) > 1:
        notes.append("several places have this id in another scheme")
    event = reading.event
    if event is not None:
        notes += [
            f"{place.place_id} existed {place.exists}, not at {event}; "
            f"an id is taken as it is given"
            for place in found
            if not place.exists.overlaps(event)
        ]
    return Resolution(
        query,
        "matched" if len(found) == 1 else "ambiguous",
        tuple(Candidate(place, None, "id", 100.0, 100.0) for place in found),
        0.0 if len(found) > 1 else None,
        reading.context,
        policy,
        tuple(notes),
    )
