"""Read one perspectives.toml and report all that is wrong with it, line by line."""

from __future__ import annotations

import difflib
import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from gazetteer.dates import parse_interval
from gazetteer.errors import DateError, Problem
from gazetteer.labels.lines import Lines, Spot
from gazetteer.labels.perspectives import Perspective
from gazetteer.labels.rules import Note, Rule, Selector, Slot, When
from gazetteer.labels.schema import (
    NoteModel,
    PerspectiveModel,
    RuleModel,
    SelectorModel,
    faults,
    when_of,
)
from gazetteer.labels.templates import parse_template

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gazetteer.dates import Interval

__all__ = ["SCHEMA", "Parsed", "read_bytes", "read_file"]

SCHEMA = "gazetteer-rules/1"
_TOP = (
    "schema",
    "chain",
    "note",
    "side",
    "spoken",
    "term",
    "language",
    "perspective",
)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")


class Parsed(NamedTuple):
    """What one file gave.

    Attributes:
        chains: by name, with the selectors of chains inside chains opened out.
        written: by name of chain, only the selectors that are written in it.
        lines: to place later problems.
    """

    perspectives: tuple[Perspective, ...]
    languages: Mapping[str, Mapping[str, str]]
    problems: tuple[Problem, ...]
    chains: Mapping[str, Slot]
    written: Mapping[str, tuple[Selector, ...]]
    sides: Mapping[str, Slot]
    terms: Mapping[str, Interval]
    lines: Lines


def read_file(path: Path) -> Parsed:
    """Read a file; never raises for what is in it."""
    return read_bytes(str(path), path.read_bytes())


