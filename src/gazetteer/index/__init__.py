"""A query finds candidates: exact, folded, then fuzzy. The only user of rapidfuzz.

Two stages, the second reached only when the first finds nothing:

- the folded keys of the text, in a table that remembers what was asked;
- the class-merged key, and keys within an edit or two.

A name that was written exactly still brings its folded twins along: `Ab Cd` finds the
place of that name first and then those called `Àb Çd`, since a writer without marks on
the keyboard may mean either.

The order of reading: `keys` (under which keys a name is kept), `compile` and `spool`
(places become a store), `names` (the names of one store), `exact` (whole columns of
them), `settling` and `settled` (what a store says of names before anybody asks),
`neighbourhood` (near keys), `edits` and `hits` (what was found, and how near), `index`
(a query finds candidates), `directory` (a directory of tables as a store), `part` (what
rows can be about).
"""

from __future__ import annotations

from gazetteer.index.edits import Near, allowed_edits
from gazetteer.index.hits import Hit
from gazetteer.index.index import Index

__all__ = ["Hit", "Index", "Near", "allowed_edits"]
