"""Linked Places Format: collections, lines and tables, and what they do not say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.dates import FIRST_DAY, LAST_DAY
from gazetteer.errors import DataError
from gazetteer.formats import Faults, SourceError, open_source
from gazetteer.formats.columns import parse_columns
from gazetteer.formats.csvfile import CsvOptions
from gazetteer.formats.identifiers import parse_identifier, place_id_of
from gazetteer.formats.inputs import Input
from gazetteer.formats.linkedplaces import LinkedPlaces, kind_of
from gazetteer.formats.lpf_dates import interval_of_when, interval_of_years

if TYPE_CHECKING:
    from gazetteer.model import Place

SAMPLES = Path(__file__).parents[1] / "fixtures" / "linkedplaces"


def read(file: Path, faults: Faults | None = None, **options: str) -> dict[str, Place]:
    reader = LinkedPlaces([Input(str(file))], faults, **options)
    return {place.place_id: place for place in reader.places()}


def feature(**changes: Any) -> dict[str, Any]:
    whole = {
        "type": "Feature",
        "@id": "http://e.org/p/1",
        "properties": {"title": "T", "fclasses": ["P"]},
        "names": [{"toponym": "T", "lang": "en"}],
        "geometry": {"type": "Point", "coordinates": [2.0, 1.0]},
    } | changes
    return {key: value for key, value in whole.items() if value is not ...}


def one(tmp_path: Path, faults: Faults | None = None, **changes: Any) -> Place:
    file = tmp_path / "x.json"
    file.write_text(json.dumps(feature(**changes)), encoding="utf-8")
    return next(iter(read(file, faults).values()))


def test_the_example_of_the_format() -> None:
    faults = Faults()
    places = read(SAMPLES / "abingdon.json", faults)
    town, county = places["abingdon-p_12345"], places["abingdon-p_9876"]
    assert (town.type, town.fclass, town.lat, town.lon) == (
        "town",
        "P",
        51.6708,
        -1.2879,
    )
    assert town.exists.text == "0676~/1066~"
    assert {each.name: each.valid.text for each in town.toponyms} == {
        "Abingdon": "1600",
        "Abingdon-on-Thames": "1600?/1699-05?",
    }
    assert town.note == "title: Abingdon (UK)", "a title is no name"
    assert town.links == {
        "abingdon": ["p_12345"],
        "geonames": ["2657780"],
        "tgn": ["7011944"],
        "uri": ["https://example.org/places/p_12345"],
    }
    close = [row.id for row in town.link_rows if row.match == "close"]
    assert close == ["https://example.com/places/39847"]
    held = {row.object: (row.predicate, row.valid.text) for row in town.relations}
    assert held == {
        "abingdon-p_9876": ("part_of", "1600/1974"),
        "iso3166-1-GB": ("part_of", ""),
    }
    assert (county.type, county.lat) == ("admin-unit", None)
    assert {problem.code for problem in faults.warnings} == {
        "no-match-link",
        "other-relation",
    }


def test_citations_are_sources_of_the_names_that_they_bear() -> None:
    reader = LinkedPlaces([Input(str(SAMPLES / "abingdon.json"))], licence="CC0")
    places = {place.place_id: place for place in reader.places()}
    (cited,) = [
        each for each in places["abingdon-p_12345"].toponyms if each.name == "Abingdon"
    ]
    own, citation = cited.sources
    assert reader.sources[own].licence == "CC0"
    assert reader.sources[citation].title == "Ye Olde Gazetteer (1635)"
    assert reader.sources[citation].url == "https://archive.org/details/yeoldegazetteer"


def test_lines_and_a_collection_give_the_same(tmp_path: Path) -> None:
    collection = SAMPLES / "abingdon.json"
    features = json.loads(collection.read_text("utf-8"))["features"]
    lines = tmp_path / "abingdon.jsonl"
    lines.write_text("\n".join(map(json.dumps, features)) + "\n\n", encoding="utf-8")
    single = tmp_path / "one" / "abingdon.json"
    single.parent.mkdir()
    single.write_text(json.dumps(features[0], indent=1), encoding="utf-8")
    wanted = read(collection)
    assert read(lines) == wanted
    assert read(single) == {
        key: value for key, value in wanted.items() if key != "abingdon-p_9876"
    }


def test_a_table_stands_for_features() -> None:
    places = read(SAMPLES / "places.tsv")
    town = places["places-z1"]
    assert (town.type, town.lat, town.lon) == ("city", -6.16394, 39.19793)
    assert {(each.name, each.lang) for each in town.toponyms} == {
        ("Zanzibar", "und"),
        ("Zanzibar", "sw"),
        ("زنجبار", "ar"),
        ("Zanzíbar", "es-ES"),
        ("Sansibar", "de-DE-1901"),
    }
    assert {row.object for row in town.relations} == {"iso3166-1-TZ", "places-z2"}
    matches = {(row.scheme, row.id): row.match for row in town.link_rows}
    assert matches["geonames", "148730"] == "close", "the table does not say exact"


def test_a_start_alone_in_a_table_is_open_and_bounds_no_place(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    head = "id,title,title_source,fclasses,start,end\n"
    file.write_text(f'{head}1,"T, x",s,P,1850,\n2,U,s,P,1850,1900\n', encoding="utf-8")
    first, second = read(file).values()
    assert first.toponyms[0].name == "T, x"
    assert (first.toponyms[0].valid.text, first.exists.text) == ("1850/..", "")
    assert (second.toponyms[0].valid.text, second.exists.text) == ("1850/1900",) * 2


def test_ids_are_what_follows_the_common_beginning(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    ids = [
        "http://e.org/places/12", "http://e.org/places/a/b", "http://f.org/12",
        "https://www.geonames.org/3041563", "wd:Q228", "loose",
    ]  # fmt: skip
    file.write_text("\n".join(json.dumps(feature(**{"@id": i})) for i in ids), "utf-8")
    assert list(read(file)) == [
        "set-12", "set-a/b", "set-http://f.org/12", "gn-3041563", "wd-Q228", "set-loose",
    ]  # fmt: skip
    assert next(iter(read(file, scheme="other"))) == "other-12"


def test_a_place_in_the_middle_of_any_geometry(tmp_path: Path) -> None:
    square = [[[0.0, 0.0], [4.0, 0.0], [4.0, 2.0], [0.0, 2.0], [0.0, 0.0]]]
    polygon = one(tmp_path, geometry={"type": "Polygon", "coordinates": square})
    assert (polygon.lat, polygon.lon) == (1.0, 2.0)
    text = one(tmp_path, geometry={"geowkt": "POINT(-1.5 51.6)"})
    assert (text.lat, text.lon) == (51.6, -1.5)
    assert one(tmp_path, geometry=None).lat is None


@pytest.mark.parametrize(
    ("properties", "types", "kind"),
    [
        ({"fclasses": ["H"]}, [], ("water", "H")),
        ({"fclasses": "T"}, [], ("landform", "T")),
        ({"fclasses": ["A", "P"]}, [], ("admin-unit", "A")),
        ({}, [{"label": "Village"}], ("village", "P")),
        ({}, [{"identifier": "aat:300128207"}], ("country", "A")),
        ({"fclasses": ["L"]}, [{"label": "city"}], ("region", "L")),
    ],
)
def test_what_it_is(
    tmp_path: Path, properties: dict[str, Any], types: list[Any], kind: tuple[str, str]
) -> None:
    place = one(tmp_path, properties=properties, types=types)
    assert (place.type, place.fclass) == kind


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"@id": ...}, "a feature has an @id"),
        ({"names": ...}, "at least one is required"),
        ({"names": [{"lang": "en"}]}, "a name has a toponym"),
        ({"names": [{"toponym": "\ud800"}]}, "a name has a toponym of letters"),
        ({"names": [{"toponym": "Old\x7ftown"}]}, "no name has a control character"),
        ({"properties": {"title": "T"}}, "--set fclass=P"),
        ({"properties": {"fclasses": ["X"]}}, "not one of A, H"),
        ({"geometry": {"type": "Point", "coordinates": [1.0, 95.0]}}, "a latitude"),
        ({"geometry": "here"}, "a geometry is an object"),
    ],
)
def test_a_fault_is_placed(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    file = tmp_path / "x.json"
    broken = json.dumps(feature(**changes))
    text = '{"type": "FeatureCollection", "features": [\n'
    sound = json.dumps(feature(**{"@id": "http://e.org/p/0"}))
    file.write_text(f"{text}{sound},\n{broken}]}}", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        read(file)
    assert {problem.line for problem in raised.value.problems} == {3}
    assert any(message in problem.message for problem in raised.value.problems)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"type": "Feature"}\n[1', "each line is one feature"),
        ('{"type": "Feature"}\n3', "a feature is an object"),
        ('{"type": "FeatureCollection", "features": [1]}', "a feature is an object"),
        ('{"type": "FeatureCollection",\n "features": [{]}', "not JSON here"),
        ('{"type": "Topology",\n "note": "Feature"}', "neither a"),
    ],
)
def test_a_broken_file_is_placed(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.json:\d"):
        read(file)
    with pytest.raises(DataError) as raised:
        read(file)
    assert any(message in problem.message for problem in raised.value.problems)


def test_an_id_given_twice_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(f"{json.dumps(feature())}\n{json.dumps(feature())}\n", "utf-8")
    with pytest.raises(DataError, match=r"x\.jsonl:2.*x\.jsonl:1 has the same"):
        read(file)


def test_a_language_that_is_none_is_counted(tmp_path: Path) -> None:
    faults = Faults()
    place = one(tmp_path, faults, names=[{"toponym": "T", "lang": "old english"}])
    assert place.toponyms[0].lang == "und"
    assert [problem.code for problem in faults.warnings] == ["bad-lang"]


def test_an_older_file_may_be_given_one_class(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps(feature(properties={"title": "T"})), "utf-8")
    assert read(file, fclass="P")["x-1"].type == "town"


def test_it_is_known_by_its_content(tmp_path: Path) -> None:
    for name in ("abingdon.json", "places.tsv"):
        assert open_source([str(SAMPLES / name)]).format == "lpf"
    assert kind_of(b'{"type": "Topology"') == ""
    assert kind_of(b"name,lat,lon\n") == ""
    with pytest.raises(SourceError, match="a scheme is lower-case"):
        read(SAMPLES / "abingdon.json", scheme="A B")


# ------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("span", "text", "start_open", "end_open"),
    [
        ({"start": {"in": "1832"}}, "1832", False, False),
        ({"start": "1832", "end": "1900"}, "1832/1900", False, False),
        ({"start": {"earliest": "1600", "latest": "1620"}, "end": {"latest": "1699-05"}}, "1600/1699-05", False, False),
        ({"end": {"in": "1900"}}, "../1900", True, False),
        ({"start": {"in": "-0320"}, "end": {"in": "0100"}}, "-0320/0100", True, False),
        ({"start": {"in": "1832-08-01T00:00:00Z"}}, "1832-08-01", False, False),
        ({"start": {"in": 1832}, "end": {"in": 1833}}, "1832/1833", False, False),
    ],
)  # fmt: skip
def test_a_timespan(
    span: dict[str, Any], text: str, start_open: bool, end_open: bool
) -> None:
    interval, fault = interval_of_when({"timespans": [span]})
    assert (interval.text, fault) == (text, "")
    assert (interval.start == FIRST_DAY) == start_open
    assert (interval.end == LAST_DAY) == end_open


def test_several_timespans_are_covered_by_one() -> None:
    spans = [{"start": "1900", "end": "1910"}, {"start": "1800", "end": "1810"}]
    assert interval_of_when({"timespans": spans})[0].text == "1800/1910"


@pytest.mark.parametrize(
    "when",
    [
        "1900",
        {"timespans": "1900"},
        {"timespans": [{"start": "soon"}]},
        {"timespans": [{"start": "1900", "end": "1800"}]},
        {"timespans": [{"start": "1900-13"}]},
    ],
)
def test_a_timespan_that_is_none_is_undated_and_said(when: Any) -> None:
    interval, fault = interval_of_when(when)
    assert not interval.dated
    assert fault


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_years_in_order(first: int, last: int) -> None:
    interval, fault = interval_of_years(f"{first:04}", f"{last:04}")
    assert bool(fault) == (last < first)
    assert interval.start <= interval.end


# ------------------------------------------------------------------- identifiers


@given(st.sampled_from(["https://www.geonames.org/{}", "gn:{}", "http://sws.geonames.org/{}/"]), st.integers(1, 10**8))  # fmt: skip
def test_an_address_is_an_id(pattern: str, number: int) -> None:
    assert parse_identifier(pattern.format(number)) == ("geonames", str(number))


@given(st.text())
def test_any_text_has_an_id_without_spaces(text: str) -> None:
    assert not any(each.isspace() for each in place_id_of("x", text))
    parse_identifier(text)


@pytest.mark.parametrize("said", ["type=village", "fclass=Z", "lang=en"])
def test_what_is_said_of_all_features_is_a_class(tmp_path: Path, said: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps(feature(properties={"title": "T"})), encoding="utf-8")
    options = CsvOptions(parse_columns([], [said]))
    with pytest.raises(SourceError, match="--set fclass=P"):
        open_source([str(file)], options=options)


def test_a_fault_names_its_feature_where_all_stand_on_one_line(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    nameless = feature(names=[], **{"@id": "http://e.org/p/2"})
    whole = {"type": "FeatureCollection", "features": [feature(), nameless]}
    file.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(DataError, match=r"in the feature 'http://e\.org/p/2'"):
        read(file)


def test_a_language_by_its_name_is_no_part_of_a_variant(tmp_path: Path) -> None:
    file = tmp_path / "x.tsv"
    head = "id\ttitle\ttitle_source\tfclasses\tvariants\n"
    file.write_text(f"{head}1\tT\ts\tP\tU@russian;V@ru\n", encoding="utf-8")
    faults = Faults()
    (place,) = read(file, faults).values()
    found = {(each.name, each.lang) for each in place.toponyms}
    assert found == {("T", "und"), ("U", "und"), ("V", "ru")}
    assert [each.code for each in faults.warnings] == ["bad-lang"]
