from __future__ import annotations

import pytest

from engine_rows import small_gazetteer


@pytest.fixture(scope="session")
def gaz(tmp_path_factory):
    return small_gazetteer(tmp_path_factory.mktemp("engines") / "tables")


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    """A session in this process; `make e2e` has one of two executors."""
    pyspark = pytest.importorskip("pyspark", reason="the extra 'spark'")
    import os
    import sys

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYSPARK_PYTHON", sys.executable)
        patched.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        session = (
            pyspark.sql.SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", 4)
            .config("spark.local.dir", os.fspath(tmp_path_factory.mktemp("spark")))
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()
