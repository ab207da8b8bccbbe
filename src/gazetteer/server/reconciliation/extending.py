"""Data extension: the values of properties of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from gazetteer.errors import GazetteerError
from gazetteer.exchange.describing import PLACED, lack_of
from gazetteer.labels import Label
from gazetteer.languages.tags import language_tag
from gazetteer.server.reconciliation.properties import Property, fetched
from gazetteer.server.refusals import BadRequestError, Fault, TooMuchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from gazetteer.model import Place, Toponym
    from gazetteer.server.reconciliation.messages import Extension, ExtensionProperty
    from gazetteer.server.service import Service

__all__ = ["SETTINGS", "extend"]

SETTINGS: Final[tuple[dict[str, Any], ...]] = (
    {
        "name": "limit",
        "label": "At most",
        "type": "number",
        "default": 0,
        "help_text": "Values in a cell; 0 for all.",
    },
    {
        "name": "lang",
        "label": "Language of labels",
        "type": "text",
        "default": "en",
        "help_text": "BCP 47 tag, such as en or en-GB.",
    },
    {
        "name": "event",
        "label": "Date of the event",
        "type": "text",
        "default": "",
        "help_text": "EDTF date of what is told, for labels; none is assumed.",
    },
    {
        "name": "published",
        "label": "Date of the text",
        "type": "text",
        "default": "",
        "help_text": "EDTF date of the telling, for labels; none is assumed.",
    },
)
"""What a client can choose for a property."""

# words made from a name, and forms that only serve matching
_NO_NAMES: Final = frozenset({"adj", "demonym", "hidden"})

Values: TypeAlias = "list[dict[str, Any]]"
"""The values of one cell."""

Give: TypeAlias = "Callable[[Place], Values]"
"""What gives the values of one property."""


def extend(service: Service, asked: Extension, base: str) -> dict[str, Any]:
    """Return the values of properties of places.

    An id that is unknown has empty cells; one that is retired has those of the place
    that it leads to.

    Args:
        service: whose places are asked for.
        asked: ids and properties.
        base: address of the service.

    Raises:
        TooMuchError: if there are too many cells.
        BadRequestError: listing the properties and settings that there are not.
    """
    cells = len(asked.ids) * len(asked.properties)
    if cells > service.settings.most_values:
        raise TooMuchError("values", cells, service.settings.most_values)
    known = {each.pid: each for each in fetched(service.gazetteer)}
    meta: list[dict[str, str]] = []
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for number, wanted in enumerate(asked.properties):
        try:
            values[wanted.id] = _values(service, wanted, base, known)
        except GazetteerError as error:
            faults.append(Fault(where=f"properties.{number}", message=str(error)))
            continue
        name = known[wanted.id].name if wanted.id in known else wanted.id
        meta.append({"id": wanted.id, "name": name})
    if faults:
        raise BadRequestError("these properties cannot be fetched", faults)
    deadline = service.deadline("fetching values")
    rows: dict[str, dict[str, Values]] = {}
    for place_id in asked.ids:
        deadline.check()
        place = _place(service, place_id)
        # a cell without a value has to have an empty one
        rows[place_id] = {
            pid: (give(place) if place is not None else []) or [{}]
            for pid, give in values.items()
        }
    return {"meta": meta, "rows": rows}


def _place(service: Service, place_id: str) -> Place | None:
    match = service.gazetteer.resolve(place_id).match
    return match.place if match is not None and match.method == "id" else None


def _values(
    service: Service,
    wanted: ExtensionProperty,
    base: str,
    known: Mapping[str, Property],
) -> Give:
    """Return what gives the values of a property, limited as the settings say."""
    settings = {key: str(value) for key, value in wanted.settings.items() if value}
    limit = settings.pop("limit", "0")
    try:
        most = int(float(limit)) or None
    except (ValueError, OverflowError):
        message = f"limit {limit!r} is no number; 0 would be for all"
        raise BadRequestError(message) from None
    kind, _, rest = wanted.id.partition(":")
    give = _simple(service, base).get(wanted.id)
    if give is None and kind in ("label", "label-note") and wanted.id in known:
        give = _labels(service, rest, settings, note=kind == "label-note")
    elif give is None and kind == "names":
        tag = language_tag(rest)
        give = _names_in(tag)
    elif give is None and wanted.id in known:
        give = _links(rest)
    if give is None:
        raise BadRequestError(f"no property {wanted.id!r}; the proposals list them")

    def limited(place: Place) -> Values:
        return give(place)[:most]

    return limited


def _texts(found: Iterable[str]) -> Values:
    return [{"str": text} for text in dict.fromkeys(found) if text]


def _degrees(value: float | None) -> Values:
    return [] if value is None else [{"float": value}]


def _simple(service: Service, base: str) -> dict[str, Give]:
    describer = service.describer
    disputes = service.gazetteer.tables.disputes

    def coordinates(place: Place) -> Values:
        if place.lat is None or place.lon is None:
            return []
        return _texts([f"{place.lat:.7g}, {place.lon:.7g}"])

    def dispute(place: Place) -> Values:
        found = disputes.get(place.dispute)
        return _texts([found.title] if found else [])

    def placed(place: Place) -> Values:
        rows = [each for each in place.relations if each.predicate in PLACED]
        return _texts(sorted(map(describer.statement, rows)))

    return {
        "title": lambda place: _texts([describer.title(place.place_id)]),
        "type": lambda place: _texts([place.type]),
        "lat": lambda place: _degrees(place.lat),
        "lon": lambda place: _degrees(place.lon),
        "coordinates": coordinates,
        "names": lambda place: _names(place.toponyms),
        "languages": lambda place: _texts(place.langs),
        "exists": lambda place: _texts([place.exists.text]),
        "dispute": dispute,
        "parties": lambda place: _texts(describer.parties(place)),
        "placed": placed,
        "uri": lambda place: _texts([f"{base}/places/{place.place_id}"]),
    }


def _names(rows: Iterable[Toponym]) -> Values:
    attested = [row for row in rows if row.form not in _NO_NAMES and not row.derived]
    attested.sort(key=lambda row: (row.form != "full", row.lang, row.name))
    return _texts(row.name for row in attested)


def _names_in(tag: str) -> Give:
    def give(place: Place) -> Values:
        return _names(
            row
            for row in place.toponyms
            if row.lang == tag or row.lang.startswith(f"{tag}-")
        )

    return give


def _links(scheme: str) -> Give:
    return lambda place: _texts(place.links.get(scheme, []))


def _labels(
    service: Service, perspective: str, settings: Mapping[str, str], *, note: bool
) -> Give:
    def label(place: Place) -> Label:
        return service.gazetteer.label(
            place,
            perspective,
            lang=settings.get("lang", service.settings.lang),
            event=settings.get("event") or None,
            published=settings.get("published") or None,
        )

    def give(place: Place) -> Values:
        made = label(place)
        if note:
            return _texts([lack_of(made)])
        return [] if made.withheld else _texts([made.text])

    # settings that cannot be used are told at once, and not at the first place
    first = next(iter(service.gazetteer), None)
    if first is not None:
        label(first)
    return give
