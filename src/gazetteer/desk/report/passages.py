"""The text with its mentions marked, paragraph by paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.desk.lines import Lines
from gazetteer.display.markup import Html, isolated, join, tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.labels import Label
    from gazetteer.render import Change, Kept, Refusal, Rendering

__all__ = [
    "Mark",
    "flows",
    "labelled",
    "marked",
    "marks_of",
    "paragraphs",
    "plain_marked",
]

_FULL = 50  # letters of a line that was broken because it was full
_OWN_LINE = re.compile(r"\s*(?:[-*+|>#`~:]|\d+[.)]\s)|\s{4}|\t")
_BREAK = re.compile(r"(?:[^\S\n]*\r?\n){2,}")


class Mark(NamedTuple):
    """One mention as the report shows it.

    Attributes:
        start, end: in the text as it was written.
        kind: ``changed``, ``left`` or ``kept``.
        key: by which the page refers to it, such as ``p1-3``; empty for what was right.
        number: in the list of its kind.
        before: what was written.
        after: what stands there now.
        code, reason: why, in one word and in plain words.
        where: line and column.
        place_ids: the places that it names or may name.
        label: of a change.
    """

    start: int
    end: int
    kind: str
    key: str
    number: int
    before: str
    after: str
    code: str
    reason: str
    where: str
    place_ids: tuple[str, ...]
    label: Label | None = None


def paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Return where the paragraphs of a text stand, without the blank lines between.

    Examples:
        >>> paragraphs("one\n\n\ntwo\n")
        [(0, 3), (6, 10)]
    """
    found = []
    start = 0
    for match in _BREAK.finditer(text):
        if match.start() > start:
            found.append((start, match.start()))
        start = match.end()
    if start < len(text):
        found.append((start, len(text)))
    return found


def flows(paragraph: str) -> bool:
    r"""Tell whether the lines of a paragraph are those of a narrow page, not its own.

    Lists, tables, verses and code keep their lines.

    Examples:
        >>> flows("- one\n- two"), flows("word " * 12 + "\nand more")
        (False, True)
    """
    lines = paragraph.split("\n")
    return all(len(line) >= _FULL for line in lines[:-1]) and not any(
        _OWN_LINE.match(line) for line in lines
    )


def marks_of(rendering: Rendering, prefix: str) -> list[Mark]:
    """Return all mentions of a rendering in the order of the text.

    Args:
        rendering: of the text.
        prefix: of the keys, one for each rendering of a page.
    """
    lines = Lines(rendering.source)
    found = [_changed(each, lines) for each in rendering.changes if each.place_id]
    for kind, rows in (("left", rendering.refusals), ("kept", rendering.kept)):
        found += [_as_it_was(row, kind, lines) for row in rows]
    found.sort(key=lambda mark: (mark.start, mark.end))
    numbered = []
    number = 0
    for mark in found:
        if mark.kind == "kept":
            numbered.append(mark)
        else:
            number += 1
            numbered.append(mark._replace(key=f"{prefix}-{number}", number=number))
    return numbered


def _changed(change: Change, lines: Lines) -> Mark:
    return Mark(
        change.start, change.end, "changed", "", 0, change.before, change.after,
        change.rule, change.reason, "{}:{}".format(*lines.at(change.start)),
        (change.place_id,), change.label,
    )  # fmt: skip


def _as_it_was(row: Refusal | Kept, kind: str, lines: Lines) -> Mark:
    return Mark(
        row.start, row.end, kind, "", 0, row.text, row.text, row.code, row.reason,
        "{}:{}".format(*lines.at(row.start)), row.place_ids,
    )  # fmt: skip


def marked(
    source: str, span: tuple[int, int], marks: Sequence[Mark], lang: str
) -> Html:
    """Return one paragraph as it is rendered, each mention a link to its reason."""
    return join(_pieces(source, span, marks, lang, rendered=True))


def plain_marked(source: str, span: tuple[int, int], marks: Sequence[Mark]) -> Html:
    """Return one paragraph as it was written, its mentions set off."""
    return join(_pieces(source, span, marks, "", rendered=False))


def _pieces(
    source: str,
    span: tuple[int, int],
    marks: Sequence[Mark],
    lang: str,
    *,
    rendered: bool,
) -> Iterator[str]:
    at, end = span
    for mark in marks:
        if mark.start < at or mark.end > end:
            continue
        yield source[at : mark.start]
        yield _linked(mark, lang) if rendered else _named(mark)
        at = mark.end
    yield source[at:end]


def _named(mark: Mark) -> Html:
    return tag("span", isolated(mark.before), class_=f"mention {mark.kind}")


def _linked(mark: Mark, lang: str) -> Html:
    shown = labelled(mark.after, mark.label, lang)
    if not mark.key:
        return tag("span", shown, class_="mention kept", title=mark.reason)
    tip = f"tip-{mark.key}"
    link = tag(
        "a",
        shown,
        tag("sup", str(mark.number), aria_hidden="true"),
        href=f"#why-{mark.key}",
        id=f"at-{mark.key}",
        class_=f"mention {mark.kind}",
        aria_describedby=tip,
    )
    # the reason is told in English, whatever the text around it is in
    why = tag("span", _tip(mark), id=tip, role="tooltip", lang="en", dir="ltr")
    return tag("span", link, why, class_="told")


def _tip(mark: Mark) -> Html:
    if mark.kind == "changed":
        return join(["Changed from ", isolated(mark.before), f": {mark.reason}"])
    return join([f"Left as written ({mark.code}): {mark.reason}"])


def labelled(shown: str, label: Label | None, lang: str) -> Html:
    """Return a label as HTML, each name that is of another language marked as such."""
    rows = label.toponyms if label is not None else ()
    primary = lang.partition("-")[0]
    parts: list[str] = []
    at = 0
    for row in rows:
        found = shown.find(row.name, at)
        if found < 0:
            continue
        other = row.lang if row.lang.partition("-")[0] not in (primary, "mul") else None
        parts += [shown[at:found], isolated(row.name, other)]
        at = found + len(row.name)
    return join([*parts, shown[at:]]) if parts else isolated(shown)
