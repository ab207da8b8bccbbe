"""A comparison is a tuple of labels that prints as a table."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest

from gazetteer import Comparison, Gazetteer, Label, Place


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def town(gaz: Gazetteer) -> Place:
    return gaz.resolve("Xankəndi").require()


def test_it_has_a_label_for_each_perspective_and_language(
    gaz: Gazetteer, town: Place
) -> None:
    found = gaz.compare(town, lang=("en", "hy", "az"))
    assert isinstance(found, Comparison)
    assert found.langs == ("en", "hy", "az")
    assert [each.perspective for each in found] == 3 * list(gaz.perspectives)
    assert tuple(found[: len(found) // 3]) == tuple(gaz.compare(town))
    assert found == tuple(
        gaz.label(town, each.perspective, lang=each.lang) for each in found
    )


def test_it_prints_as_a_table_with_a_line_for_each_perspective(
    gaz: Gazetteer, town: Place
) -> None:
    found = gaz.compare(town, lang=("en", "hy"))
    header, *lines = repr(found).splitlines()
    assert header.split() == ["perspective", "en", "hy"]
    for name, line in zip(gaz.perspectives, lines, strict=False):
        assert line.split()[0] == name
        for each in found:
            if each.perspective == name:
                assert each.cell in line
    assert "author's own text stays" in lines[-1]


def test_signs_are_explained_only_where_there_are_some(
    gaz: Gazetteer, town: Place
) -> None:
    whole = Comparison(each for each in gaz.compare(town) if each.complete)
    assert len(whole) > 1
    assert whole.legend == ()
    kept = Comparison(each for each in gaz.compare(town) if each.withheld)
    assert [line[:1] for line in kept.legend] == ["("]
    some = [
        each
        for place in gaz.tables.places.values()
        if place.contested
        for each in gaz.compare(place)
        if each.cell.endswith("°")
    ][:1]
    assert [line[:1] for line in Comparison(some).legend] == ["°"]


def test_its_rows_make_a_data_frame(gaz: Gazetteer, town: Place) -> None:
    found = gaz.compare(town, lang=("en", "az", "hy"))
    frame = pd.DataFrame(found.rows())
    assert len(frame) == len(found)
    assert not frame["perspective"].isna().any()
    for row, label in zip(found.rows(), found, strict=True):
        assert all(
            value is None or isinstance(value, str | bool) for value in row.values()
        )
        # one side's bare name is not handed on as the label
        assert row["label"] == (None if label.withheld else label.text)


def test_it_travels(gaz: Gazetteer, town: Place) -> None:
    found = gaz.compare(town)
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert isinstance(again, Comparison)
    assert all(isinstance(each, Label) for each in again)


def test_a_comparison_of_nothing_prints_its_header() -> None:
    assert repr(Comparison()) == "perspective"
