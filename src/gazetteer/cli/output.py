"""What the commands print: aligned tables and JSON."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, TextIO

import click

from gazetteer.display.columns import aligned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["echo_json", "echo_table", "standard_output", "wrapped"]


def echo_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under a header, in columns as wide as their widest cell."""
    for number, line in enumerate(aligned(header, rows)):
        click.echo(click.style(line, bold=True) if number == 0 else line)


def echo_json(value: Any, *, indent: int | None = None) -> None:
    """Print a value as JSON, one line unless indented, letters as they are."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=indent))


def wrapped(text: str, indent: str = "  ") -> str:
    """Return a text of several lines with each of them indented."""
    return "\n".join(f"{indent}{line}" if line else "" for line in text.splitlines())


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Give standard output as UTF-8 with line ends left as they are written."""
    output = TextIOWrapper(sys.stdout.buffer, "utf-8", newline="")
    try:
        yield output
        output.flush()
    finally:
        output.detach()  # closing it would close standard output for everybody
