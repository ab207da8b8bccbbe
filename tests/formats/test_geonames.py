"""A GeoNames dump: every kind of row, the join, and what is left out with a word."""

from __future__ import annotations

import gzip
import random
import shutil
import zipfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import DataError
from gazetteer.formats import Faults, SourceError, open_source
from gazetteer.formats.alternates import Alternate, read_alternate, untagged
from gazetteer.formats.features import type_of_feature
from gazetteer.model import FCLASSES, PLACE_TYPES

if TYPE_CHECKING:
    from gazetteer.formats import Reader
    from gazetteer.model import Place

SAMPLE = Path(__file__).parents[1] / "fixtures" / "geonames"
UNSET = ("", "", "", "")


def read(*sources: Path | str, faults: Faults | None = None) -> dict[str, Place]:
    reader = open_source([str(each) for each in sources], faults=faults)
    places = list(reader.places())
    found = {place.place_id: place for place in places}
    assert len(found) == len(places), "every id once"
    return found


@pytest.fixture(scope="module")
def sample() -> dict[str, Place]:
    return read(SAMPLE)


def names(place: Place, lang: str) -> set[str]:
    return {each.name for each in place.toponyms if each.lang == lang}


def row(number: int, **cells: str) -> str:
    columns = {
        "name": f"Name {number}", "ascii": "", "names": "", "lat": "1", "lon": "2",
        "fclass": "P", "code": "PPL", "country": "", "cc2": "", "a1": "", "a2": "",
        "a3": "", "a4": "", "population": "", "elevation": "", "dem": "", "tz": "",
        "modified": "",
    } | cells  # fmt: skip
    return "\t".join([str(number), *columns.values()])


