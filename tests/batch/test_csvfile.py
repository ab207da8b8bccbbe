"""CSV and TSV: dialects told or refused, faults with their places."""

from __future__ import annotations

import csv
import io
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import DataError
from gazetteer.batch import BatchError, BatchOptions, csvfile, resolve_file
from gazetteer.batch.csvfile import CsvReader
from gazetteer.batch.dialect import Dialect, cell_at
from gazetteer.batch.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer


def reader(tmp_path: Path, text: str | bytes, **options: Any) -> CsvReader:
    path = tmp_path / "in.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return CsvReader(Source(path), **options)


def cells(found: CsvReader) -> list[list[str]]:
    found.survey(kinds=False)
    return [list(row) for piece in found.pieces() for row in piece.rows()]


# ----------------------------------------------------------------------------- dialects


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_header(tmp_path: Path, delimiter: str) -> None:
    text = delimiter.join(["id", "name"]) + "\n" + delimiter.join(["1", "a b"]) + "\n"
    assert cells(reader(tmp_path, text)) == [["1", "a b"]]


@pytest.mark.parametrize(
    ("text", "wanted", "delimiter"),
    [
        ("name\nOne two\n", [], ","),  # one column
        ("a;b\n1,5;2,5\n", [], ";"),
        ("a,b;c\n1,x;y\n2,z\n3,w\n", [], ","),  # the rows decide
        ("name;x,y\n1;2\n", ["name"], ";"),  # the wanted header decides
        ('"a;b",c\n1,2\n', [], ","),
        ("a\tb,c\td\n1\t2\t3\n", [], "\t"),
    ],
)
def test_what_decides_the_delimiter(
    tmp_path: Path, text: str, wanted: list[str], delimiter: str
) -> None:
    found = reader(tmp_path, text, wanted=wanted)
    found.survey(kinds=False)
    assert found.dialect.delimiter == delimiter


def test_an_unsure_delimiter_is_an_error_that_names_the_choices(tmp_path: Path) -> None:
    found = reader(tmp_path, "a,b;c\n1,2;3\n")
    with pytest.raises(BatchError) as caught:
        found.survey(kinds=False)
    assert "',' (2 columns: a, b;c) or ';' (2 columns: a,b, c)" in str(caught.value)
    assert "--delimiter" in str(caught.value)
    assert cells(reader(tmp_path, "a,b;c\n1,2;3\n", delimiter=";")) == [["1,2", "3"]]


def test_a_file_without_quotation(tmp_path: Path) -> None:
    text = 'name\tx\n"Big" Apple\t5" pipe\n'
    with pytest.raises(DataError, match="--quote none"):
        cells(reader(tmp_path, text))
    assert cells(reader(tmp_path, text, quote="")) == [['"Big" Apple', '5" pipe']]


def test_a_dialect_goes_from_the_input_to_the_output(
    gaz: Gazetteer, tmp_path: Path
) -> None:
    source = tmp_path / "in.tsv"
    source.write_text('name\tx\nShusha\t5" pipe\n', "utf-8")
    same, other = tmp_path / "out.tsv", tmp_path / "out.csv"
    for output in (same, other):
        resolve_file(gaz, source, output, BatchOptions("name", quote=""))
    assert same.read_text("utf-8").startswith("name\tx\tgz_place_id")
    assert '\nShusha\t5" pipe\t' in same.read_text("utf-8")
    assert '\nShusha,"5"" pipe",' in other.read_text("utf-8")


# ------------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "empty-file", 1, 0),
        ("\n\n", "empty-file", 1, 0),
        ("name,x\na,b\nb,c,d\n", "bad-row", 3, 5),
        ('name,x\n"a\nb",c\n"d\ne","f",g\n', "bad-row", 5, 8),
        ('name\n"open\nand so on\n', "bad-csv", 2, 0),
        ('name\nfine\n"closed" but not at the end\n', "bad-csv", 3, 0),
    ],
)
def test_a_broken_file_says_where(
    tmp_path: Path, text: str, code: str, line: int, column: int
) -> None:
    with pytest.raises(DataError) as caught:
        reader(tmp_path, text, delimiter=",").survey(kinds=False)
    (problem,) = caught.value.problems
    assert (problem.code, problem.line, problem.column) == (code, line, column)


