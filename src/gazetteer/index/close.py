"""What is close to a query that is no name: near keys, the same words rearranged."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from gazetteer.folding import bag_key, match_key, parted
from gazetteer.index.edits import digits
from gazetteer.index.hits import Hit, by_kind
from gazetteer.languages.scripts import script_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.index.edits import Near
    from gazetteer.model import Toponym

__all__ = ["Close", "limited"]

# A class-merged key forgets so much that unrelated names share one; the faithful keys
# must also look alike, as a share of their length in percent.
_CLASS_CUTOFF: Final = 60.0


class Close:
    """The hits that are close to a key, while they are being found.

    Attributes:
        key: of the query.
        query: that key, parted.
    """

    def __init__(self, text: str, key: str) -> None:
        """Begin with none."""
        self.key = key
        self._script = script_of(text)
        self.query = parted(key)
        self._hits: dict[str, Hit] = {}
        # For each key that was found, how far it is and whose it is.
        self._found: dict[str, tuple[int, frozenset[str]]] = {}

    @property
    def bag(self) -> str:
        """The words of the query, generic ones left out, in alphabetical order."""
        return bag_key(self.key)

    @property
    def doubted(self) -> bool:
        """Whether nothing has been found but what is beyond belief."""
        return all(hit.beyond for hit in self._hits.values())

    def add_rearranged(self, other: str, bearers: Sequence[Toponym]) -> None:
        """Add the bearers of a key that has the same words but for generic ones."""
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
        similarity = _similarity(self.key, other)
        for toponym in bearers:
            self._keep(
                Hit(
                    toponym,
                    "fuzzy",
                    similarity,
                    kind,
                    min(len(self.query.core), len(name.core)),
                    types=self.query.types if added else frozenset(),
                    own_types=name.types if left else frozenset(),
                )
            )
        self._count(other, 0, bearers)

    def add_near(self, near: Near, key: str, bearers: Sequence[Toponym]) -> None:
        """Add the bearers of a key within an edit or two of the query, or its core."""
        alike = 100.0 * (1 - near.edits / max(len(key), len(near.key)))
        for toponym in bearers:
            self._keep(
                Hit(
                    toponym,
                    "fuzzy",
                    self._whole(near.key, key, alike),
                    "edits",
                    near.length,
                    near.edits,
                    near.first,
                    near.beyond,
                    alike,
                    types=self._types(key),
                )
            )
        self._count(near.key, near.edits, bearers)

    def add_class_mate(self, other: str, key: str, bearers: Sequence[Toponym]) -> None:
        """Add the bearers of a key that sounds like the query, or like its core."""
        from rapidfuzz.distance.OSA import distance

        edits = distance(key, other)
        share = 100.0 * (1 - edits / max(len(key), len(other)))
        if share < _CLASS_CUTOFF or digits(key) != digits(other):
            return
        joined = key.replace(" ", "") == other.replace(" ", "")
        alike = 100.0 if joined else share
        edits = 0 if joined else edits
        length = min(len(key), len(other))
        for toponym in bearers:
            known = self._hits.get(toponym.name_id)
            # the sounds are the same, which says more than that few letters differ
            if known is None or known.alike <= alike:
                self._hits[toponym.name_id] = Hit(
                    toponym,
                    "fuzzy",
                    self._whole(other, key, share),
                    "joined" if joined else "class",
                    length,
                    edits,
                    alike=alike,
                    types=self._types(key),
                )
        self._count(other, edits, bearers)

    def hits(self) -> list[Hit]:
        """Return the hits, the nearest first, and those that begin alike.

        Each has the number of its rivals.
        """
        from rapidfuzz.distance.JaroWinkler import similarity

        by_edits = Counter(edits for edits, _ in self._found.values())
        own: dict[str, Counter[int]] = {}
        for edits, places in self._found.values():
            for place in places:
                own.setdefault(place, Counter())[edits] += 1

        def finished(hit: Hit) -> Hit:
            beginning = similarity(self.key, match_key(hit.toponym.name))
            rivals = 0
            if hit.edits:
                mine = own[hit.toponym.place_id]
                nearer = [edits for edits in by_edits if edits <= hit.edits]
                rivals = sum(by_edits[edits] - mine[edits] for edits in nearer)
            script = script_of(hit.toponym.name) == self._script
            return hit._replace(beginning=beginning, script=script, rivals=rivals)

        def rank(hit: Hit) -> tuple[float, float, int, str]:
            return (-hit.alike, -hit.beginning, *by_kind(hit))

        return sorted(map(finished, self._hits.values()), key=rank)

    def _whole(self, other: str, key: str, alike: float) -> float:
        return alike if key == self.key else _similarity(self.key, other)

    def _types(self, key: str) -> frozenset[str]:
        return frozenset() if key == self.key else self.query.types

    def _keep(self, hit: Hit) -> None:
        known = self._hits.get(hit.toponym.name_id)
        if known is None or known.alike < hit.alike:
            self._hits[hit.toponym.name_id] = hit

    def _count(self, key: str, edits: int, bearers: Iterable[Toponym]) -> None:
        places = frozenset(toponym.place_id for toponym in bearers)
        known = self._found.get(key)
        if places and (known is None or edits < known[0]):
            self._found[key] = (edits, places)


def _similarity(key: str, other: str) -> float:
    from rapidfuzz.distance.OSA import distance

    return 100.0 * (1 - distance(key, other) / max(len(key), len(other)))


def limited(hits: Iterable[Hit], limit: int) -> list[Hit]:
    """Return the first hits, those of so many places."""
    kept: list[Hit] = []
    places: set[str] = set()
    for hit in hits:
        if hit.toponym.place_id not in places:
            if len(places) == limit:
                continue
            places.add(hit.toponym.place_id)
        kept.append(hit)
    return kept
