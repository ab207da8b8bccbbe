"""Names found in a text, side by side: MB a CPU second, memory, and equal spans.

``python benchmarks/finding.py`` looks for 50,000 names of GeoNames in two megabytes
of text in four scripts, in which every 20th word is one of them, with each way of
`finder`, and renders a megabyte of an article in English.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

from corpus import SEED, read_names
from environments import ROOT, install_ours, python_of
from prepare import DATA, names_file

_NAMES = 50_000
_BYTES = 2_000_000
_ROUNDS = 5
_SHARE = 0.05  # of words that are names
# A name of letters alone, so that every way means the same by a boundary.
_PLAIN = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
_SCRIPTS = {
    "latin": ("A", "\u024f", 3),
    "cyrillic": ("\u0400", "\u04ff", 2),
    "armenian": ("\u0531", "\u0587", 1),
    "georgian": ("\u10a0", "\u10ff", 1),
}
OURS = "gazetteer"
WAYS = (
    (OURS, "ours"),
    ("daachorse", "finders"),
    ("ahocorasick_rs", "finders"),
    ("pyahocorasick", "finders"),
    ("flashtext", "finders"),
    ("flashtext2", "finders"),
    ("spacy", "finders"),
)

_TITLE = "# Names found in a text"
_ABOUT = f"""\
{_NAMES:,} names of the cities of GeoNames in {_BYTES / 1e6:g} MB of text in
four scripts, made with a fixed seed: every 20th word is one of the names, the others
are words of other names in small letters, drawn as in prose, where the n-th word of a
language comes about 1/n as often as the first (Zipf's law). Names are sought as
written, between boundaries, the longest of those that start at one letter; an automaton
gives all matches, from which Python chooses. *first half*: nothing was searched before.
*second half*: the first was. *again*: the second half once more. Median of {_ROUNDS}
rounds, one way after the other; CPU seconds. *memory* is what the process came to hold;
that of this library is what compiling the store in memory took. *spans* is the number
of names found in the second half, and a hash of where they stand: flashtext and spaCy
have boundaries of their own."""


def names_and_text() -> tuple[Path, Path]:
    """Return a file of names and one of text, made from a fixed seed."""
    names_path, text_path = DATA / "finding-names.txt", DATA / "finding-text.txt"
    if names_path.exists() and text_path.exists():
        return names_path, text_path
    written = [name.written for name in read_names(names_file("cities"))]
    # one of those that differ in case and hyphens, which this library takes for one
    alike = {w.casefold().replace("-", " "): w for w in written if _PLAIN.fullmatch(w)}
    plain = sorted(alike.values())
    draw = random.Random(SEED)
    draw.shuffle(plain)
    names, others = plain[:_NAMES], plain[_NAMES:]
    lines, size = [], 0
    known = {script: _of(script, names) for script in _SCRIPTS}
    words = {
        script: sorted(
            {w for name in _of(script, others) for w in re.split("[ -]", name.lower())}
        )
        for script in _SCRIPTS
    }
    zipf = {}
    for script, listed in words.items():
        draw.shuffle(listed)
        zipf[script] = list(accumulate(1 / (n + 1) for n in range(len(listed))))
    scripts = list(_SCRIPTS)
    weights = [weight for *_, weight in _SCRIPTS.values()]
    while size < _BYTES:
        (script,) = draw.choices(scripts, weights)
        line = draw.choices(
            words[script], cum_weights=zipf[script], k=draw.randint(8, 25)
        )
        for at in range(len(line)):
            if draw.random() < _SHARE:
                line[at] = draw.choice(known[script])
        lines.append(f"{' '.join(line)}.")
        size += len(lines[-1].encode()) + 1
    names_path.write_text("\n".join(names), encoding="utf-8")
    text_path.write_text("\n".join(lines), encoding="utf-8")
    return names_path, text_path


def _of(script: str, names: list[str]) -> list[str]:
    low, high, _ = _SCRIPTS[script]
    return [
        name for name in names if all(low <= c <= high for c in name if c.isalpha())
    ]


def measure(names: Path, text: Path) -> dict[str, dict[str, Any]]:
    """Return the medians of each way that works here."""
    script = Path(__file__).with_name("finder.py")
    rounds: dict[str, list[dict[str, Any]]] = {way: [] for way, _ in WAYS}
    for _ in range(_ROUNDS):
        for way, environment in WAYS:
            command = [python_of(environment), script, way, names, text]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{way}: {done.stderr.strip()[-300:]}", file=sys.stderr)
            else:
                rounds[way].append(json.loads(done.stdout))
    results = {}
    for way, found in rounds.items():
        if found:
            middle = sorted(found, key=lambda each: each["again"])[len(found) // 2]
            results[way] = middle
    return results


def article() -> dict[str, float]:
    """Return what rendering a megabyte of an article takes."""
    program = textwrap.dedent(
        """
        import json, sys, time
        from pathlib import Path
        from gazetteer import Gazetteer
        text = Path(sys.argv[1]).read_text(encoding="utf-8")
        text *= -(-1_000_000 // len(text))
        gazetteer = Gazetteer.load()
        began = time.process_time()
        rendering = gazetteer.render(text, "neutral", lang="en", markup="markdown")
        seconds = time.process_time() - began
        print(json.dumps({"seconds": seconds, "size": len(text) / 1e6,
                          "changes": len(rendering.changes)}))
        """
    )
    source = ROOT / "examples" / "report.md"
    command = [python_of("ours"), "-c", program, source]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def page(results: dict[str, dict[str, Any]], text: Path, told: dict[str, float]) -> str:
    """Return the page of the results."""
    half = text.stat().st_size / 2e6
    rows = [
        "| | first half, MB/s | second half | again | ready, s | memory, MB | spans |",
        "|---|---|---|---|---|---|---|",
    ]
    for way, found in results.items():
        speeds = [half / found[what] for what in ("first", "second", "again")]
        rows.append(
            f"| {way} | {speeds[0]:.1f} | {speeds[1]:.1f} | {speeds[2]:.1f} "
            f"| {found['ready']:.2f} | {found['memory'] / 1e6:,.0f} "
            f"| {found['spans']:,} {found['digest'][:6]} |"
        )
    ours = results[OURS]
    ratios = [
        f"{results[peer]['again'] / ours['again']:.1f} times {peer} ({wanted} wanted)"
        for peer, wanted in (("flashtext", 4), ("pyahocorasick", 3))
        if peer in results
    ]
    about = (
        f"{datetime.now(UTC).date()}; {os.cpu_count()} cores; Python "
        f"{platform.python_version()}; written by `make bench-finding`."
    )
    rendered = (
        f"A report in English of {told['size']:.1f} MB, {told['changes']:,.0f} names "
        f"changed, is rendered in {told['seconds']:.1f} CPU seconds."
    )
    reached = f"Words that were met: {', '.join(ratios)}."
    pieces = (
        _TITLE,
        about,
        textwrap.fill(_ABOUT, 88),
        "\n".join(rows),
        reached,
        rendered,
    )
    return "\n\n".join(pieces) + "\n"


def main() -> None:
    argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0]).parse_args()
    names, text = names_and_text()
    install_ours()
    results = measure(names, text)
    written = page(results, text, article())
    print(written)
    exact = [way for way in results if way not in ("flashtext", "spacy")]
    if len({results[way]["digest"] for way in exact}) > 1:
        sys.exit("the spans differ")
    shown = ROOT / "docs" / "benchmarks" / "finding.md"
    shown.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
