"""Keys of a column are merged by their parts as each is as a whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.folding.class_columns import PartedClasses
from gazetteer.folding.classes import classes_of

if TYPE_CHECKING:
    import pytest

# Sounds of several letters, and what may stand beside them
SOUNDS = ("dzh", "dsch", "tch", "tsch", "shch", "sch", "sts", "kh", "ck", "ow", "owa", "vw", "ouw", "ll", "lm", "y", "oo", "1", " ", "aeiouyaeiouy", "sssssssssss")  # fmt: skip
KEYS = st.lists(
    st.sampled_from(SOUNDS) | st.text("abcdefghijklmnopqrstuvwxyz1 ", max_size=9),
    max_size=6,
).map("".join)


@given(st.lists(KEYS, max_size=8))
def test_keys_are_merged_by_their_parts_as_they_are_as_wholes(keys: list[str]) -> None:
    merged = PartedClasses().of("\n".join(keys)).split("\n")
    assert merged == ([classes_of(key) for key in keys] or [""])


def test_wherever_a_key_is_cut_its_parts_are_as_they_would_be_in_it() -> None:
    keys = ["".join(each) for each in product("tdshczjkgvwoyliam", repeat=3)]
    merged = PartedClasses().of("\n".join(keys)).split("\n")
    assert merged == classes_of("\n".join(keys)).split("\n")


def test_more_parts_than_are_remembered_are_forgotten_and_learnt_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gazetteer.folding.class_columns._MOST_PARTS", 5)
    classes = PartedClasses()
    for _ in range(2):
        for keys in ("dzhigit\nkhan", "shchuka\nbozhe moy\n\nwladiwostok", "khan"):
            assert classes.of(keys) == classes_of(keys)


def test_threads_learn_parts_together() -> None:
    classes = PartedClasses()
    columns = [
        "\n".join(f"{a}{b}o{c}" for a, b, c in product(letters, "tdszh", "lmvw"))
        for letters in ("abcd", "efgh", "ijkl", "sztd") * 8
    ]
    with ThreadPoolExecutor(8) as threads:
        merged = list(threads.map(classes.of, columns))
    assert merged == [classes_of(column) for column in columns]
