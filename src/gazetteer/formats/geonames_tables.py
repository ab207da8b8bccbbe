"""The small files of a GeoNames dump: countries, and the codes of their units.

Columns: https://download.geonames.org/export/dump/readme.txt and the head of
countryInfo.txt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.display.counts import counted
from gazetteer.formats.building import tidy_name
from gazetteer.formats.inputs import decode_failure, tab_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.formats.faults import Faults
    from gazetteer.formats.inputs import Input

__all__ = ["CountryInfo", "Unit", "read_countries", "read_units"]

_LANG: Final = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
_COUNTRY_CELLS: Final = 17
_UNIT_CELLS: Final = 4


class CountryInfo(NamedTuple):
    """One country of GeoNames' list.

    Attributes:
        code: two letters.
        assigned: whether ISO assigned it: the list's number is 0 where not.
        name: in English.
        langs: sorted, without their ranking.
    """

    code: str
    alpha3: str
    assigned: bool
    name: str
    langs: tuple[str, ...]
    geonameid: int


class Unit(NamedTuple):
    """One unit of administration: its code such as ``AD.06``, name and id."""

    code: str
    name: str
    geonameid: int


def tidy_langs(text: str) -> tuple[str, ...]:
    """Return the languages of a country as a set.

    Examples:
        >>> tidy_langs("ar-AE,fa,en,fa")
        ('ar-AE', 'en', 'fa')
    """
    return tuple(sorted(filter(_LANG.fullmatch, set(text.split(",")))))


def _cells(
    inputs: Iterable[Input], least: int, faults: Faults
) -> Iterator[tuple[Input, int, bytes, list[str]]]:
    for each in inputs:
        for number, line in each.lines("", lambda *_: None):
            if not line.strip() or line.startswith(b"#"):
                continue
            try:
                cells = line.decode().split("\t")
            except UnicodeDecodeError as error:
                message = decode_failure(error)
                faults.error(each.name, number, "", "", "not-utf8", message)
                continue
            if len(cells) < least:
                found = counted(len(cells), "cell")
                message = f"{found} between tabs where {least} are wanted"
                faults.error(each.name, number, "", "", "wrong-cell-count", message)
                continue
            yield each, number, line, cells


def _number(
    text: str, at: int, row: tuple[Input, int, bytes], faults: Faults
) -> int | None:
    if text.isascii() and text.isdigit():
        return int(text)
    where, number, line = row
    column = tab_column(line, at)
    message = "not a number such as 146970"
    faults.error(
        where.name, number, "geonameid", text, "bad-id", message, column=column
    )
    return None


def read_countries(inputs: Iterable[Input], faults: Faults) -> list[CountryInfo]:
    """Return the rows of countryInfo.txt, in the order of the files."""
    found = []
    for where, number, line, cells in _cells(inputs, _COUNTRY_CELLS, faults):
        geonameid = _number(cells[16], 16, (where, number, line), faults)
        if geonameid is not None:
            found.append(
                CountryInfo(
                    cells[0],
                    cells[1],
                    cells[2].strip("0") != "",
                    tidy_name(cells[4]),
                    tidy_langs(cells[15]),
                    geonameid,
                )
            )
    return found


def read_units(inputs: Iterable[Input], faults: Faults) -> list[Unit]:
    """Return the rows of admin1CodesASCII.txt and admin2Codes.txt."""
    found = []
    for where, number, line, cells in _cells(inputs, _UNIT_CELLS, faults):
        geonameid = _number(cells[3], 3, (where, number, line), faults)
        if geonameid is not None:
            found.append(Unit(cells[0], tidy_name(cells[1]), geonameid))
    return found
