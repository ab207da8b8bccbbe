"""Others' files as places: what a store is built from.

Each reader yields `Place` values one after another in little memory, and says of every
fault where it stands and what would have worked. What a source states is kept as its
statement: a country is a relation according to that source, and what it does not say
is left blank.
"""

from gazetteer.formats.columns import FIELDS, Columns, parse_columns
from gazetteer.formats.csvfile import CsvOptions
from gazetteer.formats.detect import FORMATS, detect_format, open_source
from gazetteer.formats.faults import Faults, SourceError
from gazetteer.formats.reader import Reader

__all__ = [
    "FIELDS",
    "FORMATS",
    "Columns",
    "CsvOptions",
    "Faults",
    "Reader",
    "SourceError",
    "detect_format",
    "open_source",
    "parse_columns",
]
