"""The perspectives that are shipped: equal to both sides, and right on small data."""

import csv
import re
import tomllib
from pathlib import Path

import pytest

from gazetteer.dates import parse_date
from gazetteer.labels import Labeller, check_perspectives, load_perspectives
from gazetteer.labels.bearing import closed, in_use
from gazetteer.labels.checking import _shape
from gazetteer.labels.rules import LOCALS
from gazetteer.labels.sides import side_slots
from gazetteer.tables import load_tables

DATA = Path(__file__).parents[2] / "data"
SMALL = Path(__file__).parents[1] / "fixtures" / "small"
CASES = Path(__file__).parents[1] / "cases" / "shipped-labels.csv"
RAW = tomllib.loads((DATA / "perspectives.toml").read_text(encoding="utf-8"))
SHIPPED = load_perspectives([DATA])

CITY, TOWN, REGION, POLITY = "gz-000005a", "gz-000006c", "gz-000008g", "gz-000009j"


@pytest.fixture(scope="module")
def tables():
    return load_tables(DATA)


@pytest.fixture(scope="module")
def small():
    return load_tables(SMALL)


@pytest.fixture(scope="module")
def labeller(small):
    return Labeller(small, SHIPPED)


def test_the_promised_perspectives_are_there():
    assert {
        "neutral",
        "neutral-first",
        "armenian",
        "azerbaijani",
        "un",
        "historian",
        "bbc",
    } <= set(SHIPPED)


@pytest.mark.parametrize("name", list(SHIPPED))
def test_each_says_what_it_is(name):
    perspective = SHIPPED[name]

    assert perspective.title
    assert perspective.version
    assert perspective.description
    assert perspective.rule_text
    assert perspective.rule_text in SHIPPED.describe(name)


def test_the_check_finds_no_error(tables):
    found = check_perspectives(DATA, tables)

    assert [str(each) for each in found if each.severity == "error"] == []


# ------------------------------------------------------------------- two sides


def test_the_rules_of_the_two_sides_are_the_same_but_for_the_side():
    def rules(name):
        text = repr(RAW["perspective"][name]["rule"])
        return text.replace(name, "side")

    assert rules("armenian") == rules("azerbaijani")
    assert (
        RAW["perspective"]["armenian"]["rule_text"]
        == RAW["perspective"]["azerbaijani"]["rule_text"]
    )


def test_the_chains_of_the_sides_of_every_dispute_have_one_shape(tables):
    for dispute in tables.disputes.values():
        slots = side_slots(dispute, SHIPPED["neutral"].sides)
        assert len({_shape(slot) for slot in slots}) == 1, dispute.dispute


@pytest.mark.parametrize("name", ["neutral", "neutral-first"])
def test_neutral_names_no_side_and_speaks_for_no_one(name):
    assert SHIPPED[name].authorities == ()
    for rule in SHIPPED[name].rules:
        assert rule.same == 0
        assert rule.names != LOCALS
        if isinstance(rule.names, str):
            assert rule.order == "alpha"
            continue
        asked = {each for slot in rule.names for each in slot.authorities}
        assert not asked & set(SHIPPED[name].sides)


def test_no_third_party_of_neutral_is_a_party_to_any_dispute(tables):
    parties = {each for row in tables.disputes.values() for each in row.parties}
    third = {
        each
        for rule in SHIPPED["neutral"].rules
        if not isinstance(rule.names, str) and rule.when.contested
        for slot in rule.names
        for each in slot.authorities
    }

    assert third
    assert not third & parties


def test_rules_hold_no_name_of_a_place(tables):
    names = {
        toponym.name.casefold()
        for place in tables.places.values()
        for toponym in place.toponyms
    }
    rules = [rule for each in RAW["perspective"].values() for rule in each["rule"]]
    values = re.findall(r"'([^']*)'", repr([rules, RAW["chain"]]))

    keys = set(
        tables.authorities
    )  # ids of authorities, of which one is an abbreviation
    assert not {value.casefold() for value in values if value not in keys} & names


# ------------------------------------------------------- labels of small data


@pytest.mark.parametrize(
    ("place", "perspective", "lang", "expected"),
    [
        (CITY, "neutral", "en", "Khankendi/Stepanakert"),
        (CITY, "neutral", "ru", "~Ханкенди °"),
        (CITY, "neutral", "az", "~Xankəndi °"),
        (CITY, "neutral", "hy", "~Ստեփանակերտ °"),
        (CITY, "armenian", "en", "Stepanakert"),
        (CITY, "armenian", "hy", "Ստեփանակերտ"),
        (CITY, "azerbaijani", "en", "Khankendi"),
        (CITY, "azerbaijani", "ru", "Ханкенди"),
        (CITY, "azerbaijani", "az", "Xankəndi"),
        (CITY, "azerbaijani", "hy", "~ °"),
        (CITY, "un", "en", "Khankendi"),
        (CITY, "bbc", "en", "~ °"),
        (TOWN, "neutral", "en", "Shusha/Shushi"),
        (TOWN, "neutral", "az", "~Şuşa °"),
        (REGION, "neutral", "en", "Nagorno-Karabakh °"),
        (REGION, "armenian", "en", "Artsakh"),
        (REGION, "azerbaijani", "en", "~ °"),
        (REGION, "un", "en", "Nagorno-Karabakh"),
        (POLITY, "neutral", "en", "~Republic of Artsakh °"),
        (POLITY, "azerbaijani", "en", "~ °"),
        ("gz-0000048", "neutral", "en", "~Yerevan"),
        ("gz-0000048", "azerbaijani", "az", "İrəvan"),
        ("gz-0000024", "armenian", "hy", "Հայաստան"),
    ],
)
def test_labels(labeller, small, place, perspective, lang, expected):
    label = labeller.label(small.places[place], perspective, lang=lang)

    shown = ("~" if label.kept else "") + label.text
    assert (shown if label.complete else f"{shown} °") == expected, label.explain()


