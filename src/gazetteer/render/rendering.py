"""A rendered text with every change, every refusal and what was right already."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.labels import Label

__all__ = ["Change", "Footnote", "Kept", "Refusal", "Rendering", "unified_diff"]

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")


class Change(NamedTuple):
    """One stretch of text that was replaced.

    Attributes:
        start, end: in the text that was given; code points, half-open.
        new_start, new_end: in the rendered text.
        before, after: what stood there, what stands there now. An article that had to
            change with the name ("a", "an") is part of both.
        place_id: the place meant; empty for a footnote.
        rule: the rule of the perspective, as ``neutral#1``.
        reason: in plain words.
        label: the label behind it; None for a footnote.
        gloss: whether a quoted name stays and the label follows it in brackets.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    before: str
    after: str
    place_id: str
    rule: str
    reason: str
    label: Label | None = None
    gloss: bool = False


class Refusal(NamedTuple):
    """A mention that was left although another name might have stood there.

    Attributes:
        start, end: in the text that was given; code points, half-open.
        place_ids: the places it may mean.
        code: why, in one word: a role of `gazetteer.text.ROLES`, or ``language``,
            ``script``, ``ambiguous``, ``doubtful``, ``unmatched``, ``type``,
            ``extent``, ``rejected``, ``no-name``, ``one-side``, ``form``, ``fit``,
            ``reported``, ``inflection`` (the label's form in the case that stands
            there is not known).
        reason: why, in plain words.
    """

    start: int
    end: int
    text: str
    place_ids: tuple[str, ...]
    code: str
    reason: str


class Kept(NamedTuple):
    """A mention that is already as the perspective wants it.

    Attributes:
        code: ``already`` (it is the label), ``not-contested`` (nobody contests the name
            and the perspective does not reject it), ``own`` (those for whom the
            perspective speaks write it so too), ``one-sided`` (the label is a name of
            the same side) or ``author`` (the rule leaves the author's name).
    """

    start: int
    end: int
    text: str
    place_ids: tuple[str, ...]
    code: str
    reason: str


class Footnote(NamedTuple):
    """A note that a policy attaches to a name."""

    mark: str
    text: str


class Rendering(NamedTuple):
    """The rendered text and the report on it.

    Every mention of the text is in exactly one of `changes`, `refusals` and `kept`.

    Attributes:
        text: rendered; outside `changes` it is the text that was given.
        source: the text that was given.
        footnotes: the notes of the labels that stand in the text.
        version: of the perspective.
        data_version: of the tables.
        policy: the perspective's rule in plain words.
    """

    text: str
    source: str
    changes: tuple[Change, ...]
    refusals: tuple[Refusal, ...]
    kept: tuple[Kept, ...]
    warnings: tuple[str, ...]
    footnotes: tuple[Footnote, ...]
    perspective: str
    version: str
    data_version: str
    policy: str
    lang: str

    def diff(self, name: str = "text") -> str:
        """Return what changed as a unified diff; empty if nothing did."""
        return unified_diff(self.source, self.text, name)

    def explain(self) -> str:
        """Say in plain words what was changed, what was not, and why."""
        lines = _Lines(self.source)
        version = f"version {self.version}; data {self.data_version}"
        said = [f"perspective {self.perspective}, {version}"]
        if self.policy:
            said.append(f"rule: {self.policy}")
        said.append(
            f"{_count(len(self.changes), 'change')}, "
            f"{_count(len(self.refusals), 'refusal')}, "
            f"{_count(len(self.kept), 'mention')} already as wanted"
        )
        reports: list[tuple[int, str]] = []
        for change in self.changes:
            what = f"{change.before!r} -> {change.after!r}: {change.reason}"
            reports.append((change.start, f"changed {lines.at(change.start)} {what}"))
        for refusal in self.refusals:
            what = f"{refusal.text!r} [{refusal.code}]: {refusal.reason}"
            reports.append((refusal.start, f"left {lines.at(refusal.start)} {what}"))
        said += [line for _, line in sorted(reports)]
        said += [f"warning: {warning}" for warning in self.warnings]
        said += [f"note {note.mark}: {note.text}" for note in self.footnotes]
        return "\n".join(said)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape: every key present, null where empty."""
        return {
            "perspective": self.perspective,
            "version": self.version,
            "data_version": self.data_version,
            "policy": self.policy or None,
            "lang": self.lang,
            "text": self.text,
            "changes": [_change(change) for change in self.changes],
            "refusals": _rows(self.refusals),
            "kept": _rows(self.kept),
            "warnings": list(self.warnings),
            "footnotes": [note._asdict() for note in self.footnotes],
        }

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        from gazetteer.render.card import rendering_card

        return rendering_card(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002
        """Show it in IPython in plain words."""
        printer.text(f"{self.text}\n\n{self.explain()}")


def unified_diff(before: str, after: str, name: str) -> str:
    """Return two states of a text as a unified diff; empty if they are the same.

    Only a line feed ends a line, so that the diff can be applied.
    """
    from difflib import unified_diff as of_lines

    lines = of_lines(
        _LINE.findall(before),
        _LINE.findall(after),
        fromfile=name,
        tofile=f"{name} (rendered)",
        n=1,
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in lines
    )


class _Lines:
    """Line and column of an offset, as editors count them."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def at(self, offset: int) -> str:
        line = bisect_right(self._starts, offset)
        return f"{line}:{offset - self._starts[line - 1] + 1}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _change(change: Change) -> dict[str, Any]:
    label = change.label
    return {
        "start": change.start,
        "end": change.end,
        "new_start": change.new_start,
        "new_end": change.new_end,
        "before": change.before,
        "after": change.after,
        "place_id": change.place_id or None,
        "rule": change.rule or None,
        "reason": change.reason,
        "gloss": change.gloss,
        "names": [toponym.name_id for toponym in label.toponyms] if label else [],
        "sources": list(label.sources) if label else [],
        "complete": label.complete if label else None,
        "rejected_by": [
            {"name_id": name_id, "authority": authority}
            for name_id, authority in (label.rejected_by if label else ())
        ],
    }


def _rows(rows: Iterable[Refusal | Kept]) -> list[dict[str, Any]]:
    return [{**row._asdict(), "place_ids": list(row.place_ids)} for row in rows]
