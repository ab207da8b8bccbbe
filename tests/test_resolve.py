"""A query refers to one place, or it is said why that cannot be decided."""

from __future__ import annotations

import csv
import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.errors import AmbiguousPlaceError, ContextError, UnresolvedError
from gazetteer.folding import match_key
from gazetteer.index import Index
from gazetteer.model import PLACE_TYPES
from gazetteer.resolve import Context, Policy, Resolutions, Resolver
from gazetteer.tables import find_data, load_tables
from handmade import named, place, related, tables
from samples import of_note, sampled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.model import Place, Tables
    from gazetteer.resolve import Resolution

HERE = Path(__file__).parent
OUTCOMES = ("unmatched", "ambiguous", "matched", "doubtful")


def resolver(*places: Place) -> Resolver:
    return of(tables(*places))


def of(some: Tables) -> Resolver:
    return Resolver(some, Index(some.places.values()))


@cache
def small_tables() -> Tables:
    return load_tables(HERE / "fixtures" / "small")


@cache
def small() -> Resolver:
    return of(small_tables())


@cache
def shipped_tables() -> Tables:
    return load_tables(find_data())


@cache
def shipped() -> Resolver:
    return of(shipped_tables())


def cases(name: str) -> Iterator[dict[str, str]]:
    with (HERE / "cases" / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def scores(answer: Resolution) -> dict[str, float]:
    return {each.place_id: each.score for each in answer.candidates}


def reasons(answer: Resolution) -> dict[str, str]:
    return {each.place_id: "; ".join(each.reasons) for each in answer.candidates}


# ------------------------------------------------------------------------ trouble lists


def test_spellings_of_the_trouble_list() -> None:
    wrong = []
    for row in cases("resolve-spellings.csv"):
        answer = small().resolve(row["query"])
        first = answer.candidates[0].place_id if answer.candidates else ""
        if (first, answer.outcome) != (row["place_id"], row["outcome"]):
            wrong.append((row["query"], answer.outcome, scores(answer)))
    assert wrong == []


def test_a_place_outside_the_data_is_not_the_nearest_spelling() -> None:
    wrong = []
    for row in cases("resolve-outside.csv"):
        answer = small().resolve(row["query"])
        if answer.outcome not in row["outcomes"].split():
            wrong.append((row["query"], answer.outcome, scores(answer)))
    assert wrong == []


def test_nor_is_one_outside_the_shipped_data() -> None:
    names = ["Mechelen", "Elzach", "Stepanky", "Springfield", "Meråker", "Shuishi"]
    names += ["Elzas", "Kachin", "Martell", "Bakersfield", "Shashi"]
    outcomes = {name: shipped().resolve(name).outcome for name in names}
    assert outcomes == dict.fromkeys(names, "unmatched")


def test_every_form_of_one_town_is_that_town() -> None:
    names = ["Stepanakert", "Khankendi", "Xankəndi", "Ханкенди", "Ստեփանակերտ"]
    names += ["ԽԱՆՔԵՆԴԻ", "Khankandi", "Stepanakrt", "KHANKENDI", "xankendi"]
    answers = {name: shipped().resolve(name) for name in names}
    matched = {
        name: each.match.place_id for name, each in answers.items() if each.match
    }
    assert set(matched) == set(names)
    assert len(set(matched.values())) == 1
    assert answers["Xankəndi"].match.method == "exact"
    assert answers["ԽԱՆՔԵՆԴԻ"].match.method == "folded"
    assert answers["Stepanakrt"].match.method == "fuzzy"


def test_every_shipped_name_mangled_has_its_place_among_the_candidates() -> None:
    lost = []
    bearers: dict[str, set[str]] = {}
    for each in shipped_tables().places.values():
        for toponym in each.toponyms:
            bearers.setdefault(match_key(toponym.name), set()).add(each.place_id)
    for each in shipped_tables().places.values():
        for toponym in each.toponyms:
            if not of_note(each) and not sampled(toponym.name, 8):
                continue
            decomposed = unicodedata.normalize("NFD", toponym.name)
            # a vowel sign of an Indic script is a letter, not a diacritic
            bare = "".join(
                c for c in decomposed if c > "\u0700" or not unicodedata.combining(c)
            )
            for text in (
                toponym.name,
                decomposed,
                toponym.name.upper(),
                toponym.name.lower(),
                f" {toponym.name.swapcase()}\n",
                toponym.name.replace("-", " ").replace(" ", "  "),
                bare,
                bare.upper(),
            ):
                found = scores(shipped().resolve(text))
                # without its marks it may be the very name of others
                others = bearers.get(match_key(text), set())
                if (each.replaced_by or each.place_id) not in found and not (
                    text in {bare, bare.upper()} and others.intersection(found)
                ):
                    lost.append((toponym.name, text, found))
    assert lost == []


def test_contexts_of_the_trouble_list() -> None:
    wrong = []
    for row in cases("resolve-contexts.csv"):
        fields = {
            field: value
            for field, value in row.items()
            if value and field in Context._fields
        }
        if "near" in fields:
            lat, lon = fields["near"].split()
            fields["near"] = (float(lat), float(lon))
        if "mentions" in fields:
            fields["mentions"] = tuple(fields["mentions"].split("; "))
        answer = small().resolve(row["query"], Context(**fields))
        match = answer.match.place_id if answer.match else ""
        if (answer.outcome, match) != (row["outcome"], row["place_id"]):
            wrong.append((row, answer.outcome, scores(answer)))
    assert wrong == []


# ----------------------------------------------------------------------------- outcomes


def test_a_name_of_one_place_is_matched() -> None:
    answer = small().resolve("Xankəndi")
    assert (answer.outcome, answer.match.place_id) == ("matched", "gz-000005a")
    assert (answer.match.method, answer.match.similarity, answer.match.score) == (
        "exact",
        100,
        100,
    )
    assert answer.match.toponym.name == "Xankəndi"
    assert answer.match.links == {"geonames": ["146970"]}
    assert answer.margin is None
    assert answer.require() == answer.match.place


def test_a_homonym_is_ambiguous_and_shows_all_its_places() -> None:
    answer = small().resolve("Martuni")
    assert answer.outcome == "ambiguous"
    assert answer.match is None
    assert scores(answer) == {"gz-0000132": 100, "gz-000014c": 100}
    assert answer.margin == 0
    with pytest.raises(
        AmbiguousPlaceError, match="gz-0000132, town, score 100"
    ) as caught:
        answer.require()
    assert (caught.value.query, caught.value.outcome) == ("Martuni", "ambiguous")


def test_a_doubtful_or_unmatched_query_cannot_be_required() -> None:
    for query, outcome in (("Yerrevan", "doubtful"), ("Springfield", "unmatched")):
        with pytest.raises(
            UnresolvedError, match=f"'{query}' is {outcome}: "
        ) as caught:
            small().resolve(query).require()
        assert not isinstance(caught.value, AmbiguousPlaceError)


def test_a_default_sense_decides_a_bare_homonym_and_says_so() -> None:
    answer = small().resolve("Artsakh")
    assert answer.match.place_id == "gz-000008g"
    assert list(scores(answer)) == ["gz-000008g", "gz-000009j"]
    assert answer.margin == 0
    assert "default sense, gz-000008g, decided" in answer.notes[0]


def test_without_default_senses_the_homonym_is_ambiguous_and_says_what_was_left() -> (
    None
):
    answer = small().resolve("Artsakh", policy=Policy(default_senses=False))
    assert answer.outcome == "ambiguous"
    assert "the policy does not use it" in answer.notes[0]


def test_without_a_default_sense_priors_order_and_do_not_decide() -> None:
    answer = small().resolve("Karabakh")
    assert answer.outcome == "ambiguous"
    assert list(scores(answer)) == ["gz-000008g", "gz-0000104"]  # prior .55 and .3


def test_two_default_senses_decide_nothing() -> None:
    two = resolver(
        place("a", named("Aldbourne", default_sense=True)),
        place("b", named("Aldbourne", default_sense=True)),
    )
    answer = two.resolve("Aldbourne")
    assert answer.outcome == "ambiguous"
    assert answer.notes == ("several reviewed default senses",)


def test_a_default_sense_of_another_spelling_does_not_decide() -> None:
    # `Agdam` is written exactly so for a; b's default is for the name with its mark
    answer = resolver(
        place("a", "Agdam"), place("b", named("Ağdam", default_sense=True))
    ).resolve("Agdam")
    assert answer.outcome == "ambiguous"


@pytest.mark.parametrize(
    ("query", "outcome", "first"),
    [
        ("Ağdam", "matched", "marked"),  # who writes the mark means the mark
        ("Agdam", "ambiguous", "plain"),  # who writes none may have no key for it
        ("AGDAM", "ambiguous", "plain"),
        ("agdam", "ambiguous", "plain"),
    ],
)
def test_places_that_marks_alone_tell_apart(
    query: str, outcome: str, first: str
) -> None:
    answer = resolver(place("plain", "Agdam"), place("marked", "Ağdam")).resolve(query)
    assert answer.outcome == outcome
    assert answer.candidates[0].place_id == first
    assert len(answer.candidates) == 2


def test_the_margin_is_what_the_policy_says() -> None:
    two = resolver(place("a", "Agdam"), place("b", "Ağdam"))
    assert two.resolve("Agdam", policy=Policy(margin=2)).outcome == "matched"
    assert two.resolve("Agdam", policy=Policy(margin=3)).outcome == "ambiguous"
    same = resolver(place("a", "Agdam"), place("b", "Agdam"))
    assert same.resolve("Agdam", policy=Policy(margin=0)).outcome == "ambiguous"


def test_the_thresholds_are_what_the_policy_says() -> None:
    query = "Khankend"
    assert small().resolve(query, policy=Policy(accept=87)).outcome == "matched"
    assert small().resolve(query, policy=Policy(accept=88)).outcome == "doubtful"
    assert small().resolve(query, policy=Policy(review=88)).outcome == "unmatched"


def test_a_name_written_exactly_so_comes_first_and_does_not_decide() -> None:
    # that b has no row in this script says more about the data than about the query
    answer = resolver(place("a", "Шуша"), place("b", "Shusha")).resolve("Шуша")
    assert answer.outcome == "ambiguous"
    assert [each.place_id for each in answer.candidates] == ["a", "b"]
    assert [each.method for each in answer.candidates] == ["exact", "folded"]


def test_a_form_kept_for_matching_comes_last_and_may_match() -> None:
    two = resolver(place("a", named("Susa", form="hidden"), "Şuşa"), place("b", "Susa"))
    assert two.resolve("Susa").outcome == "ambiguous"
    assert two.resolve("Susa").candidates[0].place_id == "b"
    one = resolver(place("a", named("Susa", form="hidden"), "Şuşa"))
    assert one.resolve("Susa").match.place_id == "a"


def test_a_default_sense_holds_for_the_other_spellings_of_the_name() -> None:
    answer = resolver(
        place("a", named("Shusha", default_sense=True), "Şuşa"), place("b", "Shusha")
    ).resolve("Şuşa")
    assert answer.match.place_id == "a"
    assert answer.match.toponym.name == "Şuşa"
    assert "'Shusha' (nm-a-Shusha) is a name of 2 places" in answer.notes[0]


@pytest.mark.parametrize("form", ["adj", "demonym"])
def test_an_adjective_is_not_the_name(form: str) -> None:
    answer = resolver(place("a", "Utopia", named("Utopian", form=form))).resolve(
        "Utopian"
    )
    assert answer.outcome == "doubtful"
    assert "not a name of the place" in reasons(answer)["a"]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("Wldbourneton", "the first letter differs"),
        ("Aldbuornetwn", "two letters differ"),
    ],
)
def test_some_slips_are_never_accepted(query: str, why: str) -> None:
    answer = resolver(place("a", "Aldbourneton")).resolve(query)
    assert answer.outcome == "doubtful"
    assert why in reasons(answer)["a"]


