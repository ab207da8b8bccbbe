"""Errors that sources of the data are known to have, and that the data must not have.

Each row of cases/known-errors.tsv names an error of a source and what must hold here
instead: the place as an id or ``scheme:id`` (``*`` for all), what must hold of it, in
which column or language, and the value. What may be asked for are the functions below.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gazetteer import Context, Gazetteer
from gazetteer.errors import UnknownPlaceError
from gazetteer.resolve.surroundings import kilometres

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer.model import Place, Toponym

FILE = Path(__file__).parent / "cases" / "known-errors.tsv"
HEADER = ["error", "place", "must_hold", "column", "value"]


@cache
def gaz() -> Gazetteer:
    return Gazetteer.load()


def names(place: Place, lang: str) -> list[Toponym]:
    return [
        row for row in place.toponyms if not row.derived and lang in ("any", row.lang)
    ]


def has(place: Place, lang: str, name: str) -> bool:
    rows = names(place, lang)
    return any(row.name == name and row.form != "hidden" for row in rows)


def has_not(place: Place, lang: str, name: str) -> bool:
    return all(row.name != name for row in names(place, lang))


def same_place(place: Place, _: str, other: str) -> bool:
    return gaz()[other].place_id == place.place_id


def distinct(place: Place, _: str, other: str) -> bool:
    return gaz()[other].place_id != place.place_id


def part_of(place: Place, valid: str, area: str) -> bool:
    area_id = gaz()[area].place_id
    return any(
        row.predicate == "part_of" and row.object == area_id
        and (not valid or row.valid.text == valid)
        for row in place.relations
    )  # fmt: skip


def not_part_of(place: Place, valid: str, area: str) -> bool:
    return not part_of(place, valid, area)


def part_of_by(place: Place, authority: str, area: str) -> bool:
    area_id = gaz()[area].place_id
    return any(
        row.predicate == "part_of"
        and (row.object, row.according_to) == (area_id, authority)
        for row in place.relations
    )


def near(place: Place, point: str, km: str) -> bool:
    lat, lon = map(float, point.split())
    assert place.lat is not None
    assert place.lon is not None
    return kilometres((place.lat, place.lon), (lat, lon)) < float(km)


def has_dispute(place: Place, _: str, dispute: str) -> bool:
    return place.dispute == dispute


def no_dispute(place: Place, _: str, __: str) -> bool:
    return not place.dispute


def type_is(place: Place, _: str, kind: str) -> bool:
    return place.type == kind


def has_link(place: Place, _: str, link: str) -> bool:
    scheme, _, value = link.partition(":")
    return value in place.links.get(scheme, [])


def lacks_link(place: Place, _: str, link: str) -> bool:
    return not has_link(place, "", link)


def resolves(place: Place, within: str, query: str) -> bool:
    context = Context(within=within) if within else None
    match = gaz().resolve(query, context=context).match
    return match is not None and match.place.place_id == place.place_id


HOLDS: dict[str, Callable[[Place, str, str], bool]] = {
    "has": has,
    "has-not": has_not,
    "same-place": same_place,
    "distinct": distinct,
    "part_of": part_of,
    "not-part_of": not_part_of,
    "part-of-by": part_of_by,
    "near": near,
    "dispute": has_dispute,
    "no-dispute": no_dispute,
    "type": type_is,
    "has-link": has_link,
    "lacks-link": lacks_link,
    "resolves": resolves,
}


def holds(place: str, must_hold: str, column: str, value: str) -> bool:
    if must_hold == "absent":
        try:
            gaz()[place]
        except UnknownPlaceError:
            return True
        return False
    if must_hold == "nowhere":
        rows = [row for each in gaz() for row in names(each, column)]
        return not any(value in row.name for row in rows)
    if must_hold == "no-link-like":
        links = [link for each in gaz() for link in each.links.get(column, [])]
        return not any(link.startswith(value) for link in links)
    if must_hold == "of-one-place":
        bearers = Counter(
            link
            for each in gaz()
            if not each.replaced_by
            for link in each.links.get(column, [])
        )
        return max(bearers.values()) == 1
    return HOLDS[must_hold](gaz()[place], column, value)


def read() -> dict[str, list[list[str]]]:
    """Return the rows by the error that they are about."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert rows[0] == HEADER
    found: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows[1:]:
        assert len(row) == len(HEADER), row
        found[row[0]].append(row[1:])
    return found


@pytest.mark.parametrize("error", read())
def test_the_data_does_not_have(error: str) -> None:
    failed = []
    for row in read()[error]:
        try:
            held = holds(*row)
        except UnknownPlaceError as unknown:
            failed.append(f"{' '.join(row)}: {unknown}")
            continue
        if not held:
            failed.append(" ".join(row))
    assert failed == []
