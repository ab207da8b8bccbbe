"""Tools for assistants, by the Model Context Protocol.

An assistant gets what a person gets: which place a name means, or that it cannot be
said and between which places; what a perspective calls it; a text rendered, with the
reason for every change. The refusal to guess is a value of its own, not an error: the
assistant is told to ask, and what to ask.

`tools` are the four tools, `shapes` is what they answer, `answering` fills it, and
`Limits` is what they allow.
"""

from gazetteer.assistants.limits import Limits
from gazetteer.assistants.tools import create_server

__all__ = ["Limits", "create_server"]
