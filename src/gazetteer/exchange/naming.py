"""Which names go out where a format knows no authority and no romanization system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.exchange.losses import says
from gazetteer.tables.columns import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from gazetteer.exchange.losses import Losses
    from gazetteer.model import Place, Toponym

__all__ = ["merged_names", "only_rejected", "printed_names"]

_HIDDEN = "a form for matching there would pass for a name in print"
_REJECTED = "a name that its users are on record as rejecting would pass for theirs"
_DERIVED = "a romanization by a program would pass for an attested name"
_ONE = "what tells them apart (form, dates, romanization) is not carried"


def only_rejected(row: Toponym) -> bool:
    """Tell whether whoever is on record with a name rejects it."""
    return bool(row.usages) and all(use.status == "rejected" for use in row.usages)


def printed_names(
    place: Place, losses: Losses, *, derived: bool = True
) -> Iterator[Toponym]:
    """Yield the rows that may stand as a name, and count the others.

    Args:
        place: whose names.
        losses: of the export.
        derived: whether romanizations by a named system go out, since their citation
            says what they are.
    """
    for row in place.toponyms:
        if row.form == "hidden":
            losses.note("names", _HIDDEN, row.name_id)
        elif only_rejected(row):
            losses.note("names", _REJECTED, row.name_id)
        elif row.derived and not derived:
            losses.note("names", _DERIVED, row.name_id)
        else:
            yield row


def merged_names(
    rows: Iterable[Toponym],
    losses: Losses,
    key: Callable[[Toponym], object],
    uncarried: Collection[str],
) -> list[Toponym]:
    """Return one row for each key, with the sources of all rows of that key.

    Args:
        rows: of one place.
        losses: of the export.
        key: what tells rows apart in the format.
        uncarried: columns; of several rows that are one there, the one stands that
            loses least.
    """
    groups: dict[object, list[Toponym]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    found = []
    for group in groups.values():
        kept = min(group, key=lambda row: _cost(row, uncarried))
        for row in group:
            if row is not kept:
                losses.note("names", _ONE, row.name_id)
        sources = {source for row in group for source in row.sources}
        found.append(kept._replace(sources=tuple(sorted(sources))))
    return found


def _cost(row: Toponym, uncarried: Collection[str]) -> int:
    cells = zip(TABLES["names"].header, row, strict=False)
    lost = sum(name in uncarried and says(cell) for name, cell in cells)
    return lost + (row.form != "full")
