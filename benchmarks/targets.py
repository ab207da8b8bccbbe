"""The figures to reach, each with what was measured."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, Any, NamedTuple

from finding import same_spans
from startup import NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

OURS = "gazetteer"
INDEX = "gazetteer, index alone"
EDITS = ("1 edit", "2 edits")
REVIEW = 70
"""The score from which an answer is put before a person, by the default policy."""

_WAYS = ((INDEX, "index alone, "), (OURS, "whole answer, "))
"""What a peer does too, and what is done with it here."""

_SCANS = {"flashtext": 4, "pyahocorasick": 3}


class Target(NamedTuple):
    """One figure to reach.

    Attributes:
        work: what is measured.
        reach: what to reach, in words.
        measured: what was, in words; empty if it was not.
        reached: whether it was; None if it was not measured.
    """

    work: str
    reach: str
    measured: str
    reached: bool | None


class _Results:
    """Finds figures in the results; a missing one is a KeyError."""

    def __init__(self, results: dict[str, Any]) -> None:
        self.results = results

    def of(self, family: str, size: int, title: str) -> dict[str, Any]:
        for contest in self.results["contests"]:
            if contest["family"] == family and contest["size"] == size:
                for result in contest["contenders"]:
                    if result["title"] == title and "failed" not in result:
                        return result
        raise KeyError(title)

    def speed(self, size: int, title: str, kind: str, mode: str) -> float:
        return self.of("cities", size, title)["speed"][f"{kind}, {mode}"]["cpu"]

    def faster(
        self, size: int, mode: str, peer: str, peer_mode: str, ours: str = OURS
    ) -> tuple[float, ...]:
        return tuple(
            self.speed(size, ours, kind, mode) / self.speed(size, peer, kind, peer_mode)
            for kind in EDITS
        )

    def recall(
        self, size: int, peer: str, ours: str = OURS
    ) -> list[tuple[float, float]]:
        """Return this library's recall@1 and the peer's, of the same queries."""
        right = self.of("cities", size, peer)["right"]
        if ours == OURS:
            both = [right[kind]["ours"] for kind in EDITS]
            return [(each["recall@1"], each["peer"]) for each in both]
        alone = self.of("cities", size, ours)["right"]
        return [(alone[kind]["recall@1"], right[kind]["recall@1"]) for kind in EDITS]

    def believed(self, size: int, kind: str) -> float:
        """Return the share of queries with an answer that reaches review."""
        right = self.of("cities", size, OURS)["right"][kind]
        given = sum(
            n for step, (n, _) in right["scores"].items() if int(step) >= REVIEW
        )
        return given / right["queries"]

    def memory(self, size: int, title: str) -> float:
        result = self.of("cities", size, title)
        return result["rss at end"] - result["rss of libraries"]

    def call(self, title: str) -> float:
        """Return seconds a call on the list of countries, names right and wrong."""
        sizes = [c["size"] for c in self.results["contests"] if c["family"] != "cities"]
        speed = self.of("countries", sizes[0], title)["speed"] if sizes else {}
        return fmean(1 / speed[f"{k}, single"]["cpu"] for k in ("exact", *EDITS))

    def column(self, case: str) -> float:
        speed = self.results["columns"]["speed"][case]
        return speed[OURS] / speed["plain dict"]


def targets(results: dict[str, Any]) -> list[Target]:
    """Return all the figures to reach, in the order of the design."""
    return list(_targets(_Results(results)))


def _targets(r: _Results) -> Iterator[Target]:
    for size in (100_000, 954_000):
        where = f"{size // 1000}k names"
        for ours, what in _WAYS:
            work = f"{what}batch vs symspellpy, {where}: "
            yield _ratio(
                f"{work}CPU, 1 edit / 2 edits",
                10,
                lambda size=size, ours=ours: r.faster(
                    size, "batch", "symspellpy", "single", ours
                ),
            )
            yield _recall(f"{work}recall@1, 1 edit / 2 edits", r, size, ours)
            yield _ratio(
                f"{work}memory",
                7,
                lambda size=size, ours=ours: (
                    r.memory(size, "symspellpy") / r.memory(size, ours),
                ),
            )
    for size, reach in ((10_000, 1.3), (100_000, 1.3), (954_000, 3)):
        for ours, what in _WAYS:
            yield _ratio(
                f"{what}single vs symspellpy, {size // 1000}k names: "
                f"CPU, 1 edit / 2 edits",
                reach,
                lambda size=size, ours=ours: r.faster(
                    size, "single", "symspellpy", "single", ours
                ),
            )
    for peer, mode, size, reach in (
        ("rapidfuzz cdist", "batch", 100_000, 130),
        ("tantivy", "single", 954_000, 200),
        ("TF-IDF + sparse_dot_topn", "batch", 954_000, 15),
    ):
        for ours, what in _WAYS:
            yield _ratio(
                f"{what}batch vs {peer}, {size // 1000}k names: CPU, 1 edit / 2 edits",
                reach,
                lambda peer=peer, mode=mode, size=size, ours=ours: r.faster(
                    size, "batch", peer, mode, ours
                ),
            )
    yield from _on_countries(r)
    for case, words, reach in (
        ("distinct, batch", "exact column, all distinct, vs a plain dict", 0.75),
        ("other case, batch", "the same, half in other case, vs a plain dict", 0.60),
        ("repetitive, batch", "exact column, repetitive, vs a plain dict", 0.90),
        ("repetitive, column", "exact Arrow column with repeats, vs a dict", 1.5),
    ):
        yield _ratio(words, reach, lambda case=case: (r.column(case),))
    yield _ratio(
        "exact and folded names that come again, shipped data, vs a plain dict",
        0.6,
        lambda: (r.results["lookups"]["share of a dict"],),
    )
    yield from _on_junk(r)
    for part, words in (("again", "words met before"), ("second", "other text")):
        yield _scan(f"text scan, 50k patterns, {words}", r, part)
    yield from _of_a_process(r)


def _on_countries(r: _Results) -> Iterator[Target]:
    for peer, reach in (
        ("countryguess", 9),
        ("rigour", 100),
        ("pycountry", 200),
        ("hdx-python-country", 200),
    ):
        for ours, what in _WAYS:
            yield _ratio(
                f"{what}single vs {peer}, countries: CPU",
                reach,
                lambda peer=peer, ours=ours: (r.call(peer) / r.call(ours),),
            )


def _on_junk(r: _Results) -> Iterator[Target]:
    for size in (10_000, 100_000, 954_000):
        where = f"{size // 1000}k names"
        yield _limit(
            f"false matches on junk, {where}: put before a person",
            0.05,
            "{:.3f}",
            lambda size=size: r.believed(size, "junk"),
        )
        yield _limit(
            f"false matches on junk, {where}: index alone",
            0.05,
            "{:.3f}",
            lambda size=size: r.of("cities", size, INDEX)["right"]["junk"]["false"],
        )
        yield _limit(
            f"false matches on junk, {where}: shown, if only as not believed",
            0.05,
            "{:.3f}",
            lambda size=size: r.of("cities", size, OURS)["right"]["junk"]["false"],
        )


def _of_a_process(r: _Results) -> Iterator[Target]:
    start = r.results.get("startup", {})
    command = f"gazetteer resolve {NAME}"
    yield _limit("`import gazetteer` above a bare interpreter, ms of CPU", 60, "{:.0f}",
                 lambda: 1e3 * (start["import gazetteer"] - start["bare interpreter"])
                 )  # fmt: skip
    yield _limit(f"`{command}`, whole process, ms of CPU", 200, "{:.0f}",
                 lambda: 1e3 * start[command])  # fmt: skip
    largest = lambda: r.of("cities", 954_000, OURS)  # noqa: E731
    yield _limit("open 954k names, ms", 5, "{:.1f}",
                 lambda: 1e3 * largest()["open"]["wall"])  # fmt: skip
    yield _limit("memory of the process after one query, 954k names, MB", 100, "{:.0f}",
                 lambda: largest()["rss after a query"] / 1e6)  # fmt: skip


def _ratio(work: str, reach: float, measure: Callable[[], Sequence[float]]) -> Target:
    words = f"≥ {reach:g}x"
    try:
        ratios = measure()
    except (KeyError, TypeError):
        return Target(work, words, "", None)
    shown = " / ".join(f"{ratio:.3g}x" for ratio in ratios)
    return Target(work, words, shown, min(ratios) >= reach)


def _scan(work: str, r: _Results, part: str) -> Target:
    work = f"{work}, vs flashtext / pyahocorasick: CPU, nothing lost"
    words = " / ".join(f"≥ {reach}x" for reach in _SCANS.values())
    try:
        ways = r.results["finding"]["ways"]
        ratios = {peer: ways[peer][part] / ways[OURS][part] for peer in _SCANS}
    except KeyError:
        return Target(work, words, "", None)
    shown = " / ".join(f"{ratio:.3g}x" for ratio in ratios.values())
    lost = not same_spans(ways)
    reached = not lost and all(ratios[peer] >= reach for peer, reach in _SCANS.items())
    return Target(work, words, shown + ", other spans" * lost, reached)


def _recall(work: str, r: _Results, size: int, ours: str) -> Target:
    try:
        both = r.recall(size, "symspellpy", ours)
    except KeyError:
        return Target(work, "not lower", "", None)
    shown = " / ".join(f"{mine:.3f} vs {theirs:.3f}" for mine, theirs in both)
    reached = all(mine >= theirs for mine, theirs in both)
    return Target(work, "not lower", shown, reached)


def _limit(work: str, most: float, form: str, measure: Callable[[], float]) -> Target:
    words = f"≤ {most:g}"
    try:
        value = measure()
    except (KeyError, TypeError):
        return Target(work, words, "", None)
    return Target(work, words, form.format(value), value <= most)