def test_two_letters_need_support() -> None:
    region = place("r", "Nova Kanto", named("NK", form="abbr"), type="region")
    land = place(
        "c", "Utopia", named("UT", form="abbr", default_sense=True), type="country"
    )
    town = place("t", "Aldbourne", relations=[related("t", "part_of", "r")])
    some = resolver(region, land, town)
    assert some.resolve("NK").outcome == "doubtful"
    assert some.resolve("NK", Context(mentions=("Nova Kanto",))).match.place_id == "r"
    assert some.resolve("NK", Context(mentions=("Aldbourne",))).match.place_id == "r"
    assert some.resolve("NK", Context(type="region")).match.place_id == "r"
    assert some.resolve("UT").match.place_id == "c"
    assert some.resolve("ut").outcome == "doubtful"


def test_longer_abbreviations_do_not() -> None:
    assert small().resolve("NKAO").match.place_id == "gz-0000116"
    assert small().resolve("nkr").match.place_id == "gz-000009j"


# ---------------------------------------------------------------------------------- ids


@pytest.mark.parametrize(
    ("query", "place_id"),
    [
        ("gz-000005a", "gz-000005a"),
        (" GZ-000005A ", "gz-000005a"),
        ("gz-000015e", "gz-000006c"),
        ("geonames:146970", "gz-000005a"),
        ("wikidata:Q244165", "gz-000009j"),
    ],
)
def test_an_id_is_its_place(query: str, place_id: str) -> None:
    answer = small().resolve(query)
    assert (answer.match.method, answer.match.place_id) == ("id", place_id)
    assert answer.match.toponym is None
    assert small().place(query).place_id == place_id


