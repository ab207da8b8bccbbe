"""Formats with words of their own: out and in again, less the losses, to the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from differing import Difference, stated
from gazetteer.exchange import export
from gazetteer.formats import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer

SUFFIX = {"lpf": "places.json", "lp-tsv": "places.tsv"}


@pytest.mark.parametrize("format_", SUFFIX)
def test_what_comes_back_is_what_went_out_less_the_losses(
    format_: str, shipped: Gazetteer, tmp_path: Path
) -> None:
    path = tmp_path / SUFFIX[format_]
    losses = export(shipped, format_, path)
    reader = open_source([str(path)])
    found = Difference(shipped, reader, len(shipped.perspectives))
    assert found.gained == []
    assert found.lost == stated(losses)
