"""A column is answered as its queries are one by one, in every column."""

from __future__ import annotations

import csv
import pickle
import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer
from gazetteer.index import Index
from gazetteer.index.compile import compile_in_memory
from gazetteer.resolve import Context, Policy, Resolutions, Resolver
from gazetteer.resolve.answers import FIELDS
from gazetteer.store.loose import places_of
from gazetteer.store.stack import Stack
from gazetteer.store.tables import tables_of
from gazetteer.tables import RawTables, find_data, load_tables
from handmade import named, place, related

if TYPE_CHECKING:
    from gazetteer.model import Place
    from gazetteer.store import Store

SMALL = Path(__file__).parents[1] / "fixtures" / "small"


@pytest.fixture(autouse=True)
def many_from_one_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazetteer.resolve.resolver._MANY", 1)
    monkeypatch.setattr("gazetteer.resolve.many._AT_ONCE", 7)
    monkeypatch.setattr("gazetteer.resolve.many._FORESEEN", 2)


# Spellings of a few keys, in several scripts, cases and marks; ids and unfit texts
SPELLINGS = (
    "Abcd", "ABCD", "abcd", "Ábcd", "Àbcd", "àbcd", "Ab-cd", "ab cd", "AB  CD", "Абцд", "абцд", "АБЦД",
    "Şef", "şef", "ŞEF", "Sef", "SEF", "Shef", "Չեք", "İlk", "ılk", "ILK", "ilk", "Xan", "Khan", "Джа", "Ja",
    "Straße", "STRASSE", "strasse", "Ab", "AB", "ab", "Áb", "p0", "P1", "!", "?", "", "ΟΔΟΣ", "οδος", "Ταξίς", "ﬁn",
)  # fmt: skip
NAMES = st.one_of(st.sampled_from(SPELLINGS), st.text("aAbşŞ-ж ", max_size=4))
ASKED = st.one_of(
    NAMES,
    st.sampled_from(["gz-000001", "x:1", "p1", " Abcd ", "Abcd\n", "\tŞef", "a\x00b"]),
    st.sampled_from(["Abcd (Şef)", "Abcd, Xan", "Şef/Xan", "xAbcd", "Abcdefghi", "\ud800"]),
    st.text(max_size=4),
)  # fmt: skip
FORMS = st.sampled_from(["full", "full", "full", "short", "descr", "abbr", "hidden", "adj"])  # fmt: skip


@st.composite
def places(draw: st.DrawFn) -> list[Place]:
    made = []
    for number in range(draw(st.integers(0, 6))):
        names = draw(st.lists(st.tuples(NAMES.filter(str.strip), FORMS), max_size=4))
        rows = [
            named(
                name.strip(),
                form=form,
                name_id=f"n{number}-{at}",
                default_sense=draw(st.integers(0, 9)) == 0,
                lang=draw(st.sampled_from(["en", "az", "hy"])),
            )
            for at, (name, form) in enumerate(names)
        ]
        key = f"p{number}"
        area = draw(st.sampled_from(["", "p0", "p1"]))
        made.append(
            place(
                key,
                *rows,
                type=draw(st.sampled_from(["town", "region", "country"])),
                exists=draw(st.sampled_from(["", "", "1900/1950"])),
                at=draw(st.sampled_from([None, (40.0, 45.0), (10.0, 10.0)])),
                replaced_by="p0" if number == 5 else "",
                links=["x:1"] if number == 1 else (),
                relations=[related(key, "part_of", area)]
                if area not in ("", key)
                else (),
            )
        )
    return made


CONTEXTS = st.sampled_from(
    [
        None,
        Context(),
        Context(lang="az"),
        Context(type="town"),
        Context(event="1960"),
        Context(published="1890"),
        Context(near=(40.1, 45.1)),
        Context(within="p0"),
        Context(mentions=("Xan", "Abcd")),
    ]
)
POLICIES = st.sampled_from(
    [
        None,
        Policy(margin=0),
        Policy(99.5, 99.5),
        Policy(97, 50, 3, default_senses=False),
        Policy(0, 0),
    ]
)


def equal(answers: Resolutions, one_by_one: list) -> None:
    expected = Resolutions(one_by_one)
    assert {name: getattr(answers, name) for name in FIELDS} == expected.columns()
    assert list(answers) == one_by_one


def usable(some: Resolver, context: Context | None) -> bool:
    try:
        some.resolve("", context)
    except ValueError:
        return False
    return True


def resolver(*made: Place) -> Resolver:
    stack = Stack([compile_in_memory(made)])
    return Resolver(tables_of(stack), Index(stack))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(places(), st.lists(ASKED, max_size=25), CONTEXTS, POLICIES)
