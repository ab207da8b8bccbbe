"""``gazetteer find``: mentions with offsets, ids and confidence."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner

from gazetteer.cli import main

TEXT = (
    'Roads lead to Shushi and to Khankendi.\n"We left Stepanakert," they said. Martuni.'
)


def find(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["find", "-", *arguments], input=TEXT)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_json_lines_have_offsets_ids_and_confidence() -> None:
    rows = list(map(json.loads, find("--output-format", "jsonl").splitlines()))
    assert [row["text"] for row in rows] == [
        "Shushi", "Khankendi", "Stepanakert", "Martuni",
    ]  # fmt: skip
    for row in rows:
        assert TEXT[row["start"] : row["end"]] == row["text"]
        assert list(row) == list(rows[0])
    assert rows[1]["place_id"] == rows[2]["place_id"]
    assert rows[2]["role"] == "quotation"
    assert (rows[2]["line"], rows[2]["column"]) == (2, 10)
    assert rows[0]["score"] == 100
    assert (rows[3]["outcome"], rows[3]["place_id"]) == ("ambiguous", None)
    assert len(rows[3]["candidates"]) > 1


def test_geojson_has_a_point_for_each_place_and_none_for_what_is_open() -> None:
    collection: Any = json.loads(find("--output-format", "geojson"))
    assert collection["type"] == "FeatureCollection"
    shushi, *_, martuni = collection["features"]
    lon, lat = shushi["geometry"]["coordinates"]
    assert 46 < lon < 47
    assert 39 < lat < 40
    assert martuni["geometry"] is None


def test_a_context_decides() -> None:
    lines = find("--country", "Armenia", "--type", "town", "--output-format", "jsonl")
    assert json.loads(lines.splitlines()[-1])["outcome"] == "matched"


def test_the_table_says_where() -> None:
    assert "-:2:10" in find()
