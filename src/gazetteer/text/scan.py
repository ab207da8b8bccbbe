"""Running text as words with offsets, and where its sentences begin."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from gazetteer.folding import strip_ignorable

if TYPE_CHECKING:
    from gazetteer.text.words import Words

__all__ = ["Scan", "gap_key", "word_key", "words_of"]

# A word is letters and digits; underscores, combining marks and characters that nobody
# sees belong to it where they stand inside it. The marks are those that Armenian writes
# within a word and U+0300-036F.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = re.compile(
    f"[^\\W_](?:[^\\W_]|[\u0300-\u036f\u055b\u055c\u055e]|[_{_INVISIBLE}]+(?=[^\\W_]))*"
)
_SPACES = re.compile(rf"[\s{_INVISIBLE}]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\r?\n")
_LINE_END = re.compile("\n")
_HYPHENS = re.compile("[-\u2010\u2011\u2012\u2013]")
_APOSTROPHES = re.compile("['\u2019\u2018\u02bc\u02bb\u0060\u00b4]")
# Full stop, question and exclamation mark, with whatever closes after them; a blank
# line; a line that begins a list, a heading, a table row or a quotation.
_ENDS = re.compile(
    r"""[.!?…]+["'\u201d\u2019»)\]*_]*(?=\s)|\n[^\S\n]*\r?\n"""
    r"""|\n(?=[^\S\n]*(?:[-*+\u2022\u2013\u2014>#|]|\d{1,3}[.)])[^\S\n])"""
)
_OPENING = " \t\r\n\"'\u201c\u2018\u00ab([*_"


def words_of(text: str) -> list[tuple[int, int]]:
    """Return the span of each word of a text.

    Examples:
        >>> words_of("A so-so day.")
        [(0, 1), (2, 4), (5, 7), (8, 11)]
    """
    return [match.span() for match in _WORD.finditer(text)]


def word_key(word: str) -> str:
    """Return what one word is looked up by: its letters in any case, composed.

    Examples:
        >>> word_key("CAF\u00c9") == word_key("cafe\u0301")
        True
    """
    if word.isascii():
        return word.lower()
    # Capital dotted i would fold to two characters, and dotless i has no pair in ASCII.
    plain = strip_ignorable(word)[0].replace("\u0130", "i").replace("\u0131", "i")
    return unicodedata.normalize("NFC", plain.casefold())


def gap_key(gap: str) -> str:
    r"""Return what the characters between two words of a name are compared by.

    A space and a hyphen are one, so that a name is found however it is joined. A blank
    line separates, and so does a dash with spaces round it.

    Examples:
        >>> gap_key("-") == gap_key(" ") == gap_key("\u00a0") == gap_key("-\n")
        True
        >>> gap_key(" - ") == gap_key(" ")
        False
    """
    if gap in (" ", "-"):
        return " "
    if _BLANK_LINE.search(gap):
        return "\n\n"
    key = _HYPHENS.sub("-", _SPACES.sub(" ", gap))
    if key in ("-", "- ") and (key == "-" or "\n" in gap):
        return " "
    return _APOSTROPHES.sub("'", key.replace(" /", "/").replace("/ ", "/"))


class Scan:
    """The words of a text, with their offsets, and its sentences.

    Attributes:
        text: the text.
        starts, ends: code points of each word.
        raw: each word as written, without characters that nobody sees.
        keys: what each word is looked up by.
    """

    __slots__ = ("_breaks", "_lines", "ends", "keys", "raw", "starts", "text")

    def __init__(self, text: str, words: Words) -> None:
        self.text = text
        spans = words_of(text)
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        seen: dict[str, tuple[str, str]] = {}
        self.raw: list[str] = []
        self.keys: list[str] = []
        for start, end in spans:
            written = text[start:end]
            known = seen.get(written)
            if known is None:
                known = seen[written] = (_visible(written), word_key(written))
            self.raw.append(known[0])
            self.keys.append(known[1])
        self._breaks = self._sentence_breaks(words)
        self._lines = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def __len__(self) -> int:
        return len(self.starts)

    def gap(self, index: int) -> str:
        """Return the characters between word ``index - 1`` and word ``index``."""
        start = self.ends[index - 1] if index > 0 else 0
        end = self.starts[index] if index < len(self.starts) else len(self.text)
        return self.text[start:end]

    def word_at(self, offset: int) -> int:
        """Return the first word that starts at or after an offset."""
        return bisect_left(self.starts, offset)

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence that an offset lies in, from 0."""
        return bisect_right(self._breaks, offset)

    def sentence_span(self, number: int) -> tuple[int, int]:
        """Return the offsets of a sentence, half-open."""
        start = self._breaks[number - 1] if number > 0 else 0
        more = number < len(self._breaks)
        return start, self._breaks[number] if more else len(self.text)

    def sentence_words(self, number: int) -> range:
        """Return the numbers of the words of a sentence."""
        start, end = self.sentence_span(number)
        return range(self.word_at(start), self.word_at(end))

    def line(self, offset: int) -> tuple[int, int, int]:
        """Return the number of an offset's line, and where the line starts and ends."""
        number = bisect_right(self._lines, offset) - 1
        more = number + 1 < len(self._lines)
        end = self._lines[number + 1] if more else len(self.text)
        return number, self._lines[number], end

    def starts_sentence(self, index: int) -> bool:
        """Tell whether a word is the first of its sentence."""
        if index == 0:
            return True
        here, before = self.starts[index], self.starts[index - 1]
        return self.sentence(here) != self.sentence(before)

    def capital(self, index: int) -> bool:
        """Tell whether a word begins with a capital letter."""
        return 0 <= index < len(self.raw) and self.raw[index][0].isupper()

    def capitals(self, index: int) -> bool:
        """Tell whether a word is all in capitals, and longer than one letter."""
        return (
            0 <= index < len(self.raw)
            and len(self.raw[index]) > 1
            and self.raw[index].isupper()
        )

    def _sentence_breaks(self, words: Words) -> list[int]:
        breaks = []
        text = self.text
        abbreviations = words["abbreviation"]
        for match in _ENDS.finditer(text):
            end = match.end()
            mark = match.group()
            if mark[0] == ".":
                before = bisect_left(self.starts, match.start()) - 1
                if before >= 0 and self.ends[before] == match.start():
                    word = self.keys[before]
                    if word in abbreviations or (
                        len(word) == 1 and self.raw[before].isupper()
                    ):
                        continue
            if mark[0] != "\n" and not self._capital_after(end):
                continue
            breaks.append(end)
        return breaks

    def _capital_after(self, offset: int) -> bool:
        text, size = self.text, len(self.text)
        while offset < size and text[offset] in _OPENING:
            offset += 1
        return offset >= size or not text[offset].islower()


def _visible(word: str) -> str:
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", strip_ignorable(word)[0]) or word
