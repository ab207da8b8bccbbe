"""Each check before a release can fail: here is what it fails at."""

from __future__ import annotations

import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from release import api, built, interpreters, supply, typed
from release.report import FAILED, NOT_ASKED, OK, Result, counted, run

if TYPE_CHECKING:
    from collections.abc import Mapping


def wheel(path: Path, files: Mapping[str, str], *, year: int = 2020) -> Path:
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w") as opened:
        for name, text in files.items():
            opened.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), text)
    return path


GOOD = dict.fromkeys(built.NEEDED_IN_WHEEL, "x")


def test_archives_that_are_the_same_pass(tmp_path: Path) -> None:
    one = wheel(tmp_path / "a" / "x.whl", GOOD)
    assert built.same(one, wheel(tmp_path / "b" / "x.whl", GOOD)).state == OK


@pytest.mark.parametrize(
    ("files", "year", "said"),
    [
        (GOOD | {"gazetteer/_data/default.gaz": "y"}, 2020, "default.gaz differs"),
        (GOOD | {"gazetteer/more.py": ""}, 2020, "more.py differs"),
        (GOOD, 2021, "the archive around them"),  # only the times in it
    ],
)
def test_archives_that_differ_fail(
    tmp_path: Path, files: dict[str, str], year: int, said: str
) -> None:
    one = wheel(tmp_path / "a" / "x.whl", GOOD)
    other = wheel(tmp_path / "b" / "x.whl", files, year=year)
    result = built.same(one, other)
    assert result.state == FAILED
    assert said in result.details[0]


def test_a_wheel_is_looked_into(tmp_path: Path) -> None:
    assert built.contents(wheel(tmp_path / "x.whl", GOOD)).state == OK
    lacking = {name: "x" for name in GOOD if "default.gaz" not in name}
    stray = GOOD | {"tests/test_x.py": "", "gazetteer/__pycache__/x.pyc": ""}
    assert "default.gaz is not there" in str(
        built.contents(wheel(tmp_path / "y.whl", lacking))
    )
    said = str(built.contents(wheel(tmp_path / "z.whl", stray)))
    assert "tests/test_x.py is no part of a wheel" in said
    assert "x.pyc must not travel" in said


def test_a_sdist_is_looked_into(tmp_path: Path) -> None:
    (tmp_path / "secret.env").write_text("x")
    path = tmp_path / "x.tar.gz"
    with tarfile.open(path, "w:gz") as opened:
        opened.add(tmp_path / "secret.env", "gazetteer-1/secret.env")
    said = str(built.contents(path))
    assert FAILED in said
    assert "secret.env is not in version control" in said
    assert "src/gazetteer/py.typed is not there" in said


def test_a_file_that_is_too_large_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(built.MOST_MEBIBYTES, "wheel", 0)
    assert "more than 0" in str(built.contents(wheel(tmp_path / "x.whl", GOOD)))


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("MIT", True),
        ("MIT License", True),
        ("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", True),
        ("Apache-2.0 OR BSD-2-Clause", True),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("GNU Affero General Public License v3", False),
        ("UNKNOWN", False),
        ("", False),
    ],
)
def test_licences_are_compared_with_a_list(licence: str, may: bool) -> None:
    assert supply.allowed(licence) is may


def test_a_licence_is_accepted_for_one_package_only() -> None:
    accepted = {"a": ("MPL-2.0", "because")}
    packages = [supply.Package(name, "1", "MPL-2.0") for name in ("a", "b")]
    assert supply.unfit(packages, accepted) == ["b 1: MPL-2.0"]
    # and not when it changes
    changed = [supply.Package("a", "2", "GPL-3.0-only")]
    assert supply.unfit(changed, accepted) == ["a 2: GPL-3.0-only"]


