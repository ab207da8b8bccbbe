"""datapackage.json: that it says which version of which files this is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from gazetteer.errors import Problem
from gazetteer.tables.cells import Lines
from gazetteer.tables.columns import ALL_TABLES
from gazetteer.tables.raw import PACKAGE_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic_core import ErrorDetails

__all__ = ["package_problems"]

_POSITION = re.compile(r"line (\d+) column (\d+)")

# https://datapackage.org/standard/data-package/, the part that is asked for here
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Licence(BaseModel):
    model_config = ConfigDict(extra="allow")
    name: _Text


class _Resource(BaseModel):
    model_config = ConfigDict(extra="allow")
    name: _Text
    path: _Text


class _Package(BaseModel):
    model_config = ConfigDict(extra="allow")
    name: _Text
    version: _Text
    licenses: list[_Licence]
    resources: list[_Resource]


def package_problems(directory: Path, *, required: bool) -> Iterator[Problem]:
    """Report what is wrong with the description of a directory.

    Args:
        directory: where the tables are.
        required: whether a missing description is a fault.
    """
    path = directory / PACKAGE_FILE
    if not path.is_file():
        if required:
            message = f"{PACKAGE_FILE} states the version of the data; there is none"
            yield Problem(str(path), 0, 0, "", "", "missing-file", message)
        return
    text = path.read_bytes().decode("utf-8", errors="replace")
    try:
        package = _Package.model_validate_json(text)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            yield _invalid(str(path), text, each)
        return
    listed = {resource.path for resource in package.resources}
    for table in ALL_TABLES.values():
        if (directory / table.file).is_file() and table.file not in listed:
            message = f"no resource has the path {table.file!r}"
            yield _at(str(path), text, "resources", "resources", "", message)
    for resource in package.resources:
        if not (directory / resource.path).is_file():
            message = "there is no such file"
            yield _at(str(path), text, resource.path, "path", resource.path, message)


def _at(
    path: str, text: str, quoted: str, field: str, value: str, message: str
) -> Problem:
    """Return a problem at the first place where a text stands in quotation marks."""
    offset = max(text.find(f'"{quoted}"'), 0)
    line, column = Lines(text).position(offset)
    return Problem(path, line, column, field, value, "bad-datapackage", message)


def _invalid(path: str, text: str, error: ErrorDetails) -> Problem:
    keys = [str(part) for part in error["loc"]]
    last = keys[-1] if keys else ""
    found = _at(path, text, last, ".".join(keys), "", error["msg"])
    broken = _POSITION.search(error["msg"])  # of JSON that cannot be parsed
    if broken:
        found = found._replace(line=int(broken[1]), column=int(broken[2]))
    return found
