"""A pydantic model of a row for each table, made from the declared columns."""

from __future__ import annotations

from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    ValidationError,
    create_model,
)
from pydantic_core import PydanticCustomError

from gazetteer.check.values import Fault, cell_faults
from gazetteer.tables.columns import ALL_TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gazetteer.check.rows import Row
    from gazetteer.errors import Problem
    from gazetteer.tables.columns import Column

__all__ = ["row_model", "row_problems"]

_KEPT = 2048
"""Values of a column of which the faults are remembered."""


@cache
def row_model(table: str) -> type[BaseModel]:
    """Return the model of a table's rows: one text for each column.

    A cell's faults are all in the error's context, under ``faults``.

    Examples:
        >>> row = row_model("authorities").model_validate(
        ...     {"authority": "cartographers", "title": "Cartographers",
        ...      "kind": "community", "jurisdiction": ""})
        >>> row.kind
        'community'
    """
    fields: dict[str, Any] = {
        column.name: (Annotated[str, AfterValidator(_validator(column))], ...)
        for column in ALL_TABLES[table].columns
    }
    config = ConfigDict(extra="forbid", frozen=True)
    return create_model(f"{table.capitalize()}Row", __config__=config, **fields)


def _validator(column: Column) -> Callable[[str], str]:
    # "village" or a key of a source stands in thousands of rows
    faults_of = lru_cache(_KEPT)(partial(cell_faults, column))

    def validate(text: str) -> str:
        faults = faults_of(text)
        if faults:
            raise PydanticCustomError(
                "cell",
                "{message}",
                {"message": "; ".join(f.message for f in faults), "faults": faults},
            )
        return text

    return validate


def row_problems(row: Row) -> Iterator[Problem]:
    """Return what is wrong with each cell of a row by itself."""
    columns = row.table.header
    try:
        row_model(row.table.name).model_validate(
            dict(zip(columns, row.texts(), strict=True))
        )
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            faults: list[Fault] = each["ctx"]["faults"]
            for fault in faults:
                yield row.problem(str(each["loc"][0]), fault.code, fault.message)
