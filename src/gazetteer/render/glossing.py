"""A gloss behind a quoted name: the label in square brackets, an editor's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.languages.casing import upper
from gazetteer.languages.inflection import load_inflection
from gazetteer.render.fit import Fitted, escaped, in_capitals
from gazetteer.render.inflect import inflect_label

if TYPE_CHECKING:
    from gazetteer.labels import Label
    from gazetteer.render.asked import Asked
    from gazetteer.text import Mention

__all__ = ["gloss"]

# What goes on in the word that the gloss would stand in: nothing is put into words.
_JOINS = "-\u2010\u2011\u2012\u2013'\u2019/_"


def gloss(text: str, mention: Mention, label: Label, asked: Asked) -> Fitted | None:
    """Return a quoted mention with its label behind it in square brackets.

    The label takes the case of the mention. Nothing is returned where its form in that
    case is not known, inside a word, and inside brackets, which are an editor's.

    Args:
        text: the text that was given.
        mention: in a quotation.
        label: of its place.
        asked: what the caller asked for.
    """
    end = mention.end + len(mention.suffix)
    after = text[end : end + 1]
    if mention.hyphenated or after.isalnum() or (after and after in _JOINS):
        return None
    if _in_brackets(text, mention.start):
        return None
    inflection = load_inflection(asked.lang)
    said = label.text.rstrip(",")
    if inflection is not None:
        inflected = inflect_label(label, mention, inflection)
        if inflected.reason:
            return None
        said = inflected.text.rstrip(",")
    if in_capitals(mention.text, mention):
        said = upper(said, asked.lang)
    said = escaped(f"[{said}]", markdown=asked.markdown)
    return Fitted(mention.start, end, f"{text[mention.start : end]} {said}")


def _in_brackets(text: str, at: int) -> bool:
    """Tell whether a bracket is open in the same line."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line.rfind("[") > line.rfind("]")
