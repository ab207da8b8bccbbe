"""What a mention does in its sentence: adjective, attribute, part of a compound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.text.draft import together

if TYPE_CHECKING:
    from gazetteer.text.draft import Draft, Reading

__all__ = ["find_compound", "find_role", "find_types"]

_APOSTROPHES = "'\u2019"
_EN_DASH = "\u2013"
_HYPHENS = "-\u2010\u2011\u2012\u2013"
_WINDOW = 4


def find_types(reading: Reading, draft: Draft) -> None:
    """Note the types that the words beside a mention call for ("the town of …")."""
    cue = _cue_after(reading, draft) or _cue_before(reading, draft)
    if not cue and reading.scan.text.startswith(", ", draft.end):
        cue = _cue_in_apposition(reading, draft)
    draft.types = tuple(cue.split())


def _cue_after(reading: Reading, draft: Draft) -> str:
    """Find "X district"."""
    if draft.suffix or not together(reading.after(draft)):
        return ""
    return reading.words["cue"].get(reading.key(reading.next(draft)), "")


def _cue_before(reading: Reading, draft: Draft) -> str:
    """Find "the town X" and "the town of X", but not "a district of X"."""
    scan, words = reading.scan, reading.words
    at = draft.first - 1
    if at < 0 or not together(reading.before(draft)):
        return ""
    if scan.keys[at] in words["article"]:
        at -= 1
    of = at > 0 and scan.keys[at] in words["of"]
    if of:
        at -= 1
        partitive = reading.key(at) in words["part"]
        if partitive or reading.key(at - 1) in words["indefinite"]:
            return ""
    if at < 0 or not together(scan.gap(at + 1)):
        return ""
    key = scan.keys[at]
    if at > 0 and scan.gap(at) == "-":
        key = f"{scan.keys[at - 1]}-{key}"
    return words["cue"].get(key, "")


def _cue_in_apposition(reading: Reading, draft: Draft) -> str:
    """Find "X, a small town"."""
    scan, words = reading.scan, reading.words
    index = reading.next(draft)
    if reading.key(index) not in words["article"]:
        return ""
    for at in range(index + 1, min(index + _WINDOW, len(scan))):
        if not together(scan.gap(at)) or scan.capital(at):
            return ""
        if scan.keys[at] in words["cue"]:
            return words["cue"][scan.keys[at]]
    return ""


def find_compound(reading: Reading, draft: Draft) -> None:
    """Protect what is joined to a word, a number or another place's name."""
    text = reading.scan.text
    right = draft.end + len(draft.suffix)
    after = text[right : right + 1]
    if _slash(text, draft.start - 1, -1) or _slash(text, right, 1):
        draft.protect("compound", "joined to another word by a slash")
    _hyphen_after(reading, draft, right)
    _hyphen_before(reading, draft)
    if "_" in (after, text[draft.start - 1 : draft.start]) and not _set_off(
        text, draft
    ):
        draft.protect("code", "part of an identifier")
    if after in _APOSTROPHES and after and text[right + 1 : right + 2].isalpha():
        draft.protect("inflected", "an ending follows that is not an English one")


def _hyphen_after(reading: Reading, draft: Draft, right: int) -> None:
    """Judge "X-based", "X-1989", "X-Tour"; "X-Y" of two places may stay apart."""
    scan, index = reading.scan, reading.next(draft)
    if scan.text[right : right + 1] not in _HYPHENS or right >= len(scan.text):
        return
    if reading.key(index) == "" or scan.starts[index] != right + 1:
        return
    other = reading.named.get(index)
    if other is not None:
        hyphen = scan.text[right] != _EN_DASH
        draft.hyphenated |= hyphen
        other.hyphenated |= hyphen
        if other.first < other.last:
            # "A-B road" may be the road from A to B and not "B road".
            other.protect("compound", "a hyphen joins its first word to another name")
        return
    joined = f"joined to {scan.raw[index]!r}"
    if not scan.raw[index][0].islower():
        draft.protect("compound", joined)
    elif reading.settlement(draft):
        draft.role = "attributive" if draft.role == "plain" else draft.role
    else:
        draft.protect("adjective", joined)


