"""A column of a DuckDB relation is resolved, and names in SQL.

    rows = resolve_column(duckdb.table("sightings"), "name", country="land")

asks DuckDB for the distinct rows and joins the answers back, which is several times as
fast as a function that is called for every row; `register` has such a function, for
those who write SQL:

    register(connection)
    connection.sql("SELECT gz_resolve(name).place_id FROM sightings")
"""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any, Unpack

from gazetteer.batch.options import CONTEXT_FIELDS
from gazetteer.integrations.answers import answer
from gazetteer.integrations.arrow import arrow_arrays
from gazetteer.integrations.extras import need
from gazetteer.integrations.question import ask

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

    from gazetteer.integrations.question import AnswerOptions, Options

__all__ = ["register", "resolve_column"]

_CALLS = count()

_SQL_TYPES = {"text": "VARCHAR", "number": "DOUBLE"}


def resolve_column(
    relation: DuckDBPyRelation, column: str, **options: Unpack[Options]
) -> DuckDBPyRelation:
    """Resolve the names in one column of a relation.

    The relation is read twice: now for its distinct rows, and when the result is read.
    It had better give the same rows both times.

    Args:
        relation: such as ``duckdb.table("t")`` or ``connection.sql("…")``.
        column: with the names.
        **options: see `gazetteer.integrations.question.Options`.

    Returns:
        A relation of the same rows with columns added, in no order, as joins are.

    Raises:
        MissingExtraError: if pyarrow is not installed.
        MissingColumnError, ColumnTakenError, CellTypeError: as in
            `gazetteer.integrations.frames.resolve_column`.
    """
    arrow = need("pyarrow", "duckdb")
    gazetteer, question = ask(column, options)
    question.require_columns(relation.columns)
    keys = {f"key_{field}": name for field, name in question.columns.items()}
    wanted = ", ".join(f"{_quoted(name)} AS {key}" for key, name in keys.items())
    distinct = relation.select(wanted).distinct().to_arrow_table()
    rows = {
        field: values.to_pylist()
        for field, values in zip(question.columns, distinct.columns, strict=True)
    }
    found = answer(gazetteer, rows, question)
    added = question.added
    columns = dict(zip(added, found.values(), strict=True))
    answers = arrow.table(
        [*distinct.columns, *arrow_arrays(added, columns)], names=[*keys, *added]
    )
    return _joined(relation, answers, keys, list(added))


def _joined(
    relation: DuckDBPyRelation,
    gz_answers: pa.Table,  # noqa: ARG001 - DuckDB finds it by its name
    keys: dict[str, str],
    added: list[str],
) -> DuckDBPyRelation:
    # before version 2 it stays as a temporary view, and what another call names alike
    # would be read instead
    rows = f"gz_rows_{next(_CALLS)}"
    columns = ", ".join(f"gz_answers.{_quoted(name)}" for name in added)
    same = " AND ".join(
        f"{rows}.{_quoted(name)} IS NOT DISTINCT FROM gz_answers.{key}"
        for key, name in keys.items()
    )
    return relation.query(
        rows,
        f"SELECT {rows}.*, {columns} FROM {rows} LEFT JOIN gz_answers ON {same}",  # noqa: S608
    )


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def register(
    connection: DuckDBPyConnection,
    *,
    name: str = "gz_resolve",
    **options: Unpack[AnswerOptions],
) -> None:
    """Give a connection a function in SQL that resolves a name.

    ``gz_resolve(name)`` is a struct with a field for each column of the answer;
    ``gz_resolve(name, MAP {'country': land})`` takes a context, whose keys are the
    fields of `gazetteer.batch.options.CONTEXT_FIELDS`. In a large table call it for
    distinct names, and join. Registered again under the same name, the last one holds.

    Args:
        connection: which has the function until it is closed.
        name: of the function.
        **options: see `gazetteer.integrations.question.AnswerOptions`; the fields have
            no prefix if none is given.

    Raises:
        MissingExtraError: if pyarrow is not installed.
    """
    arrow = need("pyarrow", "duckdb")
    options.setdefault("prefix", "")
    gazetteer, question = ask("name", options)
    if len(question.columns) > 1:
        raise TypeError("the columns of context are given in each call, as a MAP")
    asked = question._replace(columns={"name": "name"} | {f: f for f in CONTEXT_FIELDS})
    added = question.added

    def resolve(names: Any, contexts: Any) -> Any:
        written = [dict(each or ()) for each in contexts.to_pylist()]
        for cells in written:
            for field in cells.keys() - set(CONTEXT_FIELDS):
                listed = ", ".join(CONTEXT_FIELDS)
                raise ValueError(f"no field {field!r} in a context; there are {listed}")
        rows = {"name": names.to_pylist()} | {
            field: [cells.get(field) for cells in written]
            for field in CONTEXT_FIELDS
            if any(field in cells for cells in written)
        }
        found = answer(gazetteer, rows, asked)
        columns = dict(zip(added, found.values(), strict=True))
        return arrow.StructArray.from_arrays(
            arrow_arrays(added, columns), names=list(added)
        )

    fields = ", ".join(
        f"{_quoted(each)} {_SQL_TYPES[kind]}" for each, kind in added.items()
    )
    inner = f"{name}_in_context"
    with suppress(need("duckdb", "duckdb").InvalidInputException):
        # where a notebook runs a cell again, what is registered last holds
        connection.remove_function(inner)
    connection.create_function(
        inner,
        resolve,
        ["VARCHAR", "MAP(VARCHAR, VARCHAR)"],
        f"STRUCT({fields})",
        type="arrow",
        null_handling="special",
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP MACRO {_quoted(name)}(name, context := NULL) AS "
        f"{_quoted(inner)}(name, context)"
    )
