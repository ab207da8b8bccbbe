"""Usages, relations, links and disputes: statements that cannot both stand."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from gazetteer.check.data import at_one_time, interval_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.check.data import CheckedData, Statement
    from gazetteer.errors import Problem

__all__ = ["statement_problems"]

_MINIMUM_OF_PARTIES = 2


def statement_problems(data: CheckedData) -> Iterator[Problem]:
    """Report what is wrong with statements beyond single cells."""
    yield from _officials(data)
    yield from _usages(data)
    yield from _relations(data)
    yield from _links(data)
    yield from _places(data)


def _declared_equal(one: Statement, other: Statement) -> bool:
    """Tell whether one act makes both names official, as a constitution may.

    Each row must say so in its note, since two rows of one source are more often a
    slip of the pen.
    """
    return (
        bool(one.note and other.note)
        and one.source == other.source
        and one.valid == other.valid
    )


def _officials(data: CheckedData) -> Iterator[Problem]:
    groups: defaultdict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for usage in data.usages:
        name = data.names.get(usage.name_id)
        if usage.status == "official" and name is not None:
            key = (usage.authority, name.place_id, name.lang, name.form)
            groups[key].append(usage)
    for usages in groups.values():
        for one, other in combinations(usages, 2):
            if (
                other.row is not None
                and data.names[one.name_id].name != data.names[other.name_id].name
                and at_one_time(one.valid, other.valid)
                and not _declared_equal(one, other)
            ):
                message = (
                    f"{one.name_id} ({data.names[one.name_id].name!r}) is official "
                    f"with the same authority, language and form at the same time "
                    f"({one.valid or 'undated'}); date them, make one 'also', or "
                    f"say in the notes of both that one act makes them equal"
                )
                yield other.row.problem("valid", "overlapping-official", message)


def _usages(data: CheckedData) -> Iterator[Problem]:
    for usage in data.usages:
        name = data.names.get(usage.name_id)
        if usage.row is None or name is None or not usage.valid or not name.valid:
            continue
        if usage.status == "rejected":  # a name may be rejected at any time
            continue
        if not interval_of(usage.valid).overlaps(interval_of(name.valid)):
            message = f"the name was in use {name.valid}; one of the two dates is wrong"
            yield usage.row.problem("valid", "usage-outside-name", message, "warning")


def _relations(data: CheckedData) -> Iterator[Problem]:
    for row in data.rows["relations"]:
        if row["object"] and row["subject"] == row["object"]:
            message = "a place has no relation to itself"
            yield row.problem("object", "self-relation", message)


def _links(data: CheckedData) -> Iterator[Problem]:
    first: dict[tuple[str, str], str] = {}
    shipped: dict[tuple[str, str], str] = {}
    for place in data.under:
        for scheme, ids in place.links.items():
            for each in ids:
                shipped.setdefault((scheme, each), place.place_id)
    own = {row["place_id"] for row in data.rows["places"]}
    for row in data.rows["links"]:
        place_id, link = row["place_id"], (row["scheme"], row["id"])
        if row["match"] != "exact" or place_id in data.retired:
            continue
        earlier = first.setdefault(link, place_id)
        if earlier != place_id:
            message = (
                f"{earlier} has this link as exact too; one of the two is another "
                f"match, or they are one place"
            )
            yield row.problem("id", "link-of-two-places", message)
        there = shipped.get(link, place_id)
        if there != place_id and place_id in own:
            message = (
                f"this link makes the place replace {there} of the shipped data with "
                f"all its names; to add to it, give {there} the names instead"
            )
            yield row.problem("id", "replaces-shipped", message, "warning")
        elif there != place_id:
            message = f"{there} of the shipped data has this link as exact"
            yield row.problem("id", "link-of-two-places", message)


def _places(data: CheckedData) -> Iterator[Problem]:
    for row in data.rows["places"]:
        if bool(row["lat"]) != bool(row["lon"]):
            blank = "lon" if row["lat"] else "lat"
            message = "a point has both lat and lon, or neither"
            yield row.problem(blank, "half-a-point", message)
    for row in data.rows["disputes"]:
        if len(set(row["parties"].split())) < _MINIMUM_OF_PARTIES:
            message = "a dispute has at least two parties"
            yield row.problem("parties", "too-few-parties", message)
