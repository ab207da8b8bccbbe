"""Decide which place a query refers to, or say why it cannot be decided.

What a string refers to is decided without knowing who asks: nothing here knows of
perspectives or labels. The order of reading is the order of the work: `identify` (the
query is an id), `scoring` (how far the strings alone are to be trusted), `context` and
`weighing` (what is known beside the name), `resolver` (the decision), `values` and
`explain` (the answer), `many`, `close`, `answers` and `columns` (many answers).
"""

from __future__ import annotations

from gazetteer.resolve.columns import Resolutions
from gazetteer.resolve.resolver import Resolver
from gazetteer.resolve.values import Candidate, Context, Policy, Resolution

__all__ = ["Candidate", "Context", "Policy", "Resolution", "Resolutions", "Resolver"]
