"""Rows become places; earlier sources win; rows of house rules are added."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.dates import parse_interval
from gazetteer.errors import DataError, DataNotFoundError, UnknownPlaceError
from gazetteer.ids import PlaceId
from gazetteer.tables import (
    current_place,
    find_data,
    load_tables,
    merge_tables,
    read_raw,
    unjoin_tables,
)
from gazetteer.tables.cells import format_rows, read_rows, write_rows
from gazetteer.tables.columns import TABLES
from gazetteer.tables.places import leading_name

if TYPE_CHECKING:
    from gazetteer.model import Tables

SMALL = Path(__file__).parents[1] / "fixtures" / "small"
CITY, TOWN, DISTRICT, RETIRED = "gz-000005a", "gz-000006c", "gz-000007e", "gz-000015e"


@pytest.fixture(scope="module")
def small() -> Tables:
    return load_tables(SMALL)


def write(directory: Path, **tables: str) -> Path:
    """Write tables given as lines without their header."""
    directory.mkdir(exist_ok=True)
    for name, text in tables.items():
        rows = [line.strip() for line in text.strip().splitlines()]
        lines = [",".join(TABLES[name].header), *rows]
        (directory / f"{name}.csv").write_text(
            "\n".join(lines) + "\n", encoding="utf-8"
        )
    return directory


def texts(tables: Tables, place_id: str) -> set[str]:
    return {toponym.name for toponym in tables.places[place_id].toponyms}


def printed(tables: Tables, place_id: str) -> set[str]:
    rows = tables.places[place_id].toponyms
    return {toponym.name for toponym in rows if toponym.form != "hidden"}


# ------------------------------------------------------------------- reading


def test_rows_are_joined_to_their_place(small: Tables) -> None:
    place = small.places[CITY]
    assert (place.type, place.lat, place.lon) == ("city", 39.8153, 46.752)
    assert place.langs == ("az", "hy")
    assert place.contested
    assert place.links == {"geonames": ["146970"]}
    assert {"Khankendi", "Stepanakert", "Ստեփանակերտ"} <= texts(small, CITY)
    (official,) = [
        usage
        for toponym in place.toponyms
        for usage in toponym.usages
        if toponym.name == "Xankəndi"
    ]
    assert (official.authority, official.status) == ("az-gov", "official")
    assert official.valid == parse_interval("1991-11-26/..")
    assert {row.object for row in place.relations if row.predicate == "seat_of"} == {
        "gz-000009j",
        "gz-0000116",
    }


def test_a_blank_point_is_none_and_a_blank_prior_is_zero(small: Tables) -> None:
    region = small.places["gz-000008g"]
    assert (region.lat, region.lon) == (None, None)
    by_name = {toponym.name: toponym for toponym in region.toponyms}
    assert by_name["Artsakh"].default_sense
    assert by_name["Artsakh"].prior == 0.6
    assert by_name["Լեռնային Ղարաբաղ"].prior == 0.0
    assert not by_name["Karabakh"].default_sense


def test_a_derived_row_says_so(small: Tables) -> None:
    derived = [t for p in small.places.values() for t in p.toponyms if t.derived]
    assert [row.translit for row in derived] == ["bgnpcgn-arm-Armn-Latn-1981"]


def test_the_other_tables_are_read(small: Tables) -> None:
    assert small.disputes["d-karabakh"].parties == (
        "am-gov",
        "az-gov",
        "nkr-authorities",
    )
    assert small.authorities["un"].kind == "international-body"
    assert small.sources["derived"].line == "derived"
    assert len(small.phrases) == 4
    assert small.version == "0.0.1"
    assert small.directories == (str(SMALL),)


@given(seed=st.integers())
def test_the_order_of_rows_changes_nothing(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    directory = tmp_path_factory.mktemp("shuffled")
    shuffle = random.Random(seed).shuffle
    for table in TABLES.values():
        header, *rows = read_rows(SMALL / table.file)
        shuffle(rows)
        write_rows(directory / table.file, [header, *rows])
    shutil.copy(SMALL / "datapackage.json", directory)
    shuffled = load_tables(directory)
    expected = load_tables(SMALL)
    assert shuffled._replace(directories=()) == expected._replace(directories=())
    assert list(shuffled.places) == list(expected.places)
    assert list(shuffled.sources) == list(expected.sources)


def test_marks_and_line_ends_of_other_programs_are_read(tmp_path: Path) -> None:
    for path in SMALL.glob("*.csv"):
        data = path.read_bytes().replace(b"\n", b"\r\n")
        (tmp_path / path.name).write_bytes(b"\xef\xbb\xbf" + data)
    assert load_tables(tmp_path).places == load_tables(SMALL).places


def test_a_directory_without_a_version_says_so(tmp_path: Path) -> None:
    write(tmp_path, authorities="paper,The paper,medium,")
    assert read_raw(tmp_path).version == "unversioned"


def test_a_missing_directory_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(DataNotFoundError, match="no such directory") as caught:
        load_tables(tmp_path / "nowhere")
    assert isinstance(caught.value, FileNotFoundError)
    assert caught.value.source == str(tmp_path / "nowhere")


def test_a_directory_with_nothing_of_ours_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("hello", encoding="utf-8")
    with pytest.raises(DataNotFoundError, match=r"it has none of places\.csv"):
        load_tables(tmp_path)


def test_perspectives_alone_are_a_directory_of_ours(tmp_path: Path) -> None:
    (tmp_path / "perspectives.toml").write_text("", encoding="utf-8")
    assert load_tables(tmp_path).places == {}


HEADER = ",".join(TABLES["usages"].header).encode()


@pytest.mark.parametrize(
    ("data", "line", "column", "code"),
    [
        (b"", 1, 1, "empty-file"),
        (b"name_id,authority\n", 1, 1, "bad-header"),
        (HEADER + b"\nnm-0000012,un,used,,Br\xe9,\n", 2, 23, "not-utf8"),
        (HEADER + b"\nnm-0000012,un,used,19-1,s,\n", 2, 20, "bad-edtf"),
        (HEADER + b"\nnm-0000012,un,used\n", 2, 1, "wrong-cell-count"),
        (HEADER + b"\n\nnm-0000012,un,used,,s,\n", 2, 1, "wrong-cell-count"),
        (HEADER + b'\nnm-0000012,un,"used,,s,\n', 2, 15, "bad-csv"),
        (HEADER + b'\nnm-0000012,un,used,,s,"a\nb" c\n', 2, 23, "bad-csv"),
        (HEADER + b"\nnm-0000012,un,used,,s," + b"x" * 200_000, 0, 0, "bad-csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_reported_with_its_place(
    tmp_path: Path, data: bytes, line: int, column: int, code: str
) -> None:
    (tmp_path / "usages.csv").write_bytes(data)
    with pytest.raises(DataError) as caught:
        load_tables(tmp_path)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column, problem.code) == (line, column, code)
    assert problem.file == str(tmp_path / "usages.csv")


def test_every_unreadable_row_of_every_file_is_reported(tmp_path: Path) -> None:
    write(
        tmp_path,
        places="""
            gz-0000012,country,A,north,47,1999-99,,,,
            gz-0000024,country,A,40,45,,,,,
            gz-0000036,city,P,1,x,,,,,""",
        names="nm-0000012,gz-0000012,Baku,en,full,,,,,often,s,",
    )
    with pytest.raises(DataError) as caught:
        load_tables(tmp_path)
    found = [(p.field, p.line, p.column, p.code) for p in caught.value.problems]
    assert found == [
        ("lat", 2, 22, "bad-number"),
        ("exists", 2, 31, "bad-edtf"),
        ("lon", 4, 21, "bad-number"),
        ("prior", 2, 40, "bad-number"),
    ]


# ------------------------------------------------------------------- merging


def test_house_rules_add_to_places_of_a_later_source(tmp_path: Path) -> None:
    write(
        tmp_path,
        names=f"nm-00001zz,{CITY},The Capital,en,descr,,,,,,house-style,",
        usages="""
            nm-00001zz,paper,used,,house-style,
            nm-000022c,paper,used,2024/..,house-style,""",
        relations=f"{CITY},part_of,gz-000008g,paper,,house-style,",
        links=f"{CITY},wikidata,Q0,close,,,house-style",
        authorities="paper,The paper,medium,",
        sources="house-style,House style,,,,,house",
    )
    tables = load_tables(tmp_path, SMALL)
    plain = load_tables(SMALL)
    place, before = tables.places[CITY], plain.places[CITY]
    added = {t.name_id for t in place.toponyms} - {t.name_id for t in before.toponyms}
    assert added == {"nm-00001zz"}
    (shipped,) = [t for t in place.toponyms if t.name_id == "nm-000022c"]
    assert ("paper", "used") in {(u.authority, u.status) for u in shipped.usages}
    assert len(shipped.usages) == 4
    assert len(place.relations) == len(before.relations) + 1
    assert len(place.link_rows) == len(before.link_rows) + 1
    assert place.links == before.links
    assert {"paper", "un"} <= set(tables.authorities)
    assert tables.version == "unversioned+0.0.1"
    assert tables.directories == (str(tmp_path), str(SMALL))
    others = {key: value for key, value in tables.places.items() if key != CITY}
    assert others == {key: plain.places[key] for key in others}


def test_a_row_about_nothing_is_reported_with_its_place(tmp_path: Path) -> None:
    write(
        tmp_path,
        names="nm-00001zz,gz-zzzzzzz,Nowhere,en,full,,,,,,s,",
        usages="nm-zzzzzzz,un,used,,s,",
    )
    with pytest.raises(DataError) as caught:
        load_tables(tmp_path, SMALL)
    assert {
        (Path(p.file).name, p.line, p.column, p.value, p.code)
        for p in caught.value.problems
    } == {
        ("names.csv", 2, 12, "gz-zzzzzzz", "unknown-id"),
        ("usages.csv", 2, 1, "nm-zzzzzzz", "unknown-id"),
    }


def test_a_row_about_nothing_is_left_out_where_that_is_asked_for(
    tmp_path: Path,
) -> None:
    write(tmp_path, names="nm-00001zz,gz-zzzzzzz,Nowhere,en,full,,,,,,s,")
    tables = merge_tables(read_raw(tmp_path), read_raw(SMALL), strict=False)
    assert tables.places == load_tables(SMALL).places


def own_place(directory: Path, place_id: str, links: str) -> Path:
    return write(
        directory,
        places=f"{place_id},city,P,1,2,,,,,",
        names=f"nm-00001zz,{place_id},Our Name,en,full,,,,,,s,",
        relations=f"{place_id},part_of,{TOWN},un,,s,",
        links=links,
    )


def test_the_earlier_of_two_places_with_one_exact_link_wins(tmp_path: Path) -> None:
    mine = own_place(tmp_path / "mine", "local-1", "local-1,geonames,146970,exact,,,s")
    tables = load_tables(mine, SMALL)
    assert printed(tables, "local-1") == {"Our Name"}
    assert current_place(tables, CITY).place_id == "local-1"
    assert tables.places[CITY].toponyms == ()

    tables = load_tables(SMALL, mine)
    before = load_tables(SMALL).places[CITY]
    assert tables.places[CITY]._replace(toponyms=()) == before._replace(toponyms=())
    assert printed(tables, CITY) == {row.name for row in before.toponyms}
    assert current_place(tables, "local-1").place_id == CITY


def test_the_names_of_the_later_place_lead_to_the_earlier_one(tmp_path: Path) -> None:
    mine = own_place(tmp_path / "mine", "local-1", "local-1,geonames,146970,exact,,,s")
    theirs = load_tables(SMALL).places[CITY].toponyms
    assert any(row.usages for row in theirs)
    place = load_tables(mine, SMALL).places["local-1"]
    leading = [row for row in place.toponyms if row.form == "hidden"]
    names = {row.name for row in theirs if row.form not in ("adj", "demonym", "abbr")}
    assert {row.name for row in leading} == names
    # what is said of the later place is not said of the earlier one
    assert not any(row.usages for row in leading)
    assert {row.place_id for row in place.toponyms} == {"local-1"}
    sure = theirs[0]._replace(form="full", default_sense=True)
    led = leading_name(sure, PlaceId("local-1"))
    assert led is not None
    assert not led.default_sense


def test_relations_to_a_place_that_lost_point_to_the_one_that_won(
    tmp_path: Path,
) -> None:
    mine = own_place(tmp_path / "mine", "local-1", "local-1,geonames,147163,exact,,,s")
    objects = {r.object for r in load_tables(mine, SMALL).places[TOWN].relations}
    assert "local-1" in objects
    assert DISTRICT not in objects


def test_house_rules_reach_a_place_that_lost_under_its_old_id(tmp_path: Path) -> None:
    mine = own_place(tmp_path / "mine", "local-1", "local-1,geonames,146970,exact,,,s")
    rules = write(tmp_path / "rules", names=f"nm-00001yx,{CITY},Added,en,full,,,,,,s,")
    tables = load_tables(rules, mine, SMALL)
    assert printed(tables, "local-1") == {"Our Name", "Added"}
    added = [t for t in tables.places["local-1"].toponyms if t.name == "Added"]
    assert added[0].place_id == "local-1"


@pytest.mark.parametrize("match", ["close", "broad", "narrow"])
def test_only_exact_links_join(tmp_path: Path, match: str) -> None:
    mine = own_place(
        tmp_path / "mine", "local-1", f"local-1,geonames,146970,{match},,,s"
    )
    tables = load_tables(mine, SMALL)
    assert tables.places[CITY] == load_tables(SMALL).places[CITY]
    assert texts(tables, "local-1") == {"Our Name"}


def test_a_place_linked_to_two_earlier_ones_stays_by_itself(tmp_path: Path) -> None:
    mine = own_place(
        tmp_path / "mine",
        "local-1",
        "local-1,geonames,146970,exact,,,s\nlocal-1,geonames,147105,exact,,,s",
    )
    tables = load_tables(SMALL, mine)
    assert texts(tables, "local-1") == {"Our Name"}
    assert tables.places["local-1"].replaced_by == ""


def test_the_earlier_of_two_places_of_one_id_wins(tmp_path: Path) -> None:
    mine = own_place(tmp_path / "mine", CITY, "")
    assert texts(load_tables(mine, SMALL), CITY) == {"Our Name"}
    assert load_tables(SMALL, mine).places == load_tables(SMALL).places


def test_places_of_one_source_are_never_merged(tmp_path: Path) -> None:
    write(
        tmp_path,
        places="local-1,city,P,,,,,,,\nlocal-2,city,P,,,,,,,",
        links="local-1,x,1,exact,,,s\nlocal-2,x,1,exact,,,s",
    )
    assert list(load_tables(tmp_path).places) == ["local-1", "local-2"]


def test_the_earlier_source_wins_where_keys_are_the_same(tmp_path: Path) -> None:
    write(tmp_path, authorities="un,Another title,medium,", phrases="Up,en,fixed,s")
    tables = load_tables(tmp_path, SMALL)
    assert tables.authorities["un"].title == "Another title"
    assert len(tables.phrases) == 5
    assert load_tables(SMALL, tmp_path).authorities["un"].title == "United Nations"


def test_merging_with_itself_changes_nothing(small: Tables) -> None:
    assert load_tables(SMALL, SMALL).places == small.places


def test_taking_apart_and_joining_changes_nothing(small: Tables) -> None:
    again = merge_tables(unjoin_tables(small))
    assert again._replace(directories=()) == small._replace(directories=())


# ------------------------------------------------------------------ retired ids


def test_a_retired_id_redirects(small: Tables) -> None:
    assert current_place(small, RETIRED).place_id == TOWN
    assert current_place(small, TOWN) is small.places[TOWN]


def test_a_redirect_that_leads_nowhere_is_an_unknown_place(small: Tables) -> None:
    with pytest.raises(UnknownPlaceError):
        current_place(small, "gz-zzzzzzz")
    places = dict(small.places)
    places[TOWN] = places[TOWN]._replace(replaced_by=RETIRED)
    with pytest.raises(UnknownPlaceError, match=RETIRED):
        current_place(small._replace(places=places), RETIRED)


# -------------------------------------------------------------------- start-up


def test_the_shipped_data_is_found() -> None:
    assert (find_data() / "datapackage.json").is_file()


def test_reading_imports_nothing_heavy() -> None:
    code = (
        "import sys; from gazetteer.tables import load_tables;"
        f"load_tables({str(SMALL)!r}); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    heavy = {
        "dataclasses",
        "importlib.metadata",
        "importlib.resources",
        "inspect",
        "json",
        "langcodes",
        "numpy",
        "pydantic",
        "rapidfuzz",
        "tomllib",
        "undate",
    }
    assert not heavy & set(done.stdout.split())


def test_rows_never_written_to_a_file_are_reported_too(small: Tables) -> None:
    raw = unjoin_tables(small)
    with pytest.raises(DataError, match="unknown-id"):
        merge_tables(raw._replace(places=(), directory="in memory"))


def test_format_rows_quotes_only_what_it_must() -> None:
    assert format_rows([["a,b", 'c"d', "e f", ""]]) == '"a,b","c""d",e f,\n'
