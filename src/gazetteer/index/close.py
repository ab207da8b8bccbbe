"""What is close to a query that is no name: near keys, the same words rearranged.

What differs is told by the keys alone, so they are put in order before any name that
has one of them is read: of the many that one letter tells from a short query, those
that begin otherwise would be read in vain.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.folding import MatchKey, digraph_key, match_key, parted
from gazetteer.index.edits import osa, same_digits
from gazetteer.index.hits import Hit, by_kind, rank_of
from gazetteer.languages.scripts import script_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gazetteer.folding import Parted
    from gazetteer.index.edits import Near
    from gazetteer.model import Toponym

__all__ = ["CLASS_CUTOFF", "Close", "Difference", "differ_in_spaces", "in_order"]

# A class-merged key forgets so much that unrelated names share one; the faithful keys
# must also look alike, as a share of their length in percent.
CLASS_CUTOFF: Final = 60.0

_NO_TYPES: Final[frozenset[str]] = frozenset()
_SEVERAL: Final = 2


class Difference(NamedTuple):
    """What tells the query from a key: as of `Hit`, of all names that have the key."""

    similarity: float
    kind: str
    length: int
    edits: int = 0
    first: bool = False
    beyond: bool = False
    alike: float = 100.0
    types: frozenset[str] = _NO_TYPES
    own_types: frozenset[str] = _NO_TYPES


class Close:
    """The keys that are close to a key, while they are being found.

    Attributes:
        text: of the query.
        key: of the query.
    """

    __slots__ = ("_digraphs", "_edits", "_found", "_query", "_script", "key", "text")

    def __init__(self, text: str, key: MatchKey) -> None:
        """Begin with none."""
        self.text = text
        self.key = key
        self._script = ""
        self._query: Parted | None = None
        self._digraphs: MatchKey | None = None
        self._found: dict[str, Difference] = {}
        # how far each key is, however it was found
        self._edits: dict[str, int] = {}

    @property
    def query(self) -> Parted:
        """The key, parted."""
        if self._query is None:
            self._query = parted(self.key)
        return self._query

    @property
    def script(self) -> str:
        """The script of the query."""
        self._script = self._script or script_of(self.text)
        return self._script

    @property
    def digraphs(self) -> MatchKey:
        """The key of the query with two letters for each that may be so written."""
        if self._digraphs is None:
            ascii_only = self.text.isascii()
            self._digraphs = self.key if ascii_only else digraph_key(self.text)
        return self._digraphs

    @property
    def bag(self) -> str:
        """The words of the query, generic ones left out, in alphabetical order."""
        if " " not in self.key:
            return self.key
        core = self.query.core
        return " ".join(sorted(core.split(" "))) if " " in core else core

    @property
    def doubted(self) -> bool:
        """Whether nothing has been found but what is beyond belief."""
        return all(each.beyond for each in self._found.values())

    def told_apart(self) -> Iterator[tuple[str, Difference, int]]:
        """Yield each key with what differs, and how far it is however it was found."""
        for key, difference in self._found.items():
            yield key, difference, self._edits[key]

    def add_rearranged(self, other: str) -> None:
        """Add a key that has the same words but for generic ones."""
        if other == self.key:
            return
        name = parted(other)
        added = set(self.query.words).difference(name.words)
        left = set(name.words).difference(self.query.words)
        if sorted(self.key.split(" ")) == sorted(other.split(" ")):
            kind = "order"
        elif added:
            kind = "swapped" if left else "added"
        else:
            kind = "left"
        difference = Difference(
            _similarity(self.key, other),
            kind,
            min(len(self.query.core), len(name.core)),
            types=self.query.types if added else _NO_TYPES,
            own_types=name.types if left else _NO_TYPES,
        )
        self._keep(other, difference)

    def add_near(self, near: Near, key: str) -> None:
        """Add a key within an edit or two of the query, or of its core."""
        other, edits, length, first, beyond, longer = near
        whole = alike = 100.0 * (1 - edits / longer)
        types = _NO_TYPES
        if key != self.key:
            whole, types = _similarity(self.key, other), self.query.types
        self._keep(
            other,
            Difference(whole, "edits", length, edits, first, beyond, alike, types),
        )

    def add_digraphs(self, other: str, key: str) -> None:
        """Add a key of which names have one letter where the query has two, or two.

        Args:
            other: the key.
            key: of the query, or of its core.
        """
        difference = Difference(
            _similarity(self.key, other),
            "digraph",
            max(len(key), len(other)),
            types=self._types(key),
        )
        self._keep(other, difference, even=True)

    def add_class_mate(self, other: str, key: str) -> None:
        """Add a key that sounds like the query, or like its core."""
        edits = osa()(key, other)
        share = 100.0 * (1 - edits / max(len(key), len(other)))
        if share < CLASS_CUTOFF or not same_digits(key, other):
            return
        joined = differ_in_spaces(key, other)
        difference = Difference(
            self._whole(other, key, share),
            "joined" if joined else "class",
            min(len(key), len(other)),
            0 if joined else edits,
            alike=100.0 if joined else share,
            types=self._types(key),
        )
        # the sounds are the same, which says more than that few letters differ
        self._keep(other, difference, even=True)

    def add(self, key: str, difference: Difference, near: int) -> None:
        """Add a key with what differs.

        Args:
            key: that was found.
            difference: what differs.
            near: edits, however it was found.
        """
        self._keep(key, difference, even=difference.kind != "edits")
        self._edits[key] = min(near, self._edits[key])

    def hits(
        self, read: Callable[[str], Sequence[Toponym]], limit: int | None = None
    ) -> list[Hit]:
        """Return the hits, the nearest first, and those that begin alike.

        Each has the number of its rivals.

        Args:
            read: finds the toponyms of a key that may be near.
            limit: of places; None for all.
        """
        if len(self._found) < _SEVERAL:
            return self._of_only(read, limit)
        keys: dict[str, Sequence[Toponym]] = {}
        owners: dict[str, set[str]] = {}
        for key in self.in_order():
            if limit is not None and len(owners) >= limit:
                break
            bearers = self._bearers(key, read)
            if not bearers:
                self._edits.pop(key, None)  # only abbreviations have it
                continue
            keys[key] = bearers
            for toponym in bearers:
                owners.setdefault(toponym.place_id, set()).add(key)
        hits: dict[str, Hit] = {}
        for key, bearers in keys.items():
            for toponym in bearers:
                if toponym.name_id not in hits:
                    hit = self._hit(toponym, key, owners[toponym.place_id])
                    hits[toponym.name_id] = hit
        found = sorted(hits.values(), key=_rank)
        return found if limit is None else _limited(found, limit)

    def _of_only(
        self, read: Callable[[str], Sequence[Toponym]], limit: int | None
    ) -> list[Hit]:
        """Return the hits of the only key that is close, if one is; it has no rivals.

        So it is with most misspelt names.
        """
        hits = []
        for key in self._found:
            mine = {key}
            hits += [self._hit(each, key, mine) for each in self._bearers(key, read)]
        if len(hits) < _SEVERAL:
            return hits
        hits.sort(key=_rank)
        return hits if limit is None else _limited(hits, limit)

    def in_order(self) -> list[str]:
        """Return the keys that were found, the nearest and most alike first."""
        if len(self._found) < _SEVERAL:
            return list(self._found)
        return in_order(self.key, self._found)

    def _bearers(
        self, key: str, read: Callable[[str], Sequence[Toponym]]
    ) -> Sequence[Toponym]:
        bearers = read(key)
        if self._found[key].kind != "digraph":
            return bearers
        # of the names that have this key some have the letter, and some another
        either = (self.digraphs, self.query.core)
        return [row for row in bearers if digraph_key(row.name) in either]

    def _rivals(self, edits: int, mine: set[str]) -> int:
        """Count the keys as near that another place has; what was not read is such."""
        return sum(
            near <= edits and key not in mine for key, near in self._edits.items()
        )

    def _hit(self, toponym: Toponym, key: str, mine: set[str]) -> Hit:
        asked, name = self.key, toponym.name
        similarity, kind, length, edits, first, beyond, alike, types, own = self._found[
            key
        ]
        # the key may be the one without marks
        faithful = key if name.isascii() else match_key(name)
        several = edits and len(self._edits) >= _SEVERAL
        return Hit(
            toponym,
            "fuzzy",
            similarity,
            kind,
            length,
            edits,
            first,
            beyond,
            alike,
            _jaro_winkler()(asked, faithful),
            len(key) > len(asked) or _same_letters(key, asked),
            script_of(name) == (self._script or self.script),
            self._rivals(edits, mine) if several else 0,
            types,
            own,
        )

    def _whole(self, other: str, key: str, alike: float) -> float:
        return alike if key == self.key else _similarity(self.key, other)

    def _types(self, key: str) -> frozenset[str]:
        return _NO_TYPES if key == self.key else self.query.types

    def _keep(self, key: str, difference: Difference, *, even: bool = False) -> None:
        """Keep what differs least of one key; of two as alike the first, or the last.

        Args:
            key: that was found.
            difference: what differs.
            even: whether it wins over another as alike.
        """
        known = self._found.get(key)
        if (
            known is None
            or known.alike < difference.alike
            or (even and known.alike == difference.alike)
        ):
            self._found[key] = difference
        edits = self._edits.get(key)
        if edits is None or difference.edits < edits:
            self._edits[key] = difference.edits


def in_order(asked: str, found: Mapping[str, Difference]) -> list[str]:
    """Return keys that are close to one, the nearest and most alike first."""
    similar = _jaro_winkler()
    ranked = [
        (-each.alike, -similar(asked, key), rank_of(each.kind), key)
        for key, each in found.items()
    ]
    ranked.sort()
    return [key for *_, key in ranked]


def _rank(hit: Hit) -> tuple[float, bool, float, int, str]:
    # of more namesakes than are wanted, those must stay that will be put first
    return (-hit.alike, not hit.script, -hit.beginning, *by_kind(hit))


@cache
def _jaro_winkler() -> Callable[[str, str], float]:
    # its import costs as much as some hundred queries
    from rapidfuzz.distance.JaroWinkler import similarity

    return similarity


def _same_letters(key: str, other: str) -> bool:
    return len(key) == len(other) and sorted(key) == sorted(other)


def differ_in_spaces(key: str, other: str) -> bool:
    """Tell of two different keys whether only spaces tell them apart."""
    return (" " in key or " " in other) and (
        key.replace(" ", "") == other.replace(" ", "")
    )


def _similarity(key: str, other: str) -> float:
    return 100.0 * (1 - osa()(key, other) / max(len(key), len(other)))


def _limited(hits: Sequence[Hit], limit: int) -> list[Hit]:
    """Return the first hits, those of so many places."""
    if len(hits) <= limit:
        return list(hits)
    kept: list[Hit] = []
    places: set[str] = set()
    for hit in hits:
        if hit.toponym.place_id not in places:
            if len(places) == limit:
                continue
            places.add(hit.toponym.place_id)
        kept.append(hit)
    return kept
