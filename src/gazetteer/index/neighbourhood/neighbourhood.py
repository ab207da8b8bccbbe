"""The neighbourhood itself: arrays and keys, ready to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.index.neighbourhood.few import FEW, FewKeys
from gazetteer.index.neighbourhood.keys import keys_of
from gazetteer.index.neighbourhood.layout import read
from gazetteer.index.neighbourhood.policy import MOST_EDITS
from gazetteer.index.neighbourhood.single import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from gazetteer.index.neighbourhood.batch import Columns, Nearest, Steps
    from gazetteer.index.neighbourhood.keys import Keys
    from gazetteer.index.neighbourhood.policy import Measure
    from gazetteer.index.neighbourhood.single import Enough

__all__ = ["Neighbourhood"]


class Neighbourhood:
    """Finds the keys that are near a query. Nothing in it ever changes.

    Attributes:
        keys: what is looked for.
        measure: whose length says how many edits are allowed: ``key``, that of the
            key, or ``shorter``, that of the shorter of query and key.

    Examples:
        >>> from gazetteer.index.neighbourhood import build
        >>> keys = ["mountain", "fountain", "river"]
        >>> near = Neighbourhood(build(keys), keys)
        >>> near.nearest_one("mountian")
        [(0, 1)]
        >>> near.nearest_one("mountian", every=True)
        [(0, 1), (1, 2)]
        >>> offsets, numbers, distances = near.nearest_many(["rivver", "lake"])
        >>> offsets.tolist(), numbers.tolist(), distances.tolist()
        ([0, 1, 1], [2], [1])
    """

    __slots__ = ("_columns", "_few", "_tables", "keys", "measure")

    def __init__(
        self,
        arrays: Mapping[str, NDArray[Any] | memoryview],
        keys: Sequence[str] | Keys,
        *,
        measure: Measure = "key",
    ) -> None:
        """Open arrays over the keys that they were built of; copies neither.

        Args:
            arrays: what `build` returned, or memory mapped from where it was stored.
            keys: the same, in the same order; `PackedKeys` reads them from memory.
            measure: whose length says how many edits are allowed.

        Raises:
            StoreError: if the arrays do not fit each other or the keys.
        """
        self.keys = keys_of(keys)
        self.measure: Measure = measure
        self._tables = read(arrays, len(self.keys))
        self._columns: Columns | None = None
        few = len(self.keys) <= FEW
        self._few = FewKeys(self.keys, measure) if few else None

    def nearest_one(
        self,
        key: str,
        max_edits: int | None = None,
        *,
        every: bool = False,
        enough: Enough | None = None,
    ) -> list[tuple[int, int]]:
        """Return the numbers and distances of the keys that are nearest to a query.

        Args:
            key: a match key.
            max_edits: to allow fewer than the lengths allow.
            every: whether to return all keys near enough, not those alone that none
                is nearer than.
            enough: asked of the nearest, in any order, whether farther keys are of no
                interest; if they are, all keys near enough are returned.

        Returns:
            Pairs sorted by distance, then by number; empty if no key is near enough.
        """
        most = MOST_EDITS if max_edits is None else _most(max_edits)
        if self._few is not None:
            return self._few.nearest(key, most, every=every, enough=enough)
        return nearest(
            self._tables,
            self.keys,
            key,
            most,
            self.measure,
            every=every,
            enough=enough,
        )

    def nearest_many(
        self, keys: Sequence[str], max_edits: int | None = None, *, every: bool = False
    ) -> Nearest:
        """Return what `nearest_one` returns for each of many queries, as columns.

        Args:
            keys: match keys.
            max_edits: to allow fewer than the lengths allow.
            every: whether to return all keys near enough.
        """
        from gazetteer.index.neighbourhood import batch

        most = _most(max_edits)
        return batch.nearest(
            self._arrays(), self.keys, keys, most, self.measure, every=every
        )

    def in_steps(self, keys: Sequence[str]) -> Steps:
        """Return many queries, to be looked for within one edit and then within two.

        Args:
            keys: match keys.
        """
        from gazetteer.index.neighbourhood import batch

        return batch.Steps(self._arrays(), self.keys, keys, MOST_EDITS, self.measure)

    def _arrays(self) -> Columns:
        from gazetteer.index.neighbourhood import batch

        if self._columns is None:
            self._columns = batch.Columns.of(self._tables)
        return self._columns


def _most(edits: int | None) -> int:
    if edits is None:
        return MOST_EDITS
    if edits < 0:
        raise ValueError(f"bad max_edits {edits!r}: 0, 1 or 2 would do, or None")
    return min(edits, MOST_EDITS)
