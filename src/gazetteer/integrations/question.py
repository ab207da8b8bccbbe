"""What is asked of every row: the columns of context, and what is wanted back."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypedDict

from gazetteer.batch.answers import NUMBERS, OUTPUT_COLUMNS
from gazetteer.batch.options import CONTEXT_FIELDS
from gazetteer.gazetteer import Gazetteer
from gazetteer.integrations.errors import ColumnTakenError, MissingColumnError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gazetteer.resolve import Context, Policy

__all__ = [
    "COLUMNS",
    "DEFAULT_COLUMNS",
    "AnswerOptions",
    "Options",
    "Question",
    "ask",
    "default_gazetteer",
]

COLUMNS: Final[Mapping[str, str]] = {
    name: "number" if name in NUMBERS else "text" for name in OUTPUT_COLUMNS
}
"""The columns of an answer, and the kind of each: those that files get, too.

``label`` needs a perspective; ``note`` says what decided, or why a context could not
be used.
"""

DEFAULT_COLUMNS: Final = (
    "place_id",
    "outcome",
    "method",
    "similarity",
    "score",
    "margin",
    "name",
    "candidates",
    "note",
)
"""The columns that are added if no others are asked for; ``label`` where there is a
perspective."""


class AnswerOptions(TypedDict, total=False):
    """What every function takes that resolves a column.

    Attributes:
        gazetteer: whose answers are wanted; the data in the package if none is given.
        context: what holds for all rows; where a row has a value, that one counts.
        policy: the thresholds.
        perspective: whose labels are wanted, in the column ``label``.
        lang: BCP 47 tag of the language of the labels; English if none is given.
        prefix: before the names of the columns that are added; ``gz_`` if not given.
        keep: the columns that are added; see `COLUMNS` and `DEFAULT_COLUMNS`.
    """

    gazetteer: Gazetteer | None
    context: Context | None
    policy: Policy | None
    perspective: str | None
    lang: str
    prefix: str
    keep: Sequence[str] | None


class Options(AnswerOptions, total=False):
    """The same, and which columns hold the context of each row.

    Attributes:
        country, within, type, event, published, lat, lon: the column with this field
            of the context; see `gazetteer.Context`.
        text_lang: the column with the language that the name is written in.
    """

    country: str | None
    within: str | None
    type: str | None
    text_lang: str | None
    event: str | None
    published: str | None
    lat: str | None
    lon: str | None


class Question(NamedTuple):
    """What is asked of every row. It holds no gazetteer, so that it can be sent.

    Attributes:
        columns: what the caller calls the column of each field, ``name`` first.
        keep: the columns of the answer, in order.
        context: what holds for all rows.
    """

    columns: Mapping[str, str]
    keep: tuple[str, ...]
    context: Context | None = None
    policy: Policy | None = None
    perspective: str | None = None
    lang: str = "en"
    prefix: str = "gz_"

    @property
    def added(self) -> dict[str, str]:
        """The kind of each column that is added, by its name in the frame.

        Examples:
            >>> Question({"name": "a"}, ("score", "note")).added
            {'gz_score': 'number', 'gz_note': 'text'}
        """
        return {f"{self.prefix}{name}": COLUMNS[name] for name in self.keep}

    def require_columns(self, known: Iterable[Any]) -> None:
        """Refuse a frame that lacks a column, or has one that would be added.

        Raises:
            MissingColumnError, ColumnTakenError: as they say.
        """
        there = list(known)
        for column in self.columns.values():
            if column not in there:
                raise MissingColumnError(column, there)
        taken = [name for name in self.added if name in there]
        if taken:
            raise ColumnTakenError(taken)


@cache
def default_gazetteer() -> Gazetteer:
    """Return the data in the package, opened once."""
    return Gazetteer.load()


def ask(column: str, options: Mapping[str, Any]) -> tuple[Gazetteer, Question]:
    """Check what is asked before any row is read.

    Args:
        column: what the caller calls the column of names.
        options: those of `Options` that were given.

    Returns:
        The gazetteer to ask, and the question.

    Raises:
        TypeError: for an option that does not exist.
        UnknownPerspectiveError: listing the perspectives that there are.
        ContextError: if the context for all rows cannot be used.
        ValueError: if a column is to be kept that does not exist, or the same twice.
    """
    unknown = ", ".join(repr(name) for name in options if name not in _OPTIONS)
    if unknown:
        raise TypeError(f"no option {unknown}; there are: {', '.join(_OPTIONS)}")
    columns = {"name": column}
    for field in CONTEXT_FIELDS:
        held = options.get(_OPTION_OF.get(field, field))
        if held is not None:
            columns[field] = held
    gazetteer: Gazetteer | None = options.get("gazetteer")
    if gazetteer is None:
        gazetteer = default_gazetteer()
    perspective = options.get("perspective")
    if perspective is not None:
        _ = gazetteer.perspectives[perspective]
    context = options.get("context")
    if context is not None:
        gazetteer.resolve("", context=context)
    keep = options.get("keep")
    if keep is None:
        keep = DEFAULT_COLUMNS if perspective is None else (*DEFAULT_COLUMNS, "label")
    question = Question(
        columns,
        _checked(keep, perspective),
        context,
        options.get("policy"),
        perspective,
        options.get("lang", "en"),
        options.get("prefix", "gz_"),
    )
    return gazetteer, question


# `lang` is the language of the labels
_OPTION_OF: Final = {"lang": "text_lang"}
_OPTIONS: Final = tuple(Options.__annotations__)


def _checked(keep: Sequence[str], perspective: str | None) -> tuple[str, ...]:
    if isinstance(keep, str):
        raise TypeError(f"keep={keep!r} is one text; a list of columns would do")
    for name in keep:
        if name not in COLUMNS:
            listed = ", ".join(COLUMNS)
            raise ValueError(f"no column {name!r} in an answer; there are: {listed}")
    if len(set(keep)) != len(keep):
        raise ValueError(f"keep={list(keep)!r} has a column twice")
    if "label" in keep and perspective is None:
        raise ValueError("the column 'label' needs a perspective")
    return tuple(keep)
