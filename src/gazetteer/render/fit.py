"""Fit a label into its place: capitals, articles, commas, endings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.languages.casing import capitalize, upper
from gazetteer.text import load_words

if TYPE_CHECKING:
    from gazetteer.text import Mention

__all__ = ["Fitted", "ends_plainly", "escaped", "fit", "in_capitals"]

# marks of Markdown may stand between an article and the name that it goes with
_ARTICLE = re.compile(r"(?<![\w'\u2019])([Aa][Nn]?)([ \t\u00a0\r\n]+[*_\[]{0,4})\Z")
_THE = re.compile(r"(?<![\w'\u2019])(the)([ \t\u00a0\r\n]+)\Z", re.IGNORECASE)
_VOWELS = "aeiou\u0259"
_LOOK_BACK = 10
_MARKDOWN = re.compile(r"([*_\[\]`<>|\\])")
_SENTENCE_START = re.compile(r"(?:\A|[.!?\u2026]['\"\u201d\u2019)\]]*\s+|\n\s*)\Z")


class Fitted(NamedTuple):
    """A label as it stands in the text, and the span that it takes."""

    start: int
    end: int
    text: str


def ends_plainly(label: str) -> bool:
    """Tell whether an ending, or a noun, can follow a label.

    Examples:
        >>> ends_plainly("one/two"), ends_plainly("one (now two)")
        (True, False)
    """
    return not any(mark in label for mark in "(,;[")


def fit(
    text: str, mention: Mention, label: str, *, lang: str, markdown: bool
) -> Fitted:
    """Return a label fitted into the place of a mention.

    Args:
        text: the text that was given.
        mention: what the label replaces.
        label: as the perspective gives it.
        lang: of the text; decides on capitals.
        markdown: whether characters with a meaning in Markdown are escaped.
    """
    start, end = mention.start, mention.end
    written = mention.text
    before = text[max(0, start - _LOOK_BACK) : start]
    if ", " in written and ", " not in label and text[end : end + 1] == ",":
        end += 1  # it closed the apposition that the name had
    if label.endswith(",") and (end >= len(text) or text[end] in ",.;:!?)"):
        label = label[:-1]
    the = _THE.search(before)
    if the and label[:4].lower() == "the ":
        label = label[4:]
    if in_capitals(written, mention):
        label = upper(label, lang)
    elif label[:1].islower() and (
        written[:1].isupper()
        and _SENTENCE_START.search(text[max(0, start - 40) : start])
    ):
        label = capitalize(label, lang)
    after = label
    if mention.suffix in ("'", "\u2019") and label[-1:].lower() != "s":
        end += 1
        after = f"{label}{mention.suffix}{'S' if label.isupper() else 's'}"
    article = _ARTICLE.search(before)
    plain = escaped(after, markdown=markdown)
    if article:
        old, new = _article(written), _article(label)
        if old != new and article[1].lower() == old:
            start -= len(article[0])
            after = f"{_like(new, article[1])}{article[2]}{plain}"
            return Fitted(start, end, after)
    return Fitted(start, end, plain)


def escaped(label: str, *, markdown: bool) -> str:
    """Return a label without characters that mean something in Markdown."""
    return _MARKDOWN.sub(r"\\\1", label) if markdown else label


def in_capitals(written: str, mention: Mention) -> bool:
    """Tell whether a name is written in capitals that are not its own."""
    letters = [character for character in written if character.isalpha()]
    if len(letters) < 2 or not written.isupper():  # noqa: PLR2004
        return False
    return not any(toponym.name.isupper() for toponym in mention.toponyms)


def _article(name: str) -> str:
    """Return the indefinite article that English puts before a name.

    By spelling: a vowel letter takes "an", but for the beginnings in the word lists;
    short capitals, and those that cannot be read as a word, are read letter by letter.
    """
    words = load_words("en")
    bare = name.lstrip("\"'\u201c(")
    lower = bare.lower()
    first = bare.split(" ", 1)[0].split("-", 1)[0].split("/", 1)[0]
    if (
        first.isupper()
        and (
            len(first) <= 3  # noqa: PLR2004
            or not any(letter in _VOWELS for letter in lower[:2])
        )
    ):
        return "an" if lower[0] in words["an-letter"] else "a"
    if any(lower.startswith(each) for each in words["an-before"]):
        return "an"
    if lower[:1] not in _VOWELS or any(
        lower.startswith(each) for each in words["a-before"]
    ):
        return "a"
    return "an"


def _like(article: str, pattern: str) -> str:
    if pattern.isupper() and len(pattern) > 1:
        return article.upper()
    return article.capitalize() if pattern[0].isupper() else article
