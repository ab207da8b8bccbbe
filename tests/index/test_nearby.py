"""What is told of a column of keys is what is told of each."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.folding import match_key
from gazetteer.index import Index, allowed_edits
from gazetteer.index.compile import compile_in_memory
from gazetteer.index.edits import nearest_of, osa, settles
from gazetteer.index.keys import tidy
from gazetteer.index.nearby import Asked, allowed_many, joined
from gazetteer.store.stack import Stack
from handmade import place

WORDS = st.sampled_from(
    ["abcd", "abcdefgh", "bcdefgh", "abdc", "abcdxfgh", "of", "12", "1"]
)
KEYS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join) | st.text(
    "abc 12", max_size=12
)
GROUPS = st.lists(st.tuples(KEYS, st.lists(KEYS, max_size=6)), max_size=4)


@given(GROUPS)
def test_edits_are_allowed_as_they_are_pair_by_pair(
    groups: list[tuple[str, list[str]]],
) -> None:
    asked = [key for key, _ in groups]
    of = [at for at, (_, others) in enumerate(groups) for _ in others]
    others = [other for _, each in groups for other in each]
    edits = [osa()(asked[at], other) for at, other in zip(of, others, strict=True)]
    near = allowed_many(
        np.array(of, np.int64), Asked(asked), others, np.array(edits, np.int64)
    )
    one_by_one = [
        (at, allowed_edits(asked[at], other, count))
        for at, other, count in zip(of, others, edits, strict=True)
    ]
    expected = [each for each in one_by_one if each[1] is not None]
    assert [(at, near.row(row)) for row, at in enumerate(near.of.tolist())] == expected
    by_group = [[each for at, each in expected if at == n] for n in range(len(asked))]
    settled = [settles(key, each) for key, each in zip(asked, by_group, strict=True)]
    assert near.settled(Asked(asked)).tolist() == settled
    # a key may be found twice, and then with other edits
    again = near._replace(edits=near.edits + 1)
    nearest = joined(near, again).nearest(Asked(asked))
    for at, (key, each) in enumerate(zip(asked, by_group, strict=True)):
        more = [one._replace(edits=one.edits + 1) for one in each]
        mine = [nearest.row(row) for row in np.flatnonzero(nearest.of == at).tolist()]
        assert sorted(mine) == sorted(nearest_of(key, [*each, *more]))


SPELLINGS = (
    "Abcdefgh", "Abcdefhg", "Abdefgh", "abcdefgh city", "City of Abcdefgh", "Xbcdefgh",
    "Abcd Efgh", "Efgh Abcd", "Ab Cdefgh", "Khan Abcd", "Xan Abcd", "Хан Абцд", "Абцдефгх",
    "Абцдефгж", "Abtsdefgh", "Äbcdefgh", "Aebcdefgh", "Åböde Köy", "Aaboede Koey", "City of Aaboede", "Şef Ağdam", "Sef Agdam", "Shef Aghdam", "Abcd 12", "Abcd 13",
)  # fmt: skip
NAMES = st.sampled_from(SPELLINGS) | st.text("abcdx Ş", max_size=9)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), NAMES.map(str.strip).filter(bool)), max_size=9
    ),
    st.lists(NAMES, max_size=12),
    st.booleans(),
)
def test_what_is_close_to_many_is_what_is_close_to_each(
    names: list[tuple[str, str]], queries: list[str], two: bool
) -> None:
    parts = [
        [
            place(f"{at}{side}", name)
            for at, (side, name) in enumerate(names)
            if side in sides
        ]
        for sides in (("a", "b") if two else ("ab",))
    ]
    index = Index(Stack([compile_in_memory(part) for part in parts]))
    queries += [name.replace("e", "i", 1) for _, name in names]
    asked = [query for query in queries if not index.lookup(query)]
    found = index.close_to(asked)
    for at, query in enumerate(asked):
        text = tidy(query)
        alone = []
        if len(key := match_key(text)) > 2:
            alone = sorted(index._close(text, key).told_apart())
        assert sorted(found.close(at).told_apart()) == alone


def test_a_name_that_was_lost_to_another_store_hides_no_other() -> None:
    above, below = [place("a", "Abcd")], [place("a", "Efgh"), place("b", "Efgi")]
    index = Index(Stack([compile_in_memory(above), compile_in_memory(below)]))
    assert [near.key for near in index.nearest("efgh")] == ["efgi"]
    found = [hit.toponym.name for hit in index.search("Efgh")]
    assert found == ["Efgi"]
    assert [key for key, *_ in index.close_to(["Efgh"]).close(0).told_apart()] == [
        "efgi", "efgh",
    ]  # fmt: skip
