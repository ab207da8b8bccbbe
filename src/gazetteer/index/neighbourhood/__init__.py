"""The keys within an edit or two of a query, among millions.

A deletion neighbourhood: what is left of a key when one or two letters are deleted is
kept under its hash, and a query is looked for in the same way, since two strings that
an edit or two tell apart have what is left in common. Of long keys only head and tail
are varied (`gazetteer.index.neighbourhood.windows` says why nothing is missed).

How far a key may be is a matter of its length: keys of 4 to 7 letters are found within
one edit, longer ones within two, shorter ones never. Edits are insertions, deletions,
replacements and exchanges of neighbours (optimal string alignment).

`build` makes flat arrays, which can be stored and mapped into memory; `Neighbourhood`
opens them without a copy. One query is answered in plain Python, many in NumPy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.index.neighbourhood.keys import ListedKeys, PackedKeys
from gazetteer.index.neighbourhood.layout import ARRAYS
from gazetteer.index.neighbourhood.neighbourhood import Neighbourhood

if TYPE_CHECKING:
    from gazetteer.index.neighbourhood.building import build

__all__ = ["ARRAYS", "ListedKeys", "Neighbourhood", "PackedKeys", "build"]


def __getattr__(name: str) -> object:
    # building needs NumPy, whose import costs more than a query
    if name == "build":
        from gazetteer.index.neighbourhood.building import build

        return build
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
