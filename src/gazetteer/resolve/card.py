"""An answer as a notebook shows it: the outcome, and what to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.display.card import Name, card, facts, folded, items, table
from gazetteer.display.markup import isolated, tag

if TYPE_CHECKING:
    from gazetteer.resolve.values import Candidate, Resolution

__all__ = ["resolution_card"]

_SHOWN: Final = 10
# told by a sign beside the word, since colours are not seen by everybody
_OUTCOMES: Final = {
    "matched": "✓ matched: one place is meant",
    "ambiguous": "? ambiguous: several places are meant equally well",
    "doubtful": "~ doubtful: near to a name, and not near enough to be sure",
    "unmatched": "✗ unmatched: no place of the data is meant",
}


def resolution_card(answer: Resolution) -> str:
    """Return an answer as HTML."""
    context = [
        (field, str(value))
        for field, value in answer.context._asdict().items()
        if value
    ]
    shown = answer.candidates[:_SHOWN]
    rest = len(answer.candidates) - len(shown)
    reasons = [
        f"{each.place_id}: {reason}" for each in shown for reason in each.reasons
    ]
    lang = answer.context.lang or None
    return card(
        tag("p", tag("b", isolated(answer.query, lang)), class_="gazetteer-main"),
        tag("p", _OUTCOMES[answer.outcome]),
        facts(context),
        table(
            ("place", "type", "by the name", "method", "similarity", "score"),
            [_row(each) for each in shown],
        ),
        tag("p", f"and {rest} more") if rest else "",
        items(answer.notes),
        folded("Why", items(reasons)),
    )


def _row(candidate: Candidate) -> tuple[str, ...]:
    row = candidate.toponym
    return (
        candidate.place_id,
        candidate.place.type,
        Name(row.name, row.lang) if row else "",
        candidate.method,
        f"{candidate.similarity:.1f}",
        f"{candidate.score:.1f}",
    )
