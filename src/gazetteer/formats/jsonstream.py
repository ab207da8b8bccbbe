"""JSON of any size in little memory: the members of one object, one after another.

The standard library's decoder reads a value from any place in a text. Here it is given
a window of the file that moves on as values are taken from it.
"""

from __future__ import annotations

import codecs
import json
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from gazetteer.errors import DataError, Problem
from gazetteer.formats.inputs import decode_failure

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Member", "members"]

_PIECE: Final = 1 << 20
_LARGEST: Final = 256 << 20
"""Code points of one value, beyond which the text is taken to be broken."""
_TAIL: Final = 16
"""So near the end of the window a fault may be only that the rest is not read yet."""
_SPACE: Final = " \t\n\r"


class Member(NamedTuple):
    """One value of the object.

    Attributes:
        key: its key; that of the array for a value that stands in one.
        value: as Python has it.
        line: where it begins, 1-based.
    """

    key: str
    value: Any
    line: int


def members(stream: IO[bytes], file: str, array: str = "") -> Iterator[Member]:
    r"""Yield the members of the object that a file is.

    Args:
        stream: the file's bytes, UTF-8.
        file: how problems name it.
        array: the key whose value, an array, is yielded value by value.

    Raises:
        DataError: with the line, where the file is not such an object.

    Examples:
        >>> import io
        >>> text = io.BytesIO(b'{"n": 1, "rows": [{"a": 2},\n {"a": 3}]}')
        >>> [tuple(member) for member in members(text, "x.json", "rows")]
        [('n', 1, 1), ('rows', {'a': 2}, 1), ('rows', {'a': 3}, 2)]
    """
    window = _Window(stream, file)
    window.take("{", "an object, which begins with '{'")
    if window.peek() == "}":
        window.take("}", "the end")
        return
    while True:
        line = window.line
        key = window.value()
        if not isinstance(key, str):
            raise window.fault("a key is a text in double quotes")
        window.take(":", "':' after a key")
        if array and key == array and window.peek() == "[":
            yield from _values(window, key)
        else:
            window.peek()
            line = window.line
            yield Member(key, window.value(), line)
        if window.peek() == ",":
            window.take(",", "a comma")
            continue
        window.take("}", "',' or '}' after a value")
        break
    if window.peek():
        raise window.fault("nothing follows the object; one a line is JSON Lines")


def _values(window: _Window, key: str) -> Iterator[Member]:
    window.take("[", "an array")
    if window.peek() == "]":
        window.take("]", "the end")
        return
    while True:
        window.peek()
        line = window.line
        yield Member(key, window.value(), line)
        if window.peek() == ",":
            window.take(",", "a comma")
            continue
        window.take("]", "',' or ']' after a value")
        return


class _Window:
    """The part of the text that is in memory, and the position in it."""

    def __init__(self, stream: IO[bytes], file: str) -> None:
        self._stream = stream
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._scan = json.JSONDecoder().raw_decode
        self._text = ""
        self._at = 0
        self._ended = False
        self.line = 1

    def _more(self) -> bool:
        """Read on, forgetting what was taken; False at the end of the file."""
        if self._ended:
            return False
        piece = self._stream.read(max(_PIECE, len(self._text) - self._at))
        self._ended = not piece
        try:
            text = self._decode(piece, self._ended)
        except UnicodeDecodeError as error:
            before = bytes(error.object[: error.start])
            line = self.line + self._text.count("\n", self._at) + before.count(b"\n")
            message = decode_failure(error)
            raise DataError(
                [Problem(self._file, line, 0, "", "", "not-utf8", message)]
            ) from error
        if self._ended:  # what is left of a character would have been a fault
            return False
        self._text = self._text[self._at :] + text
        self._at = 0
        return True

    def _move(self, to: int) -> None:
        self.line += self._text.count("\n", self._at, to)
        self._at = to

    def peek(self) -> str:
        """Return the next character that is no space; empty at the end."""
        while True:
            text, at = self._text, self._at
            while at < len(text) and text[at] in _SPACE:
                at += 1
            self._move(at)
            if at < len(text):
                return text[at]
            if not self._more():
                return ""

    def take(self, character: str, wanted: str) -> None:
        """Go past a character.

        Raises:
            DataError: if another one stands there.
        """
        found = self.peek()
        if found != character:
            shown = repr(found) if found else "the end of the file"
            raise self.fault(f"{shown} where there should be {wanted}")
        self._at += 1

    def value(self) -> Any:
        """Read the value that stands here.

        Raises:
            DataError: if none does, or a broken one.
        """
        self.peek()
        while True:
            try:
                value, end = self._scan(self._text, self._at)
            except json.JSONDecodeError as error:
                unfinished = error.msg.startswith("Unterminated string") or (
                    error.pos >= len(self._text) - _TAIL
                )
                small = len(self._text) - self._at < _LARGEST
                if unfinished and small and self._more():
                    continue
                self._move(min(error.pos, len(self._text)))
                raise self.fault(f"not JSON here: {error.msg}") from error
            except RecursionError as error:
                raise self.fault("brackets are nested too deeply") from error
            # what reads as a number at the end of the window may go on behind it
            is_number = isinstance(value, int | float)
            if is_number and end > len(self._text) - _TAIL and self._more():
                continue
            self._move(end)
            return value

    def fault(self, message: str) -> DataError:
        """Return the error that a fault at this place raises."""
        return DataError(
            [Problem(self._file, self.line, 0, "", "", "bad-json", message)]
        )
