"""Columns and files of names in, decisions out.

A file is read in pieces, so that memory does not grow with its length; each distinct
(name, context) of a piece is resolved once and joined back to its rows.
"""

from __future__ import annotations

import csv
import os
import tempfile
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from gazetteer.errors import ContextError, DataError, Problem
from gazetteer.resolve import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gazetteer.gazetteer import Gazetteer
    from gazetteer.resolve import Policy, Resolution

__all__ = [
    "CONTEXT_FIELDS",
    "OUTPUT_COLUMNS",
    "BatchOptions",
    "Tally",
    "atomic_output",
    "resolve_csv",
]

CONTEXT_FIELDS = (
    "country",
    "within",
    "type",
    "lang",
    "event",
    "published",
    "lat",
    "lon",
)

OUTPUT_COLUMNS = (
    "place_id",
    "outcome",
    "method",
    "similarity",
    "score",
    "margin",
    "name",
    "label",
    "wikidata",
    "geonames",
    "candidates",
    "note",
    "data_version",
)

_PIECE = 5_000


class BatchOptions(NamedTuple):
    """How to read, resolve and write a file of names.

    Attributes:
        column: header of the column of names.
        context_columns: field of `CONTEXT_FIELDS` to header.
        perspective: whose label goes into the ``label`` column, or None for none.
        lang: language of the labels.
        prefix: before each column that is added.
        delimiter: one character, or None to tell comma, semicolon and tab apart by
            the header.
    """

    column: str
    context_columns: Mapping[str, str] = {}
    perspective: str | None = None
    lang: str = "en"
    prefix: str = "gz_"
    delimiter: str | None = None
    policy: Policy | None = None


class Tally(NamedTuple):
    """How many rows came out how."""

    rows: int
    outcomes: dict[str, int]
    bad_contexts: int


def resolve_csv(
    gazetteer: Gazetteer,
    lines: TextIO,
    output: TextIO,
    options: BatchOptions,
    *,
    file: str = "-",
    progress: Callable[[int], None] | None = None,
) -> Tally:
    """Resolve one column of a CSV, adding the answer's columns to each row.

    Every input column and row is kept, in order. A row whose context cannot be used
    (an unknown country, a bad date) is left ``unmatched`` with the reason in the
    ``note`` column, since an answer without that context would be a guess.

    Args:
        gazetteer: whose answers are wanted.
        lines: the CSV with a header, opened with ``newline=""``.
        output: where the rows go.
        options: see `BatchOptions`.
        file: what to call the input in an error.
        progress: called with the number of rows done so far.

    Raises:
        DataError: if a column is missing or would be written over, or a row has more
            cells than the header; with file, line and column.
    """
    first = lines.readline()
    dialect = options.delimiter or _delimiter(first)
    reader = csv.reader(_chain(first, lines), delimiter=dialect, strict=True)
    header = _read_header(reader, file)
    added = [f"{options.prefix}{name}" for name in OUTPUT_COLUMNS]
    _require_columns(header, added, options, file)
    writer = csv.writer(output, delimiter=dialect, lineterminator="\n")
    writer.writerow([*header, *added])

    name_at = header.index(options.column)
    context_at = {
        field: header.index(column) for field, column in options.context_columns.items()
    }
    outcomes: dict[str, int] = {}
    done = bad = 0
    rows = _sound_rows(reader, len(header), file)
    while piece := list(islice(rows, _PIECE)):
        contexts, notes = _contexts(gazetteer, piece, context_at)
        answers = gazetteer.resolve_many(
            [row[name_at] for row in piece], contexts=contexts, policy=options.policy
        )
        cells: dict[int, list[str]] = {}
        for row, note, answer in zip(piece, notes, answers, strict=True):
            if note:
                bad += 1
                outcome, tail = "unmatched", _refused(note, gazetteer.version)
            else:
                outcome = answer.outcome
                # equal queries share one Resolution, so their cells are made once
                known = cells.get(id(answer))
                if known is None:
                    known = cells[id(answer)] = _cells(gazetteer, answer, options)
                tail = known
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
            writer.writerow([*row, *tail])
        done += len(piece)
        if progress is not None:
            progress(done)
    return Tally(done, outcomes, bad)