def test_neutral_first_leaves_the_author_s_later_names(labeller, small):
    def label(mention):
        return labeller.label(small.places[CITY], "neutral-first", mention=mention)

    assert (label("first").text, label("first").kept) == (
        "Khankendi/Stepanakert",
        False,
    )
    assert label("later").kept
    assert not label("compact").kept


def test_the_former_authorities_come_first_until_they_ended(labeller, small):
    region = small.places[REGION]

    assert labeller.label(region, "armenian", published="2022").text == "Artsakh"
    label = labeller.label(region, "armenian", published="2025")
    assert label.usages[0].authority == "am-gov"


def test_why_nothing_is_printed_is_said(labeller, small):
    label = labeller.label(small.places[REGION], "azerbaijani")

    assert "'Nagorno-Karabakh' (nm-000043p) is rejected by az-gov" in label.explain()
    assert label.missing == ("azerbaijani-names: Government of Azerbaijan (az-gov)",)


def test_what_a_rejected_mention_is_to_a_side(labeller, small):
    region = small.places[REGION]
    row = next(each for each in region.toponyms if each.name == "Nagorno-Karabakh")

    assert labeller.rejects(row, "azerbaijani", when="2023-09")
    assert not labeller.rejects(row, "azerbaijani", when="1994")
    assert not labeller.rejects(row, "armenian")
    assert not labeller.rejects(row, "neutral")


# ------------------------------------------------------- labels of shipped data


@pytest.fixture(scope="module")
def shipped(tables):
    return Labeller(tables, SHIPPED)


def _shown(label):
    shown = ("~" if label.kept else "") + label.text
    return shown if label.complete else f"{shown} °"


with CASES.open(encoding="utf-8", newline="") as file:
    LINES = list(csv.DictReader(file))


@pytest.mark.parametrize("case", LINES, ids=lambda case: "-".join(case.values()))
def test_shipped_labels(shipped, tables, case):
    label = shipped.label(
        tables.places[case["place_id"]],
        case["perspective"],
        lang=case["lang"],
        event=case["event"] or None,
        published=case["published"] or None,
    )

    assert _shown(label) == case["expected"], label.explain()


def _standing(tables):
    return [place for place in tables.places.values() if not place.replaced_by]


@pytest.mark.parametrize("perspective", list(SHIPPED))
@pytest.mark.parametrize("lang", ["en", "ru", "hy", "az"])
def test_no_undated_label_prints_a_former_name_where_a_present_one_would_do(
    shipped, tables, perspective, lang
):
    wrong = []
    for place in _standing(tables):
        label = shipped.label(place, perspective, lang=lang)
        for row, usage in zip(label.toponyms, label.usages, strict=True):
            # a perspective speaks of its own day, when a name of today may not have been
            own = SHIPPED[perspective].date
            if not closed(row.valid) or (own and row.valid.overlaps(parse_date(own))):
                continue
            whose = usage and usage.authority
            wrong += [
                (place.place_id, row.name, other.name)
                for other in place.toponyms
                if other.lang == row.lang
                and other.form == row.form
                and not other.derived
                and in_use(other, None)
                and (
                    not place.contested
                    or any(
                        each.authority == whose and each.status != "rejected"
                        for each in other.usages
                    )
                )
            ]

    assert wrong == []


@pytest.mark.parametrize("lang", ["fr", "tr", "de", "pl", "hy", "az", "ru"])
def test_names_by_language_are_for_readers_of_english(shipped, tables, lang):
    for place in _standing(tables):
        for perspective in SHIPPED:
            assert not shipped.label(place, perspective, lang=lang).by_language


def test_a_label_with_a_name_by_language_is_never_complete(shipped, tables):
    found = [
        label
        for place in _standing(tables)
        for label in shipped.compare(place)
        if label.by_language
    ]

    assert found
    assert not [label.place_id for label in found if label.complete]


def test_who_speaks_for_somebody_has_a_date():
    dated = {name for name in SHIPPED if SHIPPED[name].date}

    assert dated == {name for name in SHIPPED if SHIPPED[name].authorities}
    assert "nkr-authorities (1991-09-02/2023-12-31)" in SHIPPED.describe("armenian")


def test_every_place_has_a_title(shipped, tables):
    assert not [
        place.place_id
        for place in _standing(tables)
        if not shipped.title(place).strip()
    ]
