"""The golden files are what the data and the rules give now."""

from __future__ import annotations

import pytest

from gazetteer import Gazetteer
from golden import FILES, FOLDER


@pytest.mark.parametrize("name", FILES)
def test_the_golden_file_is_current(name: str) -> None:
    now = FILES[name](Gazetteer.load())
    then = (FOLDER / name).read_text("utf-8")
    changed = sorted(set(now.splitlines()) ^ set(then.splitlines()))
    assert not changed, f"run `make golden` and review: {len(changed)} lines differ"
    assert now == then
