"""The wheel in every Python that is here, with tests that need no extra."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

from release.report import FAILED, NOT_ASKED, OK, Result, environment_with, run

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
# Half a minute of them, over all of the way from a name to a rendered text.
TESTS = (
    "tests/test_gazetteer.py", "tests/test_dates.py", "tests/test_ids.py",
    "tests/test_errors.py", "tests/test_public_names.py", "tests/test_demo.py",
    "tests/display", "tests/labels/test_labeller.py", "tests/test_render.py",
)  # fmt: skip


def found(version: str) -> Path | None:
    """Return an interpreter of a version, from the path or from pyenv."""
    places = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    on_path = shutil.which(f"python{version}")
    for each in (*([Path(on_path)] if on_path else []), *reversed(places)):
        done = run(each, "-c", "import sys; print('%d.%d' % sys.version_info[:2])")
        if done.stdout.strip() == version:
            return each
    return None


def tried(version: str, wheel: Path, sdist: Path, folder: Path) -> Result:
    """Install the wheel and run tests of the sdist, without its sources."""
    check = f"Python {version}"
    python = found(version)
    if python is None:
        return Result(check, NOT_ASKED, "not on the path and not in pyenv")
    made = environment_with(
        folder / f"venv{version}", wheel, "pytest", "hypothesis", "sybil", "click",
        python=python,
    )  # fmt: skip
    with tarfile.open(sdist) as opened:
        opened.extractall(folder / f"sdist{version}", filter="data")
    (root,) = (folder / f"sdist{version}").iterdir()
    shutil.rmtree(root / "src")  # what is tried is what was installed
    done = run(
        made, "-m", "pytest", "-q", "-x", "--override-ini", "testpaths=tests", *TESTS,
        cwd=root, environment={"HYPOTHESIS_PROFILE": "dev"},
    )  # fmt: skip
    exact = run(made, "--version").stdout.strip()
    return outcome(check, f"{exact}, from {python}", done.returncode, done.stdout)


def outcome(check: str, which: str, code: int, said: str) -> Result:
    """Read what pytest said."""
    lines = said.strip().splitlines() or ["it said nothing"]
    if code or " passed" not in lines[-1]:
        wrong = [line for line in lines if line.startswith(("E  ", "FAILED", "ERROR"))]
        return Result(check, FAILED, f"{which}: {lines[-1]}", tuple(wrong[:5]))
    return Result(check, OK, f"{which}: {lines[-1]}")
