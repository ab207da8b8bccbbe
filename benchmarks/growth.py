"""How time and memory grow with the number of names, up to five million."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contenders import OURS
from contest import entered, say
from prepare import grown_file, queries_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contest import Pace

SIZES = (10_000, 100_000, 954_000, 2_000_000, 5_000_000)


def growth(sizes: Sequence[int], pace: Pace) -> list[dict[str, Any]]:
    """Measure this library alone at each size, always with the same queries."""
    queries = queries_folder("cities", sizes[0])
    points = []
    for size in sizes:
        say(f"grow to {size}")
        folder = queries.with_name(f"grown-{size}")
        with entered((OURS,), grown_file(), size, folder, {}, queries) as (
            entries,
            failed,
        ):
            point: dict[str, Any] = {"size": size, "failed": failed}
            for entry in entries:
                point |= entry.result
                for mode in entry.contender.modes:
                    path = queries / "1 edit.tsv"
                    entry.run(mode, path, 100)
                    count = pace.most if mode == "batch" else pace.most // 10
                    got = entry.run(mode, path, count)
                    point["speed"][mode] = got["count"] / got["cpu"]
                point["rss at end"] = entry.process.ask("rss")["rss"]
        points.append(point)
    return points
