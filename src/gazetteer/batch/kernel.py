"""Each distinct name in its context is resolved once, whatever the rows.

The names of a piece that are not remembered go to `Gazetteer.resolve_many` together.
What is remembered from piece to piece is bounded by bytes, not by names, and is the
answer in the form in which it will be written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.batch.answers import decided_values, refused_values, values_of
from gazetteer.batch.contexts import context_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gazetteer.batch.decisions import Decision, Decisions
    from gazetteer.batch.options import BatchOptions
    from gazetteer.batch.values import Value
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.model import Place
    from gazetteer.resolve import Context, Resolution

__all__ = ["Entry", "Kernel", "Query", "Remembered"]

Query = str | tuple[str, tuple[str, ...]]
"""A name; with the cells of its context where columns hold one."""

_MOST_BYTES: Final = 96 << 20
"""Of each of two generations of answers."""
_COST: Final = 400
"""Bytes that an answer takes beside its text: objects and their places in a table."""
_MOST_CONTEXTS: Final = 20_000
_FOR_REVIEW: Final = frozenset(["doubtful", "ambiguous"])


class Entry(NamedTuple):
    """An answer, ready to be written.

    Attributes:
        tail: what `gazetteer.batch.reading.Writer.tail` made of it.
        outcome: as in a resolution.
        origin: ``resolved``, ``decided`` by a person, or ``refused`` for its context.
        for_review: whether a person should look at it.
    """

    tail: object
    outcome: str
    origin: str
    for_review: bool = False


class Remembered:
    """Answers by query, the ones last asked for, in bounded memory.

    Of two generations the older is forgotten as a whole when the younger is full.

    Examples:
        >>> answers = Remembered(most=1000)
        >>> for name in "abcabc":
        ...     answers.keep(name, Entry("x", "matched", "resolved"))
        >>> answers.find("c").outcome, answers.find("d")
        ('matched', None)
    """

    def __init__(self, most: int = _MOST_BYTES) -> None:
        """Remember at most some bytes of each generation."""
        self._most = most
        self._young: dict[Query, Entry] = {}
        self._old: dict[Query, Entry] = {}
        self._bytes = 0

    def find(self, query: Query) -> Entry | None:
        """Return what is remembered."""
        entry = self._young.get(query)
        if entry is None:
            entry = self._old.get(query)
            if entry is not None:
                self.keep(query, entry)
        return entry

    def keep(self, query: Query, entry: Entry) -> None:
        """Remember an answer."""
        self._bytes += _COST + _length(query) + _length(entry.tail)
        if self._bytes > self._most:
            self._old, self._young, self._bytes = self._young, {}, 0
        self._young[query] = entry


def _length(value: object) -> int:
    if isinstance(value, str):
        # letters beyond Latin take two bytes each, as most names here would
        return len(value) * (1 if value.isascii() else 2)
    if isinstance(value, tuple):
        return sum(map(_length, value)) + 60 * len(value)
    return 0


class Kernel:
    """Answers queries piece by piece."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        options: BatchOptions,
        decisions: Decisions,
        tail: Callable[[Sequence[Value]], object],
    ) -> None:
        """Hold what answers.

        Args:
            gazetteer: that resolves and labels.
            options: see `BatchOptions`.
            decisions: applied before anything is resolved.
            tail: see `gazetteer.batch.reading.Writer.tail`.
        """
        self._gazetteer = gazetteer
        self._options = options
        self._fields = tuple(options.context_columns)
        self._decisions = decisions
        self._tail = tail
        self._known = Remembered()
        self._contexts: dict[tuple[str, ...], tuple[Context | None, str]] = {}
        self._labels: dict[tuple[str, str | None, str | None], str] = {}

    def answer(
        self, queries: Sequence[Query]
    ) -> tuple[list[Entry], dict[Query, Resolution]]:
        """Return the answer to each query, and the resolutions of the new ones."""
        distinct = dict.fromkeys(queries)
        found: dict[Query, Entry] = {}
        asked: list[Query] = []
        contexts: list[Context | None] = []
        for query in distinct:
            entry = self._known.find(query)
            if entry is None:
                context, entry = self._prepare(query)
                if entry is None:
                    asked.append(query)
                    contexts.append(context)
                    continue
                self._known.keep(query, entry)
            found[query] = entry
        made = self._resolve(asked, contexts)
        for query, answer in made.items():
            tail, outcome = self._tail(self._values(answer)), answer.outcome
            entry = Entry(tail, outcome, "resolved", outcome in _FOR_REVIEW)
            found[query] = entry
            self._known.keep(query, entry)
        return [found[query] for query in queries], made

    def _prepare(self, query: Query) -> tuple[Context | None, Entry | None]:
        """Return the context of a query, and its answer if it needs no resolving."""
        name, cells = (query, ()) if isinstance(query, str) else query
        if self._decisions.by_key:
            decision = self._decisions.find(
                name, tuple(zip(self._fields, cells, strict=True))
            )
            if decision is not None:
                return None, self._decided(decision, cells)
        if not cells:
            return None, None
        known = self._contexts.get(cells)
        if known is None:
            if len(self._contexts) >= _MOST_CONTEXTS:
                self._contexts.clear()
            fields = dict(zip(self._fields, cells, strict=True))
            known = self._contexts[cells] = context_of(self._gazetteer, fields)
        context, reason = known
        if not reason:
            return context, None
        values = refused_values(self._gazetteer, reason)
        return None, Entry(self._tail(values), "unmatched", "refused")

    def _resolve(
        self, asked: Sequence[Query], contexts: Sequence[Context | None]
    ) -> dict[Query, Resolution]:
        if not asked:
            return {}
        names = [query if isinstance(query, str) else query[0] for query in asked]
        answers = self._gazetteer.resolve_many(
            names,
            contexts=contexts if self._fields else None,
            policy=self._options.policy,
        )
        return dict(zip(asked, answers, strict=True))

    def _values(self, answer: Resolution) -> tuple[Value, ...]:
        label = None
        if answer.match:
            context = answer.context
            label = self._label(answer.match.place, context.event, context.published)
        return values_of(self._gazetteer, answer, label)

    def _decided(self, decision: Decision, cells: Sequence[str]) -> Entry:
        label = None
        if decision.place:
            fields = dict(zip(self._fields, cells, strict=True))
            event, published = fields.get("event"), fields.get("published")
            label = self._label(decision.place, event or None, published or None)
        values = decided_values(self._gazetteer, decision.place, label, decision.note)
        return Entry(self._tail(values), str(values[1]), "decided")

    def _label(
        self, place: Place, event: str | None, published: str | None
    ) -> str | None:
        if not self._options.perspective:
            return None
        key = place.place_id, event, published
        label = self._labels.get(key)
        if label is None:
            if len(self._labels) >= _MOST_CONTEXTS:
                self._labels.clear()
            label = self._labels[key] = self._gazetteer.label(
                place,
                self._options.perspective,
                lang=self._options.lang,
                event=event,
                published=published,
            ).text
        return label
