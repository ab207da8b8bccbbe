"""Read a part's paragraphs: the text as it stands after all tracked changes.

Text is in ``w:t`` elements, wherever they are: in runs, hyperlinks, tracked insertions,
content controls, tables and text boxes. Deleted text is ``w:delText``, or stands in
``w:moveFrom``, and is no text any more.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.documents.docx.xml import REFERENCE, unescape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.documents.docx.styles import Styles
    from gazetteer.documents.docx.xml import Event, XmlPart

__all__ = ["Atom", "Paragraph", "Run", "TextElement", "read_story"]

_THING: Final = "\ufffc"  # object replacement character
_SPECIAL: Final = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
    "sym": _THING,
    "drawing": _THING,
    "pict": _THING,
    "object": _THING,
}
# what counts how often it is open, and as what
_COUNTED: Final = {
    "del": "deleted",
    "moveFrom": "deleted",
    "rt": "hidden",
    "txbxContent": "boxed",
    "tc": "cell",
}
_PART: Final = re.compile(rf"{REFERENCE.pattern}|[^&]+")
# the results of other fields are filled in again when the document is opened or printed
_LASTING: Final = frozenset(("HYPERLINK", "TOC", "REF", "PAGEREF"))
_MARKUP_COMPATIBILITY: Final = (
    "http://schemas.openxmlformats.org/markup-compatibility/2006"
)
_QUOTED: Final = "in a paragraph or words with the style of a quotation"
_CODE: Final = "in a paragraph or words with the style of code"
_FIELD: Final = "the result of a field, which is filled in again"
_BOUND: Final = "in a content control that is filled from data"


class Run(NamedTuple):
    """A ``w:r`` element.

    Attributes:
        start, end: of the element.
        head_end: where its start tag ends.
        properties: its ``w:rPr`` as written; may be empty.
        properties_end: where that ends, or where the start tag does.
        inserted: the start tag of the ``w:ins`` that it stands in directly, if any.
        boxed: whether it stands in a text box.
    """

    start: int
    end: int
    head_end: int
    properties: str
    properties_end: int
    inserted: str
    boxed: bool


class TextElement(NamedTuple):
    """A ``w:t`` element: its start tag, its content, its end."""

    start: int
    content: int
    content_end: int
    end: int
    preserved: bool
    run: Run


class Atom(NamedTuple):
    """Text of a paragraph and where it stands.

    Attributes:
        text: as it is read.
        start, end: in the part.
        whole: whether it stands for itself as a whole, as a character reference does.
        element: that it stands in; None of what cannot be changed, such as a tab.
        role, reason: what protects it.
    """

    text: str
    start: int
    end: int
    whole: bool = True
    element: TextElement | None = None
    role: str = ""
    reason: str = ""


class Paragraph:
    """A paragraph of a part.

    Attributes:
        atoms: its text.
        heading: whether it is one.
        role, reason: what protects it as a whole.
        cell: whether it stands in a cell of a table.
        start, end: in the part.
        copies: the same paragraph once more, for programs that cannot show a text box.
    """

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self.heading = False
        self.role = ""
        self.reason = ""
        self.cell = False
        self.start = self.end = 0
        self.copies: list[Paragraph] = []

    @property
    def text(self) -> str:
        """The text of its atoms."""
        return "".join(atom.text for atom in self.atoms)


class _OpenRun:
    """A run that is being read."""

    def __init__(self, event: Event, inserted: str, *, boxed: bool) -> None:
        self.start = event.start
        self.head_end = event.end
        self.properties = (event.end, event.end)
        self.inserted = inserted
        self.boxed = boxed
        self.style = ""
        self.texts: list[tuple[int, int, int, int, bool]] = []
        self.pending: list[tuple[str, int]] = []  # what stands in it, in order


def read_story(part: XmlPart, styles: Styles) -> list[Paragraph]:
    """Return the paragraphs of a part."""
    reader = _Reader(part, styles)
    for event in part.events:
        if event.kind == "start":
            reader.start(event)
        else:
            reader.end(event)
    return reader.lists[0]


class _Reader:
    def __init__(self, part: XmlPart, styles: Styles) -> None:
        self._part = part
        self._styles = styles
        self._path: list[Event] = []
        self._paragraphs: list[Paragraph] = []
        self._runs: list[_OpenRun] = []
        # deleted; boxed: in a text box; hidden: over a word, or repeated for programs
        # that cannot show something within a line
        self._within: Counter[str] = Counter()
        self._outside: list[int] = []
        self._bound: list[int] = []  # depths of controls that are filled from data
        self._fields: list[list[str]] = []  # instruction, and its state
        self._simple: list[tuple[int, bool]] = []  # depth of w:fldSimple, lasting
        self.lists: list[list[Paragraph]] = [[]]
        self._choices: list[list[list[Paragraph]]] = []

    # ------------------------------------------------------------------ events

    def start(self, event: Event) -> None:
        """Take a start tag."""
        self._path.append(event)
        if event.space == _MARKUP_COMPATIBILITY:
            self._start_alternative(event)
        elif event.word:
            self._start_word(event)

    def end(self, event: Event) -> None:
        """Take an end tag."""
        begun = self._path.pop()
        if event.space == _MARKUP_COMPATIBILITY:
            self._end_alternative(event)
        elif event.word:
            self._end_word(event, begun)

    def _start_word(self, event: Event) -> None:
        name = event.word
        if name in _COUNTED:
            self._within[_COUNTED[name]] += 1
        elif name == "p":
            self._paragraphs.append(Paragraph())
            self._paragraphs[-1].start = event.start
            self._paragraphs[-1].cell = self._within["cell"] > 0
            # what hides a part of a line does not hide a text box in it
            self._outside.append(self._within["hidden"])
            self._within["hidden"] = 0
        elif name in ("pStyle", "outlineLvl"):
            self._style_paragraph(event)
        elif name == "r":
            parent = self._path[-2] if len(self._path) > 1 else event
            tag = self._part.text[parent.start : parent.end]
            inserted = tag if parent.word == "ins" else ""
            self._runs.append(
                _OpenRun(event, inserted, boxed=self._within["boxed"] > 0)
            )
        elif name == "rStyle" and self._runs and self._parent("rPr", "r"):
            self._runs[-1].style = event.attributes.get("val", "")
        elif name == "dataBinding":
            self._bound.append(len(self._path) - 2)
        elif name == "fldSimple":
            self._simple.append((len(self._path), _lasting(event.attributes)))
        elif name == "fldChar":
            self._field(event.attributes.get("fldCharType", ""))
        elif name in _SPECIAL and self._runs and self._parent("r"):
            self._runs[-1].pending.append((name, event.start))

    def _end_word(self, event: Event, begun: Event) -> None:
        name = event.word
        if name in _COUNTED:
            self._within[_COUNTED[name]] -= 1
        elif name == "p":
            paragraph = self._paragraphs.pop()
            paragraph.end = event.end
            self.lists[-1].append(paragraph)
            self._within["hidden"] = self._outside.pop()
        elif name == "rPr" and self._runs and self._path[-1].word == "r":
            self._runs[-1].properties = (begun.start, event.end)
        elif name == "instrText" and self._fields:
            self._fields[-1][0] += self._part.text[begun.end : event.start]
        elif name == "t" and self._runs and self._path[-1].word == "r":
            self._text(event, begun)
        elif name == "r":
            self._end_run(event)
        elif name == "fldSimple":
            self._simple.pop()
        elif name == "sdt" and self._bound and self._bound[-1] == len(self._path) + 1:
            self._bound.pop()

    def _parent(self, *names: str) -> bool:
        inner = [event.word for event in self._path[-1 - len(names) : -1]]
        return inner == list(reversed(names))

    # ------------------------------------------------------------ what is in them

    def _style_paragraph(self, event: Event) -> None:
        if not self._paragraphs or not self._parent("pPr", "p"):
            return
        paragraph, value = self._paragraphs[-1], event.attributes.get("val", "")
        if event.word == "outlineLvl":
            paragraph.heading = paragraph.heading or value != "9"
            return
        role = self._styles.role(value)
        paragraph.heading = paragraph.heading or role == "heading"
        if role in ("quotation", "code"):
            paragraph.role = role
            paragraph.reason = _QUOTED if role == "quotation" else _CODE

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["", "instruction"])
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _protection(self, style: str) -> tuple[str, str]:
        paragraph = self._paragraphs[-1]
        if paragraph.role:
            return paragraph.role, paragraph.reason
        role = self._styles.role(style) if style else ""
        if role in ("quotation", "code"):
            return role, _QUOTED if role == "quotation" else _CODE
        if self._bound:
            return "code", _BOUND
        results = [_lasting({"instr": instr}) for instr, _ in self._fields]
        if not all((*results, *(lasting for _, lasting in self._simple))):
            return "code", _FIELD
        return "", ""

    def _text(self, event: Event, begun: Event) -> None:
        preserved = begun.attributes.get("space") == "preserve"
        run = self._runs[-1]
        content_end = begun.end if event.empty else event.start
        run.texts.append((begun.start, begun.end, content_end, event.end, preserved))
        run.pending.append(("t", len(run.texts) - 1))

    def _end_run(self, event: Event) -> None:
        opened = self._runs.pop()
        gone = self._within["deleted"] or self._within["hidden"]
        if gone or not self._paragraphs:
            return
        first, last = opened.properties
        run = Run(
            opened.start,
            event.end,
            opened.head_end,
            self._part.text[first:last],
            last,
            opened.inserted,
            opened.boxed,
        )
        role, reason = self._protection(opened.style)
        atoms = self._paragraphs[-1].atoms
        for name, at in opened.pending:
            if name == "t":
                start, content, content_end, end, preserved = opened.texts[at]
                element = TextElement(start, content, content_end, end, preserved, run)
                atoms += self._atoms(element, role, reason)
            elif name in _SPECIAL:
                atoms.append(Atom(_SPECIAL[name], at, at, role=role, reason=reason))

    def _atoms(self, element: TextElement, role: str, reason: str) -> Iterator[Atom]:
        source = self._part.text
        if "<" in source[element.content : element.content_end]:
            # a CDATA section or a comment in the text, which no program writes
            at = element.start
            yield Atom(_THING, at, at, role=role, reason=reason)
            return
        for match in _PART.finditer(source, element.content, element.content_end):
            part = match.group()
            whole = part[0] == "&"
            text = unescape(part) if whole else part
            yield Atom(text, *match.span(), whole, element, role, reason)

    # ----------------------------------------------------------- alternatives

    def _start_alternative(self, event: Event) -> None:
        if event.name == "AlternateContent":
            self._choices.append([])
        elif event.name in ("Choice", "Fallback") and self._choices:
            self.lists.append([])
            if event.name == "Fallback":
                self._within["hidden"] += 1

    def _end_alternative(self, event: Event) -> None:
        if event.name in ("Choice", "Fallback") and self._choices:
            self._choices[-1].append(self.lists.pop())
            if event.name == "Fallback":
                self._within["hidden"] -= 1
        elif event.name == "AlternateContent" and self._choices:
            alternatives = self._choices.pop()
            first = alternatives[0] if alternatives else []
            self.lists[-1] += first
            for other in alternatives[1:]:
                same = [each.text for each in other] == [each.text for each in first]
                if same:
                    for paragraph, copy in zip(first, other, strict=True):
                        paragraph.copies += [copy, *copy.copies]
                else:
                    self.lists[-1] += other


def _lasting(attributes: object) -> bool:
    instruction = attributes.get("instr", "") if isinstance(attributes, dict) else ""
    name = instruction.split(maxsplit=1)[:1]
    return bool(name) and name[0].upper() in _LASTING
