"""What each engine has of its own: accessors, expressions, SQL, Arrow tables."""

from __future__ import annotations

import pytest

from gazetteer.integrations.errors import (
    CellTypeError,
    ColumnTakenError,
    MissingColumnError,
    MissingExtraError,
)
from gazetteer.integrations.extras import need

# ------------------------------------------------------------------------------- pandas


@pytest.fixture
def pd():
    pandas = pytest.importorskip("pandas", reason="the extra 'dev'")
    pytest.importorskip("narwhals", reason="the extra 'dev'")
    from gazetteer.integrations.pandas import register

    register()
    register()  # again is no harm
    return pandas


def test_a_frame_of_pandas_has_an_accessor(pd, gaz) -> None:
    frame = pd.DataFrame({"name": ["Martuni"], "land": ["Armenia"]})
    result = frame.gaz.resolve("name", country="land", gazetteer=gaz)
    assert list(result["gz_place_id"]) == ["gz-000014c"]


def test_a_series_of_pandas_has_one_too(pd, gaz) -> None:
    series = pd.Series(["Baku", None, "Yerevan"], index=[5, 5, 7], name="name")
    result = series.gaz.resolve(gazetteer=gaz, keep=["place_id", "name"])
    assert list(result.columns) == ["place_id", "name"]
    assert list(result.index) == [5, 5, 7]
    assert list(result["place_id"].fillna("")) == ["gz-0000036", "", "gz-0000048"]


def test_a_series_of_numbers_is_called_by_its_name(pd, gaz) -> None:
    with pytest.raises(CellTypeError, match="column 'population'"):
        pd.Series([1], name="population").gaz.resolve(gazetteer=gaz)


def test_a_series_has_no_columns_of_context(pd, gaz) -> None:
    with pytest.raises(TypeError, match="no other columns, such as 'land'"):
        pd.Series(["Baku"]).gaz.resolve(gazetteer=gaz, country="land")


# ------------------------------------------------------------------------------- polars


@pytest.fixture
def pl():
    pytest.importorskip("narwhals", reason="the extra 'dev'")
    return pytest.importorskip("polars", reason="the extra 'dev'")


def test_the_type_of_an_expression_is_known_before_it_is_read(pl, gaz) -> None:
    from gazetteer.integrations.polars import resolve

    frame = pl.LazyFrame({"name": ["Baku"]})
    answers = resolve("name", gazetteer=gaz, keep=["place_id", "score"])
    schema = frame.select(answers.alias("a")).collect_schema()
    fields = {"gz_place_id": pl.String, "gz_score": pl.Float64}
    assert schema == {"a": pl.Struct(fields)}


def test_contexts_are_expressions(pl, gaz) -> None:
    from gazetteer.integrations.polars import resolve

    frame = pl.DataFrame({"n": ["Martuni ", "Martuni"], "l": ["ARMENIA", "AZERBAIJAN"]})
    answers = resolve(
        pl.col("n").str.strip_chars(),
        country=pl.col("l").str.to_titlecase(),
        type=pl.lit("town"),
        gazetteer=gaz,
        prefix="",
        keep=["place_id"],
    )
    found = frame.select(answers.alias("a")).unnest("a")["place_id"].to_list()
    assert found == ["gz-000014c", "gz-0000132"]


def test_polars_passes_on_what_is_no_name(pl, gaz) -> None:
    from gazetteer.integrations.polars import resolve

    frame = pl.DataFrame({"name": [7]})
    with pytest.raises(CellTypeError, match=r"column 'name' .* holds 7 \(int\)"):
        frame.select(resolve("name", gazetteer=gaz))


def test_an_expression_works_by_group(pl, gaz) -> None:
    from gazetteer.integrations.polars import resolve

    frame = pl.DataFrame({"name": ["Baku", "Bakı", "Yerevan"], "g": [1, 1, 2]})
    place = resolve("name", gazetteer=gaz).struct.field("gz_place_id")
    counted = frame.group_by("g").agg(place.n_unique()).sort("g")
    assert counted.rows() == [(1, 1), (2, 1)]


# ------------------------------------------------------------------------------- duckdb


@pytest.fixture
def connection():
    duckdb = pytest.importorskip("duckdb", reason="the extra 'dev'")
    pytest.importorskip("pyarrow", reason="the extra 'dev'")
    with duckdb.connect() as opened:
        opened.execute('CREATE TABLE t AS SELECT \'Baku\' AS "a ""b", 1 AS n')
        yield opened


def test_any_relation_of_any_connection(connection, gaz) -> None:
    from gazetteer.integrations.duckdb import resolve_column

    relation = connection.sql('SELECT "a ""b", n + 1 AS m FROM t')
    result = resolve_column(relation, 'a "b', gazetteer=gaz, keep=["place_id"])
    assert result.fetchall() == [("Baku", 2, "gz-0000036")]
    # relations are read as often as one likes, and built on
    assert result.filter("m = 2").select("gz_place_id").fetchall() == [("gz-0000036",)]
    assert result.filter("m = 3").fetchall() == []


def test_two_results_at_once(connection, gaz) -> None:
    from gazetteer.integrations.duckdb import resolve_column

    first = resolve_column(
        connection.sql("SELECT 'Baku' AS x"), "x", gazetteer=gaz, keep=["place_id"]
    )
    second = resolve_column(
        connection.sql("SELECT 'Yerevan' AS x"), "x", gazetteer=gaz, keep=["place_id"]
    )
    assert first.fetchall() == [("Baku", "gz-0000036")]
    assert second.fetchall() == [("Yerevan", "gz-0000048")]


