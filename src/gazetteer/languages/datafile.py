"""Read the tab-separated files of this package."""

from __future__ import annotations

from pathlib import Path

__all__ = ["rows"]

_DIRECTORY = Path(__file__).parent


def rows(file: str) -> list[list[str]]:
    """Return the fields of each line of a file here; ``#`` starts a comment line.

    Args:
        file: a name in this directory, such as ``letters.tsv``. UTF-8, LF.
    """
    text = (_DIRECTORY / file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
