"""Wheel and sdist: the same bytes wherever they are built, and what they hold."""

from __future__ import annotations

import hashlib
import os
import random
import sys
import tarfile
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from release.report import ROOT, Result, need, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# What a sdist must have, so that its tests can be run and its wheel be built from it.
NEEDED = (
    "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "PKG-INFO", "README.md",
    "conftest.py", "data/LICENSE", "data/README.md", "data/names.csv",
    "data/perspectives.toml", "data/places.csv", "docs/index.md",
    "examples/demo/demo.txt", "hatch_build.py", "pyproject.toml",
    "src/gazetteer/__init__.py", "src/gazetteer/py.typed", "tests/golden/labels.csv",
)  # fmt: skip
NEEDED_IN_WHEEL = (
    "gazetteer/__init__.py", "gazetteer/py.typed", "gazetteer/_data/default.gaz",
    "gazetteer/_data/languages.txt", "gazetteer/_data/perspectives.toml",
    "gazetteer/_data/LICENSE", "gazetteer/_demo/demo.txt",
)  # fmt: skip
# Nothing of these parts may travel: what was made, kept in a cache, or is of one machine.
UNWANTED = (
    "__pycache__", ".venv", ".git", ".e2e", ".bench", ".release", ".hypothesis",
    ".mypy_cache", ".ruff_cache", ".import_linter_cache", "build", "dist", ".coverage",
    ".DS_Store", ".env", "node_modules",
)  # fmt: skip
MOST_MEBIBYTES = {"sdist": 15, "wheel": 12}


class Built(NamedTuple):
    """A wheel and a sdist."""

    wheel: Path
    sdist: Path


def sources(folder: Path) -> Path:
    """Copy the files that git knows, as they are now, with times and rights mixed up."""
    names = need("git", "ls-files", "-z").split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            copy = folder / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((ROOT / name).read_bytes())
            when = random.randrange(10**9, 16 * 10**8)
            os.utime(copy, (when, when))
            copy.chmod(random.choice((0o644, 0o600, 0o664)))
    return folder


def build(folder: Path, out: Path, *, when: str, **environment: str) -> Built:
    """Build both in a folder; the wheel from the sdist unless --wheel asks else."""
    straight = environment.pop("straight", "")
    how = ("--sdist", "--wheel") if straight else ()
    need(
        sys.executable, "-m", "build", "--no-isolation", *how, "--outdir", out, folder,
        SOURCE_DATE_EPOCH=when, **environment,
    )  # fmt: skip
    (wheel,) = out.glob("*.whl")
    (sdist,) = out.glob("*.tar.gz")
    return Built(wheel, sdist)


def built_twice(folder: Path) -> tuple[Built, list[Result]]:
    """Build in two folders under different circumstances, and compare the bytes."""
    when = need("git", "log", "-1", "--format=%ct").strip()
    here = build(
        sources(folder / "a"), folder / "out", when=when,
        TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1",
    )  # fmt: skip
    there = build(
        sources(folder / "elsewhere" / "and deeper"), folder / "again", when=when,
        TZ="Asia/Kathmandu", LC_ALL="C", PYTHONHASHSEED="2", straight="yes",
    )  # fmt: skip
    return here, [same(a, b) for a, b in zip(here, there, strict=True)]


def same(one: Path, other: Path) -> Result:
    """Compare two files; where they differ, say which of their members do."""
    kind = "wheel" if one.suffix == ".whl" else "sdist"
    digest = hashlib.sha256(one.read_bytes()).hexdigest()
    faults = []
    if one.read_bytes() != other.read_bytes():
        faults = [f"{each} differs" for each in differing(members(one), members(other))]
        faults = faults or ["the members are the same, the archive around them is not"]
    size = one.stat().st_size / (1 << 20)
    return verdict(
        f"reproducible {kind}", faults,
        f"{one.name}, {size:.1f} MiB, built twice: sha256 {digest}",
    )  # fmt: skip


def members(archive: Path) -> dict[str, bytes]:
    """Return the files of a wheel or a sdist, by their names in it."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            return {name: opened.read(name) for name in opened.namelist()}
    with tarfile.open(archive) as opened:
        found = {}
        for each in opened:
            if each.isfile() and (file := opened.extractfile(each)):
                found[each.name.partition("/")[2]] = file.read()
        return found


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the names whose bytes differ, or that one of the two has not."""
    names = sorted(one.keys() | other.keys())
    return [name for name in names if one.get(name) != other.get(name)]


def contents(archive: Path) -> Result:
    """Look for what is needed and what must not travel."""
    wheel = archive.suffix == ".whl"
    held = members(archive)
    kind = "wheel" if wheel else "sdist"
    faults = faults_of(held, NEEDED_IN_WHEEL if wheel else NEEDED)
    size = archive.stat().st_size / (1 << 20)
    if size > MOST_MEBIBYTES[kind]:
        faults.append(f"{size:.1f} MiB are more than {MOST_MEBIBYTES[kind]}")
    if wheel:
        faults += [f"{each} is no part of a wheel" for each in held if stray(each)]
    else:
        tracked = {each for each in need("git", "ls-files").splitlines() if each}
        extra = held.keys() - tracked - {"PKG-INFO"}
        faults += [f"{each} is not in version control" for each in sorted(extra)]
    return verdict(f"contents of the {kind}", faults, f"{len(held)} files")


def stray(name: str) -> bool:
    """Tell whether a file of a wheel is neither the package nor about it."""
    return not name.startswith("gazetteer/") and ".dist-info/" not in name


def faults_of(held: Iterable[str], needed: Iterable[str]) -> list[str]:
    """Return what is not there, and what should not be."""
    names = set(held)
    faults = [f"{each} is not there" for each in needed if each not in names]
    for name in sorted(names):
        parts = set(name.split("/"))
        if parts & set(UNWANTED) or name.endswith((".pyc", ".pyo", ".swp", "~")):
            faults.append(f"{name} must not travel")
    return faults
