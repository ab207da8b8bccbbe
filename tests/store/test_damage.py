"""A damaged store is found to be, and never answers with what it does not hold."""

from __future__ import annotations

import random
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer
from gazetteer.errors import StoreError, UnknownPlaceError
from gazetteer.index import Index
from gazetteer.index.directory import compile_directory
from gazetteer.index.keys import keys_of
from gazetteer.resolve import Resolver
from gazetteer.store import Store
from gazetteer.store.stack import Stack
from gazetteer.store.tables import StackedPlaces, perspective_texts, tables_of
from gazetteer.store.verify import verify_store
from gazetteer.tables import load_tables
from gazetteer.text.spot import Spotter

if TYPE_CHECKING:
    from gazetteer.store.format import Section

SMALL = Path(__file__).parents[1] / "fixtures" / "small"
QUERIES = ("Khankendi", "XANKENDI", "Khankendy", "Stepanakrt", "Karabagh", "—", "zz")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "x.gaz"
    # as in a large store: what is larger than this is not looked at on opening
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gazetteer.store.write._SMALL", 64)
        compile_directory(SMALL, path)
    assert verify_store(path) == []
    return path.read_bytes()


@cache
def places() -> dict:
    return load_tables(SMALL).places


def text_holds(index: Index, lines: str) -> None:
    """Look for names in lines, and in so many that all are looked at at once."""
    rows = {row.name_id: row for each in places().values() for row in each.toponyms}
    try:
        spotter = Spotter(index, ())
    except StoreError:
        return
    for text in (lines, lines * 99):
        for spot in spotter.spots(text):
            for name in spot.names:
                assert all(rows[each.name_id] == each for each in name.toponyms)


def is_held_there(store: Store, queries: tuple[str, ...]) -> None:
    """Ask all kinds of things; whatever is answered must be in the tables."""
    stack = Stack([store])
    index = Index(stack)
    rows = {row.name_id: row for each in places().values() for row in each.toponyms}
    text_holds(index, "\n".join((*queries, "Khankendi Karabagh")))
    found = StackedPlaces(stack)
    for query in queries:
        for toponym in index.lookup(query):
            assert rows[toponym.name_id] == toponym
        for hit in index.search(query):
            assert rows[hit.toponym.name_id] == hit.toponym
    for place_id, place in list(places().items())[::3]:
        assert found.get(place_id) in (None, place)
        for link in place.link_rows:
            for each, _ in found.linked(link.scheme, link.id):
                assert places()[each.place_id] == each
        for relation in found.speaking_of(place_id):
            assert relation in places()[relation.subject].relations
    for each in found.contested():
        assert each.contested
    try:
        assert list(found.values()) == list(places().values())
        tables = tables_of(stack)
        assert tables.phrases is not None
        assert len(tables.sources) + len(tables.disputes) + len(tables.authorities)
        perspective_texts(stack)
    except StoreError:
        pass


@cache
def asked() -> list[str]:
    """As many names as are answered in columns, a third of them in another case."""
    names = sorted({row.name for each in places().values() for row in each.toponyms})
    ways = (str, str.upper, str.lower)
    return [ways[at % 3](name) for at, name in enumerate(names * 40)][:1_500]


def columns_hold(store: Store) -> None:
    """Ask for a column; whoever is answered must bear the name."""
    stack = Stack([store])
    answers = Resolver(tables_of(stack), Index(stack)).resolve_many(asked())
    columns = zip(answers.query, answers.place_id, answers.method, answers.name, strict=True)  # fmt: skip
    rows = [row for each in places().values() for row in each.toponyms]
    for query, place_id, method, name in columns:
        if method in ("exact", "folded"):
            # where the resolver finds less, the name may not be told
            bearing = [
                row
                for row in rows
                if name in (None, row.name)
                and set(keys_of(row.name)) & set(keys_of(query))
            ]
            assert bearing
            assert place_id is None or place_id in {row.place_id for row in bearing}


def opened(path: Path, data: bytes) -> Store | None:
    path.write_bytes(data)
    try:
        return Store.open(path)
    except StoreError:
        return None


@pytest.mark.parametrize("seed", range(40))
def test_a_changed_byte_is_found_and_answers_nothing_false(
    tmp_path: Path, sound: bytes, seed: int
) -> None:
    generator = random.Random(seed)
    for _ in range(6):
        at = generator.randrange(len(sound))
        data = bytearray(sound)
        data[at] ^= 1 << generator.randrange(8)
        store = opened(tmp_path / "x.gaz", bytes(data))
        assert verify_store(tmp_path / "x.gaz") != []
        if store is not None:
            is_held_there(store, QUERIES[: generator.randint(2, 7)])


PATHS = ("path.", "text.", "small")
SETTLED = ("text.", "key.", "small.", "place.id")


def named(store: Store, begins: tuple[str, ...]) -> list[Section]:
    """Return the sections that hold something and whose names begin so."""
    return [
        each
        for each in store.file.sections.values()
        if each.name.startswith(begins) and each.length
    ]


