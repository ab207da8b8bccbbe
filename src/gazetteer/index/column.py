"""Queries of a column, tidied and folded: each at most once, whoever asks.

Whether names stand in the data is looked for by what was written, by small letters and
by keys, in one store or in several; what is near to those that do not, by their keys
again. So what was folded is kept beside each query while its column is looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeVar
from unicodedata import is_normalized, normalize

import numpy as np

from gazetteer.folding.columns import match_keys, plain_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

__all__ = ["Column", "normal", "tidied"]

_T = TypeVar("_T")

_TOGETHER: Final = 32


class Column:
    """Queries, and what they are once they are tidied and folded.

    Attributes:
        given: the queries.

    Examples:
        >>> column = Column([" Şef", "Chef"])
        >>> column.texts([0]), column.keys([1, 0])
        (['Şef'], ['chef', 'shef'])
    """

    __slots__ = ("_keys", "_plain", "_texts", "given")

    def __init__(self, given: Sequence[str]) -> None:
        """Hold the queries."""
        self.given = given
        self._texts: list[str | None] = [None] * len(given)
        self._keys: list[str | None] = [None] * len(given)
        # empty where it is the key
        self._plain: list[str | None] = [None] * len(given)

    def __len__(self) -> int:
        return len(self.given)

    def texts(self, at: Sequence[int]) -> list[str]:
        """Return some queries tidied; see `gazetteer.index.keys.tidy`."""
        given = self.given
        return _filled(
            self._texts, at, lambda new: tidied([given[each] for each in new])
        )

    def keys(self, at: Sequence[int]) -> list[str]:
        """Return the match keys of some."""
        return _filled(self._keys, at, lambda new: match_keys(self.texts(new)))

    def plain(self, at: Sequence[int]) -> list[str]:
        """Return the keys of some without their marks; empty where they have none."""

        def make(new: list[int]) -> list[str]:
            return [key or "" for key in plain_keys(self.texts(new))]

        return _filled(self._plain, at, make)

    def part(self, at: Sequence[int]) -> Column:
        """Return some of them as a column of their own, with what is known of them."""
        found = Column(_taken(self.given, at))
        found._texts = _taken(self._texts, at)
        found._keys = _taken(self._keys, at)
        found._plain = _taken(self._plain, at)
        return found


def _taken(column: Sequence[_T], at: Sequence[int]) -> list[_T]:
    return list(map(column.__getitem__, at))


def _filled(
    column: list[str | None],
    at: Sequence[int],
    make: Callable[[list[int]], list[str]],
) -> list[str]:
    found = _taken(column, at)
    if None in found:
        new = [each for each, known in zip(at, found, strict=True) if known is None]
        for each, made in zip(new, make(new), strict=True):
            column[each] = made
        found = _taken(column, at)
    return found  # type: ignore[return-value] # none is left


def tidied(names: Sequence[str]) -> list[str]:
    """Return texts as `gazetteer.index.keys.tidy` does."""
    stripped = [name.strip() for name in names]
    for at in np.flatnonzero(~normal("NFC", stripped)).tolist():
        stripped[at] = normalize("NFC", stripped[at])
    return stripped


def normal(form: Literal["NFC", "NFKC"], texts: Sequence[str]) -> NDArray[np.bool_]:
    """Tell which texts are in a form."""
    are = np.ones(len(texts), bool)
    others = [at for at, text in enumerate(texts) if not text.isascii()]
    for start in range(0, len(others), _TOGETHER):
        some = others[start : start + _TOGETHER]
        if not is_normalized(form, "\n".join([texts[at] for at in some])):
            are[some] = [is_normalized(form, texts[at]) for at in some]
    return are
