"""The component of spaCy: entities with ids, and all mentions with their roles."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
spacy = pytest.importorskip("spacy")


@pytest.fixture(scope="module")
def nlp() -> Any:
    made = spacy.blank("en")
    made.add_pipe("gazetteer")
    return made


def test_entities_have_ids(nlp: Any) -> None:
    doc = nlp("Shops in Shushi's centre were shut. The road to Khankendi is open.")
    assert [(each.text, each.kb_id_) for each in doc.ents] == [
        ("Shushi", "gz-bvysdp4"),
        ("Khankendi", "gz-tvmcq2x"),
    ]
    assert {each.label_ for each in doc.ents} == {"GPE"}


def test_an_ambiguous_name_has_no_id(nlp: Any) -> None:
    doc = nlp("They went on to Martuni.")
    assert [(each.text, each.kb_id_) for each in doc.ents] == [("Martuni", "")]


def test_all_mentions_are_spans_with_their_roles(nlp: Any) -> None:
    doc = nlp("Stepanakert University sent its team to Shusha.")
    assert [(each.text, each.id_) for each in doc.spans["places"]] == [
        ("Stepanakert", "title"),
        ("Shusha", "plain"),
    ]
    assert [each.text for each in doc.ents] == ["Shusha"]


@pytest.mark.parametrize(
    ("country", "place"), [("Armenia", "gz-gsk273h"), ("Azerbaijan", "gz-586tb9g")]
)
def test_a_context_decides(country: str, place: str) -> None:
    made = spacy.blank("en")
    made.add_pipe("gazetteer", config={"country": country, "spans_key": "p"})
    doc = made("They went on to the village of Yaycı.")
    assert doc.spans["p"][0].kb_id_ == place


def test_entities_that_are_there_keep_their_labels_and_give_way() -> None:
    made = spacy.blank("en")
    ruler = made.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "LOC", "pattern": "the Shusha area"},
            {"label": "ORG", "pattern": "Red Cross"},
        ]
    )
    made.add_pipe("gazetteer")
    doc = made("The Red Cross came to the Shusha area.")
    assert [(each.text, each.label_, each.kb_id_) for each in doc.ents] == [
        ("Red Cross", "ORG", ""),
        ("Shusha", "LOC", "gz-bvysdp4"),
    ]


def test_a_pipeline_can_be_kept(nlp: Any, tmp_path: Any) -> None:
    nlp.to_disk(tmp_path / "kept")
    again = spacy.load(tmp_path / "kept")
    assert again("Shops in Shushi.").ents[0].kb_id_ == "gz-bvysdp4"
