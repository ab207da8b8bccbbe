"""The shapes of the JSON API, for its description and for clients made from it.

They describe what the library's own values give; tests compare the two.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from gazetteer.resolve import Context

__all__ = [
    "AskedContext",
    "AskedNames",
    "AskedText",
    "CandidateShape",
    "ComparisonShape",
    "Health",
    "LabelShape",
    "NameShape",
    "PerspectiveShape",
    "PlaceShape",
    "RenderingShape",
    "ResolutionShape",
    "ResolutionsShape",
    "StatementShape",
]

_Outcome = Literal["matched", "ambiguous", "doubtful", "unmatched"]


def _whole(text: str) -> str:
    """Refuse half of a surrogate pair, which JSON can write and no answer can hold."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("it holds half of a surrogate pair")
    return text


Text = Annotated[str, AfterValidator(_whole)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AskedContext(_Strict):
    """What is known beside a name; everything is optional."""

    country: Text | None = Field(None, description="Name, id, scheme:id or ISO 3166-1.")
    within: Text | None = Field(None, description="An area: name, id or scheme:id.")
    near: tuple[float, float] | None = Field(
        None, description="Latitude and longitude, in degrees."
    )
    type: Text | None = Field(None, description="A type of places, such as town.")
    lang: Text | None = Field(None, description="BCP 47 tag of the text.")
    event: Text | None = Field(None, description="EDTF date of what is told.")
    published: Text | None = Field(None, description="EDTF date of the telling.")
    mentions: list[Text] = Field([], max_length=100, description="Names beside it.")

    def context(self) -> Context | None:
        """Return it as the library has it; None where nothing is stated."""
        context = Context(
            self.country,
            self.within,
            self.near,
            self.type,
            self.lang,
            self.event,
            self.published,
            tuple(self.mentions),
        )
        return None if context == Context() else context


class _AskedName(_Strict):
    query: Text = Field(description="A name, an id or scheme:id.")
    context: AskedContext | None = None


class AskedNames(_Strict):
    """Several names, each with a context of its own if given."""

    queries: list[_AskedName]


class AskedText(_Strict):
    """A text to be rendered."""

    text: Text
    perspective: Text = "neutral"
    lang: Text | None = Field(None, description="Told by the text if not given.")
    markup: Literal["plain", "markdown"] = "plain"
    reported: Literal["render", "keep"] = "render"
    quotations: Literal["keep", "gloss"] = "keep"
    event: Text | None = Field(None, description="EDTF date of what is told.")
    published: Text | None = Field(None, description="EDTF date of the telling.")
    context: AskedContext | None = None


class CandidateShape(BaseModel):
    """A place that a query may mean."""

    place_id: str
    type: str
    name: str | None
    lang: str | None
    method: Literal["id", "exact", "folded", "fuzzy"]
    similarity: float
    score: float
    links: dict[str, list[str]] | None
    lat: float | None
    lon: float | None
    reasons: list[str]


class ResolutionShape(BaseModel):
    """The answer to a query, with its evidence."""

    query: str
    outcome: _Outcome
    method: str | None
    similarity: float | None
    score: float | None
    margin: float | None
    place_id: str | None
    name: str | None
    lang: str | None
    links: dict[str, list[str]] | None
    candidates: list[CandidateShape]
    context: dict[str, str | list[float] | list[str] | None]
    notes: list[str]
    explanation: str


class ResolutionsShape(BaseModel):
    """The answers to several queries, in their order."""

    results: list[ResolutionShape | Refused]


class Refused(BaseModel):
    """A query whose context cannot be used."""

    query: str
    error: str


class _Row(BaseModel):
    name_id: str
    name: str
    lang: str
    form: str
    derived: bool
    valid: str | None
    authority: str | None
    status: str | None
    usage_valid: str | None
    sources: list[str]


class _Rejection(BaseModel):
    name_id: str
    authority: str


class LabelShape(BaseModel):
    """What a perspective calls a place, and how it came about."""

    place_id: str
    text: str | None
    kept: bool
    complete: bool
    by_language: list[str]
    perspective: str
    version: str
    rule: str | None
    lang: str
    mention: str
    event: str | None
    published: str | None
    toponyms: list[_Row]
    missing: list[str]
    rejected_by: list[_Rejection]
    marks: str | None
    notes: list[dict[str, str]]
    sources: list[str]
    reasons: list[str]
    explanation: str


class ComparisonShape(BaseModel):
    """The label of a place under every perspective."""

    labels: list[LabelShape]


class RenderingShape(BaseModel):
    """A rendered text and the report on it."""

    perspective: str
    version: str
    data_version: str
    policy: str | None
    lang: str
    text: str
    changes: list[dict[str, object]]
    refusals: list[dict[str, object]]
    kept: list[dict[str, object]]
    warnings: list[str]
    footnotes: list[dict[str, object]]


class StatementShape(BaseModel):
    """A statement of where a place belongs, or what became of it, by one party."""

    subject: str
    predicate: str
    object: str | None
    according_to: str | None
    valid: str | None
    source: str | None
    note: str | None


class _UsageShape(BaseModel):
    authority: str
    status: str
    valid: str | None
    source: str | None
    note: str | None


class NameShape(BaseModel):
    """One written name of a place, with who uses it."""

    name_id: str
    name: str
    lang: str
    form: str
    translit: str | None
    from_name: str | None
    valid: str | None
    default_sense: bool
    sources: list[str]
    note: str | None
    usages: list[_UsageShape]


class PlaceShape(BaseModel):
    """Everything that is known of a place, with who says so."""

    place_id: str
    title: str
    type: str
    fclass: str
    lat: float | None
    lon: float | None
    exists: str | None
    langs: list[str]
    dispute: str | None
    replaced_by: str | None
    note: str | None
    links: dict[str, list[str]]
    names: list[NameShape]
    relations: list[StatementShape]
    data_version: str


class PerspectiveShape(BaseModel):
    """A named, dated policy that selects and composes names."""

    perspective: str
    title: str
    version: str
    date: str | None
    at: str
    authorities: list[str]
    terms: dict[str, str]
    sources: list[str]
    description: str | None
    rule_text: str | None
    rules: int
    file: str


class Health(BaseModel):
    """Whether the server can answer, and from which data."""

    status: Literal["ok"]
    places: int
    data_version: str
