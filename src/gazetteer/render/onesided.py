"""Would a label only exchange one side's name for another name of the same side?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.render.obstacles import same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.labels import Label
    from gazetteer.model import Place, Toponym

__all__ = ["gives_no_side_more"]

_NOT_OWN: Final = ("also", "rejected")


def gives_no_side_more(
    written: Iterable[Toponym],
    label: Label,
    place: Place,
    sides: Sequence[frozenset[str]],
) -> bool:
    """Tell whether a label of one name is as one-sided as the name that is written.

    So it is if one side alone among the parties calls the place so, and if the written
    name is that side's too, or a name of which nobody is known to use it. It is not if
    the written name is another side's, or if a third party speaks of it.

    A name counts as used if the parties use it with another word for the type of place,
    or in the script that it was romanized from. Dates are not asked: a name that both
    sides used once is not the name of one.

    Args:
        written: the rows of the place with the name in the text.
        label: what would stand there.
        place: that both name.
        sides: the parties of the place's dispute, side by side.
    """
    names = {row.name for row in label.toponyms}
    if len(names) != 1:
        return False
    theirs = _sides_of(names, place, sides)
    if len(theirs) != 1:
        return False
    rows = list(written)
    users = _sides_of({row.name for row in rows}, place, sides)
    return users == theirs or (
        not users and not any(row.usages or row.derived for row in rows)
    )


def _sides_of(
    names: Iterable[str], place: Place, sides: Sequence[frozenset[str]]
) -> set[frozenset[str]]:
    """Return the sides of which a party uses one of the names as its own."""
    by_id: dict[str, Toponym] = {row.name_id: row for row in place.toponyms}
    users: set[str] = set()
    for row in place.toponyms:
        if any(
            same_name(row.name, each) or same_name(each, row.name) for each in names
        ):
            for of in (row, by_id.get(row.from_name) if row.from_name else None):
                users |= {
                    usage.authority
                    for usage in (of.usages if of else ())
                    if usage.status not in _NOT_OWN
                }
    return {side for side in sides if side & users}
