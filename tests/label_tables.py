"""Small tables, made in place by the tests of labels."""

from gazetteer.dates import ALWAYS, parse_interval
from gazetteer.labels import Labeller, load_perspectives
from gazetteer.model import (
    Authority,
    Dispute,
    Place,
    Relation,
    Source,
    Tables,
    Toponym,
    Usage,
)

SOURCE = "made"


def toponym(
    name,
    lang="en",
    *usages,
    name_id="nm-1",
    form="full",
    valid="",
    translit="",
    from_name="",
):
    """Return a row; a usage is ``authority:status`` or ``authority:status@EDTF``."""
    rows = []
    for text in usages:
        head, _, dates = text.partition("@")
        authority, _, status = head.partition(":")
        rows.append(
            Usage(
                name_id, authority, status or "used", parse_interval(dates), SOURCE, ""
            )
        )
    return Toponym(
        name_id=name_id,
        place_id="gz-1",
        name=name,
        lang=lang,
        form=form,
        translit=translit,
        from_name=from_name,
        valid=parse_interval(valid),
        default_sense=False,
        prior=0.0,
        sources=(SOURCE,),
        note="",
        usages=tuple(rows),
    )


def place(*toponyms, place_id="gz-1", kind="town", dispute="", langs=(), within=()):
    """Return a place; its rows get ids in the order given, where they have none."""
    rows = []
    for number, row in enumerate(toponyms, 1):
        name_id = row.name_id if row.name_id != "nm-1" else f"nm-{number}"
        usages = tuple(usage._replace(name_id=name_id) for usage in row.usages)
        rows.append(row._replace(name_id=name_id, place_id=place_id, usages=usages))
    relations = tuple(
        Relation(place_id, "part_of", outer, "anyone", ALWAYS, SOURCE, "")
        for outer in within
    )
    return Place(
        place_id=place_id,
        type=kind,
        fclass="P",
        lat=None,
        lon=None,
        exists=ALWAYS,
        langs=tuple(langs),
        dispute=dispute,
        replaced_by="",
        note="",
        toponyms=tuple(rows),
        relations=relations,
    )


def tables(*places, parties=("left", "right"), authorities=()):
    """Return tables in which every authority in use is known."""
    used = {
        usage.authority
        for each in places
        for row in each.toponyms
        for usage in row.usages
    }
    known = sorted({*used, *parties, *authorities})
    return Tables(
        places={each.place_id: each for each in places},
        disputes={
            "d": Dispute("d", "D", tuple(sorted(parties)), "names", ALWAYS, SOURCE)
        },
        authorities={key: Authority(key, f"The {key}", "medium", "") for key in known},
        sources={SOURCE: Source(SOURCE, "Made", "", "", "", "", "made")},
        phrases=(),
        version="0",
        directories=(),
    )


def write(directory, text, schema=True):
    """Write a perspectives.toml."""
    head = 'schema = "gazetteer-rules/1"\n' if schema else ""
    (directory / "perspectives.toml").write_text(head + text, encoding="utf-8")
    return directory


def labeller(directory, text, *places, **options):
    """Return a labeller over places and the text of a perspectives.toml."""
    return Labeller(
        tables(*places, **options), load_perspectives([write(directory, text)])
    )
