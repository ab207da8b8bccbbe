"""What clients send: batches of queries and data extension queries, checked."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from gazetteer.server.refusals import BadRequestError, faults_of

__all__ = [
    "EntityValue",
    "Extension",
    "ExtensionProperty",
    "Query",
    "QueryProperty",
    "read_batch",
    "read_extension",
]


class EntityValue(BaseModel):
    """A value that was reconciled itself."""

    id: str
    name: str | None = None


_Number = Annotated[StrictFloat, Field(allow_inf_nan=False)]
_Value = StrictStr | StrictBool | StrictInt | _Number | EntityValue


class QueryProperty(BaseModel):
    """A property that candidates should have.

    Attributes:
        pid: its id.
        v: a value or several; clients send null for an empty cell.
    """

    model_config = ConfigDict(extra="forbid")

    pid: str
    v: _Value | list[_Value | None] | None


class Query(BaseModel):
    """One reconciliation query."""

    model_config = ConfigDict(extra="forbid")

    query: str | None = None
    type: str | list[str] | None = None
    limit: Annotated[float, Field(ge=1, allow_inf_nan=False)] | None = None
    properties: list[QueryProperty] = []
    type_strict: Literal["any", "should", "all"] | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Query:
        if self.query is None and not self.properties:
            raise ValueError("a query needs a query string or properties")
        return self

    @property
    def types(self) -> list[str]:
        """The types asked for."""
        if self.type is None or self.type == "":
            return []
        return [self.type] if isinstance(self.type, str) else self.type


class ExtensionProperty(BaseModel):
    """A property that is wanted, with its settings."""

    id: str
    settings: dict[str, Any] = {}


class Extension(BaseModel):
    """A data extension query."""

    ids: list[str]
    properties: list[ExtensionProperty]


_T = TypeVar("_T")

_BATCH: TypeAdapter[dict[str, Query]] = TypeAdapter(dict[str, Query])
_EXTENSION = TypeAdapter(Extension)


def read_batch(text: str) -> dict[str, Query]:
    """Read a batch of queries.

    Raises:
        BadRequestError: listing everything that is wrong.
    """
    return _read(_BATCH, text, "queries", 'such as {"q0": {"query": "a name"}}')


def read_extension(text: str) -> Extension:
    """Read a data extension query.

    Raises:
        BadRequestError: listing everything that is wrong.
    """
    example = 'such as {"ids": ["an id"], "properties": [{"id": "lat"}]}'
    return _read(_EXTENSION, text, "extend", example)


def _read(adapter: TypeAdapter[_T], text: str, field: str, example: str) -> _T:
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        message = f"{field} has not the form of the specification, {example}"
        raise BadRequestError(message, faults_of(error)) from None
