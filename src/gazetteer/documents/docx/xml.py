"""XML as events with offsets, read strictly by expat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.parsers import expat

from gazetteer.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["REFERENCE", "WORD", "Event", "XmlPart", "escape", "unescape"]

WORD: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""The name spaces of Word's elements: transitional and strict (ISO/IEC 29500)."""

_TAG: Final = re.compile(r"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_ENCODING: Final = re.compile(rb"\A\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']+)")
REFERENCE: Final = re.compile(r"&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-z]+);")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_MARK: Final = b"\xef\xbb\xbf"


class Event(NamedTuple):
    """A tag.

    Attributes:
        kind: ``start`` or ``end``; an empty element has both, at one place.
        space: its name space.
        name: without a prefix.
        attributes: of a start tag, by name without a name space.
        start, end: of the tag in the part's text, half-open.
        empty: whether the tag is the whole element.
    """

    kind: str
    space: str
    name: str
    attributes: Mapping[str, str]
    start: int
    end: int
    empty: bool

    @property
    def word(self) -> str:
        """The name if it is one of Word's, else nothing."""
        return self.name if self.space in WORD else ""


class XmlPart:
    """A part of a package, read as a whole.

    Attributes:
        name: of the part.
        text: the part; written as UTF-8 it is the same bytes.
        events: its tags.
    """

    def __init__(self, name: str, raw: bytes, file: str) -> None:
        """Read a part.

        Raises:
            DataError: if it is not well-formed, naming part, line and column.
        """
        self.name = name
        self._raw = raw
        self._where = f"{file}:{name}"
        self._require_utf8()
        self.text = raw.decode("utf-8")
        self.events: list[Event] = []
        self._byte = self._character = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        # the format has none; they could make a small part a huge one
        self._parser.StartDoctypeDeclHandler = self._doctype
        try:
            self._parser.Parse(raw, True)  # noqa: FBT003  (positional only)
        except expat.ExpatError as error:
            message = f"not well-formed XML: {expat.ErrorString(error.code)}"
            problem = self._problem(error.lineno, error.offset + 1, message)
            raise DataError([problem]) from error
        except ValueError as error:  # an encoding that expat does not have
            raise DataError([self._problem(1, 1, f"not read: {error}")]) from error

    def line_of(self, offset: int) -> int:
        """Return the line of an offset."""
        return self.text.count("\n", 0, offset) + 1

    def _require_utf8(self) -> None:
        declared = _ENCODING.match(self._raw.removeprefix(_MARK))
        name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
        if name not in ("utf-8", "utf8", "us-ascii") or self._raw[:2] in (
            b"\xff\xfe",
            b"\xfe\xff",
        ):
            raise DataError([self._problem(1, 1, "not in UTF-8; save it again")])
        try:
            self._raw.decode("utf-8")
        except UnicodeDecodeError as error:
            line = self._raw.count(b"\n", 0, error.start) + 1
            column = error.start - self._raw.rfind(b"\n", 0, error.start)
            raise DataError([self._problem(line, column, "not UTF-8")]) from error

    def _problem(self, line: int, column: int, message: str) -> Problem:
        return Problem(self._where, line, column, "", "", "bad-xml", message)

    def _doctype(self, *_: object) -> None:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        message = "a document type is declared, which the format does not allow"
        raise DataError([self._problem(line, column + 1, message)])

    def _offset(self) -> int:
        """Return the parser's place in characters; it goes only forward."""
        byte = self._parser.CurrentByteIndex
        self._character += len(self._raw[self._byte : byte].decode("utf-8"))
        self._byte = byte
        return self._character

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        start = self._offset()
        tag = _TAG.match(self.text, start)
        end = tag.end() if tag else start
        space, _, local = name.rpartition(" ")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        empty = self.text.endswith("/>", start, end)
        self.events.append(Event("start", space, local, plain, start, end, empty))

    def _end(self, name: str) -> None:
        start = self._offset()
        tag = _TAG.match(self.text, start)
        end = tag.end() if tag else start
        space, _, local = name.rpartition(" ")
        empty = not self.text.startswith("</", start)
        self.events.append(Event("end", space, local, {}, start, end, empty))


def escape(text: str) -> str:
    """Return text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(reference: str) -> str:
    """Return the character of a reference in well-formed XML.

    Examples:
        >>> unescape("&amp;"), unescape("&#x416;")
        ('&', 'Ж')
    """
    body = reference[1:-1]
    if not body.startswith("#"):
        return _NAMED[body]
    digits, base = (body[2:], 16) if body[1] == "x" else (body[1:], 10)
    return chr(int(digits, base))
