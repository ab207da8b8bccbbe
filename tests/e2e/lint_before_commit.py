"""Let pre-commit run ``gazetteer lint`` before a commit, as other repositories do.

pre-commit clones this checkout's last commit, makes the hook's environment and runs it
in a repository made for that: a text with one-sided names cannot be committed, with the
pairs it can. What lint writes as SARIF is held against the standard's own schema.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "tests" / "fixtures" / "sarif" / "sarif-schema-2.1.0.json"
TEXT = "The road to {} is shut. The school in {} is open.\n"
# written from either side, and what neutral makes of it
WRITTEN = {
    "first.md": TEXT.format("Stepanakert", "Shushi"),
    "second.txt": TEXT.format("Khankendi", "Shusha"),
}
PAIRS = TEXT.format("Khankendi/Stepanakert", "Shusha/Shushi")
CONFIG = """repos:
  - repo: {source}
    rev: {revision}
    hooks:
      - id: gazetteer-lint
        args: [--perspective, neutral]
"""


class Repository:
    """A repository of texts, with a home of its own for git and pre-commit."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "texts"
        self.root.mkdir()
        self.env = {
            **os.environ,
            "PRE_COMMIT_HOME": str(folder / "hooks"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "An editor",
            "GIT_AUTHOR_EMAIL": "editor@example.org",
            "GIT_COMMITTER_NAME": "An editor",
            "GIT_COMMITTER_EMAIL": "editor@example.org",
        }
        # git names its own directory to what it runs; this is another repository
        for name in [
            each for each in self.env if each in ("GIT_DIR", "GIT_INDEX_FILE")
        ]:
            del self.env[name]

    def run(self, *command: str | Path, code: int | None = 0) -> str:
        done = subprocess.run(
            command,
            cwd=self.root,
            env=self.env,
            check=False,
            capture_output=True,
            text=True,
            timeout=600,
        )
        said = done.stdout + done.stderr
        if code is not None and done.returncode != code:
            sys.exit(f"{command}: {done.returncode} and not {code}\n{said}")
        return said

    def commit(self, *, code: int) -> str:
        self.run("git", "add", "--all")
        return self.run("git", "commit", "--message", "Texts", code=code)


def check_commits(repository: Repository) -> None:
    """Refuse a commit with names of one side only, and let one with both pass."""
    revision = repository.run("git", "-C", ROOT, "rev-parse", "HEAD").strip()
    repository.run("git", "init", "--quiet")
    config = CONFIG.format(source=ROOT, revision=revision)
    (repository.root / ".pre-commit-config.yaml").write_text(config, "utf-8")
    repository.run(sys.executable, "-m", "pre_commit", "install")
    for name, text in WRITTEN.items():
        (repository.root / name).write_text(text, "utf-8")
    (repository.root / "data.csv").write_text("town\nShushi\nShusha\n", "utf-8")
    said = repository.commit(code=1)
    for name, text in WRITTEN.items():
        # "The road to X is shut. The school in Y …": two findings a file
        found = [line for line in said.splitlines() if line.startswith(f"{name}:1:")]
        assert len(found) == 2, (text, said)
        assert all("other-label" in line for line in found), said
    assert "data.csv" not in said, said
    for name in WRITTEN:
        (repository.root / name).write_text(PAIRS, "utf-8")
    assert "gazetteer lint" in repository.commit(code=0)
    log = repository.run("git", "log", "--oneline")
    assert len(log.splitlines()) == 1, log
    print("pre-commit: two one-sided texts refused, the pairs committed", flush=True)


def check_sarif(repository: Repository) -> None:
    """Write SARIF and hold it against the schema; its fixes make the neutral text."""
    for name, text in WRITTEN.items():
        (repository.root / name).write_text(text, "utf-8")
    lint = (sys.executable, "-m", "gazetteer", "lint", "--output-format", "sarif")
    shown = repository.run(*lint, *WRITTEN, "-o", "lint.sarif", code=1)
    log = json.loads((repository.root / "lint.sarif").read_text("utf-8"))
    schema = json.loads(SCHEMA.read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)(
        schema, format_checker=jsonschema.FormatChecker()
    )
    wrong = [error.message for error in validator.iter_errors(log)]
    assert not wrong, (wrong, shown)
    results = log["runs"][0]["results"]
    assert len(results) == 4, results
    print(f"SARIF 2.1.0: {len(results)} results, valid", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="gazetteer-lint-") as name:
        repository = Repository(Path(name))
        check_commits(repository)
        check_sarif(repository)


if __name__ == "__main__":
    main()