def test_columns_of_a_relation_are_looked_at(connection, gaz) -> None:
    from gazetteer.integrations.duckdb import resolve_column

    relation = connection.table("t")
    with pytest.raises(MissingColumnError, match="'b'; there are:"):
        resolve_column(relation, "b", gazetteer=gaz)
    with pytest.raises(CellTypeError, match=r"holds 1 \(int\)"):
        resolve_column(relation, "n", gazetteer=gaz)
    with pytest.raises(ColumnTakenError):
        resolve_column(relation.select('"a ""b", n AS gz_note'), 'a "b', gazetteer=gaz)


def test_a_relation_of_no_rows(connection, gaz) -> None:
    from gazetteer.integrations.duckdb import resolve_column

    result = resolve_column(connection.sql("FROM t WHERE n = 0"), 'a "b', gazetteer=gaz)
    assert result.fetchall() == []
    assert result.columns[-1] == "gz_note"


def test_a_function_in_sql(connection, gaz) -> None:
    from gazetteer.integrations.duckdb import register

    register(connection, gazetteer=gaz)
    register(connection, gazetteer=gaz, name="again", keep=["outcome"])
    query = """
        SELECT gz_resolve(name).place_id,
               gz_resolve(name, MAP {'country': land}).place_id,
               again(name)
        FROM (VALUES ('Martuni', 'Armenia'), (NULL, NULL)) AS v(name, land)
    """
    assert connection.sql(query).fetchall() == [
        (None, "gz-000014c", {"outcome": "ambiguous"}),
        (None, None, {"outcome": "unmatched"}),
    ]


def test_registered_again_the_last_one_holds(connection, gaz) -> None:
    from gazetteer.integrations.duckdb import register

    register(connection, gazetteer=gaz)
    register(connection, gazetteer=gaz, keep=["outcome"])
    found = connection.sql("SELECT gz_resolve('Baku')").fetchall()
    assert found == [({"outcome": "matched"},)]


def test_a_field_of_context_that_does_not_exist(connection, gaz) -> None:
    from gazetteer.integrations.duckdb import register

    register(connection, gazetteer=gaz)
    with pytest.raises(Exception, match="no field 'contry' in a context"):
        connection.sql("SELECT gz_resolve('Baku', MAP {'contry': 'x'})").fetchall()
    with pytest.raises(TypeError, match="as a MAP"):
        register(connection, gazetteer=gaz, country="land")


# -------------------------------------------------------------------------------- arrow


def test_answers_as_an_arrow_table(gaz) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra 'dev'")
    from gazetteer.integrations.arrow import to_arrow

    answers = gaz.resolve_many(["Martuni", "zzzz"])
    table = to_arrow(answers)
    assert table.to_pydict() == answers.columns()
    assert table.schema.field("score").type == pa.float64()
    assert table.schema.field("candidates").type == pa.list_(pa.string())
    assert to_arrow(gaz.resolve_many([])).schema == table.schema


# -------------------------------------------------------------------------------- spark


def test_a_frame_of_spark_is_looked_at_before_anything_runs(spark, gaz) -> None:
    from gazetteer.integrations.spark import resolve_column

    frame = spark.createDataFrame(
        [("Baku", 1, 2.5)], "`a b.c` string, n int, gz_note double"
    )
    with pytest.raises(MissingColumnError):
        resolve_column(frame, "a", gazetteer=gaz)
    with pytest.raises(ColumnTakenError):
        resolve_column(frame, "a b.c", gazetteer=gaz)
    with pytest.raises(
        CellTypeError, match=r"column 'n' is used as the name and .* int"
    ):
        resolve_column(frame, "n", gazetteer=gaz, prefix="p_")
    with pytest.raises(CellTypeError, match="column 'n' is used as the country"):
        resolve_column(frame, "a b.c", gazetteer=gaz, prefix="p_", country="n")


def test_dates_missing_values_and_odd_headers_in_spark(spark, gaz) -> None:
    from gazetteer.integrations.spark import resolve_column

    rows = spark.sql(
        "SELECT 'NKAO' AS `a b.c`, DATE '1950-02-03' AS day, NULL AS nothing, "
        "TIMESTAMP '2005-01-01 10:00:00' AS time, 1950 AS year"
    )
    for field, outcome in (
        ("day", "matched"),
        ("time", "unmatched"),
        ("year", "matched"),
        ("nothing", "matched"),
    ):
        result = resolve_column(
            rows, "a b.c", gazetteer=gaz, event=field, tasks=1, keep=["outcome"]
        )
        assert result.collect()[0]["gz_outcome"] == outcome


# ------------------------------------------------------------------------------- extras


def test_a_package_that_is_not_there_is_named_with_its_extra() -> None:
    with pytest.raises(MissingExtraError, match=r"pip install gazetteer\[frames\]"):
        need("no_such_package.part", "frames")


def test_a_package_that_lacks_something_itself_says_so(tmp_path, monkeypatch) -> None:
    (tmp_path / "lacking_package.py").write_text("import no_such_package\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_package") as caught:
        need("lacking_package", "frames")
    assert not isinstance(caught.value, MissingExtraError)
