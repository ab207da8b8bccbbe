"""The note on place names: which policy a text follows, and whence its names are."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from gazetteer.documents import DocumentError, open_document
from gazetteer.text.notes import NOTE_END, NOTE_START, note_spans, with_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.documents import RenderedDocument
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.labels import Label
    from gazetteer.model import Source
    from gazetteer.render import Rendering

__all__ = [
    "add_note",
    "labels_of",
    "note_lines",
    "note_of",
    "note_on_names",
    "sources_of",
    "with_note",
]

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


def labels_of(
    gazetteer: Gazetteer,
    rendering: Rendering,
    *,
    event: str | None = None,
    published: str | None = None,
) -> list[Label]:
    """Return the labels that stand in a rendered text, one for each place.

    Those that stood there before count too, so that a second run gives the same.

    Args:
        gazetteer: by which the text was rendered.
        rendering: of the text.
        event: EDTF date of what is told, by which it was rendered.
        published: EDTF date of the telling.
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
                place_id,
                rendering.perspective,
                lang=rendering.lang,
                event=event,
                published=published,
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
        markup: ``plain``, ``markdown`` or ``html``.

    Raises:
        UnknownPerspectiveError: if there is no such perspective.

    Examples:
        >>> from gazetteer import Gazetteer
        >>> print(note_on_names(Gazetteer.load(), "neutral").splitlines()[0])
        -- Note on place names --
    """
    said = " ".join(note_lines(gazetteer, perspective))
    sources = sources_of(gazetteer, perspective, labels)
    if markup == "html":
        return _page_note(said, sources)
    markdown = markup == "markdown"
    lines = [NOTE_START[markup], ""]
    if markdown:
        lines += [f"## {_HEADING}", ""]
    lines += [said, ""]
    listed = [f"- {line}" for line in _listed(sources, markdown)]
    if listed:
        lines += ["Sources:", "", *listed, ""]
    lines.append(NOTE_END[markup])
    return "\n".join(lines) + "\n"


def note_of(
    gazetteer: Gazetteer,
    perspective: str,
    rendered: Iterable[RenderedDocument],
    *,
    markup: str = "plain",
    event: str | None = None,
    published: str | None = None,
) -> str:
    """Return the note on the place names of rendered documents.

    Args:
        gazetteer: by which they were rendered.
        perspective: by which, too.
        rendered: the documents.
        markup: ``plain``, ``markdown`` or ``html``.
        event: EDTF date of what is told, by which they were rendered.
        published: EDTF date of the telling.
    """
    renderings = [one for each in rendered for one in each.renderings]
    labels = {
        label.place_id: label
        for rendering in renderings
        for label in labels_of(gazetteer, rendering, event=event, published=published)
    }
    return note_on_names(gazetteer, perspective, labels.values(), markup=markup)


def add_note(
    gazetteer: Gazetteer,
    rendered: RenderedDocument,
    *,
    suggest: bool = False,
    event: str | None = None,
    published: str | None = None,
) -> RenderedDocument:
    """Return a rendered document with the note on its place names.

    It stands at the end, or in the place of the note that the document has; a second
    run changes nothing.

    Args:
        gazetteer: by which it was rendered.
        rendered: plain text, Markdown, HTML or DOCX.
        suggest: of DOCX, whether the note is a tracked insertion.
        event: EDTF date of what is told, by which it was rendered.
        published: EDTF date of the telling.

    Raises:
        DocumentError: if the format holds no note.
    """
    if rendered.format in ("json", "jsonl", "csv", "tsv"):
        reason = (
            f"a {rendered.format.upper()} file holds fields, and no note on place "
            f"names beside them; --note-to writes it to a file of its own"
        )
        raise DocumentError(rendered.file, reason)
    document = open_document(
        rendered.content,
        rendered.file,
        format=rendered.format,
        encoding=rendered.encoding or None,
        suggest=suggest,
    )
    note = note_of(
        gazetteer,
        rendered.renderings[0].perspective,
        [rendered],
        markup=document.note_markup,
        event=event,
        published=published,
    )
    return rendered._replace(content=document.noted(note))


def _page_note(said: str, sources: Sequence[Source]) -> str:
    lines = [
        NOTE_START["html"],
        '<section lang="en" translate="no">',
        f"<h2>{_HEADING}</h2>",
        f"<p>{html.escape(said, quote=False)}</p>",
    ]
    if sources:
        lines += ["<p>Sources:</p>", "<ul>"]
        for source in sources:
            title = html.escape(source.title or source.source, quote=False)
            if source.url.startswith(("https://", "http://")):
                title = f'<a href="{html.escape(source.url)}">{title}</a>'
            read = f", read {source.retrieved}" if source.retrieved else ""
            lines.append(f"<li>{title}{read}</li>")
        lines.append("</ul>")
    lines += ["</section>", NOTE_END["html"]]
    return "\n".join(lines) + "\n"


def _title(gazetteer: Gazetteer, authority: str) -> str:
    known = gazetteer.tables.authorities.get(authority)
    return known.title if known is not None else authority


def _listed(sources: Iterable[Source], markdown: bool) -> Iterator[str]:
    for source in sources:
        title = source.title or source.source
        url = f"<{source.url}>" if markdown and source.url else source.url
        read = f", read {source.retrieved}" if source.retrieved else ""
        yield f"{title}{f', {url}' if url else ''}{read}"
