"""Which column of a CSV file holds what: ``FIELD=HEADER``, checked against the header.

The words are those of the tables. ``name`` and ``alternate`` may be given a language,
``link`` needs the scheme of its ids: ``name.en=English name``, ``link.wikidata=QID``.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.formats.faults import SourceError
from gazetteer.formats.identifiers import SCHEME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["FIELDS", "LANG", "Column", "Columns", "bind", "parse_columns"]

FIELDS: Final = {
    "id": "the place's id in this file; rows with the same id are one place",
    "name": "its name; `name.LANG` for a column of names in one language",
    "alternate": "further names in one cell; `alternate.LANG` if of one language",
    "lang": "language of the names of the row, BCP 47",
    "form": "form of the name, such as `short` or `abbr`",
    "valid": "when the name was in use, EDTF",
    "type": "type of place",
    "fclass": "GeoNames feature class",
    "lat": "degrees north",
    "lon": "degrees east",
    "country": "ISO 3166-1 code, or scheme:id, of a country that it lies in",
    "part_of": "id of another place in this file, or scheme:id, that it lies in",
    "exists": "when the place existed, EDTF",
    "population": "number of people; orders homonyms",
    "link": "`link.SCHEME`: its id in another scheme, such as `link.wikidata`",
    "note": "for people",
}
"""The fields of a row and what each holds."""

# Longer languages than of three letters are in the syntax and not in the registry: what
# stands there is a language's name.
LANG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_MANY: Final = ("name", "alternate", "link")
"""Fields that several columns may hold."""
_CONSTANT: Final = ("lang", "form", "valid", "type", "fclass", "country", "part_of")
"""Fields that one value for all rows makes sense for."""
_NEXT: Final = re.compile(rf",(?=(?:{'|'.join(FIELDS)})(?:\.[^=,]*)?=)")
_EXAMPLE: Final = "'name=Header' or 'link.wikidata=Header' would do"


class Column(NamedTuple):
    """What one column holds.

    Attributes:
        key: language of a name, scheme of a link; else empty.
        header: of the column, or the constant value for all rows.
    """

    field: str
    key: str
    header: str

    @property
    def label(self) -> str:
        """The field as it is written."""
        return f"{self.field}.{self.key}" if self.key else self.field


class Columns(NamedTuple):
    """What a file's columns hold, and what holds for all its rows."""

    columns: tuple[Column, ...] = ()
    constants: tuple[Column, ...] = ()


def parse_columns(columns: Iterable[str], constants: Iterable[str] = ()) -> Columns:
    """Read what was written for columns and constants.

    Several may stand in one text, parted by commas; a comma in a header does no harm
    unless a field and an equals sign follow it.

    Args:
        columns: each ``FIELD=HEADER``.
        constants: each ``FIELD=VALUE``.

    Raises:
        SourceError: naming the text and what would have worked.

    Examples:
        >>> for column in parse_columns(["name=Name, as written,lat=Y"]).columns:
        ...     print(column)
        Column(field='name', key='', header='Name, as written')
        Column(field='lat', key='', header='Y')
    """
    fixed = _parse(constants)
    for each in fixed:
        if each.field not in _CONSTANT:
            listed = ", ".join(_CONSTANT)
            reason = f"one value for all rows may be given for {listed}"
            raise SourceError(f"{each.label}={each.header}", reason)
    return Columns(tuple(_parse(columns)), tuple(fixed))


def _parse(texts: Iterable[str]) -> list[Column]:
    found: list[Column] = []
    for text in texts:
        for part in _NEXT.split(text):
            column = _parse_one(part)
            taken = {each.label for each in found}
            if column.label in taken and column.field not in _MANY:
                raise SourceError(part, f"{column.label} is given twice")
            found.append(column)
    return found


def _parse_one(text: str) -> Column:
    left, equals, header = text.partition("=")
    field, dot, key = left.strip().partition(".")
    if not equals or not header.strip():
        raise SourceError(text, f"not FIELD=HEADER; {_EXAMPLE}")
    if field not in FIELDS:
        close = get_close_matches(field, FIELDS, n=1)
        hint = f" (is {close[0]!r} meant?)" if close else ""
        raise SourceError(text, f"no field {field!r}{hint}; there are {_listed()}")
    if field == "link" and not SCHEME.fullmatch(key):
        raise SourceError(
            text, f"a link needs the scheme of its ids, in lower case; {_EXAMPLE}"
        )
    if field in ("name", "alternate") and dot and not LANG.fullmatch(key):
        raise SourceError(
            text, f"{key!r} is not a BCP 47 tag; 'name.en=…' would be one"
        )
    if field not in _MANY and dot:
        raise SourceError(text, f"{field!r} takes nothing after a dot; {_EXAMPLE}")
    return Column(field, key, header.strip())


def _listed() -> str:
    return ", ".join(FIELDS)


def bind(wanted: Columns, header: Sequence[str], file: str) -> list[tuple[Column, int]]:
    """Return which cell of a row holds what.

    Where no column was named, those whose header is a field's own word are taken.

    Args:
        wanted: as `parse_columns` returns it.
        header: of the file.
        file: how errors name it.

    Raises:
        SourceError: if a header is not there or there twice, or no column has names.

    Examples:
        >>> bind(parse_columns(["name=N"]), ["X", "N"], "a.csv")
        [(Column(field='name', key='', header='N'), 1)]
    """
    shown = ", ".join(map(repr, header))
    columns = wanted.columns or tuple(
        _parse_one(f"{each}={each}")
        for each in header
        if each.partition(".")[0] in FIELDS and each != "link"
    )
    bound = []
    for column in columns:
        count = header.count(column.header)
        if count != 1:
            close = get_close_matches(column.header, header, n=1)
            hint = f" ({close[0]!r}?)" if close else ""
            many = "several columns have" if count else "no column has"
            raise SourceError(
                file,
                f"{many} the header {column.header!r}{hint}; there are: {shown}",
            )
        bound.append((column, header.index(column.header)))
    if not any(column.field == "name" for column, _ in bound):
        raise SourceError(
            file,
            f"say which column has the names: --column 'name=HEADER'; "
            f"there are: {shown}",
        )
    return bound
