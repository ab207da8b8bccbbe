"""What comes with an installation: a bill of materials, licences, known faults."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from release.report import FAILED, NOT_ASKED, OK, ROOT, Result, need, run, tool, verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CORE = ("click", "langcodes", "numpy", "pydantic", "rapidfuzz", "undate")
EXTRAS = ("geonames", "excel", "parquet", "serve", "frames", "jinja", "duckdb", "mcp")
"""Of the others, spaCy and Spark bring half a gigabyte, and are looked at by hand."""

# Licences that ask for no more than that their notice is kept.
ALLOWED = frozenset(
    {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT"}
    | {"MIT-0", "MIT-CMU", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib", "BSL-1.0"}
)
# What others call them.
CALLED = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "the unlicense (unlicense)": "Unlicense",
}
# Package -> the licence that is not on the list, and why it may come all the same.
ACCEPTED = {
    "PyMeeus": (
        "GNU Lesser General Public License v3 (LGPLv3)",
        "of convertdate, of undate; not copied and not changed, can be replaced",
    ),
    "certifi": ("MPL-2.0", "a list of certificates; not copied and not changed"),
    "tqdm": ("MPL-2.0 AND MIT", "not copied and not changed"),
}


class Package(NamedTuple):
    """One installed package."""

    name: str
    version: str
    licence: str


def allowed(licence: str) -> bool:
    """Tell whether a licence, or one of several to choose from, is on the list."""
    text = licence.strip().strip("()")
    if " OR " in text:
        return any(allowed(each) for each in text.split(" OR "))
    parts = re.split(r" AND |; ", text)
    return bool(text) and all(
        CALLED.get(part.strip("() ").lower(), part.strip("() ")) in ALLOWED
        for part in parts
    )


def installed(python: Path) -> list[Package]:
    """Return the packages of an environment, without this one and its installer."""
    listed = need(tool("pip-licenses"), f"--python={python}", "--format=json")
    return [
        Package(each["Name"], each["Version"], each["License"])
        for each in json.loads(listed)
        if each["Name"].lower() not in {"gazetteer", "pip", "setuptools"}
    ]


def licences(python: Path) -> Result:
    """Compare what is installed with the list."""
    packages = installed(python)
    faults = unfit(packages, ACCEPTED)
    counts: dict[str, int] = {}
    for each in packages:
        name = CALLED.get(each.licence.lower(), each.licence)
        counts[name] = counts.get(name, 0) + 1
    most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    listed = ", ".join(f"{name} {count}" for name, count in most)
    result = verdict("licences", faults, f"{len(packages)} packages: {listed}")
    noted = [
        f"accepted: {each.name}, {each.licence}: {ACCEPTED[each.name][1]}"
        for each in packages
        if each.name in ACCEPTED and not allowed(each.licence)
    ]
    return result._replace(details=(*result.details, *noted))


def unfit(
    packages: list[Package], accepted: Mapping[str, tuple[str, str]]
) -> list[str]:
    """Return the packages whose licence is neither on the list nor accepted."""
    return [
        f"{each.name} {each.version}: {each.licence}"
        for each in packages
        if not allowed(each.licence)
        and accepted.get(each.name, ("",))[0] != each.licence
    ]


def materials(python: Path, out: Path) -> Result:
    """Write what an installation consists of, as CycloneDX, twice, and look at it."""
    command = (
        tool("cyclonedx-py"), "environment", "--pyproject", ROOT / "pyproject.toml",
        "--mc-type", "library", "--output-reproducible", "--of", "JSON", python,
    )  # fmt: skip
    texts = [need(*command), need(*command)]
    out.write_text(texts[0], "utf-8")
    bill = json.loads(texts[0])
    faults = lacking(bill, CORE)
    if texts[0] != texts[1]:
        faults.append("written twice, it is not the same")
    if str(python.parents[1]) in texts[0]:
        faults.append("it names a folder of this machine")
    count = len(bill.get("components", []))
    return verdict(
        "bill of materials", faults,
        f"{out.name}, CycloneDX {bill.get('specVersion')}, {count} components, valid",
    )  # fmt: skip


def lacking(bill: dict[str, Any], needed: tuple[str, ...]) -> list[str]:
    """Return what a bill of materials does not list, or lists without a version."""
    listed = {each["name"].lower(): each for each in bill.get("components", [])}
    faults = [f"{each} is not listed" for each in needed if each not in listed]
    faults += [
        f"{name} has no version"
        for name, each in listed.items()
        if not each.get("version")
    ]
    return faults


def audit(python: Path, folder: Path) -> list[Result]:
    """Ask the two places that know of faults in packages; say what could not be asked."""
    frozen = folder / "frozen.txt"
    lines = need(python, "-m", "pip", "freeze", "--exclude", "gazetteer").splitlines()
    pinned = [line for line in lines if "==" in line]
    frozen.write_text("\n".join(pinned) + "\n", "utf-8")
    results = []
    for service in ("pypi", "osv"):
        done = run(
            tool("pip-audit"), "--requirement", frozen, "--no-deps", "--disable-pip",
            "--format", "json", "--progress-spinner", "off",
            "--vulnerability-service", service, "--timeout", "15",
        )  # fmt: skip
        results.append(audited(service, done.stdout, done.stderr, len(pinned)))
    return results


def audited(service: str, answer: str, said: str, asked: int) -> Result:
    """Read the answer of pip-audit; a package that was skipped was not looked up."""
    check = f"known faults ({service})"
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = said.strip().splitlines()[-1:] or ["no answer"]
        return Result(
            check, NOT_ASKED, f"none of {asked} packages could be looked up",
            (last[0][-200:],),
        )  # fmt: skip
    faults = [
        f"{each['name']} {each['version']}: {', '.join(one['id'] for one in each['vulns'])}"
        for each in packages
        if each.get("vulns")
    ]
    skipped = [each for each in packages if "skip_reason" in each]
    if faults:
        return Result(check, FAILED, f"{len(faults)} at fault", tuple(faults))
    if skipped or len(packages) < asked:
        known = len(packages) - len(skipped)
        why = {re.sub(r": .*", "", each["skip_reason"]) for each in skipped}
        return Result(
            check, NOT_ASKED,
            f"{known} of {asked} packages could be looked up", tuple(sorted(why)),
        )  # fmt: skip
    return Result(check, OK, f"none known in {asked} packages")
