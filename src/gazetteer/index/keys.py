"""Under which keys a written name is kept and looked for."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from gazetteer.folding import match_key, plain_key, written_key
from gazetteer.languages.controls import has_control

__all__ = [
    "as_written",
    "is_match_key",
    "is_nothing_but_a_name",
    "keys_of",
    "may_be_written_otherwise",
    "tidy",
]

# No match key has it, so a name of signs only cannot meet another name.
_AS_WRITTEN = "\0"

# As of `gazetteer.folding.match_key`: one query asks for its keys several times.
_REMEMBERED = 1_024

# Far below what is too long for a name.
_SURELY_SHORT = 200


def tidy(query: str) -> str:
    """Return a text as names are written in the tables: NFC, without outer space."""
    text = query.strip()
    return text if text.isascii() else normalize("NFC", text)


@lru_cache(maxsize=_REMEMBERED)
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


def is_match_key(key: str) -> bool:
    """Tell of a match key or a written key whether it surely is a match key.

    Examples:
        >>> is_match_key("khan"), is_match_key("xan"), is_match_key("хан")
        (True, False, False)
    """
    return key.isascii() and "x" not in key and "dj" not in key and "dzh" not in key


def may_be_written_otherwise(text: str, key: str) -> bool:
    """Tell whether the written key of a text may be other than its match key.

    Examples:
        >>> may_be_written_otherwise("Chef", "chef")
        False
    """
    # an x and a dzh are all that is written out of the letters of ASCII
    return not text.isascii() or "kh" in key or "j" in key


def is_nothing_but_a_name(text: str) -> bool:
    """Tell whether a tidy text is surely no id, nor unfit to be a name.

    Of what it says no to, most are names all the same.

    Examples:
        >>> is_nothing_but_a_name("Şef"), is_nothing_but_a_name("wikidata:Q1")
        (True, False)
    """
    return (
        0 < len(text) <= _SURELY_SHORT
        and not has_control(text)
        and ":" not in text
        and text[:3].lower() != "gz-"
    )


def as_written(text: str, keys: tuple[str, ...]) -> str:
    """Return the written key of a text where edits count otherwise in it; else nothing.

    Args:
        text: a tidy text.
        keys: what `keys_of` returns for it.

    Examples:
        >>> as_written("Ящик", keys_of("Ящик"))
        'ящик'
        >>> as_written("Chef", keys_of("Chef"))
        ''
    """
    if not keys or not may_be_written_otherwise(text, keys[0]):
        return ""
    written = written_key(text)
    if written in keys or match_key(written) not in keys:
        return ""
    return written
