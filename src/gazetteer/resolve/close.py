"""What is close to a query, as far as the decision depends on it.

Names that are near are scored by what differs and by their rivals, and both are told by
the keys. So of two queries to which keys are close that differ in the same ways, and of
which as many belong to each place, the best is as sure and the second as far behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.index.settling import SEVERAL

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from gazetteer.index.close import Close
    from gazetteer.index.settled import Settled

__all__ = ["Key", "Outline", "outlines"]

# More are cut in the order of their likeness.
_MOST: Final = 12


class Key(NamedTuple):
    """One key that is close.

    Attributes:
        told: all that a score depends on.
        place: number of the one place that bears its only name, or -1.
        text: number of that name.
    """

    told: tuple[Hashable, ...]
    similarity: float
    place: int
    text: int


class Outline(NamedTuple):
    """What is close to one query.

    Attributes:
        shape: equal for queries that are decided alike.
        groups: the keys of each place, in the order of the shape.
    """

    shape: Hashable
    groups: tuple[tuple[Key, ...], ...]


def outlines(closes: Sequence[Close], settled: Settled) -> list[Outline | None]:
    """Return the outline of each; None where the decision may depend on more."""
    found = [list(close.told_apart()) for close in closes]
    kinds, places, texts = settled.bearers_of(
        [key for each in found for key, _, _ in each]
    )
    bits, of_place, of_text = kinds.tolist(), places.tolist(), texts.tolist()
    made: list[Outline | None] = []
    start = 0
    for each in found:
        keys: list[Key] = []
        for at, (_, differs, edits) in enumerate(each, start):
            similarity, kind, length, own, first, beyond, _, types, its_types = differs
            if not bits[at] or types or its_types:
                break
            told = (kind, length, own, first, beyond, edits, bits[at] & SEVERAL)
            keys.append(Key(told, similarity, of_place[at], of_text[at]))
        start += len(each)
        whole = len(keys) == len(each) <= _MOST
        made.append(_outline(keys) if whole else None)
    return made


def _outline(keys: list[Key]) -> Outline | None:
    if len(keys) <= 1:
        told = tuple([key.told for key in keys])
        return Outline(told, tuple([(key,) for key in keys]))
    if len({key.text for key in keys}) < len(keys):
        # one name that has two keys counts by the one that is more alike
        return None
    by_place: dict[int, list[Key]] = {}
    for key in keys:
        if key.place < 0:
            # its places may be those of other keys
            return None
        by_place.setdefault(key.place, []).append(key)
    groups = sorted([tuple(sorted(group)) for group in by_place.values()])
    shape = tuple([tuple([key.told for key in group]) for group in groups])
    return Outline(shape, tuple(groups))
