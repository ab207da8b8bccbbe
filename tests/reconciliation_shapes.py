"""The messages of the Reconciliation Service API 0.2, as its text has them.

Written from the specification's prose, so that the shapes are held to without its
schemas; test_schemas.py holds the same answers to the schemas themselves.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Type(Strict):
    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    broader: list[Type] = []


class Feature(Strict):
    id: str
    value: StrictBool | StrictInt | StrictFloat


class Candidate(Strict):
    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    description: str
    type: list[Type]
    score: float
    features: list[Feature]
    match: StrictBool


class Result(Strict):
    result: list[Candidate]
    error: str | None = None


class Suggestion(Strict):
    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    description: str
    notable: list[Type] | None = None


class Suggestions(Strict):
    result: list[Suggestion]


class Flyout(Strict):
    id: str
    html: str


class Cell(Strict):
    str_: str | None = Field(None, alias="str")
    float_: StrictFloat | StrictInt | None = Field(None, alias="float")


class Meta(Strict):
    id: str
    name: str


class Extended(Strict):
    meta: list[Meta]
    rows: dict[str, dict[str, list[Cell]]]


class Proposals(Strict):
    properties: list[Suggestion]
    type: str | None = None
    limit: int | None = None


class View(Strict):
    url: str = Field(pattern=r"\{\{id\}\}")


class Preview(View):
    width: int
    height: int


class Suggest(Strict):
    service_url: str
    service_path: str
    flyout_service_url: str
    flyout_service_path: str = Field(pattern=r"\$\{id\}")


class SuggestAll(Strict):
    entity: Suggest
    type: Suggest
    property: Suggest


class Setting(Strict):
    name: str
    label: str
    type: Literal["number", "text", "checkbox", "select"]
    default: float | str
    help_text: str


class Propose(Strict):
    service_url: str
    service_path: str


class Extend(Strict):
    propose_properties: Propose
    property_settings: list[Setting]


class Manifest(Strict):
    versions: list[str]
    name: str
    identifierSpace: str  # noqa: N815  # the specification's own
    schemaSpace: str  # noqa: N815
    documentation: str
    serviceVersion: str  # noqa: N815
    logo: str
    view: View
    feature_view: View
    defaultTypes: list[Type]  # noqa: N815
    batchSize: int  # noqa: N815
    preview: Preview
    suggest: SuggestAll
    extend: Extend
