"""Letters that one hand writes as one and another as two.

Who has no key for a u with two dots writes a u and an e. The match key drops the dots,
as most writers do, and so the two do not meet in it. Nor can it be told from the two
letters alone what they stand for, since most that stand side by side are no more than
that. So names that have such a letter are also kept by what they are with two.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.folding.keys import MatchKey, match_key
from gazetteer.languages.letters import letter_digraphs

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["digraph_key", "has_digraph", "may_be_digraphs_of"]


class _Digraphs(NamedTuple):
    """How letters are told that may be written as two.

    Attributes:
        table: from such letters to the two, for `str.translate`.
        letters: finds one of them.
        pairs: finds the second of two letters that may stand for one.
    """

    table: Mapping[int, str]
    letters: re.Pattern[str]
    pairs: re.Pattern[str]


@cache
def _digraphs() -> _Digraphs:
    known = letter_digraphs()
    known |= {letter.upper(): two for letter, two in known.items()}
    firsts: dict[str, str] = {}
    for two in known.values():
        firsts[two[1]] = firsts.get(two[1], "") + two[0]
    pairs = [f"(?<=[{before}]){letter}" for letter, before in sorted(firsts.items())]
    return _Digraphs(
        str.maketrans(known),
        re.compile(f"[{''.join(known)}]"),
        re.compile("|".join(pairs)),
    )


def digraph_key(name: str) -> MatchKey:
    """Return the match key of a name with two letters for each that may be so written.

    Args:
        name: in the form NFC.

    Examples:
        >>> digraph_key("Grüner Baum"), match_key("Grüner Baum")
        ('gruener baum', 'gruner baum')
        >>> digraph_key("Gruener Baum")
        'gruener baum'
    """
    if name.isascii():
        return match_key(name)
    return match_key(name.translate(_digraphs().table))


def has_digraph(text: str) -> bool:
    """Tell whether a name has a letter that may be written as two.

    Examples:
        >>> has_digraph("Grün"), has_digraph("Gruen")
        (True, False)
    """
    return not text.isascii() and bool(_digraphs().letters.search(text))


def may_be_digraphs_of(key: str, other: str) -> bool:
    """Tell whether a key may be that of a name with two letters for one of the other's.

    Args:
        key: with two letters.
        other: the match key of a name.

    Examples:
        >>> may_be_digraphs_of("gruen", "grun"), may_be_digraphs_of("gruen", "gren")
        (True, False)
    """
    pattern, found = _digraphs().pairs.subn(r"\g<0>?", re.escape(key))
    return found > 0 and re.fullmatch(pattern, other) is not None
