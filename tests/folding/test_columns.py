"""A column is folded as its names are one by one."""

from __future__ import annotations

import csv
from unicodedata import normalize

from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.folding import class_key, match_key, plain_key, written_key
from gazetteer.folding.columns import (
    class_keys,
    match_keys,
    plain_keys,
    written_keys,
)
from gazetteer.tables import find_data

# Letters that are read by their neighbours, marks, and what is left out or parts words
LETTERS = "adzhjxX  '.-\n\u00b4\u0301\u0327\u030cŞşÇĞƏəİIıđñßΣσςουԵեՈուևЁеЖдҹһәј\u05d0\u064bㄱ가各"
NAMES = st.one_of(st.text(LETTERS, max_size=8), st.text(max_size=6))


@given(st.lists(NAMES, max_size=12))
@example(["a\nb", "Ş\nc", "\u0301a", "ΟΔΟΣ", "Σ"])
@example(["", " ", "\u0301", "ј", "јә"])
def test_a_column_is_folded_as_its_names_are(names: list[str]) -> None:
    assert match_keys(names) == [match_key(name) for name in names]
    composed = [normalize("NFC", name) for name in names]
    for name, key in zip(composed, plain_keys(composed), strict=True):
        assert plain_key(name) == (match_key(name) if key is None else key)
    assert class_keys(match_keys(names)) == [class_key(name) for name in names]
    assert written_keys(names) == [written_key(name) for name in names]


def test_the_shipped_names_are_folded_alike_at_once() -> None:
    with (find_data() / "names.csv").open(encoding="utf-8", newline="") as lines:
        names = [row["name"] for row in csv.DictReader(lines)]
    names += [name.upper() for name in names]
    assert match_keys(names) == [match_key(name) for name in names]
