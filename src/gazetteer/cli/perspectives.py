"""``gazetteer perspectives``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gazetteer.cli.completion import complete_perspectives
from gazetteer.cli.options import data_options, json_option, open_gazetteer
from gazetteer.cli.output import echo_json, echo_table, wrapped
from gazetteer.errors import NO_PERSPECTIVES

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["perspectives"]


@click.command()
@click.argument("name", required=False, shell_complete=complete_perspectives)
@json_option
@click.option("--explain", is_flag=True, help="Print each policy with its rules.")
@data_options
def perspectives(
    name: str | None,
    as_json: bool,
    explain: bool,
    data: tuple[Path, ...],
    no_default: bool,
) -> None:
    """List the perspectives, or print one by NAME with its rules and sources."""
    known = open_gazetteer(data, no_default).perspectives
    names = [known[name].name] if name else list(known)
    if not names:
        click.echo(f"no perspective to list; {NO_PERSPECTIVES}", err=True)
    if as_json:
        for each in names:
            echo_json(known[each].to_dict())
    elif name or explain:
        for each in names:
            click.echo(each)
            click.echo(wrapped(known.describe(each)))
    else:
        rows = [
            (each, known[each].version, known[each].date or "", known[each].title)
            for each in names
        ]
        echo_table(("perspective", "version", "date", "title"), rows)
