"""Set the chosen names together: order, templates, and names that count as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gazetteer.languages.scripts import primary_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.labels.choosing import Choice
    from gazetteer.labels.rules import Rule
    from gazetteer.labels.templates import Template

__all__ = ["Composed", "compose", "edits", "template_for"]


class Composed(NamedTuple):
    """The text of a label; None where a template lacks what it asks for."""

    text: str | None
    choices: tuple[Choice, ...]
    keeps: bool


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
    languages: Mapping[str, Mapping[str, str]],
) -> Composed:
    """Return the text that a template makes of the chosen names.

    Args:
        choices: at least one, in the order of the slots.
        same: names within so many edits count as one.
        complete: whether every slot found a name; if not, the template is `one`.
        languages: what languages are called, by output language.
    """
    ordered = list(choices)
    if rule.order == "alpha":
        ordered.sort(key=lambda each: _alphabetical(each.toponym.name, lang))
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
            shown = _fill(first, ordered, lang, languages) or shown
        return Composed(shown, tuple(ordered), keeps=True)
    text = _fill(template, printed, lang, languages)
    used = ordered if template.takes_all else ordered[: template.slots]
    return Composed(text, tuple(used), keeps=False)


def _fill(
    template: Template,
    choices: Sequence[Choice],
    lang: str,
    languages: Mapping[str, Mapping[str, str]],
) -> str | None:
    called = languages.get(primary_language(lang), {})
    return template.fill(
        [each.toponym.name for each in choices],
        [called.get(primary_language(each.toponym.lang)) for each in choices],
    )


def _alphabetical(name: str, lang: str) -> tuple[object, str]:
    try:
        from gazetteer.languages.alphabets import sort_key
    except ImportError:  # until that module is there
        return (name.casefold(), name)
    # The name itself decides between names that an alphabet cannot tell apart, so that
    # no order of slots, and so of sides, ever does.
    return (sort_key(name, lang), name)


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
