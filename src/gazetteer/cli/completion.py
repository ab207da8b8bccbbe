"""``gazetteer completion``, and what a shell is told when a word is to be completed.

Each press of the key starts the program anew, so what is told is read from the tables
themselves, or from a list that a wheel has of them: no store is opened, and nothing
heavy is imported.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazetteer.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["complete_langs", "complete_perspectives", "completion"]

_VARIABLE = "_GAZETTEER_COMPLETE"
_NOT_LANGUAGES = frozenset({"mul", "und"})


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what lets a SHELL complete commands, options, perspectives and languages.

    \b
    bash:  in ~/.bashrc, eval "$(gazetteer completion bash)"
    zsh:   in ~/.zshrc, eval "$(gazetteer completion zsh)"
    fish:  gazetteer completion fish > ~/.config/fish/completions/gazetteer.fish
    """  # noqa: D301  # click looks for the character itself
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None  # noqa: S101 - click has all three
    group = context.find_root().command
    click.echo(made(group, {}, "gazetteer", _VARIABLE).source())


def complete_perspectives(
    context: click.Context, _option: click.Parameter, begun: str
) -> list[str]:
    """Return the names of perspectives that begin so, those of --data included."""
    import tomllib

    found: dict[str, None] = {}
    for folder in _folders(context):
        file = folder / "perspectives.toml"
        if file.is_file():
            try:
                text = file.read_text("utf-8")
                found |= dict.fromkeys(tomllib.loads(text).get("perspective", {}))
            except (ValueError, OSError):
                continue  # the command itself will say what is wrong with it
    return [name for name in found if name.startswith(begun)]


def complete_langs(
    context: click.Context, _option: click.Parameter, begun: str
) -> list[str]:
    """Return the tags of languages that begin so and that some name is in."""
    found: set[str] = set()
    for folder in _folders(context):
        try:
            found |= _langs_of(folder)
        except (ValueError, OSError, StopIteration, csv.Error):
            continue
    tags = found - _NOT_LANGUAGES - {""}
    return sorted(tag for tag in tags if tag.lower().startswith(begun.lower()))


def _langs_of(folder: Path) -> set[str]:
    listed = folder / "languages.txt"
    if listed.is_file():
        return set(listed.read_text("utf-8").split())
    with (folder / "names.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        at = next(rows).index("lang")
        return {row[at] for row in rows if len(row) > at}


def _folders(context: click.Context) -> Iterator[Path]:
    from gazetteer.tables.locate import find_data

    for source in context.params.get("data") or ():
        yield Path(source)
    try:
        yield find_data()
    except GazetteerError:
        return
