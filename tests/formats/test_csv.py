"""CSV files: the mapping of columns, rows that are one place, and every fault."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import DataError, DataNotFoundError
from gazetteer.formats import (
    FIELDS,
    CsvOptions,
    Faults,
    SourceError,
    open_source,
    parse_columns,
)
from gazetteer.formats.building import tidy_name
from gazetteer.formats.columns import bind
from gazetteer.formats.csvfile import CsvFiles
from gazetteer.formats.inputs import Input

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.model import Place

VILLAGE = ("type=village",)


def read(
    file: Path,
    *columns: str,
    constants: tuple[str, ...] = VILLAGE,
    faults: Faults | None = None,
    **options: str,
) -> dict[str, Place]:
    chosen = CsvOptions(parse_columns(columns, constants), **options)
    places = list(open_source([str(file)], options=chosen, faults=faults).places())
    found = {place.place_id: place for place in places}
    assert len(found) == len(places), "every id once"
    return found


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def problems(
    file: Path, *columns: str, **options: object
) -> list[tuple[int, str, str]]:
    with pytest.raises(DataError) as raised:
        read(file, *columns, **options)
    assert {problem.file for problem in raised.value.problems} == {str(file)}
    return [(each.line, each.field, each.code) for each in raised.value.problems]


# ------------------------------------------------------------------- mapping


def test_every_field_can_be_mapped(tmp_path: Path) -> None:
    file = write(
        tmp_path / "list.csv",
        "key,N,EN,HY,more,l,f,when,t,c,y,x,land,in,from,people,q,n\n"
        "1,Ein,One,Մեկ,Eins; Uno,de,short,1990/..,town,P,1.5,-2.5,AND,2,1900/..,"
        "5000,Q1,first\n"
        "2,Zwei,,,,de,,,region,L,,,,,,,,\n",
    )
    columns = (
        "id=key,name=N,name.en=EN,name.hy=HY,alternate=more,lang=l,form=f,valid=when",
        "type=t,fclass=c,lat=y,lon=x,country=land,part_of=in,exists=from",
        "population=people", "link.wikidata=q", "note=n",
    )  # fmt: skip
    places = read(file, *columns, constants=())
    one = places["list-1"]
    assert {(each.name, each.lang, each.form) for each in one.toponyms} == {
        ("Ein", "de", "short"),
        ("One", "en", "short"),
        ("Մեկ", "hy", "short"),
        ("Eins", "de", "full"),
        ("Uno", "de", "full"),
    }
    assert {each.valid.text for each in one.toponyms} == {"1990/.."}
    assert (one.type, one.fclass, one.lat, one.lon) == ("town", "P", 1.5, -2.5)
    assert {row.object for row in one.relations} == {"iso3166-1-AD", "list-2"}
    assert one.exists.text == "1900/.."
    assert one.toponyms[0].prior > 0
    assert one.links == {"list": ["1"], "wikidata": ["Q1"]}
    assert one.note == "first"
    assert places["iso3166-1-AD"].links["iso3166-1"] == ["AD"]
    assert len(FIELDS) == 16, "and this test has them all"


def test_headers_that_are_fields_need_no_mapping(tmp_path: Path) -> None:
    file = write(tmp_path / "list.csv", "name,name.fr,lat,lon,other\na,b,1,2,c\n")
    (place,) = read(file).values()
    assert {(each.name, each.lang) for each in place.toponyms} == {
        ("a", "und"),
        ("b", "fr"),
    }


def test_without_ids_each_row_is_a_place_by_its_line(tmp_path: Path) -> None:
    file = write(tmp_path / "My list.csv", "name\nsame\nsame\n")
    assert list(read(file)) == ["my-list-2", "my-list-3"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name", "not FIELD=HEADER"),
        ("name=", "not FIELD=HEADER"),
        ("names=N", "is 'name' meant"),
        ("colour=N", "no field 'colour' .*; there are id, name"),
        ("link=Q", "a link needs the scheme"),
        ("link.Wikidata!=Q", "a link needs the scheme"),
        ("name.english language=N", "not a BCP 47 tag"),
        ("lat.x=N", "takes nothing after a dot"),
        ("lat=A,lat=B", "lat is given twice"),
    ],
)
def test_a_mapping_that_cannot_be_is_explained(text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        parse_columns([text])


def test_a_value_for_all_rows_must_make_sense_for_all() -> None:
    with pytest.raises(SourceError, match="may be given for lang, form"):
        parse_columns([], ["name=all the same"])


@pytest.mark.parametrize(
    ("header", "columns", "message"),
    [
        (["N", "x"], ["name=n"], "no column has the header 'n'"),
        (["Name", "x"], ["name=Names"], r"\('Name'\?\)"),
        (["N", "N"], ["name=N"], "several columns have the header 'N'"),
        (["N", "x"], ["lat=x"], "say which column has the names"),
        (["title"], [], "say which column has the names.*'title'"),
    ],
)
def test_a_mapping_must_fit_the_header(
    header: list[str], columns: list[str], message: str
) -> None:
    with pytest.raises(SourceError, match=message):
        bind(parse_columns(columns), header, "a.csv")


LABELS = st.sampled_from(
    ["id", "lang", "lat", "lon", "note", "name", "name.en", "alternate.de", "link.x"]
)
HEADERS = (
    st.text(
        st.characters(
            codec="utf-8", exclude_characters="\0\r\n", exclude_categories=["Zs"]
        ),
        min_size=1,
        max_size=8,
    )
    .map(str.strip)
    .filter(bool)
)


@given(st.dictionaries(LABELS, HEADERS, min_size=1), st.randoms(), st.booleans())
def test_what_is_written_is_what_is_bound(
    mapping: dict[str, str], chance: object, together: bool
) -> None:
    mapping |= {"name": "the name"}
    headers = sorted(set(mapping.values()))
    chance.shuffle(headers)
    texts = [f"{label}={header}" for label, header in mapping.items()]
    clear = not any("," in header for header in headers)
    columns = parse_columns([",".join(texts)] if together and clear else texts)
    bound = bind(columns, headers, "a.csv")
    assert {column.label: headers[at] for column, at in bound} == mapping


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12
)
ROWS = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("abcde"), "n": CELLS, "m": CELLS})
)


@given(
    ROWS, st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"])
)
def test_no_name_is_lost_and_rows_of_an_id_are_one_place(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[dict[str, str]],
    delimiter: str,
    encoding: str,
) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ["id", "n", "m"], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    file = write(tmp_path_factory.mktemp("csv") / "a.csv", text.getvalue(), encoding)
    wanted: dict[str, set[str]] = {}
    for row in rows:
        names = set(filter(None, map(tidy_name, (row["n"], row["m"]))))
        wanted.setdefault(f"a-{row['id']}", set()).update(names)
    places = read(
        file, "id=id,name=n,name=m", encoding=encoding, faults=Faults(skip=True)
    )
    # a place without any name is a fault, and here it is left out
    assert {
        place_id: {each.name for each in place.toponyms}
        for place_id, place in places.items()
    } == {place_id: names for place_id, names in wanted.items() if names}


def test_rows_of_one_place_need_not_be_together(tmp_path: Path) -> None:
    rows = [f"p{n % 50},name {n},{'de' if n % 2 else 'fr'}" for n in range(1_000)]
    file = write(tmp_path / "names.csv", "id,name,lang\n" + "\n".join(rows) + "\n")
    places = read(file)
    assert len(places) == 50
    assert {len(place.toponyms) for place in places.values()} == {20}
    again = read(file)
    assert list(again.items()) == list(places.items())


# ------------------------------------------------------------------- whole files


def test_a_quoted_cell_may_span_lines(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", 'name,lat,lon\n"two\r\nlines",1,2\nb,x,2\n')
    assert problems(file) == [(4, "lat lon", "bad-degrees")]


def test_a_name_that_no_query_could_be_is_a_fault(tmp_path: Path) -> None:
    text = "id,name,alternate\n1,a\0b,\n2,c,d;\x7f\n3,می\u200cخ,\n"
    file = write(tmp_path / "a.csv", text)
    wanted = [(2, "name", "bad-name"), (3, "alternate", "bad-name")]
    assert sorted(problems(file)) == wanted


def test_an_encoding_is_stated_and_never_guessed(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "name\ncafé\n", "cp1252")
    with pytest.raises(
        DataError, match=r"byte 0xe9 is not utf-8.*--encoding"
    ) as raised:
        read(file)
    (problem,) = raised.value.problems
    assert (problem.line, problem.column) == (2, 4)
    (place,) = read(file, encoding="cp1252").values()
    assert place.toponyms[0].name == "café"
    wide = write(tmp_path / "w.csv", "name\ncafé\n", "utf-16")
    with pytest.raises(DataError, match=r"begins as UTF-16.*--encoding utf-16"):
        read(wide, "name=name")
    with pytest.raises(SourceError, match="no such encoding"):
        read(file, encoding="klingon")
    with pytest.raises(DataError, match="not utf-16"):
        read(file, encoding="utf-16")


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path) -> None:
    assert len(read(write(tmp_path / "a.csv", "\ufeffname\na\n"))) == 1


def test_files_of_one_kind_are_read_together(tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", "id,name\n1,a\n")
    two = write(tmp_path / "two.csv", "id,name\n1,b\n2,c\n")
    options = CsvOptions(parse_columns([], VILLAGE))
    reader = CsvFiles([Input(str(one)), Input(str(two))], options)
    found = {place.place_id: place for place in reader.places()}
    assert {each.name for each in found["one-1"].toponyms} == {"a", "b"}
    assert found.keys() == {"one-1", "one-2"}
    other = write(tmp_path / "other.csv", "name,id\na,1\n")
    reader = CsvFiles([Input(str(one)), Input(str(other))], options)
    with pytest.raises(SourceError, match="its columns are not those of the first"):
        list(reader.places())


def test_what_is_said_of_the_source_is_recorded(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "name\nb\n")
    options = CsvOptions(
        parse_columns([], VILLAGE), "survey", title="A survey", licence="CC0", url="u:"
    )
    reader = open_source([str(file)], options=options)
    (place,) = reader.places()
    assert place.place_id == "survey-2"
    assert place.toponyms[0].sources == ("survey",)
    source = reader.sources["survey"]
    assert (source.title, source.licence, source.url) == ("A survey", "CC0", "u:")
    assert reader.authorities["survey"].title == "A survey"
    with pytest.raises(SourceError, match="a scheme is lower-case"):
        read(file, scheme="Not One")
    with pytest.raises(SourceError, match="a scheme is lower-case"):
        read(file, scheme="gz")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", None),
        ("\n", None),
        ("name,type\na,castle\n", [(2, "type", "bad-type")]),
        ("name,fclass\na,X\n", [(2, "fclass", "bad-fclass")]),
        ("name,lat,lon\na,91,2\n", [(2, "lat lon", "bad-degrees")]),
        ("name,lat,lon\na,1,\n", [(2, "lat lon", "bad-degrees")]),
        ("name,lat,lon\na,1,181\n", [(2, "lat lon", "bad-degrees")]),
        ("name,country\na,Atlantis\n", [(2, "country", "bad-country")]),
        ("name,lang\na,english?\n", [(2, "lang", "bad-lang")]),
        ("name,form\na,long\n", [(2, "form", "bad-form")]),
        ("name,valid\na,once\n", [(2, "valid", "bad-edtf")]),
        ("name,exists\na,2000/1900\n", [(2, "exists", "bad-edtf")]),
        ("name,population\na,many\n", [(2, "population", "bad-number")]),
        ("id,name\n1,\n,b\n", [(3, "id", "no-id")]),
        ("id,name\n1,\n", [(2, "name", "no-name")]),
        ("name\na,b\n", [(2, "", "wrong-cell-count")]),
        ('name\n"a"b\n', [(2, "", "bad-csv")]),
        ("id,name,lat,lon\n1,a,1,1\n1,b,2,1\n", [(3, "lat", "rows-differ")]),
        ("name,lat,lon\na,x,1\nb,2,y\n", [(2, "lat lon", "bad-degrees"), (3, "lat lon", "bad-degrees")]),
    ],
)  # fmt: skip
def test_a_fault_is_placed(
    tmp_path: Path, text: str, found: list[tuple[int, str, str]] | None
) -> None:
    file = write(tmp_path / "a.csv", text)
    if found is None:
        with pytest.raises(SourceError, match="it is empty"):
            read(file, "name=name")
    else:
        assert problems(file) == found


def spoilt(tmp_path: Path, rows: int, every: int) -> Path:
    """Write rows with ids, of which every so many has a latitude that is none."""
    lines = ["id,name,type,lat,lon,lang"]
    for number in range(rows):
        lat = 91 if number % every == 0 else 40
        lines.append(f"p{number * 7919 % rows},N{number},town,{lat},45,en")
    return write(tmp_path / "many.csv", "\n".join(lines) + "\n")


def test_faults_of_rows_with_ids_are_told_by_line_and_all_at_once(
    tmp_path: Path,
) -> None:
    found = problems(spoilt(tmp_path, 3000, 100))
    assert [line for line, _, _ in found] == list(range(2, 3002, 100))


def test_of_very_many_faults_the_first_are_told(tmp_path: Path) -> None:
    found = problems(spoilt(tmp_path, 3000, 10))
    assert [line for line, _, _ in found] == list(range(2, 502, 10))


def test_faults_that_are_skipped_are_counted_and_the_first_shown(
    tmp_path: Path,
) -> None:
    faults = Faults(skip=True)
    places = read(spoilt(tmp_path, 3000, 10), faults=faults)
    assert (len(places), faults.skipped) == (2700, 300)
    assert [each.line for each in faults.examples] == list(range(2, 502, 10))


def test_faults_of_several_files_are_told_in_the_order_of_the_files(
    tmp_path: Path,
) -> None:
    head, bad = "id,name,type,lat,lon", "town,91,45"
    one = write(tmp_path / "z.csv", f"{head}\na,A,{bad}\nb,B,{bad}\nc,C,{bad}\n")
    two = write(tmp_path / "a.csv", f"{head}\nd,D,{bad}\ne,E,{bad}\n")
    chosen = CsvOptions(parse_columns((), ()))
    with pytest.raises(DataError) as raised:
        list(open_source([str(one), str(two)], options=chosen).places())
    assert [(each.file, each.line) for each in raised.value.problems] == [
        *((str(one), line) for line in (2, 3, 4)),
        *((str(two), line) for line in (2, 3)),
    ]


def test_a_whole_that_is_missing_is_told_where_it_stands_first(tmp_path: Path) -> None:
    rows = "".join(f"p{number},N,town,no{number}\n" for number in range(200))
    faults = Faults()
    read(write(tmp_path / "x.csv", f"id,name,type,part_of\n{rows}"), faults=faults)
    ((first, count),) = faults.warnings.items()
    assert (first.line, first.value, count) == (2, "no0", 200)


def test_what_a_place_is_must_be_said(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", "name\na\n")
    with pytest.raises(DataError, match="--set type=village"):
        read(file, constants=())
    (place,) = read(file, constants=("fclass=H",)).values()
    assert (place.type, place.fclass) == ("water", "H")


def test_countries_by_code_and_places_by_scheme(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.csv",
        "id,name,country,part_of\n"
        "1,a,ad;AND,\n2,b,xk,\n3,c,geonames:3041565,gz-0000000\n"
        "4,d,,https://www.wikidata.org/wiki/Q228\n",
    )
    wholes = {
        place_id: sorted(row.object for row in place.relations)
        for place_id, place in read(file).items()
    }
    assert wholes == {
        "a-1": ["iso3166-1-AD"],
        "a-2": ["iso3166-1-user-XK"],
        "a-3": ["gn-3041565", "gz-0000000"],
        "a-4": ["wd-Q228"],
        "iso3166-1-AD": [],
        "iso3166-1-user-XK": [],
    }


def test_a_whole_that_no_row_is_about_is_told(tmp_path: Path) -> None:
    faults = Faults()
    file = write(tmp_path / "a.csv", "id,name,part_of\n1,a,2\n2,b,3\n4,c,2\n")
    read(file, faults=faults)
    (problem,) = faults.warnings
    assert (problem.line, problem.value, problem.code) == (3, "3", "unknown-id")


def test_addresses_in_a_column_of_links_are_ids(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.csv",
        "name,q,g\na,http://www.wikidata.org/entity/Q228,3041565\n",
    )
    (place,) = read(file, "name=name,link.wikidata=q,link.geonames=g").values()
    assert place.links == {"a": ["2"], "geonames": ["3041565"], "wikidata": ["Q228"]}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataNotFoundError, match="there is no such file"):
        read(tmp_path / "none.csv", "name=name")


@pytest.mark.parametrize("scheme", ["gz", "gn", "wd", "A b"])
def test_no_file_takes_the_ids_of_others(tmp_path: Path, scheme: str) -> None:
    file = write(tmp_path / "list.csv", "id,name\n2,A\n")
    with pytest.raises(SourceError, match="geonames or wikidata where the ids are"):
        read(file, constants=("type=town",), scheme=scheme)
    # whose ids they are may be said
    assert [*read(file, constants=("type=town",), scheme="geonames")] == ["gn-2"]


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("geonames", "146970.0"),
        ("geonames", "a name"),
        ("wikidata", "q5"),
        ("wikidata", "5"),
    ],
)
def test_a_link_that_no_id_can_be_is_a_fault(
    tmp_path: Path, scheme: str, text: str
) -> None:
    file = write(tmp_path / "list.csv", f"name,link.{scheme}\nA,{text}\n")
    found = problems(file, constants=("type=town",))
    assert found == [(2, f"link.{scheme}", "bad-link")]


def test_links_may_be_written_in_every_way(tmp_path: Path) -> None:
    ways = "Q5;wd:Q6;https://www.wikidata.org/wiki/Q7"
    file = write(tmp_path / "list.csv", f"name,link.wikidata\nA,{ways}\n")
    (place,) = read(file, constants=("type=town",)).values()
    assert place.links["wikidata"] == ["Q5", "Q6", "Q7"]


def test_what_holds_for_all_rows_is_said_of_csv_files(tmp_path: Path) -> None:
    (tmp_path / "cities500.txt").write_text("", "utf-8")
    options = CsvOptions(parse_columns([], ["type=town"]))
    with pytest.raises(SourceError, match="of CSV files, not of geonames"):
        open_source([str(tmp_path)], format="geonames", options=options)


@pytest.mark.parametrize("told", ["russian", "Armenian", "azeri"])
def test_the_name_of_a_language_is_no_tag(tmp_path: Path, told: str) -> None:
    with pytest.raises(SourceError, match=f"'{told}' is not a BCP 47 tag"):
        parse_columns([f"name.{told}=N"])
    file = write(tmp_path / "list.csv", f"name,lang\nA,{told}\n")
    assert problems(file, constants=("type=town",)) == [(2, "lang", "bad-lang")]
