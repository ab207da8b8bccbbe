"""Match keys of whole columns: the names are folded as one text, and parted again.

Most of what folding does is done by a few calls in C, and to begin and end such a call
costs more than the dozen letters of a name. So the names of a column are joined by line
breaks and each call is made once. A line break is no letter, bears no mark and joins
with nothing, so that each letter is folded as in its own name alone. A name in which
that does not hold is left to `gazetteer.folding.match_key`.
"""

from __future__ import annotations

import re
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal
from unicodedata import is_normalized, normalize

import numpy as np

from gazetteer.folding.class_columns import PartedClasses
from gazetteer.folding.classes import classes_of
from gazetteer.folding.keys import ASCII, Letters, match_key, spelt, unmarked
from gazetteer.folding.sequences import looked_at_whole, spell_sequences
from gazetteer.folding.written import LETTERS_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["class_keys", "match_keys", "plain_keys", "written_keys"]

_BREAK: Final = "\n"
_OMITTED: Final = bytes(point for point in range(128) if ASCII[point] is None)
_ASCII: Final = bytes(
    ord(_BREAK if chr(point) == _BREAK else ASCII.get(point) or " ")
    for point in range(256)
)
_UTF_32: Final = "utf-32-le"
_TOGETHER: Final = 32
_POINTS: Final = 0x11_0000
_FIRST_MARK: Final = 0x0300
_LAST_MARK: Final = 0x036F
_MARK: Final = re.compile("[\u0300-\u036f]")
_MARKED: Final = re.compile("[\u00c0-\u024f\u0259\u0300-\u036f\u1e00-\u1eff]")


def match_keys(names: Sequence[str]) -> list[str]:
    """Return the faithful key of each name, as `gazetteer.folding.match_key` does.

    Examples:
        >>> match_keys(["Ţăndără-Şef", "щедрый  вечер", "Zebra"])
        ['tsandara shef', 'shchedryy vecher', 'zebra']
        >>> match_keys([])
        []
    """
    if not names:
        return []
    others = [at for at, name in enumerate(names) if not name.isascii()]
    if not others:
        return _of_ascii(names)
    # what is not ASCII comes out empty at first
    keys = _of_ascii([name if name.isascii() else "" for name in names])
    for at, key in zip(others, _of_letters([names[at] for at in others]), strict=True):
        keys[at] = key
    return keys


def class_keys(keys: Sequence[str]) -> list[str]:
    """Return the class-merged key of each faithful key.

    Examples:
        >>> class_keys(match_keys(["Dzhigit", "cyğ-itt"]))
        ['jikit', 'jikit']
    """
    if not keys:
        return []
    others = [at for at, key in enumerate(keys) if not key.isascii()]
    text = _BREAK.join(keys)
    if others:
        text = _BREAK.join([key if key.isascii() else "" for key in keys])
    merged = _classes.of(text).split(_BREAK)
    if others:
        each = classes_of(_BREAK.join([keys[at] for at in others])).split(_BREAK)
        for at, key in zip(others, each, strict=True):
            merged[at] = key
    return merged


def plain_keys(names: Sequence[str]) -> list[str | None]:
    """Return the key of each name without its marks; None where it has no marks.

    Args:
        names: in the form NFC.

    Examples:
        >>> plain_keys(["Ţăndără-Şef", "Zebra"])
        ['tandara sef', None]
    """
    keys: list[str | None] = [None] * len(names)
    marked = [at for at, name in enumerate(names) if _MARKED.search(name)]
    if marked:
        text = _joined([names[at] for at in marked])
        bare = normalize("NFC", text).translate(unmarked()).split(_BREAK)
        for at, key in zip(marked, match_keys(bare), strict=True):
            keys[at] = key
    return keys


def written_keys(names: Sequence[str]) -> list[str]:
    """Return the written key of each name, as `gazetteer.folding.written_key` does.

    Examples:
        >>> written_keys(["Щедрый  Вечер", "ŞEF"])
        ['щедрый вечер', 'sef']
    """
    if not names:
        return []
    text = _joined(names)
    if not text.isascii():
        text = _lines_in("NFKC", text.replace("\u00b4", "'")).lower()
        text = _lines_in("NFC", text)
    return _single_spaced(_as_written.written(text)).split(_BREAK)


