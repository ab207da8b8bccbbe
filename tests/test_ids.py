"""Ids: random, and with a check that finds the slips of a hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import PlaceIdError
from gazetteer.ids import is_id, mint_id, parse_place_id

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
DATA = Path(__file__).parents[1] / "data"

minted = st.builds(mint_id, st.sampled_from(["gz", "nm"]))


@given(minted)
def test_a_minted_id_is_well_formed(id_: str) -> None:
    assert is_id(id_, id_[:2])
    assert len(id_) == 10


@given(minted, st.integers(0, 6), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(id_: str, at: int, other: str) -> None:
    at += 3
    wrong = id_[:at] + other + id_[at + 1 :]
    assert is_id(wrong, id_[:2]) == (wrong == id_)


@given(minted, st.integers(0, 6), st.integers(0, 6))
def test_every_exchange_of_two_characters_is_found(
    id_: str, one: int, other: int
) -> None:
    letters = list(id_)
    letters[3 + one], letters[3 + other] = letters[3 + other], letters[3 + one]
    wrong = "".join(letters)
    assert is_id(wrong, id_[:2]) == (wrong == id_)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gz-0000001", "check character"),
        ("gz-000000", "seven"),
        ("GZ-0000000", "seven"),
        ("gz-o000000", "seven"),
        ("0000000", "seven"),
        ("", "seven"),
    ],
)
def test_what_is_no_id_says_why(text: str, said: str) -> None:
    with pytest.raises(PlaceIdError, match=said) as caught:
        parse_place_id(text)
    assert caught.value.place_id == text
    assert isinstance(caught.value, ValueError)


def test_no_two_shipped_ids_are_one_slip_apart() -> None:
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as lines:
        ids = [row["place_id"] for row in csv.DictReader(lines)]
    assert all(is_id(each, "gz") for each in ids)
    assert len(ids) == len(set(ids))
