"""Short ways to what the keys of a text are, and how far apart two are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.folding import match_key, written_key
from gazetteer.index.edits import digits, osa, same_digits
from gazetteer.index.keys import as_written, is_match_key, keys_of, tidy

NAMES = st.one_of(st.text("abdhjkxz XDÇşжХ'-.1", max_size=12), st.text(max_size=8))


@given(NAMES)
def test_what_is_told_to_be_a_match_key_is_one(name: str) -> None:
    for key in (match_key(name), written_key(name)):
        assert not is_match_key(key) or match_key(key) == key


@given(NAMES)
def test_a_written_key_is_left_out_only_where_it_is_the_match_key(name: str) -> None:
    text = tidy(name)
    keys, written = keys_of(text), written_key(text)
    wanted = written not in keys and match_key(written) in keys
    assert as_written(text, keys) == (written if wanted else "")


@given(st.text("ab 1٣", max_size=6), st.text("ab 1٣", max_size=6))
def test_digits_are_the_same_or_not(key: str, other: str) -> None:
    assert same_digits(key, other) == (digits(key) == digits(other))


@given(
    st.text("abc", max_size=5),
    st.text("abc", max_size=5),
    st.text("abc "),
    st.text("abc "),
)
def test_what_is_the_same_on_either_side_of_a_word_is_no_edit(
    one: str, other: str, before: str, after: str
) -> None:
    whole = osa()(f"{before} {one} {after}", f"{before} {other} {after}")
    assert whole == osa()(one, other)
