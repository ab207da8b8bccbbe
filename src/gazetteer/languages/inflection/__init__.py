"""How names of places are inflected, by language: tables, and what follows from them.

Each table is a file beside this one, with its sources. Its lines:

- ``noun`` and ``adj``: how a word with some end is inflected: what of the end is taken
  away, and the endings by case, ``-`` for none. The first line that fits a word holds;
  of several endings the first is the one that is printed, and all are understood.
- ``also``: forms that are understood and never printed; ``unsure``: the same, for words
  of which nothing is printed but the nominative.
- ``derived``: adjectives and words for people, which name no place.
- ``after``: what may follow the endings of some cases.
- ``vowel`` and ``last``: capital letters that stand in endings for a letter which the
  last vowel, or the last letter, before it decides.
- ``join``: the signs that part a name from its ending.
- ``agree``: which words of a name are inflected: the ``last``; the last and the
  ``adjectives`` before it; or ``all`` adjectives and the first noun.
- ``prefix``: ends of a word that belongs to the adjective after it.
- ``adjectival``: ends of names of one word that may as well be adjectives.
- ``govern``: words before a name, and the cases that they call for.
"""

from __future__ import annotations

from gazetteer.languages.inflection.inflection import (
    DERIVED,
    NOMINATIVE,
    Form,
    Inflection,
    load_inflection,
)

__all__ = ["DERIVED", "NOMINATIVE", "Form", "Inflection", "load_inflection"]
