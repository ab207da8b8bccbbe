"""Is a mention spoken of as a name, in the words right beside it?

A sentence that says how a place is called would be untrue with another name in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.text.draft import together

if TYPE_CHECKING:
    from gazetteer.text.draft import Draft, Reading

__all__ = ["find_contrast", "find_naming"]

_WINDOW = 4
_BETWEEN = re.compile(r"[\s\"'\u201c\u201d\u2018\u2019*_]+")
_PARTING = re.compile(r"\n\n|[,;:()!?/|]")


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
    before = _phrases_before(reading, draft)
    naming = next((each for each in before if each in words["meta-before"]), "")
    firsts = [phrase.split(" ", 1)[0] for phrase in before]
    if not naming:
        # "the so-called republic of X"
        naming = next((each for each in firsts if each in words["meta-doubt"]), "")
    if not naming and before and before[0] not in words["place-before"]:
        # "they call the town X", but not "they call a friend in X"
        naming = next((each for each in firsts if each in words["meta-far"]), "")
    if naming:
        draft.protect("metalinguistic", f"follows {naming!r}: spoken of as a name")
        return
    for phrase in _phrases_after(reading, draft):
        if phrase in words["meta-after"]:
            draft.protect("metalinguistic", f"{phrase!r} follows: spoken of as a name")
            return
    after = scan.text[draft.end : draft.end + 2]
    index = draft.last + 1
    dated = reading.key(index + 1)[:1].isdigit()  # "(from 2020)" explains no name
    if (
        after in (" (", " [")
        and reading.key(index) in words["meta-paren"]
        and not dated
    ):
        draft.protect(
            "metalinguistic", f"explained as a name: '({scan.raw[index]} \u2026'"
        )


def _phrases_before(reading: Reading, draft: Draft) -> list[str]:
    """Return the last one to four words before a mention, each time as one string."""
    scan, text = reading.scan, reading.scan.text
    phrases: list[str] = []
    first = draft.first
    while first > 0 and len(phrases) < _WINDOW:
        gap = scan.gap(first) if first < draft.first else reading.before(draft)
        if gap != " " and _PARTING.search(gap):
            break
        # A name counts as one word, however many it has.
        other = reading.named.get(first - 1)
        first = other.first if other else first - 1
        phrase = text[scan.starts[first] : draft.start].casefold()
        phrases.append(_BETWEEN.sub(" ", phrase).strip())
    return phrases


def _phrases_after(reading: Reading, draft: Draft) -> list[str]:
    scan, text = reading.scan, reading.scan.text
    phrases: list[str] = []
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
    towns = reading.settlement(left) and reading.settlement(right)
    if towns and not (left.places & right.places):
        return
    for draft in (left, right):
        draft.protect("metalinguistic", "weighed against another name")
