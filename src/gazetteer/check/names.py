"""The names: what was written, in which letters, and what makes two names clash."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from langcodes import tag_is_valid

from gazetteer.languages.lookalikes import mixed_script_problem, script_mismatch
from gazetteer.tables.columns import DERIVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.check.data import CheckedData, Name
    from gazetteer.check.rows import Row
    from gazetteer.errors import Problem

__all__ = ["name_problems"]

_COMPOSING = "/(,"


def name_problems(data: CheckedData) -> Iterator[Problem]:
    """Report what is wrong with names.csv beyond single cells."""
    attested = {use.name_id for use in data.usages}
    for row in data.rows["names"]:
        yield from _letters(row, "name")
        yield from _composed(row, attested)
        yield from _derivation(row, data)
    for row in data.rows["phrases"]:
        yield from _letters(row, "text")
    yield from _twice(data)
    yield from _default_senses(data)
    yield from _nameless(data)


def _letters(row: Row, column: str) -> Iterator[Problem]:
    mixed = mixed_script_problem(row[column], row["lang"])
    if mixed:
        yield row.problem(column, "mixed-scripts", mixed)
    elif tag_is_valid(row["lang"]):
        mismatch = script_mismatch(row[column], row["lang"])
        if mismatch:
            yield row.problem("lang", "script-mismatch", mismatch)


def _composed(row: Row, attested: set[str]) -> Iterator[Problem]:
    found = [mark for mark in _COMPOSING if mark in row["name"]]
    if found and row["lang"] != "mul" and row["name_id"] not in attested:
        message = (
            f"{found[0]!r} makes this look composed of several names; give each its "
            f"row, or lang 'mul' if a register has it so, or a usage that attests it"
        )
        yield row.problem("name", "composed-label", message, "warning")


def _derivation(row: Row, data: CheckedData) -> Iterator[Problem]:
    def wrong(column: str, message: str) -> Problem:
        return row.problem(column, "bad-derivation", message)

    system, origin = row["translit"], row["from_name"]
    sourced = DERIVED in row["sources"].split()
    if not (system or origin or sourced):
        return
    if not system:
        yield wrong("translit", "a derived row names the system that computed it")
    if not origin:
        yield wrong("from_name", "a derived row names the row it was computed from")
    if not sourced:
        yield wrong("sources", f"the source of a derived row is {DERIVED!r}")
    if origin == row["name_id"]:
        yield wrong("from_name", "a row is not derived from itself")
    elif origin in data.names and data.names[origin].place_id != row["place_id"]:
        yield wrong("from_name", "a row is derived from a name of the same place")


def _twice(data: CheckedData) -> Iterator[Problem]:
    first: dict[tuple[str, ...], Name] = {}
    for name in sorted(data.names.values(), key=_shipped_first):
        earlier = first.setdefault(
            (name.place_id, name.name, *name[3:6], name.valid), name
        )
        if earlier is not name and name.row is not None:
            message = (
                f"{earlier.name_id} is the same name of the same place; add usages "
                f"to that row"
            )
            yield name.row.problem("name", "duplicate-name", message)


def _shipped_first(name: Name) -> tuple[bool, str]:
    return name.row is not None, name.name_id


def _default_senses(data: CheckedData) -> Iterator[Problem]:
    meant: defaultdict[str, dict[str, Name]] = defaultdict(dict)
    for name in sorted(data.names.values(), key=_shipped_first):
        if name.default_sense:
            meant[name.name.casefold()].setdefault(name.place_id, name)
    for names in meant.values():
        one, *others = names.values()
        for other in others:
            if other.row is not None:
                message = (
                    f"{one.name_id} already says that this name means {one.place_id}; "
                    f"one written name has one default sense"
                )
                yield other.row.problem("default_sense", "two-default-senses", message)


def _nameless(data: CheckedData) -> Iterator[Problem]:
    named = {name.place_id for name in data.names.values() if name.form != "hidden"}
    for row in data.rows["places"]:
        if row["place_id"] not in named and not row["replaced_by"]:
            message = "no name; a place has at least one row in names.csv, not hidden"
            yield row.problem("place_id", "no-name", message)
