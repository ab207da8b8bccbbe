"""Shells, really started, complete what is typed."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
ROOT = Path(__file__).parents[1]
HEAVY = {"langcodes", "numpy", "pydantic", "rapidfuzz", "undate"}
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x07|\r")


def asked(words: str, begun: int) -> list[str]:
    """What the program tells bash."""
    environment = os.environ | {
        "COMP_WORDS": words,
        "COMP_CWORD": str(begun),
        "_GAZETTEER_COMPLETE": "bash_complete",
    }
    done = subprocess.run(
        [BIN / "gazetteer"], env=environment, capture_output=True, text=True, check=True
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_commands_and_options_are_completed() -> None:
    assert asked("gazetteer re", 1) == ["resolve", "render"]
    assert "--explain" in asked("gazetteer label --", 2)
    assert asked("gazetteer completion ", 2) == ["bash", "zsh", "fish"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_help_has_a_line_for_each_shell_to_be_copied(shell: str) -> None:
    done = subprocess.run(
        [BIN / "gazetteer", "completion", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "\\b" not in done.stdout
    (line,) = [
        each for each in done.stdout.splitlines() if each.strip().startswith(shell)
    ]
    assert f"gazetteer completion {shell}" in line


@pytest.mark.parametrize(
    "command",
    ["label -p", "render -p", "lint -p", "batch -p", "export -p", "perspectives"],
)
def test_perspectives_are_completed_of_either_side(command: str) -> None:
    words = f"gazetteer {command} "
    found = asked(words, len(words.split()))
    assert {"neutral", "armenian", "azerbaijani", "un"} <= set(found)


def test_perspectives_of_other_data_are_completed_too(tmp_path: Path) -> None:
    folder = ROOT / "examples" / "house-style"
    own = set(asked(f"gazetteer label --data {folder} -p ", 5))
    assert own > set(asked("gazetteer label -p ", 3))
    (tmp_path / "perspectives.toml").write_text("not = [toml")
    assert "neutral" in asked(f"gazetteer label --data {tmp_path} -p ", 5)


@pytest.mark.parametrize(
    "command", ["label -l", "compare -l", "show -l", "render -l", "export -l"]
)
def test_languages_are_completed(command: str) -> None:
    found = asked(f"gazetteer {command} ", 3)
    assert {"hy", "az", "en", "ru"} <= set(found)
    assert not {"mul", "und"} & set(found)
    assert "hy" in asked(f"gazetteer {command} H", 3)


def test_nothing_heavy_is_imported_for_it() -> None:
    program = (
        "import os, sys\n"
        "os.environ |= {'COMP_WORDS': 'gazetteer label -p ', 'COMP_CWORD': '3',\n"
        "               '_GAZETTEER_COMPLETE': 'bash_complete'}\n"
        "from gazetteer.cli import main\n"
        "try: main(prog_name='gazetteer')\n"
        "except SystemExit: print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "plain,neutral" in done.stdout
    assert not HEAVY & set(done.stderr.split())


class Shell:
    """A shell on a terminal of its own, typed into."""

    def __init__(self, *command: str, folder: Path) -> None:
        environment = {
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "TERM": "dumb",
            "LC_ALL": "C.UTF-8",
            "PS1": "READY> ",
        }
        self._terminal, end = pty.openpty()
        self._shell = subprocess.Popen(
            command, stdin=end, stdout=end, stderr=end, cwd=folder, env=environment,
            start_new_session=True,
        )  # fmt: skip
        os.close(end)
        self.said = ""

    def type(self, text: str) -> None:
        self.said = ""
        os.write(self._terminal, text.encode())

    def wait_for(self, pattern: str, seconds: float = 20) -> str:
        end = time.monotonic() + seconds
        while not re.search(pattern, self.said):
            left = end - time.monotonic()
            assert left > 0, f"no {pattern!r} in {self.said!r}"
            if select.select([self._terminal], [], [], left)[0]:
                read = os.read(self._terminal, 4096).decode(errors="replace")
                self.said += ESCAPES.sub("", read)
        return self.said

    def close(self) -> None:
        self._shell.kill()
        self._shell.wait()
        os.close(self._terminal)


STARTS = {
    "bash": ("bash", "--norc", "--noprofile", "-i"),
    "zsh": ("zsh", "-f", "-i"),
    "fish": ("fish", "--no-config", "--interactive"),
}


@pytest.fixture(params=["bash", "zsh"])
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> object:
    name = request.param
    if shutil.which(name) is None:
        pytest.skip(f"no {name} here")
    (tmp_path / "field-notes.txt").write_text("x")
    opened = Shell(*STARTS[name], folder=tmp_path)
    if name == "zsh":
        opened.type("autoload -Uz compinit && compinit -u -D; echo in''it\n")
        opened.wait_for("init")
    opened.type(f'eval "$(gazetteer completion {name})"; echo do""ne\n')
    opened.wait_for("done")
    yield opened
    opened.close()


def test_a_shell_completes_what_is_typed(shell: Shell) -> None:
    shell.type("gazetteer perspe\t")
    shell.wait_for("perspectives")
    shell.type("\x15gazetteer label x -p azerb\t")
    shell.wait_for("-p azerbaijani")
    shell.type("\x15gazetteer label x -p armen\t")
    shell.wait_for("-p armenian")
    shell.type("\x15gazetteer render field\t")
    shell.wait_for(r"field-notes\.txt")


def test_the_script_for_fish_is_one_that_fish_reads() -> None:
    made = subprocess.run(
        [BIN / "gazetteer", "completion", "fish"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "_GAZETTEER_COMPLETE=fish_complete" in made
    if shutil.which("fish"):
        program = f"{made}\ncomplete --do-complete 'gazetteer label x -p azerb'"
        path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["fish", "--no-config", "-c", program],
            capture_output=True, text=True, check=True,
            env=os.environ | {"PATH": path},
        )  # fmt: skip
        assert done.stdout.split() == ["azerbaijani"]
