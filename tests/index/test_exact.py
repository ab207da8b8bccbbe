"""A column is found as its names are one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.index.compile import compile_in_memory
from gazetteer.index.exact import ExactColumns
from gazetteer.index.keys import keys_of
from gazetteer.index.names import Names
from gazetteer.store.probe import TextTable, as_bytes
from handmade import named, place

TEXTS = st.text("ab Əж—\ud800\U0001f600", max_size=5)
NAMES = st.text("ab Əж—\U0001f600", max_size=5)


@given(st.lists(NAMES, max_size=20), st.lists(TEXTS, max_size=20))
def test_a_column_is_found_as_its_texts_are(
    names: list[str], queries: list[str]
) -> None:
    places = [
        place("p", *[named(name, name_id=f"n{n}") for n, name in enumerate(names)])
    ]
    store = compile_in_memory(places)
    columns, texts, keys = (
        ExactColumns(store),
        TextTable(store.file, "text"),
        Names(store),
    )
    asked = [*queries, *names]
    found = columns.texts.find(asked)
    expected = [texts.find(as_bytes(query)) if query else -1 for query in asked]
    assert found.tolist() == expected
    faithful, plain = columns.keys_of_texts(found)
    for query, number, one, two in zip(asked, found, faithful, plain, strict=True):
        if number >= 0:
            known = [keys.keys[key] for key in (one, two) if key >= 0]
            assert tuple(known) == keys_of(query)
    offsets, rows = columns.rows_of_keys(faithful)
    assert len(offsets) == len(asked) + 1
    for number, key in enumerate(faithful.tolist()):
        of_key = rows[offsets[number] : offsets[number + 1]].tolist()
        assert of_key == (keys.rows(keys.keys[key]) if key >= 0 else [])
    assert set(columns.places_of_rows(rows).tolist()) <= {0}
    words = [key for query in asked for key in keys_of(query)]
    assert columns.keys.find(words).tolist() == [
        keys.keys.find(as_bytes(key)) for key in words
    ]


def test_texts_of_one_hash_are_told_apart() -> None:
    # two words that have the same crc32, found by trying
    one, two = "plumless", "buckeroo"
    store = compile_in_memory([place("p", one)])
    columns = ExactColumns(store)
    assert columns.texts.find([two, one, one]).tolist() == [-1, 0, 0]
    both = ExactColumns(compile_in_memory([place("p", one, two)]))
    assert sorted(both.texts.find([two, one]).tolist()) == [0, 1]


def test_nothing_is_found_in_nothing() -> None:
    columns = ExactColumns(compile_in_memory([]))
    found = columns.texts.find(["a", ""])
    assert found.tolist() == [-1, -1]
    assert [part.tolist() for part in columns.keys_of_texts(found)] == [[-1, -1]] * 2
    assert columns.rows_of_keys(found)[0].tolist() == [0, 0, 0]
    assert columns.texts.find([]).dtype == np.int64
