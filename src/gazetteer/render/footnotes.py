"""Notes that labels carry: gathered, and put at the end of a text once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.render.rendering import Change, Footnote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.labels import Label

__all__ = ["add_footnotes"]


def add_footnotes(
    source: str, text: str, labels: Sequence[Label], *, append: bool
) -> tuple[str, tuple[Change, ...], tuple[Footnote, ...]]:
    """Return a rendered text with its notes, the changes that this made, and the notes.

    A note that stands in the text already is not added again.

    Args:
        source: the text that was given, for the offsets of the changes.
        text: the rendered text so far.
        labels: those that were put into it.
        append: whether notes go into the text at all.
    """
    notes: dict[Footnote, Label] = {}
    for label in labels:
        for each in label.notes:
            notes.setdefault(Footnote(each.mark, each.text), label)
    changes = []
    for note, label in notes.items():
        line = f"{note.mark} {note.text}".strip()
        if not append or line in text:
            continue
        added = f"{'' if text.endswith(chr(10)) else chr(10)}{chr(10)}{line}{chr(10)}"
        size = len(text)
        changes.append(
            Change(
                len(source),
                len(source),
                size,
                size + len(added),
                "",
                added,
                "",
                label.rule,
                f"the note of {label.text!r}",
            )
        )
        text += added
    return text, tuple(changes), tuple(notes)
