"""Resolve a column on a real Spark cluster: one master, two executors, on loopback.

Run by ``make e2e``. Starts the cluster, compares its answers with those of pandas, and
says how often the store travelled and was opened. Exits non-zero at the first thing
that is not so; whatever it started it stops.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

import pandas as pd
import pyspark

from engine_rows import (
    COLUMNS,
    KEEP,
    PERSPECTIVE,
    Row,
    rows,
    small_gazetteer,
    tidy,
)
from gazetteer.integrations import frames, spark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

EXECUTORS = 2
ROWS = 6_000
SCHEMA = "row int, name string, land string, kind string, year int, north double, east double"
HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def started(log: Path, *command: str | int, **variables: str) -> Iterator[None]:
    """Run a program of Spark until the block ends."""
    home = Path(pyspark.__file__).parent
    with log.open("wb") as output:
        process = subprocess.Popen(
            [home / "bin" / "spark-class", *map(str, command)],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=os.environ
            | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST}
            | variables,
        )
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Start a master and the workers; yield the address of the master."""
    address = f"spark://{HOST}:{(port := free_port())}"
    deploy = "org.apache.spark.deploy"
    with ExitStack() as stack:
        master = ("--host", HOST, "--port", port, "--webui-port", free_port())
        log = folder / "master.log"
        stack.enter_context(started(log, f"{deploy}.master.Master", *master))
        wait_for("the master", log, lambda: can_connect(port))
        for number in range(EXECUTORS):
            work = folder / f"worker-{number}"
            worker = ("--host", HOST, "--cores", 1, "--memory", "1g")
            ports = ("--webui-port", free_port(), "--work-dir", work)
            log = folder / f"{work.name}.log"
            stack.enter_context(
                started(log, f"{deploy}.worker.Worker", *worker, *ports, address)
            )
        yield address


def can_connect(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), 1):
            return True
    except OSError:
        return False


def wait_for(what: str, log: Path, ready: object) -> None:
    deadline = time.monotonic() + 120
    while not ready():
        if time.monotonic() > deadline:
            sys.exit(f"{what} did not start; its log:\n{log.read_text('utf-8')}")
        time.sleep(0.2)


@contextmanager
def session(address: str, folder: Path) -> Iterator[SparkSession]:
    """Start an application and wait until it has its executors."""
    # the workers' python is taken from PATH otherwise
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = HOST
    opened = (
        pyspark.sql.SparkSession.builder.master(address)
        .appName("gazetteer e2e")
        .config("spark.driver.host", HOST)
        .config("spark.driver.bindAddress", HOST)
        .config("spark.executor.cores", 1)
        .config("spark.executor.memory", "512m")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 500)
        .getOrCreate()
    )
    try:
        opened.sparkContext.setLogLevel("ERROR")
        # one more than the executors, since the driver counts
        status = opened.sparkContext._jsc.sc().getExecutorMemoryStatus
        log = folder / "master.log"
        wait_for("the executors", log, lambda: status().size() > EXECUTORS)
        yield opened
    finally:
        opened.stop()


def probe(batches: Iterator[object]) -> Iterator[object]:
    """Say, on a worker, which files it has, who it is and what it has opened."""
    import pyarrow as pa
    from pyspark import SparkFiles

    from gazetteer.integrations import shipping

    for _ in batches:
        root = os.path.realpath(SparkFiles.getRootDirectory())
        stores = sorted(path.name for path in Path(root).glob("*.gaz"))
        time.sleep(0.2)  # so that no worker does all the tasks
        yield pa.RecordBatch.from_pydict(
            {
                "root": [root],
                "stores": [",".join(stores)],
                "process": [str(os.getpid())],
                "opened": [str(len(shipping._OPENED))],
            }
        )


def compare(name: str, found: list[tuple], wanted: list[tuple]) -> None:
    if found != wanted:
        differ = [(a, b) for a, b in zip(found, wanted, strict=True) if a != b]
        sys.exit(f"{name}: {len(differ)} of {len(wanted)} rows differ, as {differ[0]}")
    print(f"{name}: {len(found):,} rows, as in pandas", flush=True)


def main() -> None:
    asked = rows(ROWS)
    added = [f"gz_{name}" for name in KEEP]
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="gazetteer-e2e-"))
        )
        gazetteer = small_gazetteer(folder / "tables")
        options = {
            **COLUMNS,
            "gazetteer": gazetteer,
            "perspective": PERSPECTIVE,
            "keep": KEEP,
        }
        answered = frames.resolve_column(
            pd.DataFrame(asked, columns=Row._fields), "name", **options
        )
        wanted = [tidy(row) for row in answered[added].itertuples(index=False)]
        address = stack.enter_context(cluster(folder))
        running = stack.enter_context(session(address, folder))
        print(f"Spark {running.version}: {address}, {EXECUTORS} executors", flush=True)
        frame = running.createDataFrame(asked, SCHEMA).repartition(4).cache()
        for broadcast in (True, False):
            result = spark.resolve_column(frame, "name", broadcast=broadcast, **options)
            found = [
                tidy(tuple(row))
                for row in result.orderBy("row").select(*added).collect()
            ]
            how = "broadcast join" if broadcast else "join by exchange"
            compare(how, found, wanted)
        numbers = running.range(0, 64, numPartitions=16)
        seen = numbers.mapInArrow(
            probe, "root string, stores string, process string, opened string"
        ).collect()
        roots = {row["root"] for row in seen}
        stores = {row["stores"] for row in seen}
        opened = {row["opened"] for row in seen}
        processes = {row["process"] for row in seen}
        if len(roots) != EXECUTORS or len(stores) != 1 or opened != {"1"}:
            sys.exit(f"executors' folders {roots}, stores {stores}, opened {opened}")
        print(
            f"{len(roots)} executors have one copy of the store each; "
            f"{len(processes)} worker processes opened it once in "
            f"{len(seen)} tasks and all those before"
        )


if __name__ == "__main__":
    main()