@contextmanager
def atomic_output(path: Path, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Write beside a file and rename over it at the end, or leave the old one.

    A failure inside the block removes the part that was written.
    """
    handle, beside = tempfile.mkstemp(
        dir=path.parent, prefix=f".{path.name}.", suffix=".part"
    )
    try:
        with os.fdopen(handle, "w", encoding=encoding, newline="") as output:
            yield output
            output.flush()
            os.fsync(output.fileno())
        # mkstemp makes the file private; a new file gets what the umask allows
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(beside).chmod(mode)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _chain(first: str, rest: Iterable[str]) -> Iterator[str]:
    # a byte order mark is a mark of the encoding, not a part of the first header
    yield first.removeprefix("\ufeff")
    yield from rest


def _read_header(reader: Iterator[list[str]], file: str) -> list[str]:
    header = next(reader, [])
    if not any(header):
        problem = Problem(
            file, 1, 0, "", "", "empty-file", "a CSV needs a header and rows"
        )
        raise DataError([problem])
    return header


def _require_columns(
    header: Sequence[str], added: Sequence[str], options: BatchOptions, file: str
) -> None:
    problems = []
    listed = ", ".join(repr(column) for column in header)
    wanted = [("column", options.column), *options.context_columns.items()]
    for field, column in wanted:
        if header.count(column) != 1:
            several = "several columns have" if column in header else "no column has"
            message = f"{several} this header; there are: {listed}"
            problems.append(
                Problem(file, 1, 0, field, column, "missing-column", message)
            )
    for name in added:
        if name in header:
            at = header.index(name) + 1
            message = "would be written over; choose another --prefix"
            problems.append(
                Problem(file, 1, at, "column", name, "column-taken", message)
            )
    if problems:
        raise DataError(problems)


def _sound_rows(
    reader: Iterator[list[str]], width: int, file: str
) -> Iterator[list[str]]:
    # `line_num` is the last line of a row, also where a quoted cell spans several.
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            line = getattr(reader, "line_num", 0)
            raise DataError(
                [Problem(file, line, 0, "", "", "bad-csv", str(error))]
            ) from error
        if not row:
            continue
        if len(row) > width:
            message = f"{len(row)} cells where the header has {width}; quote commas"
            line = getattr(reader, "line_num", 0)
            raise DataError(
                [Problem(file, line, width + 1, "", row[width], "bad-row", message)]
            )
        yield row + [""] * (width - len(row))


def _contexts(
    gazetteer: Gazetteer, piece: list[list[str]], at: Mapping[str, int]
) -> tuple[list[Context | None], list[str]]:
    if not at:
        return [None] * len(piece), [""] * len(piece)
    made: dict[tuple[str, ...], tuple[Context | None, str]] = {}
    contexts: list[Context | None] = []
    notes: list[str] = []
    for row in piece:
        values = tuple(row[column].strip() for column in at.values())
        if values not in made:
            made[values] = _context(gazetteer, dict(zip(at, values, strict=True)))
        context, note = made[values]
        contexts.append(context)
        notes.append(note)
    return contexts, notes


def _context(
    gazetteer: Gazetteer, fields: dict[str, str]
) -> tuple[Context | None, str]:
    given = {field: value for field, value in fields.items() if value}
    if not given:
        return None, ""
    lat, lon = given.pop("lat", None), given.pop("lon", None)
    try:
        near = _point(lat, lon)
        context = Context(
            country=given.get("country"),
            within=given.get("within"),
            type=given.get("type"),
            lang=given.get("lang"),
            event=given.get("event"),
            published=given.get("published"),
            near=near,
        )
        gazetteer.resolve("", context=context)  # raises for a value that is no use
    except ContextError as error:
        return None, str(error)
    return context, ""


def _point(lat: str | None, lon: str | None) -> tuple[float, float] | None:
    if lat is None and lon is None:
        return None
    if lat is None or lon is None:
        field = "lat" if lat is None else "lon"
        raise ContextError(field, "", "a point needs both lat and lon")
    return _degrees("lat", lat, 90), _degrees("lon", lon, 180)


def _degrees(field: str, text: str, limit: int) -> float:
    try:
        degrees = float(text)
    except ValueError:
        raise ContextError(field, text, "not a number of degrees") from None
    if not -limit <= degrees <= limit:
        raise ContextError(field, text, f"not between -{limit} and {limit} degrees")
    return degrees


def _cells(
    gazetteer: Gazetteer, answer: Resolution, options: BatchOptions
) -> list[str]:
    match = answer.match
    best = answer.candidates[0] if answer.candidates else None
    links = match.place.links if match else {}
    label = ""
    if match and options.perspective:
        label = gazetteer.label(
            match.place,
            options.perspective,
            lang=options.lang,
            event=answer.context.event,
            published=answer.context.published,
        ).text
    return [
        match.place.place_id if match else "",
        answer.outcome,
        best.method if best else "",
        f"{best.similarity:.1f}" if best else "",
        f"{best.score:.1f}" if best else "",
        "" if answer.margin is None else f"{answer.margin:.1f}",
        best.toponym.name if best and best.toponym else "",
        label,
        " ".join(links.get("wikidata", ())),
        " ".join(links.get("geonames", ())),
        " ".join(
            f"{each.place.place_id}:{each.score:.0f}" for each in answer.candidates
        ),
        "; ".join(answer.notes),
        gazetteer.version,
    ]


def _refused(note: str, version: str) -> list[str]:
    cells = dict.fromkeys(OUTPUT_COLUMNS, "")
    cells |= {"outcome": "unmatched", "note": note, "data_version": version}
    return list(cells.values())
