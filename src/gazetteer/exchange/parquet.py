"""A directory of Parquet files, one for each table, and the file of perspectives.

Numbers are numbers, sets are lists of texts, and blank cells are null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.exchange.cells import rules_of, table_cells
from gazetteer.exchange.errors import ExportError
from gazetteer.tables.columns import TABLES
from gazetteer.writing import whole_directory

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.exchange.losses import Losses
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.tables.columns import Column, Table

__all__ = ["write_parquet"]


def write_parquet(gazetteer: Gazetteer, path: Path, losses: Losses) -> None:
    """Write the directory.

    Raises:
        ExportError: if pyarrow is not there.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        reason = "Parquet needs pyarrow: pip install 'gazetteer[parquet]'"
        raise ExportError(str(path), reason) from error
    rows = table_cells(gazetteer.tables)
    rules = rules_of(gazetteer, losses)
    with whole_directory(path) as part:
        for table in TABLES.values():
            made = _table(pa, table, rows[table.name], gazetteer.version)
            pq.write_table(made, part / f"{table.name}.parquet")
        if rules:
            target = part / "perspectives.toml"
            target.write_text(rules, encoding="utf-8", newline="")


def _table(pa: Any, table: Table, rows: list[list[str]], version: str) -> Any:
    fields, columns = [], []
    for at, column in enumerate(table.columns):
        kind = _kind(pa, column)
        fields.append(pa.field(column.name, kind, nullable=not column.required))
        columns.append(pa.array([_value(column, row[at]) for row in rows], kind))
    metadata = {"gazetteer": version, "description": table.about}
    return pa.table(columns, schema=pa.schema(fields, metadata))


def _kind(pa: Any, column: Column) -> Any:
    if column.many:
        return pa.list_(pa.string())
    return pa.float64() if column.kind == "number" else pa.string()


def _value(column: Column, cell: str) -> Any:
    if column.many:
        return cell.split()
    if not cell:
        return None
    return float(cell) if column.kind == "number" else cell
