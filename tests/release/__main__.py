"""Run all checks, print what they came to, and exit 1 if one failed.

``PYTHONPATH=tests python -m release [--only NAME…] [--strict]``, in an environment that
``make release-check`` makes. What it wrote is left in dist/.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from release import api, built, interpreters, supply, typed
from release.report import FAILED, NOT_ASKED, ROOT, Result, counted, environment_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DIST = ROOT / "dist"


def of_built(made: built.Built, _folder: Path) -> Iterator[Result]:
    """What the two archives hold; that they are reproducible is looked at first."""
    yield from map(built.contents, made)


def of_supply(made: built.Built, folder: Path) -> Iterator[Result]:
    """What comes with an installation, with the extras where that matters."""
    bill = DIST / f"{made.wheel.name.rpartition('-py3')[0]}.cdx.json"
    core = environment_with(folder / "core", made.wheel)
    yield supply.materials(core, bill)
    extras = f"{made.wheel}[{','.join(supply.EXTRAS)}]"
    whole = environment_with(folder / "whole", extras)
    yield supply.licences(whole)
    yield from supply.audit(whole, folder)


def of_typed(made: built.Built, folder: Path) -> Iterator[Result]:
    """Types, of an installed wheel."""
    python = environment_with(folder / "typed", made.wheel)
    yield typed.complete(python)
    yield from typed.client(python)


def of_api(_made: built.Built, _folder: Path) -> Iterator[Result]:
    """What users may call."""
    yield api.since_last_tag()
    then = api.RECORDED.read_text("utf-8").splitlines()
    yield api.as_recorded(api.listing(), then)


def of_interpreters(made: built.Built, folder: Path) -> Iterator[Result]:
    """Each Python that is here."""
    for version in interpreters.VERSIONS:
        yield interpreters.tried(version, made.wheel, made.sdist, folder)


CHECKS = {
    "built": of_built,
    "supply": of_supply,
    "typed": of_typed,
    "api": of_api,
    "interpreters": of_interpreters,
}


def results_of(names: Iterable[str], folder: Path) -> Iterator[Result]:
    """Build, leave what was built in dist/, and yield what each check comes to."""
    made, compared = built.built_twice(folder)
    yield from compared
    DIST.mkdir(exist_ok=True)
    for each in made:
        shutil.copy(each, DIST)
    for name in names:
        yield from CHECKS[name](made, folder)


def main() -> None:
    asked = argparse.ArgumentParser(description="Look before a release.")
    asked.add_argument("--only", choices=CHECKS, action="append")
    asked.add_argument(
        "--strict", action="store_true", help="fail at what could not be asked too"
    )
    options = asked.parse_args()
    results = []
    with tempfile.TemporaryDirectory(prefix="gazetteer-release-") as name:
        for each in results_of(options.only or CHECKS, Path(name)):
            results.append(each)
            print(each, flush=True)
    print(f"\n{counted(results)}")
    bad = {FAILED, NOT_ASKED} if options.strict else {FAILED}
    sys.exit(any(each.state in bad for each in results))


if __name__ == "__main__":
    main()
