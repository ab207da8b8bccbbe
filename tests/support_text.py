"""What the tests of text, render and documents share."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from gazetteer.index import Index
from gazetteer.labels import Labeller, load_perspectives
from gazetteer.render import Renderer
from gazetteer.resolve import Resolver
from gazetteer.tables import load_tables

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
SMALL = Path(__file__).parent / "fixtures" / "small"
DATA = ROOT / "data"

# Names of one place on the two sides, and the words that go with them.
SIDES = [
    ("Stepanakert", "Khankendi"),
    ("Stepa\u00adnakert", "Khan\u00adkendi"),
    ("Stepa\u200bnakert", "Khan\u200bkendi"),
    ("Shushi", "Shusha"),
    ("Aghavno", "Zabukh"),
]
WORDS = [
    ("Armenian", "Azerbaijani"),
    ("Yerevan", "Baku"),
    ("Petrosyan", "Mammadova"),
    ("armenian", "azerbaijani"),
]
# The order of a pair is that of the alphabet, whichever name the author wrote.
PAIRS = ["Khankendi/Stepanakert", "Shusha/Shushi", "Aghavno/Zabukh"]


@cache
def renderer(*directories: Path) -> Renderer:
    """Return a renderer over some tables, with the shipped perspectives."""
    tables = load_tables(*directories)
    perspectives = load_perspectives([*directories, DATA])
    resolver = Resolver(tables, Index(tables.places.values()))
    return Renderer(tables, resolver, Labeller(tables, perspectives))


def small() -> Renderer:
    return renderer(SMALL)


def shipped() -> Renderer:
    return renderer(DATA)


def load_cases(name: str) -> list[dict[str, Any]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def mirror(text: str, pairs: list[tuple[str, str]] | None = None) -> str:
    """Return a text with the names of the two sides exchanged."""
    table: dict[str, str] = {}
    for one, other in SIDES + WORDS if pairs is None else pairs:
        for change in (str, str.upper, str.lower):
            table[change(one)] = change(other)
            table[change(other)] = change(one)
    keep = {pair: pair for pair in PAIRS} | {
        each.upper(): each.upper() for each in PAIRS
    }
    table |= keep
    longest = sorted(table, key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest))
    mirrored = re.sub(pattern, lambda match: table[match[0]], text)
    # The article before a name on the other side, where nothing was rendered.
    mirrored = re.sub(r"\b([Aa]) Aghavno", r"\1n Aghavno", mirrored)
    return re.sub(r"\b([Aa])n Zabukh", r"\1 Zabukh", mirrored)


def mirror_case(case: dict[str, Any]) -> dict[str, Any]:
    """Return a case with the two sides exchanged; pairs keep their order."""
    perspective = {"armenian": "azerbaijani", "azerbaijani": "armenian"}
    mirrored = {
        **case,
        "id": f"{case['id']}-mirrored",
        "perspective": perspective.get(case["perspective"], case["perspective"]),
        "text": mirror(case["text"]),
        "accept": [mirror(each) for each in case["accept"]],
    }
    if "side" in case:
        mirrored["side"] = {"am": "az", "az": "am"}[case["side"]]
    return mirrored
