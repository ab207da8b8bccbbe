"""The note on place names: which policy a text follows, and whence its names are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.text.notes import NOTE_END, NOTE_START, note_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.gazetteer import Gazetteer
    from gazetteer.labels import Label
    from gazetteer.model import Source
    from gazetteer.render import Rendering

__all__ = ["labels_of", "note_lines", "note_on_names", "sources_of", "with_note"]

_HEADING = "Note on place names"


def note_lines(gazetteer: Gazetteer, perspective: str) -> list[str]:
    """Return what a note says of a policy, in sentences.

    Args:
        gazetteer: the data in use.
        perspective: name of the policy.

    Raises:
        UnknownPerspectiveError: if there is no such perspective.
    """
    policy = gazetteer.perspectives[perspective]
    which = f"“{policy.title}” ({policy.name}, version {policy.version})"
    said = [f"Place names follow the policy {which}."]
    if policy.rule_text:
        said.append(policy.rule_text)
    if policy.authorities:
        titles = [_title(gazetteer, each) for each in policy.authorities]
        said.append(f"It follows the usage of: {'; '.join(titles)}.")
    else:
        said.append("It speaks for no one.")
    if policy.date:
        said.append(f"Names are those of {policy.date}.")
    said.append(
        f"The choice of a name is no statement on the status of a place. "
        f"Data: version {gazetteer.version}."
    )
    return said


def sources_of(
    gazetteer: Gazetteer, perspective: str, labels: Iterable[Label]
) -> list[Source]:
    """Return the sources of a policy and of the labels that it gave, by title.

    Args:
        gazetteer: the data in use.
        perspective: name of the policy.
        labels: those that stand in the text.
    """
    keys = set(gazetteer.perspectives[perspective].sources)
    for label in labels:
        keys.update(label.sources)
    known = gazetteer.tables.sources
    found = [known[key] for key in keys if key in known]
    return sorted(found, key=lambda source: (source.title.casefold(), source.source))


def labels_of(gazetteer: Gazetteer, rendering: Rendering) -> list[Label]:
    """Return the labels that stand in a rendered text, one for each place.

    Those that stood there before count too, so that a second run gives the same.

    Args:
        gazetteer: by which the text was rendered.
        rendering: of the text.
    """
    notes = note_spans(rendering.source)
    labels: dict[str, Label] = {}
    ids = [change.place_id for change in rendering.changes if change.place_id]
    ids += [
        kept.place_ids[0]
        for kept in rendering.kept
        if kept.code == "already"
        and len(kept.place_ids) == 1
        and not any(note.start <= kept.start < note.end for note in notes)
    ]
    for place_id in ids:
        if place_id not in labels:
            labels[place_id] = gazetteer.label(
                place_id, rendering.perspective, lang=rendering.lang
            )
    return list(labels.values())


def note_on_names(
    gazetteer: Gazetteer,
    perspective: str,
    labels: Iterable[Label] = (),
    *,
    markup: str = "plain",
) -> str:
    """Return a note that states a policy, its version and its sources, in English.

    It starts and ends with a line by which it is known again: nothing in it is changed
    by a later run, and `with_note` replaces it.

    Args:
        gazetteer: the data in use.
        perspective: name of the policy.
        labels: those that stand in the text; their sources are listed too.
        markup: ``plain`` or ``markdown``.

    Raises:
        UnknownPerspectiveError: if there is no such perspective.

    Examples:
        >>> from gazetteer import Gazetteer
        >>> print(note_on_names(Gazetteer.load(), "neutral").splitlines()[0])
        -- Note on place names --
    """
    markdown = markup == "markdown"
    lines = [NOTE_START[markup], ""]
    if markdown:
        lines += [f"## {_HEADING}", ""]
    lines += [" ".join(note_lines(gazetteer, perspective)), ""]
    listed = [
        f"- {line}"
        for line in _listed(sources_of(gazetteer, perspective, labels), markdown)
    ]
    if listed:
        lines += ["Sources:", "", *listed, ""]
    lines.append(NOTE_END[markup])
    return "\n".join(lines) + "\n"


def with_note(text: str, note: str) -> str:
    r"""Return a text with a note at its end, in the place of a note that it has.

    Args:
        text: of a document.
        note: as `note_on_names` returns it.

    Examples:
        >>> from gazetteer.text.notes import NOTE_END, NOTE_START
        >>> note = f"{NOTE_START['plain']}\n…\n{NOTE_END['plain']}\n"
        >>> once = with_note("A text.\n", note)
        >>> with_note(once, note) == once
        True
    """
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    note = note.replace("\n", end_of_line)
    spans = note_spans(text)
    if spans:
        start, end = spans[0].start, spans[0].end
        return text[:start] + note.removesuffix(end_of_line) + text[end:]
    body = text if text.endswith("\n") or not text else f"{text}{end_of_line}"
    return f"{body}{end_of_line}{note}"


def _title(gazetteer: Gazetteer, authority: str) -> str:
    known = gazetteer.tables.authorities.get(authority)
    return known.title if known is not None else authority


def _listed(sources: Iterable[Source], markdown: bool) -> Iterator[str]:
    for source in sources:
        title = source.title or source.source
        url = f"<{source.url}>" if markdown and source.url else source.url
        read = f", read {source.retrieved}" if source.retrieved else ""
        yield f"{title}{f', {url}' if url else ''}{read}"
