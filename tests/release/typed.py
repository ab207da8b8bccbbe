"""Types for users: all of them known, and right in a program that uses them."""

from __future__ import annotations

import json
import os
from pathlib import Path

from release.report import NOT_ASKED, Result, need, run, tool, verdict

LEAST_INSIDE = 0.9
CLIENT = Path(__file__).with_name("client.py")


def complete(python: Path) -> Result:
    """Ask pyright whether the types of all that is public are known."""
    # it looks for the package by the python on the path, whatever --pythonpath says
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    done = run(
        tool("pyright"), "--verifytypes", "gazetteer", "--ignoreexternal",
        "--outputjson", cwd=python.parent, environment={"PATH": path},
    )  # fmt: skip
    try:
        told = json.loads(done.stdout)
    except ValueError:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no answer"]
        return Result(
            "type completeness", NOT_ASKED, "pyright does not run", (last[0],)
        )
    return completeness(told)


def completeness(told: dict) -> Result:
    """Read what pyright found.

    All that can be imported from the package itself must have types, members included.
    Of the modules inside, which it takes for public too, most.
    """
    types = told["typeCompleteness"]
    names = [each for each in types["symbols"] if each["name"].count(".") == 1]
    known = [each for each in names if each["isTypeKnown"]]
    faults = [each["message"] for each in told["generalDiagnostics"]]
    faults += [
        f"{each['name']}: not all types known" for each in names if each not in known
    ]
    if not known:
        faults.append("no public name was found")
    if types["completenessScore"] < LEAST_INSIDE:
        faults.append(
            f"inside {types['completenessScore']:.1%}, less than {LEAST_INSIDE:.0%}"
        )
    return verdict(
        "type completeness", faults,
        f"pyright --verifytypes: {len(known)} of {len(names)} public names; "
        f"{types['completenessScore']:.1%} with all modules inside",
    )  # fmt: skip


def client(python: Path, program: Path = CLIENT) -> list[Result]:
    """Check a user's program against the installed package."""
    mypy = run(
        tool("mypy"), "--strict", "--python-executable", python, "--no-incremental",
        "--config-file", "", program, cwd=python.parent,
    )  # fmt: skip
    pyright = run(
        tool("pyright"), "--pythonpath", python, "--level", "error", program,
        cwd=python.parent,
    )  # fmt: skip
    version = need(tool("mypy"), "--version").split()[1]
    return [
        _checked("a user's program, mypy --strict", mypy, f"mypy {version}: no fault"),
        _checked("a user's program, pyright", pyright, "no fault"),
    ]


def _checked(check: str, done, said: str) -> Result:
    lines = done.stdout.splitlines()
    faults = [
        line.strip().rpartition("/")[2] for line in lines if "error:" in line.lower()
    ]
    if done.returncode and not faults:
        faults = [(done.stdout + done.stderr).strip()[-300:]]
    return verdict(check, faults, said)
