"""Keys: every reference leads to a row, every key is of one row, rows are sorted."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from gazetteer.tables.columns import OBJECTLESS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.check.data import CheckedData
    from gazetteer.check.rows import Row
    from gazetteer.errors import Problem

__all__ = ["key_problems"]

# An id of ten characters with one of them wrong, a key of eight with one more.
_CLOSE = 0.88
# Looking for close keys is slow; where a whole table is missing it helps nobody.
_HINTS = 20


def key_problems(data: CheckedData, tidy: str) -> Iterator[Problem]:
    """Report unknown ids, duplicates, redefined rows and rows out of order.

    Args:
        data: the rows of all tables.
        tidy: severity of an order that is not that of the tables.
    """
    known = {name: data.keys(name) for name in TABLES}
    for name, rows in data.rows.items():
        yield from _unknown(rows, known)
        yield from _duplicates(rows)
        yield from _unsorted(rows, tidy)
        if data.overlay:
            yield from _redefined(rows, data.base_keys.get(name, set()))
    yield from _redirects(data)


def _unknown(rows: list[Row], known: dict[str, set[str]]) -> Iterator[Problem]:
    hints = _HINTS
    for row in rows:
        for column in row.table.columns:
            if not column.target:
                continue
            table = column.target.partition(".")[0]
            parts = row[column.name].split() if column.many else [row[column.name]]
            for part in parts:
                if part and part not in known[table]:
                    hints -= 1
                    hint = _hint(part, known[table]) if hints >= 0 else ""
                    message = f"no {part!r} in {TABLES[table].file}{hint}"
                    yield row.problem(column.name, "unknown-id", message)


def _hint(part: str, known: set[str]) -> str:
    close = get_close_matches(part, known, n=2, cutoff=_CLOSE)
    return f"; did you mean {' or '.join(sorted(close))}?" if close else ""


def _duplicates(rows: list[Row]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(row[name] for name in row.table.key)
        earlier = first.setdefault(key, row)
        if earlier is not row:
            same = ", ".join(row.table.key)
            message = f"line {earlier.line} has the same {same}; keep one of the two"
            yield row.problem(row.table.key[0], "duplicate", message)


def _unsorted(rows: list[Row], tidy: str) -> Iterator[Problem]:
    last: list[str] = []
    for row in rows:
        texts = row.texts()
        if texts < last:
            column = row.table.key[0]
            message = "belongs before the line above; sort rows by code point"
            yield row.problem(column, "unsorted", message, tidy)
        last = texts


def _redefined(rows: list[Row], base: set[str]) -> Iterator[Problem]:
    for row in rows:
        if row.texts()[0] in base and len(row.table.key) == 1:
            message = (
                "the shipped data has this row; leave it out and refer to it, or "
                "give your own row another key"
            )
            yield row.problem(row.table.key[0], "redefines-shipped", message)


def _redirects(data: CheckedData) -> Iterator[Problem]:
    retired = data.retired
    rows = {row["place_id"]: row for row in data.rows["places"]}
    for place_id in retired:
        seen = [place_id]
        while (following := retired.get(seen[-1])) and following not in seen:
            seen.append(following)
        if following == place_id and place_id in rows:
            message = f"a circle of redirects: {' -> '.join([*seen, place_id])}"
            yield rows[place_id].problem("replaced_by", "redirect-circle", message)
    for table, column in (
        ("names", "place_id"),
        ("relations", "subject"),
        ("links", "place_id"),
    ):
        for row in data.rows[table]:
            target = retired.get(row[column])
            if target:
                message = f"this id is retired; the row belongs to {target!r}"
                yield row.problem(column, "retired-id", message, "warning")
    for row in data.rows["relations"]:
        if not row["object"] and row["predicate"] not in OBJECTLESS:
            listed = " and ".join(OBJECTLESS)
            message = f"must not be blank; only {listed} stand without an object"
            yield row.problem("object", "missing-value", message)
