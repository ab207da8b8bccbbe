"""A place and a perspective become a label, with its rule, rows and sources.

The way of a label: `perspectives` holds the policies (read by `reading` by the shape of
`schema`), `conditions` says which rule is for a place, `choosing` finds the row of each
slot, `composing` sets the names together, `sides` weighs them where the place is
contested, and `labeller` leads through it.
"""

from gazetteer.labels.comparison import Comparison
from gazetteer.labels.label import Label
from gazetteer.labels.labeller import Labeller
from gazetteer.labels.perspectives import (
    Perspective,
    Perspectives,
    check_perspectives,
    load_perspectives,
    read_perspectives,
)
from gazetteer.labels.rules import Note

__all__ = [
    "Comparison",
    "Label",
    "Labeller",
    "Note",
    "Perspective",
    "Perspectives",
    "check_perspectives",
    "load_perspectives",
    "read_perspectives",
]
