"""A text of one language is read for names: by its words, and by what they may be."""

from __future__ import annotations

import re
from itertools import repeat
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.folding.words import PATTERN, visible
from gazetteer.text.beginnings import Beginnings, is_long
from gazetteer.text.nodes import UNKNOWN, Name, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.languages.inflection import Inflection
    from gazetteer.model import Phrase
    from gazetteer.text.beginnings import Begun, Start
    from gazetteer.text.spot import Spotter

__all__ = ["Reader", "Spot"]

# so many words that follow are looked at together
_SEVERAL: Final = 8
_UNKNOWN: Final = repeat(-1)
_JOINTS: Final = frozenset(" -")
_WORD = re.compile(PATTERN)
_NEXT = re.compile(rf"([\W_]*)({PATTERN})")


class Spot(NamedTuple):
    """One name, or one fixed phrase, in a text.

    Attributes:
        start, end: code points, half-open.
        words: how many words it has.
        names: those that are written there; of a phrase none.
    """

    start: int
    end: int
    words: int
    names: tuple[Name, ...]
    phrase: Phrase | None = None


class Reader:
    """Reads texts of one language."""

    def __init__(self, spotter: Spotter, inflection: Inflection | None) -> None:
        self._spotter = spotter
        self._inflection = inflection
        self._beginnings = Beginnings(spotter, inflection)

    def spots(self, text: str) -> Iterator[Spot]:
        """Yield names and phrases; see `Spotter.spots`."""
        skip_to = 0
        exact = self._inflection is None
        longest = self._longest_exact if exact else self._longest
        at_once = exact and is_long(text)
        for piece in self._beginnings.of(text):
            following: tuple[Iterable[int], Iterable[int]] = _UNKNOWN, _UNKNOWN
            if at_once:
                following = self._foresee_next(text, piece)
            for at, end, start, first, stop in zip(*piece, *following, strict=False):
                if not start.goes_on:
                    if at >= skip_to:
                        yield Spot(at, end, 1, start.names)
                        skip_to = end
                    continue
                name, phrase = longest(text, at, end, start, first, stop)
                if phrase is not None:
                    yield phrase
                if name is not None and at >= skip_to:
                    yield name
                    skip_to = name.end

    def _foresee_next(self, text: str, piece: Begun) -> tuple[list[int], list[int]]:
        """Look at once at the words that follow those which longer names begin with.

        Returns:
            Where they begin and end.
        """
        firsts: list[int] = []
        stops: list[int] = []
        nodes, steps, gaps, written = [], [], [], []
        for at, end, start in zip(*piece, strict=True):
            node = start.first if start.goes_on else None
            first, stop = (0, 0) if node is None else _following(text, end)
            firsts.append(first)
            stops.append(stop)
            if node is None or not first:
                continue
            step = text[end:stop]
            if step not in node.next:
                # it is asked once
                node.next[step] = UNKNOWN
                nodes.append(node)
                steps.append(step)
                gaps.append(first - end)
                written.append(text[at:stop])
        if len(steps) >= _SEVERAL:
            self._spotter.children(nodes, steps, gaps, written)
        return firsts, stops

    def _longest_exact(
        self,
        text: str,
        at: int,
        end: int,
        start: Node | Start,
        first: int,
        stop: int,
    ) -> tuple[Spot | None, Spot | None]:
        """Do what `_longest` does, where a word is a form of itself alone.

        Args:
            text: in which a word begins a name.
            at: where the word begins.
            end: where it ends.
            start: what it may begin.
            first: where the word after it begins; zero if there is none, less if that
                is not known.
            stop: where that ends.
        """
        node = start.first
        if node is None:
            return self._longest(text, at, end, start)
        name = Spot(at, end, 1, start.names) if start.names else None
        phrase: Spot | None = None
        words: list[str] = []
        while node.goes_on:
            if first < 0:
                first, stop = _following(text, end)
            if not first:
                break
            child = node.next.get(text[end:stop], UNKNOWN)
            if child is UNKNOWN:
                child = self._spotter.child(node, text[end:first], text[first:stop])
            if child is None:
                break
            words = words or [text[at:end]]
            words.append(text[first:stop])
            node, end, first = child, stop, -1
            if node.phrases or len(node.names) > 1:
                longer, longer_phrase = self._at(text, at, end, (node,), words)
                name, phrase = longer or name, longer_phrase or phrase
            elif node.names:
                # most are written as they are
                if node.names[0].text == text[at:end]:
                    name = Spot(at, end, len(words), node.names)
                else:
                    name = self._at(text, at, end, (node,), words)[0] or name
        return name, phrase

    def _longest(
        self, text: str, at: int, end: int, start: Node | Start, *_: int
    ) -> tuple[Spot | None, Spot | None]:
        """Return the longest name that begins with a word, and the longest phrase."""
        name: Spot | None = None
        phrase: Spot | None = None
        words = [text[at:end]]
        further: Sequence[Node] = start.further
        if isinstance(start, Node) or further:
            name = Spot(at, end, 1, start.names) if start.names else None
        else:
            name, phrase = self._at(text, at, end, start.nodes, words)
            further = [node for node in start.nodes if node.goes_on]
        while further:
            following = _NEXT.match(text, end)
            if following is None:
                break
            gap, word = following.groups()
            nodes = self._children(further, gap, word)
            if not nodes:
                break
            end = following.end()
            words.append(word)
            longer, longer_phrase = self._at(text, at, end, nodes, words)
            name, phrase = longer or name, longer_phrase or phrase
            further = [node for node in nodes if node.goes_on]
        return name, phrase

    def _children(self, nodes: Sequence[Node], gap: str, word: str) -> list[Node]:
        written = [word]
        if self._inflection is not None:
            written += self._inflection.lemmas(visible(word))
        children = [
            self._spotter.child(node, gap, each) for node in nodes for each in written
        ]
        return [child for child in children if child is not None]

    def _at(
        self, text: str, at: int, end: int, nodes: Sequence[Node], seen: Sequence[str]
    ) -> tuple[Spot | None, Spot | None]:
        """Return the name and the phrase that end with the words that were seen."""
        words = tuple(map(visible, seen))
        phrase: Spot | None = None
        names: list[Name] = []
        whole = end
        for node in nodes:
            for tail, row in node.phrases:
                if text.startswith(tail, end):
                    phrase = Spot(at, end + len(tail), len(words), (), row)
            for name in node.names:
                if name.tail and not text.startswith(name.tail, end):
                    continue
                here = end + len(name.tail)
                if here >= whole and name.is_written(words, self._inflection):
                    if here > whole:
                        names, whole = [], here
                    names.append(name)
        spot = Spot(at, whole, len(words), tuple(names)) if names else None
        return spot, phrase


def _following(text: str, end: int) -> tuple[int, int]:
    """Return where the next word of a text begins and ends, or zeros."""
    # one space or hyphen, mostly
    following = _WORD.match(text, end + 1) if text[end : end + 1] in _JOINTS else None
    if following is not None:
        return following.span()
    following = _NEXT.match(text, end)
    return following.span(2) if following is not None else (0, 0)
