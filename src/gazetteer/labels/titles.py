"""What a place is headed by on a screen, where no one is spoken for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.labels.asking import FORMS
from gazetteer.labels.bearing import in_use
from gazetteer.labels.romanized import OWN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from gazetteer.labels.rules import Slot
    from gazetteer.model import Place, Toponym

__all__ = ["fallback_title"]


def fallback_title(place: Place, sides: Sequence[Slot]) -> str:
    """Return all that a place is known by, and its id: for one without a neutral label.

    One name for each language, those of present use before former ones, in the order of
    the tags of the languages: no side's comes first by choice. Of a contested place the
    names are those that the sides use; where they use none, and for other places, those
    that there are.

    Args:
        place: the place headed.
        sides: those of its dispute.
    """
    parties = frozenset(party for side in sides for party in side.authorities)
    rows = list(_of_parties(place, parties)) or [
        row for row in place.toponyms if _printable(row) and "und" not in row.lang
    ]
    best: dict[str, Toponym] = {}
    for row in sorted(rows, key=_rank):
        best.setdefault(row.lang, row)
    names = dict.fromkeys(best[lang].name for lang in sorted(best))
    known = " / ".join(names)
    return f"{known} ({place.place_id})" if known else str(place.place_id)


def _of_parties(place: Place, parties: Collection[str]) -> Iterator[Toponym]:
    for row in place.toponyms:
        own = any(
            usage.authority in parties and usage.status in OWN for usage in row.usages
        )
        if own and _printable(row):
            yield row


def _printable(row: Toponym) -> bool:
    return row.form in FORMS and not row.derived


def _rank(row: Toponym) -> tuple[bool, int, int, str]:
    return (not in_use(row, None), FORMS.index(row.form), -row.valid.start, row.name_id)
