"""The accessor ``gaz`` of frames and series of pandas.

from gazetteer.integrations.pandas import register

register()
frame.gaz.resolve("name", country="land")
frame["name"].gaz.resolve()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from gazetteer.integrations.extras import need
from gazetteer.integrations.frames import answer_columns, resolve_column
from gazetteer.integrations.question import ask

if TYPE_CHECKING:
    import pandas as pd

    from gazetteer.integrations.question import AnswerOptions, Options

__all__ = ["FrameAccessor", "SeriesAccessor", "register"]

_NAME = "gaz"


class FrameAccessor:
    """What ``frame.gaz`` is."""

    def __init__(self, frame: pd.DataFrame) -> None:
        """Hold the frame."""
        self._frame = frame

    def resolve(self, column: str, **options: Unpack[Options]) -> pd.DataFrame:
        """Return the frame with the answers to one column added.

        See `gazetteer.integrations.frames.resolve_column`.
        """
        return resolve_column(self._frame, column, **options)


class SeriesAccessor:
    """What ``series.gaz`` is."""

    def __init__(self, series: pd.Series[Any]) -> None:
        """Hold the series."""
        self._series = series

    def resolve(self, **options: Unpack[AnswerOptions]) -> pd.DataFrame:
        """Return the answers to the names, by the index of the series.

        Args:
            **options: see `gazetteer.integrations.question.AnswerOptions`; the columns
                have no prefix if none is given.
        """
        options.setdefault("prefix", "")
        asked = "name" if self._series.name is None else str(self._series.name)
        gazetteer, question = ask(asked, options)
        others = list(question.columns.values())[1:]
        if others:
            raise TypeError(f"a series has no other columns, such as {others[0]!r}")
        narwhals = need("narwhals", "frames")
        rows = narwhals.from_native(self._series.to_frame(asked), eager_only=True)
        added = answer_columns(rows, gazetteer, question)
        answers: pd.DataFrame = (
            rows.with_columns(*added).select(question.added).to_native()
        )
        return answers


def register() -> None:
    """Give every frame and series of pandas the accessor ``gaz``.

    Raises:
        MissingExtraError: if pandas is not installed.
    """
    pandas = need("pandas", "frames")
    extensions = pandas.api.extensions
    # a second time would warn that something is written over
    if getattr(pandas.DataFrame, _NAME, None) is not FrameAccessor:
        extensions.register_dataframe_accessor(_NAME)(FrameAccessor)
    if getattr(pandas.Series, _NAME, None) is not SeriesAccessor:
        extensions.register_series_accessor(_NAME)(SeriesAccessor)
