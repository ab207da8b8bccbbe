"""Reading and writing give the same bytes, and positions agree with the csv module."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.tables.cells import (
    format_rows,
    read_rows,
    scan_rows,
    sort_rows,
    write_rows,
)
from gazetteer.tables.columns import TABLES

SMALL = Path(__file__).parents[1] / "fixtures" / "small"

# A carriage return or a surrogate is a fault that `gazetteer check` reports.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"))
ROWS = st.lists(st.lists(TEXT, min_size=2, max_size=5), max_size=8)


@given(ROWS)
def test_writing_then_reading_changes_nothing(rows: list[list[str]]) -> None:
    text = format_rows(rows)
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True)) == rows
    assert format_rows(csv.reader(io.StringIO(text, newline=""))) == text


@given(ROWS)
def test_scanning_finds_the_cells_that_the_csv_module_finds(
    rows: list[list[str]],
) -> None:
    scanned = list(scan_rows(format_rows(rows)))
    assert [[cell.text for cell in row.cells] for row in scanned] == rows
    assert all(row.fault is None for row in scanned)


@given(ROWS)
def test_a_position_is_where_the_cell_starts(rows: list[list[str]]) -> None:
    text = format_rows(rows)
    lines = text.split("\n")
    for row in scan_rows(text):
        for cell in row.cells:
            rest = lines[cell.line - 1][cell.column - 1 :]
            shown = rest.removeprefix('"')
            first = cell.text.replace('"', '""').split("\n")[0]
            assert shown.startswith(first)


@given(st.text(alphabet='a",\n\r', max_size=30))
def test_scanning_agrees_with_the_csv_module_on_anything_it_reads(text: str) -> None:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        assert any(row.fault for row in scan_rows(text))
        return
    scanned = list(scan_rows(text))
    assert [[cell.text for cell in row.cells] for row in scanned] == rows


@pytest.mark.parametrize("table", TABLES)
def test_reading_then_writing_a_table_gives_the_same_bytes(
    table: str, tmp_path: Path
) -> None:
    source = SMALL / TABLES[table].file
    target = tmp_path / source.name
    write_rows(target, sort_rows(read_rows(source)))
    assert target.read_bytes() == source.read_bytes()
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "names.csv"
    write_rows(target, [["name"], ["old"]])
    with pytest.raises(UnicodeEncodeError):
        write_rows(target, [["name"], ["\udc80"]])
    assert read_rows(target) == [["name"], ["old"]]
    assert list(tmp_path.iterdir()) == [target]


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=8))
def test_sorting_keeps_the_header_first_and_is_final(rows: list[list[str]]) -> None:
    once = sort_rows(rows)
    assert once[0] == rows[0]
    assert sort_rows(once) == once
    assert sorted(once[1:]) == sorted(rows[1:])
