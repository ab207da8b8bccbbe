"""Names as words: the short ways agree with the long ones."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.folding.words import (
    parts_of,
    steps_of,
    visible,
    whole_path,
    word_key,
    word_keys,
    words_of,
)

_NAMES = st.one_of(st.text(), st.text("aZİıéეԵւ\u0301\u00ad²'- .", min_size=1))


@given(name=_NAMES)
@example(name="\u0565 \u0582")
@example(name="a-b c")
def test_a_whole_path_is_the_last_step(name: str) -> None:
    assert whole_path(name) == (steps_of(name) or [""])[-1]


@given(name=_NAMES.filter(words_of))
def test_parts_are_words_and_what_follows(name: str) -> None:
    spans = words_of(name)
    words = tuple(name[start:end] for start, end in spans)
    assert parts_of(name) == (words, name[spans[-1][1] :])


@given(word=st.text())
def test_a_visible_word_stays_as_it_is(word: str) -> None:
    assert visible(visible(word)) == visible(word)


@given(words=st.lists(st.text("aZİıéÉեԵւև\u0301\u00ad²1가ᄀ\u1161ΣßǅŉЁ", min_size=1)))
@example(words=[])
@example(words=["\u0565", "\u0582"])
@example(words=["AB", "É"])
def test_keys_of_many_words_are_those_of_each(words: list[str]) -> None:
    assert word_keys(words) == list(map(word_key, words))
