"""What a frame may look like, and what is said of one that cannot be used."""

from __future__ import annotations

import pytest

from gazetteer import Context, ContextError, UnknownPerspectiveError
from gazetteer.integrations.errors import (
    CellTypeError,
    ColumnTakenError,
    MissingColumnError,
)
from gazetteer.integrations.frames import resolve_column

pytest.importorskip("narwhals", reason="the extra 'dev'")
pd = pytest.importorskip("pandas", reason="the extra 'dev'")
pl = pytest.importorskip("polars", reason="the extra 'dev'")
pa = pytest.importorskip("pyarrow", reason="the extra 'dev'")

MAKERS = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}
OUTPUT = {
    "gz_place_id": "text",
    "gz_outcome": "text",
    "gz_method": "text",
    "gz_similarity": "number",
    "gz_score": "number",
    "gz_margin": "number",
    "gz_name": "text",
    "gz_candidates": "text",
    "gz_note": "text",
}


@pytest.fixture(params=MAKERS)
def make(request):
    return MAKERS[request.param]


def column(frame, name):
    series = frame[name]
    values = series.to_pylist() if isinstance(frame, pa.Table) else list(series)
    return [None if pd.isna(value) else value for value in values]


def names_of(frame):
    return frame.column_names if isinstance(frame, pa.Table) else list(frame.columns)


def kind(frame, name):
    dtype = (
        frame.schema.field(name).type
        if isinstance(frame, pa.Table)
        else frame[name].dtype
    )
    text = str(dtype).lower()
    return "number" if text.startswith(("float", "double")) else "text"


# ------------------------------------------------------------------------ what is added


def test_columns_are_added_after_those_there_are(gaz, make) -> None:
    frame = make({"name": ["Shushi"], "other": [1]})
    result = resolve_column(frame, "name", gazetteer=gaz)
    assert type(result) is type(frame)
    assert names_of(result) == ["name", "other", *OUTPUT]
    assert {name: kind(result, name) for name in OUTPUT} == OUTPUT


@pytest.mark.parametrize("names", [[], [None], [None, "zzzzzz"]])
def test_the_types_are_the_same_where_there_is_nothing_to_say(gaz, make, names) -> None:
    texts = pa.array(names, pa.string())
    frame = make({"name": texts.to_pylist() if make is not pa.table else texts})
    result = resolve_column(frame, "name", gazetteer=gaz)
    assert len(result) == len(names)
    got = {name: kind(result, name) for name in OUTPUT}
    assert got == OUTPUT
    assert column(result, "gz_outcome") == ["unmatched"] * len(names)


def test_a_frame_of_no_rows_and_of_no_known_type(gaz) -> None:
    for frame in (pd.DataFrame({"name": []}), pl.DataFrame({"name": []})):
        assert len(resolve_column(frame, "name", gazetteer=gaz)) == 0


def test_the_frame_is_not_changed(gaz, make) -> None:
    frame = make({"name": ["Shushi", None]})
    resolve_column(frame, "name", gazetteer=gaz)
    assert names_of(frame) == ["name"]


def test_only_what_is_wanted_is_kept_in_the_order_it_is_asked_for(gaz, make) -> None:
    frame = make({"name": ["Martuni"]})
    keep = ["candidates", "outcome"]
    result = resolve_column(frame, "name", gazetteer=gaz, keep=keep, prefix="")
    assert names_of(result) == ["name", *keep]
    assert column(result, "outcome") == ["ambiguous"]
    assert column(result, "candidates") == ["gz-0000132:100 gz-000014c:100"]


def test_labels_come_with_a_perspective(gaz, make) -> None:
    frame = make({"name": ["Stepanakert", "Martuni"]})
    result = resolve_column(
        frame, "name", gazetteer=gaz, perspective="parties", lang="ru"
    )
    label = gaz.label("gz-000005a", "parties", lang="ru").text
    assert column(result, "gz_label") == [label, None]


def test_columns_that_the_kernel_has_are_those_of_rows(gaz, make) -> None:
    frame = make({"name": ["Stepanakert", "Martuni", "zzzz", None, "gz-0000012"]})
    few = ["place_id", "outcome", "method", "similarity", "score", "margin", "name"]
    by_column = resolve_column(frame, "name", gazetteer=gaz, keep=few)
    by_row = resolve_column(frame, "name", gazetteer=gaz, keep=[*few, "note"])
    for name in few:
        assert column(by_column, f"gz_{name}") == column(by_row, f"gz_{name}")


