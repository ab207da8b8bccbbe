"""``gazetteer render``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.completion import complete_langs, complete_perspectives
from gazetteer.cli.options import (
    data_options,
    json_option,
    open_gazetteer,
    place_options,
)
from gazetteer.cli.output import echo_json
from gazetteer.cli.reporting import beside_option, page_of
from gazetteer.cli.texts import each_of, files_argument, format_options, read_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.documents import RenderedDocument
    from gazetteer.gazetteer import Gazetteer
    from gazetteer.render import Rendering

__all__ = ["render"]


@click.command()
@files_argument
@click.option(
    "-p",
    "--perspective",
    default="neutral",
    show_default=True,
    shell_complete=complete_perspectives,
)
@click.option(
    "-l",
    "--lang",
    shell_complete=complete_langs,
    help="Of the text; if not given, as the file says of itself, or told by the text.",
)
@format_options
@click.option(
    "--annotate",
    type=click.Choice(["span", "abbr"]),
    help="Of HTML: put the place's id and the language around each new name; abbr also "
    "the name that was written.",
)
@click.option(
    "--suggest",
    is_flag=True,
    help="Of DOCX: tracked changes and comments, which an editor accepts or rejects.",
)
@click.option(
    "--reported",
    type=click.Choice(["render", "keep"]),
    default="render",
    show_default=True,
    help="Reported speech: change where the new label holds the written name, or keep.",
)
@click.option(
    "--compact",
    is_flag=True,
    help="Names as in a headline; without it so in headings, captions and cells of "
    "tables.",
)
@click.option(
    "--quotations",
    type=click.Choice(["keep", "gloss"]),
    default="keep",
    show_default=True,
    help="Keep them as they are, or put the label in square brackets behind the first "
    "quoted mention of each place.",
)
@place_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write the result here, of several files into this directory; standard "
    "output if not given.",
)
@click.option("--in-place", is_flag=True, help="Write each result over its file.")
@click.option("--diff", is_flag=True, help="Print what changed as a unified diff.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every change and refusal here: a page to read for .html, JSON for "
    ".json, else plain words.",
)
@beside_option
@click.option(
    "--note",
    is_flag=True,
    help="Put a note on place names at the end: the policy, its version, its sources. "
    "A second run finds it again. Not for JSON and CSV.",
)
@click.option(
    "--note-to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write that note here: as Markdown for .md, HTML for .html, else plain text.",
)
@click.option("--explain", is_flag=True, help="Print the report to standard error.")
@click.option(
    "--fail-on",
    type=click.Choice(["change", "refusal"]),
    multiple=True,
    help="Exit 1 if there was one.",
)
@json_option
@data_options
def render(
    files: tuple[str, ...],
    perspective: str,
    kind: str | None,
    fields: tuple[str, ...],
    encoding: str | None,
    delimiter: str | None,
    annotate: str | None,
    suggest: bool,
    output: Path | None,
    in_place: bool,
    diff: bool,
    report: Path | None,
    beside: tuple[str, ...],
    note: bool,
    note_to: Path | None,
    explain: bool,
    fail_on: tuple[str, ...],
    as_json: bool,
    data: tuple[Path, ...],
    no_default: bool,
    **options: Any,
) -> None:
    """Print FILE (or - for a pipe) with its place names as a perspective has them.

    Plain text, Markdown, HTML, DOCX, and fields of JSON and CSV; what is not renamed
    stays byte for byte. Several files are read before any is written.
    """
    from gazetteer.documents import format_of, render_bytes
    from gazetteer.writing import write_text

    printed = diff or as_json
    targets = _targets(files, output, in_place=in_place, printed=printed)
    written = {"--report": report, "--note-to": note_to}
    _require_apart(files, targets, written, in_place=in_place)
    gazetteer = open_gazetteer(data, no_default)

    opened = read_all(
        files,
        kind,
        lambda _: fields,
        encoding=encoding,
        delimiter=delimiter,
        annotate=annotate,
        suggest=suggest,
    )

    def rendered_by(policy: str) -> list[RenderedDocument]:
        return each_of(
            opened,
            lambda each: render_bytes(
                gazetteer,
                each.document,
                each.raw,
                policy,
                file=each.file,
                format=kind or format_of(each.file),
                **options,
            ),
        )

    def again(policy: str) -> list[Rendering]:
        return _renderings(rendered_by(policy))

    rendered = rendered_by(perspective)
    dates = {name: options[name] for name in ("event", "published")}
    if note:
        from gazetteer.desk.note import add_note

        rendered = each_of(
            rendered,
            lambda each: add_note(gazetteer, each, suggest=suggest, **dates),
        )
    if note_to is not None:
        told = _note(gazetteer, perspective, rendered, note_to, dates)
        write_text(note_to, told)
    if report is not None:
        title = files[0] if len(files) == 1 else f"{len(files)} files"
        page = page_of(
            gazetteer,
            title,
            _renderings(rendered),
            beside,
            again,
            report,
            _names(rendered),
        )
        as_shapes = report.suffix == ".json"
        write_text(report, page or _report(rendered, as_json=as_shapes))
    _write(rendered, targets)
    if printed:
        _print(rendered, as_json=as_json)
    elif not targets:
        # bytes, so that the line ends of the text stay what they were
        _require_pipe(rendered[0])
        sys.stdout.buffer.write(rendered[0].content)
        sys.stdout.buffer.flush()
    _tell(rendered, explain=explain)
    renderings = _renderings(rendered)
    happened = {
        "change": any(each.content != each.source for each in rendered),
        "refusal": any(each.refusals for each in renderings),
    }
    if any(happened[each] for each in fail_on):
        click.get_current_context().exit(1)


def _note(
    gazetteer: Gazetteer,
    perspective: str,
    rendered: Sequence[RenderedDocument],
    file: Path,
    dates: dict[str, str | None],
) -> str:
    from gazetteer.desk.note import note_of
    from gazetteer.documents import format_of

    kind = format_of(file)
    markup = kind if kind in ("markdown", "html") else "plain"
    return note_of(gazetteer, perspective, rendered, markup=markup, **dates)


def _targets(
    files: Sequence[str], output: Path | None, *, in_place: bool, printed: bool
) -> dict[str, Path]:
    """Return where each result is to be written; nothing if it is printed."""
    if in_place and output is not None:
        raise click.UsageError("--in-place and --output say where to write, both")
    if in_place:
        if "-" in files:
            raise click.UsageError("--in-place needs files, and - is a pipe")
        return {file: Path(file) for file in files}
    if output is None:
        if len(files) > 1 and not printed:
            raise click.UsageError(
                "several files need --in-place, --output DIRECTORY, --diff or --json"
            )
        return {}
    if len(files) == 1 and not output.is_dir():
        return {files[0]: output}
    if output.exists() and not output.is_dir():
        raise click.UsageError(f"several files need a directory, and {output} is none")
    if "-" in files:
        raise click.UsageError("a pipe has no name to be written to in a directory")
    names = [Path(file).name for file in files]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise click.UsageError(f"several files are called {', '.join(twice)}")
    return {file: output / Path(file).name for file in files}


def _require_apart(
    files: Sequence[str],
    targets: dict[str, Path],
    beside: dict[str, Path | None],
    *,
    in_place: bool,
) -> None:
    """Refuse to write over what is read, twice to one file, or where none can be.

    Raises:
        click.BadParameter: naming the option.
        WriteError: if no file can be written there.
    """
    from gazetteer.writing import file_behind, is_stream

    taken = {Path(file).resolve(): "it is read" for file in files if file != "-"}
    written = [] if in_place else [("--output", each) for each in targets.values()]
    written += [(option, each) for option, each in beside.items() if each is not None]
    for option, path in written:
        if is_stream(path):
            continue
        why = taken.get(path.resolve())
        if why is not None:
            would = "name another file"
            if option == "--output" and why == "it is read":
                would += ", or say --in-place"
            raise click.BadParameter(f"{path}: {why}; {would}", param_hint=option)
        taken[path.resolve()] = f"{option} writes it"
        # of several files the directory may be made
        made = len(targets) > 1 and option == "--output" and not path.parent.exists()
        file_behind(path.parent if made else path)


def _renderings(rendered: Sequence[RenderedDocument]) -> list[Rendering]:
    return [one for each in rendered for one in each.renderings]


def _names(rendered: Sequence[RenderedDocument]) -> list[str]:
    """Return what texts are called where there are several; else nothing."""
    if len(rendered) == 1:
        return [name for name in rendered[0].names if name]
    return [f"{each.file} {name}".rstrip() for each in rendered for name in each.names]


def _write(rendered: Sequence[RenderedDocument], targets: dict[str, Path]) -> None:
    from gazetteer.writing import write_bytes

    for each in rendered:
        target = targets.get(each.file)
        if target is None:
            continue
        if target == Path(each.file) and each.content == each.source:
            continue
        if len(targets) > 1:
            target.parent.mkdir(exist_ok=True)
        write_bytes(target, each.content)


def _print(rendered: Sequence[RenderedDocument], *, as_json: bool) -> None:
    for each in rendered:
        if not as_json:
            click.echo(each.diff(), nl=False)
            continue
        for shape in _shapes(each):
            echo_json(shape)


def _require_pipe(rendered: RenderedDocument) -> None:
    if not rendered.encoding and sys.stdout.isatty():
        raise click.UsageError("a DOCX file is no text; say where to with --output")


def _tell(rendered: Sequence[RenderedDocument], *, explain: bool) -> None:
    """Print the report, or else the warnings, to standard error."""
    if explain:
        click.echo(_report(rendered, as_json=False), err=True, nl=False)
        return
    for each in rendered:
        where = f"{each.file}: " if len(rendered) > 1 else ""
        for warning in each.warnings:
            click.echo(f"warning: {where}{warning}", err=True)


def _report(rendered: Sequence[RenderedDocument], *, as_json: bool) -> str:
    if as_json:
        import json

        shapes = [shape for each in rendered for shape in _shapes(each)]
        one = shapes[0] if len(shapes) == 1 else shapes
        return json.dumps(one, ensure_ascii=False, indent=2) + "\n"
    return "".join(
        f"{each.file}{f' {name}' if name else ''}\n{rendering.explain()}\n"
        for each in rendered
        for name, rendering in zip(each.names, each.renderings, strict=True)
    )


def _shapes(rendered: RenderedDocument) -> Iterator[dict[str, Any]]:
    for name, rendering in zip(rendered.names, rendered.renderings, strict=True):
        yield {"file": rendered.file, "field": name or None, **rendering.to_dict()}
