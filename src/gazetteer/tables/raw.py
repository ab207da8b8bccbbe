"""One directory's rows as values, not yet joined to places.

This reader is fast and trusts the tables: ids and references are `gazetteer check`'s
business. A file that cannot be read at all is still reported with line and column.
"""

from __future__ import annotations

import csv
import io
import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.dates import parse_interval
from gazetteer.errors import DataError, DataNotFoundError
from gazetteer.ids import NameId, PlaceId
from gazetteer.model import (
    Authority,
    Dispute,
    Link,
    Phrase,
    Place,
    Relation,
    Source,
    Toponym,
    Usage,
)
from gazetteer.tables.columns import TABLES
from gazetteer.tables.faults import unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gazetteer.errors import Problem
    from gazetteer.tables.columns import Table

__all__ = ["CONVERTERS", "PACKAGE_FILE", "UNVERSIONED", "RawTables", "read_raw"]

PACKAGE_FILE = "datapackage.json"
UNVERSIONED = "unversioned"
"""The version of a directory that states none."""
_OTHER_FILES = ("perspectives.toml",)
# The file is checked as JSON by `gazetteer check`; its parser is not imported for one
# string.
_VERSION = re.compile(r'"version"\s*:\s*"([^"]*)"')

# A few hundred different dates and sources stand in thousands of rows.
_interval = cache(parse_interval)


@cache
def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


class RawTables(NamedTuple):
    """The rows of one directory, in the order of its files.

    Places have no toponyms yet, and toponyms no usages: a row may belong to a place or
    a name of another directory.
    """

    places: tuple[Place, ...] = ()
    names: tuple[Toponym, ...] = ()
    usages: tuple[Usage, ...] = ()
    relations: tuple[Relation, ...] = ()
    links: tuple[Link, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    authorities: tuple[Authority, ...] = ()
    sources: tuple[Source, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    version: str = UNVERSIONED
    directory: str = ""


# The parameters of these are the columns of the table, in order.


def _place(
    place_id: str,
    type_: str,
    fclass: str,
    lat: str,
    lon: str,
    exists: str,
    langs: str,
    dispute: str,
    replaced_by: str,
    note: str,
) -> Place:
    return Place(
        PlaceId(place_id),
        type_,
        fclass,
        float(lat) if lat else None,
        float(lon) if lon else None,
        _interval(exists),
        _split(langs),
        dispute,
        replaced_by,
        note,
    )


def _toponym(
    name_id: str,
    place_id: str,
    name: str,
    lang: str,
    form: str,
    translit: str,
    from_name: str,
    valid: str,
    default_sense: str,
    prior: str,
    sources: str,
    note: str,
) -> Toponym:
    return Toponym(
        NameId(name_id),
        PlaceId(place_id),
        name,
        lang,
        form,
        translit,
        from_name,
        _interval(valid),
        default_sense == "yes",
        float(prior) if prior else 0.0,
        _split(sources),
        note,
    )


def _usage(
    name_id: str, authority: str, status: str, valid: str, source: str, note: str
) -> Usage:
    return Usage(NameId(name_id), authority, status, _interval(valid), source, note)


def _relation(
    subject: str,
    predicate: str,
    object_: str,
    according_to: str,
    valid: str,
    source: str,
    note: str,
) -> Relation:
    return Relation(
        PlaceId(subject),
        predicate,
        object_,
        according_to,
        _interval(valid),
        source,
        note,
    )


def _link(
    place_id: str,
    scheme: str,
    id_: str,
    match: str,
    edition: str,
    valid: str,
    source: str,
) -> Link:
    return Link(
        PlaceId(place_id), scheme, id_, match, edition, _interval(valid), source
    )


def _dispute(
    dispute: str, title: str, parties: str, criterion: str, valid: str, source: str
) -> Dispute:
    return Dispute(dispute, title, _split(parties), criterion, _interval(valid), source)


CONVERTERS: Mapping[str, Callable[..., Any]] = {
    "places": _place,
    "names": _toponym,
    "usages": _usage,
    "relations": _relation,
    "links": _link,
    "disputes": _dispute,
    "authorities": Authority,
    "sources": Source,
    "phrases": Phrase,
}
"""By table, what makes the value of a row from its cells.

Each takes as many cells as the table has columns, and raises ValueError for a cell
that has no value.
"""


def read_raw(directory: str | os.PathLike[str]) -> RawTables:
    """Read the tables of one directory; a file that is not there is an empty table.

    Raises:
        DataNotFoundError: if there is no such directory, or nothing of ours in it.
        DataError: listing every fault that keeps the files from being read.
    """
    where = os.fspath(directory)
    if not os.path.isdir(where):  # noqa: PTH112
        raise DataNotFoundError(where, "there is no such directory")
    problems: list[Problem] = []
    rows: dict[str, tuple[Any, ...]] = {}
    found = False
    for table in TABLES.values():
        path = os.path.join(where, table.file)  # noqa: PTH118
        try:
            with open(path, "rb") as stream:  # noqa: PTH123
                data = stream.read()
        except FileNotFoundError:
            continue
        found = True
        try:
            rows[table.name] = _convert(table, data)
        except (ValueError, TypeError, csv.Error):
            problems += unreadable(table, path, data)
    if not found and not any(
        os.path.exists(os.path.join(where, name))  # noqa: PTH110, PTH118
        for name in _OTHER_FILES
    ):
        listed = ", ".join([*(table.file for table in TABLES.values()), *_OTHER_FILES])
        raise DataNotFoundError(where, f"it has none of {listed}")
    if problems:
        raise DataError(problems)
    return RawTables(**rows, version=_version(where), directory=where)


def _convert(table: Table, data: bytes) -> tuple[Any, ...]:
    stream = io.StringIO(data.decode("utf-8-sig"), newline="")
    reader = csv.reader(stream, strict=True)
    if next(reader, None) != table.header:
        raise ValueError(table.file)
    convert = CONVERTERS[table.name]
    return tuple([convert(*row) for row in reader])


def _version(directory: str) -> str:
    try:
        with open(  # noqa: PTH123
            os.path.join(directory, PACKAGE_FILE),  # noqa: PTH118
            encoding="utf-8",
            errors="replace",
        ) as stream:
            match = _VERSION.search(stream.read())
    except FileNotFoundError:
        return UNVERSIONED
    return match[1] if match else UNVERSIONED
