"""Linked Places Format and LP-TSV: by their schema and their rules, and in words."""

from __future__ import annotations

import csv
import json
import os
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from gazetteer.dates import parse_interval
from gazetteer.errors import DateError
from gazetteer.exchange import ExportOptions, export
from gazetteer.exchange.linkedplaces import _when
from gazetteer.exchange.lptsv import COLUMNS
from gazetteer.formats.lpf_dates import interval_of_when

if TYPE_CHECKING:
    from gazetteer import Gazetteer

# The schema of the World Historical Gazetteer, which receives the format. It is not
# ours to carry: a file with it, else it is fetched.
PUBLISHED = "https://raw.githubusercontent.com/WorldHistoricalGazetteer/whg3/main/validation/static/lpf_v2.0.jsonld"
FILE = os.environ.get("LINKED_PLACES_SCHEMA", "")


@pytest.fixture(scope="module")
def document(shipped: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lpf") / "places.json"
    export(shipped, "lpf", path)
    return path


@pytest.fixture(scope="module")
def features(document: Path) -> list[dict[str, Any]]:
    return json.loads(document.read_text("utf-8"))["features"]


@pytest.fixture(scope="module")
def rows(
    shipped: Gazetteer, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, str]]:
    path = tmp_path_factory.mktemp("tsv") / "places.tsv"
    export(shipped, "lp-tsv", path)
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, dialect="excel-tab", quoting=csv.QUOTE_NONE))


def schema() -> dict[str, Any]:
    if FILE:
        return json.loads(Path(FILE).read_text("utf-8"))
    try:
        with urllib.request.urlopen(PUBLISHED, timeout=5) as answer:
            return json.load(answer)
    except (urllib.error.URLError, TimeoutError) as error:
        pytest.skip(
            f"the schema is out of reach ({error}); LINKED_PLACES_SCHEMA may name it"
        )


def test_features_keep_to_the_schema(features: list[dict[str, Any]]) -> None:
    whole = schema()
    # how a whole dataset is cited is another schema's matter
    del whole["properties"]["citation"]
    validator = Draft7Validator(whole)
    # all of them do, and take a minute
    for feature in features[::16]:
        document = {"type": "FeatureCollection", "features": [feature]}
        assert [each.message for each in validator.iter_errors(document)] == []


def test_every_feature_has_what_version_1_3_requires(
    features: list[dict[str, Any]], shipped: Gazetteer
) -> None:
    assert len(features) == len(shipped)
    for feature in features:
        assert feature["type"] == "Feature"
        assert feature["properties"]["title"]
        assert feature["properties"]["fclasses"]
        assert any(name["citations"] for name in feature["names"])
        dated = [feature, *feature["names"], *feature["types"], *feature["relations"]]
        spans = [
            span
            for each in dated
            if "when" in each
            for span in each["when"]["timespans"]
        ]
        assert spans, "a feature has at least one when"
        assert all(span["start"] for span in spans)
        for link in feature["links"]:
            assert link["type"] in ("exactMatch", "closeMatch")


def test_no_relation_is_without_who_says_so(
    features: list[dict[str, Any]], shipped: Gazetteer
) -> None:
    titles = {row.title for row in shipped.tables.authorities.values()}
    for feature in features:
        for relation in feature["relations"]:
            who = relation["gazetteer"]["authority"]
            assert who in titles
            assert f": {who} [" in relation["label"]


def test_the_parties_stand_side_by_side(
    features: list[dict[str, Any]], shipped: Gazetteer
) -> None:
    for feature in features:
        place = shipped[feature["@id"].removeprefix("urn:gazetteer:")]
        told = [each["value"] for each in feature.get("descriptions", [])]
        assert bool(told) == place.contested
        if place.contested:
            parties = shipped.tables.disputes[place.dispute].parties
            for party in parties:
                assert shipped.tables.authorities[party].title in told[0]


