"""Language tags: whether a text is one, and the one way in which it is written."""

from __future__ import annotations

import re

from gazetteer.errors import LanguageTagError

__all__ = ["language_tag"]

# RFC 5646, section 2.1. A language of five letters or more could be registered and none
# is; what is meant by one is a language's name.
_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}"  # language, extended language
    r"(?:-[a-z]{4})?"  # script
    r"(?:-(?:[a-z]{2}|[0-9]{3}))?"  # region
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"  # variants
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*"  # extensions
    r"(?:-x(?:-[a-z0-9]{1,8})+)?",  # private use
    re.ASCII,
)
_SCRIPT, _REGION = 4, 2


def language_tag(text: str) -> str:
    """Return a BCP 47 tag in its usual case, with hyphens (RFC 5646, section 2.1.1).

    Only the form is looked at, not whether the subtags are registered.

    Raises:
        LanguageTagError: if the text has not the form of a tag.

    Examples:
        >>> language_tag("EN"), language_tag("en_gb"), language_tag("zh-hant-tw")
        ('en', 'en-GB', 'zh-Hant-TW')
    """
    lowered = text.replace("_", "-").lower()
    if not _TAG.fullmatch(lowered):
        raise LanguageTagError(text)
    first, *rest = lowered.split("-")
    parts = [first]
    for number, part in enumerate(rest):
        if len(part) == 1:  # an extension or private use begins; it has no other case
            return "-".join([*parts, *rest[number:]])
        known = {_SCRIPT: part.title(), _REGION: part.upper()}
        parts.append(known.get(len(part), part))
    return "-".join(parts)
