"""Canonical ids: opaque, short, and with a check character.

A place's id is ``gz-`` and seven characters of Crockford's base 32 in lower case (the
digits and the letters without i, l, o, u): six random ones and one check character
from the same 32. A row of names.csv has the same with ``nm-``. An id is never derived
from a name, a side or a hierarchy, and is never used again.

The check is a weighted sum over the field GF(32): it finds every single wrong
character and every exchange of two characters.
"""

from __future__ import annotations

from typing import NewType

from gazetteer.errors import PlaceIdError

__all__ = ["NameId", "PlaceId", "id_number", "is_id", "mint_id", "parse_place_id"]

PlaceId = NewType("PlaceId", str)
NameId = NewType("NameId", str)

# https://www.crockford.com/base32.html, lower case
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}
_LENGTH = 6
# x^5 + x^2 + 1 is primitive over GF(2), so powers of x are distinct for 31 places.
_POLYNOMIAL = 0b100101


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ _POLYNOMIAL if value & 0b100000 else value


def _check_character(body: str) -> str:
    # Horner's rule: the k-th character from the right has the weight x**k, and the
    # check character, at k = 0, has the weight 1.
    total = 0
    for character in body:
        total = _times_x(total ^ _VALUE[character])
    return _ALPHABET[total]


def mint_id(prefix: str) -> str:
    """Return a new random id such as ``gz-3v9k2mx`` for the prefix ``gz``.

    Examples:
        >>> is_id(mint_id("gz"), "gz")
        True
    """
    import secrets  # to mint is rare, and the import costs 4 ms of every start

    body = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return f"{prefix}-{body}{_check_character(body)}"


def is_id(text: str, prefix: str) -> bool:
    """Tell whether a text is a well-formed id of this prefix, check included.

    Examples:
        >>> is_id("gz-0000000", "gz")
        True
        >>> is_id("gz-0000001", "gz")
        False
    """
    head, dash, tail = text.partition("-")
    if head != prefix or not dash or len(tail) != _LENGTH + 1:
        return False
    if any(character not in _VALUE for character in tail):
        return False
    return _check_character(tail[:-1]) == tail[-1]


def id_number(text: str, prefix: str) -> int | None:
    """Return an id as a number below 2**30, for formats whose ids are numbers.

    Examples:
        >>> id_number("gz-0000000", "gz"), id_number("gn-146970", "gz")
        (0, None)
    """
    if not is_id(text, prefix):
        return None
    total = 0
    for character in text.partition("-")[2][:_LENGTH]:
        total = total << 5 | _VALUE[character]
    return total


def parse_place_id(text: str) -> PlaceId:
    """Return the text as a place id of this project, or say what is wrong with it.

    Raises:
        PlaceIdError: if it is not ``gz-`` and seven characters with a right check.

    Examples:
        >>> parse_place_id("gz-0000000")
        'gz-0000000'
        >>> parse_place_id("gz-O000000")
        Traceback (most recent call last):
        gazetteer.errors.PlaceIdError: bad place id 'gz-O000000': not ...
    """
    if is_id(text, "gz"):
        return PlaceId(text)
    head, _, tail = text.partition("-")
    if head != "gz" or len(tail) != _LENGTH + 1 or set(tail) - set(_ALPHABET):
        reason = (
            "not 'gz-' and seven of the digits and the lower-case letters without "
            "i, l, o, u"
        )
    else:
        reason = "its check character is wrong, so a character was mistyped"
    raise PlaceIdError(text, reason)
