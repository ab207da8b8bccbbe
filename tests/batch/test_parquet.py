"""Parquet: types and metadata kept, row groups alike however the pieces were cut."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gazetteer import DataError
from gazetteer.batch import BatchOptions, parquet, resolve_file

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer


def resolved(
    gaz: Gazetteer, source: Path, suffix: str = "parquet", **options: Any
) -> Path:
    output = source.with_name(f"out.{suffix}")
    resolve_file(gaz, source, output, BatchOptions("name", **options))
    return output


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    table = pa.table(
        {
            "name": pa.array(["Shusha", "Shushi", None]).dictionary_encode(),
            "d": pa.array([Decimal("1.10"), None, Decimal("2.20")]),
            "t": pa.array(
                [datetime(2023, 9, 19, tzinfo=UTC)] * 3, pa.timestamp("ns", "UTC")
            ),
            "day": pa.array([date(2023, 9, 19)] * 3),
            "l": pa.array([[1, 2], [], None]),
            "raw": pa.array([b"\x01\xff"] * 3),
            "i": pa.array([1, 2, 3], pa.int8()),
        }
    ).replace_schema_metadata({"made by": "hand"})
    path = tmp_path / "in.parquet"
    pq.write_table(table, path, row_group_size=2)
    return path


def test_columns_keep_their_types_and_the_file_its_metadata(
    gaz: Gazetteer, typed: Path
) -> None:
    before = pq.read_table(typed)
    after = pq.read_table(resolved(gaz, typed))
    assert after.select(before.column_names).equals(before)
    assert after.schema.field("name").type == before.schema.field("name").type
    assert after.schema.metadata[b"made by"] == b"hand"
    assert after.column("gz_outcome").to_pylist() == ["matched", "matched", "unmatched"]


def test_other_formats_get_texts(gaz: Gazetteer, typed: Path) -> None:
    line = resolved(gaz, typed, "csv").read_text("utf-8").splitlines()[1]
    assert line.startswith(
        'Shusha,1.10,2023-09-19T00:00:00+00:00,2023-09-19,"[1, 2]",01ff,1,gz-'
    )
    first = resolved(gaz, typed, "jsonl").read_text("utf-8").splitlines()[0]
    assert first.startswith(
        '{"name": "Shusha", "d": "1.10", "t": "2023-09-19T00:00:00+00:00", '
        '"day": "2023-09-19", "l": [1, 2], "raw": "01ff", "i": 1, "gz'
    )


def test_a_day_is_a_date_of_the_context(gaz: Gazetteer, typed: Path) -> None:
    table = pq.read_table(resolved(gaz, typed, context_columns={"event": "day"}))
    assert table.column("gz_note").to_pylist()[0].count("bad context") == 0


def test_row_groups_do_not_depend_on_the_pieces(
    gaz: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_GROUP", 1_000)
    source = tmp_path / "in.parquet"
    names = ["Shusha", "Shushi", "Khankendi", None] * 700
    pq.write_table(pa.table({"name": names, "n": list(range(2_800))}), source)
    made = []
    for rows in (250, 333, 10_000):
        monkeypatch.setattr(parquet, "PIECE_ROWS", rows)
        output = resolved(gaz, source)
        made.append(output.read_bytes())
        groups = pq.ParquetFile(output).metadata
        sizes = [groups.row_group(at).num_rows for at in range(groups.num_row_groups)]
        assert sizes == [1_000, 1_000, 800]
    assert len(set(made)) == 1


def test_an_empty_table_stays_one(gaz: Gazetteer, tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    pq.write_table(pa.table({"name": pa.array([], pa.string())}), source)
    assert pq.read_table(resolved(gaz, source)).num_rows == 0
    assert (
        resolved(gaz, source, "csv").read_text("utf-8").startswith("name,gz_place_id")
    )


@pytest.mark.parametrize("data", [b"", b"PAR1", b"name\nShusha\n"])
def test_what_is_no_parquet(gaz: Gazetteer, tmp_path: Path, data: bytes) -> None:
    source = tmp_path / "in.parquet"
    source.write_bytes(data)
    with pytest.raises(DataError, match="not a whole Parquet file"):
        resolved(gaz, source)


def test_damage_inside_is_an_error_too(gaz: Gazetteer, tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    names = [f"name {number}" for number in range(20_000)]
    pq.write_table(pa.table({"name": names}), source)
    data = bytearray(source.read_bytes())
    data[100:5_000] = bytes(4_900)
    source.write_bytes(data)
    with pytest.raises(DataError, match="not a whole Parquet file"):
        resolved(gaz, source)
    assert not source.with_name("out.parquet").exists()
