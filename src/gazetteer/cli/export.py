"""``gazetteer export``."""

from __future__ import annotations

from pathlib import Path

import click

from gazetteer.cli.completion import complete_langs, complete_perspectives
from gazetteer.cli.options import data_options, open_gazetteer
from gazetteer.display.counts import counted

__all__ = ["export"]

_FORMATS = (
    "datapackage", "sqlite", "parquet", "geojson", "lpf", "lp-tsv", "skos",
    "alternatenames",
)  # fmt: skip


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(_FORMATS))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="The file or directory to write; it appears whole or not at all.",
)
@click.option(
    "-l",
    "--lang",
    "langs",
    multiple=True,
    default=("en",),
    show_default=True,
    metavar="LANG",
    help="Of titles and labels, BCP 47; repeatable, the first heads a place.",
    shell_complete=complete_langs,
)
@click.option(
    "-p",
    "--perspective",
    "perspectives",
    multiple=True,
    default=("neutral",),
    show_default=True,
    metavar="NAME",
    help="Whose labels geojson and skos have; repeatable, the first one's are the "
    "preferred labels of skos.",
    shell_complete=complete_perspectives,
)
@click.option(
    "--base",
    default="urn:gazetteer:",
    show_default=True,
    metavar="ADDRESS",
    help="What stands before a place's id to make it an address.",
)
@data_options
def export(
    format_: str,
    output: Path,
    langs: tuple[str, ...],
    perspectives: tuple[str, ...],
    base: str,
    data: tuple[Path, ...],
    no_default: bool,
) -> None:
    """Write all places to OUT in FORMAT, and say what FORMAT cannot carry.

    FORMAT is datapackage (a Frictionless Data Package), sqlite (a file) or parquet (a
    directory), which carry everything; geojson, with all rows as properties; lpf
    (Linked Places Format) or lp-tsv (its table); skos (Turtle, with SKOS-XL);
    alternatenames (alternateNamesV2 of GeoNames, for places that it has). gazetteer
    build reads them all.
    """
    from gazetteer.exchange import ExportOptions
    from gazetteer.exchange import export as write
    from gazetteer.writing import is_stream

    gazetteer = open_gazetteer(data, no_default)
    losses = write(gazetteer, format_, output, ExportOptions(langs, perspectives, base))
    told = f"{output}: {counted(len(gazetteer), 'place')}, data {gazetteer.version}"
    click.echo(told, err=is_stream(output))  # which may be where this is printed
    if losses:
        click.echo(f"what {format_} does not carry:", err=True)
    for loss in losses:
        click.echo(f"  {loss}", err=True)