def read_bytes(file: str, data: bytes) -> Parsed:
    """Read what stands in a file, or in a store; never raises for what is in it."""
    return _Reader(file).read(data)


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self._lines = Lines("")
        self._problems: list[Problem] = []
        self._chains: dict[str, Slot] = {}
        self._written: dict[str, tuple[Selector, ...]] = {}
        self._notes: dict[str, Note] = {}
        self._sides: dict[str, Slot] = {}
        self._spoken: dict[str, str] = {}
        self._terms: dict[str, Interval] = {}

    def read(self, data: bytes) -> Parsed:
        raw = self._parse(data)
        perspectives: list[Perspective] = []
        languages: dict[str, dict[str, str]] = {}
        if raw is not None:
            self._top(raw)
            self._read_chains(self._table(raw, "chain"))
            self._read_notes(self._table(raw, "note"))
            self._read_sides(self._table(raw, "side"))
            self._spoken = self._texts(("spoken",), self._table(raw, "spoken"))
            self._read_terms(self._table(raw, "term"))
            for lang, names in self._table(raw, "language").items():
                languages[lang] = self._texts(("language", lang), names)
            for name, value in self._table(raw, "perspective").items():
                perspective = self._read_perspective(name, value)
                if perspective is not None:
                    perspectives.append(perspective)
        problems = sorted(self._problems, key=lambda each: (each.line, each.column))
        return Parsed(
            tuple(perspectives),
            languages,
            tuple(problems),
            self._chains,
            self._written,
            self._sides,
            self._terms,
            self._lines,
        )

    # ------------------------------------------------------------ problems

    def _add(
        self, path: tuple[str | int, ...], value: str, code: str, message: str
    ) -> None:
        spot = self._lines.find(path, value)
        self._add_at(spot, _field(path), value, code, message)

    def _add_at(
        self, spot: Spot, field: str, value: str, code: str, message: str
    ) -> None:
        self._problems.append(
            Problem(self._file, spot.line, spot.column, field, value, code, message)
        )

    def _add_faults(self, path: tuple[str | int, ...], error: ValidationError) -> None:
        for inner, value, code, message in faults(error):
            where = (*path, *inner)
            spot = self._lines.find(where, "" if code == "unknown-key" else value)
            self._add_at(spot, _field(where), value, code, message)

    # --------------------------------------------------------------- parts

    def _parse(self, data: bytes) -> dict[str, Any] | None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self._add_at(
                Spot(line, 0), "", "", "bad-encoding", "not UTF-8 from here on"
            )
            return None
        text = text.removeprefix("\ufeff").replace("\r\n", "\n")
        try:
            raw = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            place = _TOML_PLACE.search(str(error))
            line, column = text.count("\n") + 1, 1
            if place and place[1]:
                line, column = int(place[1]), int(place[2])
            spot = Spot(line, column)
            message = _TOML_PLACE.sub("", str(error))
            self._add_at(spot, "", "", "bad-toml", message)
            return None
        self._lines = Lines(text)
        return raw

    def _top(self, raw: dict[str, Any]) -> None:
        for key in raw:
            if key not in _TOP:
                self._add(
                    (key,), "", "unknown-key", f"there are only {', '.join(_TOP)}"
                )
        if raw.get("schema") != SCHEMA:
            value = str(raw.get("schema", ""))
            self._add(("schema",), value, "bad-schema", f"must be {SCHEMA!r}")

    def _table(self, raw: dict[str, Any], key: str) -> dict[str, Any]:
        value = raw.get(key, {})
        if isinstance(value, dict):
            return value
        self._add((key,), str(value), "bad-value", "must be a table")
        return {}

    def _read_chains(self, raw: dict[str, Any]) -> None:
        parsed = {name: self._read_chain(name, value) for name, value in raw.items()}
        for name, items in parsed.items():
            self._written[name] = tuple(
                item for item in items if isinstance(item, Selector)
            )
            self._chains[name] = Slot(name, tuple(self._open_out(name, parsed, ())))

    def _read_chain(self, name: str, value: Any) -> list[Selector | str]:
        path = ("chain", name)
        if not isinstance(value, list) or not value:
            self._add(path, "", "bad-value", "must be a list of selectors or chains")
            return []
        items: list[Selector | str] = []
        for number, item in enumerate(value):
            if isinstance(item, str):
                items.append(item)
                continue
            try:
                items.append(SelectorModel.model_validate(item).value())
            except ValidationError as error:
                self._add_faults((*path, number), error)
        return items

    def _open_out(
        self,
        name: str,
        parsed: dict[str, list[Selector | str]],
        inside: tuple[str, ...],
    ) -> list[Selector]:
        if name in inside:
            cycle = " > ".join([*inside[inside.index(name) :], name])
            if inside[0] == name:  # said once for each chain that is in the cycle
                self._add(
                    ("chain", name), "", "cyclic-chain", f"contains itself: {cycle}"
                )
            return []
        selectors: list[Selector] = []
        for item in parsed[name]:
            if isinstance(item, Selector):
                selectors.append(item)
            elif item in parsed:
                selectors += self._open_out(item, parsed, (*inside, name))
            elif not inside:
                self._unknown(("chain", name), item, "chain", parsed)
        return selectors

    def _unknown(
        self,
        path: tuple[str | int, ...],
        value: str,
        what: str,
        known: Mapping[str, Any],
    ) -> None:
        close = difflib.get_close_matches(value, known, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        self._add(path, value, f"unknown-{what}", f"there is no such {what}{hint}")

    def _read_notes(self, raw: dict[str, Any]) -> None:
        for key, value in raw.items():
            try:
                model = NoteModel.model_validate(value)
            except ValidationError as error:
                self._add_faults(("note", key), error)
                self._notes[key] = Note(key, "", "")  # so that its uses are not faults
                continue
            self._notes[key] = Note(key, model.mark, model.text)

    def _read_sides(self, raw: dict[str, Any]) -> None:
        for authority, chain in raw.items():
            path = ("side", authority)
            if not isinstance(chain, str):
                self._add(path, "", "bad-value", "must be the name of a chain")
            elif chain not in self._chains:
                self._unknown(path, chain, "chain", self._chains)
            else:
                self._sides[authority] = self._chains[chain]

    def _read_terms(self, raw: dict[str, Any]) -> None:
        for authority, text in self._texts(("term",), raw).items():
            try:
                self._terms[authority] = parse_interval(text)
            except DateError as error:
                self._add(("term", authority), text, "bad-edtf", str(error))

    def _texts(self, path: tuple[str | int, ...], raw: Any) -> dict[str, str]:
        if not isinstance(raw, dict):
            self._add(path, "", "bad-value", "must be a table")
            return {}
        for key, value in raw.items():
            if not isinstance(value, str) or not value:
                self._add((*path, key), "", "bad-value", "must be a text")
        return {key: value for key, value in raw.items() if isinstance(value, str)}

    # -------------------------------------------------------- perspectives

    def _read_perspective(self, name: str, value: Any) -> Perspective | None:
        path = ("perspective", name)
        if not _NAME.fullmatch(name):
            self._add(
                path, name, "bad-name", "must be lower-case words joined by hyphens"
            )
        if not isinstance(value, dict):
            self._add(path, "", "bad-value", "must be a table")
            return None
        raw_rules = value.get("rule")
        rules: list[Rule] = []
        if isinstance(raw_rules, list):
            for number, raw in enumerate(raw_rules):
                rule = self._read_rule((*path, "rule", number), raw, number + 1)
                if rule is not None:
                    rules.append(rule)
        try:
            model = PerspectiveModel.model_validate(value)
        except ValidationError as error:
            self._add_faults(path, error)
            return None
        return Perspective(
            name=name,
            title=model.title,
            version=model.version,
            date=model.date,
            at=model.at,
            authorities=model.authorities,
            sources=model.sources,
            description=model.description,
            rule_text=model.rule_text,
            rules=tuple(rules),
            sides=self._sides,
            spoken=self._spoken,
            file=self._file,
            terms=self._terms,
        )

    def _read_rule(
        self, path: tuple[str | int, ...], raw: Any, number: int
    ) -> Rule | None:
        try:
            model = RuleModel.model_validate(raw)
        except ValidationError as error:
            self._add_faults(path, error)
            return None
        when = when_of(model)
        self._facets_look_meant(path, when)
        names: tuple[Slot, ...] | str = model.special
        if not names:
            names = tuple(self._slot((*path, "names"), name) for name in model.names)
        many = bool(model.special)
        first = model.first or parse_template("{all:/}" if many else "{1}")
        later = model.later or (first,)
        return Rule(
            number=number,
            when=when,
            names=names,
            order=model.order,
            first=first,
            later=later,
            compact=model.compact or (later[0] if model.later else first),
            one=model.one,
            same=model.same,
            notes=self._rule_notes((*path, "note"), model.note),
            mark=model.mark,
            none=model.none,
            line=self._lines.find(path).line,
        )

    def _slot(self, path: tuple[str | int, ...], name: str | list[str]) -> Slot:
        chains = [name] if isinstance(name, str) else name
        selectors: list[Selector] = []
        for chain in chains:
            if chain in self._chains:
                selectors += self._chains[chain].selectors
            else:
                self._unknown(path, chain, "chain", self._chains)
        return Slot(" or ".join(chains), tuple(selectors))

    def _rule_notes(
        self, path: tuple[str | int, ...], keys: tuple[str, ...]
    ) -> tuple[Note, ...]:
        for key in keys:
            if key not in self._notes:
                self._unknown(path, key, "note", self._notes)
        return tuple(self._notes[key] for key in keys if key in self._notes)

    def _facets_look_meant(self, path: tuple[str | int, ...], when: When) -> None:
        known = [key for key in When._fields if key != "facets"]
        for facet, _ in when.facets:
            if facet == "kind" or difflib.get_close_matches(facet, known, 1, 0.7):
                spot = self._lines.find((*path, "when"), facet)
                message = (
                    f"taken as a facet that callers pass; the keys are "
                    f"{', '.join(known)}"
                )
                self._problems.append(
                    Problem(
                        self._file,
                        spot.line,
                        spot.column,
                        "when",
                        facet,
                        "doubtful-facet",
                        message,
                        "warning",
                    )
                )


def _field(path: tuple[str | int, ...]) -> str:
    """Return the last key of a path, for a reader."""
    return next((part for part in reversed(path) if isinstance(part, str)), "")
