"""``gazetteer demo``: what the program does, shown by the program itself."""

from __future__ import annotations

import shlex
from contextlib import chdir
from pathlib import Path

import click

from gazetteer.errors import DataNotFoundError

__all__ = ["demo"]

_SCRIPT = "demo.txt"


@click.command()
@click.pass_context
def demo(context: click.Context) -> None:
    """Show in a minute what it does: resolve, ambiguity, compare, render, reasons.

    Every command is printed as it would be typed, and run. Nothing is written.
    """
    folder = _folder()
    lines = (folder / _SCRIPT).read_text("utf-8").splitlines()
    group = context.find_root().command
    with chdir(folder):
        for line in lines:
            if not line.startswith("$ "):
                click.echo(line.removeprefix("# "))
                continue
            click.secho(line, bold=True)
            program, *arguments = shlex.split(line)[1:]
            if program == "cat":
                for file in arguments:
                    click.echo((folder / file).read_text("utf-8"), nl=False)
            else:
                # what is not matched exits 1, which is part of what is shown
                group.main(arguments, prog_name=program, standalone_mode=False)


def _folder() -> Path:
    # A wheel carries it in the package; a checkout is read where it stands.
    package = Path(__file__).parents[1]
    tried = (package / "_demo", package.parents[1] / "examples" / "demo")
    for folder in tried:
        if (folder / _SCRIPT).is_file():
            return folder
    raise DataNotFoundError(
        str(tried[0]), f"nor at {str(tried[1])!r}; reinstall the package"
    )
