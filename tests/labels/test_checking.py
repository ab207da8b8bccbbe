"""Faults that only the tables show: each planted once."""

import pytest

from gazetteer.labels import check_perspectives
from label_tables import place, tables, toponym, write

WHERE = place(
    toponym("A", "en", "x"),
    toponym("B", "en", "x"),
    toponym("C", "en", "y", "left", "right"),
    langs=["en"],
)
DISPUTED = place(
    toponym("D", "en", "x", "left", "right"), place_id="gz-2", dispute="d", kind="city"
)
TABLES = tables(WHERE, DISPUTED)
GOOD = """\
[chain]
y = [{ authority = "y", lang = "$lang" }]
sides = [{ authority = ["left", "right"], lang = "$lang" }]
anyone = [{ lang = "$lang" }]
[perspective.p]
title = "P"
sources = ["made"]
[[perspective.p.rule]]
when = { contested = false }
names = ["y"]
[[perspective.p.rule]]
names = ["sides"]
"""


def found(directory, text):
    return [
        f"{each.line}:{each.column} {each.severity} {each.code} {each.value}".strip()
        for each in check_perspectives(write(directory, text), TABLES)
    ]


def test_good_rules_have_no_faults(tmp_path):
    assert found(tmp_path, GOOD.replace('anyone = [{ lang = "$lang" }]\n', "\n")) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('authority = "y"', 'authority = "w"', "3:20 error unknown-authority w"),
        ('authority = "y"', 'authority = "w"', "3:1 error chain-matches-nothing"),
        (
            'lang = "$lang" }]\nsides',
            'lang = "fr" }]\nsides',
            "3:1 error chain-matches-nothing",
        ),
        (
            'authority = "y", lang = "$lang" }]',
            'authority = "y", lang = "$lang" }, { authority = "y", lang = "fr" }]',
            "3:20 warning selector-matches-nothing y",
        ),
        (
            'authority = "y"',
            'authority = "x"',
            "3:20 warning undecided-tie x",
        ),
        ('sources = ["made"]', 'sources = ["m"]', "8:12 error unknown-source m"),
        (
            'title = "P"',
            'title = "P"\nauthorities = ["w"]',
            "8:16 error unknown-authority w",
        ),
        (
            "when = { contested = false }",
            'when = { place = "gz-9" }',
            "10:18 error unknown-place gz-9",
        ),
        (
            "when = { contested = false }",
            'when = { within = "wd:Q1" }',
            "10:19 error unknown-place wd:Q1",
        ),
        (
            "when = { contested = false }",
            'when = { dispute = "e" }',
            "10:20 error unknown-dispute e",
        ),
        (
            "when = { contested = false }",
            'when = { type = "water" }',
            "9:1 error rule-matches-nothing",
        ),
        (
            "when = { contested = false }",
            'when = { type = "city" }',
            "9:1 error rule-matches-nothing",
        ),
        ('names = ["sides"]', 'names = ["anyone"]', "13:10 error open-selector anyone"),
        (
            'names = ["sides"]',
            'names = [["sides", "anyone"]]',
            "13:11 error open-selector sides",
        ),
        (
            'names = ["sides"]',
            'names = ["sides"]\nsame = 1',
            "14:8 warning same-contested 1",
        ),
        (
            "[perspective.p]",
            '[side]\nleft = "sides"\nw = "sides"\n[perspective.p]',
            "8:1 error unknown-authority w",
        ),
        (
            "[perspective.p]",
            '[term]\nw = "1991/2023"\n[perspective.p]',
            "7:1 error unknown-authority w",
        ),
        (
            "[perspective.p]",
            '[term]\nx = "1991 to 2023"\n[perspective.p]',
            "7:5 error bad-edtf 1991 to 2023",
        ),
        (
            "[perspective.p]",
            '[side]\nleft = "anyone"\n[perspective.p]',
            "6:2 error unequal-sides",
        ),
    ],
)
def test_planted_faults(tmp_path, old, new, expected):
    assert old in GOOD

    assert expected in found(tmp_path, GOOD.replace(old, new))


def test_faults_of_the_file_itself_are_listed_too(tmp_path):
    listed = found(tmp_path, GOOD + "[wrong]\n")

    assert "14:2 error unknown-key" in listed


def test_facets_and_languages_do_not_hide_a_rule(tmp_path):
    when = 'when = { speaker = "me", lang = "fr", contested = false }'

    listed = found(tmp_path, GOOD.replace("when = { contested = false }", when))

    assert not [each for each in listed if "rule-matches" in each]


def test_special_slots(tmp_path):
    rules = GOOD + (
        '[[perspective.p.rule]]\nnames = ["@locals"]\n'
        '[[perspective.p.rule]]\nwhen = { contested = true }\nnames = ["@parties"]\n'
        '[[perspective.p.rule]]\nwhen = { contested = false }\nnames = ["@parties"]\n'
    )

    listed = [each for each in found(tmp_path, rules) if "rule-matches" in each]

    assert listed == ["19:1 error rule-matches-nothing"]


def test_no_file_no_faults(tmp_path):
    assert check_perspectives(tmp_path, TABLES) == []