def test_a_retired_id_says_where_it_leads() -> None:
    assert small().resolve("gz-000015e").notes == (
        "gz-000015e is retired; it is gz-000006c",
    )


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("gz-0000000", "no place has the id gz-0000000"),
        ("gz-0000001", "check character is wrong"),
        ("gz-what", "not 'gz-' and seven"),
        ("geonames:1", "no place has the exact link geonames:1"),
    ],
)
def test_an_unknown_id_is_unmatched_with_the_reason(query: str, note: str) -> None:
    answer = small().resolve(query)
    assert (answer.outcome, answer.candidates) == ("unmatched", ())
    assert note in answer.notes[0]
    assert small().place(query) is None


def test_only_exact_links_identify() -> None:
    some = resolver(
        place("a", "Aldbourne", links=["~tgn:7"]), place("b", "Bodmin", links=["tgn:8"])
    )
    assert some.resolve("tgn:8").match.place_id == "b"
    assert some.resolve("tgn:7").notes == ("tgn:7 is a close link of a",)


def test_an_id_of_several_places_is_ambiguous() -> None:
    some = resolver(place("a", "A", links=["tgn:7"]), place("b", "B", links=["tgn:7"]))
    assert some.resolve("tgn:7").outcome == "ambiguous"
    assert some.place("tgn:7") is None


def test_a_colon_alone_makes_no_id() -> None:
    some = resolver(place("a", "Port:Royal", links=["tgn:7"]))
    assert some.resolve("Port:Royal").match.place_id == "a"


def test_ids_of_other_stores_are_ids_too() -> None:
    assert (
        resolver(place("gn-146970", "Aldbourne")).resolve("gn-146970").match.method
        == "id"
    )


def test_redirects_that_lead_nowhere_or_in_a_circle_are_unmatched() -> None:
    some = resolver(
        place("a", "Aldbourne", replaced_by="b"),
        place("b", replaced_by="a"),
        place("c", "Bodmin", replaced_by="z"),
    )
    for query in ("a", "b", "c", "Aldbourne", "Bodmin"):
        assert some.resolve(query).outcome == "unmatched"


def test_a_name_of_a_retired_place_leads_to_its_successor() -> None:
    some = resolver(place("a", "Aldbourne", replaced_by="b"), place("b", "Bodmin"))
    assert some.resolve("Aldbourne").match.place_id == "b"


def test_an_id_is_taken_at_a_date_when_its_place_did_not_exist() -> None:
    answer = small().resolve("gz-0000116", Context(event="2001"))
    assert answer.match.place_id == "gz-0000116"
    assert "not at 2001" in answer.notes[0]


# --------------------------------------------------------------------- what is no name


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("", "the query is empty"),
        (" \t\n\u00a0", "the query is empty"),
        ("x" * 10_000, "10000 characters are too long"),
        ("Shusha\x00", "control characters"),
        ("…", "no name in the data"),
    ],
)
def test_what_cannot_be_a_name_is_unmatched_with_a_note(query: str, note: str) -> None:
    answer = small().resolve(query)
    assert (answer.outcome, answer.candidates) == ("unmatched", ())
    assert note in answer.notes[0]


def test_a_line_break_inside_a_name_is_a_space() -> None:
    assert small().resolve("Nagorno-\nKarabakh").outcome != "unmatched"
    assert small().resolve("Shusha\tDistrict").match.place_id == "gz-000007e"


@pytest.mark.parametrize("space", ["\t", "\n", "\v", "\x1c", "\x1f", "\x85", "\xa0"])
@pytest.mark.parametrize("shape", ["Shusha{}District", "shusha{}district", "Shusha{}"])
def test_white_space_of_any_kind_is_a_space_in_a_column_too(
    space: str, shape: str
) -> None:
    query = shape.format(space)
    some = small()
    queries = [query, "Shusha", f"{query}\x00"]
    answers = some.resolve_many(queries)
    assert [each.outcome for each in answers] == [
        some.resolve(each).outcome for each in queries
    ]
    assert answers[0].outcome == "matched"


