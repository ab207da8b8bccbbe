"""What a place is headed by on a screen, where no one is spoken for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.labels.asking import FORMS
from gazetteer.labels.bearing import in_use
from gazetteer.labels.romanized import OWN
from gazetteer.labels.sides import tongues

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.labels.rules import Slot
    from gazetteer.model import Dispute, Place, Toponym

__all__ = ["fallback_title"]


def fallback_title(
    place: Place, dispute: Dispute | None, sides: Mapping[str, Slot], lang: str
) -> str:
    """Return the names that a place is known by and its id, where it has no label.

    They stand in the order of the tags of their languages, so that no side's comes
    first by choice. Of a contested place they are those that the sides use, in any
    language. Where not every side is on record with one, and for other places, they are
    all that there are in the languages of the sides, of the place and of the screen.

    Args:
        place: the place headed.
        dispute: its dispute, if there is one.
        sides: which slot speaks for a party.
        lang: the language of the screen.
    """
    rows = [
        row
        for row in sorted(place.toponyms, key=lambda row: (row.lang, row.name))
        if row.form in FORMS and not row.derived
    ]
    rows = [row for row in rows if in_use(row, None)] or rows
    used = _used_by_all(rows, dispute, sides)
    near = {*tongues(sides), *place.langs, lang} if dispute else {*place.langs, lang}
    shown = used or [row for row in rows if row.lang in near] or rows
    whole = {row.lang for row in shown if row.form == "full"}
    # Each name once, where it stands first; short ones where there are no others.
    names = " / ".join(
        dict.fromkeys(
            row.name for row in shown if row.form == "full" or row.lang not in whole
        )
    )
    return f"{names} ({place.place_id})" if names else str(place.place_id)


def _used_by_all(
    rows: list[Toponym], dispute: Dispute | None, sides: Mapping[str, Slot]
) -> list[Toponym]:
    """Return the names that the sides use, or none if a side is on record with none."""
    heard: dict[str, list[Toponym]] = {}
    for party in dispute.parties if dispute else ():
        side = sides[party].name if party in sides else party
        heard.setdefault(side, []).extend(row for row in rows if _uses(party, row))
    if not all(heard.values()):
        return []
    said = {row.name_id for theirs in heard.values() for row in theirs}
    return [row for row in rows if row.name_id in said]


def _uses(party: str, row: Toponym) -> bool:
    return any(usage.authority == party and usage.status in OWN for usage in row.usages)
