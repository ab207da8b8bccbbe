"""One gazetteer for all tests of batch work, and files made of rows."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook, load_workbook

from gazetteer import Gazetteer
from gazetteer.batch import BatchOptions, resolve_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from gazetteer.batch import Tally

Rows = list[dict[str, Any]]


@pytest.fixture(scope="session")
def gaz() -> Gazetteer:
    return Gazetteer.load()


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> Path:
    """Write rows with the libraries that others use, not with ours."""
    suffix = path.suffix
    if suffix in (".csv", ".tsv"):
        with path.open("w", encoding="utf-8", newline="") as stream:
            delimiter = "\t" if suffix == ".tsv" else ","
            writer = csv.writer(stream, delimiter=delimiter)
            writer.writerows([header, *rows])
    elif suffix == ".jsonl":
        objects = [dict(zip(header, row, strict=True)) for row in rows]
        text = "".join(f"{json.dumps(each)}\n" for each in objects)
        path.write_text(text, encoding="utf-8")
    elif suffix == ".parquet":
        columns = list(zip(*rows, strict=True)) or [[] for _ in header]
        pq.write_table(pa.table(dict(zip(header, columns, strict=True))), path)
    else:
        book = Workbook()
        for row in [header, *rows]:
            book.active.append(list(row))
        for cell in (cell for row in book.active.rows for cell in row):
            if cell.data_type == "f":
                cell.data_type = "s"  # a text, although it begins like a formula
        book.save(path)
    return path


def read(path: Path) -> Rows:
    """Read rows back, empty cells as None."""
    suffix = path.suffix
    if suffix in (".csv", ".tsv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(
                csv.DictReader(stream, delimiter="\t" if suffix == ".tsv" else ",")
            )
    elif suffix == ".jsonl":
        rows = [
            json.loads(line) for line in path.read_text("utf-8").split("\n") if line
        ]
    elif suffix == ".parquet":
        rows = pq.read_table(path).to_pylist()
    else:
        header, *body = load_workbook(path).active.iter_rows(values_only=True)
        rows = [dict(zip(header, row, strict=True)) for row in body]
    return [
        {key: None if value == "" else value for key, value in row.items()}
        for row in rows
    ]


@pytest.fixture
def resolved(gaz: Gazetteer, tmp_path: Path) -> Callable[..., tuple[Rows, Tally]]:
    """Resolve rows in one format to another and return what came out."""

    def run(
        header: Sequence[str],
        rows: Sequence[Sequence[Any]],
        source: str = "csv",
        target: str = "csv",
        files: dict[str, Any] | None = None,
        **options: Any,
    ) -> tuple[Rows, Tally]:
        path = write(tmp_path / f"in.{source}", header, rows)
        out = tmp_path / f"out.{target}"
        options.setdefault("column", "name")
        tally = resolve_file(gaz, path, out, BatchOptions(**options), **files or {})
        left = {each.name for each in tmp_path.iterdir() if ".part" in each.name}
        assert left == set()
        return read(out), tally

    return run
