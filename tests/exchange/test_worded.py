"""Formats with words of their own: out and in again, less the losses, to the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from differing import Difference, of_features, stated
from gazetteer.exchange import export
from gazetteer.formats import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer

SUFFIX = {"geojson": "places.geojson", "lpf": "places.json", "lp-tsv": "places.tsv"}


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


def test_names_for_geonames_come_back_less_the_losses(
    shipped: Gazetteer, tmp_path: Path
) -> None:
    path = tmp_path / "alternateNamesV2.txt"
    losses = export(shipped, "alternatenames", path)
    features = sorted(
        {line.split("\t")[1] for line in path.read_text("utf-8").splitlines()}
    )
    # GeoNames' own file of places, as far as the names need it
    blanks = "\t".join([""] * 11)
    lines = [f"{each}\t{each}\t\t\t0\t0\tS\t{blanks}\t" for each in features]
    places = tmp_path / "allCountries.txt"
    places.write_text("\n".join(lines) + "\n", "utf-8")
    reader = open_source([str(places), str(path)])
    assert reader.format == "geonames"
    after = of_features(reader, shipped, str)
    found = Difference(shipped, reader, len(shipped.perspectives), after)
    assert found.gained == []
    assert found.lost == stated(losses)
