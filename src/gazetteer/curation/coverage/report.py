"""The figures as a page of the docs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.curation.coverage.figures import Cell, Coverage, Figures

__all__ = ["coverage_page"]


def coverage_page(coverage: Coverage) -> str:
    """Return the tables as Markdown, one section each."""
    return "\n".join(map(_section, coverage.tables.values()))


def _section(figures: Figures) -> str:
    numbers = [
        all(isinstance(row[at], int) for row in figures.rows)
        for at in range(len(figures.header))
    ]
    lines = [
        f"## {figures.title}\n\n{figures.about}\n",
        f"| {' | '.join(figures.header)} |",
        f"|{'|'.join('--:' if each else '---' for each in numbers)}|",
        *(f"| {' | '.join(map(_shown, row))} |" for row in figures.rows),
    ]
    return "\n".join(lines) + "\n"


def _shown(cell: Cell) -> str:
    if isinstance(cell, int):
        return f"{cell:,}"
    return cell.replace("|", "\\|")
