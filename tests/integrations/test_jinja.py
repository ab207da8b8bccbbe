"""Templates: names by id, first once and later afterwards, through a whole document."""

from __future__ import annotations

from typing import Any

import pytest

from gazetteer import Gazetteer, UnknownPerspectiveError, UnknownPlaceError

jinja2 = pytest.importorskip("jinja2")

CITY, TOWN = "gz-tvmcq2x", "gz-bvysdp4"
TEMPLATES = {
    "base": "{% block body %}{% endblock %} {{ town | place }}",
    "child": "{% extends 'base' %}{% block body %}{{ town | place }} {% include 'part' %}{% endblock %}",
    "part": "{{ town | place }}",
    "macros": "{% macro name(id) %}{{ id | place }}{% endmacro %}",
    "with": "{% from 'macros' import name with context %}{{ town | place }} {{ name(town) }}",
    "without": "{% from 'macros' import name %}{{ name(town) }}",
    "headline": "{{ town | place('compact') }}: {{ town | place }}, {{ town | place }}",
    "note": "{{ town | place }}\n{{ note_on_place_names('markdown') }}",
    "notes": "{{ state | place }}{% for note in place_notes() %}\n{{ note.mark }} {{ note.text }}{% endfor %}",
}  # fmt: skip


@pytest.fixture(scope="module")
def gaz(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """A house style: the name of an authority at first, and another one later."""
    folder = tmp_path_factory.mktemp("style")
    (folder / "perspectives.toml").write_text(
        """\
schema = "gazetteer-rules/1"
[chain]
one = [{ authority = "am-gov", lang = "$lang" }]
other = [{ authority = "az-gov", lang = "$lang" }]
[perspective.both]
title = "Both"
version = "1"
sources = []
[[perspective.both.rule]]
names = ["other", "one"]
first = "{1} ({2})"
later = ["{1}", "{2}"]
compact = "{1}/{2}"
"""
    )
    return Gazetteer.load(folder, "default")


@pytest.fixture
def environment(gaz: Gazetteer) -> Any:
    from gazetteer.integrations.jinja import PlaceExtension

    made = jinja2.Environment(
        extensions=[PlaceExtension], loader=jinja2.DictLoader(TEMPLATES)
    )
    made.gazetteer = gaz
    return made


def show(environment: Any, name: str, **variables: str) -> str:
    variables = {"town": TOWN, "perspective": "both"} | variables
    return str(environment.get_template(name).render(**variables))


def test_parents_and_includes_go_on_counting(environment: Any) -> None:
    wanted = "Shusha (Shushi) Shusha Shushi"
    assert show(environment, "child") == wanted
    # each rendering is a document of its own
    assert show(environment, "child") == wanted


def test_macros_go_on_counting_if_they_know_the_document(environment: Any) -> None:
    assert show(environment, "with") == "Shusha (Shushi) Shusha"
    with pytest.raises(jinja2.TemplateRuntimeError, match="with context"):
        show(environment, "without")


def test_a_headline_counts_for_nothing(environment: Any) -> None:
    assert show(environment, "headline") == "Shusha/Shushi: Shusha (Shushi), Shusha"


@pytest.mark.parametrize(
    ("perspective", "lang", "name"),
    [
        ("armenian", "en", "Shushi"),
        ("azerbaijani", "en", "Shusha"),
        ("armenian", "hy", "Շուշի"),
        ("azerbaijani", "az", "Şuşa"),
        ("neutral", "en", "Shusha/Shushi"),
    ],
)
def test_the_document_says_whose_names_and_in_which_language(
    environment: Any, perspective: str, lang: str, name: str
) -> None:
    assert show(environment, "part", perspective=perspective, lang=lang) == name
    template = environment.from_string(
        f"{{{{ town | place(perspective='{perspective}', lang='{lang}') }}}}"
    )
    assert template.render(town=TOWN) == name


def test_nothing_said_is_neutral(environment: Any) -> None:
    assert environment.from_string(f"{{{{ '{CITY}' | place }}}}").render() == (
        "Khankendi/Stepanakert"
    )


def test_names_are_escaped_as_any_value(gaz: Gazetteer) -> None:
    from gazetteer.integrations.jinja import PlaceExtension

    made = jinja2.Environment(extensions=[PlaceExtension], autoescape=True)
    made.gazetteer = gaz
    shown = made.from_string(f"{{{{ '{TOWN}' | place ~ '<' }}}}").render()
    assert shown == "Shusha/Shushi&lt;"


def test_the_note_states_the_policy_and_its_sources(environment: Any) -> None:
    shown = show(environment, "note", perspective="neutral")
    assert shown.startswith("Shusha/Shushi\n<!-- gazetteer: note on place names -->")
    assert "(neutral, version " in shown
    assert "- GeoNames" in shown


def test_a_place_or_a_perspective_that_is_not_there_is_an_error(
    environment: Any,
) -> None:
    with pytest.raises(UnknownPlaceError):
        show(environment, "part", town="gz-0000000")
    with pytest.raises(UnknownPerspectiveError):
        show(environment, "part", perspective="nobody")


def test_scheme_and_id_do_too(environment: Any) -> None:
    assert show(
        environment, "part", town="wikidata:Q129352", perspective="neutral"
    ) == ("Khankendi/Stepanakert")


async def _async(environment: Any) -> str:
    made = environment.overlay(enable_async=True)
    return str(await made.from_string("{{ t | place }} {{ t | place }}").render_async(
        t=TOWN, perspective="both"
    ))  # fmt: skip


def test_templates_may_be_rendered_asynchronously(environment: Any) -> None:
    import asyncio

    assert asyncio.run(_async(environment)) == "Shusha (Shushi) Shusha"
