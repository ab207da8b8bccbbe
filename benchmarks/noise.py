"""What people do to names: seeded kinds of noise, each a generator of queries.

A noised name that folds to some other name of the corpus is dropped, since then both
answers are right.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING

from corpus import SEED, Name, Query, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# The shortest key that is given one edit, and two. They are the lengths from which
# fuzzy search may be asked to bear as many; in shorter names an edit more makes
# another name as often as not.
ONE_EDIT_FROM = 4
TWO_EDITS_FROM = 8

GENERIC = (
    "city of {}", "{} city", "{} town", "{} village", "village of {}",
    "{} municipality", "{} district", "{} rayon", "{} şəhəri",
)  # fmt: skip


class Noise:
    """Makes queries from the names of a corpus."""

    def __init__(self, names: Sequence[Name], held_back: Sequence[Name]) -> None:
        self._names = names
        self._held_back = held_back
        self._keys = {name.key for name in names}
        self._letters = _letters_by_script(names[:20_000])
        self._chain = _chain(name.key for name in names[:50_000])

    def queries(self, kind: str) -> Iterator[Query]:
        """Yield queries of a kind, without end, in an order fixed by the seed."""
        random = Random(f"{SEED} {kind} {len(self._names)}")
        if kind in _NOT_THERE:
            yield from self._strangers(_NOT_THERE[kind], random)
            return
        make = _KINDS[kind]
        order = list(range(len(self._names)))
        random.shuffle(order)
        for at in cycle(order):
            name = self._names[at]
            written = make(self, name, random)
            if written is None:
                continue
            key = fold(written)
            if key == name.key or key not in self._keys:
                yield Query(written, key, name.key)

    def _strangers(
        self, make: Callable[[Noise, Random], Iterator[str]], random: Random
    ) -> Iterator[Query]:
        for written in make(self, random):
            key = fold(written)
            if key and key not in self._keys:
                yield Query(written, key, "")

    # ------------------------------------------------------ of names that are there

    def exact(self, name: Name, _: Random) -> str | None:
        return name.written

    def folded(self, name: Name, random: Random) -> str | None:
        bare = unicodedata.normalize("NFD", name.written)
        bare = "".join(c for c in bare if not "\u0300" <= c <= "\u036f")
        ways = [name.written.upper(), name.written.lower(), bare, bare.upper()]
        ways += [name.written.replace("-", " "), name.written.replace(" ", "-")]
        ways = [w for w in ways if w != name.written and fold(w) == name.key]
        return random.choice(ways) if ways else None

    def _edited(self, name: Name, random: Random, edits: int) -> str | None:
        text = name.written
        for _ in range(edits):
            text = self._edit(text, random)
        return text if distance(fold(text), name.key) == edits else None

    def _edit(self, text: str, random: Random) -> str:
        at = random.randrange(len(text))
        letter = random.choice(self._letters[_script(text[at])] or [text[at]])
        head, tail = text[:at], text[at:]
        return random.choice(
            (head + tail[1:], head + letter + tail, head + letter + tail[1:])
            + ((head + tail[1] + tail[0] + tail[2:],) if len(tail) > 1 else ())
        )

    def one_edit(self, name: Name, random: Random) -> str | None:
        if len(name.key) < ONE_EDIT_FROM:
            return None
        return self._edited(name, random, 1)

    def two_edits(self, name: Name, random: Random) -> str | None:
        if len(name.key) < TWO_EDITS_FROM:
            return None
        return self._edited(name, random, 2)

    def transposed(self, name: Name, random: Random) -> str | None:
        text = name.written
        if len(name.key) < ONE_EDIT_FROM or len(text) < 2:
            return None
        at = random.randrange(len(text) - 1)
        text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        return text if fold(text) != name.key else None

    def joined(self, name: Name, _: Random) -> str | None:
        words = name.written.split()
        return "".join(words) if len(words) > 1 else None

    def split(self, name: Name, random: Random) -> str | None:
        if len(name.written) < TWO_EDITS_FROM or " " in name.key:
            return None
        at = random.randrange(3, len(name.written) - 2)
        return f"{name.written[:at]} {name.written[at:]}"

    def reordered(self, name: Name, random: Random) -> str | None:
        words = name.written.split()
        if len(words) < 2 or words[0] == words[-1]:
            return None
        at = random.randrange(1, len(words))
        comma = random.choice((",", ""))
        return f"{' '.join(words[at:])}{comma} {' '.join(words[:at])}"

    def generic(self, name: Name, random: Random) -> str | None:
        if len(name.key) < ONE_EDIT_FROM or _script(name.key[0]) != "LATIN":
            return None
        return random.choice(GENERIC).format(name.written)

    # -------------------------------------------------- of names that are not there

    def junk(self, random: Random) -> Iterator[str]:
        letters = "abcdefghijklmnopqrstuvwxyz"
        lengths = [len(n.key) for n in self._names if len(n.key) >= ONE_EDIT_FROM]
        while True:
            yield "".join(random.choices(letters, k=random.choice(lengths)))

    def made_up(self, random: Random) -> Iterator[str]:
        while True:
            word = "^^"
            while not word.endswith("$"):
                word += random.choice(self._chain[word[-2:]])
            if len(word) - 3 >= ONE_EDIT_FROM:
                yield word[2:-1]

    def others(self, random: Random) -> Iterator[str]:
        names = [n.written for n in self._held_back if len(n.key) >= ONE_EDIT_FROM]
        random.shuffle(names)
        yield from names


_KINDS: dict[str, Callable[[Noise, Name, Random], str | None]] = {
    "exact": Noise.exact,
    "folded": Noise.folded,
    "1 edit": Noise.one_edit,
    "2 edits": Noise.two_edits,
    "transposed": Noise.transposed,
    "joined words": Noise.joined,
    "split word": Noise.split,
    "other word order": Noise.reordered,
    "extra generic word": Noise.generic,
}
_NOT_THERE: dict[str, Callable[[Noise, Random], Iterator[str]]] = {
    "junk": Noise.junk,
    "made-up words": Noise.made_up,
    "other places": Noise.others,
}
KINDS = (*_KINDS, *_NOT_THERE)
FALSE_KINDS = tuple(_NOT_THERE)


def distance(a: str, b: str) -> int:
    """Return the distance by optimal string alignment.

    Examples:
        >>> distance("mountain", "muontains")
        2
    """
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        row = [i]
        for j, y in enumerate(b, start=1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ")[0] if letter.isalpha() else ""


def _letters_by_script(names: Sequence[Name]) -> defaultdict[str, list[str]]:
    letters: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        for letter in name.key:
            if script := _script(letter):
                letters[script].append(letter)
    return letters


def _chain(keys: Iterator[str]) -> dict[str, list[str]]:
    """Return which letters follow which two in names of Latin letters."""
    follow: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys:
        if key.isascii():
            word = f"^^{key}$"
            for at in range(len(word) - 2):
                follow[word[at : at + 2]].append(word[at + 2])
    return dict(follow)