def test_all_faults_of_a_file_are_listed_before_a_name_is_resolved(
    tmp_path: Path,
) -> None:
    text = "name\na,1\nb\nc,2\n" + "d\n" * 200 + '"open\n'
    with pytest.raises(DataError) as caught:
        reader(tmp_path, text).survey(kinds=False)
    found = [(problem.code, problem.line) for problem in caught.value.problems]
    assert found == [("bad-row", 2), ("bad-row", 4), ("bad-csv", 205)]
    with pytest.raises(DataError) as caught:
        reader(tmp_path, "name\n" + "a,1\n" * 500).survey(kinds=False)
    assert len(caught.value.problems) == 50


def test_a_pipe_stops_at_its_first_fault(gaz: Gazetteer) -> None:
    data = io.BytesIO(b"name\nShusha\nShushi,1\n")
    with pytest.raises(DataError) as caught:
        resolve_file(gaz, data, io.BytesIO(), BatchOptions("name"))
    assert caught.value.problems[0].line == 3


def test_a_mark_that_is_left_open_does_not_swallow_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gazetteer.batch import dialect

    monkeypatch.setattr(dialect, "LONGEST_CELL", 1_000)
    before = csv.field_size_limit()
    text = 'name\nfine\n"open\n' + "more and more\n" * 1_000
    with pytest.raises(DataError, match="is a quotation mark left open"):
        reader(tmp_path, text).survey(kinds=False)
    assert csv.field_size_limit() == before


def test_long_cells_are_read(tmp_path: Path) -> None:
    long = "x" * 1_000_000
    assert cells(reader(tmp_path, f"name\n{long}\n")) == [[long]]


def test_short_rows_are_filled_and_empty_lines_passed_over(tmp_path: Path) -> None:
    assert cells(reader(tmp_path, "a,b\n1\n\n,2\n")) == [["1", ""], ["", "2"]]


def test_an_empty_line_among_names_alone_is_a_row(tmp_path: Path) -> None:
    text = "\nname\na\n\n\nb\n\n"
    found = reader(tmp_path, text)
    assert cells(found) == [["a"], [""], [""], ["b"]], "the last one is an end of line"
    assert found.position(3, 0) == (6, 1)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"PK\x03\x04\x14\0", "--format xlsx"),
        (b"PAR1\x15\0", "--format parquet"),
        (b"\x1f\x8b\x08\0", r"\.csv\.gz"),
    ],
)
def test_what_is_no_text_is_no_encoding(
    tmp_path: Path, head: bytes, words: str
) -> None:
    with pytest.raises(BatchError, match=words):
        reader(tmp_path, head + bytes(100)).survey(kinds=False)


@given(
    st.lists(st.text(st.sampled_from('ab",;\n\r'), max_size=5), min_size=1, max_size=5),
    st.sampled_from([Dialect(), Dialect(";")]),
)
def test_cells_are_found_where_they_begin(row: list[str], dialect: Dialect) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, **dialect.arguments).writerow(row)
    written = text.getvalue()
    for number, cell in enumerate(row):
        found = cell_at(written, number, dialect)
        assert found is not None
        line, column = found
        starts = [0] + [at + 1 for at, each in enumerate(written) if each == "\n"]
        offset = starts[line] + column - 1
        rest = io.StringIO(written[offset:], newline="")
        again = next(csv.reader(rest, **dialect.arguments), [])
        assert again[:1] == [cell] or (not again and not cell)


# ------------------------------------------------------------------------------- memory


def test_memory_does_not_grow_with_the_file(
    gaz: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csvfile, "PIECE_ROWS", 1_000)
    peaks = []
    for rows in (4_000, 40_000):
        source = tmp_path / f"{rows}.csv"
        with source.open("w", encoding="utf-8") as stream:
            stream.write("name,remark\n")
            for number in range(rows):
                name = "Shusha" if number % 2 else "Shushi"
                stream.write(f"{name},{number} and some words\n")
        tracemalloc.start()
        resolve_file(gaz, source, tmp_path / "out.csv", BatchOptions("name"))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def test_long_rows_make_short_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csvfile, "PIECE_BYTES", 100_000)
    found = reader(tmp_path, "name\n" + f"{'x' * 1_000}\n" * 2_000)
    found.survey(kinds=False)
    sizes = [len(piece) for piece in found.pieces()]
    assert sum(sizes) == 2_000
    assert max(sizes) == 250
