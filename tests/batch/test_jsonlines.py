"""JSON Lines: objects as they were written, faults with their lines."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

from gazetteer import DataError
from gazetteer.batch import BatchOptions, resolve_file

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer


def resolved(
    gaz: Gazetteer, tmp_path: Path, text: str, suffix: str = "jsonl", **options: Any
) -> Path:
    source, output = tmp_path / "in.jsonl", tmp_path / f"out.{suffix}"
    source.write_text(text, "utf-8", newline="")
    resolve_file(gaz, source, output, BatchOptions("name", **options))
    return output


def test_numbers_and_spaces_are_kept_as_they_were_written(
    gaz: Gazetteer, tmp_path: Path
) -> None:
    text = '{ "n":1.10, "big": 12345678901234567890.5,"name" : "Sh\\u0075sha" } \r\n\n{"name":"Shushi"}'
    one, two = resolved(gaz, tmp_path, text).read_text("utf-8").splitlines()
    assert one.startswith(
        '{ "n":1.10, "big": 12345678901234567890.5,"name" : "Sh\\u0075sha", "gz_place_id": "gz-'
    )
    assert two.startswith('{"name":"Shushi", "gz_place_id": "gz-')


def test_an_empty_object_has_no_name(gaz: Gazetteer) -> None:
    output = io.BytesIO()
    data = b'{"name": "Shusha"}\n{}\n'
    resolve_file(gaz, io.BytesIO(data), output, BatchOptions("name", format="jsonl"))
    assert output.getvalue().splitlines()[1].startswith(b'{"gz_place_id": null, ')


def test_a_table_has_every_key_of_the_file(gaz: Gazetteer, tmp_path: Path) -> None:
    text = '{"name": "Shusha"}\n{"a": null, "name": "Shushi", "b": [1, {"c": "x"}]}\n'
    lines = resolved(gaz, tmp_path, text, "csv").read_text("utf-8").splitlines()
    assert lines[0].startswith("name,a,b,gz_place_id")
    assert lines[1].startswith("Shusha,,,gz-")
    assert lines[2].startswith('Shushi,,"[1, {""c"": ""x""}]",gz-')


def test_kinds_become_types_where_they_agree(gaz: Gazetteer, tmp_path: Path) -> None:
    text = (
        '{"name": "Shusha", "i": 1, "f": 1, "b": true, "mixed": 1, "big": 1}\n'
        '{"name": "Shushi", "f": 1.5, "mixed": "x", "big": 123456789012345678901}\n'
    )
    table = pq.read_table(resolved(gaz, tmp_path, text, "parquet"))
    types = {field.name: str(field.type) for field in table.schema}
    assert types["i"] == "int64"
    assert types["f"] == "double"
    assert types["b"] == "bool"
    assert types["mixed"] == types["big"] == "string"
    assert table.column("mixed").to_pylist() == ["1", "x"]
    assert table.column("big").to_pylist() == ["1", "123456789012345678901"]
    assert table.column("gz_score").to_pylist()[0] == 100.0


def test_all_bad_lines_are_listed(gaz: Gazetteer, tmp_path: Path) -> None:
    text = (
        '{"name": "a"}\n{"name": }\n[1]\n{"name": ["b"]}\n"x"\n' + "[" * 20_000 + "\n"
    )
    with pytest.raises(DataError) as caught:
        resolved(gaz, tmp_path, text)
    found = [
        (problem.line, problem.column, problem.code)
        for problem in caught.value.problems
    ]
    assert found == [
        (2, 10, "bad-json"), (3, 1, "bad-json"), (4, 0, "bad-cell"), (5, 1, "bad-json"),
        (6, 0, "bad-json"),
    ]  # fmt: skip


def test_an_array_of_objects_says_what_is_wanted(
    gaz: Gazetteer, tmp_path: Path
) -> None:
    with pytest.raises(DataError, match="on each line"):
        resolved(gaz, tmp_path, '[{"name": "a"}]\n')
    with pytest.raises(DataError, match="objects are wanted"):
        resolved(gaz, tmp_path, "\n")


def test_half_a_surrogate_pair_does_no_harm(gaz: Gazetteer, tmp_path: Path) -> None:
    text = '{"name": "Shusha", "x": "\\ud800"}\n'
    assert '"x": "\\ud800", "gz' in resolved(gaz, tmp_path, text).read_text("utf-8")
    for suffix in ("csv", "parquet"):
        with pytest.raises(DataError) as caught:
            resolved(gaz, tmp_path, text, suffix)
        assert caught.value.problems[0].field == "x"
    resolved(gaz, tmp_path, '{"name": "\\udfff"}\n')