def write(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


# ------------------------------------------------------------------- values


def test_a_place_has_its_point_type_links_and_whole(sample: dict[str, Place]) -> None:
    place = sample["gn-3041563"]
    assert (place.type, place.fclass) == ("city", "P")
    assert (place.lat, place.lon) == (42.50779, 1.52109)
    assert place.links == {"geonames": ["3041563"], "wikidata": ["Q1863"]}
    assert {row.object for row in place.relations} == {"gn-3041565", "gn-3041566"}
    assert {row.according_to for row in place.relations} == {"geonames"}
    assert {row.predicate for row in place.relations} == {"part_of"}
    assert not place.contested


def test_languages_come_from_the_rows(sample: dict[str, Place]) -> None:
    assert names(sample["gn-2657896"], "fr") == {"Zurich"}
    assert names(sample["gn-3039678"], "ru") == {"Ордино"}
    # a main name that no row repeats has no stated language
    assert names(sample["gn-3041519"], "und") == {"Arinsal"}


def test_preferred_and_main_names_are_usages_of_geonames(
    sample: dict[str, Place],
) -> None:
    (german,) = [each for each in sample["gn-2657896"].toponyms if each.lang == "de"]
    (said,) = german.usages
    assert (said.authority, said.status, said.name_id) == (
        "geonames",
        "used",
        german.name_id,
    )
    assert said.note == "main name, preferred in its language"


def test_short_colloquial_and_historic_names(sample: dict[str, Place]) -> None:
    city = {each.name: each for each in sample["gn-5128581"].toponyms}
    assert city["New York"].form == "short"
    assert city["NYC"].form == "abbr"
    assert (city["Big Apple"].form, city["Big Apple"].note) == ("hidden", "colloquial")
    (bombay,) = [e for e in sample["gn-1275339"].toponyms if e.name == "Bombay"]
    assert bombay.form == "hidden", "historic without an end may not pass for today's"
    assert not bombay.usages


def test_dates_bound_a_name(sample: dict[str, Place]) -> None:
    place = {each.name: each for each in sample["gn-498817"].toponyms}
    assert place["Leningrad"].valid.text == "1924/1991"
    assert place["Ленинград"].valid.text == "1924-01-26/1991-09-06"
    assert place["Ленинград"].form == "full"


def test_dates_in_words_are_kept_and_counted() -> None:
    faults = Faults()
    place = read(SAMPLE, faults=faults)["gn-498817"]
    (name,) = [each for each in place.toponyms if each.name == "Петроград"]
    assert "1 September 1914" in name.note
    assert not name.valid.dated
    codes = {problem.code: problem for problem in faults.warnings}
    assert codes["unread"].line == 18
    assert {"no-name-post", "no-name-link", "name-of-another-place"} <= codes.keys()


def test_a_code_is_exact_for_the_kind_of_feature_it_is_of(
    sample: dict[str, Place],
) -> None:
    links = {(row.scheme, row.id): row.match for row in sample["gn-2657896"].link_rows}
    assert links["unlocode", "CHZRH"] == "exact"
    assert links["iata", "ZRH"] == "close", "of the airport, not of the city"


def test_ascii_that_folding_does_not_give_is_kept_for_matching(
    sample: dict[str, Place],
) -> None:
    zurich = {each.name: each.form for each in sample["gn-2657896"].toponyms}
    assert zurich["Zuerich"] == "hidden"
    lorida = {each.name for each in sample["gn-3039163"].toponyms}
    assert "Sant Julia de Loria" not in lorida


def test_further_countries_are_statements_too(sample: dict[str, Place]) -> None:
    island = sample["gn-400747"]
    assert {row.object: row.note for row in island.relations} == {
        "gn-290557": "country code",
        "iso3166-1-IR": "further country code (cc2)",
    }


def test_a_country_is_known_by_the_list_or_by_its_code(
    sample: dict[str, Place],
) -> None:
    listed = sample["gn-3041565"]
    assert (listed.type, listed.langs) == ("country", ("ca",))
    assert listed.links["iso3166-1"] == ["AD"]
    assert listed.links["iso3166-1-alpha-3"] == ["AND"]
    stub = sample["iso3166-1-CH"]
    assert (stub.type, stub.toponyms) == ("country", ())
    assert stub.links["iso3166-1-alpha-3"] == ["CHE"]


def test_no_population_is_too_small_and_it_only_orders(
    sample: dict[str, Place],
) -> None:
    assert "gn-3041519" in sample
    priors = {
        place_id: place.toponyms[0].prior
        for place_id, place in sample.items()
        if place.toponyms
    }
    assert priors["gn-498817"] > priors["gn-3041563"] > priors["gn-3041519"] > 0
    assert max(priors.values()) < 1


def test_sources_and_version_are_known() -> None:
    reader = open_source([str(SAMPLE)])
    assert next(reader.places())
    assert reader.version == "GeoNames 2025-05-19", "the day of the last change"
    assert reader.sources["geonames"].licence == "CC BY 4.0"
    assert reader.authorities["geonames"].title == "GeoNames"


# ------------------------------------------------------------------- all countries


def test_countries_and_units_come_from_the_features_where_there_is_no_list(
    tmp_path: Path,
) -> None:
    file = write(
        tmp_path / "XX.txt",
        row(9, code="PPL", country="AD", a1="07", a2="x"),
        row(1, fclass="A", code="PCLI", country="AD", a1="00"),
        row(5, fclass="A", code="ADM1", country="AD", a1="07"),
        row(6, fclass="A", code="ADM2", country="AD", a1="07", a2="x"),
        row(4, fclass="A", code="TERR", country="AD"),
    )
    places = read(file)
    wholes = {
        place_id: {each.object for each in place.relations}
        for place_id, place in places.items()
    }
    assert wholes == {
        "gn-1": set(),
        "gn-4": {"gn-1"},
        "gn-5": {"gn-1"},
        "gn-6": {"gn-1", "gn-5"},
        "gn-9": {"gn-1", "gn-6"},
    }
    assert places["gn-1"].links["iso3166-1"] == ["AD"]
    assert list(places) == ["gn-1", "gn-4", "gn-5", "gn-6", "gn-9"], "by id"


def test_a_code_that_iso_has_not_assigned_says_so(tmp_path: Path) -> None:
    places = read(write(tmp_path / "XX.txt", row(9, country="XK")))
    assert places["iso3166-1-user-XK"].links == {"iso3166-1-user": ["XK"]}


def test_an_item_of_two_places_is_exact_for_neither(tmp_path: Path) -> None:
    write(tmp_path / "XX.txt", row(1), row(2), row(3))
    write(
        tmp_path / "alternateNamesV2.txt",
        "1\t1\twkdt\tQ7", "2\t2\twkdt\tQ7", "3\t3\twkdt\tQ8",
    )  # fmt: skip
    places = read(tmp_path)
    assert [places[f"gn-{n}"].links.get("wikidata") for n in (1, 2, 3)] == [
        None,
        None,
        ["Q8"],
    ]


def test_a_list_of_names_is_read_where_there_is_no_file_of_names() -> None:
    places = read(SAMPLE / "cities500.txt")
    found = {each.name: each.form for each in places["gn-3041563"].toponyms}
    assert found["Андора ла Веля"] == "full"
    assert found["ALV"] == "abbr"
    assert found["an dao er cheng"] == "hidden"
    assert {each.lang for each in places["gn-3041563"].toponyms} == {"und"}


def test_archives_are_read_as_they_come(
    tmp_path: Path, sample: dict[str, Place]
) -> None:
    for name in ("cities500", "alternateNamesV2"):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.write(SAMPLE / f"{name}.txt", f"{name}.txt")
            archive.writestr("readme.txt", "Readme for GeoNames\n")
    for name in ("countryInfo.txt", "admin1CodesASCII.txt"):
        shutil.copy(SAMPLE / name, tmp_path)
    assert read(tmp_path) == sample


def test_the_order_of_lines_changes_nothing_but_the_choice_of_equals(
    tmp_path: Path, sample: dict[str, Place]
) -> None:
    for name in ("cities500.txt", "alternateNamesV2.txt"):
        lines = (SAMPLE / name).read_text("utf-8").splitlines()
        random.Random(7).shuffle(lines)
        write(tmp_path / name, *lines)
    for name in ("countryInfo.txt", "admin1CodesASCII.txt"):
        shutil.copy(SAMPLE / name, tmp_path)
    shuffled = read(tmp_path)
    assert list(shuffled) == list(sample)
    assert [place.relations for place in shuffled.values()] == [
        place.relations for place in sample.values()
    ]


# ------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("7\tName", "wrong-cell-count", 1),
        (row(7).replace("7", "seven", 1), "bad-id", 1),
        (row(-7), "bad-id", 1),
        (row(7, lat="91"), "bad-degrees", 12),
        (row(7, lat="1,5"), "bad-degrees", 12),
        (row(7, population="many"), "bad-number", 28),
        (row(7, name=" "), "no-name", 3),
        (row(1), "taken-id", 1),
    ],
)
def test_a_fault_is_placed(tmp_path: Path, line: str, code: str, column: int) -> None:
    file = write(tmp_path / "XX.txt", row(1), line)
    with pytest.raises(DataError) as raised:
        read(file)
    (problem,) = raised.value.problems
    assert (problem.file, problem.line, problem.code) == (str(file), 2, code)
    assert problem.column == column


