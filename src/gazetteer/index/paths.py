"""The paths of names, by which running text is searched word by word."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from gazetteer.folding.words import is_small, steps_of, visible, words_of
from gazetteer.store.probe import add_pairs, as_bytes
from gazetteer.store.rows import ROW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.index.spool import Numbered, Spool
    from gazetteer.store.write import StoreWriter

__all__ = ["GOES_ON", "each_of", "write_paths"]

GOES_ON: Final = 0xFFFF_FFFF
"""What a path leads to beside the texts that have it, where longer ones begin so."""

_PIECE: Final = 5_000


def write_paths(
    writer: StoreWriter, texts: Spool, numbered: Numbered, standing: bytearray
) -> None:
    """Write what leads from the words of a text to names.

    Args:
        writer: of the store.
        texts: the names as written.
        numbered: the distinct ones.
        standing: for each entry of the spool, whether its place has not been replaced.
    """
    import numpy as np

    alive = np.zeros(len(numbered.firsts), bool)
    alive[numbered.numbers[np.frombuffer(standing, np.uint8) > 0]] = True
    paths, led_to = array("I"), array("I")
    small: set[str] = set()
    for number, first in enumerate(each_of(numbered.firsts)):
        if not alive[number]:
            continue
        text = texts[first]
        steps = steps_of(text)
        if not steps:
            continue
        paths.extend([crc32(as_bytes(step)) for step in steps])
        led_to.extend([GOES_ON] * (len(steps) - 1))
        led_to.append(number)
        start, end = words_of(text)[0]
        word = visible(text[start:end])
        if is_small(word[0]):
            small.add(word)
    add_pairs(writer, "path", "text", paths, led_to)
    writer.add("small", ROW.join(sorted(small)).encode("utf-8", "surrogatepass"))


def each_of(numbers: Any) -> Iterator[int]:
    """Yield the numbers of an array; a list of millions would be larger than it."""
    for at in range(0, len(numbers), _PIECE):
        yield from numbers[at : at + _PIECE].tolist()
