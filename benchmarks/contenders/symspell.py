"""symspellpy at two edits; a name counts as often as places bear it."""

from itertools import islice

from symspellpy import SymSpell, Verbosity

EDITS = 2


def build(names, folder):
    speller = SymSpell(max_dictionary_edit_distance=EDITS, prefix_length=7)
    for name in names:
        speller.create_dictionary_entry(name.key, len(name.places))
    speller.save_pickle(folder / "symspell.pickle")


def load(folder):
    speller = SymSpell(max_dictionary_edit_distance=EDITS, prefix_length=7)
    speller.load_pickle(folder / "symspell.pickle")
    return speller


def one(opened, query):
    found = opened.lookup(query, Verbosity.TOP, max_edit_distance=EDITS)
    return found[0].term if found else None


def top(opened, queries, limit):
    return [
        [
            near.term
            for near in islice(opened.lookup(query, Verbosity.ALL, EDITS), limit)
        ]
        for query in queries
    ]
