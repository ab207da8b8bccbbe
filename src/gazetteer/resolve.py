"""Decide which place a query refers to, or say why it cannot be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from gazetteer.index import Index
    from gazetteer.model import Place, Tables, Toponym

__all__ = ["Candidate", "Context", "Policy", "Resolution", "Resolver"]


class Policy(NamedTuple):
    """The thresholds of a decision, on `Candidate.score` (0 to 100)."""

    accept: float = 90.0
    review: float = 70.0
    margin: float = 5.0
    default_senses: bool = True


class Context(NamedTuple):
    """What is known of a mention beside its name. Everything is optional.

    Attributes:
        country, within: a place as id, ``scheme:id`` or name, itself resolved.
        near: latitude and longitude in degrees.
        type: one of `gazetteer.model.PLACE_TYPES`.
        lang: BCP 47 tag of the text that the name stands in.
        event: EDTF date of what is told; a place's existence filters by it.
        published: EDTF date of the telling.
        mentions: other names of the same text.
    """

    country: str | None = None
    within: str | None = None
    near: tuple[float, float] | None = None
    type: str | None = None
    lang: str | None = None
    event: str | None = None
    published: str | None = None
    mentions: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """A place that the query may mean.

    Attributes:
        toponym: the row that matched.
        method: ``id``, ``exact``, ``folded`` or ``fuzzy``.
        similarity: of the two strings, 0 to 100.
        score: confidence, 0 to 100.
        reasons: in plain words, what raised or lowered its rank.
    """

    place: Place
    toponym: Toponym | None
    method: str
    similarity: float
    score: float
    reasons: tuple[str, ...] = ()


class Resolution(NamedTuple):
    """The answer to a query with its evidence. Holds no gazetteer.

    Attributes:
        outcome: ``unmatched``, ``ambiguous``, ``matched`` or ``doubtful``.
        candidates: best first; the match, if any, is the first.
        margin: score of the first less that of the second place, or None.
        notes: what else decided, such as a default sense.
    """

    query: str
    outcome: str
    candidates: tuple[Candidate, ...]
    margin: float | None
    context: Context
    policy: Policy
    notes: tuple[str, ...] = ()

    @property
    def match(self) -> Candidate | None:
        """The candidate that the query means; None unless ``matched``."""
        return self.candidates[0] if self.outcome == "matched" else None

    def require(self) -> Place:
        """Return the matched place, or raise saying why there is none."""
        raise NotImplementedError

    def explain(self) -> str:
        """Say in plain words what was answered and why."""
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape: every key present, null where empty."""
        raise NotImplementedError


class Resolver:
    """Resolves queries over one set of tables and their index."""

    def __init__(self, tables: Tables, index: Index) -> None:
        raise NotImplementedError

    def resolve(
        self, query: str, context: Context | None = None, policy: Policy | None = None
    ) -> Resolution:
        """Decide one query. Never raises for a string, never guesses."""
        raise NotImplementedError
