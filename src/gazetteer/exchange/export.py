"""Write what a gazetteer holds in a format by its name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gazetteer.exchange.errors import ExportError
from gazetteer.exchange.losses import Losses

if TYPE_CHECKING:
    import os

    from gazetteer.gazetteer import Gazetteer

__all__ = ["FORMATS", "export"]

# A module each, named like the format; only the one that is asked for is imported.
_WRITERS: Final = {
    "datapackage": "write_datapackage",
    "sqlite": "write_sqlite",
    "parquet": "write_parquet",
}
FORMATS: Final = tuple(_WRITERS)


def export(
    gazetteer: Gazetteer,
    format: str,  # noqa: A002  # the word of the command line
    path: str | os.PathLike[str],
) -> Losses:
    """Write a file, or a directory, and return what it does not carry.

    Args:
        gazetteer: whose places are written.
        format: one of `FORMATS`.
        path: where it appears, whole or not at all.

    Raises:
        ExportError: if the format is unknown, something stands in the way, or a package
            is missing.
    """
    if format not in _WRITERS:
        listed = ", ".join(FORMATS)
        raise ExportError(str(path), f"no format {format!r}; there are {listed}")
    losses = Losses()
    module = import_module(f"gazetteer.exchange.{format}")
    getattr(module, _WRITERS[format])(gazetteer, Path(path), losses)
    return losses
