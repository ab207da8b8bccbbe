"""``gazetteer render``."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.options import (
    data_options,
    json_option,
    open_gazetteer,
    place_options,
)
from gazetteer.cli.output import echo_json
from gazetteer.cli.reporting import beside_option, page_of

if TYPE_CHECKING:
    from gazetteer.render import Rendering

__all__ = ["render"]


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("-p", "--perspective", default="neutral", show_default=True)
@click.option("-l", "--lang", help="Of the text; told by the text if not given.")
@click.option(
    "--markup",
    type=click.Choice(["plain", "markdown"]),
    help="By the file's suffix if not given; plain for a pipe.",
)
@click.option(
    "--reported",
    type=click.Choice(["render", "keep"]),
    default="render",
    show_default=True,
    help="Reported speech: change where the new label holds the written name, or keep.",
)
@place_options
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the text here; standard output if not given.",
)
@click.option("--diff", is_flag=True, help="Print what changed instead of the text.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every change and refusal here: a page to read for .html, JSON for "
    ".json, else plain words.",
)
@beside_option
@click.option("--explain", is_flag=True, help="Print the report to standard error.")
@click.option(
    "--fail-on",
    type=click.Choice(["change", "refusal"]),
    multiple=True,
    help="Exit 1 if there was one.",
)
@json_option
@data_options
def render(
    file: str,
    perspective: str,
    lang: str | None,
    markup: str | None,
    reported: str,
    output: Path | None,
    diff: bool,
    report: Path | None,
    beside: tuple[str, ...],
    explain: bool,
    fail_on: tuple[str, ...],
    as_json: bool,
    data: tuple[Path, ...],
    no_default: bool,
    **dates: Any,
) -> None:
    """Print FILE (or - for a pipe) with its place names as a perspective has them."""
    from gazetteer.documents import decode_text, markup_of, write_text

    gazetteer = open_gazetteer(data, no_default)
    raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    text = decode_text(raw, file=file)
    options = {"markup": markup or markup_of(file), "reported": reported, **dates}
    rendering = gazetteer.render(text, perspective, lang=lang, **options)
    if report is not None:

        def again(other: str) -> list[Rendering]:
            return [gazetteer.render(text, other, lang=lang, **options)]

        page = page_of(gazetteer, file, [rendering], beside, again, report)
        as_json = report.suffix == ".json"
        write_text(report, page or _report(rendering, file, as_json=as_json))
    if output is not None:
        write_text(output, rendering.text)
    if as_json:
        echo_json({"file": file, **rendering.to_dict()})
    elif diff:
        click.echo(_diff(text, rendering.text, file), nl=False)
    elif output is None:
        # bytes, so that the line ends of the text stay what they were
        sys.stdout.buffer.write(rendering.text.encode())
        sys.stdout.buffer.flush()
    if explain:
        click.echo(rendering.explain(), err=True)
    else:
        for warning in rendering.warnings:
            click.echo(f"warning: {warning}", err=True)
    happened = {"change": rendering.changes, "refusal": rendering.refusals}
    if any(happened[each] for each in fail_on):
        click.get_current_context().exit(1)


def _report(rendering: Rendering, file: str, *, as_json: bool) -> str:
    if as_json:
        import json

        shape = {"file": file, **rendering.to_dict()}
        return json.dumps(shape, ensure_ascii=False, indent=2) + "\n"
    return f"{file}\n{rendering.explain()}\n"


def _diff(before: str, after: str, file: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        fromfile=file,
        tofile=f"{file} (rendered)",
        n=1,
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in lines
    )
