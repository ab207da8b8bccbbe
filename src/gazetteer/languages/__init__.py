"""What is known of a language or a script, as data.

Each module is one kind of knowledge: `scripts` (which script a text or a language is
written in), `alphabets` (the order of letters), `casing`, `controls` (characters that
no name has), `encodings` (which one some bytes may be in), `letters` (what a letter
becomes in a match key), `lookalikes` (letters that are taken for others). The facts are
in the tab-separated files beside them, each with its source, read when first needed.
"""

from __future__ import annotations
