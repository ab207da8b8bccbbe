"""The group of commands; each is imported when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click
from click.shell_completion import CompletionItem

from gazetteer.errors import GazetteerError

__all__ = ["main"]

# command -> its module; the order is that of a name's journey and of the help
_COMMANDS = {
    "resolve": "gazetteer.cli.resolve",
    "label": "gazetteer.cli.label",
    "compare": "gazetteer.cli.label",
    "show": "gazetteer.cli.show",
    "render": "gazetteer.cli.render",
    "lint": "gazetteer.cli.lint",
    "find": "gazetteer.cli.find",
    "batch": "gazetteer.cli.batch",
    "serve": "gazetteer.cli.serve",
    "mcp": "gazetteer.cli.mcp",
    "check": "gazetteer.cli.check",
    "export": "gazetteer.cli.export",
    "import": "gazetteer.cli.import_",
    "coverage": "gazetteer.cli.coverage",
    "crosscheck": "gazetteer.cli.crosscheck",
    "diff": "gazetteer.cli.diff",
    "build": "gazetteer.cli.build",
    "verify": "gazetteer.cli.verify",
    "perspectives": "gazetteer.cli.perspectives",
    "demo": "gazetteer.cli.demo",
    "completion": "gazetteer.cli.completion",
}

_FAILURE = 2
_CUT_SHORT = 141
"""As shells say it of programs that a closed pipe ended: 128 and the signal's 13."""


class _LazyGroup(click.Group):
    """A group that imports a command only to run it or to print its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem]:
        """Return what a word may become; no command is imported for its name."""
        names = [name for name in _COMMANDS if name.startswith(incomplete)]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [*map(CompletionItem, names), *options]

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GazetteerError as error:
            click.echo(f"gazetteer: {error}", err=True)
            ctx.exit(_FAILURE)
        except BrokenPipeError:
            # Whoever reads has had enough. That is no fault to complain of, and no
            # success either: what was not written was not looked at.
            _let_go()
            ctx.exit(_CUT_SHORT)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"gazetteer: {where}{error.strerror or error}", err=True)
            ctx.exit(_FAILURE)


def _let_go() -> None:
    """Let nothing be written to a pipe that nobody reads, at exit neither."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gazetteer")
def main() -> None:
    """Variant names of places to canonical ids, and labels by a perspective's rules."""
