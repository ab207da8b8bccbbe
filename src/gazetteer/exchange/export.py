"""Write what a gazetteer holds in a format by its name."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gazetteer.errors import UnknownPerspectiveError
from gazetteer.exchange.errors import ExportError
from gazetteer.exchange.losses import Losses
from gazetteer.exchange.wanted import Wanted
from gazetteer.writing import WriteError

if TYPE_CHECKING:
    import os

    from gazetteer.gazetteer import Gazetteer

__all__ = ["FORMATS", "export"]

# A module and what writes in it; only the one that is asked for is imported. The
# tables' own formats carry every row; the others have words of their own, and show
# places as it is wanted.
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
    wanted: Wanted | None = None,
) -> Losses:
    """Write a file, or a directory, and return what it does not carry.

    Args:
        gazetteer: whose places are written.
        format: one of `FORMATS`.
        path: where it appears, whole or not at all.
        wanted: how places are shown in the formats that have titles or labels.

    Raises:
        ExportError: if the format is unknown, no language is wanted, the base begins
            no address, something stands in the way, or a package is missing.
        UnknownPerspectiveError: also where the format has no labels.
    """
    if format not in FORMATS:
        listed = ", ".join(FORMATS)
        raise ExportError(str(path), f"no format {format!r}; there are {listed}")
    wanted = wanted or Wanted()
    for name in ("langs", "perspectives"):
        if isinstance(getattr(wanted, name), str):
            reason = f"{name} is a tuple, such as {getattr(Wanted(), name)}, no text"
            raise ExportError(str(path), reason)
    if not wanted.langs:
        raise ExportError(str(path), "a title needs a language; langs=('en',) has one")
    if not _BASE.fullmatch(wanted.base):
        reason = (
            f"{wanted.base!r} does not begin an address; 'https://names.example/' would"
        )
        raise ExportError(str(path), reason)
    if not gazetteer.perspectives and wanted.perspectives == Wanted().perspectives:
        wanted = wanted._replace(perspectives=())  # a store of places alone
    for name in wanted.perspectives:
        if name not in gazetteer.perspectives:
            raise UnknownPerspectiveError(name, list(gazetteer.perspectives))
    losses = Losses()
    module, _, name = {**_WHOLE, **_WORDED}[format].partition(".")
    write = getattr(import_module(f"gazetteer.exchange.{module}"), name)
    arguments = (losses,) if format in _WHOLE else (wanted, losses)
    try:
        write(gazetteer, Path(path), *arguments)
    except WriteError as error:
        raise ExportError(error.path, error.reason) from error
    return losses
