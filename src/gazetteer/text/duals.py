"""Dual labels: two names of one place side by side are one mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.text.draft import Draft

if TYPE_CHECKING:
    from gazetteer.text.scan import Scan
    from gazetteer.text.words import Words

__all__ = ["join_duals"]

_BRACKETS = {"(": ")", "[": "]"}
_MAX_GAP = 40


def join_duals(scan: Scan, words: Words, drafts: list[Draft]) -> list[Draft]:
    """Return the mentions with those joined that are names of one place side by side.

    ``A/B``, ``A / B``, ``A-B``, ``A (B)``, ``A [B]``, ``A (now B)``, ``A, also known as
    B``: the words between come from the language's list ``dual``.
    """
    joined: list[Draft] = []
    for draft in drafts:
        dual = _join(scan.text, words, joined[-1], draft) if joined else None
        if dual is None:
            joined.append(draft)
        else:
            joined[-1] = dual
    return joined


def _join(text: str, words: Words, left: Draft, right: Draft) -> Draft | None:
    if right.start - left.end > _MAX_GAP or right.start < left.end:
        return None
    shared = left.places & right.places
    if not shared or _same_name(text, left, right):
        return None
    end = _end(text, words, text[left.end : right.start], right.end)
    if end is None:
        return None
    rows = tuple(
        toponym
        for toponym in (*left.toponyms, *right.toponyms)
        if toponym.place_id in shared
    )
    dual = Draft(left.first, right.last, (left.start, end), rows)
    dual.names = left.names + right.names
    dual.parts = (*left.parts, *right.parts)
    return dual


def _same_name(text: str, left: Draft, right: Draft) -> bool:
    written = text[right.start : right.end].casefold()
    return any(text[start:end].casefold() == written for start, end in left.parts)


def _end(text: str, words: Words, between: str, end: int) -> int | None:
    """Return where the dual label ends, or None if ``between`` does not make one."""
    bare = between.strip().casefold()
    if "\n\n" in between or not bare:
        return None
    if bare in ("/", "-", "\u2010", "\u2011", "\u2013", "="):
        return end
    closer = _BRACKETS.get(bare[0])
    if closer is not None:
        inside = bare[1:].strip(" :,")
        closed = text[end : end + 1] == closer
        return end + 1 if closed and (not inside or inside in words["dual"]) else None
    return end if bare.lstrip(", ") in words["dual"] else None
