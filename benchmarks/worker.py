"""Run one contender: a line of JSON says what to do, a line of JSON answers.

Started as ``python worker.py MODULE`` in the environment of the contender. A contender
is a module with these functions, of which only the ones it needs:

- ``build(names, folder)``: what is done once; what it keeps it writes to the folder,
  and where another process did the work it returns the CPU seconds of that one;
- ``load(folder)``: what is done at every start; its value is handed to all below;
- ``one(opened, query)``: the best answer to one query, or None;
- ``many(opened, queries)``: the best answers to many at once;
- ``column(opened, array)``: the same, of an Arrow array with a dictionary;
- ``top(opened, queries, limit)``: for each query the best answers, the first first;
- ``decisions(opened, queries)``: for each query the answer that a user may take unseen,
  or None, then the best answer and its score;
- ``other(opened)``: ids of other processes that do its work.

An answer is the key of a name or the id of a place. What is timed is one call of `one`
for each query, or one call of the others, and nothing around it.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from corpus import read_names, read_queries
from procfs import cpu_of, size_of


class Worker:
    def __init__(self, module: str) -> None:
        self._module = importlib.import_module(f"contenders.{module}")
        self._opened: Any = None

    def build(self, names: str, most: int, folder: str) -> dict[str, Any]:
        rows = list(read_names(Path(names), most))
        before = size_of("VmRSS")
        target = Path(folder)
        shutil.rmtree(target, ignore_errors=True)  # of a run before
        target.mkdir(parents=True)
        cpu, wall, elsewhere = self._timed(lambda: self._module.build(rows, target))
        size = sum(f.stat().st_size for f in target.rglob("*") if f.is_file())
        peak = max(0, size_of("VmHWM") - before)
        return {"cpu": cpu + (elsewhere or 0), "wall": wall, "peak": peak, "disk": size}

    def open(self, folder: str) -> dict[str, Any]:
        def work() -> None:
            self._opened = self._module.load(Path(folder))

        cpu, wall, _ = self._timed(work)
        return {"cpu": cpu, "wall": wall}

    def rss(self) -> dict[str, Any]:
        others = self._others()
        return {"rss": size_of("VmRSS") + sum(size_of("VmRSS", p) for p in others)}

    def run(
        self, mode: str, queries: str, written: bool, start: int, count: int
    ) -> dict[str, Any]:
        texts = _texts(queries, written, start, count)
        opened, module = self._opened, self._module
        if mode == "single":
            one = module.one

            def work() -> Any:
                return [one(opened, text) for text in texts]
        elif mode == "batch":

            def work() -> Any:
                return module.many(opened, texts)
        else:
            import pyarrow as pa

            column = pa.array(texts).dictionary_encode()

            def work() -> Any:
                return module.column(opened, column)

        cpu, wall, _ = self._timed(work)
        return {"cpu": cpu, "wall": wall, "count": len(texts)}

    def top(
        self, queries: str, written: bool, start: int, count: int, limit: int
    ) -> dict[str, Any]:
        texts = _texts(queries, written, start, count)
        answers = self._module.top(self._opened, texts, limit)
        return {"answers": answers}

    def decisions(
        self, queries: str, written: bool, start: int, count: int
    ) -> dict[str, Any]:
        texts = _texts(queries, written, start, count)
        return {"answers": self._module.decisions(self._opened, texts)}

    # ------------------------------------------------------------------ measures

    def _timed(self, work: Any) -> tuple[float, float, Any]:
        cpu, wall = self._cpu(), time.perf_counter()
        result = work()
        wall = time.perf_counter() - wall
        return self._cpu() - cpu, wall, result

    def _others(self) -> list[int]:
        other = getattr(self._module, "other", None)
        return other(self._opened) if other else []

    def _cpu(self) -> float:
        """Return seconds of user and system time, of all threads and processes."""
        return time.process_time() + sum(map(cpu_of, self._others()))


def _texts(queries: str, written: bool, start: int, count: int) -> list[str]:
    rows = read_queries(Path(queries), start, count)
    return [row.written if written else row.key for row in rows]


def main() -> None:
    # what a library prints must not get between the answers
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    worker = None
    for line in sys.stdin:
        command = json.loads(line)
        try:
            worker = worker or Worker(sys.argv[1])
            result = getattr(worker, command.pop("do"))(**command)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is reported
            result = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(result), file=answers, flush=True)


if __name__ == "__main__":
    main()
