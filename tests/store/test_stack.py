"""Stores over one another are what their directories joined are."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.dates import ALWAYS
from gazetteer.index import Index
from gazetteer.index.compile import compile_in_memory
from gazetteer.model import Link, Place, Relation, Usage
from gazetteer.store.loose import places_of
from gazetteer.store.stack import Stack
from gazetteer.store.tables import StackedPlaces
from gazetteer.tables import RawTables, merge_tables, read_raw
from gazetteer.tables.places import as_places
from handmade import named, place

SMALL = Path(__file__).parents[1] / "fixtures" / "small"

PLACES = [f"p{n}" for n in range(6)]
# a name is of one place in all sources, since its id is never used again
NAMES = {f"n{n}": PLACES[n % 6] for n in range(9)}
WORDS = st.sampled_from(["Aldbourne", "Aldborne", "Ostrów", "Ostrow", "Kirkby", "—"])


@st.composite
def sources(draw: st.DrawFn) -> RawTables:
    own = draw(st.lists(st.sampled_from(PLACES), unique=True, max_size=4))
    disputed = draw(st.sampled_from(["", "d"]))
    names = draw(st.lists(st.sampled_from(sorted(NAMES)), unique=True, max_size=5))
    used = draw(st.lists(st.sampled_from(sorted(NAMES)), max_size=4))
    pairs = st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES))
    related = draw(st.lists(pairs, max_size=4))
    ids = st.tuples(st.sampled_from(PLACES), st.sampled_from("1234"))
    linked = draw(st.lists(ids, max_size=4))
    # of two rows of one source that turn out to be about one place, the order of the
    # file decides in a join; here they say the same
    match = {n: draw(st.sampled_from(["exact", "exact", "close"])) for n in "1234"}
    edition = draw(st.sampled_from("12"))
    return RawTables(
        places=tuple(place(key, dispute=disputed) for key in own),
        names=tuple(named(draw(WORDS), NAMES[n], name_id=n) for n in names),
        usages=tuple(
            Usage(n, draw(st.sampled_from("ab")), "used", ALWAYS, "s", "") for n in used
        ),
        relations=tuple(
            Relation(a, "part_of", b, "p", ALWAYS, draw(st.sampled_from("st")), "")
            for a, b in related
        ),
        links=tuple(
            Link(a, "s", value, match[value], edition, ALWAYS, "s")
            for a, value in linked
        ),
    )


def stacked(raws: list[RawTables]) -> Stack:
    return Stack([compile_in_memory(places_of(raw)) for raw in raws])


@settings(max_examples=100, deadline=None)
@given(st.lists(sources(), min_size=1, max_size=3))
def test_a_stack_is_what_its_sources_joined_are(raws: list[RawTables]) -> None:
    joined = merge_tables(*raws, strict=False).places
    places = StackedPlaces(stacked(raws))
    assert dict(places) == joined
    assert {each.place_id: each for each in places.values()} == joined
    assert len(places) == len(joined)
    held = as_places(joined)
    assert places.schemes == held.schemes or not held.schemes
    for value in "1234":
        assert places.linked("s", value) == held.linked("s", value)
    for key in PLACES:
        assert places.speaking_of(key) == held.speaking_of(key)
        assert (key in places) == (key in joined)


@settings(deadline=None)
@given(st.lists(sources(), min_size=1, max_size=3), st.sampled_from(["ALDBOURNE", "Aldbourn", "Ostrow", "Ostrów", "Kirkbi", "—"]))  # fmt: skip
def test_names_are_found_as_in_the_sources_joined(
    raws: list[RawTables], query: str
) -> None:
    joined = Index(merge_tables(*raws, strict=False).places.values())
    stack = Index(stacked(raws))
    assert stack.lookup(query) == joined.lookup(query)
    assert stack.search(query) == joined.search(query)


def test_a_few_rows_over_many_places_leave_those_as_they_are(tmp_path: Path) -> None:
    small = read_raw(SMALL)
    town = small.places[5].place_id
    rules = RawTables(
        names=(named("Our own name", town, name_id="nm-ours"),),
        usages=(Usage(small.names[0].name_id, "us", "used", ALWAYS, "s", ""),),
        links=(Link(town, "ours", "7", "exact", "", ALWAYS, "s"),),
    )
    base, over = (compile_in_memory(places_of(raw)) for raw in (small, rules))
    stack = Stack([over, base])
    joined = merge_tables(rules, small).places
    assert dict(StackedPlaces(stack)) == joined
    assert over.standing == 0
    assert over.records == 2
    untouched = [key for key, each in joined.items() if base.own(key) == each]
    assert len(untouched) == len(joined) - 2
    # not a copy: what nobody adds to is taken from the store as it is
    assert all(stack.place(key) is base.own(key) for key in untouched)
    (hit,) = Index(stack).search("OUR OWN NAME")
    assert (hit.toponym.place_id, hit.kind) == (town, "case")


def test_rules_alone_are_about_nothing() -> None:
    rules = RawTables(names=(named("Our own name", "p1", name_id="n"),))
    stack = stacked([rules])
    assert dict(StackedPlaces(stack)) == {}
    assert Index(stack).search("Our own name") == []


def test_the_same_store_twice_is_the_store() -> None:
    store = compile_in_memory(places_of(read_raw(SMALL)))
    assert dict(StackedPlaces(Stack([store, store]))) == dict(
        StackedPlaces(Stack([store]))
    )
    assert isinstance(next(iter(StackedPlaces(Stack([store])).values())), Place)
