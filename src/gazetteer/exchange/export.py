"""Write what a gazetteer holds in a format by its name."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gazetteer.errors import UnknownPerspectiveError
from gazetteer.exchange.errors import ExportError
from gazetteer.exchange.losses import Losses
from gazetteer.exchange.options import ExportOptions
from gazetteer.writing import WriteError

if TYPE_CHECKING:
    import os

    from gazetteer.gazetteer import Gazetteer

__all__ = ["FORMATS", "export"]

# A module and what writes in it; only the one that is asked for is imported. The
# tables' own formats carry every row; the others have words of their own, and show
# places as the options say.
_WHOLE: Final = {
    "datapackage": "datapackage.write_datapackage",
    "sqlite": "sqlite.write_sqlite",
    "parquet": "parquet.write_parquet",
}
_WORDED: Final = {
    "geojson": "geojson.write_geojson",
    "lpf": "linkedplaces.write_linked_places",
    "lp-tsv": "lptsv.write_lp_tsv",
    "skos": "skos.write_skos",
    "alternatenames": "alternatenames.write_alternate_names",
}
_BASE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]*")
FORMATS: Final = (*_WHOLE, *_WORDED)


def export(
    gazetteer: Gazetteer,
    format: str,  # noqa: A002  # the word of the command line
    path: str | os.PathLike[str],
    options: ExportOptions | None = None,
) -> Losses:
    """Write a file, or a directory, and return what it does not carry.

    Args:
        gazetteer: whose places are written.
        format: one of `FORMATS`.
        path: where it appears, whole or not at all.
        options: how places are shown in the formats that have titles or labels.

    Raises:
        ExportError: if the format is unknown, no language or no perspective is named,
            the base begins no address, something stands in the way, or a package is
            missing.
        UnknownPerspectiveError: also where the format has no labels.
    """
    if format not in FORMATS:
        listed = ", ".join(FORMATS)
        raise ExportError(str(path), f"no format {format!r}; there are {listed}")
    options = _sound(gazetteer, path, options or ExportOptions())
    losses = Losses()
    module, _, name = {**_WHOLE, **_WORDED}[format].partition(".")
    write = getattr(import_module(f"gazetteer.exchange.{module}"), name)
    arguments = (losses,) if format in _WHOLE else (options, losses)
    try:
        write(gazetteer, Path(path), *arguments)
    except WriteError as error:
        raise ExportError(error.path, error.reason) from error
    return losses


def _sound(
    gazetteer: Gazetteer, path: str | os.PathLike[str], options: ExportOptions
) -> ExportOptions:
    """Return the options as they can be used.

    Raises:
        ExportError, UnknownPerspectiveError: if they cannot.
    """
    for name in ("langs", "perspectives"):
        if isinstance(getattr(options, name), str):
            reason = (
                f"{name} is a tuple, such as {getattr(ExportOptions(), name)}, no text"
            )
            raise ExportError(str(path), reason)
    if not options.langs:
        raise ExportError(str(path), "a title needs a language; langs=('en',) has one")
    if not _BASE.fullmatch(options.base):
        would = "'https://names.example/' would"
        reason = f"{options.base!r} does not begin an address; {would}"
        raise ExportError(str(path), reason)
    if (
        not gazetteer.perspectives
        and options.perspectives == ExportOptions().perspectives
    ):
        options = options._replace(perspectives=())  # a store of places alone
    elif gazetteer.perspectives and not options.perspectives:
        reason = "a label needs a perspective; perspectives=('neutral',) has one"
        raise ExportError(str(path), reason)
    for name in options.perspectives:
        if name not in gazetteer.perspectives:
            raise UnknownPerspectiveError(name, list(gazetteer.perspectives))
    return options
