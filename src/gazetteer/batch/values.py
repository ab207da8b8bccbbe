"""The value of a cell, of whatever format, as text and as JSON."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

__all__ = ["Value", "json_of", "text_of"]

Value = Any
"""None, a bool, int, float, str, date, time or number, or a list or mapping of such."""

_MIDNIGHT: Final = time()


def text_of(value: Value) -> str:  # noqa: PLR0911  # one a kind of value
    """Return a value as the text of a cell, empty for None.

    A whole number is written without a point and a date without a time of midnight,
    since that is how spreadsheets hold a year and a day.

    Examples:
        >>> text_of(1992.0), text_of(datetime(1992, 5, 17)), text_of(None)
        ('1992', '1992-05-17', '')
        >>> text_of(True), text_of([1, "a"])
        ('true', '[1, "a"]')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004
        return str(int(value))
    if isinstance(value, datetime) and value.time() == _MIDNIGHT and not value.tzinfo:
        return value.date().isoformat()
    if isinstance(value, bool | dict | list | tuple):
        return json_of(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def json_of(value: Value) -> str:
    """Return a value as JSON on one line, letters as they are.

    What JSON has no word for becomes a text, or null where it is no number.

    Examples:
        >>> json_of({"a": datetime(1992, 5, 17)}), json_of(float("nan"))
        ('{"a": "1992-05-17"}', 'null')
    """
    try:
        return json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value), ensure_ascii=False, default=_plain)


def _plain(value: object) -> Value:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    return text_of(value)


def _finite(value: Value) -> Value:
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, dict):
        return {str(key): _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return value
