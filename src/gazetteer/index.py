"""A query finds candidates: exact, folded, then fuzzy. The only user of rapidfuzz.

Three stages, each reached only when the one before found nothing of its kind:

- the text itself and its folded keys, in one table that remembers what it folded;
- the class-merged key, and keys within an edit or two.

A name that was written exactly still brings its folded twins along: `Ab Cd` finds the
place of that name first and then those called `Àb Çd`, since a writer without marks on
the keyboard may mean either. Nothing is folded before the first query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import combining, normalize

from gazetteer.folding import class_key, match_key, plain_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gazetteer.model import Place, Toponym

__all__ = ["Hit", "Index", "Near", "allowed_edits"]

# Keys under 4 characters are near to everything; 2 edits need 8 characters. Measured on
# 954k names: false answers to made-up words fall from .19 to .044.
_ONE_EDIT_FROM: Final = 4
_TWO_EDITS_FROM: Final = 8

# A class-merged key forgets so much that unrelated names share one; the faithful keys
# must also look alike, as a share of their length in percent.
_CLASS_CUTOFF: Final = 60.0

# How many folded queries are remembered beside the names themselves.
_REMEMBERED: Final = 65_536

_FUZZY_PLACES: Final = 20

_METHOD: Final = {
    "text": "exact",
    "case": "folded",
    "marks": "folded",
    "plain": "folded",
    "letters": "folded",
    "class": "fuzzy",
    "edits": "fuzzy",
}
_RANK: Final = {kind: rank for rank, kind in enumerate(_METHOD)}


class Hit(NamedTuple):
    """One toponym that a query may mean.

    Attributes:
        toponym: the row that matched.
        method: ``exact`` (same text), ``folded`` (same faithful match key, or the same
            once marks are left out) or ``fuzzy`` (near keys, or the same class-merged
            key only).
        similarity: of the keys that met, 0 to 100: 100 unless fuzzy, else 100 less the
            edits as a share of the longer key.
        kind: what differs, the least first: ``text`` nothing; ``case`` case, space or
            punctuation; ``marks`` the query has none where the name has some; ``plain``
            the same, where marks make other letters of them; ``letters`` the alphabet
            or a habit of spelling; ``class`` sounds that romanizations confuse;
            ``edits`` one or two letters.
        length: of the shorter key; of a fuzzy hit, of the words that differ.
        edits: between the keys, 0 unless fuzzy.
        first: whether an edit replaced the first letter.
    """

    toponym: Toponym
    method: str
    similarity: float
    kind: str = "text"
    length: int = 0
    edits: int = 0
    first: bool = False


class Near(NamedTuple):
    """A key within the edits that its length allows.

    Attributes:
        edits: insertions, deletions, replacements and exchanges of neighbours.
        length: of the shorter one of the words that differ, or of the shorter key.
        first: whether an edit replaced the first letter of what differs.
    """

    key: str
    edits: int
    length: int
    first: bool


class _Table(dict[str, "tuple[Toponym, ...]"]):
    """Texts to toponyms; what it does not hold it looks for once and keeps."""

    def __init__(self, find: Callable[[str], tuple[Toponym, ...]]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, name: str) -> tuple[Toponym, ...]:
        return self._find(name)


class Index:
    """All toponyms of some places, ready to be searched.

    Attributes:
        lookup: the toponyms that bear a name, by text or by folded key, sorted by
            name_id; empty for an unknown name. It is the table's own getter rather
            than a method, so that a batch runs at a plain dict's speed:
            ``list(map(index.lookup, names))``.

    Examples:
        >>> Index([]).lookup("anything")
        ()
    """

    def __init__(self, places: Iterable[Place]) -> None:
        """Hold the places; their names are folded at the first query."""
        self._places: Iterable[Place] | None = places
        self._keys: dict[str, list[Toponym]] = {}
        self._plain: dict[str, list[Toponym]] = {}
        self._classes: dict[str, list[tuple[str, Toponym]]] | None = None
        self._lengths: dict[int, list[str]] | None = None
        self._longest = 0
        self._room = _REMEMBERED
        self._table = _Table(self._find)
        self.lookup: Callable[[str], tuple[Toponym, ...]] = self._table.__getitem__

    def search(
        self, query: str, *, limit: int = _FUZZY_PLACES, fuzzy: bool = True
    ) -> list[Hit]:
        """Return the hits of a query, the nearest first.

        Args:
            query: any text.
            limit: of places that are found by nearness; those that bear the name
                itself are never cut.
            fuzzy: whether to go on to nearness where nothing bears the name.
        """
        text = _tidy(query)
        found = self.lookup(text)
        if found:
            hits = [_hit(text, toponym) for toponym in found]
            return sorted(hits, key=_by_name_id)
        key = match_key(text)
        if not fuzzy or not _ONE_EDIT_FROM <= len(key) <= self._longest + 2:
            return []
        close: dict[str, Hit] = {}
        for near in self.nearest(key):
            for toponym in self._bearers(near.key):
                _keep(close, _near_hit(toponym, key, near))
        for other, toponym in self._class_mates(key):
            _keep_alike(close, toponym, key, other)
        return _limited(_by_likeness(close.values(), key), limit)

    def nearest(self, key: str) -> list[Near]:
        """Return the keys within the edits that `allowed_edits` allows, nearest first.

        Args:
            key: a match key.
        """
        from rapidfuzz.distance.OSA import distance
        from rapidfuzz.process import extract

        most = _edits_of_length(len(key))
        if not most:
            return []
        found = []
        for length in range(len(key) - most, len(key) + most + 1):
            keys = self._by_length().get(length)
            if not keys:
                continue
            for other, edits, _ in extract(
                key, keys, scorer=distance, score_cutoff=most, limit=None
            ):
                near = allowed_edits(key, other, int(edits))
                if near is not None:
                    found.append(near)
        found.sort(key=lambda near: (near.edits, near.key))
        return found

    # ------------------------------------------------------------- by the name itself

    def _find(self, name: str) -> tuple[Toponym, ...]:
        if self._places is not None:
            self._build(self._places)
            self._places = None
            if name in self._table:
                return self._table[name]
        text = _tidy(name)
        found = self._table.get(text)
        if found is None:
            found = self._group(match_key(text))
            if not found and not text.isascii():
                # marks were written that the name in the data lacks
                found = self._group(plain_key(text))
        if self._room:
            self._room -= 1
            self._table[name] = found
        return found

    def _build(self, places: Iterable[Place]) -> None:
        texts: dict[str, list[Toponym]] = {}
        for place in places:
            for toponym in place.toponyms:
                texts.setdefault(toponym.name, []).append(toponym)
        keys = {text: match_key(text) for text in texts}
        for text, toponyms in texts.items():
            key = keys[text]
            if not key:
                continue
            self._keys.setdefault(key, []).extend(toponyms)
            if not text.isascii() and (plain := plain_key(text)) != key:
                self._plain.setdefault(plain, []).extend(toponyms)
        groups = {key: self._group(key) for key in self._keys}
        for text, toponyms in texts.items():
            self._table[text] = groups.get(keys[text]) or tuple(toponyms)
        self._longest = max(map(len, self._keys), default=0)

    def _group(self, key: str) -> tuple[Toponym, ...]:
        found = [*self._keys.get(key, ()), *self._plain.get(key, ())]
        return tuple(sorted(found, key=lambda toponym: toponym.name_id))

    # --------------------------------------------------------------------- by nearness

    def _bearers(self, key: str) -> list[Toponym]:
        both = self._keys.get(key, []) + self._plain.get(key, [])
        return [toponym for toponym in both if _may_be_near(toponym)]

    def _by_length(self) -> dict[int, list[str]]:
        if self._lengths is None:
            lengths: dict[int, list[str]] = {}
            for key in sorted({*self._keys, *self._plain}):
                if self._bearers(key):
                    lengths.setdefault(len(key), []).append(key)
            self._lengths = lengths
        return self._lengths

    def _class_mates(self, key: str) -> Sequence[tuple[str, Toponym]]:
        if self._classes is None:
            classes: dict[str, list[tuple[str, Toponym]]] = {}
            for keys in (self._keys, self._plain):
                for each, toponyms in keys.items():
                    if len(each) >= _ONE_EDIT_FROM:
                        mates = classes.setdefault(class_key(each), [])
                        mates += [(each, t) for t in toponyms if _may_be_near(t)]
            self._classes = classes
        return self._classes.get(class_key(key), [])


def allowed_edits(key: str, other: str, edits: int) -> Near | None:
    """Say whether two match keys are near enough for their length, and how near.

    Edits are counted against the words that differ, where the words of the two can be
    paired: in a long name of a common shape, two letters may be all that tells one
    place from another. Digits are never a slip. In a key under 8 characters the first
    letter is not one either: few errors of typing strike it (Pollock and Zamora,
    Communications of the ACM 27:358, 1984).

    Args:
        key: of the query.
        other: of a name.
        edits: their distance (optimal string alignment).

    Examples:
        >>> allowed_edits("mountain", "muontain", 1)
        Near(key='muontain', edits=1, length=8, first=False)
        >>> allowed_edits("hill", "bill", 1) is None
        True
        >>> allowed_edits("ward 12", "ward 13", 1) is None
        True
    """
    if edits > _edits_of_length(min(len(key), len(other))):
        return None
    if _digits(key) != _digits(other):
        return None
    length = min(len(key), len(other))
    start = (key, other)
    pairs = _differing(key, other)
    if pairs:
        from rapidfuzz.distance.OSA import distance

        if any(
            distance(a, b) > _edits_of_length(min(len(a), len(b))) for a, b in pairs
        ):
            return None
        length = min(min(len(a), len(b)) for a, b in pairs)
        start = pairs[0]
    first = _replaces_first(*start)
    if first and length < _TWO_EDITS_FROM:
        return None
    return Near(other, edits, length, first)


def _edits_of_length(length: int) -> int:
    if length < _ONE_EDIT_FROM:
        return 0
    return 1 if length < _TWO_EDITS_FROM else 2


def _digits(key: str) -> str:
    return "".join(character for character in key if character.isdigit())


def _differing(key: str, other: str) -> list[tuple[str, str]]:
    """Return the words that differ, place by place; none unless they can be paired."""
    left, right = key.split(" "), other.split(" ")
    if len(left) != len(right) or len(left) == 1:
        return []
    return [(a, b) for a, b in zip(left, right, strict=True) if a != b]


def _replaces_first(a: str, b: str) -> bool:
    # neither an exchange with the second letter nor one put in front or left out
    if a[:1] == b[:1]:
        return False
    exchanged = a[:2] == b[1::-1]
    return not exchanged and a[1:] != b and b[1:] != a


def _may_be_near(toponym: Toponym) -> bool:
    # an abbreviation with another letter is another abbreviation
    return toponym.form != "abbr"


def _tidy(query: str) -> str:
    text = query.strip()
    return text if text.isascii() else normalize("NFC", text)


def _hit(text: str, toponym: Toponym) -> Hit:
    kind = _difference(text, toponym.name)
    return Hit(toponym, _METHOD[kind], 100.0, kind, len(match_key(text)))


def _difference(text: str, name: str) -> str:
    """Name what tells two texts apart that share a key; see `Hit.kind`."""
    if text == name:
        return "text"
    written, attested = _letters(text), _letters(name)
    if written == attested:
        return "case"
    bare = _without_marks(written)
    if bare == written and bare == _without_marks(attested):
        return "marks" if match_key(text) == match_key(name) else "plain"
    return "letters"


def _letters(text: str) -> str:
    folded = normalize("NFKD", text.casefold())
    return "".join(each for each in folded if each.isalnum() or combining(each))


def _without_marks(letters: str) -> str:
    return "".join(each for each in letters if not combining(each))


def _near_hit(toponym: Toponym, key: str, near: Near) -> Hit:
    similarity = 100.0 * (1 - near.edits / max(len(key), len(near.key)))
    return Hit(
        toponym, "fuzzy", similarity, "edits", near.length, near.edits, near.first
    )


def _keep(hits: dict[str, Hit], hit: Hit) -> None:
    known = hits.get(hit.toponym.name_id)
    if known is None or known.similarity < hit.similarity:
        hits[hit.toponym.name_id] = hit


def _keep_alike(hits: dict[str, Hit], toponym: Toponym, key: str, other: str) -> None:
    from rapidfuzz.distance.OSA import distance

    edits = distance(key, other)
    similarity = 100.0 * (1 - edits / max(len(key), len(other)))
    if similarity >= _CLASS_CUTOFF and _digits(key) == _digits(other):
        length = min(len(key), len(other))
        hit = Hit(toponym, "fuzzy", similarity, "class", length, edits)
        known = hits.get(toponym.name_id)
        # the sounds are the same, which says more than that few letters differ
        if known is None or known.similarity <= similarity:
            hits[toponym.name_id] = hit


def _by_name_id(hit: Hit) -> tuple[int, str]:
    return (_RANK[hit.kind], hit.toponym.name_id)


def _by_likeness(hits: Iterable[Hit], key: str) -> list[Hit]:
    """Sort by similarity, then by how alike the beginnings are."""
    from rapidfuzz.distance.JaroWinkler import similarity

    def rank(hit: Hit) -> tuple[float, float, int, str]:
        alike = similarity(key, match_key(hit.toponym.name))
        return (-hit.similarity, -alike, *_by_name_id(hit))

    return sorted(hits, key=rank)


def _limited(hits: Iterable[Hit], limit: int) -> list[Hit]:
    kept: list[Hit] = []
    places: set[str] = set()
    for hit in hits:
        if hit.toponym.place_id not in places:
            if len(places) == limit:
                continue
            places.add(hit.toponym.place_id)
        kept.append(hit)
    return kept