# -------------------------------------------------------------------- several names


def test_two_names_that_share_a_place_mean_it() -> None:
    answer = small().resolve("Nagorno-Karabakh (Artsakh)")
    assert answer.match.place_id == "gz-000008g"
    assert "another name of it" in reasons(answer)["gz-000008g"]


def test_two_names_of_different_places_mean_neither() -> None:
    answer = small().resolve("Baku/Yerevan")
    assert (answer.outcome, answer.candidates) == ("unmatched", ())
    assert answer.notes == ("'Baku', 'Yerevan' are not names of one place",)


@pytest.mark.parametrize(
    ("query", "outcome"),
    [
        ("Baku, Azerbaijan", "matched"),
        ("Baku (Azerbaijan)", "matched"),
        ("Martuni, Armenia", "matched"),
        ("Baku, Armenia", "doubtful"),
        ("Baku, Utopia", "doubtful"),
        ("Utopia, Arcadia", "unmatched"),
    ],
)
def test_a_second_name_may_say_where_the_first_lies(query: str, outcome: str) -> None:
    assert small().resolve(query).outcome == outcome


# ------------------------------------------------------------------ context: containment

LANDS = (
    place("c1", "Utopia", type="country", links=["iso3166-1:UT", "iso3166-1:UTO"]),
    place("c2", "Arcadia", type="country"),
)


def test_a_contested_misfit_steps_behind_and_is_never_shut_out() -> None:
    some = resolver(
        *LANDS,
        place(
            "a", "Aldbourne", dispute="d", relations=[related("a", "claimed_by", "c1")]
        ),
        place("b", "Bodmin", dispute="d", relations=[related("b", "claimed_by", "c1")]),
        place("c", "Bodmin", relations=[related("c", "part_of", "c2")]),
    )
    alone = some.resolve("Aldbourne", Context(country="Arcadia"))
    assert alone.match.place_id == "a"
    assert 90 <= alone.match.score < 100
    rival = some.resolve("Bodmin", Context(country="Arcadia"))
    assert rival.match.place_id == "c"
    assert scores(rival)["b"] >= 90


def test_an_uncontested_misfit_is_not_matched() -> None:
    some = resolver(
        *LANDS, place("a", "Aldbourne", relations=[related("a", "part_of", "c1")])
    )
    answer = some.resolve("Aldbourne", Context(country="Arcadia"))
    assert answer.outcome == "doubtful"
    assert "nobody in the data puts it in country 'Arcadia'" in reasons(answer)["a"]


def test_where_none_fits_being_contested_is_no_advantage() -> None:
    some = resolver(
        *LANDS,
        place("a", "Aldbourne", dispute="d", relations=[related("a", "part_of", "c1")]),
        place("b", "Aldbourne", relations=[related("b", "part_of", "c1")]),
    )
    answer = some.resolve("Aldbourne", Context(country="Arcadia"))
    assert answer.outcome == "doubtful"
    assert len(set(scores(answer).values())) == 1


def test_a_place_of_which_nothing_is_said_is_not_shut_out() -> None:
    some = resolver(*LANDS, place("a", "Aldbourne"))
    answer = some.resolve("Aldbourne", Context(country="Arcadia"))
    assert answer.outcome == "matched"
    assert "the data do not say" in reasons(answer)["a"]


@pytest.mark.parametrize(
    "predicate",
    ["part_of", "administered_by", "claimed_by", "recognised_as_part_of", "seat_of"],
)
def test_any_relation_by_any_party_fits_and_is_named_with_its_source(
    predicate: str,
) -> None:
    some = resolver(
        *LANDS,
        place(
            "a",
            "Aldbourne",
            relations=[related("a", predicate, "c1", "somebody", "1992/..")],
        ),
    )
    answer = some.resolve("Aldbourne", Context(country="Utopia"))
    assert answer.match.score == 100
    said = f"{predicate.replace('_', ' ')} c1 according to somebody (1992/.., source s-somebody)"
    assert said in reasons(answer)["a"]
    assert said in answer.explain()


@pytest.mark.parametrize("predicate", ["overlaps", "succeeds", "proclaimed"])
def test_other_relations_do_not_contain(predicate: str) -> None:
    some = resolver(
        *LANDS, place("a", "Aldbourne", relations=[related("a", predicate, "c1")])
    )
    answer = some.resolve("Aldbourne", Context(country="Utopia"))
    assert "the data do not say" in reasons(answer)["a"]


def test_containment_goes_up_through_part_of_with_one_other_statement() -> None:
    some = resolver(
        *LANDS,
        place(
            "r", "Region", type="region", relations=[related("r", "claimed_by", "c1")]
        ),
        place("d", "District", relations=[related("d", "part_of", "r")]),
        place("a", "Aldbourne", relations=[related("a", "part_of", "d")]),
        place("b", "Bodmin", relations=[related("b", "claimed_by", "r")]),
    )
    assert some.resolve("Aldbourne", Context(country="Utopia")).match.score == 100
    assert some.resolve("Bodmin", Context(country="Utopia")).outcome == "doubtful"
    assert some.resolve("Bodmin", Context(within="Region")).match.score == 100


def test_circles_of_containment_end() -> None:
    some = resolver(
        *LANDS,
        place("a", "Aldbourne", relations=[related("a", "part_of", "b")]),
        place(
            "b",
            "Bodmin",
            relations=[related("b", "part_of", "a"), related("b", "part_of", "b")],
        ),
    )
    assert some.resolve("Aldbourne", Context(country="Utopia")).outcome == "doubtful"


def test_a_relation_to_a_place_that_is_not_there_contains_nothing() -> None:
    some = resolver(
        *LANDS, place("a", "Aldbourne", relations=[related("a", "part_of", "z")])
    )
    answer = some.resolve("Aldbourne", Context(country="Utopia", mentions=("Arcadia",)))
    assert "the data do not say" in reasons(answer)["a"]


