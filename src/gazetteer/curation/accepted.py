"""What was looked at and accepted: the rows of accepted.csv."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.check.rows import check_file
from gazetteer.errors import DataError
from gazetteer.tables.columns import ALL_TABLES

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

__all__ = ["read_accepted"]


def read_accepted(
    directories: Iterable[str | os.PathLike[str]],
) -> dict[tuple[str, str], str]:
    """Return the reason of each finding and key that the directories accept.

    Raises:
        DataError: if a file cannot be read.
    """
    table = ALL_TABLES["accepted"]
    found: dict[tuple[str, str], str] = {}
    for directory in directories:
        path = Path(directory) / table.file
        if not path.is_file():
            continue
        checked = check_file(table, str(path), path.read_bytes(), "warning")
        errors = [each for each in checked.problems if each.severity == "error"]
        if errors:
            raise DataError(errors)
        for row in checked.rows:
            found.setdefault((row["finding"], row["key"]), row["reason"])
    return found
