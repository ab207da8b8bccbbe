"""A file of names in, the same file with the answers out."""

from __future__ import annotations

import csv
import io
import sys
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from gazetteer import DataError, Gazetteer, UnknownPerspectiveError
from gazetteer.batch import (
    OUTPUT_COLUMNS,
    BatchError,
    BatchOptions,
    resolve_file,
    workbook,
)
from handmade import place, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FORMATS = ["csv", "tsv", "jsonl", "parquet", "xlsx"]
HEADER = ["id", "name", "remark"]
ROWS = [
    ["a1", "Khankendi", "a, b"],
    ["a2", "Karabakh", ""],
    ["a3", "Stepanakert", 'two\nlines "quoted"'],
    ["a4", "Shushi", "=1+1"],
    ["a5", "Şuşa", "\ttab"],
    ["a6", "Nowhere at all", "Ա"],
    ["a7", "Khankandi", "x"],
]  # fmt: skip


def piped(gaz: Gazetteer, data: bytes, **options: Any) -> str:
    output = io.BytesIO()
    options.setdefault("column", "name")
    resolve_file(gaz, io.BytesIO(data), output, BatchOptions(**options))
    return output.getvalue().decode()


# ------------------------------------------------------------------- rows and columns


@pytest.mark.parametrize(("source", "target"), list(product(FORMATS, FORMATS)))
def test_every_format_becomes_every_other_with_the_same_answers(
    resolved: Callable[..., Any], source: str, target: str
) -> None:
    expected, _ = resolved(HEADER, ROWS, perspective="neutral")
    rows, tally = resolved(HEADER, ROWS, source, target, perspective="neutral")
    numbers = ("gz_similarity", "gz_score", "gz_margin")
    for row in [*rows, *expected]:
        for key in numbers:
            row[key] = None if row[key] is None else float(row[key])
    assert rows == expected
    assert [[row[key] or "" for key in HEADER] for row in rows] == ROWS
    assert tally.rows == len(ROWS)


def test_the_added_columns_stand_behind_the_others(
    resolved: Callable[..., Any],
) -> None:
    (row, *_), _ = resolved(HEADER, ROWS, prefix="x_")
    assert list(row) == [*HEADER, *(f"x_{column}" for column in OUTPUT_COLUMNS)]


def test_links_of_every_scheme_have_their_column(
    gaz: Gazetteer, resolved: Callable[..., Any]
) -> None:
    names = ["Khankendi", "Armenia", "Azerbaijan", "AZ-FUZ"]
    rows, _ = resolved(["name"], [[name] for name in names[:3]])
    town, armenia, azerbaijan = rows
    assert town["gz_wikidata"] == "Q129352"
    assert town["gz_geonames"] == "146970"
    assert (armenia["gz_iso"], azerbaijan["gz_iso"]) == ("AM", "AZ")
    district = gaz["iso3166-2:AZ-FUZ"]
    ((row,), _) = resolved(["name"], [[district.place_id]])
    assert row["gz_iso"] == "AZ-FUZ"
    assert row["gz_pcode"] == " ".join(district.links["ocha-pcode"])


def test_only_a_match_has_an_id_a_label_and_links(
    resolved: Callable[..., Any],
) -> None:
    rows, _ = resolved(HEADER, ROWS, perspective="neutral")
    for row in rows:
        matched = row["gz_outcome"] == "matched"
        assert matched == bool(row["gz_place_id"])
        assert matched == bool(row["gz_label"])
        assert row["gz_data_version"]


def test_context_is_taken_row_by_row(resolved: Callable[..., Any]) -> None:
    rows = [
        ["Martuni", "", ""],
        ["Martuni", "Armenia", "town"],
        ["Martuni", " Azerbaijan ", "town"],
    ]
    (bare, west, east), _ = resolved(
        ["name", "country", "kind"],
        rows,
        context_columns={"country": "country", "type": "kind"},
    )
    assert bare["gz_outcome"] == "ambiguous"
    assert west["gz_outcome"] == east["gz_outcome"] == "matched"
    assert west["gz_place_id"] != east["gz_place_id"]


def test_a_context_that_cannot_be_used_leaves_its_row_unmatched(
    resolved: Callable[..., Any],
) -> None:
    rows = [
        ["Khankendi", "Nowhereland", "", ""],
        ["Khankendi", "", "95", "46"],
        ["Khankendi", "", "39.8", ""],
        ["Khankendi", "", "", ""],
    ]
    found, tally = resolved(
        ["name", "c", "lat", "lon"],
        rows,
        context_columns={"country": "c", "lat": "lat", "lon": "lon"},
    )
    assert [row["gz_outcome"] for row in found] == ["unmatched"] * 3 + ["matched"]
    assert "'Nowhereland'" in found[0]["gz_note"]
    assert "not between -90 and 90" in found[1]["gz_note"]
    assert "both lat and lon" in found[2]["gz_note"]
    assert tally.bad_contexts == 3


