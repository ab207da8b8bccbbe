"""What a project wants of its texts: ``[tool.gazetteer.lint]`` in pyproject.toml."""

from __future__ import annotations

import re
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.desk.lint.rules import RULES
from gazetteer.errors import DataError, DateError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Config", "ConfigError", "read_config"]

FILE_NAME = "pyproject.toml"
_TABLE = ("tool", "gazetteer", "lint")
_CHOICES = {"reported": ("render", "keep"), "quotations": ("keep", "gloss")}
_WORDS = (
    *("perspective", "lang", "event", "published", *_CHOICES),
    *("country", "within"),
)
_LISTS = ("ignore", "exclude", "data")
_TABLES = ("per-file-ignores", "fields")


class ConfigError(DataError):
    """A configuration that cannot be used; every problem of it at once."""


class Config(NamedTuple):
    """What a project wants; an option of the command line wins over it.

    Attributes:
        perspective, lang, event, published, reported, quotations, country, within: as
            the options of the same names; None where nothing is said.
        ignore: rules that are not looked for.
        exclude: patterns of files that are left out, from the folder of the file.
        per_file_ignores: rules that are not looked for in files of a pattern.
        fields: of JSON or CSV files of a pattern, those that hold text.
        data: directories of tables that win over the shipped data, as paths.
        folder: where the configuration stands, which its patterns start from.
    """

    perspective: str | None = None
    lang: str | None = None
    event: str | None = None
    published: str | None = None
    reported: str | None = None
    quotations: str | None = None
    country: str | None = None
    within: str | None = None
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}
    fields: Mapping[str, tuple[str, ...]] = {}
    data: tuple[Path, ...] = ()
    folder: Path = Path()

    def excludes(self, file: str) -> bool:
        """Tell whether a file is left out."""
        return any(self._fits(file, pattern) for pattern in self.exclude)

    def ignores(self, file: str) -> frozenset[str]:
        """Return the rules that are not looked for in a file."""
        ignored = set(self.ignore)
        for pattern, rules in self.per_file_ignores.items():
            if self._fits(file, pattern):
                ignored.update(rules)
        return frozenset(ignored)

    def fields_of(self, file: str) -> tuple[str, ...]:
        """Return the fields of a file that hold text."""
        return tuple(
            dict.fromkeys(
                field
                for pattern, fields in self.fields.items()
                if self._fits(file, pattern)
                for field in fields
            )
        )

    def _fits(self, file: str, pattern: str) -> bool:
        path = Path(file).absolute()
        folder = self.folder.absolute()
        inside = path.relative_to(folder) if path.is_relative_to(folder) else path
        names = [inside.as_posix(), path.name, *(p.as_posix() for p in inside.parents)]
        return any(fnmatch(name, pattern.rstrip("/")) for name in names)


def read_config(start: Path, *, named: Path | None = None) -> Config:
    """Return what the nearest pyproject.toml with our table says.

    Args:
        start: the folder to start from, upwards.
        named: the file to read instead; it need not have the table.

    Raises:
        ConfigError: with every problem, by line.
    """
    folder = start.absolute()
    paths = (
        [named] if named else [each / FILE_NAME for each in (folder, *folder.parents)]
    )
    for path in paths:
        if path.is_file():
            text = path.read_text("utf-8")
            # a project that says nothing to us need not be read
            if named or "gazetteer" in text:
                table = _table(path, text)
                if table is not None:
                    return _config(path, text, table)
    return Config()


def _table(path: Path, text: str) -> Mapping[str, Any] | None:
    import tomllib

    try:
        value: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+), column (\d+)", str(error))
        # what is missing is so at the end
        end = text.count("\n", 0, len(text.rstrip())) + 1, 0
        line, column = map(int, where.groups()) if where else end
        said = str(error).partition(" (at")[0]
        problem = Problem(str(path), line, column, "", "", "bad-toml", said)
        raise ConfigError([problem]) from error
    for key in _TABLE:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else None


def _config(path: Path, text: str, table: Mapping[str, Any]) -> Config:
    problems = list(_problems(path, text, table))
    if problems:
        raise ConfigError(problems)
    values = {key: table[key] for key in _WORDS if key in table}
    folder = path.parent
    return Config(
        **values,
        ignore=tuple(table.get("ignore", ())),
        exclude=tuple(table.get("exclude", ())),
        per_file_ignores={
            pattern: tuple(rules)
            for pattern, rules in table.get("per-file-ignores", {}).items()
        },
        fields={
            pattern: tuple(fields)
            for pattern, fields in table.get("fields", {}).items()
        },
        data=tuple(folder / each for each in table.get("data", ())),
        folder=folder,
    )


def _problems(path: Path, text: str, table: Mapping[str, Any]) -> Iterator[Problem]:
    for key, value in table.items():
        line, column = _where(text, key)
        for code, message in _faults(key, value):
            yield Problem(str(path), line, column, key, str(value), code, message)


def _faults(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if key in _WORDS:
        yield from _bad_word(key, value)
    elif key in _LISTS:
        if not _is_list(value):
            yield "bad-type", 'a list of texts such as ["…"] would do'
        elif key == "ignore":
            yield from _bad_rules(value)
    elif key in _TABLES:
        if not isinstance(value, dict) or not all(map(_is_list, value.values())):
            yield "bad-type", 'a table of lists such as {"*.md" = ["…"]} would do'
        elif key == "per-file-ignores":
            for rules in value.values():
                yield from _bad_rules(rules)
    else:
        known = (*_WORDS, *_LISTS, *_TABLES)
        close = get_close_matches(key, known, n=1) or known
        yield "unknown-key", f"no such key; {', '.join(map(repr, close))} would do"


def _bad_word(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(value, str):
        yield "bad-type", "a text in quotes would do"
    elif key in ("event", "published"):
        yield from _bad_date(value)
    elif value not in _CHOICES.get(key, (value,)):
        yield "bad-value", f"{' or '.join(map(repr, _CHOICES[key]))} would do"


def _bad_date(value: str) -> Iterator[tuple[str, str]]:
    from gazetteer.dates import parse_date

    try:
        parse_date(value)
    except DateError as error:
        yield "bad-edtf", str(error)


def _bad_rules(rules: list[str]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        if rule not in RULES:
            close = get_close_matches(rule, RULES, n=1) or list(RULES)
            listed = ", ".join(map(repr, close))
            yield "unknown-rule", f"no rule {rule!r}; {listed} would do"


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _where(text: str, key: str) -> tuple[int, int]:
    """Return where a key of our table stands, as far as its lines tell."""
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("["):
            name = stripped.strip("[]").replace(" ", "")
            inside = name.startswith(".".join(_TABLE))
            if name == ".".join((*_TABLE, key)):
                return number, line.index("[") + 1
        elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number, len(line) - len(line.lstrip()) + 1
    return 0, 0
