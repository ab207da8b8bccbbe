"""The reconciliation service under load, beside csv-reconcile on the same names.

``python benchmarks/server.py`` serves the shipped data with each, one process each, and
lets wrk (which must be installed) post batches of ten queries over the loopback: names
as they stand in the data, a fifth of them with two letters swapped. It prints queries a
second and the time of a batch. Both answer the same batches; that they do not do the
same work is said beside them: csv-reconcile scores every row of a table by Dice's
coefficient and has no context and no labels.
"""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from corpus import SEED
from environments import python_of

from gazetteer import Gazetteer

BATCHES, QUERIES = 50, 10
SECONDS, CONNECTIONS = 10, 8


def names_of(gaz: Gazetteer) -> list[tuple[str, str]]:
    """Return every full name with its place, once."""
    return sorted(
        {
            (row.name, str(place.place_id))
            for place in gaz
            for row in place.toponyms
            if row.form == "full"
        }
    )


def script_of(names: list[tuple[str, str]], path: str) -> str:
    """Return what wrk posts, in turn."""
    rng = random.Random(SEED)
    bodies = []
    for _ in range(BATCHES):
        batch = {}
        for number in range(QUERIES):
            name = rng.choice(names)[0]
            if number % 5 == 0 and len(name) > 6:
                name = name[:3] + name[4] + name[3] + name[5:]
            batch[f"q{number}"] = {"query": name}
        queries = json.dumps(batch, ensure_ascii=False)
        bodies.append(urllib.parse.urlencode({"queries": queries}))
    listed = ",\n".join(json.dumps(body) for body in bodies)
    return (
        f"local bodies = {{{listed}}}\nlocal at = 0\n"
        'local headers = {["content-type"] = "application/x-www-form-urlencoded"}\n'
        "request = function()\n  at = at % #bodies + 1\n"
        f'  return wrk.format("POST", "{path}", headers, bodies[at])\nend\n'
    )


def wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"nothing listens at {port}")


def load(name: str, command: list[str], port: int, path: str, folder: Path) -> None:
    """Start a service, load it, and print what wrk says."""
    script = folder / f"{name}.lua"
    gaz = Gazetteer.load()
    script.write_text(script_of(names_of(gaz), path), encoding="utf-8")
    with (folder / f"{name}.log").open("wb") as log:
        serving = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        wait(port)
        address = f"http://127.0.0.1:{port}{path}"
        wrk = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "--latency", "-s", str(script)]
        warm = [*wrk, "-d", "2s", address]
        subprocess.run(warm, check=True, capture_output=True)
        done = subprocess.run(
            [*wrk, "-d", f"{SECONDS}s", address],
            check=True,
            capture_output=True,
            text=True,
        )
    finally:
        serving.terminate()
        serving.wait(20)
    said = {
        line.split()[0]: line.split()[1]
        for line in done.stdout.splitlines()
        if line.split()[:1] and line.split()[0] in ("50%", "99%", "Requests/sec:")
    }
    bad = [line.strip() for line in done.stdout.splitlines() if "Non-2xx" in line]
    rate = float(said["Requests/sec:"]) * QUERIES
    print(
        f"{name}: {rate:.0f} queries a second, in batches of {QUERIES}; a batch takes "
        f"{said['50%']} (median), {said['99%']} (99th) over {CONNECTIONS} connections"
        + (f"; {bad[0]}" if bad else "")
    )


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk is needed; 'apt-get install wrk' installs it")
    names = names_of(Gazetteer.load())
    print(f"{len(names)} names; {os.cpu_count()} cores, one of them taken by wrk")
    with tempfile.TemporaryDirectory(prefix="gazetteer-load-") as made:
        folder = Path(made)
        ours = [sys.executable, "-m", "gazetteer", "serve", "--quiet", "--port", "8141"]
        load("gazetteer", ours, 8141, "/reconcile", folder)
        table = folder / "names.tsv"
        with table.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, delimiter="\t")
            writer.writerow(["id", "name"])
            writer.writerows((f"{at}", name) for at, (name, _) in enumerate(names))
        theirs = str(python_of("reconcile").with_name("csv-reconcile"))
        subprocess.run([theirs, "init", table, "id", "name"], cwd=folder, check=True)
        load(
            "csv-reconcile",
            [theirs, "serve"],
            5000,
            "/reconcile",
            folder,
        )


if __name__ == "__main__":
    main()