def test_years_and_days_of_typed_formats_are_dates(
    resolved: Callable[..., Any],
) -> None:
    rows = [["Khankendi", 2023], ["Stepanakert", 1992]]
    for source in ("jsonl", "parquet", "xlsx"):
        found, tally = resolved(
            ["name", "year"], rows, source, context_columns={"event": "year"}
        )
        assert tally.bad_contexts == 0
        assert {row["gz_outcome"] for row in found} == {"matched"}


def test_a_label_is_of_the_date_of_its_row(
    gaz: Gazetteer, resolved: Callable[..., Any]
) -> None:
    rows = [["Stepanakert", "1960"], ["Stepanakert", "2024"]]
    found, _ = resolved(
        ["name", "year"],
        rows,
        perspective="azerbaijani",
        lang="az",
        context_columns={"event": "year"},
    )
    for row, (name, year) in zip(found, rows, strict=True):
        place = gaz.resolve(name).require()
        label = gaz.label(place, "azerbaijani", lang="az", event=year).text
        assert row["gz_label"] == (label or None)


# ------------------------------------------------------------------------------ faults


def test_all_missing_columns_are_named_at_once(resolved: Callable[..., Any]) -> None:
    with pytest.raises(DataError) as caught:
        resolved(
            ["name", "gz_name"], [["x", "y"]], column="nam",
            context_columns={"country": "land"},
        )  # fmt: skip
    codes = [problem.code for problem in caught.value.problems]
    assert codes == ["missing-column", "missing-column", "column-taken"]
    assert caught.value.problems[2].column == 6
    assert "there are: 'name', 'gz_name'" in str(caught.value)


@pytest.mark.parametrize("source", FORMATS)
def test_a_missing_column_is_named_in_every_format(
    resolved: Callable[..., Any], source: str
) -> None:
    with pytest.raises(DataError, match="no column has this header"):
        resolved(HEADER, ROWS, source, column="nothing")


def test_a_header_that_stands_twice_is_no_column_of_names(
    resolved: Callable[..., Any],
) -> None:
    with pytest.raises(DataError, match="several columns have this header"):
        resolved(["name", "name"], [["a", "b"]])


def test_other_columns_may_have_one_header_where_the_format_allows(
    gaz: Gazetteer, tmp_path: Path
) -> None:
    source = tmp_path / "in.csv"
    source.write_text("name,x,x\nShusha,1,2\n", "utf-8")
    resolve_file(gaz, source, tmp_path / "out.csv", BatchOptions("name"))
    assert (tmp_path / "out.csv").read_text("utf-8").startswith("name,x,x,gz_place_id")
    with pytest.raises(BatchError, match="several columns have the header 'x'"):
        resolve_file(gaz, source, tmp_path / "out.jsonl", BatchOptions("name"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("in.doc", "its suffix names no format; say which with --format"),
        ("in.xls", "save it as .xlsx"),
        ("in.json", "one object a line"),
    ],
)
def test_a_suffix_that_says_nothing_is_an_error(
    gaz: Gazetteer, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / name).write_text("name\n", "utf-8")
    with pytest.raises(BatchError, match=said):
        resolve_file(gaz, tmp_path / name, tmp_path / "out.csv", BatchOptions("name"))


def test_a_stated_format_wins_over_the_suffix(gaz: Gazetteer, tmp_path: Path) -> None:
    source, output = tmp_path / "in.data", tmp_path / "out.data"
    source.write_text('{"name": "Shusha"}\n', "utf-8")
    options = BatchOptions("name", format="jsonl", output_format="csv")
    resolve_file(gaz, source, output, options)
    assert output.read_text("utf-8").startswith("name,gz_place_id,")


def test_a_file_that_is_not_there(gaz: Gazetteer, tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="there is no such file"):
        resolve_file(gaz, tmp_path / "no.csv", tmp_path / "o.csv", BatchOptions("name"))
    (tmp_path / "in.csv").write_text("name\n", "utf-8")
    with pytest.raises(BatchError, match="there is no directory"):
        resolve_file(
            gaz, tmp_path / "in.csv", tmp_path / "no" / "o.csv", BatchOptions("name")
        )


def test_an_unknown_perspective_fails_before_any_row(
    resolved: Callable[..., Any],
) -> None:
    with pytest.raises(UnknownPerspectiveError):
        resolved(HEADER, ROWS, perspective="martian")


