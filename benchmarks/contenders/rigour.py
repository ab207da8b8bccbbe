"""rigour's fuzzy look-up of territories."""

from rigour.territories import lookup_territory


def load(folder):
    return lookup_territory


def one(opened, query):
    found = opened(query, fuzzy=True)
    return found.code.upper() if found else None


def top(opened, queries, limit):
    return [[best] if (best := one(opened, query)) else [] for query in queries]
