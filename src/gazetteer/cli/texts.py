"""Documents that commands read: which files, their format, what of them is text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from gazetteer.errors import DataError, GazetteerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gazetteer.documents import Document
    from gazetteer.errors import Problem

__all__ = ["Opened", "each_of", "files_argument", "format_options", "read_all"]

# those of gazetteer.documents, which would cost every call of --help its import
_FORMATS = ("plain", "markdown", "html", "docx", "json", "jsonl", "csv", "tsv")

files_argument = click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
)


def format_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say how a file is read."""
    options = (
        click.option(
            "--format",
            "kind",
            type=click.Choice(_FORMATS),
            help="By the file's suffix if not given; plain for a pipe.",
        ),
        click.option(
            "--field",
            "--column",
            "fields",
            metavar="NAME",
            multiple=True,
            help="Of JSON or CSV, what holds text: a key, a JSON Pointer with * for "
            "any step, a column's header; may be repeated.",
        ),
        click.option(
            "--encoding", help="Of the text; if not given, as the file says, or UTF-8."
        ),
        click.option("--delimiter", help="Of CSV; told by the header if not given."),
    )
    for option in reversed(options):
        function = option(function)
    return function


class Opened(NamedTuple):
    """A file that was read."""

    file: str
    raw: bytes
    document: Document


def read_all(
    files: Iterable[str],
    kind: str | None,
    fields_of: Callable[[str], Sequence[str]],
    **options: Any,
) -> list[Opened]:
    """Read documents; ``-`` is standard input.

    Args:
        files: their names.
        kind: their format; by their suffixes if None.
        fields_of: returns which fields of a file hold text.
        **options: as `gazetteer.documents.open_document` takes them.

    Raises:
        GazetteerError: with the problems of all files.
    """
    from gazetteer.documents import open_document

    def read(file: str) -> Opened:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        fields = fields_of(file)
        document = open_document(raw, file, format=kind, fields=fields, **options)
        return Opened(file, raw, document)

    return each_of(files, read)


def each_of(values: Iterable[Any], function: Callable[[Any], Any]) -> list[Any]:
    """Apply a function to all values; what is wrong with them is told at once."""
    results: list[Any] = []
    problems: list[Problem] = []
    errors: list[GazetteerError] = []
    for value in values:
        try:
            results.append(function(value))
        except DataError as error:
            problems += error.problems
        except GazetteerError as error:
            # what does not depend on the file is not told once for each
            if str(error) not in map(str, errors):
                errors.append(error)
    if problems:
        errors.append(DataError(problems))
    for other in errors[:-1]:
        click.echo(f"gazetteer: {other}", err=True)
    if errors:
        raise errors[-1]
    return results
