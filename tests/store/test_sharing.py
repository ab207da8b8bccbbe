"""One gazetteer is shared by threads and processes, and sent by its paths."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import threading
from pathlib import Path

import pytest

from gazetteer import Gazetteer, StoreError
from gazetteer.index.directory import compile_directory
from gazetteer.tables import load_tables

SMALL = Path(__file__).parents[1] / "fixtures" / "small"
QUERIES = [
    "Khankendi",
    "Khankendy",
    "Stepanakrt",
    "Karabakh",
    "Шуша",
    "gz-000005a",
] * 20


@pytest.fixture
def path(tmp_path: Path) -> Path:
    compile_directory(SMALL, tmp_path / "x.gaz")
    return tmp_path / "x.gaz"


def answers(gazetteer: Gazetteer) -> list[tuple[str, str | None]]:
    found = gazetteer.resolve_many(QUERIES)
    return list(zip(found.outcome, found.place_id, strict=True))


def test_a_store_is_loaded_like_a_directory(path: Path) -> None:
    stored, read = Gazetteer.load(path), Gazetteer.load(SMALL)
    assert answers(stored) == answers(read) == answers(Gazetteer(load_tables(SMALL)))
    assert list(stored) == list(read)
    assert (stored.version, len(stored)) == (read.version, len(read))
    assert stored.tables.directories == (str(path),)
    assert list(stored.perspectives) == list(read.perspectives)


def test_threads_get_the_same_answers(path: Path) -> None:
    expected = answers(Gazetteer.load(path))
    gazetteer = Gazetteer.load(path)
    found: list[object] = []
    start = threading.Barrier(8)

    def ask() -> None:
        start.wait()
        found.append(answers(gazetteer))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_goes_on_asking(path: Path) -> None:
    gazetteer = Gazetteer.load(path)
    expected = answers(gazetteer)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=lambda: theirs.send(answers(gazetteer)))
    process.start()
    assert ours.recv() == expected
    process.join()
    assert process.exitcode == 0
    assert answers(gazetteer) == expected


def test_a_pickle_is_paths_and_hashes(path: Path) -> None:
    gazetteer = Gazetteer.load(path)
    sent = pickle.dumps(gazetteer)
    assert len(sent) < 500
    assert answers(pickle.loads(sent)) == answers(gazetteer)
    both = pickle.dumps(Gazetteer.load(SMALL, path))
    assert len(both) < 700
    assert len(pickle.loads(both)) == len(Gazetteer.load(path))


def test_other_data_on_the_other_side_are_an_error(path: Path, tmp_path: Path) -> None:
    sent = pickle.dumps(Gazetteer.load(path))
    shutil.copytree(SMALL, tmp_path / "other")
    (tmp_path / "other" / "phrases.csv").unlink()
    compile_directory(tmp_path / "other", path)
    with pytest.raises(StoreError, match="both sides need the same data") as caught:
        pickle.loads(sent)
    assert caught.value.path == str(path)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        pickle.loads(sent)


def test_what_is_in_no_file_is_sent_whole() -> None:
    gazetteer = Gazetteer(load_tables(SMALL))
    assert answers(pickle.loads(pickle.dumps(gazetteer))) == answers(gazetteer)
