"""A file of names in, the same file with the answers out."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from gazetteer.batch.answers import NUMBERS, OUTPUT_COLUMNS
from gazetteer.batch.csvfile import CsvReader
from gazetteer.batch.decisions import read_decisions
from gazetteer.batch.errors import BatchError
from gazetteer.batch.files import format_of, open_reader, open_writer, table_writer
from gazetteer.batch.kernel import Kernel
from gazetteer.batch.options import CONTEXT_FIELDS, Tally, no_progress
from gazetteer.batch.partial import Partial
from gazetteer.batch.reading import Answered
from gazetteer.batch.review import Review, review_header
from gazetteer.batch.source import Source
from gazetteer.display.counts import counted
from gazetteer.errors import DataError, Problem
from gazetteer.writing import file_behind, is_stream, stream_to, whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.batch.decisions import Decisions
    from gazetteer.batch.kernel import Query
    from gazetteer.batch.options import BatchOptions, Progress
    from gazetteer.batch.reading import Piece, Reader, Writer
    from gazetteer.gazetteer import Gazetteer

__all__ = ["resolve_file"]

_Path = str | os.PathLike[str]
_PATH: Final = (str, os.PathLike)


def resolve_file(
    gazetteer: Gazetteer,
    source: _Path | BinaryIO,
    output: _Path | BinaryIO,
    options: BatchOptions,
    *,
    review: _Path | None = None,
    decisions: Sequence[_Path] = (),
    resume: bool = False,
    progress: Progress = no_progress,
) -> Tally:
    """Resolve one column of a file, adding the answer's columns to each row.

    Every input column and row is kept, in order. A row whose context cannot be used
    (an unknown country, a bad date) is left ``unmatched`` with the reason in the
    ``note`` column, since an answer without that context would be a guess.

    The output appears whole or not at all. While it is written, its parts stand beside
    it (see `gazetteer.batch.partial`); a run that was stopped at any moment can go on
    with ``resume`` and gives the bytes that an undisturbed run gives.

    Args:
        gazetteer: whose answers are wanted.
        source: a file, or a binary stream that is read once.
        output: a file, or a binary stream.
        options: see `BatchOptions`.
        review: where to list what a person should look at.
        decisions: files in which a person has decided.
        resume: whether to go on where an earlier run of this output was stopped, if
            there was one.
        progress: is told how far the work has come.

    Raises:
        DataError: listing the faults of the input or of the decisions, with file,
            line and column.
        BatchError: if a file cannot be read or written as it was asked for, or is not
            what the stopped run was made of.
        UnknownPerspectiveError: if there is no such perspective.
        PolicyError: if the thresholds do not stand in order.
    """
    if options.perspective is not None:
        _ = gazetteer.perspectives[options.perspective]  # an unknown one fails first
    gazetteer.resolve_many((), policy=options.policy)  # as do thresholds out of order
    gazetteer.resolve_many([], policy=options.policy)  # and thresholds out of order
    try:
        with ExitStack() as stack:
            run = _Run(gazetteer, source, output, options, progress, stack)
            return run.go(review, decisions, resume=resume)
    except BrokenPipeError:
        raise  # whoever reads the output has had enough, which is no fault
    except OSError as error:
        place = output if isinstance(output, _PATH) else "-"
        name = str(error.filename or place)
        raise BatchError(name, error.strerror or str(error)) from error


class _Run:
    """One input on its way to one output."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        source: _Path | BinaryIO,
        output: _Path | BinaryIO,
        options: BatchOptions,
        progress: Progress,
        stack: ExitStack,
    ) -> None:
        self._gazetteer = gazetteer
        self._options = _in_order(options)
        self._progress = progress
        self._stack = stack
        self._output = output
        self._target: Path | None = None
        if isinstance(output, _PATH) and not is_stream(output):
            self._target = Path(output)
        self._source = Source(source)
        stack.callback(self._source.close)
        wanted = [column for _, column in options.wanted]
        self._reader: Reader = open_reader(self._source, options, wanted)
        self._name = os.fspath(output) if isinstance(output, _PATH) else "-"
        untold = self._target is None and not Path(self._name).suffix
        if untold and options.output_format is None:
            self._format = self._reader.format
        else:
            self._format = format_of(self._name, options.output_format, reading=False)
        self._outcomes: Counter[str] = Counter()
        self._origins: Counter[str] = Counter()
        self._decisions = 0
        self._done = 0

    def go(
        self, review: _Path | None, decisions: Sequence[_Path], *, resume: bool
    ) -> Tally:
        """Do all of it."""
        if resume and (self._source.piped or self._target is None):
            reason = "what comes or goes through a pipe cannot be resumed; name files"
            raise BatchError("-", reason)
        self._require_apart(review, decisions)
        for path in (self._target, review):
            if path is not None:
                file_behind(path)  # before hours of work, and before a line is written
        decided = read_decisions(self._gazetteer, decisions)
        self._decisions = len(decided.by_key)
        self._survey()
        added = [
            Answered(f"{self._options.prefix}{column}", column in NUMBERS)
            for column in OUTPUT_COLUMNS
        ]
        _require_columns(self._reader, added, self._options)
        writer = open_writer(self._reader, added, self._name, self._format)
        kernel = Kernel(self._gazetteer, self._options, decided, writer.tail)
        questions = None
        if review is not None:
            header = review_header(tuple(self._options.context_columns))
            table = table_writer(header, os.fspath(review))
            questions = Review(self._gazetteer, self._options, table)
        if self._target is None:
            self._to_stream(kernel, writer, questions, review)
            return self._tally(0, questions)
        plan = self._plan(decided, questions)
        with Partial(self._target, plan, resume=resume) as part:
            resumed = self._take_up(part)
            if not part.finished:
                self._to_parts(part, kernel, writer, questions)
                self._source.require_unchanged()
                part.commit(self._state(), now=True)
                if questions is not None and review is not None:
                    self._write_review(questions, review, part.journal)
                    part.commit(self._state(questions), now=True)
                part.finish(None if writer.whole else writer.seal)
            part.remove()
            tally = self._tally(resumed, questions)
            if part.done and part.finished:
                tally = tally._replace(reviewed=part.done["reviewed"])
            return tally

    # ------------------------------------------------------------------ before it

    def _require_apart(self, review: _Path | None, decisions: Sequence[_Path]) -> None:
        """Refuse to write over what is read, or two files to one path."""
        target = self._target.resolve() if self._target is not None else None
        read = [self._source.path, *map(Path, decisions)]
        if any(each is not None and each.resolve() == target for each in read):
            reason = "it is read, and the output would replace it; name another file"
            raise BatchError(self._name, reason)
        if review is None:
            return
        path = Path(review).resolve()
        if any(Path(each).resolve() == path for each in decisions):
            reason = (
                "the new review would replace the decisions in it; give it another "
                "name, and keep this one as --decisions"
            )
            raise BatchError(os.fspath(review), reason)
        others = [self._target, self._source.path]
        if any(each is not None and each.resolve() == path for each in others):
            reason = "the review would replace the input or the output"
            raise BatchError(os.fspath(review), reason)

    def _survey(self) -> None:
        """Know the header, and that the whole input is sound where that is cheap."""
        table = self._format != "jsonl"
        needs_all = self._reader.format == "jsonl" and table
        needs_all |= self._format == "parquet" and self._reader.format == "xlsx"
        self._content, self._rows = "", None
        if self._source.piped and not needs_all:
            self._reader.begin()
            return
        survey = self._reader.survey(
            kinds=self._format == "parquet", progress=self._progress
        )
        self._rows, self._content = survey.rows, survey.content

    def _plan(self, decided: Decisions, questions: Review | None) -> dict[str, Any]:
        from gazetteer import __version__

        options = self._options._asdict()
        options |= {
            "context_columns": dict(self._options.context_columns),
            "policy": list(self._options.policy or ()),
            "format": self._reader.format,
            "output_format": self._format,
            "review": questions is not None,
        }
        if isinstance(self._reader, CsvReader):
            options["delimiter"] = self._reader.dialect.delimiter
        stores = self._gazetteer.index.stack.stores
        return {
            "the input's content": self._content,
            "the data": [f"{store.version} ({store.content})" for store in stores],
            "the decisions' content": decided.content if decided.by_key else "",
            "this program": __version__,
            **{f"option {key}": value for key, value in options.items()},
        }

    # ------------------------------------------------------------------ the work

    def _to_parts(
        self, part: Partial, kernel: Kernel, writer: Writer, questions: Review | None
    ) -> None:
        if not part.done:
            part.body.write(writer.head())
        for rows, asked in self._pieces(kernel, writer, questions):
            part.body.write(rows)
            part.journal.write(asked)
            part.commit(self._state())

    def _to_stream(
        self,
        kernel: Kernel,
        writer: Writer,
        questions: Review | None,
        review: _Path | None,
    ) -> None:
        stream = self._output
        if isinstance(stream, _PATH):
            stream = self._stack.enter_context(stream_to(stream))
        body = stream
        if not writer.whole:
            body = self._aside()
        journal = self._aside()
        body.write(writer.head())
        for rows, asked in self._pieces(kernel, writer, questions):
            body.write(rows)
            journal.write(asked)
            if writer.whole:
                body.flush()
        if not writer.whole:
            body.seek(0)
            with tempfile.TemporaryFile() as whole:  # a pipe cannot be sought
                writer.seal(body, cast("BinaryIO", whole))
                whole.seek(0)
                while block := whole.read(1 << 20):
                    stream.write(block)
        if questions is not None and review is not None:
            self._write_review(questions, review, journal)

    def _aside(self) -> BinaryIO:
        file = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the run
        return cast("BinaryIO", self._stack.enter_context(file))

    def _pieces(
        self, kernel: Kernel, writer: Writer, questions: Review | None
    ) -> Iterator[tuple[bytes, bytes]]:
        """Yield the bytes of each piece, and what it adds to the journal."""
        start = self._done
        stage = "resolving"
        if start:
            were = counted(start, "row that was", "rows that were")
            stage = f"resolving after the {were} done"
        for piece in self._reader.pieces(start):
            queries = self._queries(piece)
            entries, made = kernel.answer(queries)
            rows = writer.encode(piece, [entry.tail for entry in entries], self._done)
            asked = b""
            if questions is not None:
                asked = questions.journal(queries, entries, made, self._done)
            self._outcomes.update([entry.outcome for entry in entries])
            self._origins.update([entry.origin for entry in entries])
            self._done += len(piece)
            yield rows, asked
            done, all_rows = self._done - start, (self._rows or 0) - start
            share = min(done / all_rows, 1.0) if all_rows > 0 else 0.0
            self._progress(stage, done, share)

    def _queries(self, piece: Piece) -> Sequence[Query]:
        header, options = self._reader.header, self._options
        names = piece.texts(header.index(options.column))
        if not options.context_columns:
            return names
        cells = [
            [text.strip() for text in piece.texts(header.index(column))]
            for column in options.context_columns.values()
        ]
        return list(zip(names, zip(*cells, strict=True), strict=True))

    def _write_review(
        self, questions: Review, review: _Path, journal: BinaryIO
    ) -> None:
        journal.seek(0)
        questions.asked = 0
        with tempfile.TemporaryFile() as body:
            questions.write(journal, cast("BinaryIO", body))
            with whole_file(review) as out:
                questions.seal(cast("BinaryIO", body), out)

    # ------------------------------------------------------------------ what is known

    def _state(self, questions: Review | None = None) -> dict[str, Any]:
        return {
            "rows": self._done,
            "outcomes": dict(self._outcomes),
            "origins": dict(self._origins),
            "reviewed": questions.asked if questions else 0,
        }

    def _take_up(self, part: Partial) -> int:
        if not part.done:
            return 0
        self._done = part.done["rows"]
        self._outcomes.update(part.done["outcomes"])
        self._origins.update(part.done["origins"])
        return self._done

    def _tally(self, resumed: int, questions: Review | None) -> Tally:
        return Tally(
            rows=self._done,
            outcomes=dict(self._outcomes),
            bad_contexts=self._origins["refused"],
            decided=self._origins["decided"],
            resumed=resumed,
            reviewed=questions.asked if questions else 0,
            decisions=self._decisions,
        )


