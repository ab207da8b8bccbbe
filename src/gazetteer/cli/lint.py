"""``gazetteer lint``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazetteer import __version__
from gazetteer.cli.completion import complete_langs, complete_perspectives
from gazetteer.cli.options import data_options, open_gazetteer, place_options
from gazetteer.cli.texts import files_argument, format_options, read_all
from gazetteer.display.counts import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.cli.texts import Opened
    from gazetteer.desk.lint import Config, Finding
    from gazetteer.gazetteer import Gazetteer

__all__ = ["lint"]

# the formats of gazetteer.desk.lint, which would cost every call of --help its import
_FORMATS = ("text", "json", "github", "sarif")


@click.command()
@files_argument
@click.option(
    "-p",
    "--perspective",
    help="Whose names are wanted.  [default: neutral]",
    shell_complete=complete_perspectives,
)
@click.option(
    "-l",
    "--lang",
    help="Of the texts; told by each text if not given.",
    shell_complete=complete_langs,
)
@format_options
@click.option(
    "--reported",
    type=click.Choice(["render", "keep"]),
    help="Reported speech: as gazetteer render has it.",
)
@click.option(
    "--quotations",
    type=click.Choice(["keep", "gloss"]),
    help="Quotations: as gazetteer render has them.",
)
@place_options
@click.option("--country", help="A country that the texts are about.")
@click.option("--within", help="A place that the texts are about.")
@click.option(
    "--output-format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="json is one object a line.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the findings here; standard output if not given.",
)
@click.option("--ignore", multiple=True, metavar="RULE", help="Do not look for it.")
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file with [tool.gazetteer.lint]; the nearest pyproject.toml if not "
    "given.",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 even if something is found.")
@data_options
def lint(
    files: tuple[str, ...],
    kind: str | None,
    fields: tuple[str, ...],
    encoding: str | None,
    delimiter: str | None,
    form: str,
    output: Path | None,
    ignore: tuple[str, ...],
    config: Path | None,
    exit_zero: bool,
    data: tuple[Path, ...],
    no_default: bool,
    **options: Any,
) -> None:
    """Say which place names of texts a perspective would not have.

    Of plain text, Markdown, HTML, DOCX, and fields of JSON and CSV.

    Also which nobody can follow: names that several places have, several names for one
    place, names that were not in use at the date of the text. A comment
    `gazetteer: ignore` allows what is on its line. Exit 1 if something is found.
    """
    from gazetteer.desk.lint import RULES, read_config, write_findings

    unknown = [each for each in ignore if each not in RULES]
    if unknown:
        listed = ", ".join(RULES)
        raise click.UsageError(f"no rule {unknown[0]!r}; {listed} would do")
    project = read_config(Path.cwd(), named=config)
    gazetteer = open_gazetteer((*data, *project.data), no_default)
    opened = read_all(
        [file for file in dict.fromkeys(files) if not project.excludes(file)],
        kind,
        lambda file: fields or project.fields_of(file),
        encoding=encoding,
        delimiter=delimiter,
    )
    findings = _examined(gazetteer, opened, ignore, project, options)
    told = write_findings(findings, form, version=__version__)
    if output is not None:
        from gazetteer.writing import write_text

        write_text(output, told)
    else:
        click.echo(told, nl=False)
    if form == "text":
        click.echo(_summary(findings, files), err=True)
    if findings and not exit_zero:
        click.get_current_context().exit(1)


def _examined(
    gazetteer: Gazetteer,
    opened: Sequence[Opened],
    ignore: Sequence[str],
    project: Config,
    options: dict[str, Any],
) -> list[Finding]:
    from gazetteer.desk.lint import LintOptions, examine_document
    from gazetteer.resolve import Context

    given = {
        key: value if value is not None else getattr(project, key)
        for key, value in options.items()
    }
    how = LintOptions(
        perspective=given["perspective"] or "neutral",
        lang=given["lang"],
        event=given["event"],
        published=given["published"],
        reported=given["reported"] or "render",
        quotations=given["quotations"] or "keep",
        context=Context(country=given["country"], within=given["within"]),
    )
    findings: list[Finding] = []
    for file, _, document in opened:
        skip = {*ignore, *project.ignores(file)}
        findings += examine_document(gazetteer, document, how, file=file, skip=skip)
    return findings


def _summary(findings: Sequence[Finding], files: Sequence[str]) -> str:
    errors = sum(finding.level == "error" for finding in findings)
    warnings = len(findings) - errors
    return (
        f"{counted(errors, 'error')}, {counted(warnings, 'warning')} in "
        f"{counted(len(files), 'file')}"
    )
