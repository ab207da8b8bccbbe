"""Names and texts as words, so that one is found in the other however it is set.

A name is found in running text word by word. What its words are looked up by, and what
stands between them, make its *path*; the paths of all names are kept in the store, so
that nothing is gone through when a text is opened.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gazetteer.folding.ignorable import strip_ignorable
from gazetteer.folding.signs import ARMENIAN_ACCENTS, INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "PATTERN",
    "SPLIT",
    "gap_key",
    "is_small",
    "parts_of",
    "path_of",
    "steps_of",
    "visible",
    "whole_path",
    "word_key",
    "word_keys",
    "words_of",
]

# A word is letters and digits; underscores, combining marks and characters that nobody
# sees belong to it where they stand inside it. The marks are those that Armenian writes
# within a word and U+0300-036F. Runs of letters come first: most words are one.
PATTERN: Final = (
    rf"[^\W_]+(?:(?:[\u0300-\u036f{ARMENIAN_ACCENTS}]+"
    rf"|[_{INVISIBLE}]+(?=[^\W_]))[^\W_]*)*"
)
_WORD = re.compile(PATTERN)
SPLIT: Final = re.compile(f"({PATTERN})")
"""Splits a text into gaps and words, in turn; it begins and ends with a gap."""

_SPACES = re.compile(rf"[\s{INVISIBLE}]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\r?\n")
_HYPHENS = re.compile("[-\u2010\u2011\u2012\u2013]")
_APOSTROPHES = re.compile("['\u2019\u2018\u02bc\u02bb\u0060\u00b4]")
# In Russian and its neighbours a stress mark is no part of the spelling.
_STRESS = re.compile("(?<=[\u0400-\u04ff])[\u0300\u0301]")
_STEP = "\x1f"  # a space to any text, and in no name
# Most names: words of letters and digits, with one space or hyphen between two.
_SIMPLE = re.compile(r"[^\W_]+(?:[ -][^\W_]+)*")


def words_of(text: str) -> list[tuple[int, int]]:
    """Return the span of each word of a text.

    Examples:
        >>> words_of("A so-so day.")
        [(0, 1), (2, 4), (5, 7), (8, 11)]
    """
    return [match.span() for match in _WORD.finditer(text)]


def is_small(letter: str) -> bool:
    """Tell whether a letter is small where it might have been a capital.

    Georgian letters count as small in Unicode, and no word begins with a capital.
    """
    return letter.islower() and letter.title() != letter


def visible(word: str) -> str:
    """Return a word as it is spelt: composed, without unseen characters and stress.

    Examples:
        >>> visible("да́ча") == "дача"
        True
    """
    if word.isascii():
        return word
    if word.isalpha():
        # nothing in it is a mark, or unseen
        return unicodedata.normalize("NFC", word)
    plain = _STRESS.sub("", strip_ignorable(word)[0])
    return unicodedata.normalize("NFC", plain) or word


def word_key(word: str) -> str:
    """Return what one word is looked up by: its letters in any case, composed.

    Examples:
        >>> word_key("CAF\u00c9") == word_key("cafe\u0301")
        True
    """
    if word.isascii():
        return word.lower()
    return _folded(visible(word))


def word_keys(words: Sequence[str]) -> list[str]:
    r"""Return what `word_key` does for each of many words, in a fraction of its time.

    Examples:
        >>> word_keys(["CAF\u00c9", "A1"])
        ['caf\xe9', 'a1']
    """
    # a key is made letter by letter, and nothing is composed with a line break
    together = "\n".join(words)
    if together.isascii():
        return together.lower().split("\n") if words else []
    if not all(map(str.isalpha, words)):
        return list(map(word_key, words))
    return _folded(unicodedata.normalize("NFC", together)).split("\n")


def _folded(plain: str) -> str:
    # Capital dotted i would fold to two characters, and dotless i has no pair in ASCII.
    plain = plain.replace("\u0130", "i").replace("\u0131", "i")
    # the Armenian ligature of ev folds to its classical letters
    folded = plain.casefold().replace("\u0565\u0582", "\u0565\u057e")
    return unicodedata.normalize("NFC", folded)


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


def path_of(before: str, gap: str, key: str) -> str:
    """Return the path of a name's first words, from that of those before the last.

    Args:
        before: path of the words before; empty for the first word.
        gap: key of what stands between them and the word.
        key: of the word.
    """
    return f"{before}{_STEP}{gap}{_STEP}{key}" if before else key


def steps_of(name: str) -> list[str]:
    r"""Return the path of the first word of a name, of its first two, and so on.

    Examples:
        >>> steps_of("So-So")
        ['so', 'so\x1f \x1fso']
    """
    if name.isalpha():
        return [word_key(name)]
    spans = words_of(name)
    if not spans:
        return []
    path = word_key(name[slice(*spans[0])])
    steps = [path]
    for (_, left), (right, end) in pairwise(spans):
        path = path_of(path, gap_key(name[left:right]), word_key(name[right:end]))
        steps.append(path)
    return steps


def whole_path(name: str) -> str:
    r"""Return the path of all words of a name, the last of `steps_of`, or nothing.

    Examples:
        >>> whole_path("So-So")
        'so\x1f \x1fso'
    """
    if name.isalpha():
        return word_key(name)
    if _SIMPLE.fullmatch(name):
        # a key is made letter by letter, and nothing is composed with a space
        return word_key(name.replace("-", " ")).replace(" ", f"{_STEP} {_STEP}")
    return next(reversed(steps_of(name)), "")


def parts_of(name: str) -> tuple[tuple[str, ...], str]:
    """Return the words of a name, and what follows the last.

    Examples:
        >>> parts_of("So-so!")
        (('So', 'so'), '!')
    """
    if name.isalpha():
        return (name,), ""
    if _SIMPLE.fullmatch(name):
        return tuple(name.replace("-", " ").split(" ")), ""
    spans = words_of(name)
    return tuple([name[start:end] for start, end in spans]), name[spans[-1][1] :]