def test_a_relation_to_a_retired_id_means_its_successor() -> None:
    some = resolver(
        *LANDS,
        place("old", replaced_by="c1"),
        place("a", "Aldbourne", relations=[related("a", "part_of", "old")]),
    )
    assert some.resolve("Aldbourne", Context(country="Utopia")).match.score == 100


def test_a_relation_counts_at_the_date_of_the_event() -> None:
    then = [
        related("a", "part_of", "c1", valid="/1990"),
        related("a", "part_of", "c2", valid="1991/.."),
    ]
    some = resolver(
        *LANDS,
        place("a", "Aldbourne", relations=then),
        place("b", "Aldbourne", relations=[related("b", "part_of", "c1")]),
    )
    undated = some.resolve("Aldbourne", Context(country="Utopia"))
    assert undated.outcome == "ambiguous"
    dated = some.resolve("Aldbourne", Context(country="Utopia", event="1995"))
    assert dated.match.place_id == "b"
    assert "at other dates only" in reasons(dated)["a"]


def test_a_place_fits_itself() -> None:
    assert (
        small().resolve("Azerbaijan", Context(country="Azerbaijan")).match.score == 100
    )


@pytest.mark.parametrize(
    "country", ["Utopia", "UTOPIA", "c1", "iso3166-1:UT", "UT", "UTO"]
)
def test_a_country_may_be_a_name_an_id_or_a_code(country: str) -> None:
    some = resolver(
        *LANDS,
        place("a", "Aldbourne", relations=[related("a", "part_of", "c1")]),
        place("b", "Aldbourne", relations=[related("b", "part_of", "c2")]),
    )
    assert some.resolve("Aldbourne", Context(country=country)).match.place_id == "a"


def test_an_area_that_is_a_homonym_is_any_of_its_places() -> None:
    answer = small().resolve("Martuni", Context(within="Karabakh"))
    assert answer.match.place_id == "gz-0000132"
    assert "any of gz-000008g, gz-0000104 will do" in answer.notes[0]


def test_a_country_is_looked_for_among_countries_first() -> None:
    some = resolver(
        place("c", "Utopia", type="country"),
        place("t", "Utopia"),
        place("a", "Aldbourne", relations=[related("a", "part_of", "c")]),
    )
    answer = some.resolve("Aldbourne", Context(country="Utopia"))
    assert (answer.match.place_id, answer.match.score, answer.notes) == ("a", 100, ())


