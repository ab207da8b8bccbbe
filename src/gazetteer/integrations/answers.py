"""The one way to the kernel: distinct rows in, the columns of their answers out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gazetteer.batch.answers import OUTPUT_COLUMNS, refused_values, values_of
from gazetteer.batch.contexts import context_of
from gazetteer.integrations.values import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gazetteer.gazetteer import Gazetteer
    from gazetteer.integrations.question import Question
    from gazetteer.resolve import Context, Resolution, Resolutions

__all__ = ["answer"]

# As many names as the kernel takes at once; also, an answer holds its places, which
# are kilobytes each, so that those of all rows are never held together.
_PIECE: Final = 10_000

# What the kernel has as columns already, without an object for each row.
_OF_KERNEL: Final = frozenset(
    ("place_id", "outcome", "method", "similarity", "score", "margin", "name")
)


def answer(
    gazetteer: Gazetteer, rows: Mapping[str, Sequence[Any]], question: Question
) -> dict[str, list[Any]]:
    """Resolve rows, which had better be distinct.

    A row whose context cannot be used (an unknown country, a bad date) is unmatched
    with the reason in ``note``, since an answer without the context would be a guess.

    Args:
        gazetteer: whose answers are wanted.
        rows: for each field of the question's columns the values, all equally many.
        question: what is asked.

    Returns:
        The columns that the question keeps, in its order, each a list of plain values
        as long as the rows; None where an answer has nothing to say.

    Raises:
        CellTypeError: if a column holds what cannot be used.
    """
    columns = question.columns
    cells = {
        field: texts(field, columns[field], values) for field, values in rows.items()
    }
    names = cells.pop("name")
    cells = {
        field: [text.strip() for text in column] for field, column in cells.items()
    }
    contexts: dict[tuple[str, ...], tuple[Context | None, str]] = {}
    label = _labeller(gazetteer, question)
    found: dict[str, list[Any]] = {column: [] for column in question.keep}
    for start in range(0, len(names), _PIECE):
        piece = slice(start, start + _PIECE)
        asked = names[piece]
        given = [question.context] * len(asked)
        refused: dict[int, str] = {}
        if cells:
            of_piece = (column[piece] for column in cells.values())
            for at, row in enumerate(zip(*of_piece, strict=True)):
                read = contexts.get(row)
                if read is None:
                    by_field = dict(zip(cells, row, strict=True))
                    read = _context(gazetteer, by_field, question.context)
                    contexts[row] = read
                given[at], reason = read
                if reason:
                    refused[at] = reason
                    asked[at] = ""  # which nothing matches
        answers = gazetteer.resolve_many(
            asked, contexts=given if any(given) else None, policy=question.policy
        )
        pieces = _columns(gazetteer, answers, question, refused, label)
        for whole, part in zip(found.values(), pieces, strict=True):
            whole.extend(part)
    return found


def _columns(
    gazetteer: Gazetteer,
    answers: Resolutions,
    question: Question,
    refused: Mapping[int, str],
    label: Callable[[Resolution], str | None],
) -> list[Sequence[Any]]:
    if not refused and _OF_KERNEL.issuperset(question.keep):
        columns = answers.columns()
        return [columns[name] for name in question.keep]
    rows = [values_of(gazetteer, each, label(each)) for each in answers]
    for at, reason in refused.items():
        rows[at] = refused_values(gazetteer, reason)
    every = dict(zip(OUTPUT_COLUMNS, zip(*rows, strict=True), strict=True))
    return [every[name] for name in question.keep]


def _context(
    gazetteer: Gazetteer, cells: dict[str, str], base: Context | None
) -> tuple[Context | None, str]:
    context, reason = context_of(gazetteer, cells)
    if context is None:
        return (None, reason) if reason else (base, "")
    if base is not None:
        own = {field: value for field, value in context._asdict().items() if value}
        context = base._replace(**own)
    return context, ""


def _labeller(
    gazetteer: Gazetteer, question: Question
) -> Callable[[Resolution], str | None]:
    """Return what labels a match once for all rows that have it."""
    perspective = question.perspective
    known: dict[tuple[str, str | None, str | None], str] = {}

    def label(row: Resolution) -> str | None:
        match = row.match
        if match is None or perspective is None:
            return None
        context = row.context
        key = (match.place_id, context.event, context.published)
        text = known.get(key)
        if text is None:
            text = known[key] = gazetteer.label(
                match.place,
                perspective,
                lang=question.lang,
                event=context.event,
                published=context.published,
            ).text
        return text

    return label
