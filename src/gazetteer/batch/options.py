"""How to read, resolve and write a file of names, and what came out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.resolve import Policy

__all__ = ["CONTEXT_FIELDS", "BatchOptions", "Progress", "Tally", "no_progress"]

CONTEXT_FIELDS: Final = (
    "country",
    "within",
    "type",
    "lang",
    "event",
    "published",
    "lat",
    "lon",
)
"""The fields of a context that a column may hold."""


class BatchOptions(NamedTuple):
    """How to read, resolve and write a file of names.

    Attributes:
        column: header of the column of names.
        context_columns: field of `CONTEXT_FIELDS` to header.
        perspective: whose label goes into the ``label`` column, or None for none.
        lang: language of the labels.
        prefix: before each column that is added.
        policy: the thresholds; the default ones if None.
        format: of the input, one of `gazetteer.batch.files.FORMATS`; by its suffix
            if None.
        output_format: of the output; by its suffix if None.
        delimiter: one character, or None to tell comma, semicolon, tab and bar apart.
        quote: the quotation mark of a CSV file; empty where it has none.
        encoding: of a text; by its byte order mark, else UTF-8, if None.
        sheet: name of the sheet of a workbook; the first if None.
    """

    column: str
    context_columns: Mapping[str, str] = {}
    perspective: str | None = None
    lang: str = "en"
    prefix: str = "gz_"
    policy: Policy | None = None
    format: str | None = None
    output_format: str | None = None
    delimiter: str | None = None
    quote: str = '"'
    encoding: str | None = None
    sheet: str | None = None

    @property
    def wanted(self) -> tuple[tuple[str, str], ...]:
        """The columns that must be there, each with what it is for."""
        return (("column", self.column), *self.context_columns.items())


class Tally(NamedTuple):
    """How many rows came out how.

    Attributes:
        outcomes: outcome to the number of rows.
        bad_contexts: rows whose context could not be used.
        decided: rows that a person's decision answered.
        decisions: how many decisions were read.
        resumed: rows that an earlier run had done.
        reviewed: distinct names in contexts that the review file lists; 0 without one.
    """

    rows: int
    outcomes: dict[str, int]
    bad_contexts: int
    decided: int = 0
    resumed: int = 0
    reviewed: int = 0
    decisions: int = 0


class Progress(Protocol):
    """What is told how far the work has come."""

    def __call__(self, what: str, rows: int, share: float) -> None:
        """Take what is being done, the rows so far and the share of them, 0 to 1.

        A share of 0 means that it is not known.
        """


def no_progress(what: str, rows: int, share: float) -> None:
    """Report to nobody."""
