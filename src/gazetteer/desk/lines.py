"""Lines and columns of a text, as editors count them."""

from __future__ import annotations

from bisect import bisect_right

__all__ = ["Lines"]


class Lines:
    r"""Where the lines of a text start.

    A line ends with ``\n``, and with what stands before it: ``\r`` counts for nothing.

    Examples:
        >>> Lines("one\ntwo").at(5)
        (2, 2)
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both from 1, in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, line: int) -> tuple[int, int]:
        """Return where a line starts and ends, its end of line included."""
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        return start, end

    def __len__(self) -> int:
        return len(self._starts)
