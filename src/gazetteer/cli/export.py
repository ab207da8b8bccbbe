"""``gazetteer export``."""

from __future__ import annotations

from pathlib import Path

import click

from gazetteer.cli.options import data_options, open_gazetteer

__all__ = ["export"]

_FORMATS = ("datapackage", "sqlite", "parquet")


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
@data_options
def export(
    format_: str,
    output: Path,
    data: tuple[Path, ...],
    no_default: bool,
) -> None:
    """Write all places to OUT in FORMAT, and say what FORMAT cannot carry.

    FORMAT is datapackage (a Frictionless Data Package), sqlite (a file) or parquet (a
    directory). gazetteer build reads them all.
    """
    from gazetteer.exchange import export as write

    gazetteer = open_gazetteer(data, no_default)
    losses = write(gazetteer, format_, output)
    click.echo(f"{output}: {len(gazetteer):,} places, data {gazetteer.version}")
    if losses:
        click.echo(f"what {format_} does not carry:", err=True)
    for loss in losses:
        click.echo(f"  {loss}", err=True)
