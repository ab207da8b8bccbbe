"""``gazetteer show``: everything that is known of a place, with who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.completion import complete_langs
from gazetteer.cli.options import (
    data_options,
    json_option,
    open_gazetteer,
    the_place,
)
from gazetteer.cli.output import echo_json
from gazetteer.tables.places import as_places
from gazetteer.tables.shape import place_shape

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.gazetteer import Gazetteer
    from gazetteer.model import Place, Relation, Toponym

__all__ = ["show"]


@click.command()
@click.argument("place")
@click.option(
    "-l",
    "--lang",
    default="en",
    show_default=True,
    help="Of the titles.",
    shell_complete=complete_langs,
)
@click.option("--event", help="Date at which the PLACE is looked for, EDTF.")
@json_option
@data_options
def show(
    place: str,
    lang: str,
    event: str | None,
    as_json: bool,
    data: tuple[Path, ...],
    no_default: bool,
) -> None:
    """Print a PLACE (an id, scheme:id or a name): names, usages, relations, sources."""
    gazetteer = open_gazetteer(data, no_default)
    where = the_place(gazetteer, place, event)
    if as_json:
        title = _title(gazetteer, where.place_id, lang)
        echo_json(place_shape(where, title, gazetteer.version), indent=2)
        return
    _echo_place(gazetteer, where, lang)


def _title(gazetteer: Gazetteer, place_id: str, lang: str) -> str:
    from gazetteer.exchange.describing import Describer

    return Describer(gazetteer, lang).title_of(place_id)


def _echo_place(gazetteer: Gazetteer, place: Place, lang: str) -> None:
    _echo_head(gazetteer, place, lang)
    click.secho("\nNames", bold=True)
    for toponym in sorted(place.toponyms, key=lambda row: (row.lang, row.name)):
        _echo_toponym(gazetteer, toponym)
    statements = [
        *place.relations,
        *as_places(gazetteer.tables.places).speaking_of(place.place_id),
    ]
    if statements:
        click.secho("\nRelations, each as one party states it", bold=True)
    for relation in statements:
        _echo_relation(gazetteer, relation, lang)
    if place.link_rows:
        click.secho("\nLinks", bold=True)
    for link in place.link_rows:
        edition = f", {link.edition}" if link.edition else ""
        click.echo(f"  {link.scheme}:{link.id} ({link.match}{edition}) [{link.source}]")
    click.secho("\nSources", bold=True)
    for key in _sources(place, statements):
        source = gazetteer.tables.sources.get(key)
        if source:
            where = " ".join(part for part in (source.title, source.url) if part)
            via = f" (via {source.via})" if source.via else ""
            licence = f"; {source.licence}" if source.licence else ""
            click.echo(f"  [{key}] {where}{via}{licence}")


def _echo_head(gazetteer: Gazetteer, place: Place, lang: str) -> None:
    click.secho(_title(gazetteer, place.place_id, lang), bold=True)
    point = ""
    if place.lat is not None and place.lon is not None:
        point = f"{place.lat:g}, {place.lon:g}"
    contested = ""
    dispute = gazetteer.tables.disputes.get(place.dispute)
    if dispute:
        parties = ", ".join(_authority(gazetteer, each) for each in dispute.parties)
        contested = f"{dispute.title}; parties: {parties}"
    facts = {
        "id": place.place_id,
        "type": f"{place.type} ({place.fclass})",
        "point": point,
        "existed": place.exists.text,
        "languages": " ".join(place.langs),
        "contested": contested,
        "note": place.note,
    }
    for name, value in facts.items():
        if value:
            click.echo(f"  {name:<10} {value}")


def _echo_relation(gazetteer: Gazetteer, relation: Relation, lang: str) -> None:
    subject = _title(gazetteer, relation.subject, lang)
    verb = relation.predicate.replace("_", " ")
    target = _title(gazetteer, relation.object, lang) if relation.object else ""
    when = f", {relation.valid}" if relation.valid.dated else ""
    said = _authority(gazetteer, relation.according_to)
    line = " ".join(part for part in (subject, verb, target) if part)
    click.echo(f"  {line}{when}: {said} [{relation.source}]")
    if relation.note:
        click.echo(f"    {relation.note}")


def _echo_toponym(gazetteer: Gazetteer, toponym: Toponym) -> None:
    marks = [toponym.lang]
    if toponym.form != "full":
        marks.append(toponym.form)
    if toponym.derived:
        marks.append(f"derived by {toponym.translit}")
    if toponym.valid.dated:
        marks.append(str(toponym.valid))
    if toponym.default_sense:
        marks.append("default sense")
    lines = {
        gazetteer.tables.sources[key].line
        for key in toponym.sources
        if key in gazetteer.tables.sources
    }
    certainty = "verified" if len(lines) > 1 else "single-source"
    sources = " ".join(toponym.sources)
    click.echo(f"  {toponym.name}  ({', '.join(marks)}; {certainty}) [{sources}]")
    for usage in toponym.usages:
        when = f", {usage.valid}" if usage.valid.dated else ""
        who = _authority(gazetteer, usage.authority)
        click.echo(f"    {usage.status}: {who}{when} [{usage.source}]")


def _authority(gazetteer: Gazetteer, key: str) -> str:
    authority = gazetteer.tables.authorities.get(key)
    return authority.title if authority else key


def _sources(place: Place, statements: list[Any]) -> list[str]:
    keys = {key for toponym in place.toponyms for key in toponym.sources}
    keys |= {usage.source for toponym in place.toponyms for usage in toponym.usages}
    keys |= {row.source for row in (*statements, *place.link_rows)}
    return sorted(keys)
