"""All the figures of a gazetteer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.curation.coverage import labels, names, sides
from gazetteer.curation.coverage.counting import Counted
from gazetteer.curation.coverage.figures import Coverage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer

__all__ = ["measure"]

_LANGS: Final = 4
"""Languages in which labels are made where none is asked for."""


def measure(gazetteer: Gazetteer, langs: Sequence[str] = ()) -> Coverage:
    """Count what there is.

    Args:
        gazetteer: what to count.
        langs: the languages in which labels are made; those in which the most contested
            places have a name where none is given.
    """
    counted = Counted(gazetteer)
    langs = tuple(langs) or counted.leading(counted.contested, _LANGS)
    return Coverage(
        gazetteer.version,
        langs,
        {
            "totals": names.totals(counted),
            "types": names.types(counted),
            "balance": sides.balance(counted),
            "sides": sides.sides(counted),
            "languages": names.languages(counted),
            "areas": names.areas(counted),
            "perspectives": labels.perspectives(counted, langs),
            "first": labels.first(counted, langs),
            "incomplete": labels.incomplete(counted, langs),
            "lineages": names.lines(counted),
            "authorities": names.authorities(counted),
        },
    )
