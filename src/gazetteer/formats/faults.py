"""What is wrong with others' files: gathered, counted, never passed over in silence.

An *error* keeps a row from being read; a *warning* says what was left out of a row that
was read. A file of millions of rows may have millions of either, so errors end the
reading once enough are known to act on, and warnings are counted by kind.
"""

from __future__ import annotations

from bisect import insort
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from gazetteer.errors import DataError, GazetteerError, Problem
from gazetteer.languages.controls import has_control

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Faults", "SourceError"]

_MOST: Final = 50


class SourceError(GazetteerError, ValueError):
    """A source cannot be read in the way that was asked for."""

    def __init__(self, source: str, reason: str) -> None:
        self.source = source
        super().__init__(f"cannot read {source!r}: {reason}")


class Faults:
    """The faults of one build.

    Attributes:
        skip: whether rows with errors are left out instead of ending the build.
        skipped: how many were left out.

    Examples:
        >>> faults = Faults(skip=True)
        >>> faults.error("a.csv", 7, "lat", "91", "bad-degrees", "not -90 to 90")
        >>> faults.skipped
        1
        >>> print(*faults.examples)
        a.csv:7:0: error: bad-degrees: lat '91': not -90 to 90
    """

    def __init__(self, *, skip: bool = False) -> None:
        """Start with none."""
        self.skip = skip
        self.skipped = 0
        self._errors: list[Problem] = []
        self._files: Mapping[str, int] | None = None
        self._warnings: dict[tuple[str, str], tuple[int, Problem]] = {}

    def error(
        self,
        file: str,
        line: int,
        field: str,
        value: str,
        code: str,
        message: str,
        *,
        column: int = 0,
    ) -> None:
        """Note what keeps a row from being read.

        Raises:
            DataError: with all that were noted, once there are many, unless errors
                are skipped, or rows are read in another order.
        """
        self.skipped += 1
        found = Problem(file, line, column, field, _short(value), code, message)
        if self._files is not None:
            insort(self._errors, found, key=self._place)
            del self._errors[_MOST:]
            return
        if len(self._errors) < _MOST:
            self._errors.append(found)
        if len(self._errors) == _MOST and not self.skip:
            raise DataError(self._errors)

    def warn(
        self, file: str, line: int, field: str, value: str, code: str, message: str
    ) -> None:
        """Count something that was left out; the first of its kind is kept to show.

        Warnings are of one kind where they are of one file and have one code.
        """
        count, first = self._warnings.get((file, code), (0, None))
        # a kind is of one file, so that the lines tell which is the first
        if first is None or (self._files is not None and line < first.line):
            shown = _short(value)
            first = Problem(file, line, 0, field, shown, code, message, "warning")
        self._warnings[file, code] = count + 1, first

    @contextmanager
    def in_any_order(self, files: Iterable[str]) -> Iterator[None]:
        """Take faults as they come, and keep the first of them by file and line.

        Rows that are put together are read in an order of their own. The first faults
        of that order would say nothing of the file, so nothing is raised before
        `settle`, however many there are.

        Args:
            files: in their order.
        """
        self._files = {file: at for at, file in enumerate(files)}
        self._errors.sort(key=self._place)
        try:
            yield
        finally:
            self._files = None

    def _place(self, problem: Problem) -> tuple[int, int]:
        return (self._files or {}).get(problem.file, 0), problem.line

    @property
    def failed(self) -> bool:
        """Whether the reading will end with the errors that it had."""
        return bool(self._errors) and not self.skip

    def findable(self, file: str, line: int, field: str, name: str) -> bool:
        r"""Tell whether a query can find a name; count one that none can.

        Examples:
            >>> faults = Faults()
            >>> faults.findable("a.txt", 7, "name", "Old\x7ftown")
            False
            >>> print(*faults.warnings)
            a.txt:7:0: warning: control-character: name 'Old\x7ftown': no query ...
        """
        if not has_control(name):
            return True
        message = "no query has a control character; the name was left out"
        self.warn(file, line, field, name, "control-character", message)
        return False

    def settle(self) -> None:
        """End the reading of a file here if it had errors.

        Raises:
            DataError: with all errors, unless they are skipped.
        """
        if self.failed:
            raise DataError(self._errors)

    @property
    def examples(self) -> tuple[Problem, ...]:
        """The first errors, in the order of the files."""
        return tuple(self._errors)

    @property
    def warnings(self) -> Mapping[Problem, int]:
        """The first warning of each kind, and how many there were of it."""
        return {first: count for count, first in self._warnings.values()}


def _short(value: str) -> str:
    longest = 80
    return value if len(value) <= longest else f"{value[: longest - 1]}…"
