"""``gazetteer mcp``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gazetteer.assistants.limits import Limits
from gazetteer.cli.options import data_options, open_gazetteer, title_lang_option

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["mcp"]


@click.command()
@title_lang_option
@click.option(
    "--max-characters",
    type=click.IntRange(min=100),
    default=Limits().most_characters,
    show_default=True,
    help="Of one text to be rendered.",
)
@data_options
def mcp(
    lang: str, max_characters: int, data: tuple[Path, ...], no_default: bool
) -> None:
    """Be a tool for assistants: the Model Context Protocol over standard input/output.

    Started by an assistant's program, which is told the command. The tools resolve,
    label, render and show only look things up: nothing is written, no file but
    the data is read, and no other machine is asked.
    """
    from gazetteer.integrations.extras import need
    from gazetteer.languages.tags import language_tag

    need("mcp", "mcp")
    from gazetteer.assistants import create_server

    gazetteer = open_gazetteer(data, no_default)
    limits = Limits(most_characters=max_characters)
    create_server(gazetteer, lang=language_tag(lang), limits=limits).run("stdio")
