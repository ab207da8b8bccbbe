"""What the caller asked for, and what became of one mention."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.labels import Label
    from gazetteer.render.fit import Fitted

__all__ = ["Asked", "Decision"]


class Asked(NamedTuple):
    """What the caller asked for, for the whole text."""

    perspective: str
    lang: str
    event: str | None
    published: str | None
    reported: str
    quotations: str
    markdown: bool
    facets: Mapping[str, str]


class Decision(NamedTuple):
    """What becomes of one mention.

    Attributes:
        kind: ``change``, ``refuse`` or ``keep``.
        counts: whether the reader now has the place's label, so that the next mention
            is a later one.
        label: of a change.
        fitted: of a change; of anything else None.
        end: where the text that was decided about ends; behind the mention where the
            label goes on behind it.
    """

    kind: str
    code: str
    reason: str
    counts: bool = False
    label: Label | None = None
    fitted: Fitted | None = None
    end: int = 0