@pytest.mark.parametrize("seed", range(30))
def test_damaged_paths_lead_to_nothing_false(
    tmp_path: Path, sound: bytes, seed: int
) -> None:
    generator = random.Random(seed)
    store = opened(tmp_path / "sound.gaz", sound)
    assert store is not None
    sections = named(store, PATHS)
    data = bytearray(sound)
    for _ in range(generator.choice((1, 30))):
        section = generator.choice(sections)
        at = section.offset + generator.randrange(section.length)
        data[at] = generator.choice((0, 255, data[at] ^ 1 << generator.randrange(8)))
    damaged = opened(tmp_path / "damaged.gaz", bytes(data))
    if damaged is not None:
        text_holds(Index(Stack([damaged])), "\n".join(asked()[:200]))


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_column_answers_nothing_false(
    tmp_path: Path, sound: bytes, seed: int
) -> None:
    generator = random.Random(seed)
    store = opened(tmp_path / "sound.gaz", sound)
    assert store is not None
    if seed == 0:
        columns_hold(store)
    sections = named(store, SETTLED)
    for section in generator.sample(sections, 3):
        data = bytearray(sound)
        length = min(section.length, generator.choice([1, 4, 64, 100_000]))
        start = section.offset + generator.randrange(section.length - length + 1)
        filled = generator.choice([b"\0", b"\xff", generator.randbytes(1)])
        data[start : start + length] = (
            filled * length if generator.random() < 0.5 else generator.randbytes(length)
        )
        damaged = opened(tmp_path / "x.gaz", bytes(data))
        if damaged is not None:
            columns_hold(damaged)


@pytest.mark.parametrize("seed", range(40))
def test_a_section_of_other_numbers_answers_nothing_false(
    tmp_path: Path, sound: bytes, seed: int
) -> None:
    """Worse than a byte: numbers of a whole stretch become others, large and small."""
    generator = random.Random(seed)
    store = opened(tmp_path / "sound.gaz", sound)
    assert store is not None
    large = [
        each for each in store.file.sections.values() if not each.eager and each.length
    ]
    for section in generator.sample(large, 6):
        data = bytearray(sound)
        length = min(section.length, generator.choice([4, 64, 100_000]))
        start = section.offset + generator.randrange(section.length - length + 1)
        filled = generator.choice([b"\0", b"\xff", generator.randbytes(1)])
        data[start : start + length] = (
            filled * length if generator.random() < 0.5 else generator.randbytes(length)
        )
        damaged = opened(tmp_path / "x.gaz", bytes(data))
        found = verify_store(tmp_path / "x.gaz")
        same = bytes(data) == sound
        assert [each.section for each in found][:1] == ([] if same else [section.name])
        if damaged is not None:
            is_held_there(damaged, QUERIES[: generator.randint(2, 7)])


def test_every_truncation_is_refused_and_found(tmp_path: Path, sound: bytes) -> None:
    generator = random.Random(0)
    lengths = [0, 1, 63, 64, len(sound) - 1]
    lengths += [generator.randrange(len(sound)) for _ in range(100)]
    for length in lengths:
        assert opened(tmp_path / "x.gaz", sound[:length]) is None
        assert verify_store(tmp_path / "x.gaz") != []


def test_damage_says_where_it_is(tmp_path: Path, sound: bytes) -> None:
    store = opened(tmp_path / "x.gaz", sound)
    assert store is not None
    section = store.file.sections["place.text"]
    data = bytearray(sound)
    data[section.offset + 7] ^= 1
    (tmp_path / "x.gaz").write_bytes(data)
    where, whole = verify_store(tmp_path / "x.gaz")
    assert (where.section, where.offset, where.length) == (section.name, section.offset, section.length)  # fmt: skip
    assert str(where).startswith(f"{tmp_path / 'x.gaz'}: place.text: ")
    assert whole.section == "content"
    pad = section.offset + section.length
    data = bytearray(sound)
    data[pad] = 1
    (tmp_path / "x.gaz").write_bytes(data)
    (padding,) = verify_store(tmp_path / "x.gaz")
    assert (padding.section, padding.offset) == ("padding", pad)


def test_verifying_tells_how_far_it_is(tmp_path: Path, sound: bytes) -> None:
    (tmp_path / "x.gaz").write_bytes(sound)
    told: list[tuple[int, int]] = []
    verify_store(tmp_path / "x.gaz", lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (len(sound), len(sound))


def test_a_damaged_place_is_missed_alone(tmp_path: Path, sound: bytes) -> None:
    store = opened(tmp_path / "x.gaz", sound)
    assert store is not None
    section = store.file.sections["place.text"]
    number = list(places()).index("gz-000005a")
    data = bytearray(sound)
    data[section.offset + store.file.items("place.offset", "u8")[number] + 40] ^= 1
    damaged = opened(tmp_path / "x.gaz", bytes(data))
    assert damaged is not None
    index = Index(Stack([damaged]))
    found = {hit.toponym.place_id for hit in index.search("Khankendi")}
    assert found == {
        hit.toponym.place_id for hit in Index(Stack([store])).search("Khankendi")
    } - {"gz-000005a"}
    with pytest.raises(StoreError, match="damaged"):
        list(damaged.all_places())
    gazetteer = Gazetteer.load(tmp_path / "x.gaz")
    with pytest.raises(StoreError, match="its place 'gz-000005a' is damaged"):
        gazetteer["gz-000005a"]
    assert gazetteer.resolve("gz-000005a").outcome == "unmatched"
    with pytest.raises(UnknownPlaceError, match="gz-000001"):
        gazetteer["gz-0000018"]


def test_the_script_of_a_thousand_damages_finds_nothing() -> None:
    script = Path(__file__).with_name("damage.py")
    done = subprocess.run(
        [sys.executable, script, "20", "", "1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "20 damages of" in done.stdout
