"""Text that is read by machines: addresses, file names, code, placeholders, tags."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.text.mention import ProtectedSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["code_spans", "literals"]

# What each kind looks like, and what no text is without that holds one: most hold few
# kinds, and are searched for those alone. Every quantifier is bounded or runs over a
# class that the next part cannot match, so that scanning stays linear.
_KINDS = {
    "address": (
        ("://", "www.", "mailto:"),
        r"""[A-Za-z][A-Za-z0-9+.\-]{1,20}://[^\s<>"\u201c\u201d]+ | \bwww\.[^\s<>"]+
        | \bmailto:\S+""",
    ),
    "email": ("@", r"[\w.+\-]{1,64}@[\w\-]{1,64}\.[\w.\-]{1,64}"),
    "handle": ("@", r"(?<![\w@])@\w+"),
    "hashtag": ("#", r"(?<![\w&\#])\#\w+"),
    "file": (
        ".",
        r"""(?<![\w.\-])[\w\-]{1,80}(?:\.[\w\-]{1,40}){0,4}\.[a-z][a-z0-9]{1,5}(?!\w)
        (?:/\S*)?""",
    ),
    "path": (
        "/\\",
        r"""(?<![\w/.])(?:~|\.{1,2})?/[\w.\-]+(?:/[\w.\-]*)*
        | (?<!\w)[A-Za-z]:\\\S+""",
    ),
    "placeholder": (
        "{%[",
        r"""\{\{[^{}\n]{0,200}\}\} | \$?\{[^{}\n]{0,200}\}
        | %\(\w{1,60}\)[sdrfi] | \[\[[^\[\]\n]{0,200}\]\]""",
    ),
    "tag": ("<", r"<[A-Za-z/!?][^<>]{0,2000}>"),
}
_WHAT = {
    "address": "part of an address",
    "email": "part of an e-mail address",
    "handle": "part of a handle",
    "hashtag": "part of a hashtag",
    "file": "part of a file name or a domain name",
    "path": "part of a path",
    "placeholder": "part of a placeholder",
    "tag": "part of a tag",
}
_FENCE = re.compile("`+")
_PAIRED = re.compile(
    r"<(blockquote|q|cite|code|pre|kbd|samp|script|style|tt|var)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_QUOTING = ("blockquote", "q", "cite")


def literals(text: str) -> list[ProtectedSpan]:
    """Return what must not be changed since a machine reads it.

    Examples:
        >>> text = "Mail me@example.org about notes_2023.csv"
        >>> [text[span.start : span.end] for span in literals(text)]
        ['me@example.org', 'notes_2023.csv']
    """
    spans = [
        ProtectedSpan(*match.span(), "code", _WHAT[match.lastgroup or "tag"])
        for match in _searched_for(text)
    ]
    spans += code_spans(text)
    spans += _elements(text)
    return spans


def _searched_for(text: str) -> Iterator[re.Match[str]]:
    """Yield the literals of the kinds that a text may hold."""
    kinds = tuple(
        kind
        for kind, (marks, _) in _KINDS.items()
        if any(mark in text for mark in marks)
    )
    return _pattern(kinds).finditer(text) if kinds else iter(())


@cache
def _pattern(kinds: tuple[str, ...]) -> re.Pattern[str]:
    each = [f"(?P<{kind}>{_KINDS[kind][1]})" for kind in kinds]
    return re.compile("|".join(each), re.VERBOSE)


def code_spans(text: str) -> Iterator[ProtectedSpan]:
    """Yield what stands between runs of backticks of the same length."""
    runs = [match.span() for match in _FENCE.finditer(text)]
    later: dict[int, list[int]] = {}
    for start, end in reversed(runs):
        later.setdefault(end - start, []).append(start)
    covered = 0
    for start, end in runs:
        waiting = later[end - start]
        waiting.pop()
        if start < covered or not waiting:
            continue
        # A code span stays within its paragraph; a fence of three or more does not.
        close = waiting[-1]
        fence = end - start >= 3  # noqa: PLR2004  (CommonMark's fence)
        if fence or "\n\n" not in text[end:close]:
            covered = close + end - start
            yield ProtectedSpan(start, covered, "code", "part of code")


def _elements(text: str) -> Iterator[ProtectedSpan]:
    if "<" not in text:
        return
    lower = text.lower()
    covered = 0
    for match in _PAIRED.finditer(text):
        if match.start() < covered:
            continue
        name = match.group(1).lower()
        close = lower.find(f"</{name}", match.end())
        covered = close if close >= 0 else len(text)
        if name in _QUOTING:
            yield ProtectedSpan(
                match.start(),
                covered,
                "quotation",
                "inside a quotation, which is never changed",
            )
        else:
            yield ProtectedSpan(match.start(), covered, "code", "part of code")
