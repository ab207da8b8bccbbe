"""Class-merged keys of whole columns, put together from the parts that keys share.

A sound is of vowels (with v and w), of letters that only double (f l m n r), or of
others: never of two of these. So a key may be cut wherever one kind of letters ends,
and its class is that of the parts. Keys are made of few different parts, most of a
letter or two; each is looked up in a table, and what it leads to is put together in
NumPy.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from gazetteer.folding.classes import classes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

__all__ = ["PartedClasses"]

_ASCII: Final = "ascii"
_BREAK: Final = b"\n"
_GROUPS: Final = (b"flmnr", b"aeiouyvw", _BREAK)

_SLOT_BITS: Final = 16
_SHIFT: Final = np.uint64(64 - _SLOT_BITS)
_MIX: Final = np.uint64(0x9E37_79B9_7F4A_7C15)
# of no part, since none has such letters
_EMPTY: Final = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
_PACKED: Final = 8
_8: Final = np.uint64(8)

# Of real keys there are a few thousand.
_MOST_PARTS: Final = 20_000


class _Known(NamedTuple):
    """What is known of parts, for threads to share.

    Attributes:
        numbers: of the parts; more may be added.
        become: what each becomes; likewise.
        codes: by slot, the letters of the part that stands there, as one number.
        in_slot: by slot, the number of that part.
        letters: of all that they become, one behind the other.
        starts, sizes: where those of each begin, and how many they are.
    """

    numbers: dict[bytes, int]
    become: list[bytes]
    codes: NDArray[np.uint64]
    in_slot: NDArray[np.int32]
    letters: NDArray[np.uint8]
    starts: Numbers
    sizes: Numbers


class _Parts(NamedTuple):
    """The parts of a text, in order.

    Attributes:
        begin: where each begins.
        lengths: of each.
        codes: the first letters of each as one number.
        slots: where it may stand.
    """

    begin: Numbers
    lengths: Numbers
    codes: NDArray[np.uint64]
    slots: Numbers


class PartedClasses:
    r"""What the parts of keys become, learnt as they come.

    Examples:
        >>> PartedClasses().of("dzhigit\ncygitt")
        'jikit\njikit'
    """

    def __init__(self) -> None:
        """Know none."""
        self._lock = Lock()
        self._known = _nothing()

    def of(self, keys: str) -> str:
        """Return the class-merged keys of some on lines.

        Args:
            keys: of letters of ASCII.
        """
        text = keys.replace(" ", "").encode(_ASCII)
        if not text:
            return ""
        parts = _parted(text)
        known = self._known
        numbers = known.in_slot.take(parts.slots)
        new = known.codes.take(parts.slots) != parts.codes
        new |= parts.lengths > _PACKED
        left = np.flatnonzero(new)
        if len(left):
            ends = (parts.begin + parts.lengths)[left].tolist()
            texts = [
                text[start:end]
                for start, end in zip(parts.begin[left].tolist(), ends, strict=True)
            ]
            known = self._learnt(texts, parts, left)
            numbers[left] = [known.numbers[each] for each in texts]
        sizes = known.sizes.take(numbers)
        ends_of = np.cumsum(sizes)
        at = np.repeat(known.starts.take(numbers) - (ends_of - sizes), sizes)
        at += np.arange(len(at))
        return known.letters.take(at).tobytes().decode(_ASCII)

    def _learnt(self, texts: Sequence[bytes], parts: _Parts, left: Numbers) -> _Known:
        """Learn what some parts become; all numbers before stay."""
        with self._lock:
            known = self._known
            # these two only grow, and are read here alone and by whoever learnt
            numbers, become = known.numbers, known.become
            new = [part for part in dict.fromkeys(texts) if part not in numbers]
            # breaks between keys stay as they are
            lines = [part for part in new if not part.startswith(_BREAK)]
            merged = classes_of(_BREAK.join(lines).decode(_ASCII)).encode(_ASCII)
            of_each = dict(zip(lines, merged.split(_BREAK), strict=False))
            for part in new:
                numbers[part] = len(become)
                become.append(of_each.get(part, part))
            codes, in_slot = known.codes.copy(), known.in_slot.copy()
            # what is longer than a code can only be compared as a text
            short = np.flatnonzero(parts.lengths[left] <= _PACKED)
            number_of = np.array([numbers[part] for part in texts], np.int32)
            slots = parts.slots[left[short]]
            codes[slots], in_slot[slots] = parts.codes[left[short]], number_of[short]
            sizes = np.fromiter(map(len, become), np.int64, len(become))
            letters = np.frombuffer(b"".join(become), np.uint8)
            learnt = _Known(
                numbers,
                become,
                codes,
                in_slot,
                letters,
                np.cumsum(sizes) - sizes,
                sizes,
            )
            self._known = learnt if len(become) <= _MOST_PARTS else _nothing()
            return learnt


def _nothing() -> _Known:
    none = np.zeros(0, np.int64)
    size = 1 << _SLOT_BITS
    codes, in_slot = np.full(size, _EMPTY), np.zeros(size, np.int32)
    return _Known({}, [], codes, in_slot, np.zeros(0, np.uint8), none, none)


def _groups() -> NDArray[np.uint8]:
    groups = np.zeros(256, np.uint8)
    for number, letters in enumerate(_GROUPS, 1):
        groups[list(letters)] = number
    return groups


_GROUP_OF: Final = _groups()


def _parted(text: bytes) -> _Parts:
    data = np.frombuffer(text, np.uint8)
    group = _GROUP_OF.take(data)
    begin = np.flatnonzero(group[1:] != group[:-1]) + 1
    begin = np.concatenate((np.zeros(1, np.int64), begin))
    lengths = np.diff(begin, append=len(data))
    codes = data.take(begin).astype(np.uint64)
    more, shift = np.flatnonzero(lengths > 1), _8
    for at in range(1, _PACKED):
        codes[more] |= data.take(begin[more] + at).astype(np.uint64) << shift
        shift += _8
        more = more[lengths[more] > at + 1]
        if not len(more):
            break
    slots = (codes * _MIX >> _SHIFT).view(np.int64)
    return _Parts(begin, lengths, codes, slots)
