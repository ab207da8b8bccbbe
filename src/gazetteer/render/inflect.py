"""A label in the case that its mention stands in, or the reason why it cannot be put.

A name in the nominative is never put where another case stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gazetteer.languages.inflection import DERIVED, NOMINATIVE
from gazetteer.languages.scripts import default_script, same_script, script_of

if TYPE_CHECKING:
    from gazetteer.labels import Label
    from gazetteer.languages.inflection import Inflection
    from gazetteer.text import Mention

__all__ = ["Inflected", "inflect_label"]

# What may stand between and after the names of a label that is inflected name by name.
_SIGNS = " /()[],*\u2020\u2021\u00a7\u2013-"


class Inflected(NamedTuple):
    """A label in a case; the text is empty where it cannot be put, with the reason."""

    text: str
    reason: str = ""


def inflect_label(label: Label, mention: Mention, inflection: Inflection) -> Inflected:
    """Return a label in the case of a mention.

    Args:
        label: what would stand there.
        mention: what stands there, with the cases that it may stand for.
        inflection: of the language of the text.
    """
    cases = [tag for tag in mention.cases if tag not in DERIVED] or [NOMINATIVE]
    if mention.suffix and mention.suffix[0] not in inflection.join:
        return Inflected("", f"{mention.suffix!r} is joined to it by a hyphen")
    texts: dict[str, str] = {}
    for tag in cases:
        text, missing = _in_case(label, tag, inflection)
        if missing:
            reason = f"how {missing!r} is written in its case ({tag}) is not known"
            return Inflected("", reason)
        texts[tag] = text
    if len(set(texts.values())) > 1:
        several = ", ".join(texts)
        reason = (
            f"its form may stand for several cases ({several}), and the label's not"
        )
        return Inflected("", reason)
    (text,) = set(texts.values())
    if mention.suffix:
        text = text.replace(inflection.join[0], mention.suffix[0])
    return Inflected(text)


def _in_case(label: Label, tag: str, inflection: Inflection) -> tuple[str, str]:
    """Return the label in a case, and the name whose form is not known, if any."""
    if tag == NOMINATIVE:
        return label.text, ""
    script = default_script(inflection.lang)
    text, rest = label.text, label.text
    pieces: list[tuple[int, int, str]] = []
    for name in sorted({row.name for row in label.toponyms}, key=len, reverse=True):
        at = rest.find(name)
        form = inflection.inflect(name, tag)
        if at < 0 or form is None or not same_script(script_of(name), script):
            return "", name
        pieces.append((at, at + len(name), form))
        rest = rest[:at] + " " * len(name) + rest[at + len(name) :]
    if rest.strip(_SIGNS):
        return "", rest.strip(_SIGNS)
    for start, end, form in sorted(pieces, reverse=True):
        text = text[:start] + form + text[end:]
    return text, ""
