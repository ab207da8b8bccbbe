"""The lines of a table of inflection; see `gazetteer.languages.inflection`."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Harmony", "Paradigm", "Table", "read_table", "tables"]

_DIRECTORY = Path(__file__).parent
_NONE = "-"


class Paradigm(NamedTuple):
    """How words with some end are inflected.

    Attributes:
        kind: ``noun``, ``adj``, ``also``, ``unsure`` or ``derived``.
        when: what the word must end in.
        cut: what is taken away from its end.
        endings: by tag, the printed one first; capitals stand for what harmony decides.
    """

    kind: str
    when: re.Pattern[str]
    cut: str
    endings: tuple[tuple[str, tuple[str, ...]], ...]

    def fits(self, word: str) -> bool:
        """Tell whether a word in small letters has the end."""
        return word.endswith(self.cut) and self.when.search(word) is not None


class Harmony(NamedTuple):
    """Which letter stands for a capital in an ending.

    Attributes:
        vowels: by capital, what each vowel before it calls for.
        last: by capital, what each letter right before it calls for; by an empty
            letter, what any other does.
    """

    vowels: dict[str, dict[str, str]]
    last: dict[str, dict[str, str]]

    def attach(self, stem: str, ending: str) -> str:
        """Return an ending as it is after a stem, which is in small letters."""
        whole = stem
        for letter in ending:
            if letter in self.vowels:
                whole += self._by_vowel(whole, self.vowels[letter])
            elif letter in self.last:
                choices = self.last[letter]
                whole += choices.get(whole[-1:], choices[""])
            else:
                whole += letter
        return whole[len(stem) :]

    def _by_vowel(self, before: str, choices: dict[str, str]) -> str:
        for letter in reversed(before):
            if letter in choices:
                return choices[letter]
        return next(iter(choices.values()))

    def variants(self, ending: str) -> Iterator[str]:
        """Yield an ending as it may be after one stem or another."""
        choices = [
            sorted(set((self.vowels.get(letter) or self.last[letter]).values()))
            if letter in self.vowels or letter in self.last
            else [letter]
            for letter in ending
        ]
        yield from map("".join, product(*choices))


class Table(NamedTuple):
    """One table."""

    agree: str
    join: str
    prefix: tuple[str, ...]
    adjectival: re.Pattern[str] | None
    harmony: Harmony
    paradigms: tuple[Paradigm, ...]
    after: tuple[tuple[str, tuple[str, ...]], ...]
    govern: dict[str, tuple[str, ...]]


def tables() -> list[str]:
    """Return the languages that have a table."""
    return sorted(path.stem for path in _DIRECTORY.glob("*.tsv"))


def read_table(lang: str) -> Table:
    """Read the table of a language.

    Args:
        lang: one of `tables`.
    """
    told = {"agree": "last", "join": "", "prefix": "", "adjectival": ""}
    harmony = Harmony({}, {})
    paradigms: list[Paradigm] = []
    after: list[tuple[str, tuple[str, ...]]] = []
    govern: dict[str, tuple[str, ...]] = {}
    text = (_DIRECTORY / f"{lang}.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        kind, *cells = line.split("\t")
        if kind in told:
            told[kind] = cells[0]
        elif kind == "vowel":
            choices = harmony.vowels.setdefault(cells[0], {})
            choices.update(dict.fromkeys(cells[1], cells[2]))
        elif kind == "last":
            choices = harmony.last.setdefault(cells[0], {})
            choices.update(dict.fromkeys(cells[1] or [""], cells[2]))
        elif kind == "after":
            endings = tuple(cells[1].split(", "))
            after += [(case, endings) for case in cells[0].split(", ")]
        elif kind == "govern":
            cases = tuple(cells[2].split(", "))
            govern.update(dict.fromkeys(cells[0].split(", "), cases))
        else:
            paradigms.append(_paradigm(kind, *cells))
    ends = told["adjectival"]
    return Table(
        told["agree"],
        told["join"],
        tuple(filter(None, told["prefix"].split(", "))),
        re.compile(f"(?:{ends})$") if ends else None,
        harmony,
        tuple(paradigms),
        tuple(after),
        govern,
    )


def _paradigm(kind: str, when: str, cut: str, forms: str) -> Paradigm:
    endings = []
    for each in forms.split(" "):
        tag, _, listed = each.partition(":")
        some = tuple("" if one == _NONE else one for one in listed.split("/"))
        endings.append((tag, some))
    return Paradigm(kind, re.compile(f"(?:{when})$"), cut, tuple(endings))
