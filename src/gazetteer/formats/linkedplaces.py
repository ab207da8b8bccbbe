"""Linked Places Format 1.3: a collection, features one a line, or the table LP-TSV.

Sources: https://github.com/LinkedPasts/linked-places-format (README.md, version 1.3,
and tsv_0.5.md)
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any, ClassVar, Final

from gazetteer.errors import DataError, Problem
from gazetteer.formats.building import country_place
from gazetteer.formats.csvfile import scheme_of
from gazetteer.formats.faults import SourceError
from gazetteer.formats.identifiers import NO_SCHEME, SCHEME
from gazetteer.formats.inputs import decode_failure, no_progress
from gazetteer.formats.jsonstream import members
from gazetteer.formats.lpf_place import FeatureReader, Where
from gazetteer.formats.lptsv import HEADER, feature_of_row
from gazetteer.formats.reader import Reader
from gazetteer.model import Authority, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.formats.faults import Faults
    from gazetteer.formats.inputs import Input, Progress
    from gazetteer.model import Place

__all__ = ["LinkedPlaces", "kind_of"]

_EVERY: Final = 1_000


def kind_of(head: bytes) -> str:
    r"""Tell ``lines``, ``collection`` or ``table`` by the first bytes of a file.

    Returns:
        One of the three, or an empty text for something else.

    Examples:
        >>> kind_of(b'{"type": "FeatureCollection",\n "features": [')
        'collection'
        >>> kind_of(b'{"type": "Feature", "@id": "a"}\n{"type"')
        'lines'
        >>> kind_of(b"id\ttitle\ttitle_source\tfclasses")
        'table'
    """
    text = head.decode("utf-8-sig", errors="replace").lstrip()
    first = text.partition("\n")[0]
    if text.startswith("{"):
        try:
            value = json.loads(first)
        except (json.JSONDecodeError, RecursionError):
            # one long line that the head cuts off is no evidence of anything else
            whole = '"FeatureCollection"' in text or '"features"' in text
            single = '"Feature"' in text
            return "collection" if whole or single else ""
        if "features" in value:
            return "collection"
        return "lines" if value.get("type") == "Feature" else ""
    columns = {each.strip().strip('"') for each in first.replace(",", "\t").split("\t")}
    return "table" if columns >= HEADER else ""


class LinkedPlaces(Reader):
    """The places of Linked Places files, in their order."""

    format: ClassVar[str] = "lpf"

    def __init__(
        self,
        inputs: Sequence[Input],
        faults: Faults | None = None,
        *,
        scheme: str = "",
        title: str = "",
        licence: str = "",
        url: str = "",
        fclass: str = "",
    ) -> None:
        """Read nothing yet.

        Args:
            inputs: the files.
            faults: where faults are gathered.
            scheme: of the places' ids; made of the first file's name if empty.
            title: of the dataset as a source.
            licence: of the dataset.
            url: of the dataset.
            fclass: of features that do not say theirs.

        Raises:
            SourceError: if the scheme is not one.
        """
        super().__init__(faults)
        self._inputs = inputs
        scheme = scheme or scheme_of(inputs[0].stem)
        if not SCHEME.fullmatch(scheme):
            raise SourceError(scheme, NO_SCHEME)
        self._scheme = scheme
        self._features = FeatureReader(scheme, fclass, self.faults)
        title = title or ", ".join(each.stem for each in inputs)
        self.sources = self._features.sources
        self.sources[scheme] = Source(scheme, title, url, "", "", licence, scheme)
        self.authorities = {scheme: Authority(scheme, title, "reference", "")}

    def places(self, progress: Progress = no_progress) -> Iterator[Place]:
        """Yield the places; see `Reader.places`."""
        first_lines: dict[str, Where] = {}
        for each in self._inputs:
            for feature, where in self._features_of(each, progress):
                place = self._features.read(feature, where)
                if place is None:
                    continue
                taken = first_lines.setdefault(place.place_id, where)
                if taken is not where:
                    message = f"the feature at {taken.file}:{taken.line} has the same"
                    self.faults.error(
                        *where, "@id", place.place_id, "taken-id", message
                    )
                    continue
                yield place
            self.faults.settle()
        self.authorities |= self._features.authorities
        for code in sorted(self._features.stubs):
            yield country_place(code, self._scheme)

    def _features_of(
        self, each: Input, progress: Progress
    ) -> Iterator[tuple[Any, Where]]:
        kind = kind_of(each.head())
        if kind == "lines":
            yield from self._lines(each, progress)
        elif kind == "table":
            yield from self._table(each, progress)
        else:
            yield from self._collection(each, progress)

    def _collection(
        self, each: Input, progress: Progress
    ) -> Iterator[tuple[Any, Where]]:
        single: dict[str, Any] = {}
        count = 0
        what = f"reading {each.stem}"
        with each.open() as (stream, share):
            for member in members(stream, each.name, "features"):
                if member.key == "features":
                    count += 1
                    if count % _EVERY == 0:
                        progress(what, count, min(share(), 0.99))
                    yield member.value, Where(each.name, member.line)
                else:
                    single[member.key] = member.value
            progress(what, count, 1.0)
        if single.get("type") == "Feature":
            yield single, Where(each.name, 1)
        elif not count and single.get("type") != "FeatureCollection":
            message = 'neither a "FeatureCollection" nor a "Feature"'
            problem = Problem(each.name, 1, 1, "type", "", "not-lpf", message)
            raise DataError([problem])

    def _lines(self, each: Input, progress: Progress) -> Iterator[tuple[Any, Where]]:
        for number, line in each.lines(f"reading {each.stem}", progress):
            if not line.strip(b" \t\x1e"):  # RFC 8142 begins each with a record mark
                continue
            try:
                value = json.loads(line.lstrip(b"\x1e").decode("utf-8-sig"))
            except UnicodeDecodeError as error:
                message = decode_failure(error)
                self.faults.error(each.name, number, "", "", "not-utf8", message)
                continue
            except (json.JSONDecodeError, RecursionError) as error:
                message = f"{error}; each line is one feature"
                self.faults.error(each.name, number, "", "", "bad-json", message)
                continue
            yield value, Where(each.name, number)

    def _table(self, each: Input, progress: Progress) -> Iterator[tuple[Any, Where]]:
        def text() -> Iterator[str]:
            for number, line in each.lines(f"reading {each.stem}", progress):
                try:
                    yield line.decode("utf-8-sig" if number == 1 else "utf-8") + "\n"
                except UnicodeDecodeError as error:
                    message = decode_failure(error)
                    raise DataError(
                        [Problem(each.name, number, 0, "", "", "not-utf8", message)]
                    ) from error

        lines = text()
        first = next(lines)
        if "\t" in first:
            # the format has no quotation marks around the cells of tab-separated files
            rows = csv.reader(_chain(first, lines), "excel-tab", quoting=csv.QUOTE_NONE)
        else:
            rows = csv.reader(_chain(first, lines), strict=True)
        try:
            header = [cell.strip() for cell in next(rows)]
            for cells in rows:
                if any(cells):
                    where = Where(each.name, rows.line_num)
                    row = dict(zip(header, cells, strict=False))
                    feature = feature_of_row(row, where, self.faults)
                    if feature is not None:
                        yield feature, where
        except csv.Error as error:
            line = rows.line_num
            raise DataError(
                [Problem(each.name, line, 0, "", "", "bad-csv", str(error))]
            ) from error


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
