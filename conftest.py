"""Every example in README.md and docs/ runs as a test.

Python blocks run as doctests, one page one namespace. Console blocks run line by
line: each ``$ command`` in a copy of examples/, its output compared with what follows
(``...`` stands for anything, as in doctest).
"""

from __future__ import annotations

import doctest
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from sybil import Sybil
from sybil.parsers.markdown import (
    CodeBlockParser,
    PythonCodeBlockParser,
    SkipParser,
)

if TYPE_CHECKING:
    from sybil import Example

ROOT = Path(__file__).parent

# spaCy looks its components up when the module is imported, so it cannot be imported
# without it; it is too heavy to be in everybody's environment.
if find_spec("spacy") is None:
    collect_ignore = ["src/gazetteer/integrations/spacy.py"]

# A store that an earlier run compiled must not hide what this one would do. Processes
# that share the tests of one run share its stores too.
if "PYTEST_XDIST_WORKER" not in os.environ:
    _CACHE = tempfile.TemporaryDirectory(prefix="gazetteer-cache-")
    os.environ["GAZETTEER_CACHE"] = _CACHE.name

settings.register_profile(
    "dev", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "ci",
    parent=settings.get_profile("dev"),
    max_examples=150,
    derandomize=True,
    print_blob=True,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def _run(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "NO_COLOR": "1", "COLUMNS": "80"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=120,
    )
    return done.stdout


def _setup(namespace: dict[str, object]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="gazetteer-docs-"))
    shutil.copytree(ROOT / "examples", folder, dirs_exist_ok=True)
    namespace["_folder"] = folder
    namespace["house_style"] = folder / "house-style"


def _teardown(namespace: dict[str, object]) -> None:
    shutil.rmtree(str(namespace["_folder"]))


def _console(example: Example) -> str | None:
    expected: dict[str, str] = {}
    command = ""
    for line in example.parsed.splitlines(keepends=True):
        if line.startswith("$ "):
            command = line[2:].rstrip("\n")
            expected[command] = ""
        elif command.endswith("\\"):
            whole = f"{command}\n{line.rstrip()}"
            expected[whole] = expected.pop(command)
            command = whole
        else:
            expected[command] += line
    checker = doctest.OutputChecker()
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    for line, want in expected.items():
        got = _run(line, example.namespace["_folder"])
        if want.strip() and not checker.check_output(want, got, flags):
            return f"$ {line}\nexpected:\n{want}\ngot:\n{got}"
    return None


pytest_collect_file = Sybil(
    parsers=[
        SkipParser(),
        PythonCodeBlockParser(
            doctest_optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        ),
        CodeBlockParser(language="console", evaluator=_console),
    ],
    patterns=[
        "README.md",
        "CONTRIBUTING.md",
        "docs/*.md",
        "docs/*/*.md",
        "docs/*/*/*.md",
    ],
    setup=_setup,
    teardown=_teardown,
).pytest()
