"""A few rows over many places are checked against what they can be about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer import DataError, Gazetteer
from gazetteer.index import Index
from gazetteer.index.compile import compile_places
from gazetteer.index.part import part_about
from gazetteer.store import Store
from gazetteer.store.stack import Stack
from gazetteer.tables.columns import TABLES
from handmade import named, place

if TYPE_CHECKING:
    from pathlib import Path

MANY = 400


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "many.gaz"
    places = [
        place(
            f"gn-{n}",
            named(f"Name {n}", f"gn-{n}", name_id=f"gn-{n}.1", default_sense=True),
            links=[f"geonames:{n}"],
            replaced_by="gn-1" if n == 7 else "",
        )
        for n in range(MANY)
    ]
    compile_places(places, path, version="many")
    return path


def rules(folder: Path, **tables: str) -> Path:
    folder.mkdir(exist_ok=True)
    sources = "house,House rules,,,,,house"
    for name, row in {"sources": sources, **tables}.items():
        text = ",".join(TABLES[name].header) + "\n" + row + "\n"
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_only_what_the_rows_are_about_is_read(tmp_path: Path, many: Path) -> None:
    folder = rules(
        tmp_path / "rules",
        names="nm-0000012,gn-3,NAME 5,en,full,,,,,,house,",
        usages="gn-4.1,un,used,,house,",
        relations="gn-7,part_of,gn-9,un,,house,",
        links="gn-3,geonames,11,close,,,house",
    )
    part = part_about(folder, Index(Stack([Store.open(many)])))
    numbers = {int(key.removeprefix("gn-")) for key in part.places}
    assert numbers == {3, 5, 4, 7, 1, 9, 11}
    (folder / "links.csv").write_bytes(b"\xff")
    assert len(part_about(folder, Index(Stack([Store.open(many)]))).places) == 6


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("nm-0000012,gn-999,New name,en,full,,,,,,house,", "unknown-id"),
        ("nm-0000012,gn-3,Name 5,en,full,,,,yes,,house,", "two-default-senses"),
        ("nm-0000012,gn-3,Name 3,en,full,,,,,,house,", "duplicate-name"),
    ],
)
def test_faults_are_found_as_against_all_places(
    tmp_path: Path, many: Path, row: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAZETTEER_CACHE", "")
    folder = rules(tmp_path / "rules", names=row)
    found = []
    for few in (MANY + 1, MANY - 1):
        monkeypatch.setattr("gazetteer.gazetteer._FEW_PLACES", few)
        with pytest.raises(DataError) as caught:
            Gazetteer.load(folder, many)
        found.append({problem.code for problem in caught.value.problems})
    assert found == [{code}, {code}]


def test_sound_rules_are_added(tmp_path: Path, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr("gazetteer.gazetteer._FEW_PLACES", 10)
    folder = rules(tmp_path / "rules", names="nm-0000012,gn-3,Our name,en,full,,,,,,house,")  # fmt: skip
    gazetteer = Gazetteer.load(folder, many)
    assert gazetteer.resolve("our name").require().place_id == "gn-3"
    assert [row.name for row in gazetteer["geonames:3"].toponyms] == ["Name 3", "Our name"]  # fmt: skip
    assert gazetteer["gn-7"].place_id == "gn-1"
    assert len(gazetteer) == MANY
