"""Files of names in, decisions out."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import DataError, Gazetteer
from gazetteer.batch import OUTPUT_COLUMNS, BatchOptions, atomic_output, resolve_csv

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return Gazetteer.load()


def run(
    gaz: Gazetteer, text: str, column: str = "name", **options: object
) -> list[dict[str, str]]:
    output = io.StringIO()
    resolve_csv(gaz, io.StringIO(text), output, BatchOptions(column, **options))
    output.seek(0)
    delimiter = options.get("delimiter") or max(",;\t", key=text.splitlines()[0].count)
    return list(csv.DictReader(output, delimiter=str(delimiter)))


def test_rows_keep_their_cells_and_their_order(gaz: Gazetteer) -> None:
    text = 'id,name,remark\n1,Khankendi,"a, b"\n2,,\n3,Stepanakert,"two\nlines"\n'
    rows = run(gaz, text)
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    assert [row["remark"] for row in rows] == ["a, b", "", "two\nlines"]
    assert [row["gz_outcome"] for row in rows] == ["matched", "unmatched", "matched"]
    assert rows[0]["gz_place_id"] == rows[2]["gz_place_id"]
    assert all(row["gz_data_version"] == gaz.version for row in rows)


def test_context_is_taken_row_by_row(gaz: Gazetteer) -> None:
    bare, in_armenia, town = run(
        gaz,
        "name,country,kind\nMartuni,,\nMartuni,Armenia,town\nMartuni,Azerbaijan,town\n",
        context_columns={"country": "country", "type": "kind"},
    )
    assert bare["gz_outcome"] == "ambiguous"
    assert in_armenia["gz_outcome"] == town["gz_outcome"] == "matched"
    assert in_armenia["gz_place_id"] != town["gz_place_id"]


def test_a_context_that_cannot_be_used_leaves_its_row_unmatched(gaz: Gazetteer) -> None:
    text = "name,c,lat,lon\nKhankendi,Nowhereland,,\nKhankendi,,95,46\nKhankendi,,,\n"
    output = io.StringIO()
    tally = resolve_csv(
        gaz,
        io.StringIO(text),
        output,
        BatchOptions("name", {"country": "c", "lat": "lat", "lon": "lon"}),
    )
    output.seek(0)
    first, second, third = csv.DictReader(output)
    assert first["gz_outcome"] == second["gz_outcome"] == "unmatched"
    assert "'Nowhereland'" in first["gz_note"]
    assert "not between -90 and 90" in second["gz_note"]
    assert third["gz_outcome"] == "matched"
    assert tally.bad_contexts == 2


def test_labels_of_a_perspective(gaz: Gazetteer) -> None:
    (row,) = run(gaz, "name\nStepanakert\n", perspective="neutral", lang="ru")
    assert row["gz_label"] == "Степанакерт/Ханкенди"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_told_by_the_header(gaz: Gazetteer, delimiter: str) -> None:
    text = delimiter.join(["id", "name"]) + "\n" + delimiter.join(["1", "Shushi"])
    (row,) = run(gaz, text)
    assert row["gz_outcome"] == "matched"


def test_all_missing_columns_are_named_at_once(gaz: Gazetteer) -> None:
    options = BatchOptions("nam", {"country": "land"})
    with pytest.raises(DataError) as caught:
        resolve_csv(gaz, io.StringIO("name,gz_name\nx,y\n"), io.StringIO(), options)
    codes = [problem.code for problem in caught.value.problems]
    assert codes == ["missing-column", "missing-column", "column-taken"]
    assert "there are: 'name', 'gz_name'" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "empty-file", 1),
        ("name\na\nb,c\n", "bad-row", 3),
        ('name\n"open', "bad-csv", 2),
    ],
)
def test_a_broken_file_says_where(
    gaz: Gazetteer, text: str, code: str, line: int
) -> None:
    with pytest.raises(DataError) as caught:
        resolve_csv(gaz, io.StringIO(text), io.StringIO(), BatchOptions("name"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.line) == (code, line)


def test_progress_counts_rows(gaz: Gazetteer) -> None:
    seen: list[int] = []
    text = "name\n" + "Khankendi\n" * 12_000
    tally = resolve_csv(
        gaz,
        io.StringIO(text),
        io.StringIO(),
        BatchOptions("name"),
        progress=seen.append,
    )
    assert seen == [5_000, 10_000, 12_000]
    assert tally.rows == 12_000


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")

    def fail() -> None:
        with atomic_output(path) as output:
            output.write("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), max_size=8))
def test_every_row_comes_out_once_with_every_column(names: list[str]) -> None:
    gaz = _shared()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(
        [["id", "name"], *([number, name] for number, name in enumerate(names))]
    )
    rows = run(gaz, text.getvalue())
    assert [row["name"] for row in rows] == names
    assert all(
        set(row) == {"id", "name", *(f"gz_{c}" for c in OUTPUT_COLUMNS)} for row in rows
    )


_cache: list[Gazetteer] = []


def _shared() -> Gazetteer:
    if not _cache:
        _cache.append(Gazetteer.load())
    return _cache[0]
