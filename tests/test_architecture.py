"""The order of the modules, and that sides live in the data alone."""

from __future__ import annotations

import ast
import csv
import re
import subprocess
import sys
import tokenize
import tomllib
from functools import cache
from pathlib import Path

import pytest

from samples import words_that_are_names

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
WORD = re.compile(r"\w+(?:[-'’]\w+)*")


@cache
def names_in_the_data() -> set[str]:
    with (ROOT / "data" / "names.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["name"].casefold()
            for row in csv.DictReader(lines)
            # an adjective is also the name of a language, which the code may speak of
            if row["form"] not in {"abbr", "adj", "demonym"}
        }


@cache
def lengths_by_first_word() -> dict[str, set[int]]:
    lengths: dict[str, set[int]] = {}
    for name in names_in_the_data() - words_that_are_names():
        words = WORD.findall(name)
        if words and " ".join(words) == name:
            lengths.setdefault(words[0], set()).add(len(words))
    return lengths


def test_imports_go_one_way() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_place_name_in_the_code(path: Path) -> None:
    names = names_in_the_data()
    found = []
    with tokenize.open(path) as lines:
        words = [
            (match[0].casefold(), number)
            for number, line in enumerate(lines, start=1)
            for match in WORD.finditer(line)
        ]
    for at, (first, number) in enumerate(words):
        for length in lengths_by_first_word().get(first, ()):
            phrase = " ".join(word for word, _ in words[at : at + length])
            if phrase in names:
                found.append(f"line {number}: {phrase}")
    assert found == []


def test_no_place_name_in_a_rule() -> None:
    names = names_in_the_data()
    rules = tomllib.loads((ROOT / "data" / "perspectives.toml").read_text("utf-8"))

    def texts(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, dict):
            return [text for each in value.values() for text in texts(each)]
        if isinstance(value, list):
            return [text for each in value for text in texts(each)]
        return []

    prose = ("title", "description", "rule_text")
    found = [
        text
        for perspective in rules["perspective"].values()
        for key, value in perspective.items()
        if key not in prose
        for text in texts(value)
        if text.casefold() in names
    ]
    assert found == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_are_renamed_in_one_module_alone(path: Path) -> None:
    if path.name == "writing.py":
        return
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            # of a text it takes two, of a date only keywords
            renames = name == "replace" and len(node.args) == 1 and not node.keywords
            if renames or name in {"mkstemp", "rename", "renames"}:
                found.append(f"line {node.lineno}: {name}")
    assert found == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_public_function_and_class_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "the module"

    def public(body: list[ast.stmt]) -> list[ast.FunctionDef | ast.ClassDef]:
        return [
            node
            for node in body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
        ]

    nodes = public(tree.body)
    nodes += [
        method
        for node in nodes
        if isinstance(node, ast.ClassDef)
        for method in public(node.body)
    ]
    overridden = {"get_command", "list_commands", "invoke"}  # documented in click
    silent = [
        node.name
        for node in nodes
        if not ast.get_docstring(node) and node.name not in overridden
    ]
    assert silent == []
