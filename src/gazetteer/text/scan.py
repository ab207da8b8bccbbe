"""Running text as words with offsets, and where its sentences begin."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from gazetteer.folding.words import SPLIT, is_small, visible, word_key

if TYPE_CHECKING:
    from gazetteer.text.words import Words

__all__ = ["Scan"]

_LINE_END = re.compile("\n")
# Full stop (the Armenian one too), question and exclamation mark, with whatever closes
# after them; a blank line; a line that begins a list, a heading, a table row or a
# quotation.
_ENDS = re.compile(
    r"""[.!?…\u0589]+["'\u201d\u2019»)\]*_]*(?=\s)|\n[^\S\n]*\r?\n"""
    r"""|\n(?=[^\S\n]*(?:[-*+\u2022\u2013\u2014>#|]|\d{1,3}[.)])[^\S\n])"""
)
_OPENING = " \t\r\n\"'\u201c\u2018\u00ab([*_"


class Scan:
    """The words of a text, with their offsets, and its sentences.

    Attributes:
        text: the text.
        starts, ends: code points of each word.
        raw: each word as written, without characters that nobody sees.
        keys: what each word is looked up by.
    """

    def __init__(self, text: str, words: Words) -> None:
        self.text = text
        self._words = words
        # gaps and words in turn; each step is one call for the whole text
        pieces = SPLIT.split(text)
        ends = list(accumulate(map(len, pieces)))
        self.starts = ends[:-1:2]
        self.ends = ends[1::2]
        written = pieces[1::2]
        distinct = set(written)
        keys = {word: word_key(word) for word in distinct}
        self.keys = list(map(keys.__getitem__, written))
        seen = {word: visible(word) for word in distinct if not word.isascii()}
        self.raw = [seen.get(word, word) for word in written] if seen else written

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

    @cached_property
    def small(self) -> frozenset[str]:
        """The keys of the words that stand somewhere with a small first letter."""
        return frozenset(
            key
            for key, raw in zip(self.keys, self.raw, strict=True)
            if is_small(raw[0])
        )

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def _breaks(self) -> list[int]:
        breaks = []
        text = self.text
        abbreviations = self._words["abbreviation"]
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
