"""One corpus, its contenders side by side: rounds of speed, then what is right."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from contenders import OURS, OURSELVES
from corpus import read_names, read_queries
from environments import BENCH
from noise import FALSE_KINDS, KINDS
from prepare import JUDGED, TIMED_KINDS, names_file, queries_folder
from process import FailedError, Process

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from contenders import Contender

LIMIT = 5
_WARM_UP = 8
_LEAST_JUDGED = 10


class Pace(NamedTuple):
    """How long the contenders may take.

    Attributes:
        rounds: of speed; the median of them counts.
        timed: seconds for one contender, kind and round; a slower one gets fewer
            queries.
        judged: seconds for one contender and kind to be judged on.
        most: queries of one kind and round.
    """

    rounds: int
    timed: float
    judged: float
    most: int


FULL = Pace(rounds=3, timed=1.0, judged=1.5, most=10_000)
SHORT = Pace(rounds=3, timed=0.15, judged=0.2, most=10_000)


class Entry:
    """A contender that is under way, and what has been measured of it."""

    def __init__(self, contender: Contender, process: Process) -> None:
        self.contender = contender
        self.process = process
        self.result: dict[str, Any] = {"title": contender.title, "speed": {}}
        self.rates: dict[tuple[str, str], float] = {}
        self.first: dict[str, list[bool]] = {}
        self._cursors: dict[str, int] = {}

    def run(self, mode: str, path: Path, count: int) -> dict[str, float]:
        """Time the next queries of a file; begin anew after the last."""
        start = self._cursors.get(path.name, JUDGED)
        got = self._ask(mode, path, start, count)
        if got["count"] < count and start > JUDGED:
            start = JUDGED
            got = self._ask(mode, path, start, count)
        self._cursors[path.name] = start + count
        return got

    def _ask(self, mode: str, path: Path, start: int, count: int) -> dict[str, float]:
        return self.process.ask(
            "run",
            mode=mode,
            queries=path,
            written=self.contender.written,
            start=start,
            count=count,
        )

    def judged(self, do: str, path: Path, start: int, count: int, **more: Any) -> Any:
        """Return the answers to some of the queries that are judged."""
        written = self.contender.written
        asked = {"queries": path, "written": written, "start": start, "count": count}
        return self.process.ask(do, **asked, **more)["answers"]


def contest(
    family: str,
    size: int,
    contenders: Sequence[Contender],
    pace: Pace,
    server: dict[str, str],
) -> dict[str, Any]:
    """Measure all the contenders on the first names of a family."""
    folder = queries_folder(family, size)
    names = names_file(family)
    places = {n.key: frozenset(n.places) for n in read_names(names, size)}
    with entered(contenders, names, size, folder, server) as (entries, failed):
        _time(entries, folder, pace)
        for entry in entries:
            say(f"{family} {size}: judge {entry.contender.title}")
            _judge(entry, folder, places, pace)
            entry.result["rss at end"] = entry.process.ask("rss")["rss"]
        _compare(entries)
        results = [entry.result for entry in entries] + failed
    return {"family": family, "size": len(places), "contenders": results}


@contextmanager
def entered(
    contenders: Sequence[Contender],
    names: Path,
    size: int,
    folder: Path,
    server: dict[str, str],
    queries: Path | None = None,
) -> Iterator[tuple[list[Entry], list[dict[str, Any]]]]:
    """Build and open contenders; those that cannot are told in the second list.

    Args:
        contenders: any that are to run side by side.
        names: file of names.
        size: how many of them.
        folder: whose name tells one corpus from another.
        server: see `postgres.server`.
        queries: folder of queries, if it is another.
    """
    first = next((queries or folder).glob("*.tsv"))
    with ExitStack() as stack:
        entries, failed = [], []
        for contender in contenders:
            say(f"{folder.name}: build and open {contender.title}")
            try:
                entry = _enter(contender, names, size, folder, server, first, stack)
            except FailedError as error:
                say(f"    {error}")
                if contender.module in OURSELVES:
                    raise  # without this library there is nothing to compare
                failed.append({"title": contender.title, "failed": str(error)})
            else:
                entries.append(entry)
        yield entries, failed


def _enter(
    contender: Contender,
    names: Path,
    size: int,
    folder: Path,
    server: dict[str, str],
    queries: Path,
    stack: ExitStack,
) -> Entry:
    built: dict[str, Any] = {}
    home = BENCH / "built" / folder.name / contender.module
    if contender.builds:
        # in a process of its own, so that opening starts from nothing
        with Process(contender, server) as process:
            built = process.ask(
                "build", names=names, most=size, folder=home, patience=1_200
            )
    process = stack.enter_context(Process(contender, server))
    entry = Entry(contender, process)
    entry.result["build"] = built
    entry.result["rss of libraries"] = process.ask("rss")["rss"]
    entry.result["open"] = process.ask("open", folder=home)
    entry.run(contender.modes[0], queries, 1)
    entry.result["rss after a query"] = process.ask("rss")["rss"]
    return entry


def _time(entries: Sequence[Entry], folder: Path, pace: Pace) -> None:
    samples: dict[tuple[str, str, str], list[dict[str, float]]] = {}
    for kind in TIMED_KINDS:
        path = folder / f"{kind}.tsv"
        say(f"{folder.name}: time {kind}")
        for entry in entries:
            for mode in entry.contender.modes:
                entry.rates[kind, mode] = _rate(entry, mode, path)
        for _ in range(pace.rounds):
            for entry in entries:
                for mode in entry.contender.modes:
                    count = _count(entry.rates[kind, mode] * pace.timed, 4, pace.most)
                    got = entry.run(mode, path, count)
                    key = (entry.contender.title, kind, mode)
                    samples.setdefault(key, []).append(got)
    for entry in entries:
        for (title, kind, mode), got in samples.items():
            if title == entry.contender.title:
                entry.result["speed"][f"{kind}, {mode}"] = _summary(got)


def _rate(entry: Entry, mode: str, path: Path) -> float:
    """Return queries a second, from a few that are not counted."""
    entry.run(mode, path, 1)
    got = entry.run(mode, path, _WARM_UP)
    if got["wall"] < 0.05 and got["count"] == _WARM_UP:
        # a batch is worth its overhead only when it is large
        got = entry.run(mode, path, 500)
    return got["count"] / max(got["wall"], 1e-6)


def _summary(samples: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {
        # the clock of other processes ticks in hundredths of a second
        "cpu": median(s["count"] / max(s["cpu"], 1e-6) for s in samples),
        "wall": median(s["count"] / max(s["wall"], 1e-6) for s in samples),
        "queries": sum(s["count"] for s in samples),
    }


def _count(wanted: float, least: int, most: int) -> int:
    return int(min(max(wanted, least), most))


# -------------------------------------------------------------------- what is right


def _judge(
    entry: Entry, folder: Path, places: Mapping[str, frozenset[str]], pace: Pace
) -> None:
    right = entry.result["right"] = {}
    for kind in KINDS:
        if kind == "other places" and not entry.contender.builds:
            continue  # its own data hold them
        path = folder / f"{kind}.tsv"
        before = time.perf_counter()
        answers = entry.judged("top", path, 0, _LEAST_JUDGED, limit=LIMIT)
        if not answers:
            continue  # there are none of this kind
        rate = _LEAST_JUDGED / (time.perf_counter() - before)
        more = _count(rate * pace.judged, 0, JUDGED - _LEAST_JUDGED)
        answers += entry.judged("top", path, _LEAST_JUDGED, more, limit=LIMIT)
        truth = read_queries(path, 0, len(answers))
        targets = [query.target for query in truth]
        right[kind] = {"queries": len(truth)} | (
            {"false": sum(map(bool, answers)) / len(answers)}
            if kind in FALSE_KINDS
            else _recall(answers, targets, places)
        )
        entry.first[kind] = [
            any(_fits(answer, target, places) for answer in row[:1])
            for row, target in zip(answers, targets, strict=True)
        ]
        if entry.contender.module == OURS.module:
            decisions = entry.judged("decisions", path, 0, len(answers))
            right[kind] |= _accepted([d[0] for d in decisions], targets, places)
            right[kind]["scores"] = _scores(decisions, targets, places)


def _compare(entries: Sequence[Entry]) -> None:
    """Set the recall of this library beside that of each peer on its queries alone."""
    ours = next((e for e in entries if e.contender.module == OURS.module), None)
    for peer in entries:
        if ours is None or peer is ours:
            continue
        for kind in set(ours.first) & set(peer.first) - set(FALSE_KINDS):
            asked = min(len(ours.first[kind]), len(peer.first[kind]))
            peer.result["right"][kind]["ours"] = {
                "queries": asked,
                "recall@1": sum(ours.first[kind][:asked]) / asked,
                "peer": sum(peer.first[kind][:asked]) / asked,
            }


def _recall(
    answers: Sequence[Sequence[str]],
    targets: Sequence[str],
    places: Mapping[str, frozenset[str]],
) -> dict[str, float]:
    found = [
        [_fits(answer, target, places) for answer in row]
        for row, target in zip(answers, targets, strict=True)
    ]
    return {
        "recall@1": sum(any(row[:1]) for row in found) / len(found),
        "recall@5": sum(any(row) for row in found) / len(found),
    }


def _accepted(
    answers: Sequence[str | None],
    targets: Sequence[str],
    places: Mapping[str, frozenset[str]],
) -> dict[str, float]:
    given = [
        _fits(answer, target, places)
        for answer, target in zip(answers, targets, strict=True)
        if answer is not None
    ]
    return {
        "accepted right": sum(given) / len(answers),
        "accepted wrong": (len(given) - sum(given)) / len(answers),
    }


def _scores(
    decisions: Sequence[tuple[str | None, str | None, float | None]],
    targets: Sequence[str],
    places: Mapping[str, frozenset[str]],
) -> dict[str, tuple[int, int]]:
    """Count, for each score in steps of 5, the answers and the right ones."""
    counts: dict[str, tuple[int, int]] = {}
    for (_, best, score), target in zip(decisions, targets, strict=True):
        if best is not None and score is not None:
            step = str(int(score // 5 * 5))
            given, right = counts.get(step, (0, 0))
            counts[step] = (given + 1, right + _fits(best, target, places))
    return counts


def _fits(answer: str, target: str, places: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether an answer, a name or a place, is a place that bears the name."""
    if not target:
        return False
    meant = places[target]
    return (
        answer == target or answer in meant or bool(places.get(answer, _NONE) & meant)
    )


_NONE: frozenset[str] = frozenset()


_STARTED = time.monotonic()


def say(text: str) -> None:
    """Tell how far the run is, with the seconds since it started."""
    since = time.monotonic() - _STARTED
    print(f"{since:6.0f} s  {text}", file=sys.stderr, flush=True)
