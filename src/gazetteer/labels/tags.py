"""Which language tags serve an asked one."""

from __future__ import annotations

from functools import cache

from gazetteer.languages.scripts import default_script, script_of_tag

__all__ = ["lookup_tags"]


@cache  # a few hundred tags are asked for hundreds of thousands of times
def lookup_tags(tag: str) -> tuple[str, ...]:
    """Return the tags that serve an asked one, nearest first (RFC 4647, section 3.4).

    A script is dropped only where the language is written in it anyway.

    Examples:
        >>> lookup_tags("en-GB")
        ('en-GB', 'en')
        >>> lookup_tags("sr-Latn"), lookup_tags("sr-Cyrl")
        (('sr-Latn',), ('sr-Cyrl', 'sr'))
    """
    parts = tag.split("-")
    script = script_of_tag(tag)
    tags = [tag]
    while len(parts) > 1:
        last = parts.pop()
        shorter = "-".join(parts)
        if last.title() == script and default_script(shorter) != script:
            break
        tags.append(shorter)
    return tuple(tags)
