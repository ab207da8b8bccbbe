"""Whatever stands in the cells comes out as it went in, in order."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer
from gazetteer.batch import BatchOptions, resolve_file

if TYPE_CHECKING:
    from typing import BinaryIO

# every character but halves of surrogate pairs, and often those that break tables
TEXT = st.text(
    st.one_of(
        st.sampled_from(list(",;\t|\"'\n\r\\\0\x01\x0b\ufeff_x=<&>{}[] a1é")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
) | st.sampled_from(["_x000D_", "_x005F_", "Shushi", "Shusha", "", '""', "\r\n", "NaN"])
HEADER = ["id", "name", "remark"]
TABLES = st.lists(st.tuples(TEXT, TEXT), max_size=8).map(
    lambda cells: [[str(number), *pair] for number, pair in enumerate(cells)]
)

_cache: list[Gazetteer] = []


def gazetteer() -> Gazetteer:
    if not _cache:
        _cache.append(Gazetteer.load())
    return _cache[0]


def csv_of(rows: list[list[str]], delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(
        [HEADER, *rows]
    )
    return text.getvalue().encode()


def own_cells(data: bytes, delimiter: str = ",") -> list[list[str]]:
    text = io.StringIO(data.decode(), newline="")
    _, *rows = csv.reader(text, delimiter=delimiter, strict=True)
    return [row[:3] for row in rows]


def through(
    source: BinaryIO | Path, target: Path | BinaryIO, **options: str | None
) -> None:
    resolve_file(gazetteer(), source, target, BatchOptions("name", **options))


@given(TABLES, st.sampled_from(",;\t|"))
def test_csv_keeps_every_cell(rows: list[list[str]], delimiter: str) -> None:
    out = io.BytesIO()
    through(io.BytesIO(csv_of(rows, delimiter)), out)
    assert own_cells(out.getvalue(), delimiter) == rows


@given(TABLES.filter(len))  # without a row, JSON Lines have no columns
@settings(max_examples=25)
def test_csv_through_every_format_and_back(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.csv").write_bytes(csv_of(rows))
        before = folder / "a.csv"
        for number, suffix in enumerate(["jsonl", "parquet", "xlsx", "tsv", "csv"]):
            after = folder / f"b{number}.{suffix}"
            through(before, after, prefix=f"p{number}_")
            before = after
        assert own_cells(before.read_bytes()) == rows


@given(
    st.lists(
        st.dictionaries(
            TEXT.filter(lambda key: key != "name"),
            st.recursive(
                st.none() | st.booleans() | st.integers() | TEXT
                | st.floats(allow_nan=False, allow_infinity=False),
                lambda inner: st.lists(inner, max_size=2)
                | st.dictionaries(TEXT, inner, max_size=2),
                max_leaves=4,
            ),
            max_size=3,
        ),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
)  # fmt: skip
def test_json_lines_keep_every_character(
    objects: list[dict[str, object]], ascii_only: bool
) -> None:
    lines = [
        json.dumps({"name": "Shusha", **each}, ensure_ascii=ascii_only)
        for each in objects
    ]
    out = io.BytesIO()
    data = "".join(f"{line}\n" for line in lines).encode()
    through(io.BytesIO(data), out, format="jsonl")
    after = out.getvalue().decode().split("\n")[:-1]
    assert [
        line[: len(before) - 1] for line, before in zip(after, lines, strict=True)
    ] == [line[:-1] for line in lines]
    assert all(json.loads(line)["gz_outcome"] == "matched" for line in after)
