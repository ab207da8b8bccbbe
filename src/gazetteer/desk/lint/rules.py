"""What is looked for in a text, and what was found."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

__all__ = ["RULES", "Finding", "Fix", "Rule"]


class Rule(NamedTuple):
    """One thing that is looked for.

    Attributes:
        code: its short name, which findings, comments and configurations use.
        level: ``error`` or ``warning``.
        title: what is wrong, in a few words.
        help: what to do about it.
    """

    code: str
    level: str
    title: str
    help: str


_RULES = (
    Rule(
        "other-label",
        "error",
        "the perspective writes another name",
        "Write the label; `gazetteer render` does it for the whole text.",
    ),
    Rule(
        "left-name",
        "warning",
        "a name that the perspective does not have, and that no program should change",
        "Rewrite the sentence, or allow the name with a comment.",
    ),
    Rule(
        "ambiguous-name",
        "warning",
        "several places have this name and nothing says which is meant",
        "Say in the text which one is meant (the town of …, … in …), or give the "
        "context with --country or --within.",
    ),
    Rule(
        "inconsistent-name",
        "warning",
        "the text calls one place by several names",
        "Use one name, or say once that both are of one place.",
    ),
    Rule(
        "former-name",
        "warning",
        "the name was not in use at the date of the text",
        "Use a name of that date, or say that it is the former name.",
    ),
    Rule(
        "unchecked-text",
        "warning",
        "the text, or a part of it, could not be checked",
        "Give the language with --lang.",
    ),
    Rule(
        "unused-ignore",
        "warning",
        "a comment allows what is not there",
        "Remove the comment.",
    ),
    Rule(
        "bad-ignore",
        "error",
        "a comment names a rule that does not exist",
        "Use the short name of a rule.",
    ),
)

RULES: Final = {rule.code: rule for rule in _RULES}
"""The rules by their short names."""


class Fix(NamedTuple):
    """What would stand in the file instead, which may begin before the name.

    An article may have to change too; a name that tags split is rewritten with them.
    Where the file is no text, ``start`` and ``end`` are those of the paragraph.
    """

    start: int
    end: int
    text: str


class Finding(NamedTuple):
    """One thing that was found in a text.

    Attributes:
        file: as the caller called it.
        start, end: code points of the file, half-open; where the file is no text, of
            the paragraph.
        line, column, end_line, end_column: from 1; the end is the column after it.
            None where the file is no text.
        rule: short name of the rule.
        text: what stands there, as a person reads it.
        message: what is wrong with it, in plain words.
        place_ids: the places that it names or may name.
        fix: what would be right, where that is known.
        where: the part and the paragraph, the row and the column, the JSON Pointer;
            empty where line and column say all.
    """

    file: str
    start: int
    end: int
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    rule: str
    text: str
    message: str
    place_ids: tuple[str, ...] = ()
    fix: Fix | None = None
    where: str = ""

    @property
    def level(self) -> str:
        """``error`` or ``warning``, as its rule has it."""
        return RULES[self.rule].level

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape: every key present, null where empty."""
        return {
            **self._asdict(),
            "level": self.level,
            "place_ids": list(self.place_ids),
            "fix": self.fix._asdict() if self.fix else None,
            "where": self.where or None,
        }
