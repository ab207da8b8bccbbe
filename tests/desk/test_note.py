"""The note on place names: what it says, and that a second run leaves it alone."""

from __future__ import annotations

import pytest

from gazetteer import Gazetteer
from gazetteer.desk.lint import Wanted, examine
from gazetteer.desk.note import labels_of, note_on_names, with_note
from gazetteer.errors import UnknownPerspectiveError

TEXT = "Shops in Shushi were shut.\n\nThe road to Khankendi is open.\n"


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize("perspective", ["neutral", "armenian", "azerbaijani"])
def test_it_states_the_policy_its_version_and_its_sources(
    gaz: Gazetteer, perspective: str
) -> None:
    label = gaz.label("gz-tvmcq2x", perspective)
    note = note_on_names(gaz, perspective, [label])
    policy = gaz.perspectives[perspective]
    assert policy.title in note
    assert f"({perspective}, version {policy.version})" in note
    assert policy.rule_text in note
    assert gaz.version in note
    for key in label.sources:
        assert gaz.tables.sources[key].title in note


@pytest.mark.parametrize("markup", ["plain", "markdown"])
@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n")])
def test_a_second_run_changes_nothing(gaz: Gazetteer, markup: str, text: str) -> None:
    def run(given: str) -> str:
        rendering = gaz.render(given, "neutral", lang="en", markup=markup)
        labels = labels_of(gaz, rendering)
        assert len(labels) == 2
        return with_note(
            rendering.text, note_on_names(gaz, "neutral", labels, markup=markup)
        )

    once = run(text)
    assert "\r\n" not in once.replace("\r\n", "\n")
    assert once.startswith(gaz.render(text, "neutral", lang="en").text)
    again = gaz.render(once, "neutral", lang="en", markup=markup)
    assert again.changes == ()
    assert run(once) == once
    assert examine(gaz, once, Wanted(lang="en"), markup=markup) == []


def test_a_note_is_replaced_where_it_stands(gaz: Gazetteer) -> None:
    one = note_on_names(gaz, "armenian")
    other = note_on_names(gaz, "azerbaijani")
    text = with_note("Before.\n", one) + "\nAfter.\n"
    replaced = with_note(text, other)
    assert other in replaced
    assert "Armenian" not in replaced
    assert replaced.startswith("Before.\n")
    assert replaced.endswith("\nAfter.\n")


def test_an_unknown_perspective_is_an_error(gaz: Gazetteer) -> None:
    with pytest.raises(UnknownPerspectiveError):
        note_on_names(gaz, "nobody")
