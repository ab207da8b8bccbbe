"""The values around a decision: what is asked, by which policy, and the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.errors import AmbiguousPlaceError, UnresolvedError

if TYPE_CHECKING:
    from gazetteer.ids import PlaceId
    from gazetteer.model import Place, Toponym

__all__ = ["Candidate", "Context", "Policy", "Resolution"]


class Policy(NamedTuple):
    """The thresholds of a decision, on `Candidate.score` (0 to 100).

    Attributes:
        accept: from here on a candidate may be the match.
        review: from here on a person should look at it.
        margin: two accepted candidates no further apart than this are a tie.
        default_senses: whether the reviewed default of a homonym breaks a tie.
    """

    accept: float = 90.0
    review: float = 70.0
    margin: float = 5.0
    default_senses: bool = True


class Context(NamedTuple):
    """What is known of a mention beside its name. Everything is optional.

    Attributes:
        country, within: a place as id, ``scheme:id`` or name, itself resolved; for a
            country its ISO 3166-1 code will do. It may be any country or area that
            anyone says the place lies in.
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
        toponym: the row that matched; None where the query is an id.
        method: ``id``, ``exact``, ``folded`` or ``fuzzy``.
        similarity: of the two strings, 0 to 100; see `gazetteer.index.Hit`.
        score: confidence, 0 to 100; see `gazetteer.resolve.scoring`.
        reasons: in plain words, what raised or lowered its rank.
    """

    place: Place
    toponym: Toponym | None
    method: str
    similarity: float
    score: float
    reasons: tuple[str, ...] = ()

    @property
    def place_id(self) -> PlaceId:
        """The id of the place."""
        return self.place.place_id

    @property
    def links(self) -> dict[str, list[str]]:
        """The exact links of the place."""
        return self.place.links

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape: every key present, null where empty."""
        toponym = self.toponym
        return {
            "place_id": self.place.place_id,
            "type": self.place.type,
            "name": toponym.name if toponym else None,
            "lang": toponym.lang if toponym else None,
            "method": self.method,
            "similarity": round(self.similarity, 1),
            "score": round(self.score, 1),
            "links": self.place.links or None,
            "lat": self.place.lat,
            "lon": self.place.lon,
            "reasons": list(self.reasons),
        }


class Resolution(NamedTuple):
    """The answer to a query with its evidence. Holds no gazetteer.

    Attributes:
        outcome: ``unmatched`` (no candidate reaches `Policy.review`), ``ambiguous``
            (two or more reach `Policy.accept`, within its margin), ``matched``, or
            ``doubtful`` (the best reaches review only).
        candidates: best first; the match, if any, is the first. Those of an unmatched
            query are what came nearest.
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
        """Return the matched place, or raise saying why there is none.

        Raises:
            AmbiguousPlaceError: if several places are meant equally well.
            UnresolvedError: if it is unmatched or doubtful.
        """
        if self.match is not None:
            return self.match.place
        from gazetteer.resolve.explain import summary

        if self.outcome == "ambiguous":
            raise AmbiguousPlaceError(self.query, self.outcome, summary(self))
        raise UnresolvedError(self.query, self.outcome, summary(self))

    def explain(self) -> str:
        """Say in plain words, on several lines, what was answered and why."""
        from gazetteer.resolve.explain import explain

        return explain(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape: every key present, null where empty.

        The keys from ``method`` to ``links`` describe the match and are null without
        one; ``candidates`` has all candidates, the match first.
        """
        match = self.match
        found = match.to_dict() if match else {}
        context = self.context._asdict()
        context["near"] = list(self.context.near) if self.context.near else None
        context["mentions"] = list(self.context.mentions)
        return {
            "query": self.query,
            "outcome": self.outcome,
            "method": found.get("method"),
            "similarity": found.get("similarity"),
            "score": found.get("score"),
            "margin": None if self.margin is None else round(self.margin, 1),
            "place_id": found.get("place_id"),
            "name": found.get("name"),
            "lang": found.get("lang"),
            "links": found.get("links"),
            "candidates": [candidate.to_dict() for candidate in self.candidates],
            "context": context,
            "notes": list(self.notes),
        }

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        from gazetteer.resolve.card import resolution_card

        return resolution_card(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002
        """Show it in IPython in plain words."""
        printer.text(self.explain())