@pytest.mark.parametrize("name", ["XX.txt", "alternateNamesV2.txt"])
def test_bytes_that_are_not_utf8_are_named(tmp_path: Path, name: str) -> None:
    write(tmp_path / "XX.txt", row(1), row(2))
    write(tmp_path / "alternateNamesV2.txt", "1\t1\ten\ta", "2\t2\ten\tb")
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[:-1].replace(b"b", b"\xe9") + b"\xe9\n")
    with pytest.raises(DataError, match=r"byte 0xe9 is not UTF-8") as raised:
        read(tmp_path)
    assert [problem.line for problem in raised.value.problems] == [2]


def test_every_fault_is_listed_up_to_a_number_to_act_on(tmp_path: Path) -> None:
    few = write(tmp_path / "XX.txt", row(1), "x", "y", "z")
    with pytest.raises(DataError) as raised:
        read(few)
    assert [problem.line for problem in raised.value.problems] == [2, 3, 4]
    many = write(tmp_path / "YY.txt", *[row(n, lat="100") for n in range(200)])
    with pytest.raises(DataError) as raised:
        read(many)
    assert len(raised.value.problems) == 50


def test_faulty_rows_can_be_left_out_and_are_counted(tmp_path: Path) -> None:
    file = write(tmp_path / "XX.txt", row(1), "x", row(2, lat="100"), row(3))
    faults = Faults(skip=True)
    assert read(file, faults=faults).keys() == {"gn-1", "gn-3"}
    assert faults.skipped == 2
    assert [problem.line for problem in faults.examples] == [2, 3]


