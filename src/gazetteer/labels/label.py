"""The label of a place under a perspective, and how it came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from gazetteer.labels.rules import Note
    from gazetteer.model import Toponym, Usage

__all__ = ["Label"]


class Label(NamedTuple):
    """What a perspective calls a place.

    Attributes:
        text: the label, marks of notes included; what a title on a screen shows. Empty
            where no name was found.
        kept: whether the author's own text stays: because no name was found, or because
            the rule says so. `text` is then for titles only.
        perspective: name of the perspective.
        version: of the perspective.
        rule: its 1-based rule that applied, as ``neutral#1``; empty where none did.
        lang: the language asked for.
        mention: ``first``, ``later`` or ``compact``.
        event, published: the dates given, empty where none was.
        toponyms: the rows that were printed, in the order of the text.
        usages: for each of them the statement by which it was chosen, or None.
        complete: whether every slot found a name and, where the perspective speaks for
            no one, the label bears a name of each party, or a name that a third party
            uses and no party rejects.
        missing: the slots (chains, with their authorities) that found none.
        by_language: the printed names that nobody is on record with: a side's own name
            in the letters of this language. A label with one is never complete.
        rejected_by: name_id and authority for each party that rejects a printed row.
        marks: the marks of notes at the end of `text`.
        notes: footnotes that go with it.
        reasons: in plain words, step by step, what was tried and chosen.

    Two rows of one text count as one name and are both in `toponyms`.
    """

    place_id: str
    text: str
    kept: bool
    perspective: str
    version: str
    rule: str
    lang: str
    mention: str
    toponyms: tuple[Toponym, ...]
    complete: bool
    missing: tuple[str, ...]
    notes: tuple[Note, ...]
    reasons: tuple[str, ...]
    usages: tuple[Usage | None, ...] = ()
    rejected_by: tuple[tuple[str, str], ...] = ()
    marks: str = ""
    event: str = ""
    published: str = ""
    by_language: tuple[str, ...] = ()

    @property
    def bare(self) -> str:
        """The text without marks of notes."""
        return self.text.removesuffix(self.marks)

    @property
    def withheld(self) -> bool:
        """Whether there is nothing to print: the author's own text stays.

        The text of such a label, if any, is what is known, which may be one side's
        name alone.
        """
        return not self.text or (self.kept and not self.complete)

    @property
    def cell(self) -> str:
        """What stands in a table: in brackets where the author's own text stays.

        A sign after it says that it is not complete.
        """
        if self.withheld:
            return f"({self.text or 'kept'})"
        return self.text if self.complete else f"{self.text} °"

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the sources behind the printed rows and their usages, sorted."""
        keys = {key for toponym in self.toponyms for key in toponym.sources}
        keys |= {usage.source for usage in self.usages if usage is not None}
        return tuple(sorted(keys - {""}))

    def explain(self) -> str:
        """Say in plain words which rule, rows and sources made the label."""
        if self.kept:
            shown = f" (title: {self.text!r})" if self.text else ""
            head = f"the author's own text stays{shown}"
        else:
            head = f"{self.text!r}"
        by = f"by rule {self.rule}" if self.rule else "no rule gives a name"
        lines = [
            f"{head}: {by} of perspective {self.perspective}, version {self.version}",
            *self.reasons,
            *(f"missing: {slot}" for slot in self.missing),
            *(f"note {note.mark or note.id}: {note.text}" for note in self.notes),
        ]
        if self.sources:
            lines.append(f"sources: {', '.join(self.sources)}")
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape: every key present, null where empty."""
        return {
            "place_id": self.place_id,
            "text": self.text or None,
            "kept": self.kept,
            "complete": self.complete,
            "by_language": list(self.by_language),
            "perspective": self.perspective,
            "version": self.version,
            "rule": self.rule or None,
            "lang": self.lang,
            "mention": self.mention,
            "event": self.event or None,
            "published": self.published or None,
            "toponyms": [
                _row(toponym, usage)
                for toponym, usage in zip(self.toponyms, self.usages, strict=True)
            ],
            "missing": list(self.missing),
            "rejected_by": [
                {"name_id": name_id, "authority": authority}
                for name_id, authority in self.rejected_by
            ],
            "marks": self.marks or None,
            "notes": [note._asdict() for note in self.notes],
            "sources": list(self.sources),
            "reasons": list(self.reasons),
        }

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        from gazetteer.labels.card import label_card

        return label_card(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002
        """Show it in IPython in plain words."""
        printer.text(self.explain())


def _row(toponym: Toponym, usage: Usage | None) -> dict[str, Any]:
    return {
        "name_id": toponym.name_id,
        "name": toponym.name,
        "lang": toponym.lang,
        "form": toponym.form,
        "derived": toponym.derived,
        "valid": toponym.valid.text or None,
        "authority": usage.authority if usage else None,
        "status": usage.status if usage else None,
        "usage_valid": (usage.valid.text or None) if usage else None,
        "sources": sorted({*toponym.sources, *([usage.source] if usage else [])}),
    }
