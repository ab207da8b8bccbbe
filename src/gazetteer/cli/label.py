"""``gazetteer label`` and ``gazetteer compare``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.completion import complete_langs, complete_perspectives
from gazetteer.cli.options import (
    data_options,
    json_option,
    open_gazetteer,
    place_options,
    the_place,
)
from gazetteer.cli.output import echo_json, echo_table, wrapped
from gazetteer.errors import NO_PERSPECTIVES, GazetteerError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["compare", "label"]

_MENTIONS = ("first", "later", "compact")


def _facet(
    _context: click.Context, _option: click.Parameter, value: tuple[str, ...]
) -> dict[str, str]:
    facets = {}
    for each in value:
        key, equals, text = each.partition("=")
        if not equals or not key.isidentifier():
            raise click.BadParameter(f"{each!r} is not KEY=VALUE")
        facets[key] = text
    return facets


@click.command()
@click.argument("place")
@click.option(
    "-p",
    "--perspective",
    default="neutral",
    show_default=True,
    shell_complete=complete_perspectives,
)
@click.option(
    "-l",
    "--lang",
    default="en",
    show_default=True,
    help="BCP 47 tag.",
    shell_complete=complete_langs,
)
@place_options
@click.option(
    "--mention", type=click.Choice(_MENTIONS), default="first", show_default=True
)
@click.option(
    "--facet",
    multiple=True,
    callback=_facet,
    metavar="KEY=VALUE",
    help="What else the perspective's rules ask for; repeatable.",
)
@json_option
@click.option("--explain", is_flag=True, help="Say which rule, rows and sources.")
@data_options
def label(
    place: str,
    perspective: str,
    lang: str,
    event: str | None,
    published: str | None,
    mention: str,
    facet: dict[str, Any],
    as_json: bool,
    explain: bool,
    data: tuple[Path, ...],
    no_default: bool,
) -> None:
    """Print what a perspective calls a PLACE (an id, scheme:id or a name)."""
    gazetteer = open_gazetteer(data, no_default)
    answer = gazetteer.label(
        the_place(gazetteer, place, event),
        perspective,
        lang=lang,
        event=event,
        published=published,
        mention=mention,
        **facet,
    )
    if as_json:
        shape = answer.to_dict()
        echo_json(shape | {"explanation": answer.explain()} if explain else shape)
        return
    if answer.withheld:
        # in brackets, so that one side's bare name is not piped on as the label
        known = f"; known: {answer.text}" if answer.text else ""
        click.echo(f"(the author's own text stays{known})")
    else:
        click.echo(answer.text)
    if explain:
        click.echo(wrapped(answer.explain()))
    elif not answer.complete:
        # beside the answer, so that a pipe gets the label alone
        missing = "; ".join(answer.missing) or "see --explain"
        click.echo(f"incomplete: {missing}", err=True)


@click.command()
@click.argument("place")
@click.option(
    "-l",
    "--lang",
    "langs",
    multiple=True,
    default=("en",),
    show_default=True,
    help="BCP 47 tag; repeatable.",
    shell_complete=complete_langs,
)
@place_options
@json_option
@click.option("--explain", is_flag=True, help="Say which rule, rows and sources.")
@data_options
def compare(
    place: str,
    langs: tuple[str, ...],
    event: str | None,
    published: str | None,
    as_json: bool,
    explain: bool,
    data: tuple[Path, ...],
    no_default: bool,
) -> None:
    """Print what every perspective calls a PLACE, in each language asked for."""
    gazetteer = open_gazetteer(data, no_default)
    if not len(gazetteer.perspectives):
        raise GazetteerError(f"no perspective to compare; {NO_PERSPECTIVES}")
    where = the_place(gazetteer, place, event)
    labels = gazetteer.compare(where, lang=langs, event=event, published=published)
    if as_json:
        for each in labels:
            echo_json(each.to_dict())
        return
    if explain:
        for each in labels:
            click.echo(f"{each.perspective} [{each.lang}]: {each.cell}")
            click.echo(wrapped(each.explain()))
        return
    echo_table(*labels.table())
    for line in labels.legend:
        click.echo(line)
