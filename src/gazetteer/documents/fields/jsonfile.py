"""JSON and JSON Lines: the strings of some fields, wherever they stand in the file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.documents.encodings import encoded
from gazetteer.documents.errors import DocumentError
from gazetteer.documents.fields.holding import FieldsDocument
from gazetteer.documents.flat import FlatBuilder, covering, edits_of, splice
from gazetteer.documents.places import problem_at
from gazetteer.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.documents.flat import Edit, FlatText
    from gazetteer.render import Change

__all__ = ["JsonDocument"]

_MARK: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)
_PART: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\u[0-9a-fA-F]{4}|\\.|[^\\]+"
)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SHOWN: Final = 12


class _Value(NamedTuple):
    """A string in the file: its path from the root, and where its content stands."""

    path: tuple[str, ...]
    start: int
    end: int


class JsonDocument(FieldsDocument):
    """A JSON file, or one of JSON Lines."""

    markup = "plain"
    footnotes = "report"
    comments = ""
    note_markup = ""

    def __init__(
        self,
        raw: bytes,
        file: str,
        fields: Sequence[str],
        *,
        lines: bool = False,
        encoding: str | None = None,
    ) -> None:
        """Read a file.

        Args:
            raw: the whole file.
            file: its name.
            fields: keys that hold text, wherever they stand; or JSON Pointers, such as
                ``/features/*/properties/title``.
            lines: whether each line is a value of its own.
            encoding: as the caller states it; UTF-8 if None.

        Raises:
            DocumentError: if a field is nowhere, with those that are there.
            DataError: if the file is not JSON, with the line and the column.
        """
        super().__init__(raw, file, encoding)
        text = self._decoded.text
        # who wrote all letters beyond ASCII with escapes has a reason
        self._escaped = text.isascii()
        values = list(_lines(text, file) if lines else _whole(text, file))
        chosen = [each for each in values if any(_named(each, f) for f in fields)]
        missing = [f for f in fields if not any(_named(each, f) for each in values)]
        if missing:
            raise DocumentError(file, _nowhere(missing, values))
        self.texts = tuple(_flat(text, each, lines=lines) for each in chosen)

    def fixed(self, text: FlatText, change: Change) -> Edit | None:
        """Return a change as one edit of the file."""
        return covering(self.source, self._edits(text, change))

    def written(self, changes: Sequence[Sequence[Change]]) -> bytes:
        """Return the file with the changes of each field."""
        edits = [
            edit
            for text, some in zip(self.texts, changes, strict=True)
            for change in some
            for edit in self._edits(text, change)
        ]
        return encoded(splice(self.source, edits), self.encoding, self._file)

    def _edits(self, text: FlatText, change: Change) -> list[Edit]:
        def written(text: str) -> str:
            return json.dumps(text, ensure_ascii=self._escaped)[1:-1]

        return edits_of(text, change, written) or []


def _whole(text: str, file: str) -> Iterator[_Value]:
    start = 1 if text.startswith("\ufeff") else 0
    _require_json(text[start:], text, start, file)
    yield from _strings(text, start, len(text), ())


def _lines(text: str, file: str) -> Iterator[_Value]:
    start = 1 if text.startswith("\ufeff") else 0
    problems: list[Problem] = []
    for number, line in enumerate(text[start:].split("\n"), start=1):
        end = start + len(line)
        if line.strip():
            try:
                _require_json(line, text, start, file)
            except DataError as error:
                problems += error.problems
            else:
                yield from _strings(text, start, end, (str(number),))
        start = end + 1
    if problems:
        raise DataError(problems)


def _require_json(part: str, text: str, start: int, file: str) -> None:
    try:
        json.loads(part)
    except json.JSONDecodeError as error:
        at = start + error.pos
        problem = problem_at(file, text, at, "", f"not JSON: {error.msg}", "bad-json")
    except RecursionError:
        problem = problem_at(
            file, text, start, "", "lists and objects are nested too deep", "bad-json"
        )
    except ValueError as error:  # a number of thousands of digits
        problem = problem_at(file, text, start, "", f"not read: {error}", "bad-json")
    else:
        return
    raise DataError([problem])


def _strings(
    text: str, start: int, end: int, root: tuple[str, ...]
) -> Iterator[_Value]:
    """Yield the strings that are values; the text is known to be JSON."""
    path = list(root)
    kinds: list[str] = []  # of the containers that are open
    keys: list[str] = []
    awaiting_key = False
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        if mark in "{[":
            kinds.append(mark)
            keys.append("0")
            awaiting_key = mark == "{"
        elif mark in "}]":
            kinds.pop()
            keys.pop()
            awaiting_key = False
        elif mark == ",":
            awaiting_key = kinds[-1] == "{"
            if not awaiting_key:
                keys[-1] = str(int(keys[-1]) + 1)
        elif mark[0] == '"' and awaiting_key:
            keys[-1] = json.loads(mark)
            awaiting_key = False
        elif mark[0] == '"':
            yield _Value((*path, *keys), match.start() + 1, match.end() - 1)


def _named(value: _Value, field: str) -> bool:
    if field.startswith("/"):
        # https://www.rfc-editor.org/rfc/rfc6901#section-4
        steps = [
            step.replace("~1", "/").replace("~0", "~") for step in field[1:].split("/")
        ]
        path = value.path[-len(steps) :] if len(value.path) > len(steps) else value.path
        rest = value.path[: len(value.path) - len(path)]
        # of JSON Lines, the number of the line comes before the path
        return len(path) == len(steps) and len(rest) <= 1 and _fits(path, steps)
    for step in reversed(value.path):
        if not step.isdigit():
            return step == field
    return False


def _fits(path: Sequence[str], steps: Sequence[str]) -> bool:
    return all(step in ("*", key) for key, step in zip(path, steps, strict=True))


def _nowhere(missing: Sequence[str], values: Sequence[_Value]) -> str:
    keys = dict.fromkeys(
        next((step for step in reversed(each.path) if not step.isdigit()), "/")
        for each in values
    )
    listed = ", ".join(list(keys)[:_SHOWN]) or "none"
    more = ", ..." if len(keys) > _SHOWN else ""
    named = ", ".join(map(repr, missing))
    return f"no text in a field {named}; fields with text are: {listed}{more}"


def _flat(source: str, value: _Value, *, lines: bool) -> FlatText:
    flat = FlatBuilder()
    flat.cell(on=True)
    for match in _PART.finditer(source, value.start, value.end):
        part = match.group()
        if part[0] != "\\":
            # a half of a character is none, and nothing is found in it
            shown = _SURROGATE.sub("\ufffd", part)
            flat.add(shown, match.start(), match.end(), whole=False)
            continue
        shown = _SURROGATE.sub("\ufffd", json.loads(f'"{part}"'))
        flat.add(shown, match.start(), match.end(), whole=True)
    path = value.path[1:] if lines else value.path
    name = "/" + "/".join(step.replace("~", "~0").replace("/", "~1") for step in path)
    return flat.build(name=f"line {value.path[0]}: {name}" if lines else name)