def test_names_that_no_query_can_find_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = row(1, name="Good"), row(2, name="Bad\x07", ascii="Bad"), row(3, name="Bell")
    write(tmp_path / "AD.txt", *rows)
    write(
        tmp_path / "alternateNamesV2.txt",
        "11\t1\ten\tGo\x9dod\t\t\t\t\t\t",
        "12\t2\tde\tSchlecht\t\t\t\t\t\t",
        "13\t3\ten\tBe\x7fll\t\t\t\t\t\t",
    )
    faults = Faults()
    found = read(tmp_path, faults=faults)
    assert {key: [n.name for n in p.toponyms] for key, p in found.items()} == {
        "gn-1": ["Good"],
        "gn-2": ["Schlecht", "Bad"],
        "gn-3": ["Bell"],
    }
    told = {str(each): count for each, count in faults.warnings.items()}
    why = "no query has a control character; the name was left out"
    assert told == {
        f"{tmp_path}/AD.txt:2:0: warning: control-character: name 'Bad\\x07': {why}": 1,
        f"{tmp_path}/alternateNamesV2.txt:1:0: warning: control-character: "
        f"alternate name 'Go\\x9dod': {why}": 2,
    }


def test_two_files_of_places_in_one_directory_are_not_chosen_between(
    tmp_path: Path,
) -> None:
    write(tmp_path / "cities500.txt", row(1))
    write(tmp_path / "allCountries.txt", row(1))
    with pytest.raises(SourceError, match=r"allCountries\.txt.*cities500\.txt"):
        read(tmp_path)
    write(tmp_path / "AD.txt", row(2))
    assert read(tmp_path / "cities500.txt", tmp_path / "AD.txt").keys() == {
        "gn-1",
        "gn-2",
    }


def test_a_damaged_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 not an archive")
    with pytest.raises(DataError, match=r"x\.zip.*fetch the archive again"):
        read(tmp_path / "x.zip")
    data = gzip.compress(row(1).encode() * 1_000)
    (tmp_path / "AD.txt.gz").write_bytes(data[:-20])
    with pytest.raises(DataError, match=r"AD\.txt\.gz.*fetch the file again"):
        read(tmp_path / "AD.txt.gz")


@pytest.mark.parametrize("packing", ["zip", "gz", "bz2", "xz"])
def test_damage_anywhere_in_an_archive_is_told_as_such(
    tmp_path: Path, packing: str
) -> None:
    file = tmp_path / ("AD.txt.gz" if packing == "gz" else "cities500.zip")
    if packing == "gz":
        file.write_bytes(gzip.compress((SAMPLE / "cities500.txt").read_bytes(), 9))
    else:
        ways = {
            "zip": zipfile.ZIP_DEFLATED,
            "bz2": zipfile.ZIP_BZIP2,
            "xz": zipfile.ZIP_LZMA,
        }
        with zipfile.ZipFile(file, "w", ways[packing]) as archive:
            archive.write(SAMPLE / "cities500.txt", "cities500.txt")
    whole, wanted = file.read_bytes(), read(file)
    chance = random.Random(3)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        file.write_bytes(damaged[: chance.choice([None, chance.randrange(len(whole))])])
        # what is not in the bytes that are packed, such as a date, may be another
        with suppress(DataError, SourceError):
            assert read(file) == wanted


def test_an_archive_with_a_password_is_to_be_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "cities500.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(SAMPLE / "cities500.txt", "cities500.txt")
    data = bytearray(file.read_bytes())
    for begin, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(begin) + flags] |= 1
    file.write_bytes(data)
    with pytest.raises(DataError, match=r"password.*unpack it"):
        read(file)


