"""Workbooks: values kept, formulas by their values, limits said."""

# ruff: noqa: DTZ001  # a cell has no time zone

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook, load_workbook

from gazetteer import DataError
from gazetteer.batch import BatchError, BatchOptions, resolve_file, workbook

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer


def book(path: Path, *sheets: list[list[Any]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = made.create_sheet(f"Blatt {number}")
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def resolved(
    gaz: Gazetteer, source: Path, suffix: str = "xlsx", **options: Any
) -> Path:
    output = source.with_name(f"out.{suffix}")
    resolve_file(gaz, source, output, BatchOptions("name", **options))
    return output


VALUES = [
    "Shusha", 12, 1.5, True, datetime(2023, 9, 19, 13, 5), date(2023, 9, 19), time(7, 30),
    None, "_x000D_ & <b>", 10**14,
]  # fmt: skip
HEADER = ["name", *(f"c{number}" for number in range(1, len(VALUES)))]


def test_values_keep_their_kinds(gaz: Gazetteer, tmp_path: Path) -> None:
    # openpyxl escapes nothing: what a cell says is what an Excel user sees
    shown = [*VALUES[:-2], "_x005F_x000D_ & <b>", VALUES[-1]]
    source = book(tmp_path / "in.xlsx", [HEADER, shown])
    sheet = load_workbook(resolved(gaz, source)).active
    got = [cell.value for cell in sheet[2]][: len(VALUES)]
    assert got == [
        *VALUES[:5], datetime(2023, 9, 19), *VALUES[6:-2], "_x005F_x000D_ & <b>", 10**14,
    ]  # fmt: skip
    assert sheet.freeze_panes == "A2"
    table = pq.read_table(resolved(gaz, source, "parquet")).to_pylist()[0]
    assert table["c1"] == 12
    assert table["c3"] is True
    assert table["c4"] == datetime(2023, 9, 19, 13, 5)
    assert table["c8"] == "_x000D_ & <b>"
    text = resolved(gaz, source, "csv").read_text("utf-8")
    assert (
        "\nShusha,12,1.5,true,2023-09-19T13:05:00,2023-09-19,07:30:00,,_x000D_ & <b>,"
        "100000000000000,gz-"
    ) in text


def test_a_sheet_is_chosen_by_its_name(gaz: Gazetteer, tmp_path: Path) -> None:
    source = book(tmp_path / "in.xlsx", [["name"], ["Shusha"]], [["name"], ["Shushi"]])
    assert "\nShusha," in resolved(gaz, source, "csv").read_text("utf-8")
    named = resolved(gaz, source, "csv", sheet="Blatt 2")
    assert "\nShushi," in named.read_text("utf-8")
    with pytest.raises(BatchError, match="there are: 'Blatt 1', 'Blatt 2'"):
        resolved(gaz, source, sheet="Blatt 3")


def test_empty_rows_between_are_kept_and_those_below_are_not(
    gaz: Gazetteer, tmp_path: Path
) -> None:
    rows = [["name", "x"], ["Shusha", 1], [None, None], ["Shushi", None]]
    source = book(tmp_path / "in.xlsx", rows)
    made = load_workbook(source)
    made.active["A9"].value = ""
    made.active["A9"].number_format = "0.00"
    made.save(source)
    lines = resolved(gaz, source, "jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 3
    assert lines[1].startswith('{"name": null, "x": null')


def test_a_cell_beside_the_header_is_a_fault(gaz: Gazetteer, tmp_path: Path) -> None:
    source = book(tmp_path / "in.xlsx", [["name"], ["Shusha", None, "stray"]])
    with pytest.raises(DataError) as caught:
        resolved(gaz, source)
    assert caught.value.problems[0][1:3] == (2, 3)


def test_formulas_without_values_are_refused_and_all_named(
    gaz: Gazetteer, tmp_path: Path
) -> None:
    rows = [["name", "x"], ["Shusha", "=1+1"], ["Shushi", 2], ["Shushi", "=A3"]]
    source = book(tmp_path / "in.xlsx", rows)
    with pytest.raises(DataError) as caught:
        resolved(gaz, source)
    assert [problem[1:3] for problem in caught.value.problems] == [(2, 2), (4, 2)]
    assert "save it there" in str(caught.value)


def test_formulas_become_their_values(gaz: Gazetteer, tmp_path: Path) -> None:
    source = book(tmp_path / "plain.xlsx", [["name", "x"], ["Shusha", 2]])
    known = tmp_path / "in.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(known, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):
                assert b"<v>2</v>" in text
                text = text.replace(b"<v>2</v>", b"<f>1+1</f><v>2</v>")
            new.writestr(name, text)
    assert '"x": 2,' in resolved(gaz, known, "jsonl").read_text("utf-8")


@pytest.mark.parametrize("data", [b"", b"PK\3\4 and no more", b"name\nShusha\n"])
def test_what_is_no_workbook(gaz: Gazetteer, tmp_path: Path, data: bytes) -> None:
    source = tmp_path / "in.xlsx"
    source.write_bytes(data)
    with pytest.raises(DataError, match="not a whole workbook"):
        resolved(gaz, source)


def test_a_workbook_cut_short_is_refused(gaz: Gazetteer, tmp_path: Path) -> None:
    source = book(tmp_path / "in.xlsx", [["name"], *[["Shusha"]] * 500])
    source.write_bytes(source.read_bytes()[:-100])
    with pytest.raises(DataError, match="not a whole workbook"):
        resolved(gaz, source)


def test_limits_of_a_sheet_are_said(
    gaz: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "in.csv"
    source.write_text("id,name,x\n1,Shusha,a\n2,Shushi," + "y" * 40_000 + "\n", "utf-8")
    with pytest.raises(DataError) as caught:
        resolved(gaz, source)
    assert caught.value.problems[0][1:4] == (3, 3, "x")
    monkeypatch.setattr(workbook, "_MOST_ROWS", 2)
    with pytest.raises(BatchError, match="write CSV or Parquet"):
        resolved(gaz, source)
    assert not (tmp_path / "out.xlsx").exists()