def _in_order(options: BatchOptions) -> BatchOptions:
    """Return the options with the fields of context in one order.

    By it a review has its columns, and a run that goes on its questions, in whatever
    order they were asked for.
    """
    ranks = {field: rank for rank, field in enumerate(CONTEXT_FIELDS)}
    columns = sorted(
        options.context_columns.items(), key=lambda each: ranks.get(each[0], len(ranks))
    )
    return options._replace(context_columns=dict(columns))


def _require_columns(
    reader: Reader, added: Sequence[Answered], options: BatchOptions
) -> None:
    header, problems = reader.header, []
    unknown = set(options.context_columns) - set(CONTEXT_FIELDS)
    if unknown:
        listed = ", ".join(CONTEXT_FIELDS)
        reason = f"no context has the field {min(unknown)!r}; there are: {listed}"
        raise BatchError(reader.name, reason)
    listed = ", ".join(repr(column) for column in header)
    for field, column in options.wanted:
        if header.count(column) != 1:
            several = "several columns have" if column in header else "no column has"
            message = f"{several} this header; there are: {listed}"
            problems.append(
                Problem(reader.name, 1, 0, field, column, "missing-column", message)
            )
    for name in (each.name for each in added):
        if name in header:
            at = reader.position(-1, header.index(name))
            message = "would be written over; choose another --prefix"
            problems.append(
                Problem(reader.name, *at, "column", name, "column-taken", message)
            )
    if problems:
        raise DataError(problems)
