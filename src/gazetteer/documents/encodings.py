"""Which encoding a document is in: stated, marked, or UTF-8, and never guessed."""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

from gazetteer.documents.errors import DocumentError
from gazetteer.documents.places import line_and_column
from gazetteer.errors import DataError, Problem
from gazetteer.languages.encodings import choices

__all__ = ["Decoded", "decode", "decode_page", "encoded"]

# https://www.unicode.org/faq/utf_bom.html#bom4; the longer ones first. The mark stays
# in the text, so that it is written back.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings of text in which a character is the same bytes wherever it stands;
# https://encoding.spec.whatwg.org/#names-and-labels and what old editors wrote.
_KNOWN: Final = re.compile(
    r"utf-8|utf-(16|32)(-[lb]e)?|cp\d+|iso8859-\d+|koi8-[rut]|mac-\w+|gb(k|18030|2312)"
    r"|big5|euc_(jp|kr)|shift_jis|cp932|tis-620|ascii|kz1048|ptcp154"
)
# What a page means that names the one: https://encoding.spec.whatwg.org/#names-and-labels
_READ_AS: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    # a page that could be read so far is not in it
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_SNIFFED: Final = 1024  # https://html.spec.whatwg.org/#charset
_META: Final = re.compile(
    rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)|<!--.*?-->"""
    rb"""|\A\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)""",
    re.IGNORECASE | re.DOTALL,
)
_UTF8: Final = "utf-8"


class Decoded(NamedTuple):
    """A text and the encoding that it is written back in."""

    text: str
    encoding: str


def decode(raw: bytes, *, file: str, encoding: str | None = None) -> Decoded:
    r"""Return bytes as text, with their line ends and their byte order mark.

    Args:
        raw: the whole file.
        file: what to call it in an error.
        encoding: as the caller states it; UTF-8 if None, unless a mark says otherwise.

    Raises:
        DocumentError: if there is no such encoding, or the mark says another.
        DataError: naming the line and the byte that is not in it, and what may be.

    Examples:
        >>> decode(b"one\r\ntwo", file="-")
        Decoded(text='one\r\ntwo', encoding='utf-8')
    """
    marked = _marked(raw)
    stated = _lookup(file, encoding) if encoding else None
    if marked and stated and stated not in (marked, marked[:6]):
        raise DocumentError(
            file,
            f"it begins with the byte order mark of {marked.upper()}, and --encoding "
            f"says {encoding}; leave --encoding out",
        )
    return _strictly(raw, marked or stated or _UTF8, file)


def decode_page(raw: bytes, *, file: str, encoding: str | None = None) -> Decoded:
    r"""Return an HTML page as text: by its mark, by what it says, or as UTF-8.

    Args:
        raw: the whole page.
        file: what to call it in an error.
        encoding: as the caller states it, which wins over what the page says.

    Raises:
        DocumentError: if what is said cannot be, or may be wrong, with the choices.
        DataError: naming the line and the byte that is not in it, and what may be.

    Examples:
        >>> decode_page(b"<meta charset=cp1251><p>\xe4\xe0", file="a.html").text[-2:]
        'да'
    """
    if encoding or _marked(raw):
        return decode(raw, file=file, encoding=encoding)
    said = _said(raw)
    if said is None:
        return _strictly(raw, _UTF8, file)
    known = _lookup(file, said, "the page says")
    read_as = _READ_AS.get(known, known)
    if read_as != _UTF8 and not raw.isascii() and _is_utf8(raw):
        other = choices(raw)
        sample = next((word for name, word in other if name == read_as), "")
        words = re.findall(r"\w+", raw.decode("utf-8"))
        word = next(each for each in (*words, "") if not each.isascii() or not each)
        raise DocumentError(
            file,
            f"the page says that it is in {said}, but it reads as UTF-8 throughout; "
            f"say which with --encoding utf-8 ({word[:24]!r}) or --encoding {read_as}"
            f"{f' ({sample!r})' if sample else ''}",
        )
    return _strictly(raw, read_as, file)


def _said(raw: bytes) -> str | None:
    for match in _META.finditer(raw[:_SNIFFED]):
        name = match[1] or match[2]
        if name:
            return name.decode("ascii", "replace")
    return None


def _marked(raw: bytes) -> str | None:
    return next((name for mark, name in _MARKS if raw.startswith(mark)), None)


def _lookup(file: str, name: str, who: str = "--encoding says") -> str:
    try:
        known = codecs.lookup(name).name
    except LookupError:
        known = ""
    if not _KNOWN.fullmatch(known):
        raise DocumentError(
            file,
            f"{who} {name!r}, which is no encoding of text that is known here; "
            f"--encoding utf-8 or --encoding cp1251 would be",
        )
    return known


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode(_UTF8)
    except UnicodeDecodeError:
        return False
    return True


def _strictly(raw: bytes, encoding: str, file: str) -> Decoded:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise DataError([_fault(raw, error, encoding, file)]) from error
    if text.encode(encoding) != raw:
        raise DocumentError(
            file,
            f"it could not be written back in {encoding} byte for byte; save it as "
            f"UTF-8",
        )
    return Decoded(text, encoding)


def _fault(raw: bytes, error: UnicodeDecodeError, encoding: str, file: str) -> Problem:
    at = error.start
    line = raw.count(b"\n", 0, at) + 1
    column = at - raw.rfind(b"\n", 0, at)
    value = " ".join(f"{byte:02x}" for byte in raw[at : error.end])
    start = max(0, at - 64)
    named = choices(raw[start : start + 8192], at - start)
    listed = ", ".join(f"{name} ({word!r})" for name, word in named)
    remedy = (
        f"save it as UTF-8, or name its encoding with --encoding: the one in which "
        f"this is the right word, perhaps {listed}"
        if listed
        else "save the file as UTF-8, or name its encoding with --encoding"
    )
    return Problem(
        file,
        line,
        column,
        "byte",
        value,
        "bad-encoding",
        f"not {encoding.upper()} at byte {at} of the file ({error.reason}); {remedy}",
    )


def encoded(text: str, encoding: str, file: str) -> bytes:
    """Return a text in the encoding of its file.

    Raises:
        DocumentError: if a letter of a label is not in it.
    """
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        line, column = line_and_column(text, error.start)
        letter = text[error.start]
        raise DocumentError(
            file,
            f"the label in line {line}, column {column} has the letter {letter!r} "
            f"(U+{ord(letter):04X}), which {encoding} has not; save the file as UTF-8 "
            f"first",
        ) from error
