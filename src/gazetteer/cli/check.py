"""``gazetteer check``."""

from __future__ import annotations

from pathlib import Path

import click

from gazetteer.cli.options import json_option
from gazetteer.cli.output import echo_json

__all__ = ["check"]


@click.command()
@click.argument(
    "directory",
    required=False,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--overlay",
    is_flag=True,
    help="The directory adds to the shipped data and may refer to its rows.",
)
@json_option
def check(directory: Path | None, overlay: bool, as_json: bool) -> None:
    """List every fault of a DIRECTORY of tables; the shipped ones if none is named.

    Exit 1 if there is an error; warnings alone pass.
    """
    from gazetteer.check import check_directory
    from gazetteer.tables import find_data, load_tables

    shipped = find_data()
    directory = directory or shipped
    base = load_tables(shipped) if overlay else None
    problems = check_directory(directory, base=base)
    for problem in problems:
        if as_json:
            echo_json(problem._asdict())
        else:
            click.echo(str(problem))
    errors = sum(problem.severity == "error" for problem in problems)
    if not as_json:
        warnings = len(problems) - errors
        click.echo(
            f"{directory}: {errors} error{'s' * (errors != 1)}, "
            f"{warnings} warning{'s' * (warnings != 1)}",
            err=bool(errors),
        )
    if errors:
        click.get_current_context().exit(1)
