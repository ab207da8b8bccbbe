"""What can be said of a name before anybody asks for it; `settled` reads it.

Whoever asks for a whole column of names wants no place taken apart for each of them.
For most names the store can say once and for all which place or that several places
bear it, and how the spellings of others that share a key differ from it. It does not
say what follows: that is the resolver's, which decides one name of each sort.

A name is settled if nothing but its text decides which of its rows is the best: all
rows that share a key with it are names as such (no adjectives, abbreviations and forms
that are only for matching), none is a default sense, and all their places stand.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zlib import crc32

import numpy as np

from gazetteer.folding import match_key
from gazetteer.index.hits import difference, letters_of
from gazetteer.store.probe import add_pairs, as_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from gazetteer.model import Place, Toponym
    from gazetteer.store.write import StoreWriter

    U32 = NDArray[np.uint32]

__all__ = [
    "BY_LENGTH",
    "KINDS",
    "NONE",
    "SETTLED",
    "SEVERAL",
    "Bearing",
    "is_plain",
    "seal",
]
__all__ += ["write_settled"]

NONE: Final = 0xFFFF_FFFF

SETTLED: Final = 0x80
"""Bit of a name of which something is said at all."""
SEVERAL: Final = 0x40
"""Bit of a name that several places bear as it is written."""
PLAIN: Final = 0x20
"""Bit of a key under which all names are plain; see `is_plain`."""
TWIN: Final = 0x8000_0000
"""Bit of the number of a text of which another text has the same letters."""
KINDS: Final = ("case", "marks", "plain", "spelling", "script", "mixed")
"""How the names of other places that share a key differ, a bit each from the lowest."""
BY_LENGTH: Final = 1 << KINDS.index("plain") | 1 << KINDS.index("mixed")

# With more names that differ than this, to find out how would take too long.
_MOST_OTHERS: Final = 8

_PLAIN_FORMS: Final = frozenset({"full", "short", "descr"})
_MIX: Final = np.uint64(0x9E37_79B9_7F4A_7C15)
_32: Final = np.uint64(32)


def is_plain(toponym: Toponym, place: Place) -> bool:
    """Tell whether a row says no more than that a standing place has a name."""
    return (
        toponym.form in _PLAIN_FORMS
        and not toponym.default_sense
        and not place.replaced_by
        and bool(place.type)
    )


class Bearing(NamedTuple):
    """Who bears which name, and under which keys.

    Attributes:
        keys_of_text: two columns; `NONE` where there is no second key.
        text_of_row: for each row of a toponym.
        place_of_row: likewise.
        plain_rows: likewise, whether `is_plain`.
        nameable: for each text, whether it can be nothing but a name.
        small: the crc32 of each text in small letters.
        compatible: for each text, whether it is in the form NFKC.
        starts: where the rows of each key begin in `rows`, and one more.
        rows: by key.
        text_hashes: crc32 of each text.
        key_hashes: crc32 of each key.
        text: returns the text of a number.
    """

    keys_of_text: tuple[U32, U32]
    text_of_row: U32
    place_of_row: U32
    plain_rows: NDArray[np.bool_]
    nameable: NDArray[np.bool_]
    small: U32
    compatible: NDArray[np.bool_]
    starts: U32
    rows: U32
    text_hashes: U32
    key_hashes: U32
    text: Callable[[int], str]


def seal(hashes: NDArray[Any], *numbers: NDArray[Any]) -> U32:
    """Return what ties numbers to a hash, so that damage to any of them shows."""
    mixed = hashes.astype(np.uint64)
    for each in numbers:
        mixed ^= each.astype(np.uint64)
        mixed *= _MIX
        mixed ^= mixed >> _32
    return (mixed >> _32).astype(np.uint32)


def write_settled(writer: StoreWriter, bearing: Bearing) -> None:
    """Write what is settled of each text, and of each key for other spellings."""
    keys = _Keys(bearing)
    kinds, places = _settle_texts(bearing, keys)
    _write(writer, "text", bearing.text_hashes, kinds, places)
    _write_small(writer, bearing, kinds)
    one_text = keys.texts[0] == keys.texts[1]
    several = keys.places[0] != keys.places[1]
    settled = keys.plain & one_text
    bits = np.where(several, SEVERAL, 0) | np.where(one_text, SETTLED, 0) | PLAIN
    bits = np.where(keys.plain, bits, 0)
    places = np.where(keys.plain & ~several, keys.places[0], NONE)
    texts = np.where(settled, keys.texts[0], NONE)
    _write(writer, "key", bearing.key_hashes, bits, places, texts)
    counts = bearing.starts[1:].astype(np.int64) - bearing.starts[:-1].astype(np.int64)
    hashes = np.repeat(bearing.key_hashes, counts)
    sealed = seal(hashes, bearing.rows, bearing.place_of_row[bearing.rows])
    writer.add("key.row.seal", sealed.astype("<u4").data, kind="u4")


def _write(
    writer: StoreWriter,
    name: str,
    hashes: U32,
    kinds: NDArray[Any],
    places: NDArray[Any],
    *texts: NDArray[Any],
) -> None:
    writer.add(f"{name}.settled", kinds.astype("u1").data, kind="u1")
    writer.add(f"{name}.place", places.astype("<u4").data, kind="u4")
    for each in texts:
        writer.add(f"{name}.only", each.astype("<u4").data, kind="u4")
    sealed = seal(hashes, kinds, places, *texts)
    writer.add(f"{name}.seal", sealed.astype("<u4").data, kind="u4")


def _write_small(
    writer: StoreWriter, bearing: Bearing, kinds: NDArray[np.uint8]
) -> None:
    """Write where texts are found by their small letters.

    Who differs from a text in nothing but case has its keys, so that all that is
    settled of it holds: but for a text that another one is as near to. Of such only
    those of one place are found, and marked. In the form NFKC small letters decide what
    the keys are.
    """
    twin = np.zeros(len(kinds), bool)
    twin[_twins(bearing)] = True
    found = (kinds >= SETTLED) & bearing.compatible & (~twin | (kinds == SETTLED))
    texts = np.flatnonzero(found).astype(np.uint32)
    numbers = texts | np.where(twin[texts], TWIN, 0).astype(np.uint32)
    hashes = array("I", bearing.small[texts].tobytes())
    add_pairs(writer, "small", "text", hashes, array("I", numbers.tobytes()))


def _twins(bearing: Bearing) -> NDArray[np.int64]:
    """Return the texts that share a key with another of the same letters."""
    starts = bearing.starts.astype(np.int64)
    keys = np.repeat(np.arange(len(starts) - 1), starts[1:] - starts[:-1])
    pairs = np.unique(keys << 32 | bearing.text_of_row[bearing.rows])
    keys, texts = pairs >> 32, pairs & NONE
    several = np.flatnonzero(np.bincount(keys, minlength=1)[keys] > 1)
    keys, texts = keys[several], texts[several]
    known, which = np.unique(texts, return_inverse=True)
    letters = [crc32(as_bytes(letters_of(bearing.text(at)))) for at in known.tolist()]
    pairs = keys << 32 | np.array(letters, np.int64)[which]
    _, at, counts = np.unique(pairs, return_inverse=True, return_counts=True)
    return np.unique(texts[counts[at] > 1])


class _Keys:
    """Of each key: the first and last number of its places and of its texts."""

    def __init__(self, bearing: Bearing) -> None:
        firsts, rows = bearing.starts[:-1].astype(np.int64), bearing.rows
        self.places = _ends(bearing.place_of_row[rows], firsts)
        self.texts = _ends(bearing.text_of_row[rows], firsts)
        plain = bearing.plain_rows[rows]
        self.plain = np.logical_and.reduceat(plain, firsts) if len(firsts) else plain


def _ends(values: NDArray[Any], firsts: NDArray[Any]) -> tuple[U32, U32]:
    """Return the least and the greatest value of each stretch."""
    if not len(firsts):
        return values[:0], values[:0]
    return np.minimum.reduceat(values, firsts), np.maximum.reduceat(values, firsts)


def _settle_texts(
    bearing: Bearing, keys: _Keys
) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    count = len(bearing.nameable)
    kinds, places = np.zeros(count, np.uint8), np.full(count, NONE, np.uint32)
    if not len(keys.plain):
        return kinds, places
    first, second = (each.astype(np.int64) for each in bearing.keys_of_text)
    settled = bearing.nameable & (first != NONE)
    first = np.where(first == NONE, 0, first)
    second = np.where(second == NONE, first, second)
    settled &= keys.plain[first] & keys.plain[second]
    order = np.argsort(bearing.text_of_row, kind="stable")
    begin = np.searchsorted(bearing.text_of_row[order], np.arange(count))
    least, greatest = _ends(bearing.place_of_row[order], begin)
    several = settled & (least != greatest)
    alone = settled & ~several
    shared = np.zeros(count, bool)
    for key in (first, second):
        for end in keys.places:
            shared |= alone & (end[key] != least)
    kinds[settled] = SETTLED
    kinds[several] |= SEVERAL
    places[alone] = least[alone]
    for text in np.flatnonzero(shared).tolist():
        both = {int(first[text]), int(second[text])}
        mask = _others(bearing, bearing.text(text), both, places[text])
        kinds[text] = kinds[text] | mask if mask else 0
    places[kinds == 0] = NONE
    return kinds, places


def _others(bearing: Bearing, written: str, keys: set[int], own: np.uint32) -> int:
    """Return how the names of other places differ; 0 where it takes too long."""
    others: set[int] = set()
    for key in keys:
        rows = bearing.rows[bearing.starts[key] : bearing.starts[key + 1]]
        others.update(
            bearing.text_of_row[rows[bearing.place_of_row[rows] != own]].tolist()
        )
        if len(others) > _MOST_OTHERS:
            return 0
    mask = 0
    for other in others:
        mask |= 1 << KINDS.index(difference(written, bearing.text(other)))
    # its length is known of a key that is ASCII only
    return mask if match_key(written).isascii() or not mask & BY_LENGTH else 0
