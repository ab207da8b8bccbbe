"""A corpus: the names to be found, and queries for them with what is right.

Everything is a file of tab-separated lines under ``.bench/data/``, made once from a
fixed seed, so that every contender reads the same bytes.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SEED = 20240229
ALL = 954_000  # of the 961 thousand folded names; the rest are held back
GROWN = 5_000_000

# what separates words; marks of scripts that write vowels as marks are kept
_BETWEEN_WORDS = re.compile(r"[^\w\u0900-\u0fff]+|_")
_MARKS = re.compile(r"[\u0300-\u036f]")


class Name(NamedTuple):
    """A name of the corpus: folded, as written, and the ids of its places."""

    key: str
    written: str
    places: list[str]


class Query(NamedTuple):
    """A query as written, folded, and the key of the name that it means, if any."""

    written: str
    key: str
    target: str


def fold(text: str) -> str:
    """Fold a name for the contenders that cannot: case, marks, punctuation, spaces.

    Examples:
        >>> fold("Saint-Étienne")
        'saint etienne'
    """
    if text.isascii():
        text = text.casefold()
    else:
        text = unicodedata.normalize("NFKD", text).casefold()
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(_BETWEEN_WORDS.sub(" ", text).split())


def write_names(path: Path, names: Iterable[Name]) -> None:
    _write(path, ((n.key, n.written, " ".join(n.places)) for n in names))


def read_names(path: Path, most: int | None = None) -> Iterator[Name]:
    for key, written, places in islice(_read(path), most):
        yield Name(key, written, places.split(" "))


def write_queries(path: Path, queries: Iterable[Query]) -> None:
    _write(path, queries)


def read_queries(path: Path, start: int, count: int) -> list[Query]:
    return [Query(*row) for row in islice(_read(path), start, start + count)]


def _write(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("w", encoding="utf-8", newline="\n") as lines:
        for row in rows:
            # a name may hold a tab or an odd line break; none matters to anybody
            lines.write("\t".join(" ".join(cell.split()) for cell in row) + "\n")
    unfinished.replace(path)


def _read(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.removesuffix("\n").split("\t")
