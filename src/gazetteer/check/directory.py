"""Every problem of every file of a directory, at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.check.data import CheckedData
from gazetteer.check.keys import key_problems
from gazetteer.check.models import row_problems
from gazetteer.check.names import name_problems
from gazetteer.check.package import package_problems
from gazetteer.check.rows import check_file
from gazetteer.check.statements import statement_problems
from gazetteer.check.strict import strict_problems
from gazetteer.check.strict.citing import cited_sources
from gazetteer.errors import DataNotFoundError, Problem
from gazetteer.labels.perspectives import check_perspectives, cited_by_perspectives
from gazetteer.tables import merge_tables, unjoin_tables
from gazetteer.tables.columns import ALL_TABLES, TABLES
from gazetteer.tables.raw import CONVERTERS, PACKAGE_FILE, RawTables

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping

    from gazetteer.check.rows import Row
    from gazetteer.model import Tables

__all__ = ["check_directory"]

_PERSPECTIVES = "perspectives.toml"


def check_directory(
    directory: str | os.PathLike[str],
    *,
    base: Tables | None = None,
    strict: bool = False,
) -> list[Problem]:
    """Return every problem of every file of a directory, in the order of the files.

    A directory with a datapackage.json, or without a base, is a whole data set and
    must have every table. Any other is one of house rules: it may have a few tables
    only, refer to rows of the base, and is only warned of untidy files; it must not
    have a row that the base has.

    Args:
        directory: where the tables are.
        base: the tables that the directory may lean on.
        strict: whether to look for what is likely wrong too, and say what of that was
            accepted; see `gazetteer.check.strict`.

    Raises:
        DataNotFoundError: if there is no such directory.
    """
    where = Path(directory)
    if not where.is_dir():
        raise DataNotFoundError(str(where), "there is no such directory")
    overlay = base is not None and not (where / PACKAGE_FILE).is_file()
    tidy = "warning" if overlay else "error"
    problems = list(package_problems(where, required=not overlay))
    problems += _files(where, overlay=overlay)
    rows: dict[str, list[Row]] = {}
    for table in ALL_TABLES.values():
        rows[table.name] = []
        path = where / table.file
        if path.is_file():
            checked = check_file(table, str(path), path.read_bytes(), tidy)
            rows[table.name] = checked.rows
            problems += checked.problems
    data = CheckedData(rows, base, overlay=overlay)
    sound = _sound_rows(data, problems)
    problems += key_problems(data, tidy)
    problems += name_problems(data)
    problems += statement_problems(data)
    if strict:
        cited = cited_sources(rows) | cited_by_perspectives(where)
        problems += strict_problems(
            CheckedData(sound, base, overlay=overlay, cited=cited)
        )
    if (where / _PERSPECTIVES).is_file():
        problems += check_perspectives(where, _joined(sound, str(where), base))
    return sorted(dict.fromkeys(problems), key=_position)


def _position(problem: Problem) -> tuple[Any, ...]:
    tables = [table.file for table in ALL_TABLES.values()]
    files = [PACKAGE_FILE, *tables, _PERSPECTIVES]
    name = Path(problem.file).name
    order = files.index(name) if name in files else len(files)
    return (order, *problem)


def _files(directory: Path, *, overlay: bool) -> Iterator[Problem]:
    expected = {table.file for table in TABLES.values()}
    found = {path.name for path in directory.iterdir()}
    for name in sorted(expected - found):
        if not overlay:
            message = "a whole data set has this table, if only its header"
            yield Problem(str(directory / name), 0, 0, "", "", "missing-file", message)
    for name in sorted(found - {table.file for table in ALL_TABLES.values()}):
        if name.endswith(".csv"):
            message = (
                f"no table has this name; tables are {', '.join(sorted(expected))}"
            )
            yield Problem(
                str(directory / name), 0, 0, "", "", "unknown-file", message, "warning"
            )
    if overlay and not found & {*expected, _PERSPECTIVES}:
        message = f"nothing to add; it has none of {', '.join(sorted(expected))}"
        yield Problem(str(directory), 0, 0, "", "", "missing-file", message)


def _sound_rows(data: CheckedData, problems: list[Problem]) -> dict[str, list[Row]]:
    """Report what is wrong with single cells; return the rows that have no fault."""
    sound: dict[str, list[Row]] = {}
    for name, rows in data.rows.items():
        sound[name] = []
        for row in rows:
            found = list(row_problems(row))
            problems += found
            if not found:
                sound[name].append(row)
    return sound


def _joined(
    rows: Mapping[str, list[Row]], directory: str, base: Tables | None
) -> Tables:
    """Return the tables as far as they have no fault, over those of the base."""
    values: dict[str, Any] = {
        name: tuple(CONVERTERS[name](*row.texts()) for row in rows[name])
        for name in TABLES
    }
    own = RawTables(**values, directory=directory)
    if base is None:
        return merge_tables(own, strict=False)
    both = merge_tables(own, unjoin_tables(base), strict=False)
    return both._replace(directories=(directory, *base.directories))
