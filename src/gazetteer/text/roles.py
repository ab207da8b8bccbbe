"""What a mention does in its sentence: adjective, part of a compound, a name named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.text.draft import SETTLEMENTS, together

if TYPE_CHECKING:
    from gazetteer.text.draft import Draft, Reading

__all__ = ["find_compound", "find_contrast", "find_role", "find_types", "find_naming"]

_HYPHENS = "-\u2010\u2011\u2012\u2013"
_WINDOW = 4
_BETWEEN = re.compile(r"[\s\"'\u201c\u201d\u2018\u2019*_]+")


def find_types(reading: Reading, draft: Draft) -> None:
    """Note the types that the words beside a mention call for ("the town of …")."""
    scan, cues = reading.scan, reading.words["cue"]
    index = reading.next(draft)
    if (
        not draft.suffix
        and together(reading.after(draft))
        and reading.key(index) in cues
    ):
        draft.types = tuple(cues[reading.key(index)].split())
        return
    at = draft.first - 1
    if at < 0 or not together(reading.before(draft)):
        if scan.text[draft.end : draft.end + 2] == ", ":
            _type_in_apposition(reading, draft)
        return
    if scan.keys[at] in reading.words["article"]:
        at -= 1
    if at > 0 and scan.keys[at] in reading.words["of"] and together(scan.gap(at)):
        at -= 1
    if at >= 0 and scan.keys[at] in cues:
        draft.types = tuple(cues[scan.keys[at]].split())
    elif scan.text[draft.end : draft.end + 2] == ", ":
        _type_in_apposition(reading, draft)


def _type_in_apposition(reading: Reading, draft: Draft) -> None:
    scan, cues = reading.scan, reading.words["cue"]
    index = reading.next(draft)
    if reading.key(index) not in reading.words["article"]:
        return
    for at in range(index + 1, min(index + _WINDOW, len(scan))):
        if not together(scan.gap(at)):
            return
        if scan.keys[at] in cues:
            draft.types = tuple(cues[scan.keys[at]].split())
            return


def find_compound(reading: Reading, draft: Draft) -> None:
    """Protect what is joined to a word, a number or another place's name."""
    scan, text = reading.scan, reading.scan.text
    left, right = draft.start - 1, draft.end + len(draft.suffix)
    before = text[left] if left >= 0 else ""
    after = text[right] if right < len(text) else ""
    if _slash(text, draft.start, -1) or _slash(text, right, 1):
        draft.protect("compound", "is joined to another word by a slash")
    index = reading.next(draft)
    if after and after in _HYPHENS and right + 1 < len(text):
        if index < len(scan) and scan.starts[index] == right + 1:
            other = reading.named.get(index)
            if other is None and not text[right + 1].islower():
                draft.protect("compound", f"is joined to {scan.raw[index]!r}")
            elif other is None and not reading.settlement(draft):
                draft.protect("adjective", f"is joined to {scan.raw[index]!r}")
            elif other is None:
                draft.role = "attributive"
    if before and before in _HYPHENS and left > 0:
        at = draft.first - 1
        if at >= 0 and scan.ends[at] == left and at not in reading.named:
            draft.protect("compound", f"is joined to {scan.raw[at]!r}")
    if (after == "_" or before == "_") and not _emphasis(text, draft):
        draft.protect("code", "is part of an identifier")
    if after in ("'", "\u2019") and not draft.suffix and _letter(text, right + 1):
        draft.protect("inflected", "an ending follows that is not an English one")


def _letter(text: str, at: int) -> bool:
    return at < len(text) and text[at].isalpha()


def _emphasis(text: str, draft: Draft) -> bool:
    before = text[draft.start - 2 : draft.start - 1]
    after = text[draft.end + 1 : draft.end + 2]
    return not before.isalnum() and not after.isalnum()


def _slash(text: str, at: int, step: int) -> bool:
    """Tell whether a slash, perhaps after a space, joins the mention to a word."""
    at = at - 1 if step < 0 else at
    for _ in range(2):
        if not 0 <= at < len(text):
            return False
        if text[at] in "/\\":
            return True
        if text[at] != " ":
            return False
        at += step
    return False


def find_role(reading: Reading, draft: Draft) -> None:
    """Tell adjectives, words for people and attributive use from plain mentions."""
    scan, words = reading.scan, reading.words
    if all(toponym.form in ("adj", "demonym") for toponym in draft.toponyms):
        draft.protect("adjective", "is an adjective or names people, not the place")
        return
    index = reading.next(draft)
    if draft.suffix or index >= len(scan) or not together(reading.after(draft)):
        return
    key = scan.keys[index]
    if key in words["event"]:
        draft.protect("title", f"is part of the name of an event: {scan.raw[index]!r}")
        return
    if scan.capital(index) or scan.raw[index][0].isdigit():
        return
    if key in words["people"]:
        draft.protect("adjective", "describes people, so it is not the place alone")
        return
    if key in words["cue"]:
        return
    if key in words["follower"]:
        if _shared_noun(reading, draft, index):
            draft.protect(
                "adjective", "describes a noun that it shares with another word"
            )
        return
    if key.endswith(("ed", "ly")):
        return
    if reading.settlement(draft):
        if draft.role == "plain":
            draft.role = "attributive"
    else:
        draft.protect(
            "adjective",
            f"describes {scan.raw[index]!r}; labels are nouns, and only towns and "
            f"villages are renamed there",
        )


