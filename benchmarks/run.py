"""Start-up, exact look-ups and a country list beside peers; ``make bench``.

Everything is measured in one run on one machine, in CPU seconds (user and system), and
shown as ratios: absolute figures drift from machine to machine.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable  # noqa: TC003 - a NamedTuple needs it
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer import Gazetteer
from gazetteer.dates import ALWAYS
from gazetteer.ids import NameId, PlaceId
from gazetteer.index import Index
from gazetteer.model import Place, Tables, Toponym
from gazetteer.resolve import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterable

SEED = 20261124
ROUNDS = 5


class Row(NamedTuple):
    """One line of the table: what was measured, and what is to be reached."""

    work: str
    measured: str
    reach: str = ""
    reached: bool = True


def cpu_of(*command: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def cpu(call: Callable[[], Any]) -> float:
    before = time.process_time()
    call()
    return time.process_time() - before


def best(rounds: int, *calls: Callable[[], float]) -> list[float]:
    """Take turns, so that a busy moment hits all alike; keep the best of each."""
    taken = [[call() for call in calls] for _ in range(rounds)]
    return [min(column) for column in zip(*taken, strict=True)]


def start_up() -> Iterable[Row]:
    program = str(Path(sys.executable).with_name("gazetteer"))

    def bare() -> float:
        return cpu_of(sys.executable, "-c", "pass")

    def imported() -> float:
        return cpu_of(sys.executable, "-c", "import gazetteer; gazetteer.Gazetteer")

    def resolved() -> float:
        return cpu_of(program, "resolve", "Xankəndi")

    nothing, package, whole = best(15, bare, imported, resolved)
    above = (package - nothing) * 1000
    yield Row("import, above bare Python", f"{above:.0f} ms", "≤ 60 ms", above <= 60)
    whole *= 1000
    yield Row("resolve one name, process", f"{whole:.0f} ms", "≤ 200 ms", whole <= 200)


def look_ups() -> Iterable[Row]:
    places = list(Gazetteer.load())
    names = sorted({row.name for place in places for row in place.toponyms})
    generator = random.Random(SEED)
    # as files write them: some as in the data, some in capitals or small letters
    written = [
        generator.choice([str, str, str.upper, str.lower])(generator.choice(names))
        for _ in range(200_000)
    ]
    index = Index(places)
    plain = {name: index.lookup(name) for name in {*names, *written}}

    def ours() -> float:
        return cpu(lambda: list(map(index.lookup, written)))

    def dictionary() -> float:
        return cpu(lambda: list(map(plain.__getitem__, written)))

    taken, limit = best(9, ours, dictionary)
    share = limit / taken * 100
    yield Row(
        "exact and folded names, of a plain dict's rate",
        f"{share:.0f} %",
        "≥ 60 %",
        share >= 60,
    )


def misspelt(name: str, generator: random.Random) -> str:
    at = generator.randrange(1, len(name) - 1)
    kind = generator.randrange(4)
    letter = generator.choice("abcdefghijklmnopqrstuvwxyz")
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + letter + name[at:]
    if kind == 2:
        return name[:at] + letter + name[at + 1 :]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


class Peer(NamedTuple):
    """Who answers, how many times slower it should be than ours, and how it answers."""

    name: str
    reach: int
    answer: Callable[[str], str | None]


def countries() -> dict[str, str]:
    import pycountry

    names: dict[str, str] = {}
    for country in pycountry.countries:
        for field in ("name", "official_name", "common_name"):
            if getattr(country, field, None):
                names.setdefault(getattr(country, field), country.alpha_2)
    return names


def ours(names: dict[str, str]) -> list[Peer]:
    resolver = resolver_of(names)

    def matched(query: str) -> str | None:
        match = resolver.resolve(query).match
        return match.place.note if match else None

    def first(query: str) -> str | None:
        candidates = resolver.resolve(query).candidates
        return candidates[0].place.note if candidates else None

    return [Peer("matched, ours", 0, matched), Peer("first candidate, ours", 0, first)]


def peers() -> list[Peer]:
    import pycountry
    from countryguess import guess_country
    from rigour.territories import lookup_territory

    def guessed(query: str) -> str | None:
        found = guess_country(query, attribute="iso2")
        return found if isinstance(found, str) else None

    def looked_up(query: str) -> str | None:
        found = lookup_territory(query, fuzzy=True)
        return found.code.upper() if found else None

    def searched(query: str) -> str | None:
        try:
            return str(pycountry.countries.search_fuzzy(query)[0].alpha_2)
        except LookupError:
            return None

    return [
        Peer("countryguess", 9, guessed),
        Peer("rigour", 100, looked_up),
        Peer("pycountry", 200, searched),
    ]


def country_list() -> Iterable[Row]:
    names = countries()
    generator = random.Random(SEED)
    longer = [(name, code) for name, code in sorted(names.items()) if len(name) > 7]
    # a peer may remember its answers, so no query is ever asked twice
    rounds = [
        [
            (misspelt(name, generator), code)
            for name, code in generator.sample(longer, 40)
        ]
        for _ in range(ROUNDS)
    ]
    contenders = [*ours(names), *peers()]
    taken: dict[str, list[float]] = {peer.name: [] for peer in contenders}
    answers: dict[str, list[tuple[str | None, str]]] = {
        peer.name: [] for peer in contenders
    }
    for peer in contenders:
        peer.answer("Nowhereland")  # what it loads once is not counted
    for queries in rounds:
        for peer in contenders:
            before = time.process_time()
            given = [peer.answer(query) for query, _ in queries]
            taken[peer.name].append((time.process_time() - before) / len(queries))
            answers[peer.name] += zip(given, (code for _, code in queries), strict=True)
    mine = min(taken[contenders[0].name])
    for peer in contenders:
        pairs = answers[peer.name]
        right = sum(given == code for given, code in pairs)
        none = sum(given is None for given, _ in pairs)
        least = min(taken[peer.name])
        measured = (
            f"{right} right, {len(pairs) - right - none} wrong, {none} none; "
            f"{least * 1e6:,.0f} µs, {least / mine:.0f}×"
        )
        reach = f"≥ {peer.reach}×" if peer.reach else ""
        yield Row(
            f"misspelt country: {peer.name}",
            measured,
            reach,
            least / mine >= peer.reach,
        )


def resolver_of(names: dict[str, str]) -> Resolver:
    rows: dict[str, list[Toponym]] = {}
    for number, (name, code) in enumerate(names.items()):
        row = Toponym(
            NameId(f"list-{number:04}"),
            PlaceId(f"list-{code}"),
            name,
            "en",
            "full",
            "",
            "",
            ALWAYS,
            default_sense=False,
            prior=0.0,
            sources=("list",),
            note="",
        )
        rows.setdefault(code, []).append(row)
    places = {
        PlaceId(f"list-{code}"): Place(
            PlaceId(f"list-{code}"),
            "country",
            "A",
            None,
            None,
            ALWAYS,
            (),
            "",
            "",
            code,
            tuple(toponyms),
        )
        for code, toponyms in rows.items()
    }
    tables = Tables(places, {}, {}, {}, (), "list", ())
    return Resolver(tables, Index(places.values()))


def main() -> None:
    print("| work | measured | to reach | reached |\n|---|---|---|---|")
    for part in (start_up, look_ups, country_list):
        for row in part():
            mark = "" if not row.reach else "yes" if row.reached else "no"
            print(f"| {row.work} | {row.measured} | {row.reach} | {mark} |", flush=True)


if __name__ == "__main__":
    main()
