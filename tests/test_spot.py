"""Spotting names: nothing is lost that a look at every place of the text would find."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import normalize

from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.folding import gap_key, strip_ignorable, word_key, words_of
from gazetteer.index import Index
from gazetteer.model import Phrase
from gazetteer.store.stack import Stack
from gazetteer.text import reader, spot
from gazetteer.text.spot import Spotter
from handmade import named, place, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pytest

Span = tuple[int, int, tuple[str, ...]]


def spotter(names: Iterable[str], phrases: Sequence[Phrase] = ()) -> Spotter:
    return Spotter(Index([place("p1", *sorted(set(names)))]), phrases)


def spotted(names: Iterable[str], text: str) -> list[Span]:
    spots = spotter(names).spots(text)
    return [(s.start, s.end, tuple(sorted(n.text for n in s.names))) for s in spots]


def brute_force(names: Iterable[str], text: str) -> list[Span]:
    """Try every name at every word, and choose the longest from left to right."""
    spans = words_of(text)
    found: list[Span] = []
    for first in range(len(spans)):
        if found and spans[first][0] < found[-1][1]:
            continue
        best: dict[int, list[str]] = {}
        for name in sorted(set(names)):
            end = _end_of(name, text, spans[first:])
            if end is not None:
                best.setdefault(end, []).append(name)
        if best:
            found.append((spans[first][0], max(best), tuple(best[max(best)])))
    return found


def _end_of(name: str, text: str, spans: Sequence[tuple[int, int]]) -> int | None:
    mine = words_of(name)
    spans = spans[: len(mine)]
    if not mine or len(spans) < len(mine):
        return None
    for (start, end), (left, right) in zip(spans, mine, strict=True):
        if not _written_so(text[start:end], name[left:right]):
            return None
    for (here, there), (mine_here, mine_there) in zip(
        pairwise(spans), pairwise(mine), strict=True
    ):
        if gap_key(text[here[1] : there[0]]) != gap_key(
            name[mine_here[1] : mine_there[0]]
        ):
            return None
    tail = name[mine[-1][1] :]
    end = spans[-1][1]
    return end + len(tail) if text.startswith(tail, end) else None


def _written_so(written: str, word: str) -> bool:
    if word_key(written) != word_key(word):
        return False
    seen = normalize("NFC", strip_ignorable(written)[0])
    capital = word[:1].upper() + word[1:] if word.islower() else word
    return seen in (word, word.upper(), word.upper().replace("I", "İ"), capital)


LETTERS = "abKéİışБжёԱբცო"
JOINTS = [" ", "-", ". ", "’", "/", "\u00a0"]
words = st.text(LETTERS, min_size=1, max_size=3)
names = st.builds(
    lambda first, rest, tail: normalize("NFC", first + "".join(rest) + tail),
    words,
    st.lists(st.builds(str.__add__, st.sampled_from(JOINTS), words), max_size=2),
    st.sampled_from(["", "", "", ".", ")"]),
)
NOISE = [
    *JOINTS,
    "\n",
    "\n\n",
    "_",
    "\u00ad",
    "\u0301",
    "\u055b",
    "., ",
    "1",
    "  ",
    "K",
    "\t",
]


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[str], str]:
    listed = draw(st.lists(names, min_size=1, max_size=8))
    written = st.sampled_from(listed).flatmap(
        lambda name: st.sampled_from(
            [name, name.upper(), name.lower(), normalize("NFD", name), name[:-1]]
        )
    )
    pieces = st.one_of(written, words, st.sampled_from(NOISE))
    return listed, "".join(draw(st.lists(pieces, max_size=16)))


@given(cases())
@example((["Kab", "Kab a", "Kab a b"], "Kab a Kab"))
@example((["a b", "b K"], "a b K b K"))
@example((["K"], "a_K K_a \u0301K a\u00adK"))
@example((["K."], "K. K"))
@example((["ცო"], "ცოა ცო"))
def test_nothing_is_lost_and_nothing_is_added(case: tuple[list[str], str]) -> None:
    listed, text = case
    assert spotted(listed, text) == brute_force(listed, text)


def test_nothing_is_lost_among_many() -> None:
    draw = random.Random(5)
    syllables = ["ka", "Ra", "bo", "Ша", "шу", "Xan", "nə", "Ար", "ցա", "შუ", "შა"]
    make = lambda: "".join(draw.choices(syllables, k=draw.randint(1, 3)))  # noqa: E731
    listed = [
        " ".join(make() for _ in range(draw.choice((1, 1, 2)))) for _ in range(900)
    ]
    text = "".join(
        make() + draw.choice((" ", " ", "-", ", ", "\n")) for _ in range(1_500)
    )
    found = spotted(listed, text)
    assert found == brute_force(listed, text)
    assert len(found) > 200


def test_what_is_remembered_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    listed, text = ["Kab a", "Kab", "a", "Ab c d"], "Kab a. Kab b, Ab c d, a Ab c a"
    once = spotted(listed, text)
    for module, limit in (
        (spot, "_REMEMBERED"),
        (spot, "_REMEMBERED_NEXT"),
        (reader, "_REMEMBERED"),
        (reader, "_LONGEST_CHUNK"),
    ):
        monkeypatch.setattr(module, limit, 1)
    finder = spotter(listed)
    for _ in range(3):
        again = [
            (s.start, s.end, tuple(n.text for n in s.names)) for s in finder.spots(text)
        ]
        assert again == once


def test_words_are_told_apart_by_lines_and_signs() -> None:
    listed = ["Kab", "kab", "of Kab", "\u03ac\u03b1"]
    for text in (
        "kab\nKab of\nKab", "(Kab), _Kab_ Kab_a kab.", "x\n\nKab", "\u1f71\u03b1 kab",
        "\n", "", "Kab\u0301 Kab\u2014kab \u00abof Kab\u00bb", "KAB. KaB",
    ):  # fmt: skip
        assert spotted(listed, text) == brute_force(listed, text)


def test_a_phrase_begins_with_a_name_and_with_none() -> None:
    phrases = [
        Phrase("Kab horse", "en", "fixed", ""),
        Phrase("of Kab", "en", "title", ""),
    ]
    found = list(spotter(["Kab"], phrases).spots("the Kab horse of Kab"))
    assert [(each.start, each.end, bool(each.phrase)) for each in found] == [
        (4, 13, True), (4, 7, False), (14, 20, True), (17, 20, False),
    ]  # fmt: skip


def test_a_replaced_place_hides_no_other() -> None:
    index = Index([place("p1", "Kab"), place("p2", "Kab Ra", replaced_by="p1")])
    (found,) = Spotter(index, ()).spots("Kab Ra")
    assert (found.start, found.end) == (0, 3)


def test_a_name_that_was_won_over_hides_no_other() -> None:
    def stack_of(*parts: object) -> Index:
        stores = [Index([part]).stack.stores[0] for part in parts]
        return Index(Stack(stores))

    winner = place("p1", "Kab", links=["wikidata:Q1"])
    loser = place("p2", "Kab Ra", links=["wikidata:Q1"])
    (found,) = Spotter(stack_of(winner, loser), ()).spots("Kab Ra")
    assert (found.start, found.end) == (0, 6)  # a name that leads to the winner
    inhabitants = tuple(row._replace(form="demonym") for row in loser.toponyms)
    loser = loser._replace(toponyms=inhabitants)  # which leads nowhere
    (found,) = Spotter(stack_of(winner, loser), ()).spots("Kab Ra")
    assert (found.start, found.end) == (0, 3)
    other = place("p2", "Kab Ra")
    (found,) = Spotter(stack_of(winner, other), ()).spots("Kab Ra")
    assert (found.start, found.end) == (0, 6)


def test_an_abbreviation_is_found_in_its_own_letters_only() -> None:
    index = Index([place("p1", named("Kab", form="abbr"), "Rab")])
    texts = [s.names[0].text for s in Spotter(index, ()).spots("KAB kab Kab RAB")]
    assert texts == ["Kab", "Rab"]


def test_names_are_looked_for_in_the_tables_that_are_given() -> None:
    from gazetteer.text import NameFinder

    finder = NameFinder(tables(place("p1", "Kab")))
    (found,) = finder.find("To Kab.")
    assert (found.start, found.end, found.words) == (3, 6, 1)
    assert [row.place_id for row in found.toponyms] == ["p1"]
