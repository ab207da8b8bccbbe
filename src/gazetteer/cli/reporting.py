"""The HTML page that ``gazetteer render --report`` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from gazetteer.gazetteer import Gazetteer
    from gazetteer.render import Rendering

__all__ = ["beside_option", "page_of"]

beside_option = click.option(
    "--beside",
    multiple=True,
    metavar="PERSPECTIVE",
    help="Show this one beside the other in an HTML report; may be repeated.",
)


def page_of(
    gazetteer: Gazetteer,
    file: str,
    renderings: Sequence[Rendering],
    beside: Sequence[str],
    again: Callable[[str], Sequence[Rendering]],
    report: Path,
    names: Sequence[str] = (),
) -> str:
    """Return the page on one document; empty if the report is to be no page.

    Args:
        gazetteer: the data in use.
        file: the document's name.
        renderings: of its texts.
        beside: more perspectives to show.
        again: renders the same texts by another perspective.
        report: where it is to be written; its suffix tells whether it is a page.
        names: what its texts are called, where it has several.
    """
    if report.suffix.lower() not in (".html", ".htm"):
        return ""
    from pathlib import PurePath

    from gazetteer.desk.report import html_report

    columns = [renderings, *(again(each) for each in dict.fromkeys(beside))]
    title = PurePath(file).name if file != "-" else "standard input"
    return html_report(gazetteer, columns, title=title, names=names)
