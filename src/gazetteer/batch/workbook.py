"""Excel workbooks are written here: one sheet of values.

The body is the rows of the sheet, which grows at its end; at last the archive is made
around it, without the time of day, so that the same rows give the same bytes.
ECMA-376, part 1, sections 18.3.1 and 22.9.2.19.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from gazetteer.batch.errors import BatchError
from gazetteer.batch.reading import Writer
from gazetteer.batch.values import text_of
from gazetteer.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from gazetteer.batch.reading import Answered, Piece
    from gazetteer.batch.values import Value

__all__ = ["ExcelWriter"]

# https://support.microsoft.com: Excel specifications and limits
_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
_LONGEST_TEXT: Final = 32_767
_EXACT: Final = 10**15
"""Whole numbers from here on lose digits in a cell."""

# what XML cannot hold or would change, and what looks like the escape itself
_TO_ESCAPE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001  # a cell has no time zone
_FIRST_DAY: Final = datetime(1900, 3, 1)  # noqa: DTZ001  # before it Excel counts wrong


class ExcelWriter(Writer):
    """Writes a workbook of one sheet; its body is the rows of that sheet."""

    format: ClassVar[str] = "xlsx"
    whole: ClassVar[bool] = False

    def __init__(
        self, header: Sequence[str], added: Sequence[Answered], *, name: str = "-"
    ) -> None:
        """Take the columns.

        Raises:
            BatchError: if there are more than a sheet has.
        """
        self._name = name
        self._header = [*header, *(each.name for each in added)]
        if len(self._header) > _MOST_COLUMNS:
            raise BatchError(name, f"a sheet has at most {_MOST_COLUMNS:,} columns")
        self._letters = [_letters(column) for column in range(len(self._header))]
        self._own = len(header)

    def head(self) -> bytes:
        """Return the row of the header."""
        return self._row(1, self._header).encode()

    def tail(self, values: Sequence[Value]) -> object:
        """Return the values."""
        return tuple(
            round(value, 1) if isinstance(value, float) else value for value in values
        )

    def encode(self, piece: Piece, tails: Sequence[object], start: int) -> bytes:
        """Return some rows as they stand in the sheet; see `Writer.encode`."""
        if start + len(piece) >= _MOST_ROWS:
            reason = (
                f"a sheet has at most {_MOST_ROWS:,} rows; write CSV or Parquet with "
                f"--output-format"
            )
            raise BatchError(self._name, reason)
        return "".join(
            [
                self._row(number, [*row, *tail])  # type: ignore[misc]
                for number, (row, tail) in enumerate(
                    zip(piece.rows(), tails, strict=True), start=start + 2
                )
            ]
        ).encode()

    def seal(self, body: BinaryIO, out: BinaryIO) -> None:
        """Write the workbook around a body; see `Writer.seal`."""
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in _PARTS.items():
                archive.writestr(_member(name), text)
            with archive.open(_member(_SHEET), "w", force_zip64=True) as sheet:
                sheet.write(_SHEET_HEAD)
                while block := body.read(1 << 20):
                    sheet.write(block)
                sheet.write(_SHEET_END)

    def _row(self, number: int, values: Sequence[Value]) -> str:
        cells = "".join(
            [
                self._cell(f"{letters}{number}", value)
                for letters, value in zip(self._letters, values, strict=True)
                if value is not None and value != ""
            ]
        )
        return f'<row r="{number}">{cells}</row>'

    def _cell(self, at: str, value: Value) -> str:
        if isinstance(value, bool):
            return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
        if isinstance(value, int | float):
            if abs(value) < _EXACT:
                return f'<c r="{at}"><v>{value!r}</v></c>'
        elif isinstance(value, datetime | date | time):
            serial = _serial(value)
            if serial is not None:
                return f'<c r="{at}" s="{serial[1]}"><v>{serial[0]!r}</v></c>'
        text = text_of(value)
        if len(text) > _LONGEST_TEXT:
            raise self._too_long(at, text)
        if text.isalnum():
            safe = text
        else:
            safe = _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
            safe = safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return (
            f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{safe}</t></is></c>'
        )

    def _too_long(self, at: str, text: str) -> DataError:
        found = re.fullmatch("([A-Z]+)([0-9]+)", at)
        assert found is not None  # noqa: S101  # made above
        column = self._letters.index(found[1])
        message = (
            f"a cell holds at most {_LONGEST_TEXT:,} characters, not {len(text):,}"
        )
        field = self._header[column]
        return DataError(
            [
                Problem(
                    self._name, int(found[2]), column + 1, field, text[:80],
                    "bad-cell", message,
                )
            ]
        )  # fmt: skip


def _letters(column: int) -> str:
    """Return the letters of a column.

    Examples:
        >>> _letters(0), _letters(25), _letters(26)
        ('A', 'Z', 'AA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _serial(value: datetime | date | time) -> tuple[float | int, int] | None:
    """Return days since the end of 1899, and the style; None if a sheet has none."""
    if isinstance(value, time):
        moment = datetime.combine(_EPOCH.date(), value.replace(tzinfo=None))
        return (moment - _EPOCH) / timedelta(days=1), 3
    if not isinstance(value, datetime):
        day = datetime(value.year, value.month, value.day)  # noqa: DTZ001
        return ((day - _EPOCH).days, 1) if day >= _FIRST_DAY else None
    if value.tzinfo is not None or value < _FIRST_DAY:
        return None
    return (value - _EPOCH) / timedelta(days=1), 2


def _member(name: str) -> zipfile.ZipInfo:
    # the earliest time that an archive can state, instead of now
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


_SHEET: Final = "xl/worksheets/sheet1.xml"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET_HEAD: Final = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews><sheetData>"
).encode()
_SHEET_END: Final = b"</sheetData></worksheet>"
_PARTS: Final = {
    "[Content_Types].xml": (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/{_SHEET}" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELS}/officeDocument" '
        f' Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELS}/worksheet" '
        'Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELS}/styles" Target="styles.xml"/>'
        "</Relationships>"
    ),
    "xl/styles.xml": (
        f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="3">'
        '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
        '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>'
        '<numFmt numFmtId="166" formatCode="hh:mm:ss"/></numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
        '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" '
        'borderId="0"/></cellStyleXfs><cellXfs count="4">'
        + "".join(
            f'<xf numFmtId="{style}" fontId="0" fillId="0" borderId="0" xfId="0" '
            'applyNumberFormat="1"/>'
            for style in (0, 164, 165, 166)
        )
        + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" '
        'builtinId="0"/></cellStyles></styleSheet>'
    ),
}
