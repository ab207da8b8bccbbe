"""Names found in a text, side by side: MB a CPU second, memory, and equal spans.

50,000 names of GeoNames are looked for in two megabytes of text in four scripts, in
which every 20th word is one of them, with each way of `finder`; and a megabyte of an
article in English is rendered.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import textwrap
from itertools import accumulate
from pathlib import Path
from typing import Any

from corpus import SEED, read_names
from environments import ROOT, python_of
from prepare import DATA, names_file

_NAMES = 50_000
_BYTES = 2_000_000
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
_OWN_BOUNDARIES = ("flashtext", "spacy")
WAYS = (
    (OURS, "ours"),
    ("daachorse", "finders"),
    ("ahocorasick_rs", "finders"),
    ("pyahocorasick", "finders"),
    ("flashtext", "finders"),
    ("flashtext2", "finders"),
    ("spacy", "finders"),
)

ABOUT = f"""\
{_NAMES:,} names of the cities of GeoNames in {_BYTES / 1e6:g} MB of text in
four scripts, made with a fixed seed: every 20th word is one of the names, the others
are words of other names in small letters, drawn as in prose, where the n-th word of a
language comes about 1/n as often as the first (Zipf's law). Names are sought as
written, between boundaries, the longest of those that start at one letter; an automaton
gives all matches, from which Python chooses. *first half*: nothing was searched before.
*second half*: the first was. *again*: the second half once more. Median of the rounds,
one way after the other; CPU seconds. *memory* is what the process came to hold; that of
this library is what compiling the store in memory took. *spans* is the number of names
found in the second half, and a hash of where they stand: flashtext and spaCy have
boundaries of their own."""


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


def finding(rounds: int) -> dict[str, Any]:
    """Return what each way that works here took, and the rendering of an article."""
    names, text = names_and_text()
    return {
        "half": text.stat().st_size / 2e6,
        "ways": _ways(names, text, rounds),
        "article": _article(),
    }


def same_spans(ways: dict[str, dict[str, Any]]) -> bool:
    """Tell whether all that mean the same by a boundary found the same."""
    exact = [way for way in ways if way not in _OWN_BOUNDARIES]
    return len({ways[way]["digest"] for way in exact}) == 1


def _ways(names: Path, text: Path, rounds: int) -> dict[str, dict[str, Any]]:
    script = Path(__file__).with_name("finder.py")
    samples: dict[str, list[dict[str, Any]]] = {way: [] for way, _ in WAYS}
    for _ in range(rounds):
        for way, environment in WAYS:
            command = [python_of(environment), script, way, names, text]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{way}: {done.stderr.strip()[-300:]}", file=sys.stderr)
            else:
                samples[way].append(json.loads(done.stdout))
    results = {}
    for way, found in samples.items():
        if found:
            middle = sorted(found, key=lambda each: each["again"])[len(found) // 2]
            results[way] = middle
    return results


def _article() -> dict[str, float]:
    """Return what rendering a megabyte of an article takes."""
    program = textwrap.dedent(
        """
        import json, sys, time
        from pathlib import Path
        from procfs import size_of
        from gazetteer import Gazetteer
        text = Path(sys.argv[1]).read_text(encoding="utf-8")
        text *= -(-1_000_000 // len(text))
        gazetteer = Gazetteer.load()
        held, began = size_of("VmRSS"), time.process_time()
        rendering = gazetteer.render(text, "neutral", lang="en", markup="markdown")
        seconds = time.process_time() - began
        print(json.dumps({"seconds": seconds, "size": len(text) / 1e6,
                          "memory": size_of("VmHWM") - held,
                          "changes": len(rendering.changes)}))
        """
    )
    source = ROOT / "examples" / "report.md"
    command = [python_of("ours"), "-c", program, source]
    here = Path(__file__).parent
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(here)},
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told
