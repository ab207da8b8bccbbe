"""A column of a data frame is resolved: pandas, polars, pyarrow, through narwhals.

    frame = resolve_column(frame, "name", country="land", event="year")

returns a frame of the same library with the same rows in the same order, and with the
columns of the answers added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from gazetteer.integrations.answers import answer
from gazetteer.integrations.distinct import code, distinct
from gazetteer.integrations.extras import need
from gazetteer.integrations.question import ask

if TYPE_CHECKING:
    import narwhals as nw

    from gazetteer.gazetteer import Gazetteer
    from gazetteer.integrations.question import Options, Question

__all__ = ["answer_columns", "resolve_column"]

_Frame = TypeVar("_Frame")


def resolve_column(frame: _Frame, column: str, **options: Unpack[Options]) -> _Frame:
    """Resolve the names in one column of a data frame.

    Each distinct (name, context) is resolved once. A missing name is unmatched, like
    an empty one; a row whose context cannot be used is unmatched, with the reason in
    ``note``. Columns of categories, or encoded by a dictionary, are read by those.

    Args:
        frame: of pandas, polars, pyarrow, or another library that narwhals takes for
            one in memory. It is not changed.
        column: with the names.
        **options: see `gazetteer.integrations.question.Options`.

    Returns:
        The frame of the same library with columns added: the same rows in the same
        order, in pandas with the same index.

    Raises:
        MissingExtraError: if narwhals is not installed.
        MissingColumnError, ColumnTakenError: if a column is not there, or one that
            would be added is.
        CellTypeError: if a column holds what cannot be used, such as numbers for
            names.
        ContextError, UnknownPerspectiveError, ValueError: if an option cannot be used.
    """
    gazetteer, question = ask(column, options)
    narwhals = need("narwhals", "frames")
    try:
        rows = narwhals.from_native(frame, eager_only=True)
    except TypeError as error:
        raise TypeError(_not_a_frame(frame)) from error
    question.require_columns(rows.columns)
    added = answer_columns(rows, gazetteer, question)
    result: _Frame = rows.with_columns(*added).to_native()
    return result


def answer_columns(
    frame: nw.DataFrame[Any], gazetteer: Gazetteer, question: Question
) -> list[nw.Series[Any]]:
    """Return the columns that answer a question about the rows of a frame."""
    import narwhals as nw

    kinds = {"text": nw.String, "number": nw.Float64}
    coded = {
        field: code(frame.get_column(name), field)
        for field, name in question.columns.items()
    }
    found = distinct(coded)
    answers = answer(gazetteer, found.rows, question)
    added = zip(question.added.items(), answers.values(), strict=True)
    backend = frame.implementation
    return [
        nw.new_series(name, values, kinds[kind], backend=backend)[found.at]
        for (name, kind), values in added
    ]


def _not_a_frame(frame: object) -> str:
    kind = f"{type(frame).__module__}.{type(frame).__qualname__}"
    where = "a data frame of pandas, polars or pyarrow would do"
    if kind.startswith("polars."):
        where = (
            "collect() it, or use the expression that "
            "gazetteer.integrations.polars.resolve makes"
        )
    elif "duckdb" in kind:
        where = "gazetteer.integrations.duckdb.resolve_column takes it"
    elif kind.startswith("pyspark."):
        where = "gazetteer.integrations.spark.resolve_column takes it"
    return f"{kind} is not a data frame in memory; {where}"
