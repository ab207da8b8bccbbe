"""Where the shipped data are."""

from __future__ import annotations

from pathlib import Path

from gazetteer.errors import DataNotFoundError

__all__ = ["find_data", "find_store", "find_tables"]


def find_data() -> Path:
    """Return the directory of the shipped rules, and in a checkout of its tables.

    A wheel carries it inside the package, as ``_data``; an editable install copies
    nothing, so a checkout is read where it stands.

    Raises:
        DataNotFoundError: if neither is there, as in an incomplete installation.
    """
    # importlib.resources would cost more CPU than reading the tables
    package = Path(__file__).parent.parent
    tried = (package / "_data", package.parent.parent / "data")
    for directory in tried:
        if (directory / "perspectives.toml").is_file():
            return directory
    raise DataNotFoundError(
        str(tried[0]), f"nor at {str(tried[1])!r}; reinstall the package"
    )


def find_tables() -> Path:
    """Return the directory of the shipped tables, which a checkout has.

    Raises:
        DataNotFoundError: in an installed package: its wheel carries them compiled.
    """
    directory = find_data()
    if not (directory / "places.csv").is_file():
        raise DataNotFoundError(
            str(directory),
            "the installed package carries its tables compiled; name a directory, or "
            "run this in a checkout",
        )
    return directory


def find_store() -> Path | None:
    """Return the store that a wheel carries; None in a checkout, which has none."""
    path = Path(__file__).parent.parent / "_data" / "default.gaz"
    return path if path.is_file() else None
