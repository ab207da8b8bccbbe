"""Numbers of things read right, in the commands that say how much there was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from gazetteer import Gazetteer
from gazetteer.cli import main
from gazetteer.display.counts import counted

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("number", "things", "told"),
    [
        (0, ("place",), "0 places"),
        (1, ("place",), "1 place"),
        (2, ("place",), "2 places"),
        (12_345, ("query", "queries"), "12,345 queries"),
        (1, ("query", "queries"), "1 query"),
    ],
)
def test_one_is_singular(number: int, things: tuple[str, ...], told: str) -> None:
    assert counted(number, *things) == told


def test_one_place_is_one_place_wherever_it_is_counted(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("name\nHamar\n", encoding="utf-8")
    store, table = str(tmp_path / "one.gaz"), str(tmp_path / "one.csv")
    run = CliRunner()
    built = run.invoke(main, ["build", table, "--set", "type=town", "-o", store])
    assert f"{store}: 1 place, 1 name, " in built.stderr
    exported = run.invoke(
        main, ["export", "csv", "--store", store, "--no-default", str(tmp_path / "o")]
    )
    assert not exported.stderr or "1 places" not in exported.stderr
    done = run.invoke(main, ["batch", table, "--column", "name", "--store", store])
    assert done.stderr.splitlines()[0].startswith("1 row: 1 matched")
    assert "of 1 place," in repr(Gazetteer.load(store))
