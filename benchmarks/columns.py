"""A whole column of exact names, against a plain dict."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from contenders import COLUMNS
from contest import entered, say
from prepare import JUDGED, ROWS, columns_folder, names_file

if TYPE_CHECKING:
    from contest import Pace


def columns(size: int, pace: Pace) -> dict[str, Any]:
    """Measure rows a second: all distinct, half in other case, with repeats, in Arrow.

    A plain dict does not find what is written in other case; it is asked all the same,
    for what it costs to ask.
    """
    folder = columns_folder(size)
    # so many that every round has rows of its own, beside those that warm up
    rows = (min(size, ROWS) - 2 * JUDGED) // pace.rounds
    cases = (
        ("distinct", "batch"),
        ("other case", "batch"),
        ("repetitive", "batch"),
        ("repetitive", "column"),
    )
    samples: dict[tuple[str, str, str], list[float]] = {}
    with entered(COLUMNS, names_file("cities"), size, folder, {}) as (entries, failed):
        for kind, mode in cases:
            say(f"{folder.name}: {kind}, {mode}")
            path = folder / f"{kind}.tsv"
            for entry in entries:
                entry.run(mode, path, JUDGED)
            for _ in range(pace.rounds):
                for entry in entries:
                    got = entry.run(mode, path, rows)
                    key = (kind, mode, entry.contender.title)
                    samples.setdefault(key, []).append(got["count"] / got["cpu"])
    speed: dict[str, dict[str, float]] = {}
    for (kind, mode, title), rates in samples.items():
        speed.setdefault(f"{kind}, {mode}", {})[title] = median(rates)
    return {"size": size, "rows": rows, "speed": speed, "failed": failed}
