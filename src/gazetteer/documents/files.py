"""Read and write text files so that only what is rendered changes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.errors import DataError, DataNotFoundError, Problem

if TYPE_CHECKING:
    from typing import Any

    from gazetteer.render import Renderer, Rendering

__all__ = ["decode_text", "markup_of", "read_text", "render_document", "write_text"]

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"})


def markup_of(file: str | Path) -> str:
    """Return the markup that a file's suffix tells: ``markdown`` or ``plain``.

    Examples:
        >>> markup_of("notes.md"), markup_of("notes.txt"), markup_of("-")
        ('markdown', 'plain', 'plain')
    """
    return "markdown" if Path(file).suffix.lower() in _MARKDOWN else "plain"


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
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        start = raw.rfind(b"\n", 0, error.start) + 1
        column = error.start - start + 1
        value = " ".join(f"{byte:02x}" for byte in raw[error.start : error.end])
        problem = Problem(
            str(file),
            line,
            column,
            "byte",
            value,
            "bad-encoding",
            f"not UTF-8 at byte {error.start} of the file ({error.reason}); "
            f"save the file as UTF-8",
        )
        raise DataError([problem]) from error


def read_text(file: str | Path) -> str:
    """Return the text of a file, with its line ends and its byte order mark.

    Raises:
        DataNotFoundError: if there is no such file.
        DataError: if it is not UTF-8.
    """
    path = Path(file)
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise DataNotFoundError(str(file), "no such file") from error
    return decode_text(raw, file=file)


def write_text(file: str | Path, text: str) -> None:
    """Write a text as it is; the file has the old content until all is written.

    The text is written beside the file, which it then replaces; permissions stay.
    """
    path = Path(file)
    if path.is_symlink():
        path = path.resolve()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
        # mkstemp lets only the owner read; a new file has what the process gives.
        beside.chmod(
            path.stat().st_mode & 0o7777 if path.exists() else _new_file_mode()
        )
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _new_file_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def render_document(
    renderer: Renderer,
    file: str | Path,
    perspective: str,
    *,
    output: str | Path | None = None,
    markup: str | None = None,
    **options: Any,
) -> Rendering:
    """Render a text file; write the result if asked to.

    Args:
        renderer: over the tables in use.
        file: UTF-8; its line ends and byte order mark stay.
        perspective: name of the policy.
        output: where to write, perhaps the file itself; nothing is written if None.
        markup: ``plain`` or ``markdown``; by the file's suffix if None.
        **options: as `gazetteer.render.Renderer.render` takes them.

    Raises:
        DataNotFoundError: if there is no such file.
        DataError: if it is not UTF-8.
    """
    text = read_text(file)
    rendering = renderer.render(
        text, perspective, markup=markup or markup_of(file), **options
    )
    if output is not None:
        write_text(output, rendering.text)
    return rendering
