"""Read, render and write files so that only what is rendered changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gazetteer.documents.document import RenderedDocument
from gazetteer.documents.encodings import decode
from gazetteer.documents.errors import DocumentError
from gazetteer.documents.relabel import relabel
from gazetteer.errors import DataNotFoundError
from gazetteer.writing import write_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.documents.document import Document
    from gazetteer.documents.relabel import Renders

__all__ = [
    "FORMATS",
    "decode_text",
    "format_of",
    "markup_of",
    "open_document",
    "read_bytes",
    "read_text",
    "render_bytes",
    "render_document",
]

FORMATS: Final = ("plain", "markdown", "html", "docx", "json", "jsonl", "csv", "tsv")
"""What can be rendered."""

_SUFFIXES: Final = {
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), "docx"),
    ".json": "json",
    ".geojson": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
}
_FIELDED: Final = ("json", "jsonl", "csv", "tsv")


def format_of(file: str | Path) -> str:
    """Return the format that a file's suffix tells, one of `FORMATS`.

    Examples:
        >>> format_of("notes.md"), format_of("page.HTML"), format_of("-")
        ('markdown', 'html', 'plain')
    """
    return _SUFFIXES.get(Path(file).suffix.lower(), "plain")


def markup_of(file: str | Path) -> str:
    """Return the markup that a file's suffix tells: ``markdown`` or ``plain``.

    Examples:
        >>> markup_of("notes.md"), markup_of("notes.txt"), markup_of("-")
        ('markdown', 'plain', 'plain')
    """
    return "markdown" if format_of(file) == "markdown" else "plain"


def decode_text(raw: bytes, *, file: str | Path = "-") -> str:
    r"""Return bytes as text: UTF-8, with its line ends and its byte order mark.

    Args:
        raw: the whole file.
        file: what to call it in an error.

    Raises:
        DataError: naming the file, the line, the byte and what it is.

    Examples:
        >>> decode_text(b"one\r\ntwo")
        'one\r\ntwo'
    """
    return decode(raw, file=str(file)).text


def read_bytes(file: str | Path) -> bytes:
    """Return the content of a file.

    Raises:
        DataNotFoundError: if there is no such file.
    """
    try:
        return Path(file).read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise DataNotFoundError(str(file), "no such file") from error


def read_text(file: str | Path) -> str:
    """Return the text of a file, with its line ends and its byte order mark.

    Raises:
        DataNotFoundError: if there is no such file.
        DataError: if it is not UTF-8.
    """
    return decode_text(read_bytes(file), file=file)


def open_document(
    raw: bytes,
    file: str | Path = "-",
    *,
    format: str | None = None,  # noqa: A002  (what it is called everywhere)
    encoding: str | None = None,
    fields: Sequence[str] = (),
    delimiter: str | None = None,
    annotate: str | None = None,
    suggest: bool = False,
) -> Document:
    """Read a document.

    Args:
        raw: the whole file.
        file: its name, which is told in errors.
        format: one of `FORMATS`; by the file's suffix if None.
        encoding: of a text; if None, as the file says of itself, or UTF-8.
        fields: of JSON or CSV, those that hold text: names of keys, JSON Pointers with
            ``*`` for any one step, headers of columns.
        delimiter: what parts the cells of a CSV file; told by its header if None.
        annotate: of HTML, ``span`` or ``abbr`` around each new name.
        suggest: of DOCX, write tracked changes and comments.

    Raises:
        DocumentError: if an option does not fit the format.
        DataError: if the file cannot be read, with the place.
    """
    name, kind = str(file), format or format_of(file)
    if kind not in FORMATS:
        raise DocumentError(name, f"no format {kind!r}; {', '.join(FORMATS)} are known")
    _require_fit(name, kind, "--field", bool(fields), _FIELDED)
    _require_fit(name, kind, "--annotate", annotate is not None, ("html",))
    _require_fit(name, kind, "--suggest", suggest, ("docx",))
    _require_fit(name, kind, "--delimiter", delimiter is not None, ("csv", "tsv"))
    texts = tuple(each for each in FORMATS if each != "docx")
    _require_fit(name, kind, "--encoding", encoding is not None, texts)
    if kind in _FIELDED and not fields:
        what = "column" if kind in ("csv", "tsv") else "field"
        raise DocumentError(
            name,
            f"a {kind.upper()} file holds more than text; name what is text with "
            f"--{what}",
        )
    if kind == "markdown":
        from gazetteer.documents.markdown import MarkdownDocument

        return MarkdownDocument(raw, name, encoding=encoding)
    if kind == "html":
        from gazetteer.documents.html import PageDocument

        return PageDocument(raw, name, encoding=encoding, annotate=annotate)
    if kind == "docx":
        from gazetteer.documents.docx import WordDocument

        return WordDocument(raw, name, suggest=suggest)
    if kind in ("json", "jsonl"):
        from gazetteer.documents.fields import JsonDocument

        lines = kind == "jsonl"
        return JsonDocument(raw, name, fields, lines=lines, encoding=encoding)
    if kind in ("csv", "tsv"):
        from gazetteer.documents.fields import CsvDocument

        delimiter = delimiter or ("\t" if kind == "tsv" else None)
        return CsvDocument(raw, name, fields, delimiter=delimiter, encoding=encoding)
    from gazetteer.documents.plain import PlainDocument

    return PlainDocument(raw, name, encoding=encoding)


def _require_fit(
    file: str, kind: str, option: str, given: bool, formats: Sequence[str]
) -> None:
    if given and kind not in formats:
        raise DocumentError(
            file, f"{option} is for {', '.join(formats)}, and it is read as {kind}"
        )


def render_bytes(
    renderer: Renders,
    document: Document,
    raw: bytes,
    perspective: str,
    *,
    file: str | Path = "-",
    format: str = "",  # noqa: A002
    lang: str | None = None,
    compact: bool = False,
    **options: Any,
) -> RenderedDocument:
    """Render a document that was read.

    Args:
        renderer: a gazetteer, or a renderer over tables.
        document: as `open_document` gave it.
        raw: what it was read from.
        perspective: name of the policy.
        file: its name.
        format: of the file, for the report.
        lang: of the texts, which wins over what the file says of itself as a whole.
        compact: whether every name takes the form that it has in a headline; else those
            in headings, captions and cells of tables do.
        **options: as `gazetteer.render.Renderer.render` takes them.
    """
    options.setdefault("markup", document.markup)
    options.setdefault("footnotes", document.footnotes)
    renderings = tuple(
        relabel(
            renderer,
            text._replace(headings=((0, len(text.text)),)) if compact else text,
            perspective,
            possible=lambda change, text=text: document.possible(text, change),  # type: ignore[misc]
            lang=lang,
            **options,
        )
        for text in document.texts
    )
    changed = any(each.changes for each in renderings)
    content = (
        document.written([each.changes for each in renderings]) if changed else raw
    )
    names = tuple(text.name for text in document.texts)
    return RenderedDocument(
        str(file), format, raw, content, renderings, names, document.encoding
    )


def render_document(
    renderer: Renders,
    file: str | Path,
    perspective: str,
    *,
    output: str | Path | None = None,
    format: str | None = None,  # noqa: A002
    encoding: str | None = None,
    fields: Sequence[str] = (),
    delimiter: str | None = None,
    annotate: str | None = None,
    suggest: bool = False,
    lang: str | None = None,
    compact: bool = False,
    **options: Any,
) -> RenderedDocument:
    """Render a file; write the result if asked to.

    Args:
        renderer: a gazetteer, or a renderer over tables.
        file: in one of `FORMATS`; what is not changed stays byte for byte.
        perspective: name of the policy.
        output: where to write, perhaps the file itself; nothing is written if None.
        format: as `open_document` takes it, and so are the next ones.
        encoding: of a text.
        fields: of JSON or CSV.
        delimiter: of CSV.
        annotate: of HTML.
        suggest: of DOCX.
        lang: of the texts, which wins over what the file says of itself as a whole.
        compact: whether every name takes the form that it has in a headline.
        **options: as `gazetteer.render.Renderer.render` takes them.

    Raises:
        DataNotFoundError: if there is no such file.
        DocumentError: if an option does not fit the format.
        DataError: if the file cannot be read, with the place.
    """
    raw = read_bytes(file)
    document = open_document(
        raw,
        file,
        format=format,
        encoding=encoding,
        fields=fields,
        delimiter=delimiter,
        annotate=annotate,
        suggest=suggest,
    )
    rendered = render_bytes(
        renderer,
        document,
        raw,
        perspective,
        file=file,
        format=format or format_of(file),
        lang=lang,
        compact=compact,
        **options,
    )
    if output is not None:
        write_bytes(output, rendered.content)
    return rendered
