"""The one object that users hold."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gazetteer import (
    Context,
    DataError,
    DataNotFoundError,
    Gazetteer,
    LanguageTagError,
    Policy,
    PolicyError,
    QueryTypeError,
    UnknownPerspectiveError,
    UnknownPlaceError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[1]
HOUSE_STYLE = ROOT / "examples" / "house-style"


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return Gazetteer.load()


def test_places_by_id_link_and_membership(gaz: Gazetteer) -> None:
    town = gaz.resolve("Khankendi").require()
    assert gaz[town.place_id] == town
    assert gaz["geonames:146970"] == town
    assert town.place_id in gaz
    assert len(list(gaz)) == len(gaz) > 200
    assert gaz.version in repr(gaz)


def test_an_unknown_id_lists_close_ones(gaz: Gazetteer) -> None:
    town = gaz.resolve("Khankendi").require()
    mistyped = town.place_id[:-1] + ("0" if town.place_id[-1] != "0" else "1")
    with pytest.raises(UnknownPlaceError, match=town.place_id) as caught:
        _ = gaz[mistyped]
    assert town.place_id in caught.value.close
    with pytest.raises(UnknownPlaceError):
        gaz.label("nonsense", "neutral")


def test_a_label_by_place_or_by_id(gaz: Gazetteer) -> None:
    town = gaz.resolve("Shushi").require()
    assert gaz.label(town, "neutral") == gaz.label(town.place_id, "neutral")
    with pytest.raises(UnknownPerspectiveError, match="neutral"):
        gaz.label(town, "nobody's")


def test_compare_has_every_perspective(gaz: Gazetteer) -> None:
    town = gaz.resolve("Shusha").require()
    assert [label.perspective for label in gaz.compare(town)] == list(gaz.perspectives)


@pytest.mark.parametrize("langs", [[], (), iter(())])
def test_no_language_is_no_comparison(gaz: Gazetteer, langs: Iterable[str]) -> None:
    town = gaz.resolve("Shusha").require()
    with pytest.raises(LanguageTagError, match="no language is asked for; lang='en'"):
        gaz.compare(town, lang=langs)


def test_house_rules_add_to_shipped_places() -> None:
    both = Gazetteer.load(HOUSE_STYLE, "default")
    region = both.resolve("N. Karabakh").require()
    assert region == both.resolve("Nagorno-Karabakh").require()
    assert both.label(region, "our-desk").text == "Nagorno Karabakh"
    assert both.label(region, "neutral").text == "Nagorno-Karabakh"
    assert len(both) == len(Gazetteer.load())


def test_house_rules_alone_have_nothing_to_stand_on() -> None:
    with pytest.raises(DataError, match="gz-y9g2m7k"):
        Gazetteer.load(HOUSE_STYLE)


def test_a_faulty_directory_lists_every_fault(tmp_path: Path) -> None:
    shutil.copytree(HOUSE_STYLE, tmp_path, dirs_exist_ok=True)
    names = tmp_path / "names.csv"
    names.write_text(
        names.read_text("utf-8").replace(",en,", ",eng_x,").replace("gz-y9", "gz-y8"),
        encoding="utf-8",
    )
    with pytest.raises(DataError) as caught:
        Gazetteer.load(tmp_path, "default")
    assert {problem.code for problem in caught.value.problems} >= {"bad-lang"}
    assert len(caught.value.problems) >= 2
    assert all(problem.line == 2 for problem in caught.value.problems)


def test_a_source_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataNotFoundError, match="no such file or directory"):
        Gazetteer.load(tmp_path / "nowhere.gaz")
    with pytest.raises(DataNotFoundError, match="neither a file nor a directory"):
        Gazetteer.load(os.devnull)


@pytest.mark.parametrize(
    ("accept", "review", "margin"),
    [(50, 60, 5), (101, 70, 5), (90, -1, 5), (90, 70, -1)],
)
def test_a_policy_out_of_order_is_an_error(
    gaz: Gazetteer, accept: float, review: float, margin: float
) -> None:
    policy = Policy(accept, review, margin)
    with pytest.raises(PolicyError, match="must hold"):
        gaz.resolve("Shushi", policy=policy)
    with pytest.raises(PolicyError):
        gaz.resolve_many(["Shushi"], policy=policy)


def test_what_is_no_text_is_a_type_error_that_shows_it(gaz: Gazetteer) -> None:
    with pytest.raises(QueryTypeError, match="None is not a text"):
        gaz.resolve(None)
    with pytest.raises(QueryTypeError, match="5 is not an id"):
        _ = gaz[5]
    with pytest.raises(QueryTypeError, match="'Shusha' is not a column"):
        gaz.resolve_many("Shusha")


@pytest.mark.parametrize("odd", [None, float("nan"), 5, b"Shusha"])
@pytest.mark.parametrize("others", [0, 2, 5_000])
def test_what_is_no_text_in_a_column_is_named_with_its_place(
    gaz: Gazetteer, odd: object, others: int
) -> None:
    column = [f"Shusha {number}" for number in range(others)]
    with pytest.raises(QueryTypeError, match=rf"queries\[{others}\]"):
        gaz.resolve_many([*column, odd, *column])


def test_contexts_may_come_one_by_one(gaz: Gazetteer) -> None:
    town = Context(country="Armenia", type="town")
    names = ["Martuni"] * 2
    found = gaz.resolve_many(iter(names), contexts=iter([None, town]))
    assert found == gaz.resolve_many(names, contexts=[None, town])
    assert found != gaz.resolve_many(names, contexts=town)


def test_a_context_is_a_context(gaz: Gazetteer) -> None:
    told: Any = {"country": "Armenia"}
    words = r"is not a Context; Context\(country="
    with pytest.raises(TypeError, match=words):
        gaz.resolve("Martuni", context=told)
    with pytest.raises(TypeError, match=words):
        gaz.resolve_many(["Martuni"], contexts=[told])


def test_threads_may_share_one() -> None:
    shared = Gazetteer.load()
    names = ["Khankendi", "Stepanakert", "Шуши", "Şuşa", "Kyiv", "Mechelen"] * 20
    alone = [answer.outcome for answer in Gazetteer.load().resolve_many(names)]
    results: list[list[str]] = []

    def work() -> None:
        results.append([shared.resolve(name).outcome for name in names])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [alone] * 8
