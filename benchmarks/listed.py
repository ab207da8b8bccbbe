"""How the data stand to lists of names: found, right, ambiguous, missing, wrong.

    python benchmarks/listed.py LIST.tsv… [--data DIRECTORY] [--show KIND]

A list is a table with tabs and the columns `list` (a title to count by), `name` and, so
far as known, `within` (the area that the place lies in, given as context), `place` (an
id or scheme:id) and `same` (another name of the same place). A name is

- right: matched to the place that is listed: the one with the id, one that lies in the
  area, one that its other name is matched to as well;
- found: right, or the listed place is among the candidates;
- ambiguous: found, and not matched, since several places are called so;
- doubtful: found, and left to a person;
- missing: neither matched nor among the candidates;
- wrong: matched to another place. There should be none.
"""

import argparse
import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

from gazetteer import Context, Gazetteer
from gazetteer.errors import ContextError, UnknownPlaceError

KINDS = ("right", "ambiguous", "doubtful", "missing", "wrong")
CONTAINING = ("part_of", "administered_by", "claimed_by", "recognised_as_part_of")
DEPTH = 4


def areas_of(gaz, place):
    """Return the ids of all that anybody says a place lies in, areas of areas too."""
    found, edge = set(), {place.place_id}
    for _ in range(DEPTH):
        edge = {
            row.object
            for place_id in edge
            if place_id in gaz
            for row in gaz[place_id].relations
            if row.predicate in CONTAINING and row.object
        } - found
        found |= edge
    return found


def ids_of(gaz, name):
    """Return the places that a name or an id may mean."""
    answer = gaz.resolve(name)
    ids = {candidate.place.place_id for candidate in answer.candidates}
    return ids if answer.match is None else {answer.match.place.place_id, *ids}


def judge(gaz, row):
    """Return the kind of one row, and what to show of it."""
    within = row.get("within") or None
    try:
        answer = gaz.resolve(row["name"], context=Context(within=within))
    except ContextError as error:
        return "missing", str(error)
    candidates = [each.place for each in answer.candidates]
    fits = fitting(gaz, row, within)
    match = answer.match.place if answer.match else None
    shown = f"{answer.outcome}: " + ", ".join(
        f"{each.place.place_id} {each.toponym.name} {each.score:.0f}"
        for each in answer.candidates[:3]
    )
    if match is not None:
        return ("right" if fits(match) else "wrong"), shown
    if not any(map(fits, candidates)):
        return "missing", shown
    return ("ambiguous" if answer.outcome == "ambiguous" else "doubtful"), shown


def fitting(gaz, row, within):
    """Return what tells whether a place is the one that a row lists."""
    if row.get("place"):
        try:
            wanted = {gaz[row["place"]].place_id}
        except UnknownPlaceError:
            wanted = set()
        return lambda place: place.place_id in wanted
    if row.get("same"):
        context = Context(within=within)
        other = gaz.resolve(row["same"], context=context)
        wanted = {each.place.place_id for each in other.candidates}
        if other.match:
            wanted = {other.match.place.place_id}
        return lambda place: place.place_id in wanted
    if within:
        areas = ids_of(gaz, within)
        return lambda place: bool({place.place_id, *areas_of(gaz, place)} & areas)
    return bool


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lists", nargs="+", type=Path)
    parser.add_argument("--data", action="append", default=[])
    parser.add_argument("--show", action="append", default=[], choices=KINDS)
    options = parser.parse_args()
    gaz = Gazetteer.load(*options.data)
    counts = defaultdict(Counter)
    for path in options.lists:
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                kind, shown = judge(gaz, row)
                counts[row["list"]][kind] += 1
                if kind in options.show:
                    within = row.get("within") or "-"
                    print(f"{kind}\t{row['list']}\t{row['name']}\t{within}\t{shown}")
    total = sum(counts.values(), Counter())
    print("\t".join(["list", "names", "found", "found %", *KINDS]))
    for name, count in [*sorted(counts.items()), ("all", total)]:
        names = sum(count.values())
        found = count["right"] + count["ambiguous"] + count["doubtful"]
        share = f"{100 * found / max(names, 1):.1f}"
        cells = [name, names, found, share, *(count[kind] for kind in KINDS)]
        print("\t".join(map(str, cells)))
    return int(total["wrong"] > 0)


if __name__ == "__main__":
    sys.exit(main())