def test_the_same_places_give_the_same_bytes(
    document: Path, shipped: Gazetteer, tmp_path: Path
) -> None:
    export(shipped, "lpf", tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == document.read_bytes()


def test_an_address_is_what_was_asked_for_and_is_known_again(
    shipped: Gazetteer, tmp_path: Path
) -> None:
    from gazetteer.formats import open_source

    path = tmp_path / "x.json"
    export(shipped, "lpf", path, ExportOptions(base="https://names.example/places/"))
    first = next(iter(open_source([str(path)]).places()))
    assert first.place_id in shipped.tables.places
    assert "https://names.example/places/gz-" in path.read_text("utf-8")


# ---------------------------------------------------------------------- LP-TSV


def test_a_table_has_the_columns_and_what_is_required(
    rows: list[dict[str, str]], shipped: Gazetteer
) -> None:
    assert len(rows) == len(shipped)
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert tuple(row) == COLUMNS
        assert all((row["id"], row["title"], row["title_source"], row["fclasses"]))
        assert row["start"] or row["attestation_year"]
        assert not row["aat_types"] or row["types"]
        for match in filter(None, row["matches"].split(";")):
            assert re.fullmatch(
                r"(bnf|cerl|dbp|gn|gnd|gov|loc|pl|tgn|viaf|wd):\S+", match
            )
        for variant in row["variants"].split(";"):
            assert re.fullmatch(r".+@[a-z]{2,3}(-[A-Za-z0-9]+)*", variant)
        for year in (row["start"], row["end"]):
            assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", year)


def test_a_title_of_a_contested_place_is_no_name(
    shipped: Gazetteer, rows: list[dict[str, str]]
) -> None:
    for row in rows:
        place = shipped[row["id"]]
        if place.contested:
            assert row["title"] == " ".join(shipped.title(place).split())
            assert "contested; parties: " in row["description"]


# ------------------------------------------------------------------------ dates

YEARS = st.integers(1, 9998).map("{:04}".format)
DATES = st.one_of(
    YEARS,
    st.builds("{}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("{}-{:02}-{:02}".format, YEARS, st.integers(1, 12), st.integers(1, 28)),
)
MARKED = st.builds("{}{}".format, DATES, st.sampled_from(["", "~", "?", "%"]))
ENDS = st.one_of(MARKED, st.sampled_from(["", ".."]))


@given(st.one_of(MARKED, st.builds("{}/{}".format, ENDS, ENDS)))
def test_an_interval_is_the_same_again(text: str) -> None:
    try:
        valid = parse_interval(text)
    except DateError:
        return
    when = _when(valid).get("when")
    if when is None:
        assert valid[:2] == parse_interval("")[:2]
        return
    assert interval_of_when(when) == (valid, "")
    # without the label the days are the same; a doubt is of both ends
    del when["label"]
    assert interval_of_when(when)[0][:2] == valid[:2]


@pytest.mark.parametrize(
    ("span", "text"),
    [
        ({"start": {"latest": "1924"}}, "../1924"),
        ({"start": {"latest": "1924"}, "end": {"in": "1930"}}, "../1930"),
        ({"start": {"in": "1924"}, "end": {"earliest": "1930"}}, "1924/.."),
        ({"end": {"earliest": "1930"}}, ""),
        ({"start": {"latest": "1924"}, "end": {"earliest": "1930"}}, "1924/1930"),
    ],
)
def test_what_is_known_of_one_side_only(span: dict[str, Any], text: str) -> None:
    assert interval_of_when({"timespans": [span]})[0].text == text


def test_a_label_of_other_days_is_no_date() -> None:
    span = {"start": {"in": "1600"}, "end": {"in": "1699"}}
    assert (
        interval_of_when({"timespans": [span], "label": "1600/1700"})[0].text
        == "1600/1699"
    )
    assert (
        interval_of_when({"timespans": [span], "label": "1600~/1699"})[0].text
        == "1600~/1699"
    )