def _joined(names: Sequence[str]) -> str:
    text = _BREAK.join(names)
    if text.count(_BREAK) >= len(names):
        # within a name it is a space as any other
        text = _BREAK.join([name.replace(_BREAK, " ") for name in names])
    return text


def _of_ascii(names: Sequence[str]) -> list[str]:
    letters = _joined(names).encode("ascii").translate(_ASCII, _OMITTED)
    return _parted(letters.decode("ascii"))


def _of_letters(names: Sequence[str]) -> list[str]:
    # compatibility would make a space of the spacing acute
    text = _lines_in("NFKC", _joined(names).replace("\u00b4", "'")).lower()
    alone = _lines_with_marks(text)
    if looked_at_whole(text):
        lines = text.split(_BREAK)
        alone += [at for at, line in enumerate(lines) if looked_at_whole(line)]
    text = _letters().written(spell_sequences(text))
    keys = _parted(_lines_in("NFC", text))
    for at in alone:
        keys[at] = match_key(names[at])
    return keys


def _lines_in(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Return a text in a form; what is no letter of ASCII is told line by line."""
    lines = text.split(_BREAK)
    others = [at for at, line in enumerate(lines) if not line.isascii()]
    whole = True
    for start in range(0, len(others), _TOGETHER):
        some = others[start : start + _TOGETHER]
        # one letter that may be otherwise makes a whole text be put into the form
        if not is_normalized(form, _BREAK.join([lines[at] for at in some])):
            whole = False
            for at in some:
                lines[at] = normalize(form, lines[at])
    return text if whole else _BREAK.join(lines)


def _lines_with_marks(text: str) -> list[int]:
    if not _MARK.search(text):
        return []
    points = _points(text)
    marks = np.flatnonzero((points >= _FIRST_MARK) & (points <= _LAST_MARK))
    breaks = np.flatnonzero(points == ord(_BREAK))
    return np.unique(np.searchsorted(breaks, marks)).tolist()  # type: ignore[no-any-return]


def _parted(text: str) -> list[str]:
    """Return the keys of letters that are Latin already, with single spaces."""
    return _single_spaced(spelt(text)).split(_BREAK)


def _single_spaced(text: str) -> str:
    for spaces, single in (("  ", " "), (" \n", _BREAK), ("\n ", _BREAK)):
        while spaces in text:
            text = text.replace(spaces, single)
    return text.strip(" ")


class _Written:
    """What each letter is written as, to be put together in NumPy.

    `str.translate` looks every letter up in a dict, which takes longer than all else.
    """

    def __init__(self, letters: dict[int, str | None]) -> None:
        """Know no letter yet.

        Args:
            letters: a table for `str.translate`.
        """
        self._letters = letters
        self._lock = Lock()
        self._starts = np.zeros(_POINTS, np.int32)
        # one more than there are; memory that nothing was written to takes none
        self._sizes = np.zeros(_POINTS, np.uint8)
        self._parts = np.zeros(0, np.uint32)

    def written(self, text: str) -> str:
        """Return what `str.translate` with the table of letters returns."""
        points = _points(text)
        sizes = self._sizes.take(points)
        if not sizes.all():
            self._learn(points[sizes == 0])
            sizes = self._sizes.take(points)
        sizes -= 1
        starts = self._starts.take(points)
        ends = np.cumsum(sizes, dtype=np.int64)
        at = np.repeat(starts - (ends - sizes), sizes)
        at += np.arange(len(at))
        return self._parts.take(at).tobytes().decode(_UTF_32)

    def _learn(self, points: NDArray[np.uint32]) -> None:
        with self._lock:
            parts = [self._parts]
            size = len(self._parts)
            new = []
            for point in np.unique(points).tolist():
                part = _points(chr(point).translate(self._letters))
                parts.append(part)
                new.append((point, size, len(part) + 1))
                size += len(part)
            # other threads read a letter once its size is there, and not before
            self._parts = np.concatenate(parts)
            for point, start, more in new:
                self._starts[point] = start
                self._sizes[point] = more


def _points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode(_UTF_32, "surrogatepass"), "<u4")


_classes: Final = PartedClasses()
_as_written: Final = _Written(LETTERS_WRITTEN)
_match_letters: _Written | None = None


def _letters() -> _Written:
    global _match_letters  # noqa: PLW0603 - read on the first name that is not ASCII
    if _match_letters is None:
        letters = Letters()
        letters[ord(_BREAK)] = _BREAK
        _match_letters = _Written(letters)
    return _match_letters
