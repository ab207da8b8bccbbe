"""Changes as tracked changes, which an editor accepts or rejects, and comments.

A run is ended before a name and begun anew behind it; between the two stand the name as
deleted and the label as inserted, in the run's own formatting. No date is written,
since a text implies none. ECMA-376, part 1, 17.13 has the elements.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.sax.saxutils import quoteattr

from gazetteer.documents.docx.direct import text_element
from gazetteer.documents.docx.xml import escape
from gazetteer.documents.flat import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.documents.docx.story import TextElement

__all__ = ["AUTHOR", "Numbers", "Suggestion", "suggested_edit", "suggested_paragraph"]

AUTHOR: Final = "gazetteer"

# a formatting that was changed is told once, in the run that was there before
_FORMER: Final = re.compile(
    r"<(\w+:)?rPrChange\b[^>]*(?:/>|>.*?</(?:\w+:)?rPrChange>)", re.DOTALL
)
_TAG_NAME: Final = re.compile(r"<([^\s/>]+)")
_ID: Final = re.compile(r"(\s(?:\w+:)?id\s*=\s*[\"'])[^\"']*")


class Suggestion(NamedTuple):
    """What is suggested for a stretch of one text element.

    Attributes:
        start, end: in the part.
        label: what is inserted; empty where only the rest of a name is taken away.
        comment: the number of a comment on it; None for none.
    """

    start: int
    end: int
    label: str
    comment: int | None = None


class Numbers:
    """Numbers for tracked changes, none of which the document has."""

    def __init__(self, first: int) -> None:
        self._next = first

    def take(self) -> int:
        """Return the next number."""
        number = self._next
        self._next += 1
        return number


def suggested_edit(
    source: str,
    element: TextElement,
    suggestions: Sequence[Suggestion],
    numbers: Numbers,
    prefix: str,
) -> Edit:
    """Return what becomes of a text element with suggestions in it.

    Args:
        source: the part.
        element: of it.
        suggestions: in order.
        numbers: for the changes.
        prefix: of Word's elements, with its colon; may be empty.
    """
    run = element.run
    head = source[run.start : run.head_end] + _FORMER.sub("", run.properties)
    close = f"</{_name(head)}>"
    first = element.start == run.properties_end
    last = source.startswith(close, element.end) and element.end + len(close) == run.end
    # a run is open here, unless the element begins it: then it is begun where needed
    is_open = not first
    pieces: list[str] = []
    at = element.content

    def keep(upto: int) -> None:
        nonlocal is_open
        kept = source[at:upto]
        if kept:
            text = text_element(f"{prefix}t", kept)
            pieces.extend([text] if is_open else [head, text])
            is_open = True

    for each in suggestions:
        keep(each.start)
        if is_open:
            pieces.append(close)
            is_open = False
        old = source[each.start : each.end]
        pieces.append(_change(old, each, head, run.inserted, numbers, prefix))
        at = each.end
    keep(element.content_end)
    if is_open and last:
        pieces.append(close)
    elif not is_open and not last:
        pieces.append(head)
    start = run.start if first else element.start
    return Edit(start, run.end if last else element.end, "".join(pieces))


def _change(
    old: str,
    suggestion: Suggestion,
    head: str,
    inserted: str,
    numbers: Numbers,
    prefix: str,
) -> str:
    close = f"</{_name(head)}>"
    pieces: list[str] = []
    if old:
        deleted = f"{head}{text_element(f'{prefix}delText', old)}{close}"
        pieces.append(_tracked("del", deleted, numbers, prefix))
    if suggestion.label:
        label = f"{head}{text_element(f'{prefix}t', escape(suggestion.label))}{close}"
        new = _tracked("ins", label, numbers, prefix)
        if inserted:
            # an insertion within one of somebody else's would be theirs: theirs ends
            # before it and goes on behind it
            again = _ID.sub(rf"\g<1>{numbers.take()}", inserted)
            new = f"</{_name(inserted)}>{new}{again}"
        pieces.append(new)
    if suggestion.comment is not None:
        number = suggestion.comment
        mark = f'<{prefix}commentReference {prefix}id="{number}"/>'
        opening = f'<{prefix}commentRangeStart {prefix}id="{number}"/>'
        closing = f'<{prefix}commentRangeEnd {prefix}id="{number}"/>'
        pieces = [opening, *pieces, closing, f"<{prefix}r>{mark}</{prefix}r>"]
    return "".join(pieces)


def _name(tag: str) -> str:
    """Return the name of an element as its start tag has it."""
    found = _TAG_NAME.match(tag)
    assert found is not None  # noqa: S101  (it was read as one)
    return found[1]


def _tracked(what: str, run: str, numbers: Numbers, prefix: str) -> str:
    author = f"{prefix}author={quoteattr(AUTHOR)}"
    number = f'{prefix}id="{numbers.take()}"'
    return f"<{prefix}{what} {number} {author}>{run}</{prefix}{what}>"


def suggested_paragraph(text: str, numbers: Numbers, prefix: str) -> str:
    """Return a paragraph that is inserted as a whole."""
    author = f"{prefix}author={quoteattr(AUTHOR)}"
    mark = f'<{prefix}ins {prefix}id="{numbers.take()}" {author}/>'
    properties = f"<{prefix}pPr><{prefix}rPr>{mark}</{prefix}rPr></{prefix}pPr>"
    run = f"<{prefix}r>{text_element(f'{prefix}t', escape(text))}</{prefix}r>"
    inserted = _tracked("ins", run, numbers, prefix)
    return f"<{prefix}p>{properties}{inserted}</{prefix}p>"
