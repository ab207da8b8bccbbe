"""Names that a sentence pairs with a language, a people or the word "name".

"Its … name is X", "In … it is X", "X to …s": such a sentence says how somebody calls a
place, and would be untrue with another name in it. Languages and peoples are rows of
the tables (adjectives and words for people); the other words are a language's lists.
Doubt is decided for the name: one that stays makes nothing untrue.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from gazetteer.text.beside import units_after, units_before

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.text.beside import Unit
    from gazetteer.text.draft import Draft, Reading
    from gazetteer.text.reports import Sentences

__all__ = ["find_paired"]

_WINDOW = 10  # words, a name counted as one, that may part a name from "name"
_AFTER = 7
_QUANTIFIED = 4
_LOOK_BACK = 20
_ABBREVIATED = re.compile(r"[(\[]\s*([^\W\d_]{1,10}\.):?[ \u00a0]*\Z")
_MARKS = "*_\"'\u201c\u201d\u2018\u2019 \t\r\n\u00a0"
_PAIRING = ("", ":", "=", "-", "\u2013", "\u2014")
_ASIDE = (",", "(", "[", "\u2013", "\u2014")
_ENDING = (".", ",", ";", ":", ")", "]", "!", "?", "\u2026", "\u2013", "\u2014")


def find_paired(reading: Reading, draft: Draft, sentences: Sentences) -> None:
    """Protect a mention that its sentence pairs with a language, a people or "name".

    Args:
        reading: the text.
        draft: the mention.
        sentences: which languages and peoples the sentences of the text speak of.
    """
    if draft.role not in ("plain", "attributive"):
        return
    before = units_before(reading, draft, _WINDOW)
    after = units_after(reading, draft, _AFTER)
    why = (
        _follows_people(reading, draft, before, after)
        or _follows_verb(reading, draft, before, after)
        or _follows_copula(reading, draft, before, sentences)
        or _precedes(reading, draft, before, after)
        or _in_language(reading, draft, (before, after), sentences)
        or _with_another(reading, draft, before)
    )
    if why:
        draft.protect("metalinguistic", f"{why}: spoken of as a name")


def _follows_people(
    reading: Reading,
    draft: Draft,
    before: Sequence[Unit],
    after: Sequence[Unit],
) -> str:
    """Find "Language: X", "the Language X", "(Lang. X)"."""
    abbreviated = _ABBREVIATED.search(
        reading.scan.text[max(draft.start - _LOOK_BACK, 0) : draft.start]
    )
    if abbreviated:  # its full stop may look like the end of a sentence
        return f"follows {abbreviated[1]!r} in brackets"
    if not before:
        return ""
    nearest, words = before[0], reading.words
    mark = nearest.gap.strip(_MARKS)
    said = reading.scan.raw[nearest.at]
    if (nearest.key in words["meta-noun"] and mark in (*_PAIRING, *_ASIDE)) or (
        reading.language(nearest.at) and mark in _PAIRING
    ):
        return f"follows {said!r}"
    tongue = before[1].at if len(before) > 1 else -1
    if nearest.key not in words["language-noun"] or tongue < 0:
        return _opened(reading, nearest, mark, after)
    paired = reading.language(tongue) and mark in (*_PAIRING, *_ASIDE)
    return f"follows {reading.scan.raw[tongue]!r}" if paired else ""


def _opened(reading: Reading, nearest: Unit, mark: str, after: Sequence[Unit]) -> str:
    """Find "(now X", "(Lang. X" and ", now X,"."""
    words, said = reading.words, reading.scan.raw[nearest.at]
    opening = reading.scan.gap(nearest.at).rstrip(_MARKS)
    explains = (
        nearest.key in words["meta-paren"] and nearest.key not in words["place-before"]
    )
    if opening.endswith(("(", "[")) and (explains or mark == ":"):
        return f"follows {said!r} in brackets"
    aside = explains and opening.endswith(",") and not mark and _ends(after)
    return f"follows {said!r} in an aside" if aside else ""


def _ends(after: Sequence[Unit]) -> bool:
    """Tell whether the clause ends with the mention."""
    return not after or after[0].gap.lstrip(_MARKS).startswith(_ENDING)


def _follows_verb(
    reading: Reading,
    draft: Draft,
    before: Sequence[Unit],
    after: Sequence[Unit],
) -> str:
    """Find "spell it X", "prefer X", "say X.", "know it as X"."""
    words = reading.words
    rest = [unit.key for unit in before]
    if rest and rest[0] == "as":
        verb = next((key for key in rest[1:6] if key in words["meta-as"]), "")
        return f"follows {verb!r} with 'as'" if verb else ""
    while rest and rest[0] in words["meta-object"]:
        rest.pop(0)
    if not rest or draft.role == "attributive" or draft.suffix:
        return ""
    noun = any(unit.key in words["meta-noun"] for unit in after)
    if after and after[0].key == "as" and not noun:
        return ""  # "used X as a base"
    if (
        rest[0] in words["meta-verb"]
        or (rest[0] in words["meta-change"] and noun)
        or (rest[0] in words["meta-verb-last"] and _ends(after))
    ):
        return f"follows {rest[0]!r}"
    return ""


def _follows_copula(
    reading: Reading, draft: Draft, before: Sequence[Unit], sentences: Sentences
) -> str:
    """Find "the name is X", "it was X", "became X", "changed the name to X"."""
    words = reading.words
    rest = _skip(before, words["meta-adverb"])
    if not rest:
        return ""
    link = rest[0].key
    if link in words["meta-to"]:
        return _changed_to(reading, rest[1:])
    if link in words["meta-become"] and not draft.suffix:
        return f"follows {link!r}"
    if link not in words["copula"] or draft.suffix:
        return ""
    rest = _skip(rest, words["copula"], words["meta-adverb"])
    noun = next((unit.key for unit in rest if unit.key in words["meta-noun"]), "")
    if not noun and rest and _calls_back(reading, rest):
        noun = rest[0].key
    if noun:
        return f"follows {noun!r} and {link!r}"
    people = sentences.peoples(draft.start)
    return f"said of {people!r} with {link!r}" if people else ""


def _skip(units: Sequence[Unit], *lists: Mapping[str, str]) -> Sequence[Unit]:
    at = 0
    while at < len(units) and any(units[at].key in each for each in lists):
        at += 1
    return units[at:]


def _changed_to(reading: Reading, rest: Sequence[Unit]) -> str:
    words = reading.words
    changed = next((u.key for u in rest if u.key in words["meta-change"]), "")
    if not changed:
        return ""
    noun = next((unit.key for unit in rest if unit.key in words["meta-noun"]), "")
    if noun:
        return f"follows {changed!r} and {noun!r}"
    direct = rest[0].key == changed and words["meta-change"][changed] == "direct"
    return f"follows {changed!r}" if direct else ""


def _calls_back(reading: Reading, rest: Sequence[Unit]) -> bool:
    """Tell whether a subject only takes up a place that was spoken of before."""
    words = reading.words
    if rest[0].key in words["meta-pronoun"]:
        return True
    return (
        rest[0].key in words["meta-object"]
        and len(rest) > 1
        and rest[1].key in ("the", "this", "that")
    )


def _precedes(
    reading: Reading,
    draft: Draft,
    before: Sequence[Unit],
    after: Sequence[Unit],
) -> str:
    """Find "X is the … name", "X's name", "X to …s", "X (Language)"."""
    if not after:
        return ""
    words, nearest = reading.words, after[0]
    mark = nearest.gap.strip(_MARKS)[:1]
    first = reading.scan.raw[nearest.at]
    if draft.suffix:
        near = after[: _AFTER // 2]
        its = not mark and any(unit.key in words["meta-noun"] for unit in near)
        return "its name follows" if its else ""
    if (nearest.key in words["meta-noun"] and not mark) or (
        mark in ("(", "[") and _language_alone(reading, after)
    ):
        return f"{first!r} follows"
    led = before[0].key if before else ""
    if led in words["place-before"] and led not in words["of"]:
        return _noun_follows(reading, after, mark)
    people = _people(reading, after[1:]) if nearest.key in words["meta-for"] else ""
    if people:
        return f"{first} {people!r} follows"
    return _takes_up(reading, after) or _noun_follows(reading, after, mark)


def _takes_up(reading: Reading, after: Sequence[Unit]) -> str:
    """Find "X got its name", "X with an e", "X is what they say"."""
    words = reading.words
    for unit, following in pairwise(after):
        if unit.key in words["meta-that"] and following.key in words["meta-noun"]:
            return f"{unit.key} {following.key!r} follows"
    keys = [unit.key for unit in after[:3]]
    if keys[0] == "with" and len(keys) > 2 and len(keys[2]) == 1:  # noqa: PLR2004
        return "a letter of it follows"
    if len(keys) > 1 and keys[0] in words["copula"]:
        return f"{keys[1]!r} follows" if keys[1] in words["meta-relative"] else ""
    return ""


def _language_alone(reading: Reading, after: Sequence[Unit]) -> bool:
    """Tell whether brackets hold a language alone, or "Language for …"."""
    if not reading.language(after[0].at):
        return False
    if len(after) == 1 or after[1].key == "for":
        return True
    return after[1].gap.lstrip(_MARKS).startswith((")", "]", ","))


def _noun_follows(reading: Reading, after: Sequence[Unit], mark: str) -> str:
    """Find "X is the … name of" and "X, whose name is"."""
    words, nearest = reading.words, after[0]
    said = nearest.key in words["copula"] or nearest.key in words["meta-become"]
    if not said and not (mark in _ASIDE and mark and _opens_aside(reading, nearest.at)):
        return ""
    rest = after[1:] if said else after
    for at, unit in enumerate(rest):
        if unit.key in words["meta-noun"] or unit.key in words["meta-word"]:
            return f"{unit.key!r} follows"
        if reading.language(unit.at) and [u.key for u in rest[at + 1 :][:1]] == ["for"]:
            return f"{reading.scan.raw[unit.at]!r} follows"
        if unit.key in words["place-before"] and unit.key not in words["of"]:
            return ""
    return ""


def _opens_aside(reading: Reading, at: int) -> bool:
    words, key = reading.words, reading.key(at)
    return (
        key in words["article"]
        or key in words["meta-owner"]
        or reading.language(at)
        or key in words["meta-noun"]
    )


def _people(reading: Reading, units: Sequence[Unit]) -> str:
    """Return the words for people that units begin with, after "most" and the like."""
    for unit in units[:_QUANTIFIED]:
        if reading.peoples(unit.at):
            return reading.scan.raw[unit.at]
        if unit.key not in reading.words["quantifier"] and not reading.language(
            unit.at
        ):
            break
    return ""


def _in_language(
    reading: Reading,
    draft: Draft,
    beside: tuple[Sequence[Unit], Sequence[Unit]],
    sentences: Sentences,
) -> str:
    """Find "In … it is X", "X in …", but not "spoke in … in X"."""
    language = sentences.language(draft.start)
    if language is None:
        return ""
    words, following = reading.words, reading.next(draft)
    before, after = beside
    if following <= language:
        next_to = (
            language - following <= 2  # noqa: PLR2004  ("X in the …")
            and reading.key(following) in words["language-before"]
        )
        kinds = ("meta-as", "meta-verb", "meta-verb-last")
        said = any(unit.key in words[kind] for unit in after for kind in kinds)
        if not (next_to or said):
            return ""
    elif before and before[0].key in words["place-before"]:
        return ""
    return f"its sentence speaks of {reading.scan.raw[language]!r}"


def _with_another(reading: Reading, draft: Draft, before: Sequence[Unit]) -> str:
    """Find the second of two names that are spoken of as names: "X and Y"."""
    if not before:
        return ""
    unit = before[0]
    if unit.key in reading.words["coordinator"] and len(before) > 1:
        unit = before[1]
    other = reading.named.get(unit.at)
    joined = reading.scan.text[other.end : draft.start] if other else ""
    if other is None or other.role != "metalinguistic" or len(joined) > _WINDOW:
        return ""
    return "follows another name" if _listed(reading, joined) else ""


def _listed(reading: Reading, joined: str) -> bool:
    bare = joined.strip(" ,\u00a0\n").casefold()
    return not bare or bare in reading.words["coordinator"]
