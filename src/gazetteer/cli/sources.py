"""Options of commands that read others' files: what columns hold, what is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from gazetteer.display.counts import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer.formats import CsvOptions, Faults

__all__ = ["csv_options", "echo_faults", "source_options"]

_SHOWN = 10


def source_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say how its sources are to be read."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS = (
    click.option(
        "-c",
        "--column",
        "columns",
        multiple=True,
        metavar="FIELD=HEADER",
        help="What a column of a CSV file holds, such as name=Title; repeatable.",
    ),
    click.option(
        "--set",
        "constants",
        multiple=True,
        metavar="FIELD=VALUE",
        help="What holds for all rows that do not say it, such as type=village.",
    ),
    click.option(
        "--separator",
        default=";",
        show_default=True,
        help="Between several names in one cell.",
    ),
    click.option(
        "--delimiter",
        help="Between the cells: one character; comma, semicolon, tab or bar by the "
        "header if not given.",
    ),
    click.option(
        "--encoding", default="utf-8", show_default=True, help="Of CSV files."
    ),
    click.option(
        "--scheme", default="", help="Before the ids; by the file's name if not."
    ),
    click.option("--title", default="", help="Of the source, as answers cite it."),
    click.option("--licence", default="", help="Of the source."),
    click.option("--url", default="", help="Of the source."),
    click.option(
        "--skip-faulty",
        is_flag=True,
        help="Leave rows with faults out, and say how many.",
    ),
)


def csv_options(options: dict[str, Any]) -> CsvOptions:
    """Return what `source_options` gave, without ``skip_faulty``.

    Raises:
        click.BadParameter: if the delimiter is not one character.
    """
    from gazetteer.formats import CsvOptions, parse_columns

    delimiter = options["delimiter"]
    if delimiter is not None and len(delimiter) != 1:
        raise click.BadParameter("one character", param_hint="--delimiter")
    return CsvOptions(
        parse_columns(options["columns"], options["constants"]),
        options["scheme"],
        options["separator"],
        delimiter or "",
        options["encoding"],
        options["title"],
        options["licence"],
        options["url"],
    )


def echo_faults(faults: Faults) -> None:
    """Print the warnings, each kind once, and what was left out, on standard error."""
    for problem, count in faults.warnings.items():
        more = f" ({count:,} such)" if count > 1 else ""
        click.echo(f"{problem}{more}", err=True)
    if faults.skip and faults.skipped:
        for problem in faults.examples[:_SHOWN]:
            click.echo(str(problem), err=True)
        rows = counted(faults.skipped, "row with faults was", "rows with faults were")
        click.echo(f"{rows} left out", err=True)
