r"""Comments that allow what would else be a finding.

A comment stands in the way that its format writes comments: ``<!-- … -->`` in Markdown
and HTML, also ``[//]: # (…)`` in Markdown; in plain texts behind ``#``, ``%``, ``//``,
``;``, ``..`` or inside ``{# … #}`` and ``/* … */``. It says ``gazetteer: ignore`` for
its line, or, alone on a line, for the paragraph after it; ``ignore-file``,
``ignore-start`` and ``ignore-end`` reach further. ``ignore[rule, rule]`` allows only
these rules. In HTML the paragraph is that of the page, whatever lines it has. DOCX,
JSON and CSV have no such comments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.desk.lint.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.desk.lines import Lines
    from gazetteer.desk.lint.rules import Finding
    from gazetteer.documents import Document

__all__ = ["Ignore", "Ignores"]

_SAYS = (
    r"\s*gazetteer:\s*(?P<kind>ignore(?:-file|-start|-end)?)(?P<rules>\[[^\]\n]*\])?"
)
_HTML = re.compile(rf"<!--{_SAYS}[^\n]*?-->")
_MARKDOWN = re.compile(
    rf"<!--{_SAYS}[^\n]*?-->|^\[//\]:\s*#\s*[(\"']"
    rf"{_SAYS.replace('kind', 'kind2').replace('rules', 'rules2')}[^\n]*$",
    re.MULTILINE,
)
_PLAIN = re.compile(
    rf"(?:\{{#|/\*|#|%|//|;|\.\.){_SAYS}[^\n]*?(?:#\}}|\*/|$)", re.MULTILINE
)
_COMMENTS = {"markdown": _MARKDOWN, "html": _HTML, "plain": _PLAIN}


class Ignore(NamedTuple):
    """One comment.

    Attributes:
        start, end: of the comment.
        reach: the stretch in which it allows findings.
        rules: which it allows; empty for all.
        unknown: what it names that is no rule.
    """

    start: int
    end: int
    reach: tuple[int, int]
    rules: frozenset[str]
    unknown: tuple[str, ...] = ()


class Ignores:
    """The comments of one text, and which of them were needed."""

    def __init__(self, document: Document, lines: Lines) -> None:
        self.comments = tuple(_comments(document, lines)) if document.comments else ()
        self._used: set[int] = set()

    def allow(self, finding: Finding) -> bool:
        """Tell whether a comment allows a finding, and remember that it was needed."""
        allowed = False
        for number, comment in enumerate(self.comments):
            start, end = comment.reach
            named = not comment.rules or finding.rule in comment.rules
            if start <= finding.start < end and named and not comment.unknown:
                self._used.add(number)
                allowed = True
        return allowed

    def unused(self) -> list[Ignore]:
        """Return the comments that allowed nothing, without those that are wrong."""
        return [
            comment
            for number, comment in enumerate(self.comments)
            if number not in self._used and not comment.unknown
        ]


def _comments(document: Document, lines: Lines) -> Iterator[Ignore]:
    text = document.source
    matches = list(_COMMENTS[document.comments].finditer(text))
    for number, match in enumerate(matches):
        kind, rules = _said(match)
        if kind == "ignore-end":
            continue
        named = [each.strip() for each in rules.strip("[]").split(",") if each.strip()]
        if kind == "ignore-file":
            reach = (0, len(text) + 1)
        elif kind == "ignore-start":
            ends = [
                later.start()
                for later in matches[number + 1 :]
                if _said(later)[0] == "ignore-end"
            ]
            reach = (match.end(), ends[0] if ends else len(text) + 1)
        else:
            reach = _reach(document, lines, match.start(), match.end())
        unknown = tuple(each for each in named if each not in RULES)
        yield Ignore(match.start(), match.end(), reach, frozenset(named), unknown)


def _said(match: re.Match[str]) -> tuple[str, str]:
    said = match.groupdict()
    kind = said["kind"] or said.get("kind2") or ""
    return kind, said["rules"] or said.get("rules2") or ""


def _reach(document: Document, lines: Lines, start: int, end: int) -> tuple[int, int]:
    """Return the line of a comment, or the paragraph after one that stands alone."""
    text = document.source
    line, _ = lines.at(start)
    first, last = lines.span(line)
    if text[first:start].strip() or text[end:last].strip():
        return first, last
    if document.comments == "html":
        return end, document.texts[0].paragraph_end(end)
    number = line + 1
    while number <= len(lines) and _is_blank(text, lines.span(number)):
        number += 1
    if number > len(lines):
        return last, last
    begin = lines.span(number)[0]
    while number < len(lines) and not _is_blank(text, lines.span(number + 1)):
        number += 1
    return begin, lines.span(number)[1]


def _is_blank(text: str, span: tuple[int, int]) -> bool:
    return not text[slice(*span)].strip()
