"""Where a key stands in a TOML file: tomllib tells no lines, an editor needs them."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Lines", "Spot"]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[\w-]+)*)\s*=""")
_STRINGS = re.compile(
    r'"""(?s:.*?)"""|'
    r"'''(?s:.*?)'''|"
    r'"(?:\\.|[^"\\\n])*"|'
    r"'[^'\n]*'|#[^\n]*"
)


class Spot(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


class Lines:
    """A map from the path of a table or key to its place in the text."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        # Strings and comments are blanked out, so that brackets in them do not count.
        bare = _STRINGS.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        self._spans: dict[tuple[str | int, ...], tuple[int, int]] = {}
        self._scan(bare.split("\n"))

    def _scan(self, bare: list[str]) -> None:
        table: tuple[str | int, ...] = ()
        counts: dict[tuple[str, ...], int] = {}
        depth = 0
        open_path: tuple[str | int, ...] = ()
        for number, (line, blanked) in enumerate(
            zip(self._lines, bare, strict=True), 1
        ):
            if depth > 0:
                self._spans[open_path] = (self._spans[open_path][0], number)
            elif header := _HEADER.match(line):
                table = self._table(header[1] == "[[", header[2], counts)
                self._spans.setdefault(table, (number, number))
                continue
            elif key := _KEY.match(line):
                open_path = (*table, *_split(key[1]))
                self._spans.setdefault(open_path, (number, number))
            depth += sum(blanked.count(each) for each in "[{")
            depth -= sum(blanked.count(each) for each in "]}")

    @staticmethod
    def _table(
        many: bool, name: str, counts: dict[tuple[str, ...], int]
    ) -> tuple[str | int, ...]:
        names = tuple(_split(name))
        if many:
            counts[names] = counts.get(names, -1) + 1
        path: list[str | int] = []
        for end, part in enumerate(names, 1):
            path.append(part)
            if names[:end] in counts:
                path.append(counts[names[:end]])
        return tuple(path)

    def find(self, path: tuple[str | int, ...], value: str = "") -> Spot:
        """Return where a key stands, or the nearest table or key around it.

        Args:
            path: keys and indices from the top.
            value: a text to look for inside, such as the offending value.
        """
        known = path
        while known and known not in self._spans:
            known = known[:-1]
        first, last = self._spans.get(known, (1, 1))
        wanted = [f'"{value}"', value] if value else []
        rest = path[max(len(known) - 1, 0) :]
        wanted += [part for part in reversed(rest) if isinstance(part, str)]
        for text in wanted:
            for number in range(first, last + 1):
                column = self._lines[number - 1].find(text)
                if column >= 0:
                    return Spot(number, column + 1)
        return Spot(first, 1)


def _split(name: str) -> list[str]:
    return [part.strip().strip("\"'") for part in name.split(".")]
