"""Every engine answers what plain Python answers, row by row."""

from __future__ import annotations

import csv

import pytest

from engine_rows import COLUMNS, KEEP, PERSPECTIVE, Row, expected, rows, tidy
from gazetteer.batch import BatchOptions, resolve_file

ADDED = [f"gz_{name}" for name in KEEP]
COUNT = 3_000
LOCAL_SPARK = 600  # each of its tasks starts slowly


@pytest.fixture(scope="module")
def asked():
    return rows(COUNT)


@pytest.fixture(scope="module")
def wanted(gaz, asked):
    return expected(gaz, asked)


@pytest.fixture(scope="module")
def options(gaz):
    return {**COLUMNS, "gazetteer": gaz, "perspective": PERSPECTIVE, "keep": KEEP}


def columns(asked):
    return dict(zip(Row._fields, map(list, zip(*asked, strict=True)), strict=True))


def test_the_rows_try_every_outcome_and_every_reason_to_refuse(wanted) -> None:
    assert {row[1] for row in wanted} == {
        "matched",
        "ambiguous",
        "doubtful",
        "unmatched",
    }
    assert {row[2] for row in wanted} >= {"exact", "folded", "fuzzy", "id", None}
    assert any(row[8] for row in wanted)


def test_csv(gaz, asked, wanted, tmp_path) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(Row._fields)
        writer.writerows(["" if cell is None else cell for cell in r] for r in asked)
    options = BatchOptions("name", context_columns=COLUMNS, perspective=PERSPECTIVE)
    resolve_file(gaz, source, output, options)
    with output.open(encoding="utf-8", newline="") as stream:
        found = [tuple(row[name] for name in ADDED) for row in csv.DictReader(stream)]
    numbers = [ADDED.index(f"gz_{each}") for each in ("similarity", "score", "margin")]
    found = [
        tidy(tuple(_number(c) if at in numbers else c for at, c in enumerate(row)))
        for row in found
    ]
    assert found == wanted


def _number(cell):
    return float(cell) if cell else None


@pytest.mark.parametrize("kind", ["plain", "nullable", "arrow", "category"])
def test_pandas(asked, wanted, options, kind) -> None:
    pd = pytest.importorskip("pandas", reason="the extra 'dev'")
    pytest.importorskip("narwhals", reason="the extra 'dev'")
    from gazetteer.integrations.frames import resolve_column

    frame = pd.DataFrame(columns(asked))
    if kind == "nullable":
        frame = frame.convert_dtypes()
    elif kind == "arrow":
        pytest.importorskip("pyarrow", reason="the extra 'dev'")
        frame = frame.convert_dtypes(dtype_backend="pyarrow")
    elif kind == "category":
        frame = frame.astype(dict.fromkeys(["name", "land", "kind"], "category"))
    frame.index = [f"i{number % 700}" for number in range(len(frame))]
    result = resolve_column(frame, "name", **options)
    assert isinstance(result, pd.DataFrame)
    assert list(result.columns) == [*Row._fields, *ADDED]
    assert result.index.equals(frame.index)
    pd.testing.assert_frame_equal(result[list(Row._fields)], frame)
    assert [tidy(r) for r in result[ADDED].itertuples(index=False)] == wanted


@pytest.mark.parametrize("kind", ["plain", "categorical", "enum"])
def test_polars(asked, wanted, options, kind) -> None:
    pl = pytest.importorskip("polars", reason="the extra 'dev'")
    pytest.importorskip("narwhals", reason="the extra 'dev'")
    from gazetteer.integrations.frames import resolve_column

    frame = pl.DataFrame(columns(asked))
    texts = ["name", "land", "kind"]
    if kind == "categorical":
        frame = frame.with_columns(pl.col(texts).cast(pl.Categorical))
    elif kind == "enum":
        frame = frame.with_columns(
            pl.col(each).cast(pl.Enum(frame[each].drop_nulls().unique()))
            for each in texts
        )
    result = resolve_column(frame, "name", **options)
    assert result.select(Row._fields).equals(frame)
    assert [tidy(row) for row in result.select(ADDED).rows()] == wanted


