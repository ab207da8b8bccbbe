"""The class-merged key: sounds that romanizations confuse are one."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from gazetteer.folding.keys import MatchKey, match_key

__all__ = ["class_key", "classes_of"]

# Sounds that a faithful key writes with more letters than one; the group's name is the
# class. Single letters are left to a table, which is quicker, so every class but the
# first asks for two. Every class key read again gives itself.
# _T: t, d, th, dh, single or in a row; before another sibilant it is part of that.
_T = "(?:[td]h?)+"
_CH = f"(?:{_T}s?ch|{_T}sh|ch)"
# Most letters begin none of these, which their first two tell; to try one alternative
# after the other at each of them takes thrice as long.
_BEGINS = (
    "(?=[jzc]|[aeiouy][aeiouyw]|[td][tdhjzsc]|s[schtd]|[kgqh][ckgqh]|[pb][pbh]"
    "|[vw][vw]|ff|ll|mm|nn|rr)"
)
_TOKEN = re.compile(
    f"{_BEGINS}(?:"
    # j dj dzh zh z ts tz dz c, German dsch
    f"(?P<j>(?:d+sch|{_T}(?:zh|[jz]|s(?!c?h)|c(?![hk]))|zh|[jz]|c(?![hkgq]))+)"
    f"|(?P<C>{_CH}+)"  # ch tch, German tsch
    f"|(?P<SC>(?:s+c?h)*s+{_T}s?(?:ch|sh){_CH}*)"
    "|(?P<S>(?:s+c?h)+)"  # sh, German sch
    f"|(?P<t>(?=[td][tdh]){_T})"
    "|(?P<p>(?=[pb][pbh])(?:[pb]h?)+)"
    "|(?P<k>(?=[ckgqh][ckgqh])(?:c(?=[kgq])|[kgqh])+)"  # kh gh ck
    "|(?P<vowels>(?=[aeiouy][aeiouyw])(?:[aeiouy]|(?<=o)w(?![aeiouy]))+)"
    "|(?P<v>[vw][vw]+)"
    "|(?P<double>(?P<twin>[flmnrs])(?P=twin)+)"
    ")"
)
_SINGLE = str.maketrans("bdeghqwy", "ptakkkvi")
_VOWELS = str.maketrans("eyw", "aiu")
_GLIDE = re.compile("(?<![aou])i(?=[aou])")
_DOUBLE = re.compile(r"(.)\1+")


def class_key(name: str) -> MatchKey:
    """Return the class-merged key of a name, for candidates only.

    From the faithful key, words joined. Classes, each of sounds that one romanization
    or another writes alike: k g q h kh gh; j dj dzh zh z ts tz dz c; ch tch; sh sch;
    p b ph; t d th; v w; a e; i y; u ou oo ow. A glide i before a vowel is dropped
    unless it stands between two, and double letters are one. So most of the consonants
    that the two standards of Armenian exchange fall together.

    Examples:
        >>> class_key("Dzhigit")
        'jikit'
        >>> class_key("cyğ-itt")
        'jikit'
    """
    return MatchKey(classes_of(match_key(name)))


def classes_of(keys: str) -> str:
    """Return the class-merged key of a faithful key, or of many, each on a line."""
    joined = keys.replace(" ", "")
    if not joined.isascii():
        joined = normalize("NFC", joined)
    key = _TOKEN.sub(_class_of, joined).translate(_SINGLE)
    # capitals until here, so that their h is not taken for the k class
    return key.replace("S", "sh").replace("C", "ch")


def _class_of(found: re.Match[str]) -> str:
    group = found.lastgroup
    if group == "vowels":
        return _vowel_class(found[0])
    if group == "double":
        return found[0][0]
    return group or ""


@lru_cache(maxsize=1024)
def _vowel_class(run: str) -> str:
    run = run.translate(_VOWELS)
    before = ""
    while run != before:
        before = run
        run = run.replace("oo", "u").replace("ou", "u")
        run = _DOUBLE.sub(r"\1", _GLIDE.sub("", run))
    return run
