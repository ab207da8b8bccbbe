"""Hashes of strings, and of what is left of them once letters are deleted.

The hash of a string is a polynomial over codes of its letters, modulo 2**64:
``sum(code(letter) * BASE**position)``. The hashes of a string's beginnings are all that
is needed to hash it without some of its letters: what stood behind a letter moves one
place to the front, and is divided by BASE once. So a variant costs one addition, in
plain integers (`gazetteer.index.neighbourhood.single`) and in NumPy
(`gazetteer.index.neighbourhood.variants`) alike. The high bits are the good ones.

The hash is part of the format of the arrays: it is the same on every machine.
"""

from __future__ import annotations

from typing import Final

from gazetteer.index.neighbourhood.windows import LONGEST

__all__ = ["BASE", "CODES", "CODE_STEPS", "INVERSE", "MASK", "POWERS", "code_of"]

MASK: Final = 2**64 - 1

# Odd, so that it has an inverse; 5 modulo 8, so that its powers take long to return.
BASE: Final = 0x9E3779B97F4A7C15
INVERSE: Final = pow(BASE, -1, 2**64)

CODE_STEPS: Final = (
    (0xBF58476D1CE4E5B9, 29),
    (0x94D049BB133111EB, 32),
)
"""Multiply, then fold the high bits into the low ones; the multipliers of splitmix64
(Steele, Lea and Flood, OOPSLA 2014)."""

POWERS: Final = tuple(pow(BASE, power, 2**64) for power in range(LONGEST + 1))


def code_of(letter: str) -> int:
    """Return the 64-bit code of a letter.

    Examples:
        >>> f"{code_of('a'):x}"
        'fec23d589c4b5c3a'
    """
    code = ord(letter)
    for factor, shift in CODE_STEPS:
        code = code * factor & MASK
        code ^= code >> shift
    return code


class _Codes(dict[str, int]):
    """The codes of the letters that were met."""

    def __missing__(self, letter: str) -> int:
        code = self[letter] = code_of(letter)
        return code


CODES: Final = _Codes()
