"""Characters that a reader does not see as letters, taken out of running text."""

from __future__ import annotations

import re

from gazetteer.folding.signs import ARMENIAN_ACCENTS, INVISIBLE

__all__ = ["strip_ignorable"]

_IGNORABLE = re.compile(f"[{INVISIBLE}{ARMENIAN_ACCENTS}]")


def strip_ignorable(text: str) -> tuple[str, list[int]]:
    """Return text without ignorable characters, and where each of its characters was.

    Dropped are the soft hyphen, zero-width space, joiner and non-joiner, word joiner
    and byte order mark, and the Armenian marks that are written inside a word. A text
    is scanned without them and changed with them.

    Returns:
        The text and one offset more than it has characters: ``offsets[i]`` is the code
        point offset in the original of its i-th character, the last one the original's
        length. A span ``start, end`` of the result covers ``offsets[start]`` to
        ``offsets[end - 1] + 1`` of the original.

    Examples:
        >>> strip_ignorable("so\u00adlo")
        ('solo', [0, 1, 3, 4, 5])
    """
    if text.isascii() or not _IGNORABLE.search(text):
        return text, list(range(len(text) + 1))
    kept = [at for at, char in enumerate(text) if not _IGNORABLE.match(char)]
    stripped = "".join(text[at] for at in kept)
    return stripped, [*kept, len(text)]
