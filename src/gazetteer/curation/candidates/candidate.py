"""One row that a source would add, and how it stands to what is there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["HEADER", "STATUSES", "Candidate", "Tally", "tally"]

STATUSES = ("new", "there", "conflicting")


class Candidate(NamedTuple):
    """A row for review. The columns from `name` on are those of the tables.

    Attributes:
        status: ``new``, ``there`` (a row has it already) or ``conflicting``.
        table: the table that the row would go into.
        reason: why, in words.
        theirs: the place's id in the source.
        place_id: the place that it is here; empty where it is none, or which is unsure.
        place: names of that place, for people.
        row: the row of the data that is meant by the reason, such as a name_id.
    """

    status: str
    table: str
    reason: str
    theirs: str
    place_id: str = ""
    place: str = ""
    row: str = ""
    name: str = ""
    lang: str = ""
    form: str = ""
    valid: str = ""
    type: str = ""
    fclass: str = ""
    lat: str = ""
    lon: str = ""
    scheme: str = ""
    id: str = ""
    match: str = ""
    sources: str = ""
    note: str = ""


HEADER = list(Candidate._fields)
"""The columns of the file of candidates."""

Tally = dict[tuple[str, str], int]


def tally(found: Iterable[Candidate]) -> Tally:
    """Count candidates by table and status.

    Examples:
        >>> tally([Candidate("new", "names", "", "x-1")])
        {('names', 'new'): 1}
    """
    return dict(Counter((each.table, each.status) for each in found))
