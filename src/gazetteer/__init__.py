"""Variant names of places to canonical ids, and labels by the rules of a perspective.

    gaz = Gazetteer.load()                   # the data in the package
    gaz.resolve("a written name").match      # a candidate, or None: it never guesses
    gaz.label(place_id, "neutral").text      # what a perspective calls the place
    gaz.render("a text", "neutral").text     # the text with its mentions relabelled

Names are loaded when they are first used, so that importing the package costs little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.errors import (
        AmbiguousPlaceError,
        ContextError,
        DataError,
        DataNotFoundError,
        DateError,
        GazetteerError,
        LanguageTagError,
        PlaceIdError,
        PolicyError,
        Problem,
        QueryTypeError,
        StoreError,
        UnknownPerspectiveError,
        UnknownPlaceError,
        UnresolvedError,
    )
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.labels import Comparison, Label
    from gazetteer.model import Link, Place, Relation, Toponym, Usage
    from gazetteer.render import Change, Refusal, Rendering
    from gazetteer.resolve import Candidate, Context, Policy, Resolution, Resolutions
    from gazetteer.text import Mention

_HOME = {
    "Gazetteer": "gazetteer",
    "Mention": "text",
    **dict.fromkeys(("Comparison", "Label"), "labels"),
    **dict.fromkeys(("Link", "Place", "Relation", "Toponym", "Usage"), "model"),
    **dict.fromkeys(("Change", "Refusal", "Rendering"), "render"),
    **dict.fromkeys(
        ("Candidate", "Context", "Policy", "Resolution", "Resolutions"), "resolve"
    ),
    **dict.fromkeys(
        (
            "AmbiguousPlaceError",
            "ContextError",
            "DataError",
            "DataNotFoundError",
            "DateError",
            "GazetteerError",
            "LanguageTagError",
            "PlaceIdError",
            "PolicyError",
            "Problem",
            "QueryTypeError",
            "StoreError",
            "UnknownPerspectiveError",
            "UnknownPlaceError",
            "UnresolvedError",
        ),
        "errors",
    ),
}

__all__ = [
    "AmbiguousPlaceError",
    "Candidate",
    "Change",
    "Comparison",
    "Context",
    "ContextError",
    "DataError",
    "DataNotFoundError",
    "DateError",
    "Gazetteer",
    "GazetteerError",
    "Label",
    "LanguageTagError",
    "Link",
    "Mention",
    "Place",
    "PlaceIdError",
    "Policy",
    "PolicyError",
    "Problem",
    "QueryTypeError",
    "Refusal",
    "Relation",
    "Rendering",
    "Resolution",
    "Resolutions",
    "StoreError",
    "Toponym",
    "UnknownPerspectiveError",
    "UnknownPlaceError",
    "UnresolvedError",
    "Usage",
    "__version__",
]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    # PEP 562. The relative module is imported here and nowhere else.
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
