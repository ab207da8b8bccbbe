"""Under which keys a written name is kept and looked for."""

from __future__ import annotations

from unicodedata import normalize

from gazetteer.folding import match_key, plain_key

__all__ = ["keys_of", "tidy"]

# No match key has it, so a name of signs only cannot meet another name.
_AS_WRITTEN = "\0"


def tidy(query: str) -> str:
    """Return a text as names are written in the tables: NFC, without outer space."""
    text = query.strip()
    return text if text.isascii() else normalize("NFC", text)


def keys_of(text: str) -> tuple[str, ...]:
    """Return the one or two keys of a text, the faithful one first.

    The second is that of the text without the marks of its letters, where it differs.
    A text without letters and digits has a key of its own, which only the same text
    has; nothing at all has none.

    Examples:
        >>> keys_of("Şef")
        ('shef', 'sef')
        >>> keys_of("Chef")
        ('chef',)
        >>> keys_of("!") == keys_of("?")
        False
    """
    if not text:
        return ()
    key = match_key(text)
    if not key:
        return (_AS_WRITTEN + text,)
    if text.isascii():
        return (key,)
    plain = plain_key(text)
    return (key, plain) if plain and plain != key else (key,)
