"""Few keys are compared one by one, and give what their variants give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.index.neighbourhood import Neighbourhood, build

KEYS = st.lists(
    st.text("abc", min_size=1, max_size=11), min_size=1, max_size=30, unique=True
)


@given(KEYS, st.text("abc", max_size=12), st.booleans())
def test_few_keys_give_what_many_give_when_the_nearest_do_not_settle_it(
    keys: list[str], query: str, settled: bool
) -> None:
    arrays = build(keys)
    answers = []
    for few in (-1, len(keys)):
        asked: list[list[tuple[int, int]]] = []

        def enough(
            nearest: list[tuple[int, int]], asked: list[list[tuple[int, int]]] = asked
        ) -> bool:
            asked.append(sorted(nearest))
            return settled

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("gazetteer.index.neighbourhood.neighbourhood.FEW", few)
            near = Neighbourhood(arrays, keys)
        answers.append((near.nearest_one(query, enough=enough), asked))
    assert answers[0] == answers[1]


def test_a_long_key_among_few_is_passed_by() -> None:
    near = Neighbourhood(build(["mountain", "m" * 300]), ["mountain", "m" * 300])
    assert near.nearest_one("mountian") == [(0, 1)]
    assert near.nearest_one("m" * 300) == []