# -------------------------------------------------------------- context: what is wrong


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"type": "hamlet"}, "type", "not one of admin-unit, city"),
        ({"country": "Nowhereland"}, "country", "no country of this name in the data"),
        ({"country": "Armenai"}, "country", "nearest: Armenia (gz-0000024, country)"),
        ({"country": "Baku"}, "country", "not surely a country"),
        ({"within": "gz-0000001"}, "within", "scheme:id"),
        ({"event": "May 1992"}, "event", "'1992-05'"),
        ({"published": "1992/1991"}, "published", "ends before it starts"),
        ({"lang": "english!"}, "lang", "'en' would be"),
        ({"near": (95.0, 46.0)}, "near", "latitude"),
        ({"near": (float("nan"), 46.0)}, "near", "latitude"),
        ({"near": "39,46"}, "near", "latitude"),
        ({"near": (39.0,)}, "near", "latitude"),
        ({"mentions": "Shusha"}, "mentions", "list of names"),
        ({"mentions": (1,)}, "mentions", "list of names"),
        ({"country": 7}, "country", "not a text"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_field(
    fields: dict, field: str, words: str
) -> None:
    with pytest.raises(ContextError) as caught:
        small().resolve("Shusha", Context(**fields))
    assert caught.value.field == field
    assert caught.value.value == fields[field]
    assert words in str(caught.value)


def test_empty_fields_are_no_context() -> None:
    empty = Context(country="", within="", near=(), type="", mentions=[], event="")
    assert small().resolve("Martuni", empty) == small().resolve("Martuni")


# --------------------------------------------------------------------- context: the rest


def test_a_type_parts_a_region_from_the_polity_in_it() -> None:
    answer = small().resolve("Artsakh", Context(type="polity"))
    assert answer.match.place_id == "gz-000009j"
    assert answer.margin > Policy().margin


@pytest.mark.parametrize("wanted", PLACE_TYPES)
def test_every_type_can_be_asked_for(wanted: str) -> None:
    some = resolver(
        *(place(f"p-{each}", "Aldbourne", type=each) for each in PLACE_TYPES)
    )
    answer = some.resolve("Aldbourne", Context(type=wanted))
    assert answer.match.place.type == wanted


def test_people_say_town_for_a_city_but_not_for_a_lake() -> None:
    some = resolver(
        place("a", "Aldbourne", type="city"), place("b", "Bodmin", type="water")
    )
    assert some.resolve("Aldbourne", Context(type="town")).outcome == "matched"
    assert some.resolve("Bodmin", Context(type="town")).outcome == "doubtful"


def test_existence_at_the_event_filters_and_says_so() -> None:
    answer = small().resolve("Artsakh", Context(event="1985"))
    assert list(scores(answer)) == ["gz-000008g"]
    assert (
        "gz-000009j (polity), named 'Artsakh', is left out: it existed 1991-09-02"
        in answer.notes[0]
    )
    kept = small().resolve("Artsakh", Context(event="1995"))
    assert "no dates of existence, so it counts at 1995" in reasons(kept)["gz-000008g"]
    assert "existed 1991-09-02/2023-12-31?, so at 1995" in reasons(kept)["gz-000009j"]
    gone = small().resolve("NKAO", Context(event="1995"))
    assert (gone.outcome, gone.candidates) == ("unmatched", ())
    assert "existed 1923-07-07/1991-11-26" in gone.notes[0]


def test_the_dates_of_a_name_only_order() -> None:
    some = resolver(
        place("a", named("Aldbourne", valid="/1923")),
        place("b", named("Aldbourne", valid="1924/..")),
    )
    old = some.resolve("Aldbourne", Context(event="1900"))
    new = some.resolve("Aldbourne", Context(published="2000"))
    assert (list(scores(old)), list(scores(new))) == (["a", "b"], ["b", "a"])
    assert old.outcome == new.outcome == "ambiguous"
    assert "only orders" in reasons(old)["b"]
    alone = resolver(place("a", named("Aldbourne", valid="/1923")))
    assert alone.resolve("Aldbourne", Context(event="2000")).match.score == 100


def test_a_place_that_began_after_the_text_is_not_meant() -> None:
    some = resolver(place("a", "Aldbourne", exists="2021/.."), place("b", "Aldbourne"))
    assert some.resolve("Aldbourne", Context(published="2010")).match.place_id == "b"
    assert some.resolve("Aldbourne", Context(published="2022")).outcome == "ambiguous"


def test_no_date_is_assumed() -> None:
    some = resolver(
        place("a", "Aldbourne", exists="/1900"),
        place("b", "Aldbourne", exists="2000/.."),
    )
    assert some.resolve("Aldbourne").outcome == "ambiguous"


def test_language_only_orders() -> None:
    some = resolver(
        place("a", named("Vank", lang="hy-Latn")), place("b", named("Vank", lang="ru"))
    )
    answer = some.resolve("Vank", Context(lang="ru-RU"))
    assert (answer.outcome, list(scores(answer))) == ("ambiguous", ["b", "a"])


HERE_AND_THERE = (
    place("near", "Aldbourne", at=(39.8, 47.1)),
    place("far", "Aldbourne", at=(40.14, 45.3)),
)


def test_a_point_decides_between_places_far_apart() -> None:
    some = resolver(*HERE_AND_THERE)
    answer = some.resolve("Aldbourne", Context(near=(39.81, 46.75)))
    assert answer.match.place_id == "near"
    assert "30 km from the point given" in reasons(answer)["near"]
    between = some.resolve("Aldbourne", Context(near=(39.9, 46.2)))
    assert between.outcome == "ambiguous"


def test_a_point_a_world_away_speaks_against_a_town() -> None:
    some = resolver(
        *HERE_AND_THERE[:1], place("land", "Utopia", type="country", at=(40, 47))
    )
    assert some.resolve("Aldbourne", Context(near=(51.5, 0))).outcome == "doubtful"
    assert some.resolve("Utopia", Context(near=(51.5, 0))).outcome == "matched"


def test_distance_is_along_the_great_circle_across_the_date_line() -> None:
    some = resolver(place("a", "Aldbourne", at=(0, 179.9)))
    answer = some.resolve("Aldbourne", Context(near=(0, -179.9)))
    assert "22 km" in reasons(answer)["a"]


def test_co_mentions_decide_between_places_far_apart() -> None:
    some = resolver(*HERE_AND_THERE, place("m", "Bodmin", at=(39.8, 46.8)))
    answer = some.resolve("Aldbourne", Context(mentions=("Bodmin",)))
    assert answer.match.place_id == "near"
    assert "'Bodmin' in the same text (m) is 26 km away" in reasons(answer)["near"]


def test_what_lies_in_a_place_speaks_for_it() -> None:
    some = resolver(
        place("a", "Aldbourne", type="district"),
        place("b", "Aldbourne", type="district"),
        place("m", "Bodmin", relations=[related("m", "part_of", "b")]),
    )
    answer = some.resolve("Aldbourne", Context(mentions=("Bodmin",)))
    assert answer.match.place_id == "b"
    assert "(m) lies in it" in reasons(answer)["b"]


def test_co_mentions_that_speak_for_both_decide_nothing() -> None:
    some = resolver(
        *HERE_AND_THERE,
        place("m", "Bodmin", at=(39.8, 46.8)),
        place("n", "Camelford", at=(40.1, 45.3)),
    )
    answer = some.resolve("Aldbourne", Context(mentions=("Bodmin", "Camelford")))
    assert answer.outcome == "ambiguous"


def test_ambiguous_and_unknown_co_mentions_are_no_evidence() -> None:
    some = resolver(
        *HERE_AND_THERE,
        place("m", "Bodmin", at=(39.8, 46.8)),
        place("n", "Bodmin", at=(10, 10)),
    )
    mentions = ("Bodmin", "Nowhere", "", "Aldbourne")
    assert some.resolve("Aldbourne", Context(mentions=mentions)).outcome == "ambiguous"


def test_countries_are_no_evidence_as_co_mentions() -> None:
    assert (
        small().resolve("Martuni", Context(mentions=("Armenia",))).outcome
        == "ambiguous"
    )


@pytest.mark.parametrize(
    "relation",
    [
        related("whole", "overlaps", "part"),
        related("part", "overlaps", "whole"),
        related("part", "part_of", "whole"),
        related("part", "seat_of", "whole"),
        related("part", "succeeds", "whole"),
        related("part", "part_of", "between"),
    ],
)
def test_extent_is_structural(relation) -> None:
    def relations(place_id: str) -> list:
        return [relation] if relation.subject == place_id else []

    some = resolver(
        place(
            "whole",
            "Aldbourne",
            type="region",
            at=(39.8, 46.8),
            relations=relations("whole"),
        ),
        place("part", "Aldbourne", at=(41.8, 46.8), relations=relations("part")),
        place("between", "Between", relations=[related("between", "part_of", "whole")]),
        place(
            "m", "Bodmin", at=(41.8, 46.8), relations=[related("m", "part_of", "part")]
        ),
    )
    for context in (Context(mentions=("Bodmin",)), Context(near=(41.8, 46.8))):
        answer = some.resolve("Aldbourne", context)
        assert answer.outcome == "ambiguous"
    assert some.resolve("Aldbourne", Context(type="region")).match.place_id == "whole"


def test_karabakh_is_decided_by_the_caller_alone() -> None:
    mentions = ("Stepanakert", "Shusha", "Khojavend", "Baku")
    assert (
        small().resolve("Karabakh", Context(mentions=mentions)).outcome == "ambiguous"
    )
    assert (
        small().resolve("Artsakh", Context(mentions=mentions)).match.place_id
        == "gz-000008g"
    )


# ---------------------------------------------------------------------- many at a time


def test_many_answers_are_the_answers_one_by_one_in_columns() -> None:
    queries = ["Shusha", "Martuni", "Shusha", "Nowhere", "gz-000005a"]
    answers = small().resolve_many(iter(queries))
    assert list(answers) == [small().resolve(query) for query in queries]
    assert answers[0] is answers[2]
    columns = answers.columns()
    assert columns["query"] == queries
    assert columns["outcome"] == [
        "matched",
        "ambiguous",
        "matched",
        "unmatched",
        "matched",
    ]
    assert columns["place_id"] == ["gz-000006c", None, "gz-000006c", None, "gz-000005a"]
    assert columns["name"] == ["Shusha", "Martuni", "Shusha", None, None]
    assert columns["method"] == ["exact", "exact", "exact", None, "id"]
    assert columns["similarity"] == columns["score"] == [100, 100, 100, None, 100]
    assert columns["margin"] == [0, 0, 0, None, None]
    assert columns["candidates"][1] == ["gz-0000132", "gz-000014c"]
    assert {len(column) for column in columns.values()} == {5}


def test_each_query_may_have_a_context_of_its_own() -> None:
    contexts = [
        None,
        Context(country="Armenia"),
        Context(country="Azerbaijan"),
        Context(),
    ]
    answers = small().resolve_many(["Martuni"] * 4, contexts)
    assert answers.place_id == [None, "gz-000014c", "gz-0000132", None]
    assert answers[0] is answers[3]
    one_for_all = small().resolve_many(["Martuni"] * 2, Context(country="Armenia"))
    assert one_for_all.place_id == ["gz-000014c"] * 2


def test_contexts_and_queries_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="2 queries and 1 context;"):
        small().resolve_many(["a", "b"], [None])


