"""Formats with words of their own: out and in again, less the losses, to the cell."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from differing import Difference, of_features, stated
from gazetteer import Gazetteer
from gazetteer.cli import main
from gazetteer.curation.candidates import candidates, tally
from gazetteer.errors import LanguageTagError, UnknownPerspectiveError
from gazetteer.exchange import ExportOptions, export
from gazetteer.exchange.errors import ExportError
from gazetteer.formats import open_source

if TYPE_CHECKING:
    from pathlib import Path

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


def test_nothing_of_it_is_new_to_the_data_it_came_from(
    shipped: Gazetteer, tmp_path: Path
) -> None:
    path = tmp_path / "places.json"
    export(shipped, "lpf", path)
    places = islice(open_source([str(path)]).places(), 0, None, 8)
    found = tally(candidates(shipped.tables, places))
    assert {status for _, status in found} == {"there"}


def test_a_store_of_it_lies_under_the_data_without_doubles(
    shipped: Gazetteer, tmp_path: Path
) -> None:
    path, store = tmp_path / "places.tsv", tmp_path / "places.gaz"
    export(shipped, "lp-tsv", path)
    done = CliRunner().invoke(main, ["build", str(path), "-o", str(store)])
    assert done.exit_code == 0, done.output
    both = Gazetteer.load("default", store)
    assert len(both) == len(shipped)
    for place in list(shipped)[::50]:
        assert both.compare(place.place_id) == shipped.compare(place.place_id)
    # by itself it has no perspectives, and goes out again all the same
    alone = Gazetteer.load(store)
    for format_ in ("geojson", "lp-tsv", "skos"):
        export(alone, format_, tmp_path / format_)
    again = open_source([str(tmp_path / "lp-tsv")])
    assert sum(1 for _ in again.places()) == len(shipped)


@pytest.mark.parametrize("form", ["geojson", "lpf", "lp-tsv", "skos"])
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (ExportOptions(langs=()), "a title needs a language"),
        (ExportOptions(perspectives=()), "a label needs a perspective"),
        (ExportOptions(langs="en"), r"langs is a tuple, such as \('en',\)"),
        (
            ExportOptions(perspectives="un"),
            r"perspectives is a tuple, such as \('neutral',\)",
        ),
    ],
)
def test_what_is_wanted_is_looked_at_before_anything_is_written(
    form: str, options: ExportOptions, message: str, shipped: Gazetteer, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match=message):
        export(shipped, form, tmp_path / "x", options)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["geojson", "lpf", "lp-tsv", "skos", "sqlite"])
def test_an_unknown_perspective_is_told_by_every_format(
    form: str, shipped: Gazetteer, tmp_path: Path
) -> None:
    with pytest.raises(UnknownPerspectiveError, match="martian"):
        export(shipped, form, tmp_path / "x", ExportOptions(perspectives=("martian",)))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("base", ["a b", "places/", "urn:x<y", ""])
def test_a_base_that_begins_no_address_is_told(
    base: str, shipped: Gazetteer, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match="does not begin an address"):
        export(shipped, "lpf", tmp_path / "x.json", ExportOptions(base=base))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format_", ["geojson", "lpf", "lp-tsv", "skos"])
def test_nothing_is_left_where_a_language_is_none(
    format_: str, shipped: Gazetteer, tmp_path: Path
) -> None:
    with pytest.raises(LanguageTagError):
        export(
            shipped, format_, tmp_path / "x", ExportOptions(langs=("no tag at all",))
        )
    assert list(tmp_path.iterdir()) == []


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
