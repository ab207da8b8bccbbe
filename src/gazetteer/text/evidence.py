"""What says that a place is meant, where a name may be a person's or a common word.

Many villages are called by words of the language, or as people are. Such a name alone
says little; the words beside it, a list that it stands in, or another mention of it in
the same text may say enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.text.draft import together

if TYPE_CHECKING:
    from gazetteer.text.draft import Draft, Reading

__all__ = ["evident", "only_villages"]

# cases of nouns that tell where something is or goes; of persons that is seldom told
_OF_PLACES: Final = frozenset({"loc", "abl", "in", "from", "on", "toward", "till"})


def only_villages(reading: Reading, draft: Draft) -> bool:
    """Tell whether none but villages bear the name of a mention."""
    places = reading.finder.places
    return all(places[place].type == "village" for place in draft.places)


def evident(reading: Reading, draft: Draft, *, anywhere: bool = False) -> bool:
    """Tell whether something says that a mention names a place.

    Args:
        reading: of the text; the types and cases of all its mentions are known.
        draft: the mention.
        anywhere: a list of places that it stands in, or another mention of the name,
            may say it, too.
    """
    if _beside(reading, draft):
        return True
    if not anywhere:
        return False
    if reading.evident is None:
        # once for the whole text: it may have thousands of mentions
        reading.evident = {
            _name(other)
            for other in reading.drafts
            if _beside(reading, other) or _in_list(reading, other)
        }
    return _name(draft) in reading.evident


def _name(draft: Draft) -> tuple[str, ...]:
    """Return what mentions of one name have in common."""
    return tuple(row.name_id for row in draft.toponyms)


def _beside(reading: Reading, draft: Draft) -> bool:
    """Tell whether its type, its case or the word before it says so.

    Persons have no article, but where their name is one of a family. At the beginning
    of a sentence a common word may have the case, too.
    """
    if draft.types:
        return True
    cases = {tag.partition("+")[0] for tag in draft.cases}
    if cases and cases <= _OF_PLACES:
        opens = reading.scan.starts_sentence(draft.first)
        return not (opens and only_villages(reading, draft))
    if draft.first == 0 or not together(reading.before(draft)):
        return False
    key, words = reading.key(draft.first - 1), reading.words
    return key in words["place-before"] or key in words["article"]


def _in_list(reading: Reading, draft: Draft) -> bool:
    """Tell whether it stands in a list with another name of a place."""
    left, right = draft.first - 1, reading.next(draft)
    return _listed(reading, draft, left, -1) or _listed(reading, draft, right, 1)


def _listed(reading: Reading, draft: Draft, at: int, step: int) -> bool:
    """Tell whether a comma or "and" stands between it and another mention."""
    gap = reading.before(draft) if step < 0 else reading.after(draft)
    if reading.key(at) in reading.words["coordinator"] and together(gap):
        return at + step in reading.named
    return gap.strip() == "," and at in reading.named