# ---------------------------------------------------------------------------- contexts


def test_a_context_for_all_rows_gives_way_to_that_of_a_row(gaz, make) -> None:
    frame = make({"name": ["Martuni"] * 3, "land": [None, "Azerbaijan", " "]})
    result = resolve_column(
        frame, "name", gazetteer=gaz, country="land", context=Context(country="Armenia")
    )
    ids = ["gz-000014c", "gz-0000132", "gz-000014c"]
    assert column(result, "gz_place_id") == ids


def test_a_context_of_no_use_is_refused_row_by_row(gaz, make) -> None:
    frame = make({"name": ["Shushi"] * 2, "land": ["Nowhereland", None]})
    result = resolve_column(frame, "name", gazetteer=gaz, country="land")
    assert column(result, "gz_outcome")[0] == "unmatched"
    assert "'Nowhereland'" in column(result, "gz_note")[0]
    assert column(result, "gz_outcome")[1] != "unmatched"


def test_a_context_of_no_use_for_all_rows_is_an_error(gaz, make) -> None:
    frame = make({"name": ["Shushi"]})
    with pytest.raises(ContextError, match="Nowhereland"):
        resolve_column(
            frame, "name", gazetteer=gaz, context=Context(country="Nowhereland")
        )


def test_dates_may_be_years_days_or_texts(gaz) -> None:
    days = pd.to_datetime(["1950-02-03", "2005-01-01", None])
    years = pd.Series([1950, 2005, None], dtype="Int64")
    floats = [1950.0, 2005.0, None]
    texts = ["1950", "2005-01", ""]
    answers = []
    for dates in (days, years, floats, texts, days.date):
        frame = pd.DataFrame({"name": "NKAO", "at": dates})
        result = resolve_column(frame, "name", gazetteer=gaz, event="at")
        answers.append(column(result, "gz_outcome"))
    # the unit was abolished in between
    assert answers == [["matched", "unmatched", "matched"]] * 5


def test_the_language_of_the_text_is_a_column_of_its_own(gaz, make) -> None:
    frame = make({"name": ["Shushi"], "language": ["not a tag"]})
    result = resolve_column(frame, "name", gazetteer=gaz, text_lang="language")
    assert "lang='not a tag'" in column(result, "gz_note")[0]


# ------------------------------------------------------------------------------- pandas


@pytest.mark.parametrize(
    "index",
    [
        ["a", "a", "b"],
        [3, 1, 2],
        pd.MultiIndex.from_tuples([(1, "x"), (1, "y"), (1, "x")], names=["i", None]),
        pd.date_range("2020-01-01", periods=3, name="day"),
    ],
)
def test_the_index_of_pandas_is_kept(gaz, index) -> None:
    frame = pd.DataFrame({"name": ["Baku", "Yerevan", "Baku"]}, index=index)
    result = resolve_column(frame, "name", gazetteer=gaz)
    assert result.index.equals(frame.index)
    assert list(result.index.names) == list(frame.index.names)
    ids = ["gz-0000036", "gz-0000048", "gz-0000036"]
    assert list(result["gz_place_id"]) == ids


def test_a_slice_of_a_frame(gaz) -> None:
    frame = pd.DataFrame({"name": ["Baku", "Yerevan", "Baku"]}).iloc[1:]
    result = resolve_column(frame, "name", gazetteer=gaz)
    assert list(result["gz_place_id"]) == ["gz-0000048", "gz-0000036"]


def test_categories_that_no_row_has_are_not_resolved(gaz, monkeypatch) -> None:
    asked = []
    resolve_many = type(gaz).resolve_many

    def listening(self, queries, **options):
        asked.extend(queries)
        return resolve_many(self, queries, **options)

    monkeypatch.setattr(type(gaz), "resolve_many", listening)
    names = pd.Categorical(["Baku", "Baku"], categories=["Yerevan", "Baku"])
    resolve_column(pd.DataFrame({"name": names}), "name", gazetteer=gaz)
    both = pl.DataFrame({"name": ["Yerevan", "Baku"]}, {"name": pl.Categorical})
    resolve_column(both.tail(1), "name", gazetteer=gaz)
    assert asked == ["Baku", "Baku"]


