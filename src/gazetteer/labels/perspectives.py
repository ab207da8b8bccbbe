"""perspectives.toml: chains, notes and the rules of each perspective."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.errors import DataError, UnknownPerspectiveError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from gazetteer.dates import Interval
    from gazetteer.errors import Problem
    from gazetteer.labels.rules import Rule, Slot
    from gazetteer.model import Tables

__all__ = [
    "FILE_NAME",
    "Perspective",
    "Perspectives",
    "check_perspectives",
    "cited_by_perspectives",
    "load_perspectives",
    "read_perspectives",
]

FILE_NAME = "perspectives.toml"


class Perspective(NamedTuple):
    """A named, dated policy that selects and composes names.

    Attributes:
        version: of the policy; a change of its rules is a new version.
        date: EDTF date by which names are chosen where the caller gives none; empty
            where no date is assumed.
        at: which of the caller's dates names are chosen by: ``event`` or
            ``publication``.
        authorities: for whom it speaks; empty where it speaks for no one.
        sources: keys of sources.csv that bear the policy.
        rule_text: the policy in plain words, as reports print it.
        sides: which slot speaks for a party to a dispute.
        spoken: which language an authority speaks.
        terms: when an authority that is no more spoke.
        file: where it was read.
    """

    name: str
    title: str
    version: str
    date: str
    at: str
    authorities: tuple[str, ...]
    sources: tuple[str, ...]
    description: str
    rule_text: str
    rules: tuple[Rule, ...]
    sides: Mapping[str, Slot]
    spoken: Mapping[str, str]
    file: str
    terms: Mapping[str, Interval] = {}

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape: every key present, null where empty."""
        return {
            "perspective": self.name,
            "title": self.title,
            "version": self.version,
            "date": self.date or None,
            "at": self.at,
            "authorities": list(self.authorities),
            "terms": {
                each: self.terms[each].text
                for each in self.authorities
                if each in self.terms
            },
            "sources": list(self.sources),
            "description": self.description or None,
            "rule_text": self.rule_text or None,
            "rules": len(self.rules),
            "file": self.file,
        }

    def describe(self) -> str:
        """Say in plain words what the policy is, by whom and of when.

        Reports print this, so that a reader can judge what was done to a text.
        """
        speaks = ", ".join(map(self._speaker, self.authorities)) or "no one"
        date = self.date or "none; the caller's dates decide, and none is assumed"
        said = [
            f"{self.title} ({self.name}, version {self.version})",
            self.description,
            f"rule: {self.rule_text}" if self.rule_text else "",
            f"speaks for: {speaks}",
            f"date: {date}",
            f"names of the time of: {self.at}",
            f"sources: {', '.join(self.sources)}" if self.sources else "",
        ]
        return "\n".join(line for line in said if line)

    def _speaker(self, authority: str) -> str:
        term = self.terms.get(authority)
        return f"{authority} ({term.text})" if term else authority


class Perspectives:
    """The perspectives of one or more perspectives.toml, earlier files winning.

    Attributes:
        languages: what a language is called, by output language and base language.
    """

    __slots__ = ("_by_name", "languages")

    def __init__(
        self,
        perspectives: Sequence[Perspective],
        languages: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._by_name: dict[str, Perspective] = {}
        for perspective in perspectives:
            self._by_name.setdefault(perspective.name, perspective)
        self.languages: Mapping[str, Mapping[str, str]] = languages

    def __getitem__(self, name: str) -> Perspective:
        """Return a perspective.

        Raises:
            UnknownPerspectiveError: listing those that there are.
        """
        try:
            return self._by_name[name]
        except KeyError:
            raise UnknownPerspectiveError(name, tuple(self._by_name)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __len__(self) -> int:
        return len(self._by_name)

    def describe(self, name: str) -> str:
        """Say in plain words what a policy is, by whom and of when."""
        return self[name].describe()


def load_perspectives(directories: Sequence[Path]) -> Perspectives:
    """Read perspectives.toml of each directory that has one.

    Raises:
        DataError: as `read_perspectives`.
    """
    paths = [directory / FILE_NAME for directory in directories]
    return read_perspectives(
        [(str(path), path.read_bytes()) for path in paths if path.is_file()]
    )


def read_perspectives(files: Iterable[tuple[str, bytes]]) -> Perspectives:
    """Read files, each given as its name and what stands in it.

    Chains, notes and sides are of one file; a perspective of an earlier file replaces
    one of the same name of a later.

    Raises:
        DataError: listing every problem of every file.
    """
    from gazetteer.labels.reading import read_bytes  # late: pydantic is slow

    perspectives: list[Perspective] = []
    languages: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for file, data in files:
        parsed = read_bytes(file, data)
        perspectives += parsed.perspectives
        problems += parsed.problems
        for lang, names in parsed.languages.items():
            known = languages.setdefault(lang, {})
            languages[lang] = {**names, **known}
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise DataError(errors)
    return Perspectives(perspectives, languages)


def check_perspectives(directory: Path, tables: Tables) -> list[Problem]:
    """Return every fault of a directory's perspectives.toml, over these tables.

    Beside the faults of the file itself: keys of other tables that do not exist, rules
    and chains that can match nothing, open selectors and ``same`` that reach contested
    places, and ties that a selector cannot decide (a warning).
    """
    from gazetteer.labels.checking import check_file

    path = directory / FILE_NAME
    return check_file(path, tables) if path.is_file() else []


def cited_by_perspectives(directory: Path) -> frozenset[str]:
    """Return the keys of sources that a directory's perspectives.toml cites.

    They are read past every fault that leaves the file TOML: a policy with a fault
    cites its sources all the same.
    """
    import tomllib  # late: not every run reads perspectives

    try:
        written = tomllib.loads((directory / FILE_NAME).read_text("utf-8"))
        cited = [each.get("sources") for each in written["perspective"].values()]
    except (AttributeError, KeyError, OSError, ValueError):
        return frozenset()
    lists = [each if isinstance(each, list) else [each] for each in cited]
    return frozenset(key for each in lists for key in each if isinstance(key, str))
