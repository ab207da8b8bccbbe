"""Set the chosen names together: order, templates, and names that count as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gazetteer.languages.alphabets import sort_key
from gazetteer.languages.scripts import primary_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.labels.asking import Choice
    from gazetteer.labels.rules import Rule
    from gazetteer.labels.templates import Template

__all__ = ["Composed", "Words", "compose", "edits", "template_for"]


class Composed(NamedTuple):
    """The text of a label; None where a template lacks what it asks for."""

    text: str | None
    choices: tuple[Choice, ...]
    keeps: bool


class Words(NamedTuple):
    """What languages are called, and which language an authority speaks.

    Attributes:
        languages: by output language and language.
        spoken: language by authority.
    """

    languages: Mapping[str, Mapping[str, str]]
    spoken: Mapping[str, str]

    def language_of(self, choice: Choice, lang: str) -> str | None:
        """Return what the language of a name is called; None where it is not known.

        In a text in English, an English form that an authority uses is told apart by
        the language of that authority: that it is English goes without saying.
        """
        output = primary_language(lang)
        language = primary_language(choice.toponym.lang)
        if language == output and choice.usage is not None:
            language = self.spoken.get(choice.usage.authority, language)
        return self.languages.get(output, {}).get(language)


def template_for(rule: Rule, mention: str, number: int) -> Template:
    """Return the template of a mention; later ones go through their list in turn.

    Args:
        rule: the rule that applies.
        mention: ``first``, ``later`` or ``compact``.
        number: which mention of the place it is, from 1.
    """
    if mention == "compact":
        return rule.compact
    if mention == "later":
        return rule.later[max(number - 2, 0) % len(rule.later)]
    return rule.first


def compose(
    rule: Rule,
    template: Template,
    choices: Sequence[Choice],
    lang: str,
    *,
    same: int,
    complete: bool,
    words: Words,
) -> Composed:
    """Return the text that a template makes of the chosen names.

    Args:
        rule: the rule that applies.
        template: the one of its templates that the mention asks for.
        choices: at least one, in the order of the slots.
        lang: the output language.
        same: names within so many edits count as one.
        complete: whether every slot found a name; if not, the template is `one`.
        words: what languages are called.
    """
    ordered = list(choices)
    if rule.order == "alpha":
        ordered.sort(key=lambda each: _alphabetical(each, lang))
    distinct = _distinct(ordered, same)
    if len(distinct) == 1 and len(ordered) > 1 and not template.keeps:
        return Composed(distinct[0].toponym.name, tuple(ordered), keeps=False)
    printed = distinct if template.takes_all else ordered
    if template.keeps:
        # What a title shows: the first form, or simply the names where it keeps too.
        first = rule.first
        separator = (first if first.takes_all else template).separator
        names = [each.toponym.name for each in distinct]
        shown = separator.join(names)
        if complete and not first.keeps and len(distinct) == len(ordered):
            shown = _fill(first, ordered, lang, words) or shown
        return Composed(shown, tuple(ordered), keeps=True)
    text = _fill(template, printed, lang, words)
    if not template.takes_all:
        printed = [
            ordered[slot - 1] for slot in sorted(template.used) if slot <= len(ordered)
        ]
    return Composed(
        text, tuple(ordered if template.takes_all else printed), keeps=False
    )


def _fill(
    template: Template, choices: Sequence[Choice], lang: str, words: Words
) -> str | None:
    return template.fill(
        [each.toponym.name for each in choices],
        [words.language_of(each, lang) for each in choices],
    )


def _alphabetical(choice: Choice, lang: str) -> tuple[object, str, str]:
    # The text and then name_id decide between names that an alphabet cannot tell
    # apart, so that no order of slots, and so of sides, ever does.
    name = choice.toponym.name
    return (sort_key(name, lang), name, choice.toponym.name_id)


def _distinct(choices: Sequence[Choice], same: int) -> list[Choice]:
    kept: list[Choice] = []
    for choice in choices:
        name = choice.toponym.name
        if all(edits(name, each.toponym.name) > same for each in kept):
            kept.append(choice)
    return kept


def edits(one: str, other: str) -> int:
    """Return how many characters must be put in, left out or replaced.

    Examples:
        >>> edits("colour", "color")
        1
    """
    row = list(range(len(other) + 1))
    for number, left in enumerate(one, 1):
        above, row[0] = row[0], number
        for place, right in enumerate(other, 1):
            above, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, above + (left != right)),
            )
    return row[-1]
