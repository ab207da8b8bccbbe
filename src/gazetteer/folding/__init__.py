"""A written name becomes match keys: folded text for comparison only, never shown.

Three keys, each pure and idempotent:

- `match_key`, the *faithful* key: what is left of a name when spelling habits are taken
  away (case, marks, apostrophes, hyphens, script). Equal keys are the same name written
  by different hands.
- `plain_key`: the same, from the name as someone types it whose keyboard has no marks.
- `class_key`, the *class-merged* key: sounds that romanizations confuse are one, and
  words are joined. Equal keys make a candidate, never more.

`digraph_key` is the faithful key of a name with two letters for each that is written so
where it is not at hand.

`written_key` stays in the script of the name and has one letter for each that was
written: slips are counted in it too.

`parted` tells the generic words of a key from the name proper, and `bag_key` forgets
both them and the order of the other words.

`gazetteer.folding.columns` makes the first two of whole columns, in NumPy.

`strip_ignorable` prepares running text for scanning and keeps the offsets;
`gazetteer.folding.words` takes names and texts apart into words.
"""

from __future__ import annotations

from gazetteer.folding.classes import class_key, classes_of
from gazetteer.folding.digraphs import digraph_key, has_digraph, may_be_digraphs_of
from gazetteer.folding.generic import Parted, bag_key, may_be_parted, parted
from gazetteer.folding.ignorable import strip_ignorable
from gazetteer.folding.keys import MatchKey, match_key, plain_key
from gazetteer.folding.words import gap_key, path_of, steps_of, word_key, words_of
from gazetteer.folding.written import written_key

__all__ = [
    "MatchKey",
    "Parted",
    "bag_key",
    "class_key",
    "classes_of",
    "digraph_key",
    "gap_key",
    "has_digraph",
    "match_key",
    "may_be_digraphs_of",
    "may_be_parted",
    "parted",
    "path_of",
    "plain_key",
    "steps_of",
    "strip_ignorable",
    "word_key",
    "words_of",
    "written_key",
]
