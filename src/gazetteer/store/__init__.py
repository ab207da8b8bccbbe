"""One file that holds places, mapped into memory and read as it is asked.

The order of reading: `format` (the layout), `write` and `read` (the file), `rows` and
`places` (a place as text), `probe` (tables of hashes), `collect` (places are written),
`store` (and read), `stack` (several stores, the earlier ones winning), `tables` (as
`gazetteer.model.Tables`), `verify` (every byte), `cache` (made once, kept for later).

What is found by a name stands in the same file and is `gazetteer.index`'s business;
`gazetteer.index.compile_places` writes a whole store.
"""

from __future__ import annotations

from gazetteer.store.store import Store

__all__ = ["Store"]
