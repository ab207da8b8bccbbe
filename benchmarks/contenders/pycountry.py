"""pycountry's fuzzy search."""

import pycountry


def load(folder):
    return pycountry.countries


def _nearest(opened, query, limit):
    try:
        return [country.alpha_2 for country in opened.search_fuzzy(query)[:limit]]
    except LookupError:
        return []


def one(opened, query):
    return next(iter(_nearest(opened, query, 1)), None)


def top(opened, queries, limit):
    return [_nearest(opened, query, limit) for query in queries]
