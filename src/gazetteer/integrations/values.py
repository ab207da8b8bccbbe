"""Values of cells become the texts that the kernel reads.

A column of names may come from anywhere, so each value is looked at: a number in a
column of names is a mistake that is said, never something to be matched.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any, Final

from gazetteer.integrations.errors import CellTypeError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["texts", "wanted"]

_DATES: Final = ("event", "published")
_DEGREES: Final = ("lat", "lon")


def wanted(field: str) -> str:
    """Say what a column may hold, by the field that it is used as."""
    if field in _DATES:
        return "EDTF texts, years as whole numbers, dates and missing values"
    return f"{'degrees' if field in _DEGREES else 'texts'} and missing values"


def texts(field: str, column: str, values: Sequence[Any]) -> list[str]:
    """Return the texts of some values; empty for a missing one.

    Args:
        field: ``name``, or one of `gazetteer.batch.options.CONTEXT_FIELDS`.
        column: what the caller calls the column, for the error.
        values: None and NaN are missing.

    Raises:
        CellTypeError: at the first value that is not what the field needs.

    Examples:
        >>> texts("name", "a", ["x", None])
        ['x', '']
        >>> texts("event", "b", [1992, 1988.0, date(1992, 5, 17)])
        ['1992', '1988', '1992-05-17']
        >>> texts("lat", "c", [40, "1.5", float("nan")])
        ['40', '1.5', '']
    """
    if field in _DATES:
        read: Callable[[Any], str | None] = _date
    elif field in _DEGREES:
        read = _degrees
    else:
        read = _text
    found = []
    for value in values:
        # the common case first: most cells are plain texts
        text = value if type(value) is str else read(value)
        if text is None:
            held = f"{value!r} ({type(value).__name__})"
            raise CellTypeError(column, field, held, wanted(field))
        found.append(text)
    return found


def _text(value: Any) -> str | None:
    if value is None or _is_nan(value):
        return ""
    return str(value) if isinstance(value, str) else None


def _date(value: Any) -> str | None:
    # a day of a timestamp is what EDTF can say of it here; a year may come as a
    # number with a fraction of zero, since some libraries have no missing integers
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if _is_number(value) and value % 1 == 0:
        return str(int(value))
    return _text(value)


def _degrees(value: Any) -> str | None:
    if _is_number(value) and not _is_nan(value):
        return str(value)
    return _text(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, Real | Decimal) and not isinstance(value, bool)


def _is_nan(value: Any) -> bool:
    return isinstance(value, Real | Decimal) and value != value  # noqa: PLR0124
