"""Numbers of things, as they are said."""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: int, thing: str, things: str = "") -> str:
    """Return a number with what it counts, in the singular for one.

    Args:
        number: how many, not negative.
        thing: the word for one.
        things: the word for several, where an s does not make it.

    Examples:
        >>> counted(1, "place"), counted(0, "place"), counted(5000, "place")
        ('1 place', '0 places', '5,000 places')
        >>> counted(2, "query", "queries")
        '2 queries'
    """
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"
