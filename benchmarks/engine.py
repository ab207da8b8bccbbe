"""One engine resolves the column of one CSV file; `engines` starts and watches it.

``python engine.py ENGINE STORE CSV OUTPUT`` prints how long it took to get ready; the
rest of its time is reading, resolving and writing. ``digest`` instead of an engine
prints a hash of the answers of each output named.
"""

from __future__ import annotations

import json
import os
import sys
import time
from hashlib import blake2b
from pathlib import Path

NAME = "name"
WANTED = (
    "place_id",
    "outcome",
    "method",
    "similarity",
    "score",
    "margin",
    "name",
    "candidates",
)
ADDED = tuple(f"gz_{name}" for name in WANTED)
EXECUTORS = "local-cluster[2,1,1536]"  # two executors, each a JVM with one core


def options(store: str) -> dict:
    from gazetteer import Gazetteer

    return {"gazetteer": Gazetteer.load(store), "keep": WANTED}


def ready(since: float) -> None:
    print(json.dumps({"ready": time.perf_counter() - since}), flush=True)


def pandas(store: str, source: str, output: str, since: float) -> None:
    import pandas as pd

    from gazetteer.integrations.frames import resolve_column

    asked = options(store)
    ready(since)
    frame = pd.read_csv(source, keep_default_na=False)
    resolve_column(frame, NAME, **asked).to_parquet(output)


def polars(store: str, source: str, output: str, since: float) -> None:
    import polars as pl

    from gazetteer.integrations.frames import resolve_column

    asked = options(store)
    ready(since)
    resolve_column(pl.read_csv(source), NAME, **asked).write_parquet(output)


def pyarrow(store: str, source: str, output: str, since: float) -> None:
    from pyarrow import csv, parquet

    from gazetteer.integrations.frames import resolve_column

    asked = options(store)
    ready(since)
    # encoded by a dictionary while it is read
    convert = csv.ConvertOptions(auto_dict_encode=True, auto_dict_max_cardinality=10**7)
    table = csv.read_csv(source, convert_options=convert)
    parquet.write_table(resolve_column(table, NAME, **asked), output)


def duckdb(store: str, source: str, output: str, since: float) -> None:
    import duckdb as engine

    from gazetteer.integrations.duckdb import resolve_column

    asked = options(store)
    ready(since)
    with engine.connect() as connection:
        rows = resolve_column(connection.read_csv(source), NAME, **asked)
        rows.write_parquet(output)


def spark(store: str, source: str, output: str, since: float) -> None:
    import pyspark
    from pyspark.sql import SparkSession

    from gazetteer.integrations.spark import resolve_column

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    session = (
        SparkSession.builder.master(EXECUTORS)
        .config("spark.executor.memory", "1g")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    asked = options(store)
    ready(since)
    frame = session.read.csv(source, header=True, schema="row int, name string, n int")
    resolve_column(frame, NAME, **asked).write.mode("overwrite").parquet(output)
    session.stop()


def digest(outputs: list[str]) -> None:
    """Print for each output the number of its rows and a hash of the answers."""
    import pyarrow as pa
    from pyarrow import csv, dataset

    for output in outputs:
        if output.endswith(".csv"):
            texts = csv.ConvertOptions(column_types=dict.fromkeys(ADDED, pa.string()))
            table = csv.read_csv(output, convert_options=texts)
        else:
            table = dataset.dataset(output).to_table()
        table = table.select(["row", *ADDED]).sort_by("row")
        found = blake2b(digest_size=8)
        for batch in table.to_batches(max_chunksize=50_000):
            columns = [batch.column(name).to_pylist() for name in ADDED]
            for row in zip(*columns, strict=True):
                cells = [
                    ""
                    if cell in (None, "")
                    # files have one digit
                    else f"{float(cell):.1f}"
                    if name in ("similarity", "score", "margin")
                    else cell
                    for name, cell in zip(WANTED, row, strict=True)
                ]
                found.update("\t".join(cells).encode())
        print(json.dumps([output, table.num_rows, found.hexdigest()]))


ENGINES = {each.__name__: each for each in (pandas, polars, pyarrow, duckdb, spark)}

if __name__ == "__main__":
    if sys.argv[1] == "digest":
        digest(sys.argv[2:])
    else:
        ENGINES[sys.argv[1]](*sys.argv[2:], time.perf_counter())
