"""The values that travel from the tables to the answers.

A *place* is the feature named; a *toponym* is one written name of it in one language
(a row of names.csv); a *usage* says which *authority* uses a toponym, how and when. All
are plain immutable tuples, so that a million of them cost little and any of them can be
printed. Words follow docs/glossary.md.
"""

from gazetteer.model.values import (
    FCLASSES,
    FORMS,
    LINK_MATCHES,
    PHRASE_KINDS,
    PLACE_TYPES,
    PREDICATES,
    STATUSES,
    Authority,
    Dispute,
    Link,
    Phrase,
    Place,
    Relation,
    Source,
    Tables,
    Toponym,
    Usage,
)

__all__ = [
    "FCLASSES",
    "FORMS",
    "LINK_MATCHES",
    "PHRASE_KINDS",
    "PLACE_TYPES",
    "PREDICATES",
    "STATUSES",
    "Authority",
    "Dispute",
    "Link",
    "Phrase",
    "Place",
    "Relation",
    "Source",
    "Tables",
    "Toponym",
    "Usage",
]
