"""Sources that nothing cites: what was read and bears no row any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.check.strict.survey import finding
from gazetteer.tables.columns import ALL_TABLES, SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazetteer.check.rows import Row
    from gazetteer.check.strict.survey import Survey
    from gazetteer.errors import Problem

__all__ = ["cited_sources", "citing_findings"]

_KEY = f"{SOURCES.name}.{SOURCES.key[0]}"


def citing_findings(survey: Survey) -> Iterator[Problem]:
    """Yield sources of the directory that neither a row nor a perspective cites."""
    cited = survey.data.cited
    for row in survey.data.rows[SOURCES.name]:
        source = row[SOURCES.key[0]]
        if source not in cited:
            message = (
                "no row of any table and no perspective cites it; cite it where it "
                "bears something, or take the row out"
            )
            yield finding(row, SOURCES.key[0], "uncited-source", source, message)


def cited_sources(rows: Mapping[str, list[Row]]) -> frozenset[str]:
    """Return the keys that the rows of all tables cite, whatever faults they have."""
    return frozenset(
        key
        for table in ALL_TABLES.values()
        for column in table.columns
        if column.target == _KEY
        for row in rows[table.name]
        for key in row[column.name].split()
    )
