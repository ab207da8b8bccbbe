"""The results of checks, and how they are printed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]

OK = "ok"
FAILED = "FAILED"
NOT_ASKED = "not asked"
"""Something that a check needs is not here. It is no pass, and is told as such."""


class Result(NamedTuple):
    """What a check came to."""

    check: str
    state: str
    said: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.state:<9}  {self.check}: {self.said}"]
        return "\n".join([*lines, *(f"{'':<11}- {each}" for each in self.details)])


def verdict(check: str, faults: list[str], said: str) -> Result:
    """Return a result that fails if there is a fault."""
    if faults:
        return Result(check, FAILED, f"{len(faults)} at fault", tuple(faults))
    return Result(check, OK, said)


def counted(results: list[Result]) -> str:
    """Say how many results are of which state."""
    counts = [
        f"{sum(each.state == state for each in results)} {state}"
        for state in (OK, FAILED, NOT_ASKED)
    ]
    return f"release check: {', '.join(counts)}"


def run(
    *command: str | Path,
    cwd: Path = ROOT,
    environment: dict[str, str] | None = None,
    seconds: float = 900,
) -> subprocess.CompletedProcess[str]:
    """Run a program and return what it said; what it exits with is the caller's."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def need(*command: str | Path, cwd: Path = ROOT, **environment: str) -> str:
    """Run a program that must succeed and return its output."""
    done = run(*command, cwd=cwd, environment=environment)
    if done.returncode:
        said = " ".join(str(part) for part in command)
        sys.exit(f"{said}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def tool(name: str) -> Path:
    """Return a program of the environment that this runs in."""
    return Path(sys.executable).with_name(name)


def environment_with(
    folder: Path, *wanted: str | Path, python: Path | str = ""
) -> Path:
    """Make an environment with packages in it and return its Python."""
    need(python or sys.executable, "-m", "venv", folder)
    made = folder / "bin" / "python"
    need(made, "-m", "pip", "install", "--quiet", *wanted)
    return made
