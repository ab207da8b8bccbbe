"""The fuzzy index against brute force, over stores that are whole and damaged."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from itertools import chain, pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.errors import StoreError
from gazetteer.index.neighbourhood import Neighbourhood, PackedKeys, batch, build
from gazetteer.index.neighbourhood.policy import edits_by_key_length
from gazetteer.index.neighbourhood.windows import LONGEST


@pytest.fixture(scope="module", autouse=True, params=["few", "many"])
def _as_of_few_or_many(request):
    """Ask one query both ways: compared with each key, and by what its variants are."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "many":
            patch.setattr("gazetteer.index.neighbourhood.neighbourhood.FEW", -1)
        yield


SCRIPTS = {
    "two letters": "ab",
    "romanized": "aeiknorst zh",
    "cyrillic": "абвгднорсьй",
    "armenian": "աբգդենոպրւ",
    "georgian": "აბგდევნორ",
    "arabic": "ابتدرسمنو",
    "devanagari": "कखगरसािी्",
    "han": "京北東山川大小上",
    "beyond the basic plane": "𐐨𐐩𐐪𐐫𐐬a",
}
CYRILLIC_KEYS = ["новгород", "белгород", "белград", "выборг", "выборгский", "мга"]


def osa(a: str, b: str) -> int:
    """The edits between two strings, from the definition."""
    rows = [list(range(len(b) + 1))]
    for i, left in enumerate(a, 1):
        row = [i]
        for j, right in enumerate(b, 1):
            best = min(row[-1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and (left, a[i - 2]) == (b[j - 2], right):
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def brute(keys, query, most=2, measure="key", *, every=False):
    allowed = edits_by_key_length(min(len(query), LONGEST + 1), most, measure)
    near = [
        (edits, number)
        for number, key in enumerate(keys)
        if allowed[min(len(key), 255)] != 255
        and abs(len(key) - len(query)) <= 2
        and (edits := osa(query, key)) <= allowed[len(key)]
    ]
    near.sort()
    return [(number, edits) for edits, number in near if every or edits == near[0][0]]


def rows(found):
    offsets, numbers, distances = found
    pairs = list(zip(numbers.tolist(), distances.tolist(), strict=True))
    return [pairs[start:end] for start, end in pairwise(offsets.tolist())]


def packed(keys):
    parts = [key.encode() for key in keys]
    offsets = np.cumsum([0, *map(len, parts)]).astype("<u4")
    return PackedKeys(b"".join(parts), offsets)


def one_edit(text, new):
    """Every string that is one edit away, with a letter that the text has not."""
    for at in range(len(text) + 1):
        head, tail = text[:at], text[at:]
        yield head + new + tail
        if tail:
            yield head + tail[1:]
            yield head + new + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


@st.composite
def keys_and_queries(draw):
    letters = st.sampled_from(SCRIPTS[draw(st.sampled_from(sorted(SCRIPTS)))])
    text = st.text(letters, min_size=1, max_size=draw(st.sampled_from([6, 10, 16])))
    keys = draw(st.lists(text, max_size=30, unique=True))
    queries = draw(st.lists(text, max_size=5))
    for key in draw(st.lists(st.sampled_from(keys), max_size=10)) if keys else []:
        query = key
        for _ in range(draw(st.integers(0, 2))):
            near = list(one_edit(query, draw(letters)))
            query = draw(st.sampled_from(near))
        queries.append(query)
    return keys, queries


# ------------------------------------------------------------------- nothing is missed


@given(
    keys_and_queries(),
    st.sampled_from(["key", "shorter"]),
    st.sampled_from([None, 0, 1, 2]),
    st.booleans(),
)
def test_it_finds_what_brute_force_finds(keys_queries, measure, most, every):
    keys, queries = keys_queries
    near = Neighbourhood(build(keys), keys, measure=measure)
    expected = [
        brute(keys, query, 2 if most is None else most, measure, every=every)
        for query in queries
    ]
    assert rows(near.nearest_many(queries, most, every=every)) == expected
    assert [near.nearest_one(each, most, every=every) for each in queries] == expected


@given(st.lists(st.text(min_size=1, max_size=14), unique=True, max_size=20))
@example(["", "a", "abcd", "abcd\n", "ab\ncd", "ab\x00cd", "😀😀😀😀", "\u0301bcde"])
@example(["x" * 250, "x" * 251, "x" * 249, "x" * 252])
def test_any_text_is_a_key_and_a_query(keys):
    keys = [key for key in keys if key.encode("utf-8", "ignore").decode() == key]
    for held in (keys, packed(keys)):
        near = Neighbourhood(build(held), held)
        expected = [brute(keys, key, every=True) for key in keys]
        assert rows(near.nearest_many(keys, every=True)) == expected
        assert [near.nearest_one(key, every=True) for key in keys] == expected


@pytest.mark.parametrize("length", range(4, 16))
def test_every_way_to_make_two_edits_is_found(length):
    # all letters differ, so that nothing is found by chance
    key = "abcdefghijklmnopqrstuvwxyz"[:length]
    once = set(one_edit(key, "Y"))
    queries = sorted({each for near in once for each in one_edit(near, "Z")} | once)
    near = Neighbourhood(build([key]), [key])
    expected = [brute([key], query) for query in queries]
    assert rows(near.nearest_many(queries)) == expected
    # and from the other side, where the query deletes more than the keys
    near = Neighbourhood(build(queries), queries)
    assert near.nearest_one(key, every=True) == brute(queries, key, every=True)
    assert rows(near.nearest_many([key], every=True)) == [
        brute(queries, key, every=True)
    ]


def test_keys_that_share_head_and_tail_are_all_found():
    keys = [f"abcd{middle:04}wxyz" for middle in range(3000)]
    near = Neighbourhood(build(keys), keys)
    query = "abcd0120wxyz"
    assert near.nearest_one(query, every=True) == brute(keys, query, every=True)
    assert near.nearest_one("acbd0120wxyz") == [(120, 1)]


def test_many_candidates_are_compared_in_parts(monkeypatch):
    keys = [f"abcd{middle:03}wxyz" for middle in range(500)]
    queries = ["abcd012wxyz", "abdc0123wxyz", "abcdwxyz", "nothing like it"]
    near = Neighbourhood(build(keys), keys)
    whole = rows(near.nearest_many(queries, every=True))
    monkeypatch.setattr(batch, "_AT_ONCE", 300)
    monkeypatch.setattr(batch, "_BLOCK", 3)
    assert rows(near.nearest_many(queries, every=True)) == whole
    assert whole == [brute(keys, query, every=True) for query in queries]


# -------------------------------------------------------------------------- the policy


def test_lengths_say_how_far():
    keys = ["abc", "abcd", "abcdefg", "abcdefgh"]
    near = Neighbourhood(build(keys), keys)
    assert near.nearest_one("abx") == []  # no query under 4 letters
    assert near.nearest_one("abcx") == [(1, 1)]  # and no key
    assert near.nearest_one("abcdexy") == []  # of 7 letters: one edit
    assert near.nearest_one("abcdefxy") == [(3, 2)]  # of 8: two
    assert near.nearest_one("abcdex") == []
    assert near.nearest_one("bcdefg") == [(2, 1)]
    assert near.nearest_one("abcdefghij") == [(3, 2)]


def test_the_shorter_may_decide():
    keys = ["abcdefgh"]
    arrays = build(keys)
    by_key = Neighbourhood(arrays, keys)
    by_shorter = Neighbourhood(arrays, keys, measure="shorter")
    for query in ("cdefgh", "bcdefgx"):
        assert by_key.nearest_one(query) == [(0, 2)]
        assert by_shorter.nearest_one(query) == []
    assert by_shorter.nearest_one("abcdefghxy") == [(0, 2)]


def test_fewer_edits_can_be_asked_for():
    keys = ["mountains"]
    near = Neighbourhood(build(keys), keys)
    assert near.nearest_one("muontians") == [(0, 2)]
    assert near.nearest_one("muontians", 1) == []
    assert near.nearest_one("muontains", 1) == [(0, 1)]
    assert near.nearest_one("mountains", 0) == [(0, 0)]
    assert rows(near.nearest_many(["muontains", "mountains"], 0)) == [[], [(0, 0)]]
    assert near.nearest_one("muontians", 9) == [(0, 2)]
    with pytest.raises(ValueError, match="0, 1 or 2 would do"):
        near.nearest_one("mountains", -1)


@pytest.mark.parametrize("queries", [[], [""], ["a"], ["abcdefgh"], ["x" * 5000]])
def test_an_empty_neighbourhood_answers(queries):
    near = Neighbourhood(build([]), [])
    assert rows(near.nearest_many(queries)) == [[] for _ in queries]
    assert all(near.nearest_one(query) == [] for query in queries)


def test_more_queries_than_a_chunk_keep_their_places():
    keys = ["mountain", "riverside"]
    near = Neighbourhood(build(keys), keys)
    queries = ["", "muontain", "x", "rivreside", "nothing"] * 5000
    found = rows(near.nearest_many(queries))
    assert found == [[], [(0, 1)], [], [(1, 1)], []] * 5000


# ---------------------------------------------------------------------- the same bytes


def digest(arrays):
    total = hashlib.sha256()
    for name, array in arrays.items():
        total.update(f"{name} {array.dtype.str} {array.shape}".encode())
        total.update(array.tobytes())
    return total.hexdigest()


@given(keys_and_queries(), st.integers(1, 200))
def test_the_same_keys_give_the_same_bytes(keys_queries, room):
    keys, _ = keys_queries
    whole = build(keys)
    in_parts = build(packed(keys), room=room)
    assert digest(in_parts) == digest(whole)


def test_the_bytes_are_those_of_the_format():
    # If this fails, stores that were built before are misread: raise FORMAT.
    keys = [*CYRILLIC_KEYS, "mountain", "riverside", "a hill by the river", "東京都庁"]
    assert digest(build(keys)) == (
        "7e39da661a1b59dd56e60a51e80d1354d3f43961ee03d96fa4275b4148865dd4"
    )


def test_the_entries_can_be_taken_part_by_part():
    keys = sorted({key for near in CYRILLIC_KEYS for key in one_edit(near, "я")})
    whole = build(keys)
    taken = []
    rest = build(keys, room=100, entries=taken.append)
    assert "entries" not in rest
    assert len(taken) > 10
    assert digest(rest | {"entries": np.concatenate(taken)}) == digest(
        {name: whole[name] for name in (*rest, "entries")}
    )


def test_memory_per_key_is_bounded():
    letters = random.Random(4)
    keys = {
        "".join(letters.choices("abcdefghij", k=letters.choice([6, 9, 12, 18])))
        for _ in range(20_000)
    }
    arrays = build(sorted(keys))
    assert sum(array.nbytes for array in arrays.values()) / len(keys) < 260
    assert {name: array.dtype.str for name, array in arrays.items()} == {
        "header": "<u8",
        "filter": "|u1",
        "buckets": "<u4",
        "entries": "<u4",
        "signatures": "<u8",
        "lengths": "|u1",
    }


def test_mapped_arrays_are_read_where_they_stand(tmp_path):
    path = tmp_path / "entries"
    arrays = build(CYRILLIC_KEYS)
    arrays["entries"].tofile(path)
    mapped = np.memmap(path, "<u4", "r")
    near = Neighbourhood(arrays | {"entries": mapped}, CYRILLIC_KEYS)
    assert rows(near.nearest_many(["ноугород"])) == [[(0, 1)]]
    assert np.shares_memory(near._columns.entries, mapped)


ONE_QUERY = """
import sys
from gazetteer.index.neighbourhood import Neighbourhood, PackedKeys
def read(name, kind):
    with open(name, "rb") as file:
        return memoryview(file.read()).cast(kind)
kinds = dict(header="Q", filter="B", buckets="I", entries="I", signatures="Q", lengths="B")
arrays = {name: read(name, kind) for name, kind in kinds.items()}
keys = PackedKeys(read("blob", "B"), read("offsets", "I"))
print(Neighbourhood(arrays, keys).nearest_one("muontian"), "numpy" in sys.modules)
"""


def test_one_query_needs_no_numpy(tmp_path):
    keys = ["mountain", "river"]
    for name, array in build(keys).items():
        array.tofile(tmp_path / name)
    (tmp_path / "blob").write_bytes(b"mountainriver")
    np.array([0, 8, 13], "<u4").tofile(tmp_path / "offsets")
    done = subprocess.run(
        [sys.executable, "-c", ONE_QUERY],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "[(0, 2)] False\n", done.stderr


# -------------------------------------------------------------------------- the damage

DAMAGED_KEYS = sorted(
    {
        "".join(random.Random(seed).choices("abcdeé東", k=4 + seed % 11))
        for seed in range(200)
    }
)
QUERIES = [
    near for key in DAMAGED_KEYS[::7] for near in list(one_edit(key, "z"))[::3]
] + DAMAGED_KEYS[::11]


def check_sane(arrays, keys, count):
    near = Neighbourhood(arrays, keys)
    many = rows(near.nearest_many(QUERIES, every=True))
    each = [near.nearest_one(query, every=True) for query in QUERIES]
    for query, *both in zip(QUERIES, many, each, strict=True):
        for number, distance in chain(*both):
            assert 0 <= number < count
            assert osa(query, near.keys[number]) == distance <= 2


@given(
    st.sampled_from(["filter", "buckets", "entries", "signatures", "lengths"]),
    st.data(),
)
def test_damage_costs_matches_and_nothing_else(name, data):
    arrays = build(DAMAGED_KEYS)
    array = arrays[name]
    if data.draw(st.booleans()):
        noise = data.draw(st.randoms(use_true_random=False)).randbytes(array.nbytes)
        arrays[name] = np.frombuffer(noise, array.dtype)
    else:
        raw = array.view(np.uint8)
        for _ in range(data.draw(st.integers(1, 40))):
            raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(
                st.integers(1, 255)
            )
    check_sane(arrays, DAMAGED_KEYS, len(DAMAGED_KEYS))


@given(st.data())
def test_damaged_keys_are_other_keys(data):
    arrays = build(DAMAGED_KEYS)
    blob = bytearray("".join(DAMAGED_KEYS).encode())
    offsets = np.cumsum([0, *(len(key.encode()) for key in DAMAGED_KEYS)])
    offsets = offsets.astype("<u4")
    for _ in range(data.draw(st.integers(1, 20))):
        blob[data.draw(st.integers(0, len(blob) - 1))] = data.draw(st.integers(0, 255))
        place = data.draw(st.integers(0, len(offsets) - 1))
        offsets[place] = data.draw(
            st.integers(0, 2**32 - 1) | st.integers(0, len(blob))
        )
    keys = PackedKeys(bytes(blob), offsets)
    assert keys.take(np.arange(len(keys))) == [keys[n] for n in range(len(keys))]
    check_sane(arrays, keys, len(DAMAGED_KEYS))


def test_arrays_that_do_not_fit_are_refused():
    arrays = build(DAMAGED_KEYS)
    for name, array in arrays.items():
        for bad in (array[:-1], array.astype("<u2"), array.reshape(1, -1)):
            with pytest.raises(StoreError):
                Neighbourhood(arrays | {name: bad}, DAMAGED_KEYS)
        with pytest.raises(StoreError, match=name):
            Neighbourhood(
                {each: arrays[each] for each in arrays if each != name}, DAMAGED_KEYS
            )
    with pytest.raises(StoreError, match="not of 1"):
        Neighbourhood(arrays, ["river"])


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize("value", [0, 1, 2**16, 2**40, 2**64 - 1])
def test_a_damaged_header_is_refused(place, value):
    arrays = build(DAMAGED_KEYS)
    header = arrays["header"].copy()
    changed = header[place] != value
    header[place] = value
    if not changed:
        return
    try:
        near = Neighbourhood(arrays | {"header": header}, DAMAGED_KEYS)
    except StoreError:
        return
    assert place == 4  # a fullest bucket that is less full costs matches
    assert value < header[2]
    near.nearest_many(QUERIES)