@example([place("p0", "Abcd", "Ábcd")], ["ABCD", "ÀBCD", "Abcd"], None, None)
@example([place("p0", "Ab-cd", "Ab cd")], ["AB CD", "ab-cd"], None, None)
@example([place("p0", "Абцд"), place("p2", "Abtsd")], ["абцд", "abtsd"], None, None)
def test_a_column_is_answered_as_its_queries_are(
    made: list[Place],
    queries: list[str],
    context: Context | None,
    policy: Policy | None,
) -> None:
    some = resolver(*made)
    if not usable(some, context):
        return
    queries += [name.name for each in made for name in each.toponyms]
    queries += [query.upper() for query in queries] + [" ".join(q) for q in queries[:2]]
    one_by_one = [some.resolve(query, context, policy) for query in queries]
    equal(some.resolve_many(queries, context, policy), one_by_one)
    # now that decisions are remembered
    equal(some.resolve_many(queries[::-1], context, policy), one_by_one[::-1])


# What one or two letters tell apart, so that names have rivals and places several names
ALIKE = (
    "Abcdefgh", "Abcdefgk", "Abcdefg", "Abdcefgh", "Abcdefgh city", "Abzdefgh", "Bbcdefgh",
    "Abcdevgh", "Apcdefgh", "Abcd Efgh", "Efgh Abcd", "Абцдефгх", "Абцдефгк", "Abtsdefgkh",
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(st.sampled_from(ALIKE), min_size=1, max_size=3), max_size=24),
    st.lists(st.sampled_from(ALIKE), max_size=6),
    st.data(),
)
def test_misspelt_names_are_answered_as_they_are_one_by_one(
    places_names: list[list[str]], asked: list[str], data: st.DataObject
) -> None:
    some = resolver(*(place(f"p{n}", *names) for n, names in enumerate(places_names)))
    queries = list(asked)
    for query in asked:
        at = data.draw(st.integers(0, len(query) - 1))
        queries += [query[:at] + query[at + 1 :], f"{query[:at]}x{query[at:]}"]
    equal(some.resolve_many(queries), [some.resolve(query) for query in queries])


# More names near to one another than there may be candidates
CROWD = [f"Abcdef{a}{b}" for a in "ghijk" for b in "hijkl"] + ["Abcd Efgh", "Abçdefgh", "Xbcdefgh", "Abdcefgh"]  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.lists(st.sampled_from(CROWD), min_size=1, max_size=2),
        min_size=16,
        max_size=40,
    ),
    st.sampled_from([None, Context(type="town"), Context(lang="az")]),
)
def test_of_more_places_than_are_shown_the_same_are_cut(
    places_names: list[list[str]], context: Context | None
) -> None:
    some = resolver(*(place(f"p{n}", *names) for n, names in enumerate(places_names)))
    queries = ["Abcdefxh", "Abcdefghx", "Abcdefxx", "Abcxdefgh", "Abdefgh", "Axcdefxh"]
    one_by_one = [some.resolve(query, context) for query in queries]
    equal(some.resolve_many(queries, context), one_by_one)


def test_what_a_context_says_of_others_of_the_same_key_is_no_place_s_own() -> None:
    """Two names of one place have namesakes, of which one lies where it should."""
    some = resolver(
        place("p0", "Ábcd", "Éfgh"),
        place("p1", "Abcd", relations=[related("p1", "part_of", "p9")]),
        place("p2", "Efgh", relations=[related("p2", "part_of", "p8")]),
        place("p8", "Ijkl", type="region"),
        place("p9", "Mnop", type="region"),
    )
    queries, context = ["Ábcd", "Éfgh"], Context(within="p9")
    one_by_one = [some.resolve(query, context) for query in queries]
    assert one_by_one[0].margin != one_by_one[1].margin
    equal(some.resolve_many(queries, context), one_by_one)


def test_places_that_a_context_treats_alike_share_decisions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = [
        place(
            f"p{n}",
            f"Somename {n:04}",
            relations=[related(f"p{n}", "part_of", f"area{n % 2}")],
            exists="1900/1950" if n % 3 == 0 else "",
        )
        for n in range(600)
    ]
    areas = [place(f"area{n}", f"Area {n}", type="region") for n in range(2)]
    some = resolver(*made, *areas)
    monkeypatch.setattr("gazetteer.resolve.many._AT_ONCE", 1_000)
    context = Context(within="area0", event="1980")
    some.read(context)
    decided: list[str] = []
    real = some._decide
    monkeypatch.setattr(
        some,
        "_decide",
        lambda query, *rest: decided.append(query) or real(query, *rest),
    )
    queries = [f"Somename {n:04}" for n in range(600)]
    queries += [f"Somenme {n:04}" for n in range(600)]
    answers = some.resolve_many(queries, context).columns()
    # those that fit, those that do not, and those that are gone, as written and misspelt
    assert len(decided) == 6
    expected = Resolutions([some.resolve(query, context) for query in queries])
    assert answers == expected.columns()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(places(), st.lists(st.tuples(ASKED, CONTEXTS), min_size=1, max_size=25))
