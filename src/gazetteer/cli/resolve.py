"""``gazetteer resolve``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.options import (
    context_options,
    data_options,
    json_option,
    open_gazetteer,
    place_options,
    policy_options,
    the_context,
    the_policy,
)
from gazetteer.cli.output import echo_json, echo_table, wrapped

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.resolve import Resolution

__all__ = ["resolve"]


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@context_options
@place_options
@policy_options
@json_option
@click.option("--explain", is_flag=True, help="Say why, in plain words.")
@data_options
def resolve(
    names: tuple[str, ...],
    data: tuple[Path, ...],
    no_default: bool,
    as_json: bool,
    explain: bool,
    accept: float | None,
    review_score: float | None,
    margin: float | None,
    default_senses: bool,
    **context: Any,
) -> None:
    """Say which place each NAME refers to; exit 1 if any is not matched.

    A NAME may also be an id or scheme:id, such as geonames:146970.
    """
    policy = the_policy(accept, review_score, margin, default_senses)
    gazetteer = open_gazetteer(data, no_default)
    given = the_context(context)
    answers = [gazetteer.resolve(name, context=given, policy=policy) for name in names]
    if as_json:
        for answer in answers:
            shape = answer.to_dict()
            echo_json(shape | {"explanation": answer.explain()} if explain else shape)
    elif explain:
        for number, answer in enumerate(answers):
            click.echo("\n" if number else "", nl=False)
            click.echo(f"{answer.query}")
            click.echo(wrapped(answer.explain()))
    else:
        header = ("query", "outcome", "place", "type", "name", "method", "score")
        echo_table(header, [row for answer in answers for row in _rows(answer)])
    if any(answer.match is None for answer in answers):
        click.get_current_context().exit(1)


def _rows(answer: Resolution) -> list[tuple[str, ...]]:
    # A match is one row; anything else shows what a person would have to choose from.
    if not answer.candidates:
        return [(answer.query, answer.outcome, "", "", "", "", "")]
    shown = answer.candidates[:1] if answer.match else answer.candidates[:5]
    return [
        (
            answer.query if rank == 0 else "",
            answer.outcome if rank == 0 else "",
            candidate.place.place_id,
            candidate.place.type,
            candidate.toponym.name if candidate.toponym else "",
            candidate.method,
            f"{candidate.score:.0f}",
        )
        for rank, candidate in enumerate(shown)
    ]
