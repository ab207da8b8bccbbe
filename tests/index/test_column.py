"""What a column knows of its queries is what is made of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.folding import match_key, plain_key
from gazetteer.index.column import Column
from gazetteer.index.keys import tidy

if TYPE_CHECKING:
    import pytest

QUERIES = st.lists(
    st.text("aXş Ş\u0327ж\u0301й \n", max_size=6), min_size=1, max_size=9
)


@given(QUERIES, st.data())
def test_a_column_tidies_and_folds_as_each_query_is(
    queries: list[str], data: st.DataObject
) -> None:
    column = Column(queries)
    numbers = st.lists(st.sampled_from(range(len(queries))), max_size=9)
    for _ in range(3):
        at = data.draw(numbers)
        texts = [tidy(queries[each]) for each in at]
        assert column.texts(at) == texts
        assert column.keys(at) == [match_key(text) for text in texts]
        for text, key in zip(texts, column.plain(at), strict=True):
            assert (key or match_key(text)) == plain_key(text)
        part = column.part(at)
        assert part.keys(range(len(at))) == column.keys(at)
        assert part.given == [queries[each] for each in at]


def test_what_is_known_of_a_query_is_not_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    column = Column(["Abcd", "Efgh", "Ijkl"])
    column.keys([0, 1])
    folded: list[str] = []
    monkeypatch.setattr(
        "gazetteer.index.column.match_keys",
        lambda texts: folded.extend(texts) or [text.lower() for text in texts],
    )
    assert column.part([0, 1, 2]).keys(range(3)) == ["abcd", "efgh", "ijkl"]
    assert folded == ["Ijkl"]