def test_each_query_in_a_context_of_its_own(
    made: list[Place], rows: list[tuple[str, Context | None]]
) -> None:
    some = resolver(*made)
    rows = [row for row in rows if usable(some, row[1])]
    queries, contexts = [query for query, _ in rows], [context for _, context in rows]
    one_by_one = [some.resolve(*row) for row in rows]
    equal(some.resolve_many(queries, contexts), one_by_one)


def test_a_link_leads_to_a_place_above_by_what_is_said_of_it_below() -> None:
    """Two places of the lowest store have a link, and one the id of a place above."""
    rules = RawTables(names=(named("Mnop", "p3", name_id="r0"),))
    below = [
        place("p1", links=["p:1"]),
        place("p2", named("Abcd", "p2", name_id="n2"), links=["p:1"]),
    ]
    stores = [
        compile_in_memory(places_of(rules)),
        compile_in_memory([place("p1", named("Efgh", "p1", name_id="n1"))]),
        compile_in_memory(below),
    ]
    stack = Stack(stores)
    some = Resolver(tables_of(stack), Index(stack))
    queries = ["Abcd", "Abcde", "Efghi"]
    one_by_one = [some.resolve(query) for query in queries]
    assert one_by_one[0].candidates[0].place_id == "p1"
    equal(some.resolve_many(queries), one_by_one)


SCHEMES = st.lists(
    st.sampled_from(["x:1", "x:2", "~x:1", "p:1"]), max_size=2, unique=True
)
RULES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 5), NAMES.filter(str.strip)), max_size=2
)


@st.composite
def stacks(draw: st.DrawFn) -> list[Store]:
    """Stores over one another: places of one id, places linked as one, and rows on them."""
    stores = []
    for number in range(draw(st.integers(2, 3))):
        made = []
        for each in draw(places()):
            # some have one id in several stores
            key = (
                each.place_id
                if draw(st.integers(0, 4)) == 0
                else f"s{number}{each.place_id}"
            )
            rows = [
                row._replace(name_id=f"{number}{row.name_id}", place_id=key)
                for row in each.toponyms
            ]
            relations = [row._replace(subject=key) for row in each.relations]
            whole = place(
                key, type=each.type, links=draw(SCHEMES), replaced_by=each.replaced_by
            )
            made.append(
                whole._replace(
                    exists=each.exists,
                    lat=each.lat,
                    lon=each.lon,
                    toponyms=tuple(rows),
                    relations=tuple(relations),
                )
            )
        stores.append(compile_in_memory(made))
    added = [
        named(
            name.strip(),
            draw(st.sampled_from([f"s{store}p{at}", f"p{at}"])),
            name_id=f"r{number}",
        )
        for number, (store, at, name) in enumerate(draw(RULES))
    ]
    if added:
        rules = RawTables(names=tuple(added))
        stores.insert(
            draw(st.integers(0, len(stores))), compile_in_memory(places_of(rules))
        )
    return stores


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stacks(), st.lists(ASKED, max_size=20), CONTEXTS, POLICIES)
def test_a_column_is_answered_over_a_stack_as_its_queries_are(
    stores: list[Store],
    queries: list[str],
    context: Context | None,
    policy: Policy | None,
) -> None:
    stack = Stack(stores)
    some = Resolver(tables_of(stack), Index(stack))
    if not usable(some, context):
        return
    queries += [
        row.name
        for store in stores
        for each in (*store.all_places(), *store.all_loose())
        for row in each.toponyms
    ]
    queries += [query.upper() for query in queries] + ["s0p0", "p1", " s1p0", "p:1"]
    queries += [f"{query[:3]}x{query[3:]}" for query in queries]
    one_by_one = [some.resolve(query, context, policy) for query in queries]
    equal(some.resolve_many(queries, context, policy), one_by_one)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(ALIKE), SCHEMES), max_size=20
    ),
    st.lists(st.sampled_from(ALIKE), max_size=6),
    st.sampled_from([None, Context(type="town"), Context(lang="az")]),
)
def test_misspelt_names_are_answered_over_a_stack_as_one_by_one(
    rows: list[tuple[int, str, list[str]]], asked: list[str], context: Context | None
) -> None:
    stores = [
        compile_in_memory(
            place(f"s{store}p{at}", name, links=links)
            for at, (owner, name, links) in enumerate(rows)
            if owner == store
        )
        for store in range(3)
    ]
    stack = Stack(stores)
    some = Resolver(tables_of(stack), Index(stack))
    queries = (
        asked
        + [f"{each[:4]}x{each[4:]}" for each in asked]
        + [each[:-1] for each in asked]
    )
    one_by_one = [some.resolve(query, context) for query in queries]
    equal(some.resolve_many(queries, context), one_by_one)


