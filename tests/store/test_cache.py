"""A directory is checked and compiled once, wherever something can be written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gazetteer import DataError, Gazetteer
from gazetteer.errors import DataNotFoundError
from gazetteer.index import directory as directories
from gazetteer.index.directory import hash_of_directory, open_directory
from gazetteer.store import cache
from gazetteer.store.cache import cache_directory
from gazetteer.tables import load_tables
from gazetteer.tables.columns import TABLES

SMALL = Path(__file__).parents[1] / "fixtures" / "small"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GAZETTEER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "tables")
    return tmp_path / "tables"


def stores(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.gaz"))


def test_a_directory_is_compiled_once(
    kept: Path, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_directory(tables)
    (path,) = stores(kept)
    assert first.path == str(path)
    assert first.origin == str(tables)
    assert list(first.all_places()) == list(load_tables(tables).places.values())
    monkeypatch.setattr(directories, "compile_directory", None)  # would fail if called
    assert open_directory(tables).content == first.content
    assert open_directory(str(tables)).path == first.path


def test_a_change_of_a_table_or_of_the_rules_is_another_store(
    kept: Path, tables: Path
) -> None:
    before = hash_of_directory(tables)
    open_directory(tables)
    (tables / "perspectives.toml").write_text("# none", encoding="utf-8")
    assert hash_of_directory(tables) != before
    open_directory(tables)
    assert len(stores(kept)) == 2
    (tables / "notes.txt").write_text("no matter", encoding="utf-8")
    open_directory(tables)
    assert len(stores(kept)) == 2


def test_a_store_that_is_no_good_is_made_again(kept: Path, tables: Path) -> None:
    content = open_directory(tables).content
    (path,) = stores(kept)
    path.write_bytes(path.read_bytes()[:-1])
    assert open_directory(tables).content == content
    path.write_bytes(b"")
    assert open_directory(tables).content == content


def test_of_one_directory_a_few_are_kept(kept: Path, tables: Path) -> None:
    other = kept / "tables-other-1-1.1.gaz"
    kept.mkdir()
    other.write_bytes(b"another's")
    for number in range(7):
        (tables / "perspectives.toml").write_text(f"# {number}", encoding="utf-8")
        store = open_directory(tables)
        for each in stores(kept):  # each a minute older
            os.utime(each, (time.time(), each.stat().st_mtime - 60))
    assert Path(store.path) in stores(kept)
    assert len(stores(kept)) == 4 + 1
    os.utime(other, (0, 0))
    (tables / "perspectives.toml").write_text("# last", encoding="utf-8")
    open_directory(tables)
    assert not other.exists()


def test_a_store_in_use_is_marked_as_used(kept: Path, tables: Path) -> None:
    open_directory(tables)
    (path,) = stores(kept)
    os.utime(path, (0, 0))
    open_directory(tables)
    assert path.stat().st_mtime > 0


def test_where_nothing_can_be_written_it_is_held_in_memory(
    tmp_path: Path, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    for value in ("", str(blocked / "cache")):
        monkeypatch.setenv("GAZETTEER_CACHE", value)
        store = open_directory(tables)
        assert store.path == ""
        assert store.origin == str(tables)
        assert len(list(store.all_places())) == len(load_tables(tables).places)


def test_threads_and_processes_compile_one_after_the_other(
    kept: Path, tables: Path
) -> None:
    code = f"from gazetteer.index.directory import open_directory as o; print(o({str(tables)!r}).content)"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(open_directory(tables).content))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found += [process.communicate()[0].strip() for process in processes]
    assert len(set(found)) == 1
    assert len(found) == 6
    assert len(stores(kept)) == 1
    assert not list(kept.glob("*.part"))


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/gazetteer"),
        ("linux", {"XDG_CACHE_HOME": "x"}, "/home/me/.cache/gazetteer"),
        ("linux", {}, "/home/me/.cache/gazetteer"),
        ("darwin", {"XDG_CACHE_HOME": "/x"}, "/home/me/Library/Caches/gazetteer"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/gazetteer"),
        ("win32", {}, "/home/me/AppData/Local/gazetteer"),
        ("linux", {"GAZETTEER_CACHE": "/mine", "XDG_CACHE_HOME": "/x"}, "/mine"),
        ("linux", {"GAZETTEER_CACHE": ""}, None),
    ],
)
def test_where_the_cache_is(
    platform: str,
    environment: dict[str, str],
    expected: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("GAZETTEER_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(cache.sys, "platform", platform)
    monkeypatch.setattr(Path, "home", classmethod(lambda _: Path("/home/me")))
    assert cache_directory() == (Path(expected) if expected else None)


def test_an_unsound_directory_is_not_kept(kept: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    rows = [TABLES["names"].header, ["nm-0000012", "gz-zzzzzzz", "x", "en", "full", *[""] * 5, "s", ""]]  # fmt: skip
    (rules / "names.csv").write_text(
        "\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8"
    )
    for _ in range(2):
        with pytest.raises(DataError, match="gz-zzzzzzz"):
            Gazetteer.load(rules, SMALL)
    assert all("small" not in path.name for path in stores(kept))
    assert len(stores(kept)) == 1  # that of the tables below
    with pytest.raises(DataNotFoundError):
        Gazetteer.load(tmp_path / "nowhere")