def test_a_bill_of_materials_lists_what_is_installed() -> None:
    bill = {"components": [{"name": "Click", "version": "8"}, {"name": "numpy"}]}
    assert supply.lacking(bill, ("click", "numpy", "undate")) == [
        "undate is not listed",
        "numpy has no version",
    ]


VULNERABLE = """{"dependencies": [
    {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1"}]},
    {"name": "b", "version": "2", "vulns": []}]}"""
SKIPPED = """{"dependencies": [
    {"name": "a", "skip_reason": "not found: a (1)"},
    {"name": "b", "version": "2", "vulns": []}]}"""
CLEAN = """{"dependencies": [{"name": "b", "version": "2", "vulns": []}]}"""


@pytest.mark.parametrize(
    ("answer", "asked", "state"),
    [
        (VULNERABLE, 2, FAILED),
        (SKIPPED, 2, NOT_ASKED),  # which is no pass
        (CLEAN, 2, NOT_ASKED),
        ("no network", 2, NOT_ASKED),
        (CLEAN, 1, OK),
    ],
)
def test_known_faults_fail_and_silence_is_no_pass(
    answer: str, asked: int, state: str
) -> None:
    assert supply.audited("pypi", answer, "could not connect", asked).state == state


def told(known: bool, *, names: int = 1, score: float = 0.95) -> dict:
    symbols = [{"name": "gazetteer.X", "isTypeKnown": known}] * names
    types = {"symbols": symbols, "completenessScore": score}
    return {"typeCompleteness": types, "generalDiagnostics": []}


def test_types_that_are_not_known_fail() -> None:
    assert typed.completeness(told(known=True)).state == OK
    assert "gazetteer.X" in str(typed.completeness(told(known=False)))
    assert typed.completeness(told(known=True, score=0.5)).state == FAILED
    # a package that was not found has no type that is not known
    assert typed.completeness(told(known=True, names=0)).state == FAILED


def test_a_users_program_of_wrong_types_fails(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    good = typed.CLIENT.read_text("utf-8")
    mypy = Path(sys.executable).with_name("mypy")

    def checked(text: str) -> str:
        program.write_text(text, "utf-8")
        done = run(mypy, "--strict", "--config-file", "", program, cwd=tmp_path)
        return typed._checked("x", done, "no fault").state

    assert checked(good) == OK
    assert checked(good.replace("table[0], Label", "table[0], Place")) == FAILED
    assert checked(good.replace("gaz.compare(", "gaz.contrast(")) == FAILED


def test_what_users_may_call_must_not_go() -> None:
    then = ["Label.text: str", "Gazetteer.find(self, text: str) -> list[Mention]"]
    assert api.as_recorded(then, then).state == OK
    more = api.as_recorded([*then, "Label.new: str"], then)
    assert (more.state, more.details) == (OK, ("new: Label.new: str",))
    assert "gone or changed: Label.text: str" in str(api.as_recorded(then[1:], then))
    other = [then[0], "Gazetteer.find(self, text: str, lang: str) -> list[Mention]"]
    assert api.as_recorded(other, then).state == FAILED


def test_a_python_that_is_not_here_is_no_pass(tmp_path: Path) -> None:
    result = interpreters.tried("9.9", tmp_path, tmp_path, tmp_path)
    assert result.state == NOT_ASKED


@pytest.mark.parametrize(
    ("code", "said", "state"),
    [
        (0, "815 passed in 9s", OK),
        (1, "E   assert 1 == 2\nFAILED tests/x.py\n1 failed, 3 passed in 2s", FAILED),
        (0, "no tests ran", FAILED),
        (5, "", FAILED),
    ],
)
def test_tests_that_fail_or_do_not_run_fail(code: int, said: str, state: str) -> None:
    assert interpreters.outcome("Python 3", "it", code, said).state == state


def test_all_states_are_counted() -> None:
    results = [Result("x", state, "y") for state in (OK, OK, FAILED, NOT_ASKED)]
    assert counted(results) == "release check: 2 ok, 1 FAILED, 1 not asked"
