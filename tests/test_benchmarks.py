"""The benchmarks' own parts: what is asked must be what it is said to be."""

from __future__ import annotations

import importlib
import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"

WORDS = (
    "Upper Meadow", "Grey Harbour", "Stonebridge", "Ashford Hill", "Willowbank",
    "Élan", "Três Fontes", "Kettlewell", "Longwater", "Dry Creek Fork",
)  # fmt: skip


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)

    return load


def noise_of(module):
    corpus, noise = module("corpus"), module("noise")
    names = [corpus.Name(corpus.fold(w), w, [str(n)]) for n, w in enumerate(WORDS)]
    strangers = [corpus.Name("far shore", "Far Shore", ["x"])]
    return noise, noise.Noise(names, strangers), {name.key for name in names}


def test_queries_are_the_same_at_every_run(module) -> None:
    noise, one, _ = noise_of(module)
    _, other, _ = noise_of(module)
    for kind in noise.KINDS:
        assert list(islice(one.queries(kind), 20)) == list(
            islice(other.queries(kind), 20)
        )


def test_edits_are_as_many_as_they_are_called(module) -> None:
    noise, made, _ = noise_of(module)
    for kind, edits in (("1 edit", 1), ("2 edits", 2)):
        for query in islice(made.queries(kind), 50):
            assert noise.distance(query.key, query.target) == edits


def test_a_query_never_names_another_place(module) -> None:
    noise, made, keys = noise_of(module)
    for kind in noise.KINDS:
        for query in islice(made.queries(kind), 50):
            assert query.key not in keys - {query.target}
            assert (query.target == "") == (kind in noise.FALSE_KINDS)


@pytest.mark.parametrize(
    ("a", "b", "edits"),
    [("", "", 0), ("ab", "ba", 1), ("abc", "", 3), ("kitten", "sitting", 3),
     ("ca", "abc", 3), ("aab", "ab", 1)],
)  # fmt: skip
def test_distance_is_that_of_optimal_string_alignment(module, a, b, edits) -> None:
    assert module("noise").distance(a, b) == edits
    assert module("noise").distance(b, a) == edits


def test_files_keep_names_and_queries(module, tmp_path: Path) -> None:
    corpus = module("corpus")
    names = [corpus.Name("elan", "Élan", ["1", "2"]), corpus.Name("b", "B", ["3"])]
    corpus.write_names(tmp_path / "names.tsv", names)
    assert list(corpus.read_names(tmp_path / "names.tsv")) == names
    queries = [corpus.Query("ELAN", "elan", "elan"), corpus.Query("zzz", "zzz", "")]
    corpus.write_queries(tmp_path / "queries.tsv", queries)
    assert corpus.read_queries(tmp_path / "queries.tsv", 1, 5) == queries[1:]


def test_an_answer_is_right_by_name_or_by_place(module) -> None:
    fits = module("contest")._fits
    places = {"a": frozenset({"1"}), "b": frozenset({"1", "2"}), "c": frozenset({"3"})}
    assert fits("a", "a", places)
    assert fits("1", "a", places)
    assert fits("b", "a", places)  # another name of the same place
    assert not fits("c", "a", places)
    assert not fits("a", "", places)


def test_what_was_not_measured_is_not_called_reached(module) -> None:
    targets = module("targets").targets({"contests": []})
    assert targets
    assert {target.reached for target in targets} == {None}
    assert {target.measured for target in targets} == {""}


def test_a_ratio_is_reached_only_if_the_worst_is(module) -> None:
    def entry(title: str, one: float, two: float) -> dict[str, object]:
        speed = {"1 edit, batch": {"cpu": one}, "2 edits, batch": {"cpu": two}}
        speed |= {"1 edit, single": {"cpu": one}, "2 edits, single": {"cpu": two}}
        return {"title": title, "speed": speed}

    entries = [entry("gazetteer", 120.0, 90.0), entry("symspellpy", 10.0, 10.0)]
    contest = {"family": "cities", "size": 100_000, "contenders": entries}
    found = {t.work: t for t in module("targets").targets({"contests": [contest]})}
    batch = found[
        "whole answer, batch vs symspellpy, 100k names: CPU, 1 edit / 2 edits"
    ]
    assert (batch.measured, batch.reached) == ("12x / 9x", False)
    single = found[
        "whole answer, single vs symspellpy, 100k names: CPU, 1 edit / 2 edits"
    ]
    assert single.reached


def test_every_contender_has_its_module_and_its_environment(module) -> None:
    contenders, environments = module("contenders"), module("environments")
    for group in (
        contenders.CITIES,
        contenders.WITH_CITIES,
        contenders.COUNTRIES,
        contenders.COLUMNS,
    ):
        for contender in group:
            path = BENCHMARKS / "contenders" / f"{contender.module}.py"
            text = path.read_text(encoding="utf-8")
            assert contender.environment in environments.REQUIREMENTS
            assert bool(
                re.search(
                    r"^def build\(|^from .* import .*\bbuild\b", text, re.MULTILINE
                )
            ) == (contender.builds)


def test_a_scan_is_reached_only_if_nothing_is_lost(module) -> None:
    def way(seconds: float, digest: str) -> dict[str, object]:
        return {"again": seconds, "second": 2.0, "digest": digest}

    ways = {
        "gazetteer": way(1.0, "a"),
        "pyahocorasick": way(3.0, "a"),
        "flashtext": way(4.0, "b"),
    }
    targets = module("targets").targets
    found = targets({"contests": [], "finding": {"ways": ways}})
    met, other = (target for target in found if "text scan" in target.work)
    assert (met.measured, met.reached) == ("4x / 3x", True)
    assert (other.measured, other.reached) == ("1x / 1x", False)
    ways["pyahocorasick"]["digest"] = "c"
    found = targets({"contests": [], "finding": {"ways": ways}})
    met, _ = (target for target in found if "text scan" in target.work)
    assert (met.measured, met.reached) == ("4x / 3x, other spans", False)
