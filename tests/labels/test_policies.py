"""Every kind of policy, over fixture data: tests/cases/policies.csv."""

import csv
from pathlib import Path

import pytest

from gazetteer.labels import Label, Labeller, load_perspectives
from gazetteer.labels.conditions import Citations
from gazetteer.tables import load_tables

TESTS = Path(__file__).parents[1]
POLICIES = TESTS / "fixtures" / "policies"
TEXT = (TESTS / "cases" / "policies.csv").read_text(encoding="utf-8")
CASES = list(csv.DictReader(TEXT.splitlines()))


@pytest.fixture(scope="module")
def tables():
    return load_tables(POLICIES)


@pytest.fixture(scope="module")
def labeller(tables):
    return Labeller(tables, load_perspectives([POLICIES]))


def shown(label: Label) -> str:
    text = f"keep:{label.text}" if label.kept else label.text
    return text if label.complete or label.kept else f"{text} °"


def case_id(case: dict[str, str]) -> str:
    keys = ("perspective", "place", "lang", "event", "published", "facets", "mention")
    return " ".join(filter(None, (case[key] for key in keys))) + " " + case["number"]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_policy_prints_what_it_should(case, labeller, tables):
    place_id = Citations(tables).find(f"test:{case['place']}")
    facets = dict(pair.split("=") for pair in case["facets"].split())

    label = labeller.label(
        tables.places[place_id],
        case["perspective"],
        lang=case["lang"],
        event=case["event"] or None,
        published=case["published"] or None,
        mention=case["mention"],
        mention_number=int(case["number"]),
        facets=facets,
    )

    assert shown(label) == case["expected"], label.explain()


def test_every_perspective_of_the_fixture_has_a_case(labeller):
    assert set(labeller.perspectives) == {case["perspective"] for case in CASES}
