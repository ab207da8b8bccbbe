"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from gazetteer.cli.completion import complete_langs
from gazetteer.cli.meter import Meter
from gazetteer.gazetteer import Gazetteer
from gazetteer.opening import DEFAULT
from gazetteer.resolve import Context, Policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer.model import Place

__all__ = [
    "context_options",
    "data_options",
    "json_option",
    "loaded_sources",
    "open_gazetteer",
    "place_options",
    "policy_options",
    "source_type",
    "the_context",
    "the_place",
    "the_policy",
    "title_lang_option",
]


_Decorator: TypeAlias = "Callable[[Callable[..., Any]], Callable[..., Any]]"


def _together(*options: _Decorator) -> _Decorator:
    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


_STORES = "gazetteer.stores"


class _Source(click.Path):
    """A directory of tables, a store, or the word for the data in the package."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        if value == DEFAULT and not Path(DEFAULT).exists():
            return DEFAULT
        return super().convert(value, param, ctx)


source_type = _Source(exists=True, path_type=Path)
"""The type of an argument that names data."""


def _remember(
    context: click.Context, _option: click.Parameter, value: tuple[Path | str, ...]
) -> None:
    context.meta[_STORES] = value


data_options = _together(
    click.option(
        "--data",
        "data",
        multiple=True,
        type=source_type,
        metavar="SOURCE",
        help="A directory of tables or house rules, or a store, that wins over the "
        "shipped data; may be repeated, the first wins.",
    ),
    click.option(
        # a world of names must not outweigh what was reviewed by hand
        "--store",
        multiple=True,
        expose_value=False,
        callback=_remember,
        type=source_type,
        metavar="SOURCE",
        help="A store that gazetteer build wrote, to lie under the shipped data: it "
        "adds places, and theirs win; may be repeated, the first wins.",
    ),
    click.option(
        "--no-default",
        is_flag=True,
        help="Leave the shipped data out (needs --data or --store).",
    ),
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

title_lang_option = click.option(
    "-l",
    "--lang",
    default="en",
    show_default=True,
    help="Of the titles, BCP 47.",
    shell_complete=complete_langs,
)

context_options = _together(
    click.option("--country", help="A country: name, id or scheme:id."),
    click.option("--within", help="A place that it lies in: name, id or scheme:id."),
    click.option(
        "--near", type=(float, float), metavar="LAT LON", help="A point, in degrees."
    ),
    click.option("--type", "type_", help="The type of place, such as town."),
    click.option(
        "--text-lang",
        help="Language that the name stands in, BCP 47.",
        shell_complete=complete_langs,
    ),
    click.option(
        "--mentions", multiple=True, help="Another name in the same text; repeatable."
    ),
)

place_options = _together(
    click.option("--event", help="Date of what is told, EDTF such as 1992-05."),
    click.option("--published", help="Date of the telling, EDTF."),
)

policy_options = _together(
    click.option(
        "--accept", type=float, help="Score from which a candidate is accepted."
    ),
    click.option(
        # batch writes a file by --review, so the score has a longer word everywhere
        "--review-score",
        "review_score",
        type=float,
        help="Score from which one is reviewed.",
    ),
    click.option("--margin", type=float, help="Lead that the best one needs."),
    click.option(
        "--default-senses/--no-default-senses",
        default=True,
        help="Whether a reviewed default decides a bare homonym.",
    ),
)


def open_gazetteer(data: tuple[Path | str, ...], no_default: bool) -> Gazetteer:
    """Load what --data, --store and --no-default ask for."""
    sources = loaded_sources(data, no_default)
    meter = Meter()
    try:
        return Gazetteer.load(*sources, progress=meter.compile)
    finally:
        meter.close()


def loaded_sources(
    data: tuple[Path | str, ...], no_default: bool
) -> tuple[Path | str, ...]:
    """Return the sources that --data, --store and --no-default ask for, in order."""
    stores: tuple[Path | str, ...] = click.get_current_context().meta.get(_STORES, ())
    if no_default and not (data or stores):
        raise click.UsageError("--no-default needs at least one --data or --store")
    if no_default and DEFAULT in data:
        raise click.UsageError("--no-default leaves out what 'default' asks for")
    shipped = () if no_default or DEFAULT in data else (DEFAULT,)
    return (*data, *shipped, *stores)


def the_policy(
    accept: float | None,
    review: float | None,
    margin: float | None,
    default_senses: bool,
) -> Policy:
    """Return the default policy with what was given instead."""
    default = Policy()
    return Policy(
        accept=default.accept if accept is None else accept,
        review=default.review if review is None else review,
        margin=default.margin if margin is None else margin,
        default_senses=default_senses,
    )


def the_context(options: dict[str, Any]) -> Context | None:
    """Return the context that was given, or None for none."""
    context = Context(
        country=options.get("country"),
        within=options.get("within"),
        near=options.get("near"),
        type=options.get("type_"),
        lang=options.get("text_lang"),
        event=options.get("event"),
        published=options.get("published"),
        mentions=tuple(options.get("mentions") or ()),
    )
    return None if context == Context() else context


def the_place(gazetteer: Gazetteer, query: str, event: str | None = None) -> Place:
    """Return the place that an argument names, or leave with 1 and the candidates."""
    context = Context(event=event) if event else None
    resolution = gazetteer.resolve(query, context=context)
    if resolution.match is None:
        click.echo(resolution.explain(), err=True)
        click.get_current_context().exit(1)
    return resolution.match.place
