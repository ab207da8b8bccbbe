"""Columns and files of names in, decisions out.

    resolve_file(gaz, "in.csv", "out.parquet", BatchOptions(column="name"))

The order of reading is the order of the work: `source` and `encodings` (bytes and
text), `reading` (pieces of rows) with one module a format (`csvfile`, `jsonlines`,
`parquet`, `excel`), `decisions` (what a person has decided), `kernel` (each distinct
name in its context once) with `contexts` and `answers`, `review` (what a person should
decide), `partial` (a file that is there whole or not at all), `run` (all of it).
"""

from __future__ import annotations

from gazetteer.batch.answers import OUTPUT_COLUMNS
from gazetteer.batch.errors import BatchError
from gazetteer.batch.files import FORMATS
from gazetteer.batch.options import CONTEXT_FIELDS, BatchOptions, Tally
from gazetteer.batch.run import resolve_file

__all__ = [
    "CONTEXT_FIELDS",
    "FORMATS",
    "OUTPUT_COLUMNS",
    "BatchError",
    "BatchOptions",
    "Tally",
    "resolve_file",
]