def _hyphen_before(reading: Reading, draft: Draft) -> None:
    """Judge "pro-X", "1989-X"."""
    scan, at = reading.scan, draft.first - 1
    gap = reading.before(draft).strip("*_")
    if at >= 0 and len(gap) == 1 and gap in _HYPHENS and at not in reading.named:
        draft.protect("compound", f"joined to {scan.raw[at]!r}")


def _set_off(text: str, draft: Draft) -> bool:
    """Tell whether underscores beside a mention are marks of emphasis."""
    before = text[max(draft.start - 2, 0) : max(draft.start - 1, 0)]
    after = text[draft.end + 1 : draft.end + 2]
    return not before.isalnum() and not after.isalnum()


def _slash(text: str, at: int, step: int) -> bool:
    """Tell whether a slash, perhaps after a space, joins the mention to a word."""
    if 0 <= at < len(text) and text[at] == " ":
        at += step
    if not 0 <= at < len(text):
        return False
    # A backslash before a sign only takes away the sign's meaning.
    return text[at] == "/" or (text[at] == "\\" and text[at + 1 : at + 2].isalnum())


def find_role(reading: Reading, draft: Draft) -> None:
    """Tell adjectives, words for people and attributive use from plain mentions."""
    if all(toponym.form in ("adj", "demonym") for toponym in draft.toponyms):
        draft.protect("adjective", "an adjective or a word for people, not the place")
        return
    scan, words = reading.scan, reading.words
    index = reading.next(draft)
    if draft.suffix or index >= len(scan) or not together(reading.after(draft)):
        return
    key = scan.keys[index]
    if key in words["feature"]:
        noun = scan.raw[index]
        draft.protect("title", f"part of the name of something else: {noun!r}")
    elif key in words["event"]:
        draft.protect("title", f"part of the name of an event: {scan.raw[index]!r}")
    elif key in words["people"]:
        draft.protect("adjective", "describes people, so it is not the place alone")
    elif _shared_noun(reading, draft, index):
        draft.protect("adjective", "describes a noun that it shares with another word")
    elif _is_noun(reading, draft, index):
        _describes(reading, draft, scan.raw[index])


def _is_noun(reading: Reading, draft: Draft, index: int) -> bool:
    """Tell whether the word after a name is likely a noun that it describes."""
    scan, words = reading.scan, reading.words
    key = scan.keys[index]
    # Capitals say nothing in a line of capitals, and in a heading.
    common = scan.raw[index][0].islower() or (
        scan.capital(index)
        and (
            (scan.capitals(index) and scan.capitals(draft.first))
            or reading.in_heading(draft)
        )
    )
    return (
        common
        and key not in words["cue"]
        and key not in words["follower"]
        and not key.endswith(("ed", "ly"))
    )


def _describes(reading: Reading, draft: Draft, noun: str) -> None:
    if reading.settlement(draft):
        draft.role = "attributive" if draft.role == "plain" else draft.role
    else:
        draft.protect(
            "adjective",
            f"describes {noun!r}; only names of towns and villages are changed there",
        )


def _shared_noun(reading: Reading, draft: Draft, index: int) -> bool:
    """Find "the X and Y armies": Y an adjective, so X is one too."""
    scan, words = reading.scan, reading.words
    if reading.settlement(draft) or scan.keys[index] not in words["coordinator"]:
        return False
    if reading.key(draft.first - 1) not in words["article"]:
        return False
    other = reading.named.get(index + 1)
    noun = other.last + 1 if other else index + 2
    return (
        scan.capital(index + 1)
        and noun < len(scan)
        and together(scan.gap(noun))
        and _is_noun(reading, draft, noun)
    )
