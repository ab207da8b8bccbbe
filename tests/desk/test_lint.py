"""What lint finds, what it leaves alone, and what comments allow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Gazetteer
from gazetteer.desk.lines import Lines
from gazetteer.desk.lint import RULES, Finding, LintOptions, examine
from support_text import mirror


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return Gazetteer.load()


def look(gaz: Gazetteer, text: str, **wanted: str) -> list[Finding]:
    return examine(gaz, text, LintOptions(**wanted), markup="markdown")


def rules(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(each.rule, each.text) for each in findings]


# ----------------------------------------------------------- one-sided names


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Shops in Shushi were shut.", "Shusha/Shushi"),
        ("Shops in Shusha were shut.", "Shusha/Shushi"),
        ("He came from Stepanakert.", "Khankendi/Stepanakert"),
        ("He came from Khankendi.", "Khankendi/Stepanakert"),
    ],
)
def test_a_name_of_one_side_is_found_with_its_label(
    gaz: Gazetteer, text: str, label: str
) -> None:
    (finding,) = look(gaz, text)
    assert finding.rule == "other-label"
    assert finding.level == "error"
    assert finding.fix is not None
    assert finding.fix.text == label
    assert text[finding.start : finding.end] == finding.text


def test_a_rendered_text_has_no_name_of_one_side(gaz: Gazetteer) -> None:
    text = "Roads lead to Shushi. One is from Khankendi.\n\nNow Shusha is far.\n"
    rendered = gaz.render(text, "neutral", lang="en").text
    assert look(gaz, text)
    assert look(gaz, rendered, lang="en") == []


@pytest.mark.parametrize(
    ("text", "perspective", "wrong"),
    [
        ("He came from Khankendi.", "armenian", True),
        ("He came from Stepanakert.", "armenian", False),
        ("He came from Stepanakert.", "azerbaijani", True),
        ("He came from Khankendi.", "azerbaijani", False),
    ],
)
def test_each_side_has_its_own_names(
    gaz: Gazetteer, text: str, perspective: str, wrong: bool
) -> None:
    assert bool(look(gaz, text, perspective=perspective)) is wrong


@pytest.mark.parametrize(
    "text",
    [
        '"We left Shushi," she said.',
        '"We left Shusha," she said.',
        "They met at Stepanakert Hotel.",
        "> From the log: left Khankendi at 07:40.",
        "A table is at https://example.org/Khankendi and in `stepanakert.csv`.",
    ],
)
def test_what_is_protected_is_nobodys_fault(gaz: Gazetteer, text: str) -> None:
    assert look(gaz, text, lang="en") == []


def test_a_name_that_nothing_should_change_is_told_as_a_warning(gaz: Gazetteer) -> None:
    (finding,) = look(gaz, "The ministry said that Artsakh needs fuel.")
    assert (finding.rule, finding.level, finding.fix) == ("left-name", "warning", None)


@pytest.mark.parametrize("name", ["Ханкенди", "Шуши"])
def test_a_name_whose_case_is_not_known_is_told_where_it_stands(
    gaz: Gazetteer, name: str
) -> None:
    text = f"Мы были в {name}."
    assert rules(look(gaz, text, lang="ru")) == [("left-name", name)]


def test_both_sides_get_the_same_findings(gaz: Gazetteer) -> None:
    text = "Shops in Shushi were shut. The road to Stepanakert is open, she said."
    assert [each.rule for each in look(gaz, text)] == [
        each.rule for each in look(gaz, mirror(text))
    ]


# --------------------------------------------------- names looked at together


def test_several_names_of_one_place_are_inconsistent(gaz: Gazetteer) -> None:
    text = "They met in Gyumri.\n\nSnow fell on Gyumri.\n\nA train left Leninakan."
    (finding,) = look(gaz, text, lang="en")
    assert (finding.rule, finding.text) == ("inconsistent-name", "Leninakan")
    assert "Gyumri" in finding.message


def test_the_pair_once_and_then_two_names_is_inconsistent(gaz: Gazetteer) -> None:
    text = (
        "They met in Khankendi/Stepanakert.\n\nSnow fell on Stepanakert.\n\n"
        "Stepanakert was quiet.\n\nThe train left Khankendi at noon."
    )
    found = rules(look(gaz, text, perspective="neutral-first", lang="en"))
    assert found == [("inconsistent-name", "Khankendi")]


def test_capitals_are_no_other_name(gaz: Gazetteer) -> None:
    assert look(gaz, "SNOW IN KYIV\n\nSnow fell on Kyiv.", lang="en") == []


def test_a_name_of_another_time_is_found_only_if_a_time_is_given(
    gaz: Gazetteer,
) -> None:
    text = "The train left Leninakan at noon."
    assert look(gaz, text) == []
    assert look(gaz, text, event="1970", published="2024") == []
    (finding,) = look(gaz, text, published="2024")
    assert finding.rule == "former-name"
    assert "1924/1990" in finding.message
    assert "Gyumri" in finding.message


def test_an_ambiguous_name_needs_context(gaz: Gazetteer) -> None:
    from gazetteer import Context

    text = "They went on to Martuni."
    (finding,) = look(gaz, text)
    assert finding.rule == "ambiguous-name"
    assert len(finding.place_ids) > 2
    wanted = LintOptions(context=Context(country="Armenia", type="town"))
    assert examine(gaz, text, wanted) == []


def test_a_text_that_cannot_be_checked_is_told(gaz: Gazetteer) -> None:
    (finding,) = look(gaz, "Er kam aus Stepanakert.", lang="de")
    assert (finding.rule, finding.start) == ("unchecked-text", 0)


# ------------------------------------------------------------------ comments


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("In Shushi. <!-- gazetteer: ignore -->", "markdown"),
        ("In Shusha. <!-- gazetteer: ignore[other-label] a name of a club -->", "markdown"),
        ("<!-- gazetteer: ignore -->\n\nShops in Shushi.\nShops in Shusha.\n", "markdown"),
        ("[//]: # (gazetteer: ignore)\n\nIn Khankendi.\n", "markdown"),
        ("In Stepanakert. # gazetteer: ignore", "plain"),
        ("In Khankendi. % gazetteer: ignore", "plain"),
        ("{# gazetteer: ignore-file #}\nIn Khankendi.\n\nIn Shushi.", "plain"),
        ("# gazetteer: ignore-start\nIn Shushi.\n\nIn Shusha.\n# gazetteer: ignore-end\n", "plain"),
    ],
)  # fmt: skip
def test_a_comment_allows_what_is_there(gaz: Gazetteer, text: str, markup: str) -> None:
    assert examine(gaz, text, LintOptions(lang="en"), markup=markup) == []


def test_a_comment_reaches_no_further_than_its_paragraph(gaz: Gazetteer) -> None:
    text = "<!-- gazetteer: ignore -->\nShops in Shushi.\n\nShops in Shusha.\n"
    assert rules(look(gaz, text, lang="en")) == [("other-label", "Shusha")]


def test_a_comment_of_another_rule_allows_nothing(gaz: Gazetteer) -> None:
    text = "In Shushi. <!-- gazetteer: ignore[former-name] -->"
    found = [each.rule for each in look(gaz, text, lang="en")]
    assert found == ["other-label", "unused-ignore"]


def test_a_comment_that_names_no_rule_is_an_error(gaz: Gazetteer) -> None:
    text = "In Shushi. <!-- gazetteer: ignore[other-lable] -->"
    found = [each.rule for each in look(gaz, text, lang="en")]
    assert found == ["other-label", "bad-ignore"]


@given(st.text(alphabet="a\n\r ", max_size=40), st.data())
def test_lines_agree_with_a_count(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset]
    line, column = Lines(text).at(offset)
    assert line == before.count("\n") + 1
    assert column == offset - (before.rfind("\n") + 1) + 1


def test_every_rule_says_what_to_do() -> None:
    for code, rule in RULES.items():
        assert rule.code == code
        assert rule.level in ("error", "warning")
        assert rule.help.endswith(".")