# --------------------------------------------------------------------- what is refused


BAD = {
    "whole numbers": [1, 2],
    "fractions": [0.5, None],
    "bytes": [b"Baku"],
    "truth": [True],
    "lists": [["Baku"]],
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_text_is_an_error_that_names_the_column(gaz, make, what) -> None:
    frame = make({"written": BAD[what]})
    with pytest.raises(CellTypeError, match="'written' is used as the name") as caught:
        resolve_column(frame, "written", gazetteer=gaz)
    assert isinstance(caught.value, TypeError)
    assert caught.value.column == "written"


def test_one_number_among_texts_is_shown(gaz) -> None:
    frame = pd.DataFrame({"written": ["Baku", 5, None]})
    with pytest.raises(CellTypeError, match=r"holds 5 \(int\)"):
        resolve_column(frame, "written", gazetteer=gaz)


@pytest.mark.parametrize("field", ["country", "within", "type", "text_lang"])
def test_contexts_are_texts(gaz, make, field) -> None:
    frame = make({"name": ["Baku"], "n": [7]})
    with pytest.raises(CellTypeError, match="column 'n'"):
        resolve_column(frame, "name", gazetteer=gaz, **{field: "n"})


@pytest.mark.parametrize("field", ["event", "published", "lat", "lon"])
def test_dates_and_degrees_are_not_truth_values(gaz, make, field) -> None:
    frame = make({"name": ["Baku"], "b": [True]})
    with pytest.raises(CellTypeError, match="column 'b'"):
        resolve_column(frame, "name", gazetteer=gaz, **{field: "b"})


def test_a_column_that_is_not_there(gaz, make) -> None:
    frame = make({"name": ["Baku"], "x": ["y"]})
    with pytest.raises(MissingColumnError, match="'nam'; there are: 'name', 'x'"):
        resolve_column(frame, "nam", gazetteer=gaz)
    with pytest.raises(MissingColumnError, match="'land'"):
        resolve_column(frame, "name", gazetteer=gaz, country="land")


def test_nothing_is_written_over(gaz, make) -> None:
    frame = make({"name": ["Baku"], "gz_score": [1.0]})
    with pytest.raises(ColumnTakenError, match="'gz_score'"):
        resolve_column(frame, "name", gazetteer=gaz)
    result = resolve_column(frame, "name", gazetteer=gaz, prefix="p_")
    assert names_of(result)[:3] == ["name", "gz_score", "p_place_id"]


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"contry": "c"}, TypeError, "no option 'contry'; .*country, within"),
        ({"keep": ["id"]}, ValueError, "no column 'id' in an answer; .* place_id"),
        ({"keep": ["score", "score"]}, ValueError, "twice"),
        ({"keep": "score"}, TypeError, "a list of columns would do"),
        ({"keep": ["label"]}, ValueError, "needs a perspective"),
        ({"perspective": "none"}, UnknownPerspectiveError, "parties"),
    ],
)
def test_an_option_of_no_use(gaz, make, options, error, words) -> None:
    with pytest.raises(error, match=words):
        resolve_column(make({"name": ["Baku"]}), "name", gazetteer=gaz, **options)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pl.LazyFrame({"name": ["Baku"]}), r"collect\(\) it, or use the expression"),
        (pd.Series(["Baku"]), "a data frame of pandas, polars or pyarrow"),
        (["Baku"], "builtins.list is not a data frame"),
    ],
)
def test_what_is_no_frame_in_memory(gaz, frame, words) -> None:
    with pytest.raises(TypeError, match=words):
        resolve_column(frame, "name", gazetteer=gaz)


def test_the_shipped_data_are_asked_if_no_others_are(monkeypatch, gaz) -> None:
    from gazetteer.integrations import question

    monkeypatch.setattr(question, "default_gazetteer", lambda: gaz)
    result = resolve_column(pd.DataFrame({"name": ["Baku"]}), "name")
    assert list(result["gz_place_id"]) == ["gz-0000036"]