def test_many_answers_are_a_sequence() -> None:
    answers = small().resolve_many(["Shusha", "Nowhere"])
    assert isinstance(answers[:1], Resolutions)
    assert answers[:1] == small().resolve_many(["Shusha"])
    assert answers != small().resolve_many(["Shusha"])
    assert answers != ["Shusha"]
    assert len({answers, small().resolve_many(["Shusha", "Nowhere"])}) == 1
    assert repr(answers) == "<Resolutions of 2 queries: 1 matched, 1 unmatched>"
    assert repr(answers[:0]) == "<Resolutions of 0 queries: none>"


# ---------------------------------------------------------------------- in words and JSON


def test_the_explanation_says_what_decided() -> None:
    lines = (
        small()
        .resolve("Artsakh", Context(country="Azerbaijan", event="1995"))
        .explain()
    )
    for words in (
        "'Artsakh' is matched: gz-000008g (region)",
        "context: country='Azerbaijan', event='1995'",
        "by 'Artsakh' (en, nm-000044r): exact",
        "similarity 100.0, score 100.0",
        "accepted from 90, reviewed from 70",
        "recognised as part of gz-0000012 according to un (1993/.., source made-for-tests)",
        "claimed by gz-0000012 according to az-gov",
        "runners-up:",
        "gz-000009j (polity)",
    ):
        assert words in lines, lines


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Martuni", "ambiguous: several places are meant equally well"),
        ("Yerrevan", "doubtful: no candidate reaches 90"),
        ("Springfield", "unmatched: no candidate"),
        ("Bakus", "unmatched: no candidate reaches 70"),
        ("Stepanakrt", "one letter differs"),
        ("XANKƏNDİ", "differs in case"),
        ("Bilgah", "no name in the data is this or near to it"),
    ],
)
def test_every_outcome_explains_itself(query: str, words: str) -> None:
    assert words in small().resolve(query).explain()


def test_many_runners_up_are_counted() -> None:
    some = resolver(*(place(f"p{n}", "Aldbourne") for n in range(9)))
    assert "and 3 more" in some.resolve("Aldbourne").explain()


KEYS = [
    "query", "outcome", "method", "similarity", "score", "margin", "place_id", "name",
    "lang", "links", "candidates", "context", "notes",
]  # fmt: skip
CANDIDATE_KEYS = [
    "place_id", "type", "name", "lang", "method", "similarity", "score", "links", "lat",
    "lon", "reasons",
]  # fmt: skip


@pytest.mark.parametrize(
    "query", ["Xankəndi", "Martuni", "Yerrevan", "Nowhere", "gz-000005a", ""]
)
def test_the_json_has_every_key(query: str) -> None:
    answer = small().resolve(query, Context(near=(39.8, 46.7), mentions=("Shusha",)))
    shape = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    assert list(shape) == KEYS
    assert list(shape["context"]) == list(Context._fields)
    assert shape["context"]["near"] == [39.8, 46.7]
    assert shape["context"]["country"] is None
    for candidate in shape["candidates"]:
        assert list(candidate) == CANDIDATE_KEYS
    if answer.match:
        first = shape["candidates"][0]
        assert all(
            shape[key] == first[key] for key in ("place_id", "name", "score", "links")
        )
    else:
        assert all(
            shape[key] is None for key in ("place_id", "name", "method", "links")
        )


# --------------------------------------------------------------------------------- laws

