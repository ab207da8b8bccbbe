"""What can be wrong with the columns of a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "CellTypeError",
    "ColumnTakenError",
    "MissingColumnError",
    "MissingExtraError",
]


class MissingColumnError(GazetteerError, LookupError):
    """A frame has no column of this name."""

    def __init__(self, column: str, known: Sequence[str]) -> None:
        self.column = column
        self.known: tuple[str, ...] = tuple(known)
        listed = ", ".join(map(repr, self.known)) or "none"
        super().__init__(f"no column {column!r}; there are: {listed}")


class ColumnTakenError(GazetteerError, ValueError):
    """A frame has columns of the names that would be added."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns: tuple[str, ...] = tuple(columns)
        listed = ", ".join(map(repr, self.columns))
        super().__init__(
            f"columns {listed} are there already and would be written over; "
            f"another prefix would do"
        )


class CellTypeError(GazetteerError, TypeError):
    """A column holds something that cannot be read as what it is used for."""

    def __init__(self, column: str, field: str, held: str, wanted: str) -> None:
        self.column = column
        self.field = field
        self.held = held
        super().__init__(
            f"column {column!r} is used as the {field} and holds {held}; "
            f"{wanted} would do"
        )


class MissingExtraError(GazetteerError, ImportError):
    """A package that an integration needs is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        self.package = package
        self.extra = extra
        super().__init__(
            f"the package {package!r} is needed here; "
            f"'pip install gazetteer[{extra}]' installs it"
        )
