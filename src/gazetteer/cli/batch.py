"""``gazetteer batch``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.completion import complete_perspectives
from gazetteer.cli.meter import Meter, progress_option
from gazetteer.cli.options import (
    data_options,
    open_gazetteer,
    policy_options,
    the_policy,
)
from gazetteer.display.counts import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer.batch import Tally

__all__ = ["batch"]

_NO_QUOTES = "none"
_HELP = {
    "country": "Column with a country that the place lies in: name, id or scheme:id.",
    "within": "Column with another place that it lies in: name, id or scheme:id.",
    "type": "Column with its type, such as town.",
    "lang": "Column with the language that the name is written in, BCP 47.",
    "event": "Column with the EDTF date of what is told.",
    "published": "Column with the EDTF date of the telling.",
    "lat": "Column with degrees north of a point near it; needs --lon.",
    "lon": "Column with degrees east; needs --lat.",
}


def _context_columns(function: Callable[..., Any]) -> Callable[..., Any]:
    from gazetteer.batch import CONTEXT_FIELDS

    for field in reversed(CONTEXT_FIELDS):
        function = click.option(
            f"--{field}",
            f"context_{field}",
            metavar="COLUMN",
            help=_HELP[field],
        )(function)
    return function


def _formats(function: Callable[..., Any]) -> Callable[..., Any]:
    from gazetteer.batch import FORMATS

    for name, what in (("output_format", "the output"), ("format", "FILE")):
        function = click.option(
            f"--{name.replace('_', '-')}",
            "format_" if name == "format" else name,
            type=click.Choice(FORMATS),
            help=f"Of {what}; by its suffix if not given.",
        )(function)
    return function


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("-c", "--column", required=True, help="Header of the column of names.")
@_context_columns
@click.option(
    "-p",
    "--perspective",
    help="Fill the label column by this perspective.",
    shell_complete=complete_perspectives,
)
@click.option("--label-lang", default="en", show_default=True, help="Of the labels.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write here, whole or not at all; standard output if not given.",
)
@click.option(
    "--review",
    type=click.Path(dir_okay=False, path_type=Path),
    help="List here what a person should decide: the doubtful and the ambiguous.",
)
@click.option(
    "--decisions",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A review file in which a person has decided; repeatable.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on where an earlier run of this output was stopped, if there was one.",
)
@click.option("--prefix", default="gz_", show_default=True, help="Of added columns.")
@_formats
@click.option(
    "--delimiter",
    help="One character; comma, semicolon, tab or bar by the first lines if not given.",
)
@click.option(
    "--quote",
    default='"',
    show_default=True,
    help="The quotation mark of a CSV file, or none.",
)
@click.option(
    "--encoding",
    help="Of the input; by its byte order mark if not given, else UTF-8, and never "
    "guessed.",
)
@click.option("--sheet", help="Of a workbook; the first if not given.")
@policy_options
@click.option(
    "--fail-on",
    type=click.Choice(["unmatched", "ambiguous", "doubtful", "bad-context"]),
    multiple=True,
    help="Exit 1 if a row came out so; repeatable.",
)
@progress_option
@data_options
def batch(
    file: str,
    column: str,
    perspective: str | None,
    label_lang: str,
    output: Path | None,
    review: Path | None,
    decisions: tuple[Path, ...],
    resume: bool,
    prefix: str,
    format_: str | None,
    output_format: str | None,
    delimiter: str | None,
    quote: str,
    encoding: str | None,
    sheet: str | None,
    accept: float | None,
    review_score: float | None,
    margin: float | None,
    default_senses: bool,
    fail_on: tuple[str, ...],
    progress: bool | None,
    data: tuple[Path, ...],
    no_default: bool,
    **context_columns: str | None,
) -> None:
    """Resolve the names in one column of FILE (or - for a pipe).

    FILE is CSV, TSV, JSON Lines, Parquet or an Excel workbook, by its suffix. Each row
    comes out as it was, with the answer in added columns. Columns of context are named
    by --country, --within, --type, --event and so on:

    \b
        gazetteer batch places.csv --column name --within district -o resolved.csv
        gazetteer batch big.parquet -c name -o out.parquet --review review.xlsx
        gazetteer batch big.parquet -c name -o out.parquet --decisions review.xlsx

    The output appears whole or not at all. A run that was stopped goes on with
    --resume, and gives the bytes that it would have given undisturbed.
    """  # noqa: D301  # click looks for the character itself
    from gazetteer.batch import BatchOptions, resolve_file
    from gazetteer.batch.partial import Partial

    if delimiter is not None and len(delimiter) != 1:
        raise click.BadParameter("one character", param_hint="--delimiter")
    if quote != _NO_QUOTES and len(quote) != 1:
        raise click.BadParameter("one character, or none", param_hint="--quote")
    options = BatchOptions(
        column=column,
        context_columns={
            key.removeprefix("context_"): name
            for key, name in context_columns.items()
            if name
        },
        perspective=perspective,
        lang=label_lang,
        prefix=prefix,
        policy=the_policy(accept, review_score, margin, default_senses),
        format=format_,
        output_format=output_format,
        delimiter=delimiter,
        quote="" if quote == _NO_QUOTES else quote,
        encoding=encoding,
        sheet=sheet,
    )
    gazetteer = open_gazetteer(data, no_default)
    if output is not None and not resume and Partial.left_over(output):
        click.echo(
            f"{output}: starting again; --resume would have gone on with what an "
            f"earlier run had done",
            err=True,
        )
    meter = Meter(shown=progress)
    try:
        tally = resolve_file(
            gazetteer,
            sys.stdin.buffer if file == "-" else file,
            sys.stdout.buffer if output is None else output,
            options,
            review=review,
            decisions=decisions,
            resume=resume,
            progress=meter.read,
        )
    finally:
        meter.close()
    sys.stdout.flush()
    _echo_tally(tally, review, decided=bool(decisions))
    failed = dict(tally.outcomes) | {"bad-context": tally.bad_contexts}
    if any(failed.get(each) for each in fail_on):
        click.get_current_context().exit(1)


def _echo_tally(tally: Tally, review: Path | None, *, decided: bool) -> None:
    counts = ", ".join(
        f"{count:,} {name}" for name, count in sorted(tally.outcomes.items())
    )
    lines = [f"{counted(tally.rows, 'row')}: {counts or 'none'}"]
    if tally.resumed:
        were = counted(tally.resumed, "of them was", "of them were")
        lines.append(f"{were} done by an earlier run")
    if tally.bad_contexts:
        have = counted(tally.bad_contexts, "row has", "rows have")
        lines.append(f"{have} a context that can't be used: see the note column")
    if decided:
        were = counted(tally.decided, "row was", "rows were")
        lines.append(f"{were} decided by a person")
        if tally.decisions and not tally.decided:
            lines.append(
                f"{counted(tally.decisions, 'decision')} met no row: a name and its "
                f"context count as they are written, under the same options of context"
            )
    if review is not None:
        lines.append(f"{review}: {counted(tally.reviewed, 'name')} to decide")
    for line in lines:
        click.echo(line, err=True)
