"""Which letters of a key may be deleted, and why no near key is missed.

Two strings that are at most k edits apart (optimal string alignment: insertions,
deletions, replacements, exchanges of neighbours) become one string once at most k
letters are deleted from each. So it would do to keep every key under all that is left
of it after 0 to k deletions, but these are a hundred strings for a key of 14 letters.
Here a key of more than 8 letters is kept under two kinds of variants:

- *whole*: the key without 0 to k letters of its head and tail (4 letters each);
- *window*: its head and tail alone, as one string of 8, without 0 to k - 1 letters.

A query is looked for under the same, except that 5 letters at either end may be deleted
from the whole. A shorter key is its own head and tail.

Nothing within k edits is missed. Take an alignment of two long keys with at most k
edits.

1. An edit lies in the middle of one of the two keys: it touches neither its head nor
   its tail. Then at most k - 1 edits do. If e of them touch the head, the two heads,
   both 4 long, have at least 4 - e letters in common, in order, however far the edits
   shift what follows: the deletions and replacements take one letter each from the head
   of the first key, and each letter that is inserted pushes one out of it. The same
   holds of the tails from the other end. Heads and tails do not overlap, so the windows
   have 8 - (k - 1) letters in common: a *window* variant meets.
2. Every edit touches the head or the tail of both keys. A letter that is inserted,
   deleted or replaced can then be deleted in each key in which it stands. Of an
   exchange either letter can be deleted from both keys, and one of them stands in both
   heads (or tails), unless the exchange straddles the same border in both keys. Then it
   is enough that the query deletes the fifth letter. So a *whole* variant meets.

If one key has at most 8 letters and the other more, the longer has a middle of one or
two letters. Let the strings become one when j letters are deleted from the middle of
the longer key, besides others. With j = 0 a *whole* variant meets. Otherwise delete
what is left of the middle, too, from both: from the window at most k - j letters are
then gone, and from the shorter key, which had fewer letters to lose, at most k - 1. So
a *window* variant meets.

The tests hold this against brute force.
"""

from __future__ import annotations

from typing import Final

from gazetteer.index.edits import ONE_EDIT_FROM, SHORTEST_QUERY

__all__ = ["HEAD", "LONGEST", "SHORTEST", "SHORTEST_QUERY", "TAIL", "WINDOW"]
__all__ += ["deletable", "shape_of"]

HEAD: Final = 4
TAIL: Final = 4
WINDOW: Final = HEAD + TAIL

SHORTEST: Final = ONE_EDIT_FROM
LONGEST: Final = 250
"""Keys outside these lengths are not compared. A length is kept in a byte, and no name
of a place in use is as long."""


def deletable(length: int, more: int = 0) -> tuple[int, ...]:
    """Return the positions of the letters that may be deleted from the whole.

    Those of a tail are negative, counted from the end as Python does.

    Args:
        length: of the key.
        more: letters to add to head and to tail; 1 for a query.

    Examples:
        >>> deletable(6)
        (0, 1, 2, 3, 4, 5)
        >>> deletable(12)
        (0, 1, 2, 3, -4, -3, -2, -1)
        >>> deletable(9, more=1)
        (0, 1, 2, 3, 4, -4, -3, -2, -1)
    """
    if length <= WINDOW:
        return tuple(range(length))
    head = HEAD + more
    tail = min(TAIL + more, length - head)
    return (*range(head), *range(-tail, 0))


def shape_of(length: int, more: int = 0) -> int:
    """Return the least length whose letters are deleted alike, counted from the ends.

    Examples:
        >>> shape_of(6), shape_of(9), shape_of(40), shape_of(40, more=1)
        (6, 9, 9, 10)
    """
    return min(length, WINDOW + max(1, 2 * more))
