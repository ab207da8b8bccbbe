"""What a newcomer does wrong is told in words, and leaves nothing behind.

``cases/bad-input.tsv`` has the arguments, the exit code and what is said of them.
"""

from __future__ import annotations

import csv
import shlex
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from gazetteer.cli import main

CASES = Path(__file__).parent / "cases" / "bad-input.tsv"
# these print what is wrong where their answers go
ON_STANDARD_OUTPUT = ("check", "verify")


def cases() -> list[tuple[str, int, str]]:
    with CASES.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(command, int(code), said) for command, code, said in rows[1:]]


def inside(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "ok.csv").write_text("name\nShusha\nShushi\n", encoding="utf-8")
    (tmp_path / "latin.csv").write_bytes(b"name\nM\xfcnchen\n")
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "ok.txt").write_text("Shusha or Shushi.\n", encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes(b"M\xfcnchen\n")
    (tmp_path / "bad.toml").write_text("[tool]\nx = [\n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("command", "code", "said"), cases())
def test_a_mistake_is_told_and_leaves_nothing_behind(
    here: Path, command: str, code: int, said: str
) -> None:
    before = inside(here)
    arguments = shlex.split(command)
    done = CliRunner().invoke(main, arguments, input="name\nShusha\n")
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code == code
    if arguments[0] in ON_STANDARD_OUTPUT:
        assert said in done.output
    else:
        assert (said in done.stderr, done.stdout) == (True, ""), done.output
    assert inside(here) == before


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(main, ["serve", "--port", port])
    assert done.exit_code == 2
    assert f"cannot listen at 127.0.0.1 port {port}: address already" in done.stderr