def test_a_failure_leaves_the_old_file_and_nothing_beside(
    gaz: Gazetteer, tmp_path: Path
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    output.write_text("old", "utf-8")
    source.write_text("name\nShusha\nShushi,more\n", "utf-8")
    with pytest.raises(DataError):
        resolve_file(gaz, source, output, BatchOptions("name"))
    assert output.read_text("utf-8") == "old"
    assert {each.name for each in tmp_path.iterdir()} == {"in.csv", "out.csv"}


def test_an_input_that_changes_under_the_reading_is_refused(
    gaz: Gazetteer, tmp_path: Path
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("name\n" + "Shusha\n" * 20_000, "utf-8")

    def progress(what: str, rows: int, share: float) -> None:
        if what == "resolving" and rows == 10_000:
            with source.open("a", encoding="utf-8") as stream:
                stream.write("Shushi\n")

    with pytest.raises(BatchError, match="changed while it was being read"):
        resolve_file(gaz, source, output, BatchOptions("name"), progress=progress)
    assert not output.exists()


# ------------------------------------------------------------------------------- pipes


def test_a_pipe_is_csv_unless_said(gaz: Gazetteer) -> None:
    rows = list(csv.DictReader(io.StringIO(piped(gaz, b"id;name\n1;Shushi\n"), newline=""),
                               delimiter=";"))  # fmt: skip
    assert rows[0]["gz_outcome"] == "matched"
    lines = piped(gaz, b'{"name": "Shusha"}\n', format="jsonl")
    assert lines.startswith('{"name": "Shusha", "gz_place_id": "gz-')


def test_a_pipe_of_objects_becomes_a_table_with_all_their_keys(gaz: Gazetteer) -> None:
    data = b'{"name": "Shusha"}\n{"x": 1, "name": "Shushi"}\n'
    table = piped(gaz, data, format="jsonl", output_format="csv")
    assert table.startswith("name,x,gz_place_id")
    assert "\nShushi,1,gz-" in table


def test_a_workbook_can_go_through_a_pipe(gaz: Gazetteer, tmp_path: Path) -> None:
    whole = tmp_path / "whole.xlsx"
    (tmp_path / "in.csv").write_text("name\nShusha\nShushi\n", "utf-8")
    resolve_file(gaz, tmp_path / "in.csv", whole, BatchOptions("name"))
    output = io.BytesIO()
    options = BatchOptions("name", output_format="xlsx")
    resolve_file(gaz, io.BytesIO(b"name\nShusha\nShushi\n"), output, options)
    assert output.getvalue() == whole.read_bytes()
    back = io.BytesIO()
    options = BatchOptions("name", format="xlsx", output_format="csv", prefix="again_")
    resolve_file(gaz, io.BytesIO(whole.read_bytes()), back, options)
    assert back.getvalue().count(b"\n") == 3


def test_a_pipe_cannot_be_resumed(gaz: Gazetteer, tmp_path: Path) -> None:
    for source, output in [
        (io.BytesIO(b"name\n"), tmp_path / "out.csv"),
        (tmp_path / "in.csv", io.BytesIO()),
    ]:
        (tmp_path / "in.csv").write_text("name\n", "utf-8")
        with pytest.raises(BatchError, match="pipe cannot be resumed"):
            resolve_file(gaz, source, output, BatchOptions("name"), resume=True)


# ---------------------------------------------------------------------------- progress


def test_progress_knows_the_share(gaz: Gazetteer, tmp_path: Path) -> None:
    seen: list[tuple[str, int, float]] = []
    source = tmp_path / "in.csv"
    source.write_text("name\n" + "Khankendi\n" * 25_000, "utf-8")
    tally = resolve_file(
        gaz, source, tmp_path / "out.csv", BatchOptions("name"),
        progress=lambda *args: seen.append(args),
    )  # fmt: skip
    resolving = [(rows, share) for what, rows, share in seen if what == "resolving"]
    assert resolving == [(10_000, 0.4), (20_000, 0.8), (25_000, 1.0)]
    assert tally.rows == 25_000


# -------------------------------------------------------------------------- other data


def test_data_without_perspectives_have_no_titles_and_no_labels(tmp_path: Path) -> None:
    gaz = Gazetteer(
        tables(
            place("gz-0000000", "Aba", "Abo", links=["pcode:X1", "iso3166-2:AA-B"]),
            place("gz-0000012", "Aba", links=["iso3166-2:AA-C", "iso3166-1:AA"]),
        )
    )
    source = tmp_path / "in.csv"
    source.write_text("name\nAba\nAbo\ngz-0000012\n", "utf-8")
    output, review = tmp_path / "out.csv", tmp_path / "review.jsonl"
    tally = resolve_file(gaz, source, output, BatchOptions("name"), review=review)
    assert tally.reviewed == 1
    lines = output.read_text("utf-8").splitlines()
    assert ",AA-B,X1,gz-0000000:100,," in lines[2]
    assert ",AA AA-C,,gz-0000012:100,," in lines[3]
    assert '"candidate_1_title": null' in review.read_text("utf-8")


def test_a_disk_without_room_is_an_error_that_keeps_what_was_done(
    gaz: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.xlsx"
    source.write_text("name\nShusha\nShushi\n", "utf-8")

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(workbook.ExcelWriter, "seal", no_room)
        with pytest.raises(BatchError, match="No space left on device"):
            resolve_file(gaz, source, output, BatchOptions("name"))
    assert not output.exists()
    tally = resolve_file(gaz, source, output, BatchOptions("name"), resume=True)
    assert tally.resumed == 2
    assert output.exists()


def test_what_is_not_installed_says_what_installs_it(
    gaz: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, suffix, extra in [
        ("pyarrow", "parquet", "parquet"),
        ("openpyxl", "xlsx", "excel"),
    ]:
        source = tmp_path / f"in.{suffix}"
        source.write_bytes(b"")
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(BatchError) as caught:
            resolve_file(gaz, source, tmp_path / "out.csv", BatchOptions("name"))
        assert f"pip install 'gazetteer[{extra}]'" in str(caught.value)
