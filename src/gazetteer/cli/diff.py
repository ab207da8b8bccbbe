"""``gazetteer diff``."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import click

from gazetteer.cli.options import json_option, source_type
from gazetteer.cli.output import echo_json
from gazetteer.tables.columns import counted_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gazetteer.curation.differences import Difference
    from gazetteer.model import Tables

__all__ = ["diff"]

_SIGNS = {"added": "+", "removed": "-", "changed": "~", "redirected": ">"}
_COLOURS = {"added": "green", "removed": "red", "changed": None, "redirected": None}
_BESIDE = frozenset({"name_id", "place_id", "subject", "note"})


@click.command()
@click.argument("old", type=source_type)
@click.argument("new", type=source_type)
@json_option
@click.option("--count", "only_count", is_flag=True, help="Print how many alone.")
def diff(old: Path | str, new: Path | str, as_json: bool, only_count: bool) -> None:
    """Say what changed between OLD and NEW: directories of tables, stores or "default".

    Places, names, usages, relations, links and the tables behind them: rows that were
    added, removed or changed, and places that were redirected. Exit 1 if anything was.
    """
    from gazetteer.curation.differences import differences, read_tables

    was, now = read_tables(old), read_tables(new)
    found = list(differences(was, now))
    if as_json:
        for each in found:
            echo_json(each.to_dict())
    else:
        if not only_count:
            for line, colour in _lines(found, was, now):
                click.secho(line, fg=colour)
        click.echo(f"{was.version} -> {now.version}: {_counted(found)}")
    if found:
        click.get_current_context().exit(1)


def _lines(
    found: Sequence[Difference], old: Tables, new: Tables
) -> Iterator[tuple[str, str | None]]:
    by_place: defaultdict[str, list[Difference]] = defaultdict(list)
    for each in found:
        by_place[each.place_id].append(each)
    for place_id, rows in sorted(by_place.items()):
        if place_id:
            yield f"{place_id} {_titled(place_id, new) or _titled(place_id, old)}", None
        indent = "  " if place_id else ""
        for each in rows:
            sign = _SIGNS[each.change]
            yield f"{indent}{sign} {each.table} {_told(each)}", _COLOURS[each.change]


def _titled(place_id: str, tables: Tables) -> str:
    place = tables.places.get(place_id)  # type: ignore[call-overload]
    names = sorted(row.name for row in place.toponyms) if place else []
    return ", ".join(names[:3])


def _told(each: Difference) -> str:
    key = " ".join(filter(None, each.key))
    if each.old is not None and each.new is not None:
        changes = [
            f"{name} {each.old[name]!r} -> {each.new[name]!r}" for name in each.fields
        ]
        return f"{key}: {'; '.join(changes)}"
    row = each.new or each.old or {}
    if each.table == "names":
        key = each.key[0]
    cells = [
        value
        for name, value in row.items()
        if value and name not in _BESIDE and value not in each.key
    ]
    return f"{key}: {', '.join(cells)}" if cells else key


def _counted(found: Sequence[Difference]) -> str:
    counts = Counter((each.table, each.change) for each in found)
    told = [
        f"{counted_rows(count, table)} {change}"
        for (table, change), count in sorted(counts.items())
    ]
    return ", ".join(told) or "no difference"
