"""A store appears whole or not at all, whenever its writing ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gazetteer.index.compile import compile_places
from gazetteer.store import Store
from gazetteer.store.verify import verify_store
from handmade import place

BUILD = """
import sys
from gazetteer.index.compile import compile_places
sys.path.insert(0, {tests!r})
from handmade import place
print("ready", flush=True)
compile_places((place(f"p{{n}}", f"name {{n}}") for n in range(30_000)), {path!r}, version="new")
"""


def running(path: Path) -> subprocess.Popen[str]:
    tests = str(Path(__file__).parents[1])
    code = BUILD.format(tests=tests, path=str(path))
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
@pytest.mark.parametrize("old", [True, False])
def test_killed_at_any_moment_it_leaves_the_old_one_or_none(
    tmp_path: Path, old: bool
) -> None:
    path = tmp_path / "x.gaz"
    for wait in (0.0, 0.05, 0.2, 0.4, 0.7):
        path.unlink(missing_ok=True)
        if old:
            compile_places([place("old", "old name")], path, version="old")
        with running(path) as build:
            assert build.stdout is not None
            assert build.stdout.readline() == "ready\n"
            time.sleep(wait)
            build.send_signal(signal.SIGKILL)
        if path.exists():
            assert Store.open(path).version in {"old", "new"}
            assert verify_store(path) == []
        else:
            assert not old


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "x.gaz"

    def places():
        yield place("a")
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError):
        compile_places(places(), path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(OSError, match="there is no directory"):
        compile_places([], tmp_path / "nowhere" / "x.gaz")


@pytest.mark.skipif(os.name == "nt", reason="modes are another matter there")
def test_the_mode_is_what_the_mask_allows_or_what_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.gaz"
    mask = os.umask(0o027)
    try:
        compile_places([], path)
        assert path.stat().st_mode & 0o777 == 0o640
        path.chmod(0o604)
        compile_places([], path)
        assert path.stat().st_mode & 0o777 == 0o604
    finally:
        os.umask(mask)


def test_who_reads_the_old_store_goes_on_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "x.gaz"
    compile_places([place("old")], path)
    store = Store.open(path)
    compile_places([place("new")], path)
    assert [each.place_id for each in store.all_places()] == ["old"]
    assert [each.place_id for each in Store.open(path).all_places()] == ["new"]
