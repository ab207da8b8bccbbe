"""What a list of names is counted as: found, right, ambiguous, missing, wrong."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from handmade import place, related, tables

AREA = place("x-9", "Valley", type="district")
GAZ = Gazetteer(
    tables(
        AREA,
        place("x-8", "Coast", type="district"),
        place("x-1", "Meadow", "Wiese", relations=[related("x-1", "part_of", "x-9")]),
        place("x-2", "Harbour", relations=[related("x-2", "part_of", "x-8")]),
        place("x-3", "Bridge", relations=[related("x-3", "part_of", "x-9")]),
        place("x-4", "Bridge", relations=[related("x-4", "part_of", "x-9")]),
    )
)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"name": "Meadow", "within": "Valley"}, "right"),
        ({"name": "Meadow", "within": "Coast"}, "missing"),
        ({"name": "Bridge", "within": "Valley"}, "ambiguous"),
        ({"name": "Nowhere at all", "within": "Valley"}, "missing"),
        ({"name": "Meadow", "within": "No such area"}, "missing"),
        ({"name": "Meadow", "same": "Wiese"}, "right"),
        ({"name": "Meadow", "same": "Harbour"}, "wrong"),
        ({"name": "Meadow", "place": "x-1"}, "right"),
        ({"name": "Meadow", "place": "x-2"}, "wrong"),
        ({"name": "Bridge", "place": "x-4"}, "ambiguous"),
        ({"name": "Meadow"}, "right"),
    ],
)
def test_the_kinds(
    row: dict[str, str], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "benchmarks"))
    assert importlib.import_module("listed").judge(GAZ, row)[0] == kind
