"""A user's program, which is only type-checked: what users see must have types.

It is checked against an installed wheel by mypy and by pyright, both as strict as they
can be. ``assert_type`` fails where a type is another one, or none.
"""

from collections.abc import Iterator
from typing import Any, assert_type

from gazetteer import (
    Candidate,
    Change,
    Comparison,
    Context,
    Gazetteer,
    GazetteerError,
    Label,
    Mention,
    Place,
    Policy,
    Refusal,
    Rendering,
    Resolution,
    Resolutions,
    Toponym,
    Usage,
)


def decide(gaz: Gazetteer, name: str) -> str | None:
    """Return the id of a place, if it is decided."""
    answer = gaz.resolve(name, context=Context(country="AM"), policy=Policy(accept=95))
    assert_type(answer, Resolution)
    assert_type(answer.candidates, tuple[Candidate, ...])
    assert_type(answer.match, Candidate | None)
    if answer.match is None:
        return None
    assert_type(answer.match.toponym, Toponym | None)
    assert_type(answer.match.links, dict[str, list[str]])
    assert_type(answer.require(), Place)
    return str(answer.match.place_id)


def name(gaz: Gazetteer, place: Place) -> list[str]:
    """Return what perspectives call a place."""
    label = gaz.label(place, "neutral", lang="en", event="1992", mention="later")
    assert_type(label, Label)
    assert_type(label.text, str)
    assert_type(label.usages, tuple[Usage | None, ...])
    table = gaz.compare(place, lang=["en", "hy", "az"])
    assert_type(table, Comparison)
    assert_type(table[0], Label)
    assert_type(table.rows(), list[dict[str, Any]])
    return [label.text, *(each.text for each in table)]


def rewrite(gaz: Gazetteer, text: str) -> Iterator[str]:
    """Yield a text as a perspective has it, and the reasons."""
    rendering = gaz.render(text, "neutral", markup="markdown")
    assert_type(rendering, Rendering)
    assert_type(rendering.changes, tuple[Change, ...])
    assert_type(rendering.refusals, tuple[Refusal, ...])
    yield rendering.text
    yield from (each.reason for each in rendering.changes)
    mentions = gaz.find(text, lang="en")
    assert_type(mentions, list[Mention])


def main() -> None:
    """Use all of it."""
    try:
        gaz = Gazetteer.load()
    except GazetteerError as error:
        raise SystemExit(str(error)) from error
    answers = gaz.resolve_many(["a", "b"], contexts=[None, Context(type="town")])
    assert_type(answers, Resolutions)
    for answer in answers:
        assert_type(answer, Resolution)
    for place in gaz:
        assert_type(place, Place)
        assert_type(place.toponyms, tuple[Toponym, ...])
    print(decide(gaz, "a"), len(gaz), gaz.version)
