"""hdx-python-country's fuzzy look-up, on the data in the package."""

from hdx.location.country import Country


def load(folder):
    Country.countriesdata(use_live=False)
    return Country


def one(opened, query):
    code, _ = opened.get_iso3_country_code_fuzzy(query, use_live=False)
    return opened.get_iso2_from_iso3(code, use_live=False) if code else None


def top(opened, queries, limit):
    return [[best] if (best := one(opened, query)) else [] for query in queries]
