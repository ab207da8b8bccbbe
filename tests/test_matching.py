"""Names with other words, in another order, misspelt: found, and scored as they deserve."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.folding import bag_key, digraph_key, match_key, may_be_parted, parted
from gazetteer.index import Hit, Index
from gazetteer.languages.generic import generic_words
from gazetteer.model import PLACE_TYPES
from gazetteer.resolve import Policy, Resolver
from gazetteer.resolve.nearness import NEAR
from gazetteer.resolve.scoring import score_hit
from gazetteer.tables import find_data, load_tables
from handmade import named, place, related, tables

LAW = settings(deadline=None)
SETTLEMENT = {"city", "town", "village"}
AREA = {"district", "admin-unit"}


def resolver(*places) -> Resolver:
    some = tables(*places)
    return Resolver(some, Index(some.places.values()))


# ------------------------------------------------------------------------ generic words


@pytest.mark.parametrize(
    ("name", "core", "types"),
    [
        ("City of Arcadia", "arcadia", SETTLEMENT),
        ("the City of Arcadia", "arcadia", SETTLEMENT),
        ("Arcadia, City of", "arcadia", SETTLEMENT),
        ("Arcadia District", "arcadia", AREA),
        ("Arkadiya rayonu", "arkadiya", AREA),
        ("Arkadiya şəhəri", "arkadiya", SETTLEMENT),
        ("Arkadiya seheri", "arkadiya", SETTLEMENT),
        ("Արկադիա քաղաք", "arkadia", SETTLEMENT),
        ("ქალაქი არკადია", "arkadia", SETTLEMENT),
        ("г. Аркадия", "arkadiya", SETTLEMENT),
        ("Аркадия р-н", "arkadiya", AREA),
        ("شهر آرکادیا", match_key("آرکادیا"), SETTLEMENT),
        ("thành phố Arcadia", "arcadia", SETTLEMENT),
        ("Ville d'Arcadia", "darcadia", SETTLEMENT),
        ("Lake Arcadia", "arcadia", {"water"}),
        ("Arcadia Lake City", "arcadia lake", SETTLEMENT),
        ("the Arcadia", "arcadia", set()),
        ("Lake Arcadia Village", "arcadia", set()),  # they contradict each other
        ("Arcadia", "arcadia", set()),
        ("City", "city", set()),
        ("Town of", "town of", set()),
        ("Republic of Arcadia", "republic of arcadia", set()),  # not for a name to say
        ("Arcadia of the Hills", "arcadia of the hills", set()),
    ],
)
def test_generic_words_are_told_from_the_name(
    name: str, core: str, types: set[str]
) -> None:
    part = parted(match_key(name))
    assert (part.core, part.types) == (core, types)
    assert bool(part.words) == (part.core != match_key(name))


def test_the_table_of_generic_words_is_in_order() -> None:
    words = generic_words()
    assert len({(each.lang, each.word) for each in words}) == len(words)
    for each in words:
        assert each.before or each.after
        assert set(each.types) <= set(PLACE_TYPES)
        assert match_key(each.word)


KEYS = st.lists(
    st.sampled_from(["city", "of", "the", "lake", "rayonu", "hill", "ab", "cde", "fg"]),
    min_size=1,
    max_size=5,
).map(" ".join)


@LAW
@given(KEYS)
def test_something_is_always_left_of_a_name(key: str) -> None:
    part = parted(key)
    assert part.core
    assert part.core in key
    assert set(bag_key(key).split()) <= set(key.split())
    assert may_be_parted(key) or part.core == key


def test_every_generic_word_is_seen_at_the_ends_of_a_key() -> None:
    for each in generic_words():
        for key in (f"{match_key(each.word)} zzz", f"zzz {match_key(each.word)}"):
            assert may_be_parted(key) or parted(key).core == key


@LAW
@given(KEYS, st.randoms())
def test_the_order_of_words_without_generic_ones_does_not_matter(key, random) -> None:
    words = [word for word in key.split() if word in {"ab", "cde", "fg"}]
    if words:
        moved = random.sample(words, len(words))
        assert bag_key(" ".join(words)) == bag_key(" ".join(moved))


# --------------------------------------------------------------------------- candidates


@pytest.mark.parametrize(
    ("query", "name", "kind"),
    [
        ("Harbour Grey", "Grey Harbour", "order"),
        ("Harbour, Grey", "Grey Harbour", "order"),
        ("GreyHarbour", "Grey Harbour", "joined"),
        ("Stone bridge", "Stonebridge", "joined"),
        ("Stonebridge City", "Stonebridge", "added"),
        ("г. Stonebridge", "Stonebridge", "added"),
        ("Harbour Grey town", "Grey Harbour", "added"),
        ("Stonebridge", "City of Stonebridge", "left"),
        ("Stonebridge town", "Stonebridge Village", "swapped"),
        ("Village of Stonebridge", "Stonebridge Village", "swapped"),
        ("Stonebrigde town", "Stonebridge", "edits"),
        ("Dandagar town", "Tandakar", "class"),
        ("Gruenbruecke", "Grünbrücke", "digraph"),
        ("GRUENBRUECKE", "Grünbrücke", "digraph"),
        ("Grünbrücke", "Gruenbruecke", "digraph"),
        ("Noerreaa", "Nørreå", "digraph"),
        ("Gruenbruecke town", "Grünbrücke", "digraph"),
        # what stands for one letter may also be two
        ("Gruenbrucke", "Grunbrucke", "edits"),
    ],
)
def test_the_kind_says_how_the_words_differ(query: str, name: str, kind: str) -> None:
    (hit,) = Index([place("a", name)]).search(query)
    assert (hit.method, hit.kind) == ("fuzzy", kind)
    assert 0 <= hit.similarity < 100


def test_two_letters_stand_for_one_only_where_the_name_has_that_one() -> None:
    """Names share a key without their marks, and only some of them have the letter."""
    index = Index([place("a", "Grünbach"), place("b", "Grunbach", "Grúnbach")])
    (hit,) = index.search("Gruenbach")
    assert (hit.toponym.place_id, hit.kind) == ("a", "digraph")
    some = resolver(place("a", "Grünbach"), place("b", "Grunbach"))
    answer = some.resolve("Gruenbach")
    assert answer.match is not None
    assert answer.match.place_id == "a"
    # whose name is written so is meant, and not another with one letter
    some = resolver(place("a", "Grünbach"), place("b", "Gruenbach"))
    (candidate,) = some.resolve("Gruenbach").candidates
    assert candidate.place_id == "b"
    # four letters are few: who writes two in place of one may mean another name
    assert resolver(place("a", "Böl")).resolve("Boel").outcome == "doubtful"


def test_two_letters_for_one_beside_what_else_is_written() -> None:
    some = resolver(
        place("a", "Grünbach", relations=[related("a", "part_of", "c")]),
        place("c", "Österland", type="country"),
    )
    answer = some.resolve("Gruenbach, Oesterland")
    assert answer.match is not None
    assert answer.match.place_id == "a"


TWO = st.lists(
    st.sampled_from(["ä", "ö", "å", "ae", "oe", "a", "e", "o", "b", "r"]), min_size=4
).map("".join)


@LAW
@given(st.lists(TWO, max_size=12, unique=True), TWO)
def test_two_letters_for_one_are_what_trying_all_names_gives(
    names: list[str], query: str
) -> None:
    index = Index([place(f"p{n}", name) for n, name in enumerate(names)])
    found = index.search(query)
    if found and found[0].method != "fuzzy":
        return
    two = {hit.toponym.name for hit in found if hit.kind == "digraph"}
    assert two == {name for name in names if digraph_key(name) == digraph_key(query)}


def test_similarity_measures_the_strings_and_nothing_else() -> None:
    (hit,) = Index([place("a", "Stonebridge")]).search("Stonebridge City")
    assert hit.similarity == pytest.approx(100 * (1 - 5 / 16))
    assert score_hit(hit)[0] >= 90


def test_an_abbreviation_has_no_generic_words() -> None:
    assert Index([place("a", named("ABCD", form="abbr"))]).search("ABCD city") == []


WORDS = st.lists(st.sampled_from(["city", "lake", "abcd", "efgh", "ijkl"]), min_size=1)
NAMES = WORDS.map(lambda words: " ".join(words[:4]))


@LAW
@given(st.lists(NAMES, max_size=12, unique=True), NAMES)
def test_rearranged_is_what_trying_all_names_gives(
    names: list[str], query: str
) -> None:
    index = Index([place(f"p{n}", name) for n, name in enumerate(names)])
    found = {hit.toponym.name for hit in index.rearranged(query)}
    same = {name for name in names if bag_key(name) == bag_key(query)}
    # and the name that is these words and nothing else, though one may be generic
    bare = {name for name in names if name == bag_key(query)}
    assert found == (same | bare) - {query}


def test_rivals_are_the_other_names_as_near() -> None:
    index = Index(
        [
            place("a", "Willowbank", "Willowbenk"),
            place("b", "Willowbink"),
            place("c", "Willowbonk", "Stonebridge"),
            place("d", "Stonebridge"),
        ]
    )
    hits = index.search("Willowbunk")
    assert {hit.toponym.place_id: hit.rivals for hit in hits} == {
        "a": 2,
        "b": 3,
        "c": 3,
    }
    assert {hit.rivals for hit in index.search("Stonebrigde")} == {0}  # a homonym


# ----------------------------------------------------------------------------- decision

TOWN = place("t", "Stonebridge", type="town")
DISTRICT = place("d", "Stonebridge", type="district")
LAKE = place("l", "Stonebridge", type="water")


@pytest.mark.parametrize(
    ("query", "place_id"),
    [
        ("Stonebridge town", "t"),
        ("city of Stonebridge", "t"),
        ("Stonebridge (city)", "t"),
        ("Stonebridge, city", "t"),
        ("Stonebridge District", "d"),
        ("Stonebridge rayonu", "d"),
        ("р-н Stonebridge", "d"),
        ("Lake Stonebridge", "l"),
    ],
)
def test_a_generic_word_speaks_for_the_type(query: str, place_id: str) -> None:
    answer = resolver(TOWN, DISTRICT, LAKE).resolve(query)
    assert answer.match is not None
    assert answer.match.place_id == place_id
    assert "the generic word speaks for its type" in answer.explain()


@pytest.mark.parametrize(
    ("query", "outcome"),
    [
        ("Stonebridge town", "matched"),
        ("Stonebridge municipality", "matched"),
        ("Stonebridge district", "doubtful"),  # the area around it may be meant
        ("Mount Stonebridge", "unmatched"),
        ("Stonebridge", "matched"),
    ],
)
def test_a_generic_word_speaks_against_other_types(query: str, outcome: str) -> None:
    assert resolver(TOWN).resolve(query).outcome == outcome


def test_a_generic_word_is_one_only_where_it_says_what_the_place_is() -> None:
    some = resolver(place("a", "Foxgrove Hill", type="town"))
    assert some.resolve("Foxgrove").outcome == "unmatched"
    some = resolver(place("a", "Foxgrove Hill", type="landform"))
    assert some.resolve("Foxgrove").outcome == "doubtful"
    some = resolver(place("a", "City of Foxgrove", type="town"))
    assert some.resolve("Foxgrove").outcome == "matched"


def test_a_generic_word_and_where_it_lies() -> None:
    land = place("c", "Utopia", type="country")
    answer = resolver(TOWN, land).resolve("city of Stonebridge, Utopia")
    assert answer.match is not None
    assert answer.match.place_id == "t"


def test_two_names_that_are_as_near_are_left_to_a_person() -> None:
    some = resolver(place("a", "Willowbank"), place("b", "Willowbink"))
    answer = some.resolve("Willowbunk")
    assert answer.match is None
    assert "another name is as near" in answer.explain()
    assert resolver(place("a", "Willowbank")).resolve("Willowbunk").match is not None


def test_of_equally_near_names_the_one_that_begins_alike_is_first() -> None:
    some = resolver(place("a", "Maadowford"), place("z", "Meadowfort"))
    answer = some.resolve("Meadowford")
    assert [each.place_id for each in answer.candidates] == ["z", "a"]


# --------------------------------------------------------------------------------- laws

HITS = st.builds(
    Hit,
    st.just(named("x", "p")),
    st.just("fuzzy"),
    st.just(80.0),
    st.sampled_from(sorted(NEAR)),
    st.integers(3, 20),
    st.integers(1, 3),
    st.booleans(),
    rivals=st.integers(0, 5),
)


@LAW
@given(HITS)
def test_longer_names_nearer_names_and_fewer_rivals_never_score_lower(hit: Hit) -> None:
    def score(each: Hit) -> float:
        return score_hit(each)[0]

    assert 0 <= score(hit) <= 95
    # two edits in words of fewer than 8 letters are one edit in each of two
    if not (hit.kind == "edits" and hit.edits > 1 and hit.length < 8):
        assert score(hit._replace(length=hit.length + 1)) >= score(hit)
        if hit.edits > 1:
            assert score(hit._replace(edits=hit.edits - 1)) >= score(hit) or (
                hit.length < 8
            )
    assert score(hit._replace(rivals=hit.rivals + 1)) <= score(hit)
    assert score(hit._replace(first=False)) >= score(hit)


@LAW
@given(HITS)
def test_what_is_beyond_belief_is_never_to_be_reviewed(hit: Hit) -> None:
    assert score_hit(hit._replace(kind="edits", beyond=True))[0] < Policy().review


def edited(name: str, edits: int, random: Random) -> str:
    for _ in range(edits):
        at = random.randrange(1, len(name))
        letter = random.choice("aeinrstlk")
        head, tail = name[:at], name[at:]
        ways = (head + tail[1:], head + letter + tail, head + letter + tail[1:])
        name = random.choice(ways)
    return name


@cache
def held_back() -> tuple[Resolver, list[tuple[str, frozenset[str]]]]:
    """Half of the shipped places, and misspelt names of all, with what is right."""
    random = Random(20_240_229)
    places = [
        each
        for each in load_tables(find_data()).places.values()
        if not each.replaced_by
    ]
    random.shuffle(places)
    known = places[::2]
    bearers: dict[str, set[str]] = {}
    for each in known:
        for toponym in each.toponyms:
            bearers.setdefault(match_key(toponym.name), set()).add(each.place_id)
    asked = []
    names = sorted({t.name for each in places for t in each.toponyms})
    for name in random.sample(names, 900):
        if len(match_key(name)) < 4 or len(name) < 4:
            continue
        query = edited(name, random.choice((1, 1, 2)), random)
        if match_key(query) not in bearers:
            asked.append((query, frozenset(bearers.get(match_key(name), ()))))
    return resolver(*known), asked


@pytest.mark.parametrize(("low", "high", "least"), [(90, 101, 0.9), (70, 90, 0.7)])
def test_a_score_is_as_often_right_as_it_says(
    low: float, high: float, least: float
) -> None:
    some, asked = held_back()
    right = []
    for query, places in asked:
        best = next(iter(some.resolve(query).candidates), None)
        if best is not None and low <= best.score < high:
            right.append(best.place_id in places)
    assert len(right) > 50
    assert sum(right) / len(right) >= least


def test_many_misspelt_names_are_answered_as_one_by_one() -> None:
    some, asked = held_back()
    queries = [query for query, _ in asked]
    queries += [f"{query} city" for query in queries[:40]]
    queries += [" ".join(reversed(query.split())) for query in queries[:40]]
    many = list(some.resolve_many(queries))
    assert many == [some.resolve(query) for query in queries]


def test_what_is_foreseen_is_what_is_found_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some, asked = held_back()
    queries = [query for query, _ in asked]
    alone = [some.resolve(query) for query in queries]
    monkeypatch.setattr("gazetteer.resolve.resolver._MANY", 10)
    monkeypatch.setattr("gazetteer.resolve.many._AT_ONCE", 100)
    monkeypatch.setattr("gazetteer.resolve.many._FORESEEN", 10)
    assert list(some.resolve_many(queries)) == alone
    assert list(some.resolve_many(queries, [None] * len(queries))) == alone
    assert some.index._foreseen


@LAW
@given(st.lists(NAMES, max_size=12, unique=True), st.lists(NAMES, max_size=8))
def test_foreseeing_changes_nothing(names: list[str], queries: list[str]) -> None:
    places = [place(f"p{n}", name) for n, name in enumerate(names)]
    one, other = Index(places), Index(places)
    typed = [query.replace("e", "o", 1) for query in queries]
    other.foresee(typed)
    assert [one.search(query) for query in typed] == [
        other.search(query) for query in typed
    ]


# A village and a town that are called "town", and an island state in German: whoever
# writes nothing else means the place, and beside a name the word is generic.
NAMES_TOO = {"island", "şəhər", "ավան"}


def test_no_generic_word_is_the_name_of_a_place() -> None:
    with (find_data() / "names.csv").open(encoding="utf-8", newline="") as lines:
        names = {row["name"].casefold() for row in csv.DictReader(lines)}
    assert {each.word.casefold() for each in generic_words()} & names <= NAMES_TOO


def test_scores_are_published_with_the_page() -> None:
    page = Path(__file__).parents[1] / "docs" / "explanation" / "matching.md"
    assert "reliability.svg" in page.read_text(encoding="utf-8")
