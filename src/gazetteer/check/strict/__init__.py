"""What is likely wrong though no row breaks a rule, and what of it was accepted.

Each module looks for one kind of thing; a *finding* has a kind and a key, and a row of
accepted.csv with both says that somebody looked and why it is right as it is. A row
that accepts what is no longer found is a warning, so that the table cannot rot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.check.strict.areas import area_findings
from gazetteer.check.strict.citing import citing_findings
from gazetteer.check.strict.doubles import double_findings
from gazetteer.check.strict.homonyms import homonym_findings
from gazetteer.check.strict.spelling import spelling_findings
from gazetteer.check.strict.survey import Survey
from gazetteer.check.strict.times import time_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.check.data import CheckedData
    from gazetteer.errors import Problem

__all__ = ["CROSSCHECKS", "strict_problems"]

CROSSCHECKS = "crosscheck-"
"""How the kinds begin that a comparison with another register finds, not this."""


def strict_problems(data: CheckedData) -> Iterator[Problem]:
    """Yield findings, with the severity ``finding`` or ``accepted``.

    Args:
        data: rows without a fault in any cell.
    """
    survey = Survey(data)
    accepted = {
        (row["finding"], row["key"]): row
        for row in data.rows["accepted"]
        if not row["finding"].startswith(CROSSCHECKS)
    }
    found: set[tuple[str, str]] = set()
    for look in (
        homonym_findings,
        area_findings,
        double_findings,
        spelling_findings,
        time_findings,
        citing_findings,
    ):
        for finding in look(survey):
            key = (finding.code, finding.key)
            found.add(key)
            row = accepted.get(key)
            if row is None:
                yield finding
                continue
            message = f"{finding.message}; accepted: {row['reason']}"
            yield finding._replace(message=message, severity="accepted")
    for key, row in accepted.items():
        if key not in found:
            message = "this is not found any more; take the row out"
            yield row.problem("key", "stale-acceptance", message, "warning")
