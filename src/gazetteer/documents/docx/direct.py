"""Changes as edits of the text itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.documents.docx.xml import escape
from gazetteer.documents.flat import Edit, splice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.documents.docx.story import TextElement

__all__ = ["direct_edits", "text_element"]

_SPACE = re.compile(r"""\sxml:space\s*=\s*(?:"[^"]*"|'[^']*')""")
_SPACES = " \t\r\n"


def direct_edits(
    source: str, element: TextElement, edits: Sequence[Edit]
) -> Iterator[Edit]:
    """Yield what becomes of a text element.

    Args:
        source: the part.
        element: of it.
        edits: what is replaced in the content; their text is not escaped.
    """
    yield from (edit._replace(text=escape(edit.text)) for edit in edits)
    moved = [
        Edit(
            edit.start - element.content, edit.end - element.content, escape(edit.text)
        )
        for edit in edits
    ]
    content = splice(source[element.content : element.content_end], moved)
    if not element.preserved and content != content.strip(_SPACES):
        # without this attribute Word drops spaces at the ends
        other = _SPACE.search(source, element.start, element.content)
        at = element.content - 1
        start, end = other.span() if other else (at, at)
        yield Edit(start, end, ' xml:space="preserve"')


def text_element(tag: str, text: str) -> str:
    """Return text in an element, with its spaces.

    Args:
        tag: with its prefix, such as ``w:t``.
        text: escaped.
    """
    space = ' xml:space="preserve"' if text != text.strip(_SPACES) else ""
    return f"<{tag}{space}>{text}</{tag}>"
