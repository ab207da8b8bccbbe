"""What travels to an executor, tried without Spark."""

from __future__ import annotations

import os
import shutil
import sys
import types
from pathlib import Path

import pytest

from engine_rows import SMALL, small_gazetteer
from gazetteer import Gazetteer, StoreError
from gazetteer.ids import mint_id
from gazetteer.index.directory import compile_directory
from gazetteer.integrations import shipping


class Application:
    """As much of a SparkContext as shipping needs."""

    def __init__(self, name: str) -> None:
        self.applicationId = name
        self.files: list[Path] = []

    def addFile(self, path: str) -> None:  # noqa: N802 - as Spark calls it
        self.files.append(Path(path))


@pytest.fixture
def application(request):
    return Application(request.node.name)


@pytest.fixture
def executor(monkeypatch, tmp_path):
    """A folder where Spark would put the files that were added."""
    folder = tmp_path / "executor"
    folder.mkdir()
    files = types.SimpleNamespace(get=lambda name: os.fspath(folder / name))
    fake = types.ModuleType("pyspark")
    fake.SparkFiles = files
    monkeypatch.setitem(sys.modules, "pyspark", fake)
    monkeypatch.setattr(shipping, "_OPENED", {})
    return folder


def arrive(application: Application, executor: Path) -> None:
    for path in application.files:
        shutil.copy(path, executor)


def store(path: Path) -> Path:
    compile_directory(SMALL, path)
    return path


def test_a_store_is_added_once_to_an_application(tmp_path, application) -> None:
    gaz = Gazetteer.load(store(tmp_path / "x.gaz"))
    first = shipping.ship(application, gaz)
    again = shipping.ship(application, Gazetteer.load(tmp_path / "x.gaz"))
    assert first == again
    assert len(application.files) == 1
    assert application.files[0].samefile(tmp_path / "x.gaz")  # and not copied
    other = Application(application.applicationId + " other")
    shipping.ship(other, gaz)
    assert len(other.files) == 1


def test_what_arrives_answers_as_what_was_sent(tmp_path, application, executor) -> None:
    gaz = small_gazetteer(tmp_path / "tables")
    contents = shipping.ship(application, gaz)
    arrive(application, executor)
    there = shipping.opened(contents)
    assert there is shipping.opened(contents)
    assert there.resolve("Shushi") == gaz.resolve("Shushi")
    assert there.label("gz-000005a", "parties") == gaz.label("gz-000005a", "parties")


def test_stores_of_a_stack_keep_their_order(tmp_path, application, executor) -> None:
    over = tmp_path / "over"
    over.mkdir()
    header = (SMALL / "names.csv").read_text("utf-8").splitlines()[0]
    row = f"{mint_id('nm')},gz-0000036,Quxcity,en,full,,,,,,made-for-tests,"
    (over / "names.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    gaz = Gazetteer.load(over, store(tmp_path / "x.gaz"))
    contents = shipping.ship(application, gaz)
    arrive(application, executor)
    assert len(contents) == 2
    there = shipping.opened(contents)
    assert there.resolve("Quxcity").match.place_id == "gz-0000036"
    assert there.version == gaz.version


def test_a_store_that_was_built_anew_meanwhile_is_sent_as_it_was_opened(
    tmp_path, application, executor
) -> None:
    path = store(tmp_path / "x.gaz")
    gaz = Gazetteer.load(path)
    before = path.read_bytes()
    small_gazetteer(tmp_path / "tables")
    compile_directory(tmp_path / "tables", tmp_path / "new.gaz")
    (tmp_path / "new.gaz").replace(path)
    after = path.read_bytes()
    shipping.ship(application, gaz)
    assert application.files[0].read_bytes() == before
    assert path.read_bytes() == after


def test_a_store_that_was_removed_meanwhile_is_sent(tmp_path, application) -> None:
    path = store(tmp_path / "x.gaz")
    gaz = Gazetteer.load(path)
    before = path.read_bytes()
    path.unlink()
    shipping.ship(application, gaz)
    assert application.files[0].read_bytes() == before


def test_tables_in_memory_are_sent(
    tmp_path, application, executor, monkeypatch
) -> None:
    monkeypatch.setenv("GAZETTEER_CACHE", "")
    gaz = Gazetteer.load(SMALL)
    contents = shipping.ship(application, gaz)
    arrive(application, executor)
    assert shipping.opened(contents).resolve("Shushi") == gaz.resolve("Shushi")


def test_another_store_than_was_sent_is_refused(
    tmp_path, application, executor
) -> None:
    gaz = Gazetteer.load(store(tmp_path / "x.gaz"))
    (content,) = shipping.ship(application, gaz)
    small_gazetteer(tmp_path / "tables")
    name = application.files[0].name
    compile_directory(tmp_path / "tables", executor / name)
    with pytest.raises(StoreError, match="was sent"):
        shipping.opened((content,))
