"""How often is an answer of a score right? A set of queries that are held back.

    make reliability                              # a minute; writes page and plot
    .venv/bin/python benchmarks/reliability.py --fit --out FILE    # what scores rest on

The names are those of the shipped tables and of two
samples of the settlements of GeoNames, thin and dense. Queries are made from them by
seeded noise; others are names of the data that were taken out of it, and real names of
places that are not in it. Half of the queries serve to choose the constants of
`gazetteer.resolve.nearness`; the figures are of the other half.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from corpus import SEED, Name, fold, read_names
from environments import python_of
from noise import Noise
from prepare import names_file

from gazetteer.dates import parse_interval
from gazetteer.folding import match_key, parted
from gazetteer.ids import PlaceId
from gazetteer.index import Index
from gazetteer.languages.generic import generic_words
from gazetteer.languages.scripts import script_of
from gazetteer.model import Place, Tables, Toponym
from gazetteer.resolve import Resolver
from gazetteer.tables import find_data, load_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index import Hit

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "docs" / "benchmarks" / "reliability.json"
PAGE = ROOT / "docs" / "explanation" / "matching.md"
TABLES = ("<!-- tables -->", "<!-- end of tables -->")

THIN, DENSE = 2_000, 60_000  # places
EACH = 800  # queries of a kind and corpus
# What share of queries means places that the data does not have; calibration depends on
# it, so it is stated.
ABSENT = 0.5
NO = False  # default sense of a made toponym

_KINDS = {
    "case and marks": Noise.folded,
    "1 edit": Noise.one_edit,
    "2 edits": Noise.two_edits,
    "transposed": Noise.transposed,
    "joined words": Noise.joined,
    "split word": Noise.split,
    "other word order": Noise.reordered,
}
OTHER = "other spelling"
EXTRA, LESS = "extra generic word", "generic word left out"
STRANGERS, JUNK = "other places", "junk"


class Asked(NamedTuple):
    """A query, and what is right.

    Attributes:
        places: that bear the name meant; none if nothing is right.
    """

    corpus: str
    kind: str
    query: str
    places: frozenset[str]

    @property
    def fits(self) -> bool:
        """Whether it is of the half that constants are chosen by."""
        return crc32(self.query.encode()) % 2 == 0


class Corpus(NamedTuple):
    """Places to be found, with what is known of them beside.

    Attributes:
        full: the places; names are taken out of them, at random, to be asked.
        strangers: names of no place of these.
    """

    name: str
    full: Sequence[Place]
    strangers: Sequence[Name]


# ------------------------------------------------------------------------------ corpora


def corpora() -> Iterator[Corpus]:
    cities = list(read_names(names_file("cities")))
    random = Random(f"{SEED} strangers")
    shipped = load_tables(find_data()).places.values()
    few = random.sample(cities, 20_000)
    yield Corpus("shipped", [p for p in shipped if not p.replaced_by], few)
    by_place = defaultdict(list)
    for name in cities:
        for place in name.places:
            by_place[place].append(name.written)
    order = sorted(by_place)
    Random(f"{SEED} places").shuffle(order)
    for title, size in (("thin", THIN), ("dense", DENSE)):
        known = set(order[:size])
        others = [n for n in few if known.isdisjoint(n.places)]
        yield Corpus(title, [_city(p, by_place[p]) for p in order[:size]], others)


def _city(place: str, names: Sequence[str]) -> Place:
    always = parse_interval("")
    rest = ("und", "full", "", "", always, NO, 0.0, (), "")
    toponyms = tuple(
        Toponym(f"{place}-{n}", PlaceId(place), name, *rest)
        for n, name in enumerate(names)
    )
    return Place(
        PlaceId(place), "city", "P", None, None, always, (), "", "", "", toponyms
    )


class Held(NamedTuple):
    """A corpus without the names that were taken out, and its queries."""

    resolver: Resolver
    index: Index
    queries: list[Asked]


def held(corpus: Corpus) -> Held:
    """Take names out of a corpus, and make the queries."""
    random = Random(f"{SEED} {corpus.name}")
    bearers = defaultdict(set)
    for place in corpus.full:
        for toponym in place.toponyms:
            bearers[match_key(toponym.name)].add(place.place_id)
    places, out = [], []
    for place in corpus.full:
        spared = _spared(place, bearers, random)
        if spared is None:
            places.append(place)
            continue
        out.append(spared)
        kept = tuple(t for t in place.toponyms if match_key(t.name) != spared[0])
        places.append(place._replace(toponyms=kept))
    left = {match_key(t.name) for place in places for t in place.toponyms}
    queries = [
        Asked(corpus.name, OTHER, written, frozenset(bearers[key]))
        for key, written in out[:EACH]
    ]
    queries += _noised(corpus.name, places, bearers, random)
    there = Counter(q.kind for q in queries)
    absent = round(sum(there.values()) * ABSENT / (1 - ABSENT))
    queries += _absent(corpus, left | set(bearers), absent, random)
    tables = Tables({p.place_id: p for p in places}, {}, {}, {}, (), "", ())
    index = Index(places)
    return Held(Resolver(tables, index), index, queries)


def _spared(place, bearers, random) -> tuple[str, str] | None:
    """Choose a romanization that can be taken out of a place that has others."""
    names = {
        match_key(t.name): t.name
        for t in place.toponyms
        if t.form in {"full", "short"} and script_of(t.name) == "Latn"
    }
    if len(names) < 4 or random.random() > 0.5:
        return None
    order = sorted(names)
    random.shuffle(order)
    for key in order:
        near = any(
            other != key and _distance(key, other) <= max(2, len(key) // 3)
            for other in order
        )
        if len(bearers[key]) == 1 and len(key) >= 4 and near:
            return key, names[key]
    return None


def _distance(a: str, b: str) -> int:
    from rapidfuzz.distance.OSA import distance

    return distance(a, b)


def _noised(corpus, places, bearers, random) -> Iterator[Asked]:
    names, types = [], {}
    for place in places:
        for toponym in place.toponyms:
            if toponym.form in {"full", "short"}:
                key = match_key(toponym.name)
                names.append(Name(fold(toponym.name), toponym.name, [place.place_id]))
                types.setdefault(key, set()).add(place.type)
    random.shuffle(names)
    noise = Noise(names, [])
    kinds = {
        **{kind: _by(make, noise) for kind, make in _KINDS.items()},
        EXTRA: lambda name, r: _extra(name, types[match_key(name.written)], r),
        LESS: lambda name, _: _less(name, types[match_key(name.written)]),
    }
    for kind, make in kinds.items():
        made = _made(make, names, random)
        for name, written in islice(made, EACH):
            key = match_key(written)
            target = match_key(name.written)
            if key in bearers and not bearers[target] <= bearers[key]:
                continue  # it became another name
            yield Asked(corpus, kind, written, frozenset(bearers[target]))


def _by(make, noise):
    return lambda name, random: make(noise, name, random)


def _made(make, names, random):
    for name in names:
        written = make(name, random)
        if written is not None:
            yield name, written


def _extra(name: Name, types: set[str], random: Random) -> str | None:
    """Add a generic word in the name's script that fits the place."""
    if len(name.key) < 4 or len(types) != 1:
        return None
    script = script_of(name.written)
    if parted(match_key(name.written)).words:
        return None
    (kind,) = types
    fitting = [
        g for g in generic_words() if kind in g.types and script_of(g.word) == script
    ]
    if not fitting:
        return None
    word = random.choice(fitting)
    text = word.word if not name.written.islower() else word.word.lower()
    if word.after and (not word.before or random.random() < 0.5):
        return f"{name.written} {text}"
    return (
        f"{text} of {name.written}" if word.lang == "en" else f"{text} {name.written}"
    )


