"""A column of a Spark data frame is resolved, on as many machines as there are.

    frame = resolve_column(frame, "name", country="land")

The distinct rows of the name and its context are resolved by the executors, each with
a copy of the store of its own, and joined back. On every machine the interpreter that
``PYSPARK_PYTHON`` names needs this package and pyarrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Unpack

from gazetteer.integrations.answers import answer
from gazetteer.integrations.arrow import arrow_arrays
from gazetteer.integrations.errors import CellTypeError
from gazetteer.integrations.extras import need
from gazetteer.integrations.question import ask
from gazetteer.integrations.shipping import opened, ship
from gazetteer.integrations.values import wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType

    from gazetteer.integrations.question import Options, Question

__all__ = ["resolve_column"]

_TASKS_A_CORE: Final = 4

_SQL_TYPES: Final = {"text": "string", "number": "double"}


def resolve_column(
    frame: DataFrame,
    column: str,
    *,
    broadcast: bool = True,
    tasks: int | None = None,
    **options: Unpack[Options],
) -> DataFrame:
    """Resolve the names in one column of a Spark data frame.

    Nothing runs until the result is asked for. Then the frame is read twice: for its
    distinct rows, and for all; ``cache`` one that is dear to make. It had better give
    the same rows both times.

    Args:
        frame: of a classic session, not of Spark Connect.
        column: with the names.
        broadcast: whether every executor gets all answers for the join. Beyond some
            millions of distinct rows False is better: then rows travel to answers.
        tasks: into how many the resolving is cut; 4 for each core if None.
        **options: see `gazetteer.integrations.question.Options`.

    Returns:
        A frame of the same rows with columns added, in no order, as joins are.

    Raises:
        MissingExtraError: if pyspark is not installed.
        MissingColumnError, ColumnTakenError, CellTypeError: as in
            `gazetteer.integrations.frames.resolve_column`, by the schema.
        TypeError: for a session of Spark Connect.
    """
    functions = need("pyspark.sql.functions", "spark")
    gazetteer, question = ask(column, options)
    question.require_columns(frame.columns)
    _require_types(frame, question)
    context = _context_of(frame)
    keys = {f"__gz_{field}": name for field, name in question.columns.items()}
    named = []
    schema = []
    for key, name in keys.items():
        kind = frame.schema[name].dataType.simpleString()
        kind = "string" if kind == "void" else kind  # nothing but missing values
        named.append(functions.col(_quoted(name)).cast(kind).alias(key))
        schema.append(f"{key} {kind}")
    for name, kind in question.added.items():
        schema.append(f"{_quoted(name)} {_SQL_TYPES[kind]}")
    resolver = _Resolver(ship(context, gazetteer), question)
    answers = (
        frame.select(*named)
        .distinct()
        .repartition(tasks or context.defaultParallelism * _TASKS_A_CORE)
        .mapInArrow(resolver, ", ".join(schema))
    )
    if broadcast:
        answers = functions.broadcast(answers)
    same = [
        functions.col(_quoted(name)).eqNullSafe(functions.col(key))
        for key, name in keys.items()
    ]
    return frame.join(answers, same, "left").drop(*keys)


class _Resolver:
    """What a worker does with the batches of a partition; it travels with the plan."""

    def __init__(self, contents: tuple[str, ...], question: Question) -> None:
        self._contents = contents
        self._question = question

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        gazetteer = opened(self._contents)
        added = self._question.added
        for batch in batches:
            cells = (column.to_pylist() for column in batch.columns)
            rows = dict(zip(self._question.columns, cells, strict=True))
            found = answer(gazetteer, rows, self._question)
            columns = dict(zip(added, found.values(), strict=True))
            yield pa.RecordBatch.from_arrays(
                [*batch.columns, *arrow_arrays(added, columns)],
                names=[*batch.schema.names, *added],
            )


def _context_of(frame: DataFrame) -> Any:
    session = frame.sparkSession
    if type(session).__module__.startswith("pyspark.sql.connect"):
        raise TypeError(
            "a frame of Spark Connect cannot ship a store to the executors; "
            "one of a classic session would do"
        )
    return session.sparkContext


def _require_types(frame: DataFrame, question: Question) -> None:
    # said at once, and not by an executor when the result is asked for
    for field, name in question.columns.items():
        held = frame.schema[name].dataType
        if not _may_be(field, held):
            raise CellTypeError(name, field, held.simpleString(), wanted(field))


def _may_be(field: str, held: DataType) -> bool:
    from pyspark.sql import types

    texts = (types.StringType, types.CharType, types.VarcharType, types.NullType)
    if isinstance(held, texts):
        return True
    if field in ("event", "published"):
        days = (types.DateType, types.TimestampType, types.TimestampNTZType)
        return isinstance(held, (types.NumericType, *days))
    return field in ("lat", "lon") and isinstance(held, types.NumericType)


def _quoted(name: str) -> str:
    doubled = name.replace("`", "``")
    return f"`{doubled}`"
