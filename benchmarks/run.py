"""Measure this library and its peers side by side, and write what was found.

``python benchmarks/run.py`` takes about an hour and writes ``docs/benchmarks/`` and
``docs/explanation/benchmarks.md``; ``--short`` takes minutes, leaves out the server and
the largest corpus, and writes under ``.bench/`` only. Both print the figures to reach.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from columns import columns
from contenders import CITIES, COUNTRIES, OURSELVES, WITH_CITIES
from contest import FULL, SHORT, contest
from corpus import ALL, read_names
from environments import BENCH, ROOT, install_ours, python_of, versions
from finding import finding
from growth import SIZES, growth
from postgres import server
from prepare import names_file
from report import page, targets_table
from startup import startup


def lookups() -> dict[str, float]:
    """Return what benchmarks/lookups.py measured, in this library's environment."""
    command = (python_of("ours"), Path(__file__).with_name("lookups.py"))
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure(*, short: bool, only: set[str], grown: bool = True) -> dict[str, Any]:
    """Return all the results.

    Args:
        short: leave out the server and what takes long.
        only: modules of contenders beside this library; all if empty.
        grown: whether to measure the growth, which takes longest, too.
    """

    def wanted(contenders: Any) -> list[Any]:
        return [
            c
            for c in contenders
            if not (short and c.server)
            and (not only or c.module in only or c.module in OURSELVES)
        ]

    install_ours()
    pace = SHORT if short else FULL
    sizes = (10_000, 100_000) if short else (10_000, 100_000, ALL)
    countries = sum(1 for _ in read_names(names_file("countries")))
    cities = wanted(CITIES)
    results: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "short": short,
        "startup": startup(),
        "contests": [],
    }
    served = any(contender.server for contender in cities)
    with server() if served else nullcontext({}) as variables:
        for size in sizes:
            beside = wanted(WITH_CITIES) if size == ALL else []
            contenders = [*cities, *beside]
            results["contests"].append(
                contest("cities", size, contenders, pace, variables)
            )
    results["contests"].append(
        contest("countries", countries, wanted(COUNTRIES), pace, {})
    )
    results["columns"] = columns(sizes[-1], pace)
    results["lookups"] = lookups()
    results["finding"] = finding(1 if short else 5)
    results["growth"] = growth(SIZES, pace) if grown and not short else []
    taking_part = (*cities, *wanted(WITH_CITIES), *wanted(COUNTRIES))
    environments = {c.environment for c in taking_part} | {"finders"}
    results["versions"] = versions(environments)
    return results


def write(results: dict[str, Any], plots: Path, text: Path) -> None:
    """Write the results, the plots and the page."""
    plots.mkdir(parents=True, exist_ok=True)
    file = plots / "results.json"
    shown = json.dumps(results, indent=1, ensure_ascii=False, default=str)
    file.write_text(shown + "\n", encoding="utf-8")
    drawn = subprocess.run(
        [python_of("plots"), Path(__file__).with_name("plots.py"), file, plots],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    text.parent.mkdir(parents=True, exist_ok=True)
    text.write_text(page(results, drawn.stdout.split()), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--short", action="store_true", help="minutes, and no server")
    parser.add_argument("--only", default="", help="modules of contenders, by comma")
    parser.add_argument("--report", action="store_true", help="only write, from before")
    parser.add_argument(
        "--finding", action="store_true", help="measure names in a text alone, anew"
    )
    parser.add_argument(
        "--keep-growth",
        action="store_true",
        help="all but the growth",
    )
    options = parser.parse_args()
    # so that the server is stopped and removed however the run ends
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    docs = ROOT / "docs"
    partial = options.short or options.only
    plots = BENCH / "partial" / "benchmarks" if partial else docs / "benchmarks"
    text = plots.parent / "explanation" / "benchmarks.md"
    if options.report or options.finding:
        results = json.loads((plots / "results.json").read_text(encoding="utf-8"))
        if options.finding:
            install_ours()
            results["finding"] = finding(5)
    else:
        only = set(filter(None, options.only.split(",")))
        kept = options.keep_growth
        results = measure(short=options.short, only=only, grown=not kept)
        if kept:
            before = json.loads((plots / "results.json").read_text(encoding="utf-8"))
            results["growth"] = before["growth"]
            results["growth date"] = before.get("growth date", before["date"])
    write(results, plots, text)
    print(targets_table(results))
    print(f"\n{text}")


if __name__ == "__main__":
    main()
