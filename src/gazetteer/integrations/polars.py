"""An expression of polars that resolves names, also in lazy frames.

    frame.with_columns(resolve("name", country="land").alias("gz")).unnest("gz")

It is a function and no namespace of ``pl.Expr``, since type checkers refuse attributes
that the library does not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from gazetteer.integrations.errors import CellTypeError
from gazetteer.integrations.extras import need
from gazetteer.integrations.frames import answer_columns
from gazetteer.integrations.question import AnswerOptions, ask

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Expressions", "resolve"]


class Expressions(AnswerOptions, total=False):
    """The options of `resolve`: those of a column, where an expression will do."""

    country: str | pl.Expr | None
    within: str | pl.Expr | None
    type: str | pl.Expr | None
    text_lang: str | pl.Expr | None
    event: str | pl.Expr | None
    published: str | pl.Expr | None
    lat: str | pl.Expr | None
    lon: str | pl.Expr | None


class _ToldCellTypeError(CellTypeError):
    """The same made of its message, as polars makes an error anew that it passes on."""

    def __init__(self, message: str) -> None:
        Exception.__init__(self, message)


def resolve(names: str | pl.Expr, **options: Unpack[Expressions]) -> pl.Expr:
    """Return an expression for the answers to an expression for names.

    Args:
        names: an expression, or the name of a column.
        **options: see `gazetteer.integrations.question.Options`; where that wants the
            name of a column, an expression will do.

    Returns:
        A struct with a field for each column of the answer, named with the prefix.

    Raises:
        MissingExtraError: if polars or narwhals is not installed.
        CellTypeError: when the rows are read, if one holds what is no name.
    """
    polars = need("polars", "frames")
    narwhals = need("narwhals", "frames")
    gazetteer, question = ask("name", options)
    given: dict[str, Any] = {**question.columns, "name": names}
    # the fields take the names of what they are used as, since an expression has none
    fields = [
        (polars.col(each) if isinstance(each, str) else each).alias(field)
        for field, each in given.items()
    ]
    asked = question._replace(columns={field: field for field in given})
    kinds = {"text": polars.String, "number": polars.Float64}
    answer_type = polars.Struct(
        {name: kinds[kind] for name, kind in question.added.items()}
    )

    def answers(rows: pl.Series) -> pl.Series:
        frame = narwhals.from_native(rows.struct.unnest(), eager_only=True)
        try:
            added = answer_columns(frame, gazetteer, asked)
        except CellTypeError as error:
            raise _ToldCellTypeError(str(error)) from error
        native = [each.to_native() for each in added]
        return polars.DataFrame(native).to_struct(rows.name)

    return polars.struct(fields).map_batches(
        answers, return_dtype=answer_type, is_elementwise=True
    )
