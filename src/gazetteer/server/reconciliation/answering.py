"""Queries are resolved; candidates are shown with what speaks for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gazetteer.resolve.relations import lies_in
from gazetteer.resolve.surroundings import kilometres
from gazetteer.server.reconciliation.context import read_query

if TYPE_CHECKING:
    from gazetteer.resolve import Candidate, Resolution
    from gazetteer.resolve.context import Reading
    from gazetteer.server.reconciliation.context import Asked
    from gazetteer.server.reconciliation.messages import Query
    from gazetteer.server.service import Service

__all__ = ["FEATURES", "answer_query", "types_of"]

FEATURES: Final = {
    "name_similarity": "how alike the name and the query are as texts, 0 to 100",
    "method_id": "the query is an id of the place",
    "method_exact": "the name is written exactly so",
    "method_folded": "the name is the same but for case, marks, spacing or script",
    "method_fuzzy": "the spelling is near",
    "type_match": "whether it is of a type that was asked for",
    "country_match": "whether anyone says, ever or at the date, that it lies in the "
    "country; of a contested place no more than that somebody says so",
    "within_match": "whether anyone says, ever or at the date, that it lies in the "
    "area or district; of a contested place no more than that somebody says so",
    "distance_km": "kilometres from the coordinates given",
    "link_match": "whether it has the id in another scheme that was given",
    "lead": "score of the best candidate less that of the next; on the best one",
    "tie": "whether several candidates are meant equally well: it is for a person to "
    "choose",
    "context_unusable": "what was given beside the name could not be used: scores are "
    "of the name alone and nothing is matched",
}
"""What the features of candidates mean."""

_METHODS: Final = ("id", "exact", "folded", "fuzzy")


def types_of(place_type: str) -> list[dict[str, str]]:
    """Return the type of a place as the specification has it."""
    return [{"id": place_type, "name": place_type.replace("-", " ")}]


def answer_query(service: Service, query: Query) -> dict[str, Any]:
    """Return the result of a query.

    ``match`` is set only where the library matched, and everything that was asked for
    holds.
    """
    asked = read_query(service.gazetteer, query)
    text = asked.text or next(iter(asked.links), "")
    answer = service.gazetteer.resolve(text, context=asked.context)
    reading = service.gazetteer.read_context(asked.context)
    most = service.settings.most_candidates
    limit = min(int(query.limit or most), most)
    result = [
        _candidate(service, asked, answer, reading, rank)
        for rank in range(min(limit, len(answer.candidates)))
    ]
    found: dict[str, Any] = {"result": result}
    if asked.unusable:
        found["error"] = asked.unusable
    return found


def _candidate(
    service: Service, asked: Asked, answer: Resolution, reading: Reading, rank: int
) -> dict[str, Any]:
    candidate = answer.candidates[rank]
    place = candidate.place
    features = _features(service, asked, answer, reading, candidate)
    # what the library was not asked: one of several types, an id in another scheme
    holds = not asked.types or place.type in asked.types
    holds = holds and features.get("link_match", True) is True
    matched = rank == 0 and answer.outcome == "matched" and not asked.unusable
    said = service.describer.description(place.place_id)
    toponym = candidate.toponym
    if toponym is not None:
        said = f"{toponym.name} ({toponym.lang}): {said}"
    if asked.unusable:
        said = f"{said}; judged by the name alone: {asked.unusable}"
    return {
        "id": str(place.place_id),
        "name": service.describer.title(place.place_id),
        "description": said,
        "type": types_of(place.type),
        "score": round(candidate.score, 1),
        "match": matched and holds,
        "features": [{"id": key, "value": value} for key, value in features.items()],
    }


def _features(
    service: Service,
    asked: Asked,
    answer: Resolution,
    reading: Reading,
    candidate: Candidate,
) -> dict[str, float | bool]:
    place, context = candidate.place, answer.context
    features: dict[str, float | bool] = {
        "name_similarity": round(candidate.similarity, 1),
        **{f"method_{each}": candidate.method == each for each in _METHODS},
    }
    types = asked.types or ({context.type} if context.type else frozenset())
    if types:
        features["type_match"] = place.type in types
    places = service.gazetteer.tables.places
    for area in reading.areas:
        features[f"{area.field}_match"] = place.place_id in area.ids or bool(
            lies_in(places, place, area.ids, reading.event)
        )
    if context.near and place.lat is not None and place.lon is not None:
        there = (place.lat, place.lon)
        features["distance_km"] = round(kilometres(context.near, there), 1)
    if asked.links:
        own = {f"{link.scheme}:{link.id}" for link in place.link_rows}
        features["link_match"] = own.issuperset(asked.links)
    if candidate is answer.candidates[0] and answer.margin is not None:
        features["lead"] = round(answer.margin, 1)
    if answer.outcome == "ambiguous":
        best = answer.candidates[0].score
        policy = answer.policy
        tied = candidate.score >= max(policy.accept, best - policy.margin)
        features["tie"] = tied
    if asked.unusable:
        features["context_unusable"] = True
    return features
