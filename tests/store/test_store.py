"""A store holds what it was given, and says what is asked of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.folding import class_key, match_key, plain_key
from gazetteer.index import Index
from gazetteer.index.compile import compile_in_memory, compile_places
from gazetteer.index.directory import compile_directory
from gazetteer.languages.letters import letter_keys
from gazetteer.store import Store
from gazetteer.store.format import KEYS
from gazetteer.store.stack import Stack
from gazetteer.store.tables import StackedPlaces, tables_of
from gazetteer.tables import load_tables
from gazetteer.tables.places import as_places
from handmade import named, place, related

SMALL = Path(__file__).parents[1] / "fixtures" / "small"


@cache
def small() -> dict:
    return load_tables(SMALL).places


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("store") / "small.gaz"
    compile_directory(SMALL, path)
    return Store.open(path, origin=str(SMALL))


def test_the_places_of_a_store_are_those_of_the_tables(store: Store) -> None:
    assert list(store.all_places()) == list(small().values())
    places = StackedPlaces(Stack([store]))
    assert dict(places) == small()
    assert list(places.values()) == list(small().values())
    assert len(places) == len(small())


def test_the_tables_over_a_store_are_the_tables(store: Store) -> None:
    expected, found = load_tables(SMALL), tables_of(Stack([store]))
    for field in ("places", "disputes", "authorities", "sources"):
        assert dict(getattr(found, field)) == dict(getattr(expected, field))
        assert list(getattr(found, field)) == list(getattr(expected, field))
    assert found.phrases == expected.phrases
    assert (found.version, found.directories) == ("0.0.1", (str(SMALL),))


def test_what_leads_to_a_place_leads_to_the_same_in_a_store(store: Store) -> None:
    held, stored = as_places(small()), StackedPlaces(Stack([store]))
    assert held.schemes == stored.schemes != ()
    assert list(held.contested()) == list(stored.contested()) != []
    for each in small().values():
        assert held.speaking_of(each.place_id) == stored.speaking_of(each.place_id)
        for link in each.link_rows:
            found = stored.linked(link.scheme, link.id)
            assert held.linked(link.scheme, link.id) == found != []
    assert stored.linked("geonames", "0") == []
    assert stored.linked("nothing", "") == []


def test_an_unknown_id_is_not_there(store: Store) -> None:
    places = StackedPlaces(Stack([store]))
    assert "gz-zzzzzzz" not in places
    assert 7 not in places
    assert places.get("gz-zzzzzzz") is None
    with pytest.raises(KeyError):
        places["\ud800"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.gaz", tmp_path / "two.gaz"
    first = compile_places(small().values(), one, version="1")
    second = compile_places(list(small().values()), two, version="1")
    assert one.read_bytes() == two.read_bytes()
    assert first == second
    assert first.content == Store.open(one).content
    assert first.size == one.stat().st_size
    compile_places(small().values(), two, version="2")
    assert Store.open(two).content != first.content


def test_two_places_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two places have the id 'b'"):
        compile_places([place("b"), place("a"), place("b")], tmp_path / "x.gaz")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_stored_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"place 'a' cannot be stored"):
        compile_places([place("a", "x\x1fy")], tmp_path / "x.gaz")
    with pytest.raises(ValueError, match=r"place 'a' cannot be stored"):
        compile_places([place("a", "\ud800")], tmp_path / "x.gaz")


def test_progress_is_told_stage_by_stage(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    places = (place(f"p{n}", f"name {n}") for n in range(12_000))
    compile_places(places, tmp_path / "x.gaz", progress=lambda *args: told.append(args))
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == ["places", "names", "keys", "nearness"]
    done = [done for stage, done, _ in told if stage == "places"]
    assert done == [*range(2_000, 12_001, 2_000), 12_000]
    assert all(done <= total for stage, done, total in told if total)


IDS = st.text("ab1", min_size=1, max_size=4)
NAMES = st.text("abcd Əşж—'1", max_size=6)


@given(st.dictionaries(IDS, st.lists(NAMES, max_size=3), max_size=12))
def test_every_name_finds_its_rows_and_no_others(data: dict[str, list[str]]) -> None:
    places = [
        place(key, *[named(name, name_id=f"{key}{n}") for n, name in enumerate(names)])
        for key, names in data.items()
    ]
    index = Index(places)
    rows = [row for each in places for row in each.toponyms]
    for query in {row.name for row in rows} | {"", "a", "zz"}:
        text = query.strip()
        keys = {match_key(text), plain_key(text)} - {""}
        expected = {
            row
            for row in rows
            if (row.name == text and text)
            or keys & {match_key(row.name), plain_key(row.name)} - {""}
        }
        assert set(index.lookup(query)) == expected


def test_many_things_of_one_object_are_all_found() -> None:
    many = [
        place(f"p{n}", relations=[related(f"p{n}", "part_of", "area")])
        for n in range(3_000)
    ]
    stack = Stack([compile_in_memory([place("area"), *many])])
    assert len(list(stack.speaking_of("area"))) == 3_000
    assert list(stack.speaking_of("p1")) == []


def test_the_version_of_the_keys_is_counted_up_with_the_folding() -> None:
    # Every letter of the tables, alone and between others. Who changes the folding
    # changes this sum, and must count up KEYS: stores hold keys of the old folding.
    from zlib import crc32

    from gazetteer.languages.generic import generic_words

    letters = sorted(letter_keys())
    words = [*letters, *(f"a{letter}d z{letter}h" for letter in letters), "x kh dzh"]
    keys = [f(word) for word in words for f in (match_key, plain_key, class_key)]
    assert (KEYS, crc32("\n".join(keys).encode())) == (1, 2956375969)
    words = "\n".join(map(str, generic_words()))
    assert (KEYS, crc32(words.encode())) == (1, 4280015743)
