"""The golden files are what the data and the rules give now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer
from golden import FILES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_golden_file_is_current(path: Path) -> None:
    now = FILES[path](Gazetteer.load())
    then = path.read_text("utf-8")
    changed = sorted(set(now.splitlines()) ^ set(then.splitlines()))
    assert not changed, f"run `make golden` and review: {len(changed)} lines differ"
    assert now == then
