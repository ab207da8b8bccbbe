"""Where in a file something is, for errors and reports."""

from __future__ import annotations

from gazetteer.errors import Problem

__all__ = ["line_and_column", "problem_at"]

_LONGEST = 40


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    r"""Return the line and the column of an offset, from 1, as editors count them.

    Examples:
        >>> line_and_column("one\ntwo", 5)
        (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def problem_at(
    file: str,
    text: str,
    offset: int,
    field: str,
    message: str,
    code: str = "bad-document",
) -> Problem:
    """Return what is wrong at an offset of a text."""
    line, column = line_and_column(text, offset)
    value = text[offset : offset + _LONGEST].split("\n", 1)[0]
    return Problem(file, line, column, field, value, code, message)
