"""``gazetteer coverage``."""

from __future__ import annotations

from pathlib import Path

import click

from gazetteer.cli.completion import complete_langs
from gazetteer.cli.options import data_options, json_option, open_gazetteer
from gazetteer.cli.output import echo_json, echo_table
from gazetteer.writing import write_text

__all__ = ["coverage"]


@click.command()
@click.option(
    "--lang",
    "langs",
    shell_complete=complete_langs,
    multiple=True,
    metavar="LANG",
    help="A language to count labels in, BCP 47; repeatable. Those of most contested "
    "places if not given.",
)
@click.option(
    "--svg",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Draw the figures into a file too.",
)
@click.option(
    "--table",
    "only",
    multiple=True,
    metavar="NAME",
    help="Print this table alone, such as sides; repeatable.",
)
@json_option
@data_options
def coverage(
    langs: tuple[str, ...],
    svg: Path | None,
    only: tuple[str, ...],
    as_json: bool,
    data: tuple[Path, ...],
    no_default: bool,
) -> None:
    """Count what there is: by area, language, side, certainty, source, perspective.

    Also how often each side comes first in neutral labels, and how many of those are
    incomplete, for want of whom. What is counted of one side is counted of each.
    """
    from gazetteer.curation.coverage import draw, measure

    found = measure(open_gazetteer(data, no_default), langs)
    unknown = sorted(set(only) - found.tables.keys())
    if unknown:
        message = f"no table {unknown[0]!r}; there are {', '.join(found.tables)}"
        raise click.BadParameter(message, param_hint="--table")
    shown = {key: each for key, each in found.tables.items() if not only or key in only}
    if svg is not None:
        write_text(svg, draw(found))
    if as_json:
        echo_json(found._replace(tables=shown).to_dict(), indent=2)
        return
    for number, (key, figures) in enumerate(shown.items()):
        click.secho(f"{chr(10) * bool(number)}{figures.title} ({key})", bold=True)
        echo_table(
            figures.header,
            (
                [f"{cell:,}" if isinstance(cell, int) else cell for cell in row]
                for row in figures.rows
            ),
        )
