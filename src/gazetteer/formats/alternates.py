"""What a row of GeoNames' alternate names is: a name, a link, or neither.

Columns and pseudo languages: https://download.geonames.org/export/dump/readme.txt and
the list on every feature's page of geonames.org.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.dates import ALWAYS, Interval, parse_interval
from gazetteer.errors import DateError
from gazetteer.formats.building import UNKNOWN_LANGUAGE, tidy_name
from gazetteer.formats.identifiers import parse_identifier

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CODES", "COLUMNS", "NOT_NAMES", "Alternate", "read_alternate", "untagged"]

COLUMNS: Final = (
    "alternateNameId",
    "geonameid",
    "isolanguage",
    "alternate name",
    "isPreferredName",
    "isShortName",
    "isColloquial",
    "isHistoric",
    "from",
    "to",
)

# Pseudo language -> scheme of a link, and the classes of features of which the code is
# an exact id: a town may bear the code of its airport.
CODES: Final = {
    "wkdt": ("wikidata", "AHLPRSTUV"),
    "iata": ("iata", "S"),
    "icao": ("icao", "S"),
    "faac": ("faa", "S"),
    "tcid": ("tcid", "S"),
    "uicn": ("uic", "S"),
    "unlc": ("unlocode", "P"),
    "nuts": ("nuts", "A"),
    "lauc": ("lau", "A"),
}
NOT_NAMES: Final = {
    "post": "postal codes",
    "phon": "phonetic spellings",
    "link": "addresses of pages other than Wikipedia's",
}
_NAMES: Final = {
    "abbr": (UNKNOWN_LANGUAGE, "abbr", ""),
    "piny": ("zh-Latn-pinyin", "full", ""),
    # only matched: its dates are not stated, and it is of a few years
    "fr_1793": ("fr", "hidden", "name of the French Revolution (fr_1793)"),
}

_LANG: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_YEAR: Final = re.compile(r"(\d{4})(?:[-/.]?(\d\d)(?:[-/.]?(\d\d))?)?")

# In a list without languages these are codes (of airports, say) and not names …
_CODE: Final = re.compile(r"[A-Z]{2,4}")
# … and these are letter-by-letter transcriptions that a program made.
_TRANSCRIBED: Final = re.compile("[a-z'`\u02bb\u02bc][ -~\u02bb\u02bc]*")


class Alternate(NamedTuple):
    """A row that is a name.

    Attributes:
        form: ``hidden`` for a colloquial name, and for a historic one that has no end:
            both are matched, and neither may pass for the name of today.
        valid: from its two dates.
        fault: a date or language that could not be read and stands in the note.
    """

    name: str
    lang: str
    form: str
    valid: Interval
    preferred: bool
    note: str
    fault: str = ""


def read_alternate(
    pseudo: str, text: str, flags: Sequence[str], dates: Sequence[str]
) -> Alternate | tuple[str, str] | None:
    """Return a name, the scheme and id of a link, or None for what is neither.

    Args:
        pseudo: the language or pseudo language.
        text: the alternate name.
        flags: the four columns of marks, ``1`` where set.
        dates: the columns ``from`` and ``to``.

    Examples:
        >>> read_alternate("wkdt", "Q64", ("", "", "", ""), ("", ""))
        ('wikidata', 'Q64')
        >>> read_alternate("post", "1234", ("", "", "", ""), ("", "")) is None
        True
        >>> read_alternate("de", "Wort", ("1", "", "", ""), ("", "1990")).valid.text
        '/1990'
    """
    if pseudo in CODES:
        return CODES[pseudo][0], text.strip()
    if pseudo == "link":
        known = parse_identifier(text)
        return known if known and known[0] == "wikipedia" else None
    if pseudo in NOT_NAMES:
        return None
    fault = ""
    lang, form, note = _NAMES.get(pseudo, (pseudo or UNKNOWN_LANGUAGE, "full", ""))
    if not _LANG.fullmatch(lang):
        fault, lang = f"language {pseudo}", UNKNOWN_LANGUAGE
    valid, unread = _interval(*dates)
    fault = "; ".join(filter(None, (fault, unread)))
    preferred, short, colloquial, historic = (flag == "1" for flag in flags)
    if pseudo == "fr_1793" and valid.dated:
        form = "full"
    if short and form == "full":
        form = "short"
    if colloquial or (historic and not (valid.dated and dates[1])):
        form = "hidden"
    marks = (("colloquial", colloquial), ("historic", historic))
    notes = (note, *(word for word, marked in marks if marked), fault)
    return Alternate(
        tidy_name(text),
        lang,
        form,
        valid,
        preferred,
        "; ".join(filter(None, notes)),
        fault,
    )


def _interval(start: str, end: str) -> tuple[Interval, str]:
    """Return the days of two dates, and what of them could not be read."""
    start, end = start.strip(), end.strip()
    if not start and not end:
        return ALWAYS, ""
    try:
        return parse_interval(f"{_edtf(start)}/{_edtf(end)}"), ""
    except DateError:
        return ALWAYS, f"dates {start or 'unknown'} to {end or 'unknown'}"


def _edtf(text: str) -> str:
    found = _YEAR.fullmatch(text)
    return "-".join(filter(None, found.groups())) if found else text


def untagged(text: str, main: str) -> Alternate:
    """Return a name from a list that gives no languages.

    Such a list mixes names with codes and with transcriptions by program; their shape
    tells the latter two. A code becomes an abbreviation and a transcription is only
    matched, unless the place's main name has the same shape.

    Args:
        text: one element of the list.
        main: the name of the place.

    Examples:
        >>> [untagged(each, "Main Name").form for each in ("Name", "XYZ", "nm")]
        ['full', 'abbr', 'hidden']
    """
    form = "full"
    if _CODE.fullmatch(text) and not _CODE.fullmatch(main):
        form = "abbr"
    elif _TRANSCRIBED.fullmatch(text) and not _TRANSCRIBED.fullmatch(main):
        form = "hidden"
    return Alternate(tidy_name(text), UNKNOWN_LANGUAGE, form, ALWAYS, False, "")  # noqa: FBT003
