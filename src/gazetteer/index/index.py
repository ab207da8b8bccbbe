"""The index itself: the names of a stack of stores, and nearness behind them."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from gazetteer.folding import classes_of, match_key
from gazetteer.index.close import Close
from gazetteer.index.edits import (
    ONE_EDIT_FROM,
    SHORTEST_QUERY,
    allowed_edits,
    nearest_of,
    settles,
)
from gazetteer.index.hits import Hit, by_kind, same_key_hit
from gazetteer.index.keys import as_written, is_match_key, keys_of, tidy
from gazetteer.index.names import Names
from gazetteer.store.probe import as_bytes
from gazetteer.store.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gazetteer.folding import MatchKey
    from gazetteer.index.closeby import CloseBy
    from gazetteer.index.column import Column
    from gazetteer.index.edits import Near
    from gazetteer.index.settled import Settled
    from gazetteer.index.stacked import SettledStack
    from gazetteer.model import Place, Toponym

__all__ = ["Index"]

# How many queries are remembered: three spellings of each of the shipped names.
_REMEMBERED: Final = 131_072
# As many keys as a store remembers places.
_REMEMBERED_BEARERS: Final = 8_192
_REMEMBERED_NEAR: Final = 4_096

_FUZZY_PLACES: Final = 20
_SEVERAL: Final = 2


class _Table(dict[str, "tuple[Toponym, ...]"]):
    """Texts to toponyms; what it does not hold it looks for once and keeps."""

    def __init__(self, find: Callable[[str], tuple[Toponym, ...]]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, name: str) -> tuple[Toponym, ...]:
        return self._find(name)


class Index:
    """All toponyms of a stack of stores, ready to be searched.

    Attributes:
        lookup: the toponyms that bear a name, by text or by folded key, sorted by
            name_id; empty for an unknown name. It is the getter of a table that
            remembers rather than a method, so that names that come again run at a
            plain dict's speed: ``list(map(index.lookup, names))``.
        stack: the stores.

    Examples:
        >>> Index([]).lookup("anything")
        ()
    """

    def __init__(self, places: Iterable[Place] | Stack) -> None:
        """Hold a stack; places that are in none are compiled into one in memory."""
        self.stack = places if isinstance(places, Stack) else _in_memory(places)
        self._names = tuple(Names(store) for store in self.stack.stores)
        self._room = _REMEMBERED
        # other misspellings of a name lead to it again
        self._bearers = lru_cache(maxsize=_REMEMBERED_BEARERS)(self._find_bearers)
        self._near = lru_cache(maxsize=_REMEMBERED_NEAR)(self._find_near)
        self._foreseen: dict[str, Close] = {}
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
        text = tidy(query)
        found = self.lookup(text)
        if found:
            hits = [same_key_hit(text, toponym) for toponym in found]
            return sorted(hits, key=by_kind)
        return self.near(text, limit=limit) if fuzzy else []

    def near(self, query: str, *, limit: int = _FUZZY_PLACES) -> list[Hit]:
        """Return what `search` returns of a query that nothing bears.

        Args:
            query: any text.
            limit: of places.
        """
        return list(self._near(tidy(query), limit))

    def rearranged(self, query: str) -> list[Hit]:
        """Return the hits of the same words in another order or with generic words.

        Or with two letters for one, as it is written where that is not at hand. Nothing
        is misspelt in them; `search` finds them too, among others.

        Args:
            query: any text.
        """
        text = tidy(query)
        close = Close(text, match_key(text))
        self._rearrange(close)
        self._add_digraphs(close, close.key, close.digraphs)
        return close.hits(self._bearers)

    def nearest(self, key: str, written: str = "") -> list[Near]:
        """Return the nearest of the keys that `allowed_edits` allows.

        Keys that are too short for any edit are not among them. Where one edit settles
        it, two are not tried: they could neither be preferred nor make it less sure.
        Otherwise all are returned.

        Args:
            key: a match key.
            written: the written key of the same text, if edits count otherwise in it;
                of one name the fewer edits count.
        """
        near: list[Near] = []
        for names in self._names:
            near += names.nearest(key, self._allowed, settles)
        near = nearest_of(key, near)
        if not written:
            return near
        return nearest_of(key, chain(near, self.nearest(written)))

    def _allowed(self, key: str, other: str, edits: int) -> Near | None:
        """Say how near a key, or a written key, is; it is named by its match key."""
        near = allowed_edits(key, other, edits)
        if near is None:
            return None
        named = other if is_match_key(other) else match_key(other)
        # what nobody bears here must not keep farther keys from being looked for
        if self._some_unborne and not self._is_borne(named):
            return None
        return near if named == other else near._replace(key=named)

    @cached_property
    def _some_unborne(self) -> bool:
        """Whether a store may have names that no place has in this stack."""
        stores = self.stack.stores
        return len(stores) > 1 or any(each.records > each.standing for each in stores)

    def foresee(self, queries: Iterable[str]) -> None:
        """Look for what is near to many queries at once, before they are searched.

        It takes NumPy a fraction of the time, and changes no answer. What was foreseen
        before is forgotten; another thread that counts on it looks for itself.

        Args:
            queries: any texts; those that bear a name are left out.
        """
        found = self.close_to([query for query in queries if not self.lookup(query)])
        self.expect(map(found.close, range(len(found.texts))))

    def close_to(self, queries: Column | Sequence[str]) -> CloseBy:
        """Return what is close to each of many queries that bear no name."""
        from gazetteer.index.closeby import close_by
        from gazetteer.index.column import Column

        column = queries if isinstance(queries, Column) else Column(queries)
        borne = self._are_borne if self._some_unborne else None
        return close_by(column, self._names, borne)

    def expect(self, closes: Iterable[Close]) -> None:
        """Take what is close to queries that will be searched, as `foresee` does."""
        self._foreseen = {close.text: close for close in closes}

    def _is_borne(self, key: str) -> bool:
        return bool(self._bearers(key))

    def _are_borne(self, keys: Sequence[str]) -> list[bool]:
        """Tell of many keys whether somebody bears them and may be near."""
        borne: list[bool] = self.settled.borne(keys).tolist()
        return [
            here or self._is_borne(key) for key, here in zip(keys, borne, strict=True)
        ]

    @cached_property
    def settled(self) -> Settled | SettledStack:
        """What is settled of whole columns of names."""
        if len(self.stack.stores) == 1:
            from gazetteer.index.settled import Settled

            return Settled(self.stack.stores[0])
        from gazetteer.index.stacked import SettledStack

        settled = SettledStack(self.stack.stores)
        self.stack.spoken = settled.spoken
        return settled

    # ------------------------------------------------------------- word by word

    def written(self, path: str, text: str = "") -> tuple[list[str], bool]:
        """Return the names of some words, and whether longer ones begin with them.

        Args:
            path: of the words; see `gazetteer.folding.steps_of`.
            text: these words as they are written, if that is known.
        """
        if len(self._names) == 1:
            found_here, goes_on = self._names[0].written(path, text)
            found_here.sort()
            return found_here, goes_on
        found: dict[str, None] = {}
        goes_on = False
        for names in self._names:
            texts, more = names.written(path, text)
            found.update(dict.fromkeys(texts))
            goes_on |= more
        # a place that another store's wins over has lost its names
        return [text for text in sorted(found) if self._bears(text)], goes_on

    def _bears(self, text: str) -> bool:
        return any(row.name == text for row in self.lookup(text))

    def written_each(
        self, paths: Sequence[str], texts: Sequence[str]
    ) -> tuple[dict[int, tuple[str, ...]], set[int]]:
        """Return what `written` returns of many, in a fraction of its time.

        Args:
            paths: of some words each.
            texts: these words as they are written.

        Returns:
            The names of each, by its position, where there are any; and the positions
            of those that longer names begin with.
        """
        found: dict[int, tuple[str, ...]] = {}
        goes_on: set[int] = set()
        for names in self._names:
            here, more = names.written_each(paths, texts)
            goes_on |= more
            for at, mine in here.items():
                found[at] = (*found[at], *mine) if at in found else mine
        for at, several in found.items():
            if len(several) > 1:
                found[at] = tuple(sorted(set(several)))
        if len(self._names) > 1:
            # as in `written`
            found = {
                at: borne
                for at, several in found.items()
                if (borne := tuple(filter(self._bears, several)))
            }
        return found, goes_on

    def small_words(self) -> set[str]:
        """Return the first words of names that begin with a small letter."""
        return {word for names in self._names for word in names.small_words()}

    # ------------------------------------------------------------- by the name itself

    def _find(self, name: str) -> tuple[Toponym, ...]:
        text = tidy(name)
        found = self._table.get(text) if text != name else None
        if found is None:
            found = self._with_keys(keys_of(text))
        if self._room > 0:
            self._room -= 1
            self._table[name] = found
        return found

    def _with_keys(self, keys: Iterable[str]) -> tuple[Toponym, ...]:
        """Return the toponyms that have one of some keys, by name_id."""
        found: dict[str, Toponym] = {}
        for key in keys:
            for number, names in enumerate(self._names):
                for held in names.bearers(key):
                    here = self.stack.toponym(number, held)
                    if here is not None:
                        found[here.name_id] = here
        return tuple([found[name_id] for name_id in sorted(found)]) if found else ()

    # --------------------------------------------------------------------- by nearness

    def _find_near(self, text: str, limit: int) -> tuple[Hit, ...]:
        key = match_key(text)
        if len(key) < SHORTEST_QUERY:
            return ()
        close = self._foreseen.get(text) or self._close(text, key)
        return tuple(close.hits(self._bearers, limit))

    def _close(self, text: str, key: MatchKey) -> Close:
        """Return all that is close to a text that nothing bears."""
        close = Close(text, key)
        self._rearrange(close)
        self._add_digraphs(close, key, close.digraphs)
        self._add_near(close, key, as_written(text, keys_of(text)))
        core = close.query.core if " " in key else key
        if core != key and close.doubted and len(core) >= ONE_EDIT_FROM:
            self._add_digraphs(close, core, core)
            self._add_near(close, core)
        return close

    def _rearrange(self, close: Close) -> None:
        bag = close.bag
        for names in self._names:
            # that the key itself is in the data is nothing to add
            for other in names.bagged(bag, itself=bag != close.key):
                close.add_rearranged(other)

    def _add_digraphs(self, close: Close, key: str, digraphs: str) -> None:
        """Add the keys of names with one letter for two of the query, or two for one.

        Args:
            close: to add to.
            key: of the query, or of its core.
            digraphs: the same with two letters for each that may be so written.
        """
        if len(digraphs) < ONE_EDIT_FROM:
            return
        for names in self._names:
            for other in names.with_digraphs(digraphs):
                close.add_digraphs(other, key)
            if digraphs != key and names.keys.find(as_bytes(digraphs)) >= 0:
                close.add_digraphs(digraphs, key)

    def _add_near(self, close: Close, key: str, written: str = "") -> None:
        """Add what is near to a key, or to its core."""
        for near in self.nearest(key, written):
            close.add_near(near, key)
        merged = classes_of(key)
        for names in self._names:
            for other in names.mates(merged):
                close.add_class_mate(other, key)

    def _find_bearers(self, key: str) -> tuple[Toponym, ...]:
        """Return the toponyms that have a key and may be near, by name_id."""
        found: list[Toponym] = []
        for number, names in enumerate(self._names):
            for held in names.places_of(key):
                here = self.stack.toponym(number, held)
                # an abbreviation with another letter is another abbreviation
                if here is not None and here.form != "abbr":
                    found.append(here)
        if len(found) < _SEVERAL:
            return tuple(found)
        by_id = {each.name_id: each for each in found}
        return tuple([by_id[name_id] for name_id in sorted(by_id)])


def _in_memory(places: Iterable[Place]) -> Stack:
    from gazetteer.index.compile import compile_in_memory

    return Stack([compile_in_memory(places)])
