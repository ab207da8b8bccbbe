"""The demonstration runs, shows what it promises, and treats the sides alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from gazetteer import Gazetteer
from gazetteer.cli import main

FOLDER = Path(__file__).parents[1] / "examples" / "demo"
COMMANDS = [
    line[2:]
    for line in (FOLDER / "demo.txt").read_text("utf-8").splitlines()
    if line.startswith("$ ")
]
SIDES = ("armenian", "azerbaijani")
NAMES = {
    "armenian": ["Stepanakert", "Ստեփանակերտ", "Stepanakrt", "Shushi", "Martuni"],
    "azerbaijani": [
        "Xankəndi", "Ханкенди", "Khankandi", "Khankendi", "Shusha", "Khojavend",
    ],
}  # fmt: skip
OF_NO_SIDE = ["Karabakh"]


@pytest.fixture(scope="module")
def shown() -> str:
    done = CliRunner().invoke(main, ["demo"])
    assert done.exit_code == 0, done.output
    return done.output


def test_every_command_is_shown_and_followed_by_its_answer(shown: str) -> None:
    assert re.findall(r"^\$ (.*)", shown, re.MULTILINE) == COMMANDS
    for command in COMMANDS:
        after = shown.split(f"$ {command}\n", 1)[1]
        assert after.split("\n", 1)[0].strip(), command
    assert "Traceback" not in shown
    assert "gazetteer:" not in shown


@pytest.mark.parametrize(
    "part", ["ambiguous", "matched", "perspective", "changed", "left", "sources:"]
)
def test_it_shows_what_a_newcomer_asks(shown: str, part: str) -> None:
    assert part in shown


def test_it_stands_where_it_stood(shown: str) -> None:
    before = Path.cwd()
    CliRunner().invoke(main, ["demo"])
    assert Path.cwd() == before


def test_the_perspectives_of_both_sides_are_shown_as_often() -> None:
    script = " ".join(COMMANDS)
    counts = {side: script.count(side) for side in SIDES}
    assert len(set(counts.values())) == 1, counts


@pytest.mark.parametrize("file", ["demo.txt", "text.txt"])
def test_the_names_of_both_sides_are_as_many(file: str) -> None:
    words = re.findall(r"\w+", (FOLDER / file).read_text("utf-8"))
    counts = {side: sum(map(words.count, names)) for side, names in NAMES.items()}
    assert len(set(counts.values())) == 1, counts
    # a name that was added to the text has to be put on a list
    gaz = Gazetteer.load()
    listed = {*NAMES["armenian"], *NAMES["azerbaijani"], *OF_NO_SIDE}
    contested = {
        word
        for word in words
        if any(
            each.place.contested and each.score >= 90
            for each in gaz.resolve(word).candidates
        )
    }
    assert contested - listed == set()
