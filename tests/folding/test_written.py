"""The written key: one letter for each, in the script of the name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.folding import match_key, written_key


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Saint-Étienne", "saint etienne"),
        ("Xoşbəxt", "xosbext"),
        ("Աշխարհ", "աշխարհ"),
        ("ЙОДЛЬ", "йодль"),
        ("Wies'baden (West)", "wiesbaden west"),
        ("zero\u200bwidth", "zerowidth"),
        ("№ –", "no"),
        ("", ""),
    ],
)
def test_letters_stay_as_they_are_written(name: str, written: str) -> None:
    assert written_key(name) == written


@given(st.text())
def test_it_is_idempotent_and_tidy(name: str) -> None:
    written = written_key(name)
    assert written_key(written) == written
    assert written == " ".join(written.split())


@given(st.text("abxyzžş", max_size=12) | st.text("жшщйёе ", max_size=12))
def test_it_leads_to_the_match_key_but_for_marks(name: str) -> None:
    bare = "".join(
        each
        for each in unicodedata.normalize("NFD", name)
        if each not in "\u030c\u0327"
    )
    assert match_key(written_key(name)) == match_key(bare)