def _shared_noun(reading: Reading, draft: Draft, index: int) -> bool:
    """Find "the X and Y armies": Y an adjective, so X is one too."""
    scan, words = reading.scan, reading.words
    if reading.settlement(draft) or scan.keys[index] not in words["joiner"]:
        return False
    if reading.key(draft.first - 1) not in words["article"]:
        return False
    other = reading.named.get(index + 1)
    noun = other.last + 1 if other else index + 2
    return (
        scan.capital(index + 1)
        and noun < len(scan)
        and together(scan.gap(noun))
        and scan.raw[noun][0].islower()
        and scan.keys[noun] not in words["follower"]
    )


def find_naming(reading: Reading, draft: Draft, *, about_names: bool) -> None:
    """Protect a mention that is spoken of as a name.

    Args:
        reading: the text.
        draft: the mention.
        about_names: whether its sentence is about names ("was renamed").
    """
    scan, words = reading.scan, reading.words
    if about_names:
        draft.protect("metalinguistic", "its sentence is about names")
        return
    for phrase in _phrases_before(reading, draft):
        if phrase in words["meta-before"]:
            draft.protect("metalinguistic", f"follows {phrase!r}: spoken of as a name")
            return
    for phrase in _phrases_after(reading, draft):
        if phrase in words["meta-after"]:
            draft.protect("metalinguistic", f"{phrase!r} follows: spoken of as a name")
            return
    after = scan.text[draft.end : draft.end + 2]
    index = draft.last + 1
    if after in (" (", " [") and reading.key(index) in words["meta-paren"]:
        draft.protect(
            "metalinguistic", f"explained as a name: '({scan.raw[index]} \u2026'"
        )


def _phrases_before(reading: Reading, draft: Draft) -> list[str]:
    """Return the last one to four words before a mention, each time as one string."""
    scan, text = reading.scan, reading.scan.text
    phrases = []
    at = draft.first - 1
    while at >= 0 and draft.first - at <= _WINDOW:
        gap = scan.gap(at + 1) if at + 1 < draft.first else reading.before(draft)
        if "\n\n" in gap or any(mark in gap for mark in ",;:()!?/|"):
            break
        phrase = text[scan.starts[at] : draft.start].casefold()
        phrases.append(_BETWEEN.sub(" ", phrase).strip())
        at -= 1
    # "the so-called republic of X": the doubt covers the whole phrase.
    if phrases:
        tail = phrases[-1].split(" ")
        phrases += [word for word in tail[-3:-1] if "-" in word]
    return phrases


def _phrases_after(reading: Reading, draft: Draft) -> list[str]:
    scan, text = reading.scan, reading.scan.text
    phrases = []
    start = draft.end + len(draft.suffix)
    for at in range(reading.next(draft), min(reading.next(draft) + _WINDOW, len(scan))):
        gap = text[start : scan.starts[at]] if not phrases else scan.gap(at)
        if not together(gap.strip("\"\u201d'\u2019,") or " "):
            break
        phrase = text[start : scan.ends[at]].casefold()
        phrases.append(_BETWEEN.sub(" ", phrase).strip(" ,"))
    return phrases


def find_contrast(reading: Reading, left: Draft, right: Draft) -> None:
    """Protect both names of "X, not Y" and of "not X but Y".

    Two towns that are known to be different places may be weighed against each other
    as places; anything else is taken to be about the names.
    """
    scan, words = reading.scan, reading.words
    between = scan.text[left.end + len(left.suffix) : right.start]
    if len(between) > 40 or "\n\n" in between:  # noqa: PLR2004
        return
    bare = _BETWEEN.sub(" ", between).strip(" ,\u2014\u2013-").casefold()
    parts = bare.split(" ")
    if parts[-1] in words["article"]:
        bare = " ".join(parts[:-1])
    contrasted = bare in words["contrast"] or (
        bare in words["contrast-between"]
        and reading.key(left.first - 1) in words["contrast-before"]
    )
    if not contrasted:
        return
    if not (left.places & right.places) and _only_towns(reading, left, right):
        return
    for draft in (left, right):
        draft.protect("metalinguistic", "weighed against another name")


def _only_towns(reading: Reading, *drafts: Draft) -> bool:
    places = reading.finder.places
    return all(
        places[place].type in SETTLEMENTS for draft in drafts for place in draft.places
    )
