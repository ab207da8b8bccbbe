"""Try what needs other programs: Java and a cluster, an office suite.

Run by ``make e2e`` in an environment with the extra ``spark``. Nothing may be skipped
here, and the first thing that is not so makes it exit non-zero.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).parents[2]
JAVA = "openjdk-17-jre-headless"
TRIED = [
    "tests/integrations",
    "docs/how-to/dataframes.md",
    "docs/how-to/migrate.md",
    "docs/how-to/spark.md",
]

SCRIPTS = [
    "word_documents.py",
    "other_readers.py",
    "real_pages.py",
    "lint_before_commit.py",
    "report_pages.py",
    "spark_cluster.py",
    "openrefine.py",
    "served_api.py",
    "browser.py",
    "screenshots.py",
    "built_site.py",
    "notebook.py",
]


def require(package: str) -> None:
    """Install a package of Debian, where that can be done."""
    print(f"installing {package}", flush=True)
    install = ("apt-get", "install", "-qy", "--no-install-recommends", package)
    subprocess.run(["apt-get", "update", "-q"], check=True)
    subprocess.run(install, check=True)


def require_programs() -> None:
    """Find Java and pandoc, or install them."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        require(JAVA)
    if shutil.which("pandoc") is None:
        require("pandoc")


def run_tests() -> None:
    """Run the tests and pages that leave Spark out elsewhere."""
    with tempfile.TemporaryDirectory(prefix="gazetteer-e2e-") as folder:
        report = Path(folder) / "report.xml"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *TRIED],
            cwd=ROOT,
            check=False,
        )
        if done.returncode:
            sys.exit(done.returncode)
        skipped = [
            f"{case.get('classname')} {case.get('name')}: {reason.get('message')}"
            for case in ET.parse(report).iter("testcase")
            for reason in case.iter("skipped")
        ]
        if skipped:
            sys.exit("\n".join(["skipped, which nothing may be here:", *skipped]))


def main() -> None:
    require_programs()
    run_tests()
    for name in SCRIPTS:
        script = Path(__file__).with_name(name)
        subprocess.run([sys.executable, script], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
