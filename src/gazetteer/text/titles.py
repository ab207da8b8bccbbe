"""Is a mention part of a longer name: of an organisation, a work, a person?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.text.draft import SETTLEMENTS, together
from gazetteer.text.evidence import evident, only_villages

if TYPE_CHECKING:
    from gazetteer.text.draft import Draft, Reading

__all__ = ["find_title"]

# Endings of English words that may begin a sentence right before a name, and of words
# that name peoples.
_PARTICIPLES = ("ing", "ed", "ly")
_PEOPLES = ("ns", "is", "ese", "ites")
_MAX_RUN = 12
# Where all words have capitals a title is told from other words only right beside it.
_MAX_BARE_RUN = 2
_SHORT = 3


def find_title(reading: Reading, draft: Draft) -> None:
    """Protect a mention that is part of a title or may be the name of a person."""
    if _is_title_itself(reading, draft):
        draft.protect("title", "the name is itself the title of a state or of its unit")
    _to_the_right(reading, draft)
    _to_the_left(reading, draft)
    _of_construction(reading, draft)
    _work(reading, draft)
    _person(reading, draft)


def _is_title_itself(reading: Reading, draft: Draft) -> bool:
    states = reading.words["state"]
    return draft.names == 1 and any(
        reading.key(at) in states for at in range(draft.first, draft.last + 1)
    )


def _needs_head(reading: Reading, draft: Draft, other: int, gap: str) -> bool:
    """Tell whether a capital letter beside the mention proves nothing by itself."""
    scan = reading.scan
    if "\n" in gap:
        return True
    if scan.capitals(draft.first) and scan.capitals(other):
        return True
    return reading.in_heading(draft)


def _to_the_right(reading: Reading, draft: Draft) -> None:
    scan, words = reading.scan, reading.words
    gap, index = reading.after(draft), reading.next(draft)
    if not together(gap) or not scan.capital(index):
        return
    key = reading.key(index)
    other = reading.named.get(index)
    if other is not None:
        if _names_people(other):
            draft.protect("adjective", "describes people, so it is not the place alone")
        return
    if key in words["calendar"] or scan.starts_sentence(index):
        return
    if draft.suffix and not (
        key in words["office"]
        or (key in words["head"] and not reading.settlement(draft))
    ):
        return
    bare = _needs_head(reading, draft, index, gap)
    if _head_follows(reading, index, _MAX_BARE_RUN if bare else _MAX_RUN):
        draft.protect("title", f"part of a title with {scan.raw[index]!r}")
    elif not bare:
        if key.endswith(_PEOPLES):
            draft.protect("adjective", "describes people, so it is not the place alone")
        else:
            draft.protect(
                "title",
                f"{scan.raw[index]!r} follows, so it may be part of a longer name or "
                f"the name of a person",
            )


def _head_follows(reading: Reading, index: int, most: int) -> bool:
    """Tell whether a run of capitalised words holds the head of a title."""
    scan, heads = reading.scan, reading.words["head"]
    joiners = reading.words["joiner"]
    for at in range(index, min(index + most, len(scan))):
        if at > index and not together(scan.gap(at)):
            return False
        if scan.capital(at):
            if scan.keys[at] in heads and at not in reading.named:
                return True
        elif scan.keys[at] not in joiners:
            return False
    return False


def _to_the_left(reading: Reading, draft: Draft) -> None:
    scan, words = reading.scan, reading.words
    gap, index = reading.before(draft), draft.first - 1
    if index < 0 or not together(gap) or index in reading.named:
        return
    key = reading.key(index)
    if key in words["person"]:
        draft.protect("person", f"follows {scan.raw[index]!r}")
        return
    if not scan.capital(index) or key in words["calendar"]:
        return
    if key in words["head"] and key not in words["cue"]:
        draft.protect("title", f"part of a title with {scan.raw[index]!r}")
        return
    if _needs_head(reading, draft, index, gap):
        return
    if scan.starts_sentence(index) and (
        key in words["starter"]
        or key in words["follower"]
        or key in words["cue"]
        or key.endswith(_PARTICIPLES)
    ):
        return
    draft.protect(
        "title",
        f"follows {scan.raw[index]!r}, so it may be part of a longer name or the name "
        f"of a person",
    )


def _of_construction(reading: Reading, draft: Draft) -> None:
    """Find "Ministry of Foreign Affairs of X", "Battle of X", "battle of X"."""
    scan, words = reading.scan, reading.words
    at = draft.first - 1
    if at >= 0 and scan.keys[at] in words["article"]:
        at -= 1
    if at < 1 or scan.keys[at] not in words["of"]:
        return
    if not (together(reading.before(draft)) and together(scan.gap(at))):
        return
    if scan.keys[at - 1] in words["event"]:
        event = scan.raw[at - 1]
        draft.protect("title", f"part of the name of an event: {event!r}")
    elif scan.capital(at - 1) and _unknown_head(reading, draft, at - 1):
        said = f"{scan.raw[at - 1]} {scan.raw[at]}"
        draft.protect("title", f"follows {said!r}, so it may be part of a title")
    else:
        head = _head_before(reading, at - 1)
        if head is not None:
            draft.protect("title", f"part of a title with {scan.raw[head]!r}")


def _head_before(reading: Reading, nearest: int) -> int | None:
    """Return the head in the run of capitalised words that ends at a word."""
    scan, words = reading.scan, reading.words
    for head in range(nearest, max(nearest - _MAX_RUN, -1), -1):
        key = scan.keys[head]
        if not scan.capital(head):
            if key not in words["joiner"]:
                return None
        elif key in words["head"] and (
            # "the City of X" only says what X is; "the Mayor of X" is an office.
            not SETTLEMENTS.issuperset(words["cue"].get(key, "-").split())
            or key in words["office"]
        ):
            return head
        if not together(scan.gap(head)):
            return None
    return None


def _unknown_head(reading: Reading, draft: Draft, head: int) -> bool:
    scan, words = reading.scan, reading.words
    key = scan.keys[head]
    return not (
        key in words["head"]
        or scan.starts_sentence(head)
        or head in reading.named
        or key in words["cue"]
        or key in words["calendar"]
        or key.endswith("s")  # peoples
        or _needs_head(reading, draft, head, reading.before(draft))
    )


def _work(reading: Reading, draft: Draft) -> None:
    """Find "the film X", "her novel The Road to X", "his film X: The Y"."""
    scan, words = reading.scan, reading.words
    at = draft.first - 1
    first_capital = draft.first
    while at >= 0 and draft.first - at < _MAX_RUN and _loosely(scan.gap(at + 1)):
        key = scan.keys[at]
        if key in words["work"] and first_capital == at + 1:
            draft.protect("title", f"is, or is part of, the title of a {key}")
            return
        if scan.capital(at):
            first_capital = at
        elif key not in words["joiner"]:
            break
        at -= 1
    if scan.text[draft.end : draft.end + 2] == ": ":
        _before_colon(reading, draft)


def _before_colon(reading: Reading, draft: Draft) -> None:
    scan, words = reading.scan, reading.words
    index = reading.next(draft)
    if not scan.capital(index) or scan.capitals(draft.first):
        return
    before = reading.key(draft.first - 1) if together(reading.before(draft)) else ""
    inside = not scan.starts_sentence(draft.first) and bool(before)
    article = reading.key(index) in words["article"] and scan.capital(index + 1)
    if article or (inside and before not in words["place-before"]):
        draft.protect("title", "begins the title of a work, with a colon after it")


def _loosely(gap: str) -> bool:
    return together(gap.strip("\"\u201c'\u2018\u00ab,") or " ")


def _person(reading: Reading, draft: Draft) -> None:
    scan, words = reading.scan, reading.words
    if draft.names > 1:
        return
    following = reading.next(draft)
    if (
        draft.first == draft.last
        and not draft.suffix
        and reading.key(following) in words["person-after"]
        and together(reading.after(draft))
        and not scan.capital(following)
    ):
        draft.protect("person", f"{scan.raw[following]!r} follows")
        return
    misspelt = all(toponym.form == "hidden" for toponym in draft.toponyms)
    doubtful = (
        any(
            toponym.name in reading.finder.people
            or toponym.name in reading.finder.common
            for toponym in draft.toponyms
        )
        or (
            misspelt
            and draft.first == draft.last
            and len(scan.raw[draft.first]) <= _SHORT + 1
        )
        or (
            len(scan.raw[draft.first]) <= _SHORT
            and draft.first == draft.last
            and scan.starts_sentence(draft.first)
            and not scan.capitals(draft.first)
        )
    )
    village = draft.first == draft.last and only_villages(reading, draft)
    if (doubtful and not evident(reading, draft)) or (
        village and not evident(reading, draft, anywhere=True)
    ):
        draft.protect(
            "person", "a person or a common word: nothing beside it says 'place'"
        )


def _names_people(draft: Draft) -> bool:
    return all(toponym.form in ("adj", "demonym") for toponym in draft.toponyms)
