"""What one cell may hold, by the kind of its column.

Language tags are judged by langcodes (BCP 47), dates by undate (EDTF) and by
`gazetteer.dates`, which reads the part of EDTF that the tables use.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import langcodes
from undate.converters.edtf import (  # type: ignore[import-untyped]
    EDTFDateConverter,
)

from gazetteer.dates import parse_interval
from gazetteer.errors import DateError
from gazetteer.ids import is_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gazetteer.tables.columns import Column

__all__ = ["Fault", "cell_faults"]

_SLUG = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
# A place of another store carries its scheme, as gn-146970.
_FOREIGN_ID = re.compile(r"[a-z][a-z0-9]*-[A-Za-z0-9][A-Za-z0-9._-]*")
_OWN_PREFIXES = ("gz-", "nm-")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_URL = re.compile(r"https?://[^\s/]+\S*")
_PLAIN_DATE = re.compile(
    r"(\d{4}(?:-\d\d){0,2}[?~%]?)(?:/(?:\d{4}(?:-\d\d){0,2}[?~%]?|\.\.)?)?"
    r"|(?:\.\.)?/\d{4}(?:-\d\d){0,2}[?~%]?"
)
_ZERO_WIDTH_JOINERS = "\u200c\u200d"
# Scripts whose letters do not join, so that a joiner between them does nothing.
_UNJOINED = ("LATIN", "CYRILLIC", "ARMENIAN", "GEORGIAN", "GREEK", "HEBREW")


class Fault(NamedTuple):
    """What is wrong with a cell: the kind, and what would be right."""

    code: str
    message: str


def cell_faults(column: Column, text: str) -> list[Fault]:
    """Return everything that is wrong with one cell by itself.

    Examples:
        >>> from gazetteer.tables.columns import TABLES
        >>> valid = TABLES["names"].column("valid")
        >>> [fault.code for fault in cell_faults(valid, "1936-13")]
        ['bad-edtf']
    """
    if not text:
        if not column.required:
            return []
        if column.target == "sources.source":
            return [Fault("missing-source", "no source; name a key of sources.csv")]
        return [Fault("missing-value", "must not be blank")]
    faults = list(_text_faults(text))
    if column.many:
        faults += _set_faults(text)
        parts = text.split()
    else:
        parts = [text]
    judge = _JUDGES.get(column.kind)
    if judge is not None:
        faults += [fault for part in parts for fault in judge(column, part)]
    return list(dict.fromkeys(faults))


# ------------------------------------------------------------------ any text


def _text_faults(text: str) -> Iterator[Fault]:
    if not unicodedata.is_normalized("NFC", text):
        normal = unicodedata.normalize("NFC", text)
        yield Fault(
            "not-nfc",
            f"{len(text)} code points that Unicode's form NFC writes otherwise; "
            f"{normal!r}, of {len(normal)}, would be right",
        )
    tidy = " ".join(text.split())
    if tidy != text:
        yield Fault("white-space", f"stray or unusual white space; {tidy!r} has none")
    if text.isprintable() and "\ufffd" not in text:
        return  # nearly all cells are, and need not be gone through
    for position, character in enumerate(text):
        if _invisible(text, position):
            name = unicodedata.name(character, "a control character")
            point = f"U+{ord(character):04X}"
            yield Fault("invisible-character", f"{point} ({name}); take it out")


def _invisible(text: str, position: int) -> bool:
    character = text[position]
    if character in _ZERO_WIDTH_JOINERS:
        # These spell words in Persian and in the Brahmic scripts.
        around = text[position - 1 : position] + text[position + 1 : position + 2]
        return len(around) < 2 or any(  # noqa: PLR2004
            not unicodedata.category(each).startswith(("L", "M"))
            or unicodedata.name(each, "").startswith(_UNJOINED)
            for each in around
        )
    if character in "\0\t\n\r":  # reported as a fault of the file or as white space
        return False
    return (
        unicodedata.category(character) in ("Cc", "Cf", "Co") or character == "\ufffd"
    )


def _set_faults(text: str) -> Iterator[Fault]:
    parts = text.split()
    tidy = " ".join(sorted(set(parts)))
    if len(set(parts)) != len(parts):
        yield Fault("duplicate-part", f"a part stands twice; {tidy!r} would be right")
    elif parts != sorted(parts):
        yield Fault("unsorted-parts", f"not sorted; {tidy!r} would be")


# --------------------------------------------------------------- by the kind


def _id(column: Column, text: str) -> Iterator[Fault]:
    foreign = _FOREIGN_ID.fullmatch(text) and not text.startswith(_OWN_PREFIXES)
    if not foreign and not is_id(text, column.prefix):
        yield Fault(
            "bad-id",
            f"not {column.prefix!r}, a dash and seven characters with a right check "
            f"character; another store's id is its scheme, a dash and the id there",
        )


def _slug(column: Column, text: str) -> Iterator[Fault]:
    del column
    if not _SLUG.fullmatch(text):
        yield Fault(
            "bad-key", "not lower-case letters and digits joined by dashes or dots"
        )


def _choice(column: Column, text: str) -> Iterator[Fault]:
    if text not in column.choices:
        listed = ", ".join(column.choices)
        yield Fault("bad-value", f"not of the closed list; one of {listed} would be")


def _code(column: Column, text: str) -> Iterator[Fault]:
    if not re.fullmatch(column.pattern, text):
        yield Fault("bad-value", f"not of the form {column.pattern}")


def _number(column: Column, text: str) -> Iterator[Fault]:
    if not _NUMBER.fullmatch(text):
        yield Fault("bad-number", "not a decimal number; '39.8153' would be one")
    elif not column.low <= float(text) <= column.high:
        yield Fault("out-of-range", f"not between {column.low:g} and {column.high:g}")


def _url(column: Column, text: str) -> Iterator[Fault]:
    del column
    if not _URL.fullmatch(text):
        yield Fault("bad-url", "not a web address; it begins with https:// or http://")


@cache
def _lang_fault(text: str) -> Fault | None:
    if not langcodes.tag_is_valid(text):
        first = re.split(r"[-_]", text)[0]
        near = (
            f"; {langcodes.standardize_tag(first)!r} is one"
            if langcodes.tag_is_valid(first)
            else "; see the IANA Language Subtag Registry"
        )
        return Fault("bad-lang", f"not a BCP 47 tag{near}")
    standard = langcodes.standardize_tag(text)
    if standard != text:
        return Fault("lang-form", f"not the canonical form of the tag; {standard!r} is")
    return None


def _lang(column: Column, text: str) -> Iterator[Fault]:
    del column
    fault = _lang_fault(text)
    if fault:
        yield fault


@cache
def _date_fault(text: str) -> Fault | None:
    reason = ""
    try:
        parse_interval(text)
    except DateError as error:
        reason = str(error).partition(": ")[2]  # the value is shown beside it
    if not reason and _PLAIN_DATE.fullmatch(text):
        return None  # EDTF by its very form; its own parser takes 7 ms for each
    try:
        EDTFDateConverter().parse(text)
    except Exception as error:  # noqa: BLE001 - its parser raises what lark raises
        return Fault("bad-edtf", reason or f"not an EDTF date or interval: {error}")
    if reason:
        return Fault("bad-edtf", f"EDTF, but not of the part used here: {reason}")
    return None


def _date(column: Column, text: str) -> Iterator[Fault]:
    del column
    fault = _date_fault(text)
    if fault:
        yield fault


_JUDGES: dict[str, Callable[[Column, str], Iterator[Fault]]] = {
    "id": _id,
    "slug": _slug,
    "choice": _choice,
    "code": _code,
    "codes": _code,
    "number": _number,
    "url": _url,
    "lang": _lang,
    "langs": _lang,
    "date": _date,
}
