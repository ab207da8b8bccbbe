"""The words beside a mention in its sentence, a name counted as one word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gazetteer.text.draft import Draft, Reading

__all__ = ["Unit", "units_after", "units_before"]


class Unit(NamedTuple):
    """A word beside a mention; another mention counts as one word.

    Attributes:
        at: number of the word, the last one of a name.
        key: of the word; empty for a name.
        gap: what stands between it and the unit nearer to the mention.
    """

    at: int
    key: str
    gap: str


def units_before(reading: Reading, draft: Draft, most: int) -> list[Unit]:
    """Return the words before a mention in its sentence, the nearest first."""
    scan = reading.scan
    start, _ = scan.sentence_span(scan.sentence(draft.start))
    units: list[Unit] = []
    at, gap = draft.first - 1, reading.before(draft)
    while at >= 0 and len(units) < most and scan.starts[at] >= start:
        if ";" in gap:
            break
        unit, first = _unit(reading, at, gap, first=True)
        units.append(unit)
        at, gap = first - 1, scan.gap(first)
    return units


def units_after(reading: Reading, draft: Draft, most: int) -> list[Unit]:
    """Return the words after a mention in its sentence, the nearest first."""
    scan = reading.scan
    _, end = scan.sentence_span(scan.sentence(draft.start))
    units: list[Unit] = []
    at, gap = reading.next(draft), reading.after(draft)
    while at < len(scan) and len(units) < most and scan.starts[at] < end:
        if ";" in gap:
            break
        unit, last = _unit(reading, at, gap, first=False)
        units.append(unit)
        at, gap = last + 1, scan.gap(last + 1)
    return units


def _unit(reading: Reading, at: int, gap: str, *, first: bool) -> tuple[Unit, int]:
    """Return the unit that a word belongs to, and the number of its farther end."""
    other = reading.named.get(at)
    if other is None or reading.language(at) or reading.peoples(at):
        return Unit(at, reading.key(at), gap), at
    return Unit(other.last, "", gap), other.first if first else other.last
