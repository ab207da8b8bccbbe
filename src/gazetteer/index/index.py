"""The index itself: one table of folded texts, and nearness behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from gazetteer.folding import class_key, match_key, plain_key
from gazetteer.index.edits import (
    ONE_EDIT_FROM,
    TWO_EDITS_FROM,
    allowed_edits,
    digits,
    edits_of_length,
)
from gazetteer.index.hits import Hit, by_kind, same_key_hit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gazetteer.index.edits import Near
    from gazetteer.model import Place, Toponym

__all__ = ["Index"]

# A class-merged key forgets so much that unrelated names share one; the faithful keys
# must also look alike, as a share of their length in percent.
_CLASS_CUTOFF: Final = 60.0

# How many folded queries are remembered beside the names themselves.
_REMEMBERED: Final = 65_536

_FUZZY_PLACES: Final = 20


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
        self._places: tuple[Place, ...] | None = tuple(places)
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
            hits = [same_key_hit(text, toponym) for toponym in found]
            return sorted(hits, key=by_kind)
        key = match_key(text)
        if not fuzzy or not ONE_EDIT_FROM <= len(key) <= self._longest + 2:
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

        most = edits_of_length(len(key))
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
            if name in self._table:
                return self._table[name]
        text = _tidy(name)
        found = self._table.get(text)
        if found is None:
            found = self._group(*_keys_of(text))
        if self._room > 0:
            self._room -= 1
            self._table[name] = found
        return found

    def _build(self, places: tuple[Place, ...]) -> None:
        # Threads that come at the same time build the same; each assigns it whole.
        texts: dict[str, list[Toponym]] = {}
        for place in places:
            for toponym in place.toponyms:
                texts.setdefault(toponym.name, []).append(toponym)
        keys_of = {text: _keys_of(text) for text in texts}
        keys: dict[str, list[Toponym]] = {}
        plain_keys: dict[str, list[Toponym]] = {}
        for text, toponyms in texts.items():
            key, plain = keys_of[text]
            if key:
                keys.setdefault(key, []).extend(toponyms)
            if plain != key:
                plain_keys.setdefault(plain, []).extend(toponyms)
        self._keys, self._plain = keys, plain_keys
        self._longest = max(map(len, keys), default=0)
        groups = {pair: self._group(*pair) for pair in set(keys_of.values())}
        for text, toponyms in texts.items():
            self._table[text] = groups[keys_of[text]] or tuple(toponyms)
        self._places = None

    def _group(self, key: str, plain: str) -> tuple[Toponym, ...]:
        """Return the toponyms that share one of two keys with a text, by name_id."""
        bearers = [*self._keys.get(key, ()), *self._plain.get(key, ())]
        if plain != key:
            bearers += [*self._keys.get(plain, ()), *self._plain.get(plain, ())]
        found = {toponym.name_id: toponym for toponym in bearers}
        return tuple(found[name_id] for name_id in sorted(found))

    # --------------------------------------------------------------------- by nearness

    def _bearers(self, key: str) -> list[Toponym]:
        both = self._keys.get(key, []) + self._plain.get(key, [])
        return [toponym for toponym in both if _may_be_near(toponym)]

    def _by_length(self) -> dict[int, list[str]]:
        if self._lengths is None:
            lengths: dict[int, list[str]] = {}
            # a short name without its marks has lost enough to bear another edit
            plain = {key for key in self._plain if len(key) >= TWO_EDITS_FROM}
            for key in sorted({*self._keys, *plain}):
                if self._bearers(key):
                    lengths.setdefault(len(key), []).append(key)
            self._lengths = lengths
        return self._lengths

    def _class_mates(self, key: str) -> Sequence[tuple[str, Toponym]]:
        if self._classes is None:
            classes: dict[str, list[tuple[str, Toponym]]] = {}
            for keys in (self._keys, self._plain):
                for each, toponyms in keys.items():
                    if len(each) >= ONE_EDIT_FROM:
                        mates = classes.setdefault(class_key(each), [])
                        mates += [(each, t) for t in toponyms if _may_be_near(t)]
            self._classes = classes
        return self._classes.get(class_key(key), [])


def _may_be_near(toponym: Toponym) -> bool:
    # an abbreviation with another letter is another abbreviation
    return toponym.form != "abbr"


def _tidy(query: str) -> str:
    text = query.strip()
    return text if text.isascii() else normalize("NFC", text)


def _keys_of(text: str) -> tuple[str, str]:
    """Return the faithful key of a text and that of the text without its marks."""
    key = match_key(text)
    return key, key if text.isascii() else plain_key(text)


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
    if similarity >= _CLASS_CUTOFF and digits(key) == digits(other):
        length = min(len(key), len(other))
        hit = Hit(toponym, "fuzzy", similarity, "class", length, edits)
        known = hits.get(toponym.name_id)
        # the sounds are the same, which says more than that few letters differ
        if known is None or known.similarity <= similarity:
            hits[toponym.name_id] = hit


def _by_likeness(hits: Iterable[Hit], key: str) -> list[Hit]:
    """Sort by similarity, then by how alike the beginnings are."""
    from rapidfuzz.distance.JaroWinkler import similarity

    def rank(hit: Hit) -> tuple[float, float, int, str]:
        alike = similarity(key, match_key(hit.toponym.name))
        return (-hit.similarity, -alike, *by_kind(hit))

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
