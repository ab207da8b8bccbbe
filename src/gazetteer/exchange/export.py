"""Write what a gazetteer holds in a format by its name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gazetteer.exchange.errors import ExportError
from gazetteer.exchange.losses import Losses

if TYPE_CHECKING:
    import os

    from gazetteer.gazetteer import Gazetteer

__all__ = ["FORMATS", "Wanted", "export"]

# The tables' own formats carry every row; the others have words of their own.
_WHOLE: Final = {
    "datapackage": "write_datapackage",
    "sqlite": "write_sqlite",
    "parquet": "write_parquet",
}
_WORDED: Final[dict[str, tuple[str, str]]] = {}
FORMATS: Final = (*_WORDED, *_WHOLE)


class Wanted(NamedTuple):
    """How places are to be shown where a format asks for more than rows.

    Attributes:
        langs: of titles and labels, BCP 47; the first one heads a place.
        perspectives: whose labels are written; none for all.
        base: what stands before a place's id to make it an address.
    """

    langs: tuple[str, ...] = ("en",)
    perspectives: tuple[str, ...] = ()
    base: str = "urn:gazetteer:"


def export(
    gazetteer: Gazetteer,
    format: str,  # noqa: A002  # the word of the command line
    path: str | os.PathLike[str],
    wanted: Wanted | None = None,
) -> Losses:
    """Write a file, or a directory, and return what it does not carry.

    Args:
        gazetteer: whose places are written.
        format: one of `FORMATS`.
        path: where it appears, whole or not at all.
        wanted: how places are to be shown.

    Raises:
        ExportError: if the format is unknown, something stands in the way, or a package
            is missing.
    """
    losses = Losses()
    target = Path(path)
    if format in _WHOLE:
        module = import_module(f"gazetteer.exchange.{format}")
        getattr(module, _WHOLE[format])(gazetteer, target, losses)
        return losses
    if format not in _WORDED:
        listed = ", ".join(FORMATS)
        raise ExportError(str(path), f"no format {format!r}; there are {listed}")
    name, function = _WORDED[format]
    write: Any = getattr(import_module(f"gazetteer.exchange.{name}"), function)
    write(gazetteer, target, wanted or Wanted(), losses)
    return losses
