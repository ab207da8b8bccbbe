"""The index alone, as `ours_index`, where what is asked is folded by itself.

So do the lists of countries that stand beside it. Folding is within what is timed.
"""

from corpus import fold

from contenders import ours_index
from contenders.ours_index import build, load

__all__ = ["build", "load", "one", "top"]


def one(opened, query):
    return ours_index.one(opened, fold(query))


def top(opened, queries, limit):
    return ours_index.top(opened, list(map(fold, queries)), limit)
