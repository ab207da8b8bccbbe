"""The labels of one place under every perspective, beside each other."""

from __future__ import annotations

from typing import Any

from gazetteer.display.columns import aligned
from gazetteer.labels.label import Label

__all__ = ["Comparison"]


class Comparison(tuple[Label, ...]):
    """The labels of a place under every perspective, in the perspectives' order.

    It is a tuple of `Label`; printed, or as the last line of a notebook's cell, it is a
    table of perspectives, with a column for each language.
    """

    __slots__ = ()

    @property
    def langs(self) -> tuple[str, ...]:
        """The languages asked for, in their order."""
        return tuple(dict.fromkeys(each.lang for each in self))

    def by_perspective(self) -> list[tuple[str, list[Label]]]:
        """Return the labels of each perspective, one for each language."""
        found: dict[str, list[Label]] = {}
        for each in self:
            found.setdefault(each.perspective, []).append(each)
        return list(found.items())

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each label, for a data frame: ``pandas.DataFrame(rows)``.

        Every row has every key. Values are texts and booleans, null where empty;
        several in one cell are joined by ``; ``. ``label`` is null where the author's
        own text stays, since what is then known may be one side's name alone.
        """
        return [
            {
                "place_id": each.place_id,
                "perspective": each.perspective,
                "version": each.version,
                "lang": each.lang,
                "label": None if each.withheld else each.text,
                "complete": each.complete,
                "kept": each.kept,
                "rule": each.rule or None,
                "names": _joined(row.name for row in each.toponyms),
                "name_ids": _joined(row.name_id for row in each.toponyms),
                "missing": _joined(each.missing),
                "rejected_by": _joined(who for _, who in each.rejected_by),
                "sources": _joined(each.sources),
            }
            for each in self
        ]

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Return the header and the rows of the table that is printed."""
        header = ("perspective", *self.langs)
        return header, [
            (name, *(each.cell for each in labels))
            for name, labels in self.by_perspective()
        ]

    @property
    def legend(self) -> tuple[str, ...]:
        """What the signs in the table mean; empty where there are none."""
        lines = []
        if any(each.withheld for each in self):
            lines.append(
                "(in brackets) what is known, where the author's own text stays"
            )
        if any(not each.withheld and not each.complete for each in self):
            lines.append(
                "° a side's name is missing, or a party rejects one: "
                "the label's explanation says which"
            )
        return tuple(lines)

    def __repr__(self) -> str:
        return "\n".join([*aligned(*self.table()), *self.legend])

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        from gazetteer.labels.card import comparison_card

        return comparison_card(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002
        """Show the table in IPython, and not a tuple of labels."""
        printer.text(repr(self))


def _joined(values: Any) -> str | None:
    return "; ".join(values) or None
