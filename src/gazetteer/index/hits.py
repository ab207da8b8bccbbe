"""What the index finds, and what tells a query from the name it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import combining, normalize

from gazetteer.folding import match_key, plain_key
from gazetteer.languages.casing import caseless
from gazetteer.languages.scripts import script_of

if TYPE_CHECKING:
    from gazetteer.model import Toponym

__all__ = ["Hit", "by_kind", "difference", "letters_of", "rank_of", "same_key_hit"]

_METHOD: Final = {
    "text": "exact",
    "case": "folded",
    "marks": "folded",
    "plain": "folded",
    "spelling": "folded",
    "script": "folded",
    "mixed": "folded",
    "digraph": "fuzzy",
    "joined": "fuzzy",
    "order": "fuzzy",
    "added": "fuzzy",
    "left": "fuzzy",
    "swapped": "fuzzy",
    "class": "fuzzy",
    "edits": "fuzzy",
}
_RANK: Final = {kind: rank for rank, kind in enumerate(_METHOD)}


class Hit(NamedTuple):
    """One toponym that a query may mean.

    Attributes:
        toponym: the row that matched.
        method: ``exact`` (same text), ``folded`` (same faithful match key, or the same
            once marks are left out) or ``fuzzy`` (near keys, the same words otherwise
            arranged, or the same class-merged key only).
        similarity: of the whole keys, 0 to 100: 100 unless fuzzy, else 100 less the
            edits as a share of the longer key. It measures strings and nothing else.
        kind: what differs, the least first: ``text`` nothing; ``case`` case, space or
            punctuation; ``marks`` the query has none where the name has some; ``plain``
            the same, where marks make other letters of them; ``spelling`` a habit of
            spelling; ``script`` the script; ``mixed`` the query has marks that the
            name lacks, or only some of its; ``digraph`` one has two letters for one of
            the other's, as it is written where that is not at hand; ``joined`` where
            words part; ``order`` the
            order of the words; ``added`` the query has a generic word that the name
            lacks; ``left`` the name has one that the query lacks; ``swapped`` each has
            another; ``class`` sounds that romanizations confuse; ``edits`` one or two
            letters.
        length: of the shorter key; of a fuzzy hit, of the words that differ. Generic
            words do not count.
        edits: between the keys without their generic words, 0 unless fuzzy.
        first: whether an edit replaced the first letter.
        beyond: whether the edits are more than what differs bears by its length; see
            `gazetteer.index.edits.allowed_edits`.
        alike: similarity of what the edits were counted in.
        beginning: Jaro-Winkler similarity of query and name, 0 to 1, which gives weight
            to how they begin; 0 unless fuzzy.
        slip: whether letters left out or exchanged make the query of the name. To have
            put another letter is one of many ways to err, and these are one each.
        script: whether query and name are of one script; True unless fuzzy.
        rivals: of a misspelt name, other names as near as this, which are none of this
            place's. Names of the same words are homonyms and no rivals.
        types: types of place that the generic words of the query speak for, where the
            name has others or none.
        own_types: the same of the name's.
    """

    toponym: Toponym
    method: str
    similarity: float
    kind: str = "text"
    length: int = 0
    edits: int = 0
    first: bool = False
    beyond: bool = False
    alike: float = 100.0
    beginning: float = 0.0
    slip: bool = False
    script: bool = True
    rivals: int = 0
    types: frozenset[str] = frozenset()
    own_types: frozenset[str] = frozenset()


def same_key_hit(text: str, toponym: Toponym) -> Hit:
    """Return the hit of a toponym whose key, or key without marks, the text has."""
    kind = difference(text, toponym.name)
    return Hit(toponym, _METHOD[kind], 100.0, kind, len(match_key(text)))


def difference(text: str, name: str) -> str:
    """Name what tells two texts apart that share a key; see `Hit.kind`."""
    if text == name:
        return "text"
    written, attested = letters_of(text), letters_of(name)
    if written == attested:
        return "case"
    key = match_key(text)
    if key != match_key(name):
        return "plain" if key == plain_key(name) else "mixed"
    bare = _without_marks(written)
    if bare == written and bare == _without_marks(attested):
        return "marks"
    return "spelling" if script_of(text) == script_of(name) else "script"


def letters_of(text: str) -> str:
    """Return what is the same in texts that differ in case, space or punctuation."""
    decomposed = normalize("NFKD", caseless(text))
    return "".join(each for each in decomposed if each.isalnum() or combining(each))


def _without_marks(letters: str) -> str:
    return "".join(each for each in letters if not combining(each))


def rank_of(kind: str) -> int:
    """Return the rank of a kind: the least difference first."""
    return _RANK[kind]


def by_kind(hit: Hit) -> tuple[int, str]:
    """Return what hits are sorted by that are alike: the least difference first."""
    return (_RANK[hit.kind], hit.toponym.name_id)
