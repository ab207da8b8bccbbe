"""Another name of the same place in the same sentence: the reader has both already."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.ids import PlaceId
    from gazetteer.text.draft import Draft, Reading
    from gazetteer.text.mention import ProtectedSpan

__all__ = ["find_glosses"]

_REASON = "another name of the same place stands in the same sentence"
# A mention that is one of these is no gloss of another, and none glosses it.
_ASIDE = ("code", "title", "person", "phrase", "adjective", "compound")


def find_glosses(reading: Reading, quoted: dict[int, ProtectedSpan]) -> None:
    """Protect mentions of a place that has two different names in one sentence.

    Whatever the words between them ("known to … as", "(… name is …)", an apposition),
    the reader is told both. A name of overlapping places tells nothing.

    Args:
        reading: the text with its mentions.
        quoted: the quotation that each mention, by its number, stands in.
    """
    scan = reading.scan
    sentences: dict[int, list[Draft]] = {}
    for at, draft in enumerate(reading.drafts):
        if draft.names > 1:
            draft.protect("gloss", "both names of the place are given side by side")
        alone = at in quoted and _only_a_name(scan.text, draft, quoted[at])
        if alone:
            draft.glossable = False
        if draft.role in _ASIDE or (at in quoted and not alone):
            continue
        number = scan.sentence(draft.start)
        sentences.setdefault(number, []).append(draft)
        if draft.role == "metalinguistic" and number > 0:
            # The name may belong to the place of the sentence before.
            sentences.setdefault(number - 1, []).append(draft)
    for drafts in sentences.values():
        if len(drafts) > 1:
            _mark(reading, drafts)
    _mark_quoted(reading, [reading.drafts[at] for at in quoted])


def _mark_quoted(reading: Reading, quoted: Sequence[Draft]) -> None:
    """Note which quoted names stand with another one of their place in a sentence.

    An editor's brackets hold such a name, or the speaker said both.
    """
    if not quoted:
        return
    scan = reading.scan
    numbers = {scan.sentence(draft.start) for draft in quoted}
    sentences: dict[int, list[Draft]] = {}
    for draft in reading.drafts:
        if draft.role not in _ASIDE:
            number = scan.sentence(draft.start)
            if number in numbers:
                sentences.setdefault(number, []).append(draft)
    for drafts in sentences.values():
        glossed = _with_two_names(reading, drafts)
        for draft in drafts:
            if draft.role == "quotation" and draft.places & glossed:
                draft.glossed, draft.glossable = True, False


def _mark(reading: Reading, drafts: list[Draft]) -> None:
    clear = [draft for draft in drafts if not reading.vague(draft)]
    glossed = _with_two_names(reading, clear)
    for draft in clear:
        if draft.places & glossed:
            draft.role, draft.reason = _override(draft)


def _with_two_names(reading: Reading, drafts: Sequence[Draft]) -> set[PlaceId]:
    names: dict[PlaceId, set[str]] = {}
    for draft in drafts:
        written = {_name(reading, start, end) for start, end in draft.parts}
        for place in draft.places:
            names.setdefault(place, set()).update(written)
    return {place for place, written in names.items() if _differ(written)}


def _differ(names: set[str]) -> bool:
    """Tell whether two of the names are more than a shorter and a longer form."""
    shortest = min(names, key=len)
    return any(
        name != shortest
        and not name.startswith(f"{shortest} ")
        and not name.endswith(f" {shortest}")
        for name in names
    )


def _name(reading: Reading, start: int, end: int) -> str:
    scan = reading.scan
    return " ".join(scan.keys[scan.word_at(start) : scan.word_at(end)])


def _override(draft: Draft) -> tuple[str, str]:
    # A quotation stays what it is; for anything else the gloss is the more telling
    # reason, and the reader has been given both names.
    if draft.role in ("plain", "attributive", "metalinguistic"):
        return "gloss", _REASON
    return draft.role, draft.reason


def _only_a_name(text: str, draft: Draft, span: ProtectedSpan) -> bool:
    inside = text[span.start : draft.start] + text[draft.end : span.end]
    return not any(character.isalnum() for character in inside)
