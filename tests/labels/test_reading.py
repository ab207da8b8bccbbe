"""Faults of the file itself: all at once, each with its line and column."""

import re

import pytest

from gazetteer.errors import DataError
from gazetteer.labels import load_perspectives
from gazetteer.labels.reading import read_file
from label_tables import write

GOOD = """
[chain]
c = [{ authority = "x", lang = "$lang" }]
[perspective.p]
title = "P"
[[perspective.p.rule]]
names = ["c"]
"""


def faults(directory, text, *, schema=True):
    parsed = read_file(write(directory, text, schema) / "perspectives.toml")
    return [
        f"{each.line}:{each.column} {each.severity} {each.code} {each.field}={each.value}"
        for each in parsed.problems
    ]


def test_a_good_file_has_none(tmp_path):
    assert faults(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[chains]\n", "2:2 error unknown-key chains="),
        ("[chain]\nc = [{ user = 'x' }]\n", "3:8 error unknown-key user=x"),
        ("[chain]\nc = [{ kind = 'x' }]\n", "3:8 error unknown-key kind=x"),
        ("[chain]\nc = 'x'\n", "3:1 error bad-value c="),
        ("[chain]\nc = []\n", "3:1 error bad-value c="),
        ("[chain]\nc = ['d']\n", "3:7 error unknown-chain c=d"),
        ("[chain]\nc = [{ status = 'good' }]\n", "3:18 error bad-value status=good"),
        (
            "[chain]\nc = [{ status = 'rejected' }]\n",
            "3:18 error bad-value status=rejected",
        ),
        ("[chain]\nc = [{ form = 'hidden' }]\n", "3:16 error bad-value form=hidden"),
        ("[chain]\nc = [{ at = '19.5.1992' }]\n", "3:14 error bad-value at=19.5.1992"),
        ("[chain]\nc = [\n  { lang = 5 },\n]\n", "4:12 error bad-value lang=5"),
        ("[note]\nn = { mark = '*' }\n", "3:1 error missing-key text="),
        ("[side]\nx = 'c'\n", "3:6 error unknown-chain x=c"),
        ("[language.en]\nhy = 1\n", "3:1 error bad-value hy="),
        ("[perspective.P_1]\ntitle='P'\nrule=[{names=['@locals']}]\n", "2:14 error bad-name P_1=P_1"),
        ("[perspective.p]\nrule=[{names=['@locals']}]\n", "2:2 error missing-key title="),
        ("[perspective.p]\ntitle = 'P'\n", "2:2 error missing-key rule="),
        ("[perspective.p]\ntitle = 'P'\ndate = 'now'\nrule=[{names=['@locals']}]\n", "4:9 error bad-value date=now"),
    ],
)  # fmt: skip
def test_faults_outside_rules(tmp_path, text, expected):
    assert expected in faults(tmp_path, text)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ('names = ["d"]', "8:10 error unknown-chain names=d"),
        ('names = [["c", "d"]]', "8:16 error unknown-chain names=d"),
        ("names = []", "8:1 error bad-value names="),
        ('names = ["@everyone"]', "8:1 error bad-value names="),
        ('names = ["@locals", "c"]', "8:1 error bad-value names="),
        ('names = ["c", "c"]', "7:1 error bad-value first="),
        ('names = ["c"]\nfirst = "{2}"', "8:1 error bad-value names="),
        ('names = ["c", "c"]\nfirst = "{1}"', "8:1 error bad-value names="),
        ('names = ["c"]\nfirst = "{x}"', "9:9 error bad-value first={x}"),
        ('names = ["c"]\nlater = ["{1}", "{"]', "9:1 error bad-value later="),
        ('names = ["c"]\norder = "random"', "9:9 error bad-value order=random"),
        ('names = ["c"]\nsame = -1', "9:8 error bad-value same=-1"),
        ('names = ["c"]\nmark = "never"', "9:8 error bad-value mark=never"),
        ('names = ["c"]\nnone = "stop"', "9:8 error bad-value none=stop"),
        ('names = ["c"]\nnote = "n"', "9:8 error unknown-note note=n"),
        ('names = ["c"]\nfrist = "{1}"', "9:1 error unknown-key frist={1}"),
        (
            'names = ["c"]\nwhen = { type = "hill" }',
            "9:17 error bad-value type=hill",
        ),
        (
            'names = ["c"]\nwhen = { contested = "d" }',
            "9:22 error bad-value contested=d",
        ),
        (
            'names = ["c"]\nwhen = { contsted = "d" }',
            "9:10 warning doubtful-facet when=contsted",
        ),
    ],
)
def test_faults_of_a_rule(tmp_path, rule, expected):
    text = GOOD.replace('names = ["c"]', rule)

    assert expected in faults(tmp_path, text)


def test_all_faults_are_listed_at_once(tmp_path):
    text = """
[chain]
c = [{ user = "x" }]
d = ["e"]
[note]
n = { text = "" }
[perspective.p]
titel = "P"
[[perspective.p.rule]]
names = ["f"]
[[perspective.p.rule]]
names = ["c"]
first = "{9}"
"""
    write(tmp_path, text, schema=False)

    with pytest.raises(DataError) as caught:
        load_perspectives([tmp_path])

    codes = {problem.code for problem in caught.value.problems}
    assert len(caught.value.problems) == 8
    assert codes == {
        "bad-schema",
        "bad-value",
        "missing-key",
        "unknown-chain",
        "unknown-key",
    }
    assert all(problem.line for problem in caught.value.problems)
    assert re.search(r"perspectives\.toml:3:8: error: unknown-key", str(caught.value))


def test_chains_in_a_circle_are_each_reported(tmp_path):
    text = '[chain]\na = ["b"]\nb = ["c"]\nc = ["a"]\nd = ["a"]\n'

    found = [each for each in faults(tmp_path, text) if "cyclic" in each]

    assert [each.split()[0] for each in found] == ["3:1", "4:1", "5:1"]


def test_toml_and_encoding_faults_have_a_place(tmp_path):
    assert faults(tmp_path, "[chain\n") == ["2:7 error bad-toml ="]
    (tmp_path / "perspectives.toml").write_bytes(b'schema = "x"\ntitle = "\xff"\n')
    problems = read_file(tmp_path / "perspectives.toml").problems
    assert [(each.line, each.code) for each in problems] == [(2, "bad-encoding")]


def test_chains_inside_chains_are_opened_out_in_order(tmp_path):
    text = """
[chain]
inner = [{ authority = "two" }, { authority = "three" }]
outer = [{ authority = "one" }, "inner", { authority = "four" }]
"""
    parsed = read_file(write(tmp_path, text) / "perspectives.toml")

    selectors = parsed.chains["outer"].selectors
    assert [each.authority for each in selectors] == [
        ("one",),
        ("two",),
        ("three",),
        ("four",),
    ]
    assert [each.authority for each in parsed.written["outer"]] == [("one",), ("four",)]
