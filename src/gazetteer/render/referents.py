"""Which places the mentions of a text refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.model import Place
    from gazetteer.resolve import Candidate, Context, Policy, Resolution, Resolver
    from gazetteer.text import Mention

__all__ = ["Referent", "referents"]

# Names of these are no evidence of where the text is set.
_NO_EVIDENCE = ("code", "person", "phrase", "adjective")
# Evidence grows until it no longer changes; more rounds were never needed.
_MAX_ROUNDS = 8


class Referent(NamedTuple):
    """What one mention refers to.

    Attributes:
        places: the only place it can mean, or all it may mean.
        code: empty if one place is meant; else why not, as in `Refusal.code`.
        reason: in plain words.
        resolution: the resolver's answer; None for a word that only describes.
    """

    places: tuple[Place, ...]
    code: str
    reason: str
    resolution: Resolution | None


def referents(
    mentions: Sequence[Mention],
    resolver: Resolver,
    context: Context,
    policy: Policy | None,
) -> list[Referent]:
    """Return what each mention refers to.

    First each name is resolved in the caller's context alone; then the places that are
    certain speak for the others, until nothing new is learned. Places are handed on by
    their ids, so that it does not matter by which of their names the text calls them:
    a rendered text resolves as the text it was made from.
    """
    evidence: tuple[str, ...] = ()
    found: list[Referent] = []
    for _ in range(_MAX_ROUNDS):
        around = context._replace(mentions=(*context.mentions, *evidence))
        answers: dict[tuple[str, tuple[str, ...]], Referent] = {}
        found = [
            _referent(mention, resolver, around, policy, answers)
            for mention in mentions
        ]
        certain = {
            referent.places[0].place_id
            for mention, referent in zip(mentions, found, strict=True)
            if not referent.code and mention.role not in _NO_EVIDENCE
        }
        learned = tuple(sorted(certain))
        if learned == evidence:
            break
        evidence = learned
    return found


def _referent(
    mention: Mention,
    resolver: Resolver,
    context: Context,
    policy: Policy | None,
    answers: dict[tuple[str, tuple[str, ...]], Referent],
) -> Referent:
    query = _query(mention)
    types = () if context.type else mention.types
    known = answers.get((query, types))
    if known is None:
        resolution = resolver.resolve(query, context, policy)
        known = answers[query, types] = _decided(query, types, resolution)
    return known


def _query(mention: Mention) -> str:
    if mention.names == 1:
        return mention.toponyms[0].name
    # The rows of a dual label are those of the places that bear all its names.
    first = mention.toponyms[0]
    names = [
        toponym.name
        for toponym in mention.toponyms
        if toponym.place_id == first.place_id
    ]
    return "/".join(dict.fromkeys(names))


def _decided(query: str, types: tuple[str, ...], resolution: Resolution) -> Referent:
    match = resolution.match
    pool = _pool(resolution)
    fitting = _of_type(pool, types)
    if types and pool and not fitting:
        listed = " or ".join(types)
        reason = f"the words beside it call for a {listed}, and {query!r} is none"
        return _open(pool, "type", reason, resolution)
    if match is not None and any(each.place == match.place for each in fitting):
        return Referent((match.place,), "", "", resolution)
    if len(fitting) == 1 and resolution.outcome in ("matched", "ambiguous"):
        return Referent((fitting[0].place,), "", "", resolution)
    places = "; ".join(
        f"{each.place.place_id} ({each.place.type})" for each in fitting[:5]
    )
    if resolution.outcome in ("matched", "ambiguous"):
        reason = f"several places are called {query!r}: {places}"
        return _open(fitting, "ambiguous", reason, resolution)
    reason = f"not surely a place of the data; nearest: {places or 'none'}"
    return _open(fitting, resolution.outcome, reason, resolution)


def _of_type(pool: Sequence[Candidate], types: tuple[str, ...]) -> Sequence[Candidate]:
    """Return the candidates of the types; a village, too, may be called a town."""
    if not types:
        return pool
    fitting = [each for each in pool if each.place.type in types]
    if not fitting and set(types) == {"city", "town"}:
        return [each for each in pool if each.place.type == "village"]
    return fitting


def _open(
    candidates: Sequence[Candidate], code: str, reason: str, resolution: Resolution
) -> Referent:
    places = tuple(candidate.place for candidate in candidates)
    return Referent(places, code, reason, resolution)


def _pool(resolution: Resolution) -> list[Candidate]:
    """Return the candidates that tie with the best one, the match first."""
    policy, candidates = resolution.policy, resolution.candidates
    if not candidates:
        return []
    best = max(candidate.score for candidate in candidates)
    floor = best - policy.margin
    if resolution.outcome in ("matched", "ambiguous"):
        floor = max(floor, policy.accept)
    return [candidate for candidate in candidates if candidate.score >= floor]
