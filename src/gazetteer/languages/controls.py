"""Characters that write nothing: no name of any language has one."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["CONTROLS", "has_control"]

CONTROLS: Final = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
"""For a regular expression: all of the category Cc but those that are white space."""

_CONTROL: Final = re.compile(f"[{CONTROLS}]")


def has_control(text: str) -> bool:
    r"""Tell whether a text has a control character that is no white space.

    A query with one is refused, so that a name with one would never be found.

    Examples:
        >>> has_control("Old\x07town"), has_control("Old\ttown")
        (True, False)
    """
    # nearly all names are printable, and that is asked ten times as fast
    return not text.isprintable() and _CONTROL.search(text) is not None
