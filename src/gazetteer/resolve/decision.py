"""The steps of a decision that need nothing but the drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.languages.controls import has_control

if TYPE_CHECKING:
    from gazetteer.dates import Interval
    from gazetteer.resolve.draft import Draft
    from gazetteer.resolve.values import Policy

__all__ = ["decide", "existing", "unfit"]

# No place name is nearly as long; a longer text is something else, or an attack.
_LONGEST_QUERY: Final = 300


def unfit(text: str) -> str:
    """Say why a text cannot be a name; empty if it can."""
    if not text:
        return "the query is empty"
    if len(text) > _LONGEST_QUERY:
        return f"{len(text)} characters are too long for a name ({_LONGEST_QUERY})"
    if has_control(text):
        return "the query contains control characters"
    return ""


def existing(
    drafts: list[Draft], event: Interval | None
) -> tuple[list[Draft], tuple[str, ...]]:
    """Leave out the places that did not exist at the date, saying so."""
    if event is None:
        return drafts, ()
    kept = []
    notes = []
    for draft in drafts:
        place = draft.place
        if place.exists.overlaps(event):
            kept.append(draft)
            if place.exists.dated:
                draft.reasons.append(f"existed {place.exists}, so at {event}")
            else:
                draft.reasons.append(f"no dates of existence, so it counts at {event}")
        else:
            notes.append(
                f"{place.place_id} ({place.type}), named {draft.hit.toponym.name!r}, "
                f"is left out: it existed {place.exists}, not at {event}"
            )
    return kept, tuple(sorted(notes))


def decide(
    drafts: list[Draft], policy: Policy
) -> tuple[str, list[Draft], tuple[str, ...]]:
    """Decide between weighed drafts; a default sense is put first.

    Returns:
        The outcome, the drafts, and notes on what decided.
    """
    if not drafts or drafts[0].score < policy.review:
        return "unmatched", drafts, ()
    best = drafts[0].score
    if best < policy.accept:
        return "doubtful", drafts, ()
    tied = [
        draft
        for draft in drafts
        if draft.score >= max(policy.accept, best - policy.margin)
    ]
    if len(tied) == 1:
        return "matched", drafts, ()
    defaults = [
        (draft, draft.default_row)
        for draft in tied
        if draft.default_row is not None and draft.score == best
    ]
    if len(defaults) != 1:
        note = "several reviewed default senses" if defaults else ""
        return "ambiguous", drafts, (note,) if note else ()
    chosen, toponym = defaults[0]
    row = f"{toponym.name!r} ({toponym.name_id})"
    if not policy.default_senses:
        note = (
            f"{row} has a reviewed default sense, {chosen.place.place_id}; "
            f"the policy does not use it"
        )
        return "ambiguous", drafts, (note,)
    others = [draft for draft in drafts if draft is not chosen]
    note = (
        f"{row} is a name of {len(tied)} places; its reviewed default sense, "
        f"{chosen.place.place_id}, decided"
    )
    return "matched", [chosen, *others], (note,)
