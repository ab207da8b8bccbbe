"""Texts that commands read: which files, their markup, what is in them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["files_argument", "markup_option", "read_all"]

files_argument = click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
)

markup_option = click.option(
    "--markup",
    type=click.Choice(["plain", "markdown"]),
    help="By the file's suffix if not given; plain for a pipe.",
)


def read_all(files: Sequence[str]) -> list[tuple[str, str]]:
    """Return files with their texts; ``-`` is standard input.

    Raises:
        DataError: with the problems of all files.
    """
    from gazetteer.documents import decode_text
    from gazetteer.errors import DataError, Problem

    texts: list[tuple[str, str]] = []
    problems: list[Problem] = []
    read: Callable[[str], bytes] = lambda file: (  # noqa: E731
        sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    )
    for file in files:
        try:
            texts.append((file, decode_text(read(file), file=file)))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return texts