NAMES = sorted(
    {t.name for each in small_tables().places.values() for t in each.toponyms}
)
OTHERS = [
    "Stepanakrt", "martuni", "Karabagh", "Nowhere", "Baku, Azerbaijan", "gz-000015e",
]  # fmt: skip
QUERIES = st.sampled_from([*NAMES, *OTHERS])
CONTEXTS = st.sampled_from(
    [
        None,
        Context(country="Armenia"),
        Context(country="Azerbaijan", event="1995"),
        Context(within="Karabakh", type="town"),
        Context(near=(39.8, 46.7)),
        Context(mentions=("Khankendi", "Baku")),
    ]
)
LAW = settings(deadline=None)


@LAW
@given(st.text(st.characters()) | st.text("Shushabcİı-’/(), \x00\u200c", max_size=30))
def test_no_text_raises(query: str) -> None:
    answer = small().resolve(query)
    assert answer.outcome in OUTCOMES
    assert answer.query == query
    assert answer.explain()
    assert answer.to_dict()["query"] == query
    assert (answer.match is not None) == (answer.outcome == "matched")


@LAW
@given(QUERIES, CONTEXTS)
def test_the_outcome_is_what_the_scores_say(
    query: str, context: Context | None
) -> None:
    answer = small().resolve(query, context)
    found = [each.score for each in answer.candidates]
    policy = answer.policy
    assert found == sorted(found, reverse=True)
    assert all(0 <= score <= 100 for score in found)
    if not found or found[0] < policy.review:
        assert answer.outcome == "unmatched"
    elif found[0] < policy.accept:
        assert answer.outcome == "doubtful"
    else:
        tied = [
            score
            for score in found
            if score >= max(policy.accept, found[0] - policy.margin)
        ]
        decided = any("default sense" in note for note in answer.notes)
        assert answer.outcome == (
            "matched" if len(tied) == 1 or decided else "ambiguous"
        )
    assert (answer.margin is None) == (len(found) < 2)
    assert len({each.place_id for each in answer.candidates}) == len(found)


@LAW
@given(st.data())
def test_a_shipped_name_mangled_has_its_place_among_the_candidates(
    data: st.DataObject,
) -> None:
    places = small_tables().places
    toponym = data.draw(
        st.sampled_from([t for each in places.values() for t in each.toponyms])
    )
    text = data.draw(st.sampled_from([str.upper, str.lower, str.swapcase, str.title]))(
        toponym.name
    )
    if data.draw(st.booleans()):
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(each for each in decomposed if not unicodedata.combining(each))
    if data.draw(st.booleans()):
        text = f"\n{text.replace(' ', '  ')} "
    assert toponym.place_id in scores(small().resolve(text))


@LAW
@given(st.randoms(), st.lists(QUERIES, min_size=1, max_size=4), CONTEXTS)
def test_the_order_of_rows_changes_no_outcome(
    random, queries: list[str], context: Context | None
) -> None:
    def shuffled(rows: tuple) -> tuple:
        return tuple(random.sample(rows, len(rows)))

    places = shuffled(tuple(small_tables().places.values()))
    other = of(
        small_tables()._replace(
            places={
                each.place_id: each._replace(
                    toponyms=shuffled(each.toponyms),
                    relations=shuffled(each.relations),
                    link_rows=shuffled(each.link_rows),
                )
                for each in places
            }
        )
    )
    for query in queries:
        assert (
            other.resolve(query, context).to_dict()
            == small().resolve(query, context).to_dict()
        )


@LAW
@given(
    QUERIES, st.lists(st.text("qwxzjv", min_size=4, max_size=12), max_size=4), CONTEXTS
)
def test_unrelated_places_change_no_exact_match(
    query: str, names: list[str], context: Context | None
) -> None:
    unrelated = {f"u{n}": place(f"u{n}", name) for n, name in enumerate(names)}
    more = of(small_tables()._replace(places={**unrelated, **small_tables().places}))
    before, after = small().resolve(query, context), more.resolve(query, context)
    if before.match and before.match.method == "exact":
        assert after.to_dict() == before.to_dict()


@LAW
@given(st.lists(st.tuples(QUERIES, CONTEXTS), max_size=8))
def test_many_are_the_same_as_one_by_one(
    rows: list[tuple[str, Context | None]],
) -> None:
    queries, contexts = [query for query, _ in rows], [context for _, context in rows]
    one_by_one = [small().resolve(*row) for row in rows]
    assert list(small().resolve_many(queries, contexts)) == one_by_one


@LAW
@given(QUERIES, CONTEXTS)
def test_it_does_not_matter_who_says_it(query: str, context: Context | None) -> None:
    # the two sides' statements exchanged: the same scores, so neither is believed more
    swap = {"az-gov": "am-gov", "am-gov": "az-gov"}

    def other_side(each: Place) -> Place:
        return each._replace(
            relations=tuple(
                relation._replace(
                    according_to=swap.get(relation.according_to, relation.according_to)
                )
                for relation in each.relations
            ),
            toponyms=tuple(
                toponym._replace(
                    usages=tuple(
                        usage._replace(
                            authority=swap.get(usage.authority, usage.authority)
                        )
                        for usage in toponym.usages
                    )
                )
                for toponym in each.toponyms
            ),
        )

    places = {key: other_side(each) for key, each in small_tables().places.items()}
    swapped = of(small_tables()._replace(places=places)).resolve(query, context)
    answer = small().resolve(query, context)
    assert (swapped.outcome, scores(swapped)) == (answer.outcome, scores(answer))


@LAW
@given(QUERIES)
def test_asking_twice_gives_the_same(query: str) -> None:
    one = of(small_tables())
    assert one.resolve(query) == one.resolve(query)


def test_placeholders_of_the_context_are_remembered_within_bounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gazetteer.resolve.resolver._REMEMBERED", 1)
    one = of(small_tables())
    for country in ("Armenia", "Azerbaijan", "AM"):
        one.resolve("Martuni", Context(country=country))
    assert len(one._readings) == len(one._plain) == 1
