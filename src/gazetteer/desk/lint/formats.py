"""Findings as text, as JSON, as commands to GitHub's runner and as SARIF 2.1.0."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from gazetteer.desk.lint.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gazetteer.desk.lint.rules import Finding

__all__ = ["FORMATS", "write_findings"]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)


def write_findings(findings: Sequence[Finding], form: str, *, version: str) -> str:
    """Return findings in one of `FORMATS`, each line ended.

    Args:
        findings: in the order in which they are to be told.
        form: one of `FORMATS`.
        version: of this program, which SARIF names.

    Raises:
        KeyError: if there is no such format.
    """
    if form == "sarif":
        return (
            json.dumps(_sarif(findings, version), ensure_ascii=False, indent=2) + "\n"
        )
    return "".join(f"{_LINES[form](each)}\n" for each in findings)


def _text(finding: Finding) -> str:
    where = finding.file
    if finding.line is not None:
        where += f":{finding.line}:{finding.column}"
    if finding.where:
        where += f": {finding.where}"
    what = f"{finding.text!r}: " if finding.text else ""
    return f"{where}: {finding.rule}: {what}{finding.message}"


def _json(finding: Finding) -> str:
    return json.dumps(finding.to_dict(), ensure_ascii=False)


def _github(finding: Finding) -> str:
    # https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    fields: dict[str, Any] = {
        "title": f"gazetteer ({finding.rule})",
        "file": finding.file,
        "line": finding.line,
        "col": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    if finding.line is None:
        fields = {key: value for key, value in fields.items() if value is not None}
    elif finding.end_line != finding.line:
        # columns of several lines are not shown, and are refused by some runners
        del fields["col"], fields["endColumn"]
    said = ",".join(f"{key}={_property(str(each))}" for key, each in fields.items())
    what = f"{finding.where}: " if finding.where else ""
    what += f"{finding.text!r}: " if finding.text else ""
    return f"::{finding.level} {said}::{_data(f'{what}{finding.message}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_LINES: Final[dict[str, Callable[[Finding], str]]] = {
    "text": _text,
    "json": _json,
    "github": _github,
}

FORMATS: Final = (*_LINES, "sarif")
"""The formats of findings; ``json`` is one object a line."""


def _sarif(findings: Sequence[Finding], version: str) -> dict[str, Any]:
    driver = {
        "name": "gazetteer",
        "semanticVersion": version,
        "rules": [
            {
                "id": rule.code,
                "shortDescription": {"text": rule.title},
                "help": {"text": rule.help},
                "defaultConfiguration": {"level": rule.level},
            }
            for rule in RULES.values()
        ],
    }
    seen: Counter[tuple[str, str, str]] = Counter()
    results = []
    for finding in findings:
        key = (finding.file, finding.rule, finding.text)
        seen[key] += 1
        results.append(_result(finding, seen[key]))
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, number: int) -> dict[str, Any]:
    artifact = {"uri": _uri(finding.file)}
    what = f"{finding.text!r}: " if finding.text else ""
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": list(RULES).index(finding.rule),
        "level": finding.level,
        "message": {"text": what + finding.message},
        "locations": [_location(finding, artifact)],
        # the same finding keeps it when lines are added above
        "partialFingerprints": {
            "nameInFile/v1": f"{finding.rule}:{finding.text}:{number}"
        },
        "properties": {"placeIds": list(finding.place_ids)},
    }
    if finding.fix is not None and finding.line is not None:
        fix = finding.fix
        deleted = {"charOffset": fix.start, "charLength": fix.end - fix.start}
        replacement = {"deletedRegion": deleted, "insertedContent": {"text": fix.text}}
        change = {"artifactLocation": artifact, "replacements": [replacement]}
        result["fixes"] = [
            {
                "description": {"text": f"write {fix.text!r}"},
                "artifactChanges": [change],
            }
        ]
    return result


def _location(finding: Finding, artifact: dict[str, Any]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": artifact}
    if finding.line is not None:
        place["region"] = {
            "startLine": finding.line,
            "startColumn": finding.column,
            "endLine": finding.end_line,
            "endColumn": finding.end_column,
            "charOffset": finding.start,
            "charLength": finding.end - finding.start,
        }
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.where:
        # a part of a document has no line; a field has, and its name says more
        location["logicalLocations"] = [{"fullyQualifiedName": finding.where}]
    return location


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
