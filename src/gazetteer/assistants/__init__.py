"""Tools for assistants, by the Model Context Protocol.

An assistant gets what a person gets: which place a name means, or that it cannot be
said and between which places; what a perspective calls it; a text rendered, with the
reason for every change. The refusal to guess is a value of its own, not an error: the
assistant is told to ask, and what to ask.

`tools` are the four tools, `shapes` is what they answer, `answering` fills it, and
`Limits` is what they allow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.assistants.limits import Limits

if TYPE_CHECKING:
    from gazetteer.assistants.tools import create_server

__all__ = ["Limits", "create_server"]


def __getattr__(name: str) -> Any:
    """Import the tools when they are made: the limits alone need no extra."""
    if name != "create_server":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from gazetteer.assistants.tools import create_server

    return create_server