@cache
def shipped_names() -> list[str]:
    with (find_data() / "names.csv").open(encoding="utf-8", newline="") as lines:
        return sorted({row["name"] for row in csv.DictReader(lines)})


@pytest.mark.parametrize(
    "context", [None, Context(country="AM"), Context(country="AZ", event="1995")]
)
def test_the_shipped_names_real_and_noisy(context: Context | None) -> None:
    generator = random.Random(7)
    queries = []
    for name in generator.sample(shipped_names(), 300):
        at = generator.randrange(len(name))
        queries += [name, name.upper(), f" {name}", name[:at] + name[at + 1 :]]
    gaz = Gazetteer.load()
    one_by_one = [gaz.resolve(query, context=context) for query in queries]
    contexts = None if context is None else [context] * len(queries)
    equal(gaz.resolve_many(queries, contexts=contexts), one_by_one)


def test_a_name_that_comes_again_is_decided_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some = resolver(*(place(f"p{n}", f"Name {n:04}") for n in range(3_000)))
    monkeypatch.setattr("gazetteer.resolve.many._AT_ONCE", 1_000)
    decided: list[str] = []
    real = some._decide
    monkeypatch.setattr(
        some,
        "_decide",
        lambda query, *rest: decided.append(query) or real(query, *rest),
    )
    queries = [f"Name {n:04}" for n in range(3_000)]
    assert (
        some.resolve_many(queries * 2).place_id == [f"p{n}" for n in range(3_000)] * 2
    )
    assert decided == ["Name 0000"]
    assert some.resolve_many(queries[::-1]).outcome == ["matched"] * 3_000
    assert decided == ["Name 0000"]


def test_answers_in_columns_can_be_sent() -> None:
    some = resolver(place("p0", "Abcd"), place("p1", "Efgh"))
    answers = some.resolve_many(["Abcd", "EFGH", "Ijkl"])
    again = pickle.loads(pickle.dumps(answers))
    assert again == answers
    assert again.columns() == answers.columns()
    assert answers[1:].place_id == ["p1", None]
    assert answers[-1].outcome == "unmatched"
    assert repr(answers) == "<Resolutions of 3 queries: 2 matched, 1 unmatched>"


@cache
def small() -> Resolver:
    tables = load_tables(SMALL)
    return Resolver(tables, Index(tables.places.values()))


def test_places_that_are_not_in_a_store_and_stacks_are_answered_alike() -> None:
    queries = ["Shusha", "SHUSHA", "Martuni", "Khankendi", "Shushaa", "Nowhere"] * 2
    equal(small().resolve_many(queries), [small().resolve(query) for query in queries])
    tables = list(load_tables(SMALL).places.values())
    stack = Stack([compile_in_memory(tables[::2]), compile_in_memory(tables[1::2])])
    stacked = Resolver(tables_of(stack), Index(stack))
    equal(stacked.resolve_many(queries), [stacked.resolve(query) for query in queries])


STEMS = (
    "altenberg",
    "neustadt",
    "müldorf",
    "mueldorf",
    "muldorf",
    "sankt peter",
    "stepanak",
    "karabulak",
    "schach",
)


@st.composite
def misspelt(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(STEMS))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(name)))
        letter = draw(st.sampled_from(["", "a", "e", "k", "ş", " "]))
        name = name[:at] + letter + name[at + draw(st.integers(0, 1)) :]
    wording = draw(
        st.sampled_from(["{}", "{}", "{}", "{} village", "lake {}", "{}, Xan"])
    )
    return wording.format(name)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, 5), misspelt(), FORMS), max_size=12),
    st.lists(misspelt(), min_size=2, max_size=20),
    st.sampled_from([None, Context(lang="en"), Context(type="town")]),
    POLICIES,
)
def test_misspelt_names_in_a_column_are_answered_as_alone(
    rows: list[tuple[int, str, str]],
    queries: list[str],
    context: Context | None,
    policy: Policy | None,
) -> None:
    made = [
        place(
            f"p{number}",
            *(
                named(name.strip(), form=form, name_id=f"n{at}")
                for at, (owner, name, form) in enumerate(rows)
                if owner == number and name.strip()
            ),
        )
        for number in range(6)
    ]
    some = resolver(*made)
    one_by_one = [some.resolve(query, context, policy) for query in queries]
    equal(some.resolve_many(queries, context, policy), one_by_one)
    again = [query.replace("t", "d", 1) for query in queries]
    one_by_one = [some.resolve(query, context, policy) for query in again]
    equal(some.resolve_many(again, context, policy), one_by_one)
