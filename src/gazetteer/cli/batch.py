"""``gazetteer batch``."""

from __future__ import annotations

import sys
import time
from contextlib import AbstractContextManager, ExitStack, nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from gazetteer.cli.options import (
    data_options,
    open_gazetteer,
    policy_options,
    the_policy,
)
from gazetteer.cli.output import standard_output
from gazetteer.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer.batch import Tally

__all__ = ["batch"]


def _context_columns(function: Callable[..., Any]) -> Callable[..., Any]:
    from gazetteer.batch import CONTEXT_FIELDS

    for field in reversed(CONTEXT_FIELDS):
        function = click.option(
            f"--{field}",
            f"context_{field}",
            metavar="COLUMN",
            help=f"Column with the {field} of each row.",
        )(function)
    return function


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("-c", "--column", required=True, help="Header of the column of names.")
@_context_columns
@click.option("-p", "--perspective", help="Fill the label column by this perspective.")
@click.option("--label-lang", default="en", show_default=True, help="Of the labels.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write here, beside and then renamed; standard output if not given.",
)
@click.option("--prefix", default="gz_", show_default=True, help="Of added columns.")
@click.option(
    "--delimiter", help="One character; comma, semicolon or tab by the header if not."
)
@click.option("--encoding", default="utf-8", show_default=True, help="Of the input.")
@policy_options
@click.option(
    "--fail-on",
    type=click.Choice(["unmatched", "ambiguous", "doubtful", "bad-context"]),
    multiple=True,
    help="Exit 1 if a row came out so; repeatable.",
)
@click.option(
    "--progress/--no-progress", default=None, help="On a terminal if not given."
)
@data_options
def batch(
    file: str,
    column: str,
    perspective: str | None,
    label_lang: str,
    output: Path | None,
    prefix: str,
    delimiter: str | None,
    encoding: str,
    accept: float | None,
    review: float | None,
    margin: float | None,
    default_senses: bool,
    fail_on: tuple[str, ...],
    progress: bool | None,
    data: tuple[Path, ...],
    no_default: bool,
    **context_columns: str | None,
) -> None:
    r"""Resolve the names in one column of a CSV FILE (or - for a pipe).

    Each row comes out as it was, with the answer in added columns. Columns of context
    are named by --country, --within, --type, --event and so on:

    \b
        gazetteer batch places.csv --column name --within district -o resolved.csv
    """
    from gazetteer.batch import BatchOptions, atomic_output, resolve_csv

    if delimiter is not None and len(delimiter) != 1:
        raise click.BadParameter("one character", param_hint="--delimiter")
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
        delimiter=delimiter,
        policy=the_policy(accept, review, margin, default_senses),
    )
    gazetteer = open_gazetteer(data, no_default)
    if perspective is not None:
        _ = gazetteer.perspectives[perspective]  # an unknown one fails before any row
    shown = sys.stderr.isatty() if progress is None else progress
    meter = _Meter() if shown else None
    with ExitStack() as stack:
        lines = stack.enter_context(_open(file, encoding))
        out: TextIO
        if output is None:
            out = stack.enter_context(standard_output())
        else:
            out = stack.enter_context(atomic_output(output))
        try:
            tally = resolve_csv(
                gazetteer, lines, out, options, file=file, progress=meter
            )
        except UnicodeDecodeError as error:
            raise _bad_encoding(file, encoding, error) from error
    _echo_tally(tally)
    failed = dict(tally.outcomes) | {"bad-context": tally.bad_contexts}
    if any(failed.get(each) for each in fail_on):
        click.get_current_context().exit(1)


def _open(file: str, encoding: str) -> AbstractContextManager[TextIO]:
    try:
        if file == "-":
            # standard input is not ours to close
            return nullcontext(TextIOWrapper(sys.stdin.buffer, encoding, newline=""))
        return Path(file).open(encoding=encoding, newline="")
    except LookupError as error:
        raise click.BadParameter(str(error), param_hint="--encoding") from error


def _bad_encoding(file: str, encoding: str, error: UnicodeDecodeError) -> DataError:
    message = (
        f"byte {error.object[error.start]:#04x} is not {encoding}; "
        f"name the file's encoding with --encoding"
    )
    line = 0
    if file != "-":
        # the decoder knows only its own buffer, so the line is found in the file
        with Path(file).open("rb") as raw:
            for number, each in enumerate(raw, start=1):
                try:
                    each.decode(encoding)
                except UnicodeDecodeError:
                    line = number
                    break
    return DataError([Problem(file, line, 0, "", "", "bad-encoding", message)])


def _echo_tally(tally: Tally) -> None:
    counts = ", ".join(
        f"{count} {name}" for name, count in sorted(tally.outcomes.items())
    )
    click.echo(f"{tally.rows} rows: {counts or 'none'}", err=True)
    if tally.bad_contexts:
        click.echo(
            f"{tally.bad_contexts} rows have a context that can't be used: see the "
            f"note column",
            err=True,
        )


class _Meter:
    """Says on standard error how many rows are done, and how fast."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def __call__(self, rows: int) -> None:
        rate = rows / max(time.monotonic() - self._start, 1e-9)
        click.echo(f"\r{rows:,} rows, {rate:,.0f} a second", err=True, nl=False)
        if rows % 5_000:  # the last piece
            click.echo(err=True)
