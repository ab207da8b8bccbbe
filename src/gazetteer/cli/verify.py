"""``gazetteer verify``."""

from __future__ import annotations

from pathlib import Path

import click

from gazetteer.cli.meter import Meter, progress_option
from gazetteer.cli.options import json_option
from gazetteer.cli.output import echo_json
from gazetteer.display.counts import counted

__all__ = ["verify"]


@click.command()
@click.argument("store", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@progress_option
def verify(store: Path, as_json: bool, progress: bool | None) -> None:
    """Read every byte of a STORE and list what is damaged; exit 1 if anything is.

    A damaged store is written again by gazetteer build.
    """
    from gazetteer.store.verify import verify_store

    meter = Meter(shown=progress)
    try:
        damages = verify_store(
            store,
            lambda done, total: meter.read(
                f"reading {store.name}", done, done / max(total, 1), "byte"
            ),
        )
    finally:
        meter.close()
    for damage in damages:
        if as_json:
            echo_json(damage._asdict())
        else:
            click.echo(str(damage))
    if not as_json:
        found = counted(len(damages), "damaged part")
        click.echo(f"{store}: {found if damages else 'whole'}", err=bool(damages))
    if damages:
        click.get_current_context().exit(1)
