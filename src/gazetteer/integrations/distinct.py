"""The distinct rows of some columns, and which of them each row is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.integrations.errors import CellTypeError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import narwhals as nw
    import numpy as np

__all__ = ["Coded", "Distinct", "code", "distinct"]


class Coded(NamedTuple):
    """A column as its distinct values and which of them each row has.

    Attributes:
        values: they may hold some that no row has, and one of them twice.
        codes: for each row the number of its value.
    """

    values: Sequence[Any]
    codes: np.ndarray[Any, np.dtype[np.int64]]


class Distinct(NamedTuple):
    """The distinct rows of some columns.

    Attributes:
        rows: by field the values, all equally many.
        at: for each of all rows the number of the distinct one.
    """

    rows: dict[str, list[Any]]
    at: np.ndarray[Any, np.dtype[np.int64]]


def distinct(columns: Mapping[str, Coded]) -> Distinct:
    """Return the distinct rows of columns of the same length.

    Examples:
        >>> import numpy as np
        >>> a = Coded(["x", "y"], np.array([1, 0, 1]))
        >>> b = Coded([None, 7], np.array([0, 1, 0]))
        >>> found = distinct({"a": a, "b": b})
        >>> found.rows, found.at.tolist()
        ({'a': ['x', 'y'], 'b': [7, None]}, [1, 0, 1])
    """
    import numpy as np

    first, *rest = columns.values()
    together = first.codes
    for column in rest:
        # as dense as can be, so that the products of many columns stay small
        _, dense = np.unique(together, return_inverse=True)
        together = dense * len(column.values) + column.codes
    _, where, at = np.unique(together, return_index=True, return_inverse=True)
    rows = {
        field: [column.values[each] for each in column.codes[where].tolist()]
        for field, column in columns.items()
    }
    return Distinct(rows, at)


def code(series: nw.Series[Any], field: str) -> Coded:
    """Return the distinct values of a series of any library that narwhals knows.

    What is encoded as categories or a dictionary already is taken as it is.

    Args:
        series: missing values become None.
        field: what it is used as, for the error.

    Raises:
        CellTypeError: if it holds values that cannot be told apart, such as lists.
    """
    try:
        if series.implementation.is_pandas_like():
            return _of_pandas(series.to_native())
        if series.implementation.is_pyarrow():
            return _of_arrow(series.to_native())
        if series.implementation.is_polars() and _is_categorical(series):
            return _of_polars(series.to_native())
        return _of_values(series.to_list())
    except (TypeError, NotImplementedError) as error:
        held = f"values of type {series.dtype}"
        raise CellTypeError(series.name, field, held, "texts") from error


def _is_categorical(series: nw.Series[Any]) -> bool:
    import narwhals as nw

    return isinstance(series.dtype, nw.Categorical | nw.Enum)


def _of_pandas(series: Any) -> Coded:
    codes, values = series.factorize()
    # -1, where a value is missing, is the last of a list
    return _with_missing(values.tolist(), codes)


def _of_arrow(column: Any) -> Coded:
    encoded = column.dictionary_encode().unify_dictionaries().combine_chunks()
    # signed and wide, since an unsigned index has no number for a missing value
    codes = encoded.indices.cast("int64").fill_null(-1).to_numpy(zero_copy_only=False)
    return _with_missing(encoded.dictionary.to_pylist(), codes)


def _of_polars(series: Any) -> Coded:
    import numpy as np

    # the numbers of categories are those of all columns there are, so those that are
    # in this one are told apart again; where a value is missing they are NaN
    numbers = series.to_physical().to_numpy()
    _, where, codes = np.unique(numbers, return_index=True, return_inverse=True)
    return Coded(series.gather(where).to_list(), codes)


def _with_missing(values: Sequence[Any], codes: Any) -> Coded:
    import numpy as np

    numbers = np.asarray(codes, dtype=np.int64)
    return Coded([*values, None], np.where(numbers < 0, len(values), numbers))


def _of_values(values: Sequence[Any]) -> Coded:
    import numpy as np

    known: dict[Any, int] = {}
    codes = [known.setdefault(value, len(known)) for value in values]
    return Coded(list(known), np.array(codes, dtype=np.int64))
