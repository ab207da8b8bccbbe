"""An answer in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gazetteer.resolve.values import Candidate, Context, Resolution

__all__ = ["explain", "summary"]

_RUNNERS_UP: Final = 5

_METHODS: Final = {
    "id": "the query is its id",
    "exact": "the name is written exactly so",
    "folded": "the name is the same but for case, marks, spacing or script",
    "fuzzy": "the spelling is near",
}


def explain(answer: Resolution) -> str:
    """Say what was answered and why, on several lines."""
    policy = answer.policy
    lines = [f"{answer.query!r} is {_headline(answer)}"]
    context = _context(answer.context)
    if context:
        lines.append(f"context: {context}")
    if answer.candidates:
        best, *others = answer.candidates
        lines += _described(best)
        lines.append(
            f"accepted from {policy.accept:g}, reviewed from {policy.review:g}; "
            f"{_margin(answer)}"
        )
        if others:
            kind = "runners-up" if answer.outcome == "matched" else "other candidates"
            lines.append(f"{kind}:")
            for candidate in others[:_RUNNERS_UP]:
                lines += [f"  {line}" for line in _described(candidate)]
            if len(others) > _RUNNERS_UP:
                lines.append(f"  and {len(others) - _RUNNERS_UP} more")
    lines += [f"note: {note}" for note in answer.notes]
    return "\n".join(lines)


def summary(answer: Resolution) -> str:
    """Say on one line why there is no match, and what is nearest."""
    parts = [*answer.notes]
    shown = [
        f"{_name(candidate)} ({candidate.place_id}, {candidate.place.type}, "
        f"score {candidate.score:.0f})"
        for candidate in answer.candidates[:_RUNNERS_UP]
    ]
    if shown:
        parts.append(f"candidates: {', '.join(shown)}")
    return "; ".join(parts)


def _headline(answer: Resolution) -> str:
    policy = answer.policy
    match = answer.match
    if match is not None:
        return f"matched: {match.place_id} ({match.place.type})"
    if answer.outcome == "ambiguous":
        return "ambiguous: several places are meant equally well"
    if answer.outcome == "doubtful":
        return f"doubtful: no candidate reaches {policy.accept:g}"
    if answer.candidates:
        return (
            f"unmatched: no candidate reaches {policy.review:g}; "
            f"what comes nearest is shown and is not taken for it"
        )
    return "unmatched: no candidate"


def _described(candidate: Candidate) -> list[str]:
    toponym = candidate.toponym
    by = f" by {toponym.name!r} ({toponym.lang}, {toponym.name_id})" if toponym else ""
    found = (
        f"{candidate.place_id} ({candidate.place.type}){by}: {candidate.method}, "
        f"{_METHODS[candidate.method]}; similarity {candidate.similarity:.1f}, "
        f"score {candidate.score:.1f}"
    )
    return [found, *(f"  - {reason}" for reason in candidate.reasons)]


def _name(candidate: Candidate) -> str:
    return candidate.toponym.name if candidate.toponym else candidate.place_id


def _margin(answer: Resolution) -> str:
    if answer.margin is None:
        return "no other candidate"
    return (
        f"{answer.margin:.1f} ahead of the next place "
        f"(up to {answer.policy.margin:g} is a tie)"
    )


def _context(context: Context) -> str:
    given = {
        field: value for field, value in context._asdict().items() if value is not None
    }
    return ", ".join(f"{field}={value!r}" for field, value in given.items() if value)
