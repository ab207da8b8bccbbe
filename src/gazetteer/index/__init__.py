"""A query finds candidates: exact, folded, then fuzzy. The only user of rapidfuzz.

Two stages, the second reached only when the first finds nothing:

- the text itself and its folded keys, in one table that remembers what it folded;
- the class-merged key, and keys within an edit or two.

A name that was written exactly still brings its folded twins along: `Ab Cd` finds the
place of that name first and then those called `Àb Çd`, since a writer without marks on
the keyboard may mean either. Nothing is folded before the first query.
"""

from __future__ import annotations

from gazetteer.index.edits import Near, allowed_edits
from gazetteer.index.hits import Hit
from gazetteer.index.index import Index

__all__ = ["Hit", "Index", "Near", "allowed_edits"]
