"""A page, and how it is written with its changes."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from gazetteer.documents.document import Spot
from gazetteer.documents.encodings import Decoded, decode_page
from gazetteer.documents.errors import DocumentError
from gazetteer.documents.flat import Edit, covering, edits_of, splice
from gazetteer.documents.html.reading import Page, read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gazetteer.documents.flat import FlatText
    from gazetteer.render import Change

__all__ = ["ANNOTATIONS", "PageDocument"]

ANNOTATIONS: Final = ("span", "abbr")
"""What can be put around a new name.

``span`` with the place's id and the language of the label; ``abbr`` has beside these
the name that the author wrote, which browsers show on hover.
"""


class PageDocument:
    """An HTML page."""

    markup = "plain"
    footnotes = "append"
    comments = "html"
    note_markup = "html"

    def __init__(
        self,
        raw: bytes,
        file: str,
        *,
        encoding: str | None = None,
        annotate: str | None = None,
    ) -> None:
        """Read a page.

        Args:
            raw: the whole file.
            file: its name.
            encoding: as the caller states it; by the page itself if None.
            annotate: one of `ANNOTATIONS`, put around each new name.

        Raises:
            DocumentError, DataError: if it cannot be read.
        """
        if annotate is not None and annotate not in ANNOTATIONS:
            known = " or ".join(ANNOTATIONS)
            raise DocumentError(
                file, f"no annotation is named {annotate!r}; {known} is"
            )
        self._file = file
        self._annotate = annotate
        self._decoded: Decoded = decode_page(raw, file=file, encoding=encoding)
        self.encoding = self._decoded.encoding
        self._page: Page = read_page(self._decoded.text, file)
        self.texts = (self._page.flat,)

    def possible(self, text: FlatText, change: Change) -> bool:
        """Tell whether a change can be made: a name is nothing but text."""
        return edits_of(text, change, str) is not None

    @property
    def source(self) -> str:
        """The page with its tags."""
        return self._decoded.text

    def noted(self, note: str) -> bytes:
        """Return the page with a note at the end of its body, or in place of one."""
        source = self.source
        line_end = "\r\n" if "\r\n" in source else "\n"
        note = note.replace("\n", line_end)
        start, end = self._page.note
        if end:
            note = note.removesuffix(line_end)
        else:
            start = end = self._page.body_end
            if not source[:start].endswith("\n"):
                note = line_end + note
        edit = Edit(start, end, note)
        return splice(source, [edit]).encode(self.encoding, "xmlcharrefreplace")

    def spot(self, text: FlatText, start: int, end: int) -> Spot:
        """Return where a stretch stands in the page, with the tags within it."""
        return Spot(*text.span(start, end))

    def fixed(self, text: FlatText, change: Change) -> Edit | None:
        """Return a change as one edit of the page."""
        return covering(self.source, edits_of(text, change, _escape) or [])

    def written(self, changes: Sequence[Sequence[Change]]) -> bytes:
        """Return the page with the changes."""
        (all_of_it,) = changes
        edits = [edit for change in all_of_it for edit in self._edits(change)]
        text = splice(self._decoded.text, edits)
        # what the encoding has not is written as a character reference; none of the
        # page's own characters is such a one
        return text.encode(self._decoded.encoding, "xmlcharrefreplace")

    def _edits(self, change: Change) -> Iterator[Edit]:
        if change.label is None:
            at = self._page.body_end
            note = html.escape(change.after.strip(), quote=False)
            yield Edit(at, at, f"<p>{note}</p>\n")
            return
        edits = edits_of(self._page.flat, change, _escape)
        assert edits is not None  # noqa: S101  (it was possible)
        start, end = self._page.title
        in_title = any(start <= each.start < end for each in edits)
        if self._annotate and not in_title and not change.gloss:
            around = self._around(change, self._annotate)
            edits = edits_of(self._page.flat, change, _escape, around)
        yield from edits or ()

    def _around(self, change: Change, element: str) -> Callable[[str], str]:
        attributes = f' data-place-id="{html.escape(change.place_id)}"'
        if change.label is not None and change.label.lang:
            attributes += f' lang="{html.escape(change.label.lang)}"'
        if element == "abbr":
            attributes += f' title="{html.escape(change.before)}"'
        return lambda name: f"<{element}{attributes}>{name}</{element}>"


def _escape(text: str) -> str:
    return html.escape(text, quote=False)
