"""This project's own tables out of SQLite and Parquet, as `export` writes them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import quote

from gazetteer.errors import DataError, Problem
from gazetteer.formats.faults import SourceError
from gazetteer.formats.inputs import no_progress
from gazetteer.formats.reader import Reader
from gazetteer.tables.columns import TABLES
from gazetteer.tables.join import merge_tables
from gazetteer.tables.raw import CONVERTERS, UNVERSIONED, RawTables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from gazetteer.formats.faults import Faults
    from gazetteer.formats.inputs import Progress
    from gazetteer.model import Place
    from gazetteer.tables.columns import Table

__all__ = ["SQLITE", "DatabaseTables", "ParquetTables", "SqliteTables"]

SQLITE: Final = b"SQLite format 3\x00"
"""What such a file begins with: https://www.sqlite.org/fileformat.html"""
_RULES: Final = "perspectives.toml"


class DatabaseTables(Reader):
    """The places of tables in some container, the first one winning."""

    def __init__(self, sources: Sequence[Path], faults: Faults | None = None) -> None:
        """Read the tables.

        Raises:
            SourceError: if a source has none of them.
            DataError: listing every row that cannot be read.
        """
        super().__init__(faults)
        self.tables = merge_tables(*map(self._raw, sources))
        self.sources = dict(self.tables.sources)
        self.authorities = dict(self.tables.authorities)
        self.disputes = dict(self.tables.disputes)
        self.phrases = self.tables.phrases
        self.version = self.tables.version

    def places(self, progress: Progress = no_progress) -> Iterator[Place]:
        """Yield the places; see `Reader.places`."""
        yield from self.tables.places.values()
        progress("joining tables", len(self.tables.places), 1.0)

    def _raw(self, source: Path) -> RawTables:
        raise NotImplementedError

    def _made(
        self, source: Path, rows: Mapping[str, Iterable[Sequence[Any]]], version: str
    ) -> RawTables:
        if not rows:
            listed = ", ".join(TABLES)
            raise SourceError(str(source), f"it has none of the tables {listed}")
        problems: list[Problem] = []
        made: dict[str, Any] = {}
        for name, values in rows.items():
            found = []
            for number, row in enumerate(values, start=1):
                try:
                    found.append(CONVERTERS[name](*map(_cell, row)))
                except (ValueError, TypeError) as error:
                    where = f"{source}, table {name}"
                    problems.append(
                        Problem(where, number, 0, "", "", "bad-row", str(error))
                    )
            made[name] = tuple(found)
        if problems:
            raise DataError(problems)
        return RawTables(**made, version=version, directory=str(source))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return str(value)


def _require_columns(source: Path, table: Table, header: Iterable[str]) -> None:
    missing = [name for name in table.header if name not in set(header)]
    if missing:
        reason = f"its table {table.name} lacks the columns {', '.join(missing)}"
        raise SourceError(str(source), reason)


class SqliteTables(DatabaseTables):
    """The places of SQLite files."""

    format: ClassVar[str] = "sqlite"

    def _raw(self, source: Path) -> RawTables:
        address = f"file:{quote(str(source))}?mode=ro"
        try:
            with closing(sqlite3.connect(address, uri=True)) as database:
                return self._read(source, database)
        except sqlite3.Error as error:
            raise SourceError(str(source), f"SQLite says: {error}") from error

    def _read(self, source: Path, database: sqlite3.Connection) -> RawTables:
        listed = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = {name for (name,) in listed}
        rows: dict[str, Iterable[Sequence[Any]]] = {}
        for table in TABLES.values():
            if table.name not in names:
                continue
            info = database.execute(f'PRAGMA table_info("{table.name}")')
            _require_columns(source, table, [row[1] for row in info])
            wanted = ", ".join(f'"{name}"' for name in table.header)
            query = f'SELECT {wanted} FROM "{table.name}"'  # noqa: S608
            rows[table.name] = database.execute(query).fetchall()
        version = _one(database, "SELECT version FROM package", "package" in names)
        rules = _one(database, "SELECT toml FROM perspectives", "perspectives" in names)
        self.perspectives = self.perspectives or rules
        return self._made(source, rows, version or UNVERSIONED)


def _one(database: sqlite3.Connection, query: str, there: bool) -> str:
    found = database.execute(query).fetchone() if there else None
    return str(found[0]) if found else ""


class ParquetTables(DatabaseTables):
    """The places of directories of Parquet files."""

    format: ClassVar[str] = "parquet"

    def _raw(self, source: Path) -> RawTables:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            reason = "Parquet needs pyarrow: pip install 'gazetteer[parquet]'"
            raise SourceError(str(source), reason) from error
        rows: dict[str, Iterable[Sequence[Any]]] = {}
        version = UNVERSIONED
        for table in TABLES.values():
            path = source / f"{table.name}.parquet"
            if not path.is_file():
                continue
            try:
                held = pq.read_table(path)
            except (pa.ArrowInvalid, OSError) as error:
                raise SourceError(str(path), f"pyarrow says: {error}") from error
            _require_columns(source, table, held.column_names)
            columns = [held.column(name).to_pylist() for name in table.header]
            rows[table.name] = list(zip(*columns, strict=True))
            metadata = held.schema.metadata or {}
            version = metadata.get(b"gazetteer", version.encode()).decode()
        rules = source / _RULES
        if rules.is_file() and not self.perspectives:
            self.perspectives = rules.read_text(encoding="utf-8")
        return self._made(source, rows, version)
