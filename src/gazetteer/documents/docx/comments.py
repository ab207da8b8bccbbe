"""Comments: the reason of each suggestion, beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from gazetteer.documents.docx.direct import text_element
from gazetteer.documents.docx.parts import relationships_of
from gazetteer.documents.docx.suggest import AUTHOR
from gazetteer.documents.docx.xml import WORD, XmlPart, escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.documents.docx.package import Package
    from gazetteer.documents.docx.parts import Parts

__all__ = ["comment_parts", "first_comment"]

_TYPES: Final = "[Content_Types].xml"
_TYPE: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
)
_KIND: Final = {
    WORD[0]: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    WORD[1]: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_RELATED: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_INITIALS: Final = "gz"


def first_comment(package: Package, parts: Parts, file: str) -> int:
    """Return the first number that no comment has."""
    if not parts.comments:
        return 0
    part = XmlPart(parts.comments, package.read(parts.comments), file)
    numbers = [
        int(event.attributes["id"])
        for event in part.events
        if event.kind == "start"
        and event.word == "comment"
        and re.fullmatch(r"\d{1,9}", event.attributes.get("id", ""))
    ]
    return max(numbers, default=-1) + 1


def comment_parts(
    package: Package, parts: Parts, comments: Mapping[int, str], space: str, file: str
) -> dict[str, str]:
    """Return the parts that comments are put into, as they become.

    Args:
        package: the document.
        parts: of it.
        comments: texts by number.
        space: the name space of Word's elements in it.
        file: its name.
    """
    if not comments:
        return {}
    if parts.comments:
        part = XmlPart(parts.comments, package.read(parts.comments), file)
        root = part.events[0]
        added = "".join(
            _comment(*each, _prefix(part.text, root.start)) for each in comments.items()
        )
        return {parts.comments: _inside(part, added)}
    name = f"{parts.main.rpartition('/')[0]}/comments.xml".lstrip("/")
    added = "".join(_comment(*each, "w:") for each in comments.items())
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    content = f'{head}<w:comments xmlns:w="{space}">{added}</w:comments>'
    types = XmlPart(_TYPES, package.read(_TYPES), file)
    prefix = _prefix(types.text, types.events[0].start)
    override = f'<{prefix}Override PartName="/{escape(name)}" ContentType="{_TYPE}"/>'
    related = relationships_of(parts.main)
    return {
        _TYPES: _inside(types, override),
        related: _related(package, related, space, file),
        name: content,
    }


def _related(package: Package, name: str, space: str, file: str) -> str:
    kind = f"{_KIND[space]}/comments"
    if name not in package.names:
        one = f'<Relationship Id="rId1" Type="{kind}" Target="comments.xml"/>'
        return f'<Relationships xmlns="{_RELATED}">{one}</Relationships>'
    part = XmlPart(name, package.read(name), file)
    taken = {event.attributes.get("Id", "") for event in part.events}
    number = next(n for n in range(1, len(taken) + 2) if f"rIdComments{n}" not in taken)
    prefix = _prefix(part.text, part.events[0].start)
    identity = f'Id="rIdComments{number}"'
    return _inside(
        part,
        f'<{prefix}Relationship {identity} Type="{kind}" Target="comments.xml"/>',
    )


def _prefix(text: str, start: int) -> str:
    found = re.compile(r"<([^\s/>:]+:)?").match(text, start)
    return (found[1] or "") if found else ""


def _inside(part: XmlPart, added: str) -> str:
    """Return a part with something more at the end of its root."""
    root = part.events[-1]
    if root.empty:
        opening = part.text[root.start : root.end].removesuffix("/>").rstrip()
        name = re.split(r"[\s>]", opening[1:], maxsplit=1)[0]
        whole = f"{opening}>{added}</{name}>"
        return part.text[: root.start] + whole + part.text[root.end :]
    return part.text[: root.start] + added + part.text[root.start :]


def _comment(number: int, text: str, prefix: str) -> str:
    who = f"{prefix}author={quoteattr(AUTHOR)} {prefix}initials={quoteattr(_INITIALS)}"
    said = f"<{prefix}r>{text_element(f'{prefix}t', escape(text))}</{prefix}r>"
    return (
        f'<{prefix}comment {prefix}id="{number}" {who}>'
        f"<{prefix}p>{said}</{prefix}p></{prefix}comment>"
    )
