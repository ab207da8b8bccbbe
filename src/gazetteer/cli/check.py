"""``gazetteer check``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazetteer.cli.options import json_option
from gazetteer.cli.output import echo_json
from gazetteer.display.counts import counted

if TYPE_CHECKING:
    from gazetteer.errors import Problem

__all__ = ["check"]

_FAILING = ("error", "finding")


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
@click.option(
    "--strict",
    is_flag=True,
    help="Look for what is likely wrong too; what accepted.csv accepts passes.",
)
@json_option
def check(directory: Path | None, overlay: bool, strict: bool, as_json: bool) -> None:
    """List every fault of a DIRECTORY of tables; of a checkout's own if none is named.

    Exit 1 if there is an error or a finding that is not accepted; warnings alone pass.
    """
    from gazetteer import Gazetteer
    from gazetteer.check import check_directory
    from gazetteer.tables import find_tables

    directory = directory or find_tables()
    base = Gazetteer.load().tables if overlay else None
    problems = check_directory(directory, base=base, strict=strict)
    for problem in problems:
        if as_json:
            echo_json({**problem._asdict(), "key": problem.key or None})
        else:
            click.echo(str(problem))
    counts = Counter(problem.severity for problem in problems)
    failed = any(counts[each] for each in _FAILING)
    if not as_json:
        click.echo(f"{directory}: {_told(counts, strict=strict)}", err=failed)
        for line in _kinds(problems):
            click.echo(line, err=failed)
    if failed:
        click.get_current_context().exit(1)


def _told(counts: Counter[str], *, strict: bool) -> str:
    told = [
        counted(counts[each], each)
        for each in ("error", "warning", *(["finding"] if strict else []))
    ]
    if strict:
        told.append(f"{counts['accepted']} accepted")
    return ", ".join(told)


def _kinds(problems: list[Problem]) -> list[str]:
    """Return how many findings of each kind there are, and how many are accepted."""
    found = Counter(each.code for each in problems if each.key)
    accepted = Counter(each.code for each in problems if each.severity == "accepted")
    return [
        f"  {code}: {count}, {accepted[code]} accepted"
        for code, count in sorted(found.items())
    ]
