"""Answers as Arrow tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gazetteer.integrations.extras import need

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from gazetteer.resolve import Resolutions

__all__ = ["arrow_arrays", "to_arrow"]

_OF_RESOLUTIONS: Final = {
    "query": "text",
    "outcome": "text",
    "place_id": "text",
    "method": "text",
    "similarity": "number",
    "score": "number",
    "margin": "number",
    "name": "text",
    "candidates": "texts",
}


def to_arrow(answers: Resolutions) -> pa.Table:
    """Return the columns of many answers as a table.

    Raises:
        MissingExtraError: if pyarrow is not installed.
    """
    arrow = need("pyarrow", "duckdb")
    columns = answers.columns()
    arrays = arrow_arrays(_OF_RESOLUTIONS, columns)
    return arrow.table(dict(zip(_OF_RESOLUTIONS, arrays, strict=True)))


def arrow_arrays(
    kinds: Mapping[str, str], columns: Mapping[str, Sequence[Any]]
) -> list[pa.Array]:
    """Return columns as arrays, in the order and of the types of their kinds.

    Args:
        kinds: by column its kind: text, number or texts.
        columns: plain values.
    """
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "number": pa.float64(),
        "texts": pa.list_(pa.string()),
    }
    return [pa.array(columns[name], types[kind]) for name, kind in kinds.items()]
