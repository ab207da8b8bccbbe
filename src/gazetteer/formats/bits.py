"""A set of numbers that takes a bit each: ids of a large store are dense."""

from __future__ import annotations

from typing import Final

__all__ = ["Bits"]

_HIGHEST: Final = (1 << 31) - 1


class Bits:
    """Numbers from 0 to 2³¹ - 1.

    Examples:
        >>> bits = Bits()
        >>> bits.add(70), bits.add(70), 70 in bits, 71 in bits
        (True, False, True, False)
    """

    def __init__(self) -> None:
        """Hold none."""
        self._bytes = bytearray()

    def add(self, number: int) -> bool:
        """Hold a number; tell whether it is a new one.

        Raises:
            ValueError: if it is negative or too large.
        """
        if not 0 <= number <= _HIGHEST:
            raise ValueError(number)
        at, bit = number >> 3, 1 << (number & 7)
        missing = at + 1 - len(self._bytes)
        if missing > 0:
            self._bytes.extend(bytes(missing))
        new = not self._bytes[at] & bit
        self._bytes[at] |= bit
        return new

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int) or number < 0:
            return False
        at = number >> 3
        return at < len(self._bytes) and bool(self._bytes[at] & (1 << (number & 7)))