def _less(name: Name, types: set[str]) -> str | None:
    """Leave out the generic word of a name, where it fits the place."""
    key = match_key(name.written)
    part = parted(key)
    if len(part.words) != 1 or len(part.core) < 4 or not types & part.types:
        return None
    return part.core


def _absent(corpus, keys, count, random) -> Iterator[Asked]:
    nobody: frozenset[str] = frozenset()
    noise = Noise([Name(fold(k), k, []) for k in sorted(keys)[:50_000]], [])
    junk = [q for q in islice(noise.junk(random), count // 4) if q not in keys]
    for written in junk:
        yield Asked(corpus.name, JUNK, written, nobody)
    strangers = (
        n.written for n in corpus.strangers if match_key(n.written) not in keys
    )
    for written in islice(strangers, count - len(junk)):
        yield Asked(corpus.name, STRANGERS, written, nobody)


# -------------------------------------------------------------------------- measurement


class Answered(NamedTuple):
    """What was answered to a query.

    Attributes:
        hit: of the best candidate, if any.
        right: whether the best candidate is right.
        among: whether a right place is among five candidates.
    """

    asked: Asked
    outcome: str
    score: float
    hit: Hit | None
    right: bool
    among: bool


def answer(held: Held, asked: Asked) -> Answered:
    found = held.resolver.resolve(asked.query)
    if not found.candidates:
        return Answered(asked, found.outcome, 0.0, None, right=False, among=False)
    best = found.candidates[0]
    hits = held.index.search(asked.query)
    hit = next((h for h in hits if h.toponym.name_id == best.toponym.name_id), None)
    five = {each.place_id for each in found.candidates[:5]}
    return Answered(
        asked,
        found.outcome,
        best.score,
        hit,
        best.place_id in asked.places,
        not asked.places.isdisjoint(five),
    )


def answers() -> list[Answered]:
    made = []
    for corpus in corpora():
        one = held(corpus)
        print(f"{corpus.name}: {len(one.queries)} queries", file=sys.stderr, flush=True)
        made += [answer(one, asked) for asked in one.queries]
    return made


def bucket(score: float) -> str:
    if score >= 100:
        return "100"
    low = int(score // 5) * 5
    return f"{low}-{low + 5}"


def reliability(of: Sequence[Answered]) -> tuple[list[dict[str, float]], float]:
    """Return the share right by score, and the expected calibration error.

    The error is the mean distance of share and score, weighted by how many were given
    the score (Naeini, Cooper, Hauskrecht, AAAI 2015), as a share.
    """
    by_bucket = defaultdict(list)
    for each in of:
        if each.hit is not None:
            by_bucket[bucket(each.score)].append(each)
    rows = [
        {
            "score": sum(a.score for a in members) / len(members),
            "right": sum(a.right for a in members) / len(members),
            "count": len(members),
        }
        for members in by_bucket.values()
    ]
    rows.sort(key=lambda row: row["score"])
    total = sum(row["count"] for row in rows)
    off = sum(row["count"] * abs(row["score"] / 100 - row["right"]) for row in rows)
    return rows, off / total if total else 0.0


def by_kind(of: Sequence[Answered]) -> dict[str, dict[str, float]]:
    table = {}
    for kind in dict.fromkeys(each.asked.kind for each in of):
        some = [each for each in of if each.asked.kind == kind]
        count = len(some)
        row = {"count": count}
        if kind in (STRANGERS, JUNK):
            row["any"] = sum(a.hit is not None for a in some) / count
        else:
            row["first"] = sum(a.right for a in some) / count
            row["among five"] = sum(a.among for a in some) / count
        row["accepted"] = sum(a.score >= 90 for a in some) / count
        row["accepted, wrong"] = (
            sum(a.score >= 90 and not a.right for a in some) / count
        )
        row["matched"] = sum(a.outcome == "matched" for a in some) / count
        row["matched, wrong"] = (
            sum(a.outcome == "matched" and not a.right for a in some) / count
        )
        table[kind] = row
    return table


def by_absent(of: Sequence[Answered]) -> dict[str, tuple[float, float]]:
    """Return the share right of accepted answers, by how many queries are absent.

    Of all of them, and of those that were found by nearness.
    """
    table = {}
    for absent in (0.0, 0.25, 0.5, 0.75, 0.9):
        weight = absent / (1 - absent) * (1 - ABSENT) / ABSENT
        shares = []
        for some in (of, [a for a in of if a.hit and a.hit.method == "fuzzy"]):
            there = [a.right for a in some if a.score >= 90 and a.asked.places]
            false = sum(a.score >= 90 and not a.asked.places for a in some)
            shares.append(sum(there) / (len(there) + weight * false))
        table[str(absent)] = (shares[0], shares[1])
    return table


# -------------------------------------------------------------------------------- fit


def features(hit: Hit) -> tuple[object, ...]:
    """Return what a score depends on."""
    length = min(hit.length, 12)
    return (hit.kind, hit.edits, hit.first, length, min(hit.rivals, 3))


def fit(of: Sequence[Answered]) -> None:
    groups = defaultdict(list)
    for each in of:
        if each.hit is not None and each.hit.method == "fuzzy":
            groups[features(each.hit)].append(each)
    for key in sorted(groups, key=str):
        some = groups[key]
        right = sum(a.right for a in some)
        score = sum(a.score for a in some) / len(some)
        print(*key, len(some), f"{right / len(some):.2f}", f"now {score:.0f}", sep="\t")


def tables(results: dict[str, Any]) -> str:
    """Return the tables of the page."""
    heads = ("score", "right", "answers")
    rows = [
        (f"{row['score']:.1f}", f"{row['right']:.3f}", f"{row['count']:,}")
        for row in results["held back"]["scores"]
    ]
    kinds = results["kinds"]
    there = [
        (*_cells(kind, row, "first", "among five", "matched", "accepted, wrong"),)
        for kind, row in kinds.items()
        if "first" in row
    ]
    absent = [
        (*_cells(kind, row, "any", "accepted, wrong", "matched"),)
        for kind, row in kinds.items()
        if "any" in row
    ]
    return "\n\n".join(
        (
            _table(heads, rows),
            _table(
                ("noise", "recall@1", "recall@5", "matched", "accepted, wrong", "n"),
                there,
            ),
            _table(("not there", "any candidate", "accepted", "matched", "n"), absent),
            _table(
                ("queries that mean no place of the data", "right", "right, if near"),
                [
                    (f"{float(share):.0%}", *(f"{each:.3f}" for each in right))
                    for share, right in results["accepted"].items()
                ],
            ),
        )
    )


def _cells(kind: str, row: dict[str, float], *columns: str) -> tuple[str, ...]:
    return (kind, *(f"{row[each]:.3f}" for each in columns), f"{row['count']:,}")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] + ["--:"] * (len(heads) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_tables(results: dict[str, Any]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(TABLES[0])
    _, _, after = rest.partition(TABLES[1])
    made = f"{TABLES[0]}\n\n{tables(results)}\n\n{TABLES[1]}"
    PAGE.write_text(before + made + after, encoding="utf-8")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--fit", action="store_true")
    asked.add_argument("--out", type=Path, default=RESULTS)
    options = asked.parse_args()
    every = answers()
    chosen = [each for each in every if each.asked.fits]
    rest = [each for each in every if not each.asked.fits]
    if options.fit:
        fit(chosen)
    results = {"each": EACH, "absent": ABSENT, "thin": THIN, "dense": DENSE}
    for title, some in (("chosen by", chosen), ("held back", rest)):
        rows, off = reliability(some)
        results[title] = {"scores": rows, "error": off, "count": len(some)}
        for corpus in ("shipped", "thin", "dense"):
            part = [a for a in some if a.asked.corpus == corpus]
            rows, off = reliability(part)
            results[title][corpus] = {"scores": rows, "error": off}
    results["kinds"] = by_kind(rest)
    results["accepted"] = by_absent(rest)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(results, indent=1, ensure_ascii=False) + "\n"
    options.out.write_text(text, encoding="utf-8")
    if options.out == RESULTS:
        write_tables(results)
        plot = (python_of("plots"), Path(__file__).with_name("reliability_plot.py"))
        subprocess.run([*plot, RESULTS, RESULTS.with_suffix(".svg")], check=True)
    for row in results["held back"]["scores"]:
        print(f"{row['score']:6.1f} {row['right']:6.3f} {row['count']:6.0f}")
    print(f"expected calibration error {results['held back']['error']:.3f}")
    for kind, row in results["kinds"].items():
        print(f"{kind:22}", *(f"{k} {v:.3f}" for k, v in row.items()))


if __name__ == "__main__":
    main()