@pytest.mark.parametrize("engine", ["eager", "in-memory", "streaming"])
def test_an_expression_of_polars(asked, wanted, options, engine) -> None:
    pl = pytest.importorskip("polars", reason="the extra 'dev'")
    pytest.importorskip("narwhals", reason="the extra 'dev'")
    from gazetteer.integrations.polars import resolve

    frame = pl.DataFrame(columns(asked))
    answers = resolve("name", **options).alias("answers")
    if engine == "eager":
        result = frame.with_columns(answers)
    else:
        result = frame.lazy().with_columns(answers).collect(engine=engine)
    result = result.sort("row").unnest("answers")
    assert [tidy(row) for row in result.select(ADDED).rows()] == wanted


@pytest.mark.parametrize("kind", ["plain", "dictionary", "chunks"])
def test_arrow(asked, wanted, options, kind) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra 'dev'")
    pytest.importorskip("narwhals", reason="the extra 'dev'")
    from gazetteer.integrations.frames import resolve_column

    table = pa.table(columns(asked))
    if kind == "dictionary":
        for at in (1, 2, 3):
            encoded = table.column(at).dictionary_encode()
            table = table.set_column(at, table.field(at).name, encoded)
    elif kind == "chunks":
        # with a dictionary of its own in every chunk
        parts = [table.slice(at, 400) for at in range(0, COUNT, 400)]
        encoded = [
            part.column(1).combine_chunks().dictionary_encode() for part in parts
        ]
        table = table.set_column(1, "name", pa.chunked_array(encoded))
    result = resolve_column(table, "name", **options)
    assert result.select(Row._fields).equals(table)
    answers = result.select(ADDED).to_pylist()
    assert [tidy(tuple(row.values())) for row in answers] == wanted


def test_duckdb(asked, wanted, options) -> None:
    duckdb = pytest.importorskip("duckdb", reason="the extra 'dev'")
    pa = pytest.importorskip("pyarrow", reason="the extra 'dev'")
    from gazetteer.integrations.duckdb import resolve_column

    with duckdb.connect() as connection:
        connection.register("asked", pa.table(columns(asked)))
        relation = connection.table("asked")
        result = resolve_column(relation, "name", **options)
        assert result.columns == [*Row._fields, *ADDED]
        found = result.order("row").select(*ADDED).fetchall()
    assert [tidy(row) for row in found] == wanted


def test_sql_of_duckdb(asked, wanted, options) -> None:
    duckdb = pytest.importorskip("duckdb", reason="the extra 'dev'")
    pa = pytest.importorskip("pyarrow", reason="the extra 'dev'")
    from gazetteer.integrations.duckdb import register

    own = {name: each for name, each in options.items() if name not in COLUMNS}
    fields = ", ".join(
        f"'{field}': CAST({column} AS VARCHAR)" for field, column in COLUMNS.items()
    )
    with duckdb.connect() as connection:
        connection.register("asked", pa.table(columns(asked)))
        register(connection, **own)
        query = (
            f"SELECT unnest(gz_resolve(name, MAP {{{fields}}})) FROM asked ORDER BY row"  # noqa: S608
        )
        found = connection.sql(query).fetchall()
    assert [tidy(row) for row in found] == wanted


@pytest.mark.parametrize("broadcast", [True, False])
def test_spark(spark, asked, wanted, options, broadcast) -> None:
    from gazetteer.integrations.spark import resolve_column

    frame = spark.createDataFrame(
        asked[:LOCAL_SPARK],
        "row int, name string, land string, kind string, year int, "
        "north double, east double",
    )
    result = resolve_column(frame, "name", broadcast=broadcast, tasks=2, **options)
    assert result.columns == [*Row._fields, *ADDED]
    found = result.orderBy("row").select(*ADDED).collect()
    assert [tidy(tuple(row)) for row in found] == wanted[:LOCAL_SPARK]
