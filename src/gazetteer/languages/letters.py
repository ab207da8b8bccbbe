"""What letters become in a match key: ``letters.tsv`` and ``sequences.tsv``.

And what they are written with where they are not at hand: ``digraphs.tsv``.
"""

from __future__ import annotations

from functools import cache

from gazetteer.languages.datafile import rows

__all__ = ["letter_digraphs", "letter_keys", "letter_sequences"]


@cache
def letter_keys() -> dict[str, str]:
    """Return the key part of each letter, of all scripts, lower case and NFC.

    Letters of different scripts are different characters, so one table serves all. A
    romanization by machine serves comparison only; it is never shown.

    Examples:
        >>> letter_keys()["\u0449"], letter_keys()["\u014b"]
        ('shch', 'ng')
    """
    return {letter: key for _, letter, key in rows("letters.tsv")}


def letter_sequences() -> list[tuple[str, str, str, str]]:
    """Return letters read together: letters, key part, where, letters given for it.

    ``where`` is explained at the head of ``sequences.tsv``.
    """
    return [
        (letters, key, *[*where, "", ""][:2])  # type: ignore[misc]
        for _, letters, key, *where in rows("sequences.tsv")
    ]


def letter_digraphs() -> dict[str, str]:
    """Return the two letters that stand for one where that one is not at hand.

    Examples:
        >>> letter_digraphs()["\u00fc"]
        'ue'
    """
    return {letter: two for letter, two, _ in rows("digraphs.tsv")}
