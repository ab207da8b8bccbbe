"""``gazetteer find``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.options import (
    context_options,
    data_options,
    open_gazetteer,
    place_options,
    the_context,
)
from gazetteer.cli.output import echo_json, echo_table
from gazetteer.cli.texts import files_argument, format_options, read_all

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["find"]


@click.command()
@files_argument
@format_options
@click.option(
    "--output-format",
    "form",
    type=click.Choice(["text", "jsonl", "geojson"]),
    default="text",
    show_default=True,
    help="jsonl is one object a mention; geojson one collection of points.",
)
@context_options
@place_options
@data_options
def find(
    files: tuple[str, ...],
    kind: str | None,
    fields: tuple[str, ...],
    encoding: str | None,
    delimiter: str | None,
    form: str,
    data: tuple[Path, ...],
    no_default: bool,
    **options: Any,
) -> None:
    """Say where texts name places, and which: with offsets, ids and confidence.

    Plain text, Markdown, HTML, DOCX, and fields of JSON and CSV. Offsets are code
    points. Each mention has its role in the sentence: a quotation, a title, a person's
    name and the like are told as such.
    """
    from gazetteer.desk.mentions import feature_collection, mention_rows

    gazetteer = open_gazetteer(data, no_default)
    context = the_context(options)
    rows: list[dict[str, Any]] = []
    for file, _, document in read_all(
        files, kind, lambda _: fields, encoding=encoding, delimiter=delimiter
    ):
        lang = options["text_lang"]
        rows += mention_rows(gazetteer, document, file=file, lang=lang, context=context)
    if form == "geojson":
        echo_json(feature_collection(rows))
    elif form == "jsonl":
        for row in rows:
            echo_json(row)
    else:
        echo_table(_HEADER, map(_cells, rows))


_HEADER = ("mention", "where", "outcome", "place", "type", "score", "role")


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    score = row["score"]
    return (
        " ".join(row["text"].split()),
        _where(row),
        row["outcome"] or "",
        row["place_id"] or "",
        row["type"] or "",
        f"{score:.0f}" if score is not None else "",
        row["role"],
    )


def _where(row: dict[str, Any]) -> str:
    where = str(row["file"])
    if row["line"] is not None:
        where += f":{row['line']}:{row['column']}"
    return f"{where}: {row['where']}" if row["where"] else where
