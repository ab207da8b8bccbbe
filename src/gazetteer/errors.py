"""One tree of errors: each is also the fitting built-in and carries what was wrong.

Messages are lowercase, show the input with ``!r`` and say what would have worked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "AmbiguousPlaceError",
    "ContextError",
    "DataError",
    "DataNotFoundError",
    "DateError",
    "GazetteerError",
    "LanguageTagError",
    "PlaceIdError",
    "PolicyError",
    "Problem",
    "QueryTypeError",
    "StoreError",
    "UnknownPerspectiveError",
    "UnknownPlaceError",
    "UnresolvedError",
]


class Problem(NamedTuple):
    """One fault of a data file, placed so that an editor can jump to it.

    Attributes:
        file: path of the file as given by the caller.
        line: 1-based physical line in the file; 0 where the whole file is meant.
        column: 1-based code point in that line where the cell or key starts; 0 where
            the whole file is meant.
        field: name of that column, or of the key in a TOML file; may be empty.
        value: the offending value as written; may be empty.
        code: short kebab-case name of the kind of fault, such as ``bad-edtf``.
        message: what is wrong and what would be right.
        severity: ``error`` fails a check, ``warning`` is shown and passes. Of a strict
            check, ``finding`` fails it, ``accepted`` was looked at before.
        key: what a finding is about, by which it can be accepted; else empty.

    Examples:
        >>> print(Problem("names.csv", 7, 4, "lang", "eng_x", "bad-lang",
        ...               "not a BCP 47 tag; 'en' would be"))
        names.csv:7:4: error: bad-lang: lang 'eng_x': not a BCP 47 tag; 'en' would be
    """

    file: str
    line: int
    column: int
    field: str
    value: str
    code: str
    message: str
    severity: str = "error"
    key: str = ""

    def __str__(self) -> str:
        what = f"{self.field} {self.value!r}: " if self.field else ""
        key = f" [{self.key}]" if self.key else ""
        return (
            f"{self.file}:{self.line}:{self.column}: {self.severity}: "
            f"{self.code}: {what}{self.message}{key}"
        )


class GazetteerError(Exception):
    """Base of every error that this package raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        # An error of a worker process is sent to the one that waits for it, and what
        # it is made of again are its message and attributes: most take other
        # arguments, and a pool that cannot read an answer breaks or waits for ever.
        return _again, (type(self), self.args), self.__dict__


def _again(kind: type[GazetteerError], args: tuple[object, ...]) -> GazetteerError:
    error = kind.__new__(kind)
    built_in = OSError if issubclass(kind, OSError) else Exception
    built_in.__init__(error, *args)
    return error


class UnknownPlaceError(GazetteerError, LookupError):
    """No place has this id."""

    def __init__(self, place_id: str, close: Sequence[str] = ()) -> None:
        self.place_id = place_id
        self.close: tuple[str, ...] = tuple(close)
        hint = f"; close ids: {', '.join(self.close)}" if close else ""
        super().__init__(
            f"no place with id {place_id!r}{hint}; ids look like 'gz-' and seven "
            f"characters, or 'scheme:id'"
        )


class PlaceIdError(GazetteerError, ValueError):
    """A text is not a well-formed place id."""

    def __init__(self, place_id: str, reason: str) -> None:
        self.place_id = place_id
        super().__init__(f"bad place id {place_id!r}: {reason}")


class DateError(GazetteerError, ValueError):
    """A text is not a date or interval of the EDTF subset in use."""

    def __init__(self, text: str, reason: str = "") -> None:
        self.text = text
        super().__init__(
            f"bad date {text!r}: {reason or 'not an EDTF date or interval'}; "
            f"'1992', '1992-05', '1992-05-17', '1923/1991' or '1991-11-26/..' would do"
        )


class ContextError(GazetteerError, ValueError):
    """A field of a resolving context has a value that cannot be used."""

    def __init__(self, field: str, value: object, reason: str) -> None:
        self.field = field
        self.value = value
        super().__init__(f"bad context {field}={value!r}: {reason}")


class LanguageTagError(GazetteerError, ValueError):
    """A text is not a BCP 47 language tag."""

    def __init__(self, text: str, reason: str = "") -> None:
        self.text = text
        super().__init__(
            reason
            or f"bad language tag {text!r}: a BCP 47 tag such as 'en', 'en-GB' or "
            f"'sr-Latn' would do"
        )


NO_PERSPECTIVES: Final = (
    "the data has none; a directory with a perspectives.toml beside it brings some, "
    "and so does the shipped data ('default')"
)
"""What is said where a perspective is asked for and none is there at all."""


class UnknownPerspectiveError(GazetteerError, LookupError):
    """No perspective has this name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        self.known: tuple[str, ...] = tuple(known)
        there = f"there are: {', '.join(sorted(known))}" if known else NO_PERSPECTIVES
        super().__init__(f"no perspective named {name!r}; {there}")


class UnresolvedError(GazetteerError, LookupError):
    """A query was required to name one place and did not."""

    def __init__(self, query: str, outcome: str, explanation: str) -> None:
        self.query = query
        self.outcome = outcome
        super().__init__(f"{query!r} is {outcome}: {explanation}")


class AmbiguousPlaceError(UnresolvedError):
    """A query was required to name one place and names several."""


class PolicyError(GazetteerError, ValueError):
    """The thresholds of a policy do not stand in order."""

    def __init__(self, accept: float, review: float, margin: float) -> None:
        self.accept = accept
        self.review = review
        self.margin = margin
        super().__init__(
            f"bad policy: accept {accept:g}, review {review:g}, margin {margin:g}; "
            f"0 <= review <= accept <= 100 and 0 <= margin must hold"
        )


class QueryTypeError(GazetteerError, TypeError):
    """A query, or an id, is not a text."""

    def __init__(self, query: object, wanted: str) -> None:
        self.query = query
        super().__init__(f"{query!r} is not {wanted}")


class DataNotFoundError(GazetteerError, FileNotFoundError):
    """A data source does not exist."""

    def __init__(self, source: str, reason: str) -> None:
        self.source = source
        super().__init__(f"no gazetteer data at {source!r}: {reason}")


class StoreError(GazetteerError, ValueError):
    """A file is not a store that can be read here, or is damaged."""

    def __init__(self, path: str, reason: str, remedy: str = "") -> None:
        self.path = path
        self.reason = reason
        again = f"'gazetteer build SOURCE -o {path}' writes it again"
        super().__init__(f"bad store {path!r}: {reason}; {remedy or again}")


class DataError(GazetteerError, ValueError):
    """One or more data files have faults; all are listed at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        shown = "\n".join(str(problem) for problem in self.problems)
        plural = "s" if len(self.problems) != 1 else ""
        super().__init__(f"{len(self.problems)} problem{plural} in the data:\n{shown}")
