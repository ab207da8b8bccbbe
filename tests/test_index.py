"""Names are found as text, by key, and by nearness that depends on their length."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gazetteer.folding import match_key
from gazetteer.index import Hit, Index, allowed_edits
from gazetteer.index.edits import edits_of_length, settles
from gazetteer.index.keys import as_written, keys_of
from gazetteer.tables import load_tables
from handmade import named, place

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent


@cache
def small() -> Index:
    return Index(load_tables(HERE / "fixtures" / "small").places.values())


def found(index: Index, query: str) -> list[tuple[str, str, str]]:
    return [(hit.toponym.place_id, hit.method, hit.kind) for hit in index.search(query)]


# ------------------------------------------------------------------- by the name itself


def test_every_toponym_of_a_name_is_a_hit() -> None:
    index = Index(
        [
            place("a", "Aldbourne", named("Aldbourne", lang="fr", name_id="n")),
            place("b", "Aldbourne"),
        ]
    )
    assert [hit.toponym.place_id for hit in index.search("Aldbourne")] == [
        "a",
        "a",
        "b",
    ]
    assert {hit.method for hit in index.search("Aldbourne")} == {"exact"}


def test_an_exact_hit_brings_its_folded_twins_along_after_it() -> None:
    index = Index([place("a", "Ağdam"), place("b", "Agdam"), place("c", "AGDAM")])
    assert found(index, "Agdam") == [
        ("b", "exact", "text"),
        ("c", "folded", "case"),
        ("a", "folded", "plain"),
    ]


@pytest.mark.parametrize(
    ("query", "name", "kind"),
    [
        ("Xankəndi", "Xankəndi", "text"),
        ("XANKƏNDİ", "Xankəndi", "case"),
        ("ԵՐԵՎԱՆ", "Երևան", "case"),
        ("new-york", "New York", "case"),
        ("Malaga", "Málaga", "marks"),
        ("Susa", "Şuşa", "plain"),
        ("Şuşa", "Shusha", "spelling"),
        ("Шуша", "Shusha", "script"),
        ("Xankǝndi", "Xankəndi", "spelling"),
        ("Ağdam", "Agdam", "mixed"),
        ("Gunəsli", "Günəşli", "mixed"),
    ],
)
def test_the_kind_says_what_differs(query: str, name: str, kind: str) -> None:
    (hit,) = Index([place("a", name)]).search(query)
    assert hit.kind == kind
    assert hit.method == ("exact" if kind == "text" else "folded")
    assert hit.similarity == 100


def test_lookup_gives_what_search_gives_before_nearness() -> None:
    index = small()
    for name in ("Khankendi", "KHANKENDI", "khankendi ", "Ханкенди", "Qarabag"):
        assert set(index.lookup(name)) == {hit.toponym for hit in index.search(name)}
    assert index.lookup("Stepanakrt") == ()


def test_lookup_remembers_what_it_folded_but_not_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gazetteer.index.index._REMEMBERED", 2)
    index = Index([place("a", "Aldbourne")])
    queries = ["ALDBOURNE", "aldbourne", "aLDBOURNE", "other"]
    once = [index.lookup(query) for query in queries]
    assert once == [index.lookup(query) for query in queries]
    assert len(index._table) == 2


def test_an_index_of_nothing_finds_nothing() -> None:
    assert Index([]).search("Anything") == []


def test_a_name_of_signs_only_is_found_as_text_alone() -> None:
    index = Index([place("a", "№ –"), place("b", "–")])
    assert found(index, "–") == [("b", "exact", "text")]
    assert index.search("—") == []
    assert index.search("") == []


# ------------------------------------------------------------------------- by nearness


@pytest.mark.parametrize(
    ("query", "name", "near"),
    [
        ("abc", "abcd", "beyond"),  # a letter left out of a name of 4
        ("abd", "abc", ""),  # under 4
        ("abcd", "abc", ""),
        ("abdc", "abcd", "near"),
        ("mbcd", "abcd", "beyond"),  # the first letter
        ("bcde", "abcde", "near"),  # left out, not replaced
        ("abcdexx", "abcdefg", ""),  # two edits under 8
        ("abcdefxx", "abcdefgh", "near"),
        ("abcdef", "abcdefgh", "beyond"),  # two edits, in all
        ("abcdxxxx", "abcdefgh", ""),
        ("xbcdefgh", "abcdefgh", "near"),
        ("oblast of hill", "oblast of bill", "beyond"),  # short words in a long name
        ("oblast of hils", "oblast of hill", "near"),
        ("oblast 12345678", "oblast 12345679", ""),  # digits
        ("north arcadia", "south arcadia", "beyond"),
        ("alpha beta", "alphabeta", "near"),
    ],
)
def test_how_near_depends_on_the_length_of_what_differs(
    query: str, name: str, near: str
) -> None:
    hits = Index([place("a", name)]).search(query)
    assert ["beyond" if hit.beyond else "near" for hit in hits] == near.split()


def test_the_same_sounds_are_near_only_if_the_letters_are_too() -> None:
    index = Index([place("a", "Kalbajar")])
    (hit,) = index.search("Kyalbadzhar")
    assert (hit.method, hit.kind) == ("fuzzy", "class")
    assert 60 <= hit.similarity < 100
    assert index.search("Galpocor") == []


def test_a_short_name_without_its_marks_is_not_near_with_an_edit() -> None:
    index = Index([place("a", "Mərakeş"), place("b", "Dağlıq Qarabağ")])
    assert found(index, "Merakes") == [("a", "folded", "plain")]
    assert found(index, "Meraker") == []
    assert found(index, "Dagliq Qarabagg") == [("b", "fuzzy", "class")]


def test_an_abbreviation_is_never_near() -> None:
    index = Index([place("a", named("NKAO", form="abbr"))])
    assert found(index, "NKAO") == [("a", "exact", "text")]
    assert index.search("NKAA") == []


def test_the_nearest_come_first_and_ties_go_by_their_beginnings() -> None:
    index = Index(
        [
            place("a", "Stapanovkb"),
            place("b", "Stepanovkab"),
            place("c", "Stepanovka"),
            place("d", "Stepanouka"),
        ]
    )
    hits = index.search("Stepanovkb")
    # what differs by two letters is not looked for
    assert [hit.toponym.place_id for hit in hits] == ["b", "c", "a"]
    assert hits == sorted(hits, key=lambda hit: -hit.similarity)


def test_what_is_near_to_a_query_that_comes_again_is_looked_for_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = Index([place("a", "Aldbourne"), place("b", "Aldbourn End")])
    first = index.near("Aldborne")
    as_given = list(first)
    # what was given is the asker's
    first.clear()
    monkeypatch.delattr(Index, "_close")
    assert index.near("Aldborne ") == as_given != []
    # with another limit it is another question
    with pytest.raises(AttributeError):
        index.near("Aldborne", limit=1)


def test_the_limit_counts_places_and_spares_those_of_the_name() -> None:
    same = [place(f"s{n}", "Aldbourne") for n in range(30)]
    near = [place(f"n{n}", f"Aldbourn{letter}") for n, letter in enumerate("abcdfghi")]
    assert len(Index(same).search("Aldbourne", limit=3)) == 30
    assert len(Index(near).search("Aldbourne", limit=3)) == 3


def test_of_more_namesakes_than_the_limit_those_in_the_script_of_the_query_stay() -> (
    None
):
    index = Index(
        [*(place(f"a{n}", "Zelenovo") for n in range(3)), place("b", "Зеленово")]
    )
    places = [hit.toponym.place_id for hit in index.search("Зеленоко", limit=2)]
    assert places == ["b", "a0"]


def osa(a: str, b: str) -> int:
    """Optimal string alignment, as the textbook has it."""
    d = [
        [i + j if i * j == 0 else 0 for j in range(len(b) + 1)]
        for i in range(len(a) + 1)
    ]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            d[i][j] = min(
                d[i - 1][j] + 1,
                d[i][j - 1] + 1,
                d[i - 1][j - 1] + (a[i - 1] != b[j - 1]),
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                d[i][j] = min(d[i][j], d[i - 2][j - 2] + 1)
    return d[-1][-1]


def as_few_and_as_many(names: list[str]) -> Iterator[Index]:
    """Yield an index that compares each key, and one that looks for variants."""
    places = [place(f"p{n}", name) for n, name in enumerate(names)]
    yield Index(places)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gazetteer.index.neighbourhood.few.FEW", -1)
        patch.setattr("gazetteer.index.neighbourhood.neighbourhood.FEW", -1)
        yield Index(places)


KEYS = (
    st.text("abcd 1", min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@settings(deadline=None)
@example(["111"], "111")
@given(st.lists(KEYS, max_size=25, unique=True), KEYS)
def test_nearest_is_what_trying_all_keys_gives(keys: list[str], query: str) -> None:
    near, of_many = [
        {each.key: each.edits for each in index.nearest(match_key(query))}
        for index in as_few_and_as_many(keys)
    ]
    assert of_many == near
    # keys too short for any edit are found as they are, and not by what is near
    tried = {key for key in map(match_key, keys) if edits_of_length(len(key))}
    distances = {key: osa(match_key(query), key) for key in tried}
    allowed = {
        key: edits
        for key, edits in distances.items()
        if allowed_edits(match_key(query), key, edits) is not None
    }
    least = min(allowed.values(), default=0)
    nearest = {key: edits for key, edits in allowed.items() if edits == least}
    query = match_key(query)
    enough = settles(query, [allowed_edits(query, key, least) for key in nearest])
    assert near == (nearest if enough else allowed)


MIXED = (
    st.text("abxжшծ 1", min_size=1, max_size=10)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@settings(deadline=None)
@given(st.lists(MIXED, max_size=25, unique=True), MIXED)
def test_slips_are_counted_as_written_and_as_romanized(
    names: list[str], query: str
) -> None:
    near, of_many = [
        sorted(index.nearest(match_key(query), spelt(query)))
        for index in as_few_and_as_many(names)
    ]
    assert of_many == near
    entries = {each for name in names for each in (match_key(name), spelt(name))}
    found: dict[str, int] = {}
    for probe in {match_key(query), spelt(query)} - {""}:
        for key, edits in tried(probe, entries - {""}).items():
            found[key] = min(edits, found.get(key, edits))
    least = min((each.edits for each in near), default=0)
    assert {each.key: each.edits for each in near}.items() <= found.items()
    assert {key for key, edits in found.items() if edits == least} <= {
        each.key for each in near
    }
    assert min(found.values(), default=0) == least


def spelt(name: str) -> str:
    return as_written(name, keys_of(name))


def tried(query: str, entries: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for entry in entries:
        if not edits_of_length(len(entry)):
            continue
        edits = osa(query, entry)
        if allowed_edits(query, entry, edits) is not None:
            key = match_key(entry)
            found[key] = min(edits, found.get(key, edits))
    return found


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Щедрый Веер", "Щедрый Вечер"),
        ("Աշարհ", "Աշխարհ"),
        ("Xoşbət", "Xoşbəxt"),
        ("Хорхошанка", "Хорошанка"),
    ],
)
def test_a_letter_is_one_however_it_is_romanized(query: str, name: str) -> None:
    (hit,) = Index([place("a", name)]).search(query)
    assert (hit.kind, hit.edits) == ("edits", 1)
    longer = max(len(query), len(name))
    assert hit.similarity == pytest.approx(100 * (1 - 1 / longer))


def test_of_equally_near_names_one_that_lost_a_letter_comes_first() -> None:
    index = Index([place("a", "Foxbridge"), place("b", "Coxbridge")])
    some = {hit.toponym.name: hit.slip for hit in index.search("oxbridge")}
    assert some == {"Foxbridge": True, "Coxbridge": True}
    index = Index([place("a", "Marlo"), place("b", "Malrov")])
    assert {hit.toponym.name: hit.slip for hit in index.search("Marlov")} == {
        "Marlo": False,
        "Malrov": True,
    }


@settings(deadline=None)
@given(KEYS, KEYS)
def test_belief_is_mutual(a: str, b: str) -> None:
    edits = osa(a, b)
    one, other = allowed_edits(a, b, edits), allowed_edits(b, a, edits)
    # a name of 8 letters is near to a query of 6, and not the other way round
    believed = [near is not None and not near.beyond for near in (one, other)]
    assert believed[0] == believed[1]
    if one is not None and other is not None:
        assert one[1:] == other[1:]


# -------------------------------------------------------------------------------- laws


def mangled(name: str, case: int, space: int, marks: bool) -> str:
    text = (name, name.upper(), name.lower(), name.swapcase())[case]
    if marks:
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(each for each in decomposed if not unicodedata.combining(each))
    return (
        text,
        f"  {text} ",
        text.replace(" ", "   "),
        text.replace("-", " ").replace(" ", "-"),
    )[space]


@settings(deadline=None)
@given(st.data())
def test_a_name_mangled_in_case_space_and_marks_finds_its_place(
    data: st.DataObject,
) -> None:
    toponyms = [toponym for each in load_small().values() for toponym in each.toponyms]
    toponym = data.draw(st.sampled_from(toponyms))
    query = mangled(
        toponym.name,
        data.draw(st.integers(0, 3)),
        data.draw(st.integers(0, 3)),
        data.draw(st.booleans()),
    )
    assert toponym.place_id in {hit.toponym.place_id for hit in small().search(query)}


@cache
def load_small() -> dict:
    return load_tables(HERE / "fixtures" / "small").places


@settings(deadline=None)
@given(st.text(st.characters()), st.booleans())
def test_any_text_can_be_searched(query: str, fuzzy: bool) -> None:
    hits = small().search(query, fuzzy=fuzzy)
    assert all(isinstance(hit, Hit) and 0 <= hit.similarity <= 100 for hit in hits)


@settings(deadline=None)
@given(
    st.randoms(),
    st.sampled_from(["Shusha", "Khankendy", "Stepanakrt", "Artsakh", "Karabagh"]),
)
def test_the_order_of_rows_does_not_matter(random, query: str) -> None:
    places = list(load_small().values())
    random.shuffle(places)
    shuffled = []
    for each in places:
        toponyms = list(each.toponyms)
        random.shuffle(toponyms)
        shuffled.append(each._replace(toponyms=tuple(toponyms)))
    assert found(Index(shuffled), query) == found(small(), query)
