"""What the tools answer, as an assistant's program is told of it in a JSON schema."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

__all__ = [
    "Contested",
    "Decision",
    "FoundCandidate",
    "FoundPlace",
    "LabelAnswer",
    "LeftMention",
    "NameOfPlace",
    "PlaceAnswer",
    "PlaceDetails",
    "PrintedLabel",
    "PrintedName",
    "Rejection",
    "RenderAnswer",
    "RenderedChange",
    "ResolveAnswer",
    "SourceShape",
    "Statement",
    "UsageOfName",
]

Outcome = Literal["matched", "ambiguous", "doubtful", "unmatched"]


class FoundPlace(BaseModel):
    """A place, in a few words."""

    place_id: str = Field(description="Canonical id; pass it to the other tools.")
    title: str = Field(
        description="Its neutral label: of a contested place both names."
    )
    type: str
    description: str = Field(
        description="Where it lies, each statement with who makes it."
    )
    contested: bool = Field(description="Names or status differ between sources.")
    lat: float | None
    lon: float | None


class FoundCandidate(FoundPlace):
    """A place that the query may mean."""

    name: str | None = Field(description="The name of it that is like the query.")
    lang: str | None
    method: Literal["id", "exact", "folded", "fuzzy"]
    similarity: float = Field(description="Of the two spellings, 0 to 100.")
    score: float = Field(description="Confidence, 0 to 100.")
    reasons: list[str]


class Decision(BaseModel):
    """What a query means, or why that is not decided. Nothing is ever guessed."""

    outcome: Outcome = Field(
        description="matched: one place is meant. ambiguous: several are, equally "
        "well. doubtful: near to a name, not near enough. unmatched: none is."
    )
    place_id: str | None = Field(description="Null unless matched.")
    reasons: list[str] = Field(description="Why, in plain words.")
    next_step: str | None = Field(
        description="Unless matched: what to ask for. Do not choose among candidates."
    )
    candidates: list[FoundCandidate] = Field(description="Best first.")
    candidates_left_out: int


class ResolveAnswer(Decision):
    """Which place a written name refers to."""

    query: str


class UsageOfName(BaseModel):
    """One authority's use of a name."""

    authority: str
    status: str = Field(
        description="official, approved, conventional, used, also or rejected."
    )
    when: str | None = Field(description="EDTF; null where the source has no date.")
    source: str | None


class PrintedName(BaseModel):
    """A name that a label prints, with the statement by which it was chosen."""

    name: str
    lang: str
    derived: bool = Field(
        description="Computed by a romanization system, not attested."
    )
    authority: str | None
    status: str | None
    when: str | None
    sources: list[str]


class Rejection(BaseModel):
    """A party that rejects a name that is printed."""

    name: str
    authority: str


class PrintedLabel(BaseModel):
    """What a perspective calls a place, and how it came about."""

    perspective: str
    version: str
    lang: str
    text: str | None = Field(
        description="Null where nothing is to be printed: the author's text stays."
    )
    known: str | None = Field(
        description="Where text is null, what is known; perhaps one side's name alone."
    )
    complete: bool = Field(description="False if a name is missing; see missing.")
    missing: list[str]
    by_language_only: list[str] = Field(
        description="Printed names that no authority is on record with."
    )
    rejected_by: list[Rejection]
    rule: str | None
    names: list[PrintedName]
    notes: list[str]
    sources: list[str]
    reasons: list[str]


class LabelAnswer(Decision):
    """What a perspective calls a place; no label where the place is not decided."""

    label: PrintedLabel | None


class RenderedChange(BaseModel):
    """One name that was replaced. Offsets are code points, half-open."""

    start: int = Field(description="In the text that was given.")
    end: int
    before: str
    after: str
    place_id: str | None
    rule: str | None
    reason: str
    complete: bool | None
    sources: list[str]


class LeftMention(BaseModel):
    """One name that was left, although another might have stood there."""

    start: int
    end: int
    text: str
    place_ids: list[str]
    code: str
    reason: str


class RenderAnswer(BaseModel):
    """A text with its place names as a perspective has them, and why."""

    text: str
    perspective: str
    version: str
    data_version: str
    policy: str | None = Field(
        description="The rule of the perspective in plain words."
    )
    lang: str
    changes: list[RenderedChange]
    changes_left_out: int
    left: list[LeftMention] = Field(
        description="Tell the reader: these were not changed."
    )
    left_out: int = Field(description="How many of `left` are not listed.")
    already_as_wanted: int
    warnings: list[str]
    footnotes: list[str]


class Contested(BaseModel):
    """What is contested about a place, and between whom."""

    dispute: str
    title: str
    parties: list[str]
    criterion: str
    source: str | None


class NameOfPlace(BaseModel):
    """One written name of a place, with who uses it."""

    name: str
    lang: str
    form: str
    derived: bool
    when: str | None
    used: list[UsageOfName]
    sources: list[str]


class Statement(BaseModel):
    """A statement about a place, by the one who makes it."""

    statement: str = Field(description="With who makes it, when, and by which source.")
    according_to: str | None
    source: str | None


class SourceShape(BaseModel):
    """Where something was read."""

    key: str
    title: str
    url: str | None
    licence: str | None


class PlaceDetails(FoundPlace):
    """Everything that is known of a place, with who says so."""

    exists: str | None
    langs: list[str]
    dispute: Contested | None
    links: dict[str, list[str]]
    names: list[NameOfPlace]
    names_left_out: int
    statements: list[Statement]
    statements_left_out: int
    sources: list[SourceShape]
    data_version: str


class PlaceAnswer(Decision):
    """What is known of a place; nothing where the place is not decided."""

    place: PlaceDetails | None
