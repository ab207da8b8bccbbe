"""The columns that are added to a row, made of a resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.batch.values import Value
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.model import Place
    from gazetteer.resolve import Resolution

__all__ = [
    "CROSSWALKS",
    "NUMBERS",
    "OUTPUT_COLUMNS",
    "decided_values",
    "refused_values",
    "values_of",
]

OUTPUT_COLUMNS: Final = (
    "place_id",
    "outcome",
    "method",
    "similarity",
    "score",
    "margin",
    "name",
    "label",
    "wikidata",
    "geonames",
    "iso",
    "pcode",
    "candidates",
    "note",
    "data_version",
)
NUMBERS: Final = frozenset(["similarity", "score", "margin"])
"""Those of the output columns that hold numbers."""

CROSSWALKS: Final[Mapping[str, tuple[str, ...]]] = {
    "wikidata": ("wikidata",),
    "geonames": ("geonames",),
    "iso": ("iso3166-1", "iso3166-2"),
    "pcode": ("ocha-pcode", "pcode"),
}
"""Output column to the schemes whose exact links it holds, in this order."""


def values_of(
    gazetteer: Gazetteer, answer: Resolution, label: str | None
) -> tuple[Value, ...]:
    """Return the values of `OUTPUT_COLUMNS` for a resolution.

    Method, similarity, score and name are those of the best candidate, also where it
    is no match, since they help a reviewer.

    Args:
        gazetteer: that gave the answer.
        answer: what is shown.
        label: of the match; None for none.
    """
    match = answer.match
    best = answer.candidates[0] if answer.candidates else None
    listed = " ".join(f"{each.place_id}:{each.score:.0f}" for each in answer.candidates)
    return (
        match.place_id if match else None,
        answer.outcome,
        best.method if best else None,
        best.similarity if best else None,
        best.score if best else None,
        answer.margin,
        best.toponym.name if best and best.toponym else None,
        label or None,
        *_crosswalks(match.place if match else None),
        listed or None,
        "; ".join(answer.notes) or None,
        gazetteer.version,
    )


def decided_values(
    gazetteer: Gazetteer, place: Place | None, label: str | None, note: str
) -> tuple[Value, ...]:
    """Return the values for what a person decided; no place means none of them."""
    return (
        place.place_id if place else None,
        "matched" if place else "unmatched",
        "decision",
        *(None,) * 4,
        label or None,
        *_crosswalks(place),
        None,
        note,
        gazetteer.version,
    )


def refused_values(gazetteer: Gazetteer, note: str) -> tuple[Value, ...]:
    """Return the values for a row whose context cannot be used."""
    values: dict[str, Value] = dict.fromkeys(OUTPUT_COLUMNS)
    values |= {"outcome": "unmatched", "note": note, "data_version": gazetteer.version}
    return tuple(values.values())


def _crosswalks(place: Place | None) -> list[str | None]:
    links = place.links if place else {}
    return [
        " ".join(value for scheme in schemes for value in links.get(scheme, ())) or None
        for schemes in CROSSWALKS.values()
    ]
