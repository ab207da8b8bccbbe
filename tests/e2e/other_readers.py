"""Open what is exported in programs of others: GDAL, DuckDB, pyarrow.

Each must see every place, each point where it is, and a contested place with its
parties. Exits non-zero at the first thing that is not so.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pyarrow.parquet
import pyogrio

from gazetteer import Gazetteer

FORMATS = {
    "geojson": "places.geojson",
    "lpf": "places.json",
    "lp-tsv": "places.tsv",
    "datapackage": "package",
    "parquet": "parquet",
}


def same(what: str, found: object, wanted: object) -> None:
    print(f"{what}: {found}", flush=True)
    if found != wanted:
        sys.exit(f"{what}: {found!r} where {wanted!r} was wanted")


def main() -> None:
    gaz = Gazetteer.load()
    count = len(gaz)
    points = {
        place.place_id: (place.lon, place.lat) for place in gaz if place.lat is not None
    }
    contested = sum(place.contested for place in gaz)
    with tempfile.TemporaryDirectory(prefix="gazetteer-readers-") as name:
        folder = Path(name)
        for format_, target in FORMATS.items():
            command = ["gazetteer", "export", format_, "-o", str(folder / target)]
            subprocess.run(
                [str(Path(sys.executable).with_name(command[0])), *command[1:]],
                check=True,
                stderr=subprocess.DEVNULL,
            )

        whole = ("place_id", "parties")
        meta, _, shapes, columns = pyogrio.raw.read(
            folder / "places.geojson", columns=whole
        )
        fields = dict(zip(meta["fields"], columns, strict=True))
        same("GDAL, features of GeoJSON", len(shapes), count)
        same("GDAL, reference system", meta["crs"], "EPSG:4326")
        # a point of well-known binary: its two numbers stand at the end
        seen = {
            key: tuple(memoryview(shape[5:21]).cast("d"))
            for key, shape in zip(fields["place_id"], shapes, strict=True)
            if shape is not None
        }
        same("GDAL, points", len(seen), len(points))
        same(
            "GDAL, points that are elsewhere",
            set(seen.items()) - set(points.items()),
            set(),
        )
        parties = sum(each is not None and len(each) > 1 for each in fields["parties"])
        same("GDAL, places with parties", parties, contested)
        info = pyogrio.read_info(folder / "places.json")
        same("GDAL, features of Linked Places", info["features"], count)

        database = duckdb.connect()
        reader = f"read_csv('{folder}/package/places.csv', header = true)"
        (rows,) = database.execute(f"SELECT count(*) FROM {reader}").fetchone() or (0,)  # noqa: S608
        same("DuckDB, rows of the Data Package", rows, count)
        reader = f"read_csv('{folder}/places.tsv', delim = '\t', quote = '')"
        (rows,) = database.execute(f"SELECT count(*) FROM {reader}").fetchone() or (0,)  # noqa: S608
        same("DuckDB, rows of LP-TSV", rows, count)
        reader = f"read_parquet('{folder}/parquet/places.parquet')"
        query = f"SELECT count(dispute) FROM {reader}"  # noqa: S608
        (rows,) = database.execute(query).fetchone() or (0,)
        same("DuckDB, contested places of Parquet", rows, contested)
        table = pyarrow.parquet.read_table(folder / "parquet" / "places.parquet")
        same("pyarrow, rows of Parquet", table.num_rows, count)


if __name__ == "__main__":
    main()
