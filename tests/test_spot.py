"""Spotting names: nothing is lost that a look at every place of the text would find."""

from __future__ import annotations

import random
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.folding import gap_key, strip_ignorable, word_key, words_of
from gazetteer.folding.words import is_small, visible, whole_path
from gazetteer.index import Index
from gazetteer.model import Phrase
from gazetteer.store.stack import Stack
from gazetteer.text import beginnings, reader, runs, spot
from gazetteer.text.spot import Spotter
from handmade import named, place, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Span = tuple[int, int, tuple[str, ...]]


@contextmanager
def at_once(piece: int = 1 << 17) -> Iterator[None]:
    """Look at all words at once, however short the text is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beginnings, "_LONG", 0)
        patch.setattr(beginnings, "_VERY_LONG", 0)
        for module in (beginnings, reader):
            patch.setattr(module, "_SEVERAL", 1)
        patch.setattr(runs, "_PIECE", piece)
        yield


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
    by_hand = brute_force(listed, text)
    assert spotted(listed, text) == by_hand
    with at_once(piece=8):
        assert spotted(listed, text) == by_hand


# digits, marks, signs within words, and letters that are others when composed
ODD = "aBжЖéთ가1٣_\u0301\u00ad\u055b \n-\u1100\u1161\u11a8\u212b\u1f71\u0587ǅ\ud800\U0001d5a0"


@given(text=st.text(ODD), small=st.sets(st.text("aжé", min_size=1)))
@example(text="aB B_a B_\u0301 \u0301B", small={"a"})
@example(text="\u1f71", small={"\u03ac"})
def test_all_words_that_may_begin_a_name_are_told_at_once(
    text: str, small: set[str]
) -> None:
    with at_once(piece=8):
        pieces = list(runs.Runs(small).pieces(text))
    told = [
        (at, end, word) for each in pieces for at, end, word in zip(*each, strict=True)
    ]
    words = [(*span, text[slice(*span)]) for span in words_of(text)]
    assert [each for each in words if each in told] == told
    left = {word for _, _, word in set(words) - set(told)}
    assert not any(visible(word) in small for word in left)
    assert all(is_small(word[0]) for word in left)


def test_few_small_words_are_told_that_begin_no_name() -> None:
    draw = random.Random(7)
    listed = ["".join(draw.choices("abcdefgh", k=7)) for _ in range(4_000)]
    small, others = listed[:2_000], set(listed[2_000:])
    (piece,) = runs.Runs(small).pieces(" ".join(others))
    assert len(piece.words) < len(others) / 20


@given(cases())
def test_many_paths_lead_to_what_each_of_them_does(
    case: tuple[list[str], str],
) -> None:
    listed, text = case
    half = len(listed) // 2
    stores = [
        Index([place(f"p{n}", *sorted(set(part)))]).stack.stores[0]
        for n, part in enumerate((listed[:half], listed[half:]))
        if part
    ]
    written = [*listed, text, "K"]
    paths = [whole_path(each) for each in written]
    for index in (Index(Stack(stores)), Index(Stack(stores[-1:]))):
        found, goes_on = index.written_each(paths, written)
        for at, path in enumerate(paths):
            names, more = index.written(path)
            assert (list(found.get(at, ())), at in goes_on) == (names, more)


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
    with at_once():
        assert spotted(listed, text) == found


def test_what_is_remembered_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    listed, text = ["Kab a", "Kab", "a", "Ab c d"], "Kab a. Kab b, Ab c d, a Ab c a"
    once = spotted(listed, text)
    for module, limit in (
        (spot, "_REMEMBERED"),
        (spot, "_REMEMBERED_NEXT"),
        (beginnings, "_REMEMBERED"),
        (beginnings, "_LONGEST_CHUNK"),
    ):
        monkeypatch.setattr(module, limit, 1)
    finder = spotter(listed)

    def again() -> list[Span]:
        return [
            (s.start, s.end, tuple(n.text for n in s.names)) for s in finder.spots(text)
        ]

    for _ in range(3):
        assert again() == once
        with at_once(piece=8):
            assert again() == once


def test_words_are_told_apart_by_lines_and_signs() -> None:
    listed = ["Kab", "kab", "of Kab", "\u03ac\u03b1"]
    for text in (
        "kab\nKab of\nKab", "(Kab), _Kab_ Kab_a kab.", "x\n\nKab", "\u1f71\u03b1 kab",
        "\n", "", "Kab\u0301 Kab\u2014kab \u00abof Kab\u00bb", "KAB. KaB",
    ):  # fmt: skip
        assert spotted(listed, text) == brute_force(listed, text)
        with at_once():
            assert spotted(listed, text) == brute_force(listed, text)


def test_a_phrase_begins_with_a_name_and_with_none() -> None:
    phrases = [
        Phrase("Kab horse", "en", "fixed", ""),
        Phrase("of Kab", "en", "title", ""),
    ]
    expected = [(4, 13, True), (4, 7, False), (14, 20, True), (17, 20, False)]
    found = list(spotter(["Kab"], phrases).spots("the Kab horse of Kab"))
    assert [(each.start, each.end, bool(each.phrase)) for each in found] == expected
    with at_once():
        found = list(spotter(["Kab"], phrases).spots("the Kab horse of Kab"))
    assert [(each.start, each.end, bool(each.phrase)) for each in found] == expected


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