# ------------------------------------------------------------------- single rows


@pytest.mark.parametrize(
    ("pseudo", "found"),
    [
        ("iata", ("iata", "X1")),
        ("icao", ("icao", "X1")),
        ("faac", ("faa", "X1")),
        ("tcid", ("tcid", "X1")),
        ("unlc", ("unlocode", "X1")),
        ("wkdt", ("wikidata", "X1")),
        ("nuts", ("nuts", "X1")),
        ("post", None),
        ("phon", None),
        ("link", None),
    ],
)
def test_a_pseudo_language_is_no_language(pseudo: str, found: object) -> None:
    assert read_alternate(pseudo, " X1 ", UNSET, ("", "")) == found


def test_pseudo_languages_of_names() -> None:
    def form(pseudo: str, dates: tuple[str, str] = ("", "")) -> tuple[str, str]:
        name = read_alternate(pseudo, "X", UNSET, dates)
        assert isinstance(name, Alternate)
        return name.lang, name.form

    assert form("abbr") == ("und", "abbr")
    assert form("piny") == ("zh-Latn-pinyin", "full")
    assert form("fr_1793") == ("fr", "hidden")
    assert form("fr_1793", ("1793", "1795")) == ("fr", "full")
    assert form("") == ("und", "full")
    assert form("zh-Hant") == ("zh-Hant", "full")
    assert form("strange!") == ("und", "full")


@given(st.text(), st.text())
def test_any_dates_are_read_or_noted(start: str, end: str) -> None:
    name = read_alternate("en", "X", UNSET, (start, end))
    assert isinstance(name, Alternate)
    assert name.valid.dated or name.fault or not (start.strip() or end.strip())


@given(st.text(), st.text())
def test_a_name_without_a_language_keeps_its_text(text: str, main: str) -> None:
    name = untagged(text, main)
    assert name.form in ("full", "abbr", "hidden")
    assert untagged(main, main).form == "full"


@given(st.text(max_size=1), st.text(max_size=5), st.integers(0, 10**8))
def test_every_feature_has_a_type_of_the_list(fclass: str, code: str, n: int) -> None:
    kind, known = type_of_feature(fclass, code, n)
    assert kind in PLACE_TYPES
    assert known in FCLASSES


def test_no_row_is_lost_in_the_join(tmp_path: Path) -> None:
    # ids across several buckets, names in another order, some of places not there
    chosen = random.Random(3)
    ids = chosen.sample(range(1, 400_000), 300)
    write(tmp_path / "XX.txt", *[row(number) for number in ids])
    owners = [chosen.choice([*ids, 999_999]) for _ in range(2_000)]
    rows = [f"{n}\t{owner}\ten\tname {n}" for n, owner in enumerate(owners)]
    write(tmp_path / "alternateNamesV2.txt", *rows)
    faults = Faults()
    places = read(tmp_path, faults=faults)
    wanted = Counter(owner for owner in owners if owner != 999_999)
    assert {
        int(place_id[3:]): len(names(place, "en"))
        for place_id, place in places.items()
        if names(place, "en")
    } == wanted
    (missing,) = faults.warnings.values()
    assert missing == owners.count(999_999)


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, float]] = []
    reader: Reader = open_source([str(SAMPLE)])
    count = sum(1 for _ in reader.places(lambda *each: told.append(each)))
    assert count > 10
    assert {what for what, _, _ in told} == {
        "reading cities500",
        "reading alternateNamesV2",
        "joining names to places",
    }
    assert told[-1][2] == 1.0


def test_a_mark_of_utf_8_is_no_part_of_the_first_id(tmp_path: Path) -> None:
    file = write(tmp_path / "AD.txt", "\ufeff" + row(1), row(2))
    assert {"gn-1", "gn-2"} <= read(file).keys()


def test_a_fault_in_the_first_line_is_told_as_one(tmp_path: Path) -> None:
    file = write(tmp_path / "AD.txt", row(1, lat="north"), row(2))
    with pytest.raises(DataError, match=r"AD\.txt:1:"):
        read(file)
    assert [*read(file, faults=Faults(skip=True))] == ["gn-2"]
