"""Reconcile 200 messy names in a real OpenRefine, and extend them with labels.

``python tests/e2e/openrefine.py [FOLDER]`` starts OpenRefine (Debian's package, which
it installs where apt can) and ``gazetteer serve``, and asks OpenRefine's own HTTP API
to make a project, reconcile a column with the district and the type beside it as
context, and fetch labels, ids and coordinates. It prints what came out, and fails where
a match is wrong, where OpenRefine and the library differ, or where a cell is empty that
has a value.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from folders import in_folder
from messy import Row, messy_rows
from served import free_port, gazetteer, running

from gazetteer import Gazetteer, Place
from gazetteer.server.reconciliation.answering import answer_query
from gazetteer.server.reconciliation.messages import Query, QueryProperty
from gazetteer.server.reconciliation.properties import fetched
from gazetteer.server.service import Service

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = {"district": ("district", "District"), "kind": ("type", "Type")}
FETCHED = (
    "label:neutral", "label:armenian", "label:azerbaijani", "names:ru", "link:geonames",
    "lat", "lon", "parties", "placed",
)  # fmt: skip
READING = {
    "encoding": "UTF-8",
    "separator": ",",
    "ignoreLines": -1,
    "headerLines": 1,
    "skipDataLines": 0,
    "limit": -1,
    "processQuotes": True,
    "quoteCharacter": '"',
    "guessCellValueTypes": False,
    "storeBlankRows": True,
    "storeBlankCellsAsNulls": True,
}
MOST_WRONG = 0
LEAST_MATCHED = 0.6
PATIENCE = 180.0


class Refine:
    """Speaks to OpenRefine."""

    def __init__(self, address: str) -> None:
        self._address = address

    def get(self, command: str, **query: str) -> Any:
        url = f"{self._address}/command/core/{command}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(url, timeout=60) as answer:
            return json.load(answer)

    def post(self, command: str, fields: dict[str, str], **query: str) -> bytes:
        query["csrf_token"] = self.get("get-csrf-token")["token"]
        url = f"{self._address}/command/core/{command}?{urllib.parse.urlencode(query)}"
        body = urllib.parse.urlencode(fields).encode()
        with urllib.request.urlopen(url, body, timeout=60) as answer:
            return bytes(answer.read())

    def create(self, name: str, table: str) -> str:
        """Make a project of a CSV file and return its number."""
        token = self.get("get-csrf-token")["token"]
        boundary = uuid.uuid4().hex
        options = json.dumps(READING)
        parts = [
            ("project-name", "", name),
            ("format", "", "text/line-based/*sv"),
            ("options", "", options),
            ("project-file", '; filename="rows.csv"', table),
        ]
        body = "".join(
            f"--{boundary}\r\nContent-Disposition: form-data; "
            f'name="{field}"{more}\r\n\r\n{value}\r\n'
            for field, more, value in parts
        )
        request = urllib.request.Request(
            f"{self._address}/command/core/create-project-from-upload?csrf_token={token}",
            f"{body}--{boundary}--\r\n".encode(),
            {"content-type": f"multipart/form-data; boundary={boundary}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            found = urllib.parse.parse_qs(urllib.parse.urlparse(answer.url).query)
        return found["project"][0]

    def apply(self, project: str, operation: dict[str, Any]) -> None:
        """Do one operation on all rows, and wait until it is done."""
        engine = {"engineConfig": {"facets": [], "mode": "row-based"}}
        operations = json.dumps([operation | engine])
        said = json.loads(
            self.post("apply-operations", {"operations": operations}, project=project)
        )
        if said.get("code") == "error":
            sys.exit(f"OpenRefine refused: {said}")
        end = time.monotonic() + PATIENCE
        while self.get("get-processes", project=project)["processes"]:
            if time.monotonic() > end:
                sys.exit("OpenRefine does not come to an end")
            time.sleep(0.3)

    def rows(self, project: str) -> Any:
        """Return all rows with what is known of their cells."""
        return self.get("get-rows", project=project, start="0", limit="100000")


class Judged(NamedTuple):
    """What OpenRefine holds of a cell."""

    match: str
    candidates: int


def table_of(rows: list[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["name", "district", "kind"])
    writer.writerows([row.name, row.district, row.kind] for row in rows)
    return text.getvalue()


def reconciling(service: str, manifest: dict[str, Any]) -> dict[str, Any]:
    details = [
        {"column": column, "propertyID": pid, "propertyName": name}
        for column, (pid, name) in COLUMNS.items()
    ]
    return {
        "op": "core/recon",
        "columnName": "name",
        "config": {
            "mode": "standard-service",
            "service": service,
            "identifierSpace": manifest["identifierSpace"],
            "schemaSpace": manifest["schemaSpace"],
            "type": manifest["defaultTypes"][0],
            "autoMatch": True,
            "columnDetails": details,
            "limit": 0,
        },
    }


def extending(service: str, manifest: dict[str, Any]) -> dict[str, Any]:
    return {
        "op": "core/extend-reconciled-data",
        "baseColumnName": "name",
        "endpoint": service,
        "identifierSpace": manifest["identifierSpace"],
        "schemaSpace": manifest["schemaSpace"],
        "extension": {"properties": [{"id": pid, "name": pid} for pid in FETCHED]},
        "columnInsertIndex": 3,
    }


def judged(shown: Any) -> list[Judged]:
    known = shown["pool"]["recons"]
    found = []
    for row in shown["rows"]:
        recon = known.get(str((row["cells"][0] or {}).get("r")), {})
        match = recon.get("m") if recon.get("j") == "matched" else None
        found.append(Judged(match["id"] if match else "", len(recon.get("c", []))))
    return found


def ask(service: Service, row: Row) -> dict[str, Any]:
    """Ask the library what OpenRefine asked the service."""
    given = {"district": row.district, "type": row.kind}
    properties = [QueryProperty(pid=pid, v=v) for pid, v in given.items() if v]
    return answer_query(
        service, Query(query=row.name, type="place", properties=properties)
    )


def compare(gaz: Gazetteer, rows: list[Row], found: list[Judged]) -> None:
    """Print what was right and wrong, and fail where it may not be."""
    service = Service(gaz)
    counts: Counter[str] = Counter()
    by_mess: dict[str, Counter[str]] = {}
    differ = []
    for row, got in zip(rows, found, strict=True):
        answer = ask(service, row)
        expected = [each["id"] for each in answer["result"] if each["match"]]
        if expected != ([got.match] if got.match else []):
            differ.append((row, got, expected))
        outcome = "wrong" if got.match else "nothing near"
        if got.match == row.meant:
            outcome = "matched" if row.meant else "rightly unmatched"
        elif not got.match and got.candidates:
            ids = [each["id"] for each in answer["result"]]
            outcome = "for a person" if row.meant in ids else "for a person, not listed"
        if outcome == "wrong":
            print(f"wrong: {row} became {got.match}")
        counts[outcome] += 1
        by_mess.setdefault(row.mess, Counter())[outcome] += 1
    print(
        f"{len(rows)} rows: " + ", ".join(f"{n} {k}" for k, n in counts.most_common())
    )
    for mess, each in sorted(by_mess.items()):
        print(f"  {mess}: " + ", ".join(f"{n} {k}" for k, n in each.most_common()))
    if differ:
        sys.exit(f"OpenRefine and the library differ: {differ[:3]}")
    if counts["wrong"] > MOST_WRONG:
        sys.exit(f"{counts['wrong']} wrong matches")
    if counts["matched"] < LEAST_MATCHED * len(rows):
        sys.exit("too few matches")


def check_extended(
    gaz: Gazetteer, shown: Any, found: list[Judged], columns: dict[str, int]
) -> None:
    """Compare the fetched columns with the library; every value must be there."""
    filled: Counter[str] = Counter()
    # values beyond the first of a cell stand in rows of their own below it
    heads = [row for row in shown["rows"] if row["cells"][0] and "r" in row["cells"][0]]
    if len(heads) != len(found):
        sys.exit(f"{len(heads)} rows with a name, not {len(found)}")
    for row, got in zip(heads, found, strict=True):
        place = gaz[got.match] if got.match else None
        for pid, at in columns.items():
            cell = row["cells"][at] if at < len(row["cells"]) else None
            value = cell.get("v") if cell else None
            filled[pid] += value is not None
            if value != (wanted := _wanted(gaz, place, pid, value)):
                sys.exit(f"{pid} of {got.match}: {value!r}, not {wanted!r}")
    matched = sum(bool(got.match) for got in found)
    listed = ", ".join(f"{pid} {filled[pid]}" for pid in columns)
    print(f"filled cells of {matched}: {listed}")


def _wanted(gaz: Gazetteer, place: Place | None, pid: str, value: Any) -> Any:
    kind, _, name = pid.partition(":")
    if place is None:
        return None
    if kind == "label":
        label = gaz.label(place, name)
        return None if label.withheld else label.text
    if kind == "link":
        return next(iter(place.links.get(name, [])), None)
    return getattr(place, pid) if pid in ("lat", "lon") else value


def require_openrefine() -> None:
    """Find OpenRefine, or install it where that can be done."""
    if shutil.which("openrefine") is None:
        print("no OpenRefine: installing openrefine", flush=True)
        install = ("apt-get", "install", "-qy", "--no-install-recommends", "openrefine")
        subprocess.run(["apt-get", "update", "-q"], check=True)
        subprocess.run(install, check=True)


def main(folder: Path) -> None:
    require_openrefine()
    gaz = Gazetteer.load()
    rows = messy_rows(gaz)
    port = free_port()
    refine = Refine(f"http://127.0.0.1:{port}")
    command = ["openrefine", "-p", str(port), "-i", "127.0.0.1", "-m", "600M"]
    command += ["-d", str(folder / "projects"), "-x", "refine.headless=true"]
    started = time.monotonic()
    with (
        gazetteer(folder / "serve.log") as address,
        running(command, f"http://127.0.0.1:{port}/", folder / "openrefine.log"),
    ):
        service = f"{address}/reconcile"
        with urllib.request.urlopen(service, timeout=30) as answer:
            manifest = json.load(answer)
        version = refine.get("get-version")["full_version"]
        print(f"OpenRefine {version} is up after {time.monotonic() - started:.0f} s")
        project = refine.create("messy names", table_of(rows))
        before = time.monotonic()
        refine.apply(project, reconciling(service, manifest))
        print(f"reconciled in {time.monotonic() - before:.1f} s")
        shown = refine.rows(project)
        found = judged(shown)
        if len(found) != len(rows):
            sys.exit(f"{len(found)} rows in OpenRefine, not {len(rows)}")
        compare(gaz, rows, found)
        before = time.monotonic()
        refine.apply(project, extending(service, manifest))
        print(f"extended in {time.monotonic() - before:.1f} s")
        model = refine.get("get-models", project=project)["columnModel"]["columns"]
        # a column is called as the service calls the property
        titles = {each.pid: each.name for each in fetched(gaz)}
        cells = {each["name"]: int(each["cellIndex"]) for each in model}
        missing = [pid for pid in FETCHED if titles[pid] not in cells]
        if missing:
            sys.exit(f"no columns for {missing}; there are {list(cells)}")
        at = {pid: cells[titles[pid]] for pid in FETCHED}
        check_extended(gaz, refine.rows(project), found, at)
    print("OpenRefine matched, and extended, as the library does")


if __name__ == "__main__":
    in_folder(main)
