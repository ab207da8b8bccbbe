"""A key without its generic words, and whatever the order of the others."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.folding.keys import MatchKey, match_key, plain_key
from gazetteer.languages.generic import generic_words

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["Parted", "bag_key", "may_be_parted", "parted"]

# The longest generic word has two words (in Vietnamese).
_MOST_WORDS = 2


class Parted(NamedTuple):
    """A key, parted.

    Attributes:
        core: the key without generic words; the key itself if it has none, or nothing
            else.
        words: the generic words, as in the key.
        types: types of place that all of them speak for; empty where they speak for
            none, or against each other.
    """

    core: MatchKey
    words: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()


class _Words(NamedTuple):
    """Keys of generic words, by where they may stand, with what they speak for.

    Most keys begin and end with none of their first and last words.
    """

    before: dict[str, frozenset[str]]
    after: dict[str, frozenset[str]]
    joiners: Collection[str]
    articles: Collection[str]
    first: Collection[str]
    last: Collection[str]


@cache
def _words() -> _Words:
    before: dict[str, frozenset[str]] = {}
    after: dict[str, frozenset[str]] = {}
    others: dict[str, set[str]] = {"joiner": set(), "article": set()}
    for each in generic_words():
        for key in {match_key(each.word), plain_key(each.word)}:
            if not each.types:
                others[each.kind].add(key)
                continue
            # the same letters may be words of two languages
            types = frozenset(each.types)
            if each.before:
                before[key] = before.get(key, types) | types
            if each.after:
                after[key] = after.get(key, types) | types
    return _Words(
        before,
        after,
        others["joiner"],
        others["article"],
        {key.split(" ")[0] for key in before},
        {key.split(" ")[-1] for key in after},
    )


def may_be_parted(key: str) -> bool:
    """Tell whether a key may have generic words; most that have none are told apart.

    Examples:
        >>> may_be_parted("lake of the woods"), may_be_parted("silver woods")
        (True, False)
    """
    first, _, others = key.partition(" ")
    if not others:
        return False
    last = others[others.rfind(" ") + 1 :]
    table = _words()
    return (
        first in table.first
        or last in table.last
        or first in table.articles
        or last in table.joiners
    )


def parted(key: str) -> Parted:
    """Part a match key into generic words and the rest.

    One generic word is taken away at the beginning, with what joins it to the name, and
    one at the end; never all that there is.

    Args:
        key: a match key.

    Examples:
        >>> parted("lake of the woods")
        Parted(core='woods', words=('lake of the',), types=frozenset({'water'}))
        >>> parted("woods lake of the").core
        'woods lake of the'
        >>> parted("woods lake of").core
        'woods'
        >>> parted("woods").words
        ()
    """
    if " " not in key:
        return Parted(MatchKey(key))
    table = _words()
    words = key.split(" ")
    first, types = _first(words, table)
    last, others = _last(words[first:], table)
    if not first and not last:
        return Parted(MatchKey(key))
    end = len(words) - last
    if all(
        word in table.joiners or word in table.articles for word in words[first:end]
    ):
        return Parted(MatchKey(key))
    taken = tuple(" ".join(each) for each in (words[:first], words[end:]) if each)
    spoken = types & others if types and others else types | others
    return Parted(MatchKey(" ".join(words[first:end])), taken, spoken)


def bag_key(key: str) -> MatchKey:
    """Return the words of a key without its generic ones, in alphabetical order.

    Examples:
        >>> bag_key("city of light green") == bag_key("green light")
        True
    """
    core = parted(key).core
    return MatchKey(" ".join(sorted(core.split(" ")))) if " " in core else core


def _first(words: list[str], table: _Words) -> tuple[int, frozenset[str]]:
    """Return how many of two words or more are generic at the beginning, and types."""
    start = 1 if words[0] in table.articles else 0
    if words[start] not in table.first:
        return start, frozenset()
    for count in range(_MOST_WORDS, 0, -1):
        end = start + count
        types = table.before.get(" ".join(words[start:end]))
        if types is None or end >= len(words):
            continue
        while end < len(words) - 1 and (
            words[end] in table.joiners or words[end] in table.articles
        ):
            end += 1
        return end, types
    return start, frozenset()


def _last(words: list[str], table: _Words) -> tuple[int, frozenset[str]]:
    """Return how many words at the end are generic, and their types."""
    if len(words) > _MOST_WORDS and words[-1] in table.joiners:
        # "…, city of": what stands before a name was put behind it
        types = table.before.get(words[-2])
        return (0, frozenset()) if types is None else (2, types)
    if words[-1] not in table.last:
        return 0, frozenset()
    for count in range(_MOST_WORDS, 0, -1):
        if count < len(words):
            types = table.after.get(" ".join(words[-count:]))
            if types is not None:
                return count, types
    return 0, frozenset()
