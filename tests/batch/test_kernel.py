"""Each distinct name in its context is resolved once, and answers are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Gazetteer
from gazetteer.batch import BatchOptions
from gazetteer.batch.answers import OUTPUT_COLUMNS
from gazetteer.batch.decisions import Decisions
from gazetteer.batch.kernel import Entry, Kernel, Remembered

if TYPE_CHECKING:
    import pytest

NAMES = [
    "Shusha",
    "Shushi",
    "Karabakh",
    "Martuni",
    "Xankendi",
    "nothing",
    "",
    "gz-0000000",
]


_cache: list[Gazetteer] = []


def shared() -> Gazetteer:
    if not _cache:
        _cache.append(Gazetteer.load())
    return _cache[0]


def kernel(gaz: Gazetteer, **options: Any) -> Kernel:
    return Kernel(gaz, BatchOptions("name", **options), Decisions({}, ""), tuple)


def test_each_distinct_query_is_asked_once(
    gaz: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    real = type(gaz).resolve_many

    def counted(self: Gazetteer, queries: list[str], **more: Any) -> Any:
        asked.append(list(queries))
        return real(self, queries, **more)

    monkeypatch.setattr(type(gaz), "resolve_many", counted)
    one = kernel(gaz)
    one.answer(["Shusha", "Shushi", "Shusha"])
    one.answer(["Shushi", "Karabakh", "Shusha", "Karabakh"])
    one.answer(["Shushi"])
    assert asked == [["Shusha", "Shushi"], ["Karabakh"]]


def test_answers_are_those_of_resolve(gaz: Gazetteer) -> None:
    entries, made = kernel(gaz).answer(NAMES)
    for name, entry in zip(NAMES, entries, strict=True):
        answer = gaz.resolve(name)
        values = dict(zip(OUTPUT_COLUMNS, entry.tail, strict=True))
        assert made[name] == answer
        assert values["outcome"] == entry.outcome == answer.outcome
        assert values["place_id"] == (answer.match.place_id if answer.match else None)
        assert entry.for_review == (answer.outcome in {"ambiguous", "doubtful"})


@given(
    st.lists(st.lists(st.sampled_from(NAMES), max_size=6), max_size=6),
    st.integers(0, 3000),
)
def test_forgetting_changes_no_answer(pieces: list[list[str]], most: int) -> None:
    gaz = shared()
    forgetful, plain = kernel(gaz), kernel(gaz)
    forgetful._known = Remembered(most)
    for piece in pieces:
        assert forgetful.answer(piece)[0] == plain.answer(piece)[0]


def test_what_is_remembered_is_bounded() -> None:
    known = Remembered(most=100_000)
    for number in range(5_000):
        known.keep(f"name {number}", Entry("x" * 100, "matched", "resolved"))
    assert len(known._young) + len(known._old) < 500
    assert known.find("name 4999")
    assert known.find("name 0") is None
