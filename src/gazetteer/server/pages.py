"""Pages for people, made on the server, without a script and without another host."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from gazetteer.exchange.describing import lack_of
from gazetteer.server.sketch import HEIGHT, WIDTH, sketch
from gazetteer.tables.places import as_places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.model import Place, Relation, Toponym
    from gazetteer.resolve import Resolution
    from gazetteer.server.service import Service

__all__ = ["Pages"]

_HERE: Final = Path(__file__).parent
_WORDS: Final = {
    "matched": "one place is meant",
    "ambiguous": "several places are meant equally well; context would decide",
    "doubtful": "near to a name, and not near enough to be sure",
    "unmatched": "no place of the data is meant",
}


class _Said(NamedTuple):
    """One authority's usage of a name, or one party's statement."""

    who: str
    what: str
    when: str
    source: str
    note: str = ""


class _Name(NamedTuple):
    row: Toponym
    verified: bool
    usages: list[_Said]


class Pages:
    """Writes pages."""

    def __init__(self, service: Service) -> None:
        """Write pages about the places of a service."""
        self._service = service
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["version"] = service.gazetteer.version
        self._templates.globals["page_lang"] = "en"
        self._templates.filters["address"] = address

    def _page(self, template: str, **values: Any) -> str:
        return self._templates.get_template(template).render(**values)

    # ---------------------------------------------------------------- one place

    def place(self, place: Place, lang: str, base: str) -> str:
        """Return the page of a place.

        Args:
            place: what is shown.
            lang: of the labels.
            base: address of the service.
        """
        service = self._service
        about = as_places(service.gazetteer.tables.places).speaking_of(place.place_id)
        labels = service.gazetteer.compare(place, lang=lang)
        return self._page(
            "place.html",
            place=place,
            title=service.describer.title(place.place_id),
            parties=service.describer.parties(place),
            dispute=service.gazetteer.tables.disputes.get(place.dispute),
            languages=self._names(place),
            statements=[self._statement(row, subject=False) for row in place.relations],
            about=[self._statement(row, subject=True) for row in about],
            labels=[(label, lack_of(label)) for label in labels],
            lang=lang,
            sources=self._sources(place, [*place.relations, *about]),
            sketch=sketch(service, place),
            width=WIDTH,
            height=HEIGHT,
            uri=f"{base}/places/{place.place_id}",
        )

    def _names(self, place: Place) -> list[tuple[str, list[_Name]]]:
        by_language: dict[str, list[_Name]] = defaultdict(list)
        for row in sorted(place.toponyms, key=lambda row: (row.lang, row.name)):
            if row.form != "hidden":
                by_language[row.lang].append(self._name(row))
        return list(by_language.items())

    def _name(self, row: Toponym) -> _Name:
        sources = self._service.gazetteer.tables.sources
        lines = {sources[key].line for key in row.sources if key in sources}
        usages = [
            _Said(
                self._service.describer.authority(usage.authority),
                usage.status,
                usage.valid.text,
                usage.source,
                usage.note,
            )
            for usage in row.usages
        ]
        usages.sort(key=lambda usage: (usage.when, usage.who))
        return _Name(row, len(lines) > 1, usages)

    def _statement(
        self, row: Relation, *, subject: bool
    ) -> tuple[str, str, str, _Said]:
        """Return the verb, the id and title of the other place, and who says so."""
        describer = self._service.describer
        other = str(row.subject if subject else row.object)
        title = describer.title_of(other) if other else ""
        said = _Said(
            describer.authority(row.according_to),
            row.predicate.replace("_", " "),
            row.valid.text,
            row.source,
            row.note,
        )
        known = other in self._service.gazetteer.tables.places
        return said.what, other if known else "", title, said

    def _sources(
        self, place: Place, statements: Iterable[Relation]
    ) -> list[tuple[str, Any]]:
        keys = {key for row in place.toponyms for key in row.sources}
        keys |= {usage.source for row in place.toponyms for usage in row.usages}
        keys |= {row.source for row in statements}
        keys |= {row.source for row in place.link_rows}
        dispute = self._service.gazetteer.tables.disputes.get(place.dispute)
        keys |= {dispute.source} if dispute else set()
        sources = self._service.gazetteer.tables.sources
        return [(key, sources.get(key)) for key in sorted(keys - {""})]

    def preview(self, place: Place, base: str) -> str:
        """Return a place in a few lines, for a frame."""
        describer = self._service.describer
        labels = self._service.gazetteer.compare(place, lang=describer.lang)
        return self._page(
            "preview.html",
            place=place,
            title=describer.title(place.place_id),
            description=describer.description(place.place_id),
            labels=[label for label in labels if not label.withheld],
            uri=f"{base}/places/{place.place_id}",
        )

    def flyout(self, name: str, description: str) -> str:
        """Return a name and what is said of it, for a client to put in its own page."""
        return self._page("flyout.html", name=name, description=description)

    # ------------------------------------------------------------- others

    def search(
        self,
        query: str,
        given: dict[str, str],
        answer: Resolution | None,
        suggestions: list[dict[str, Any]],
        error: str,
    ) -> str:
        """Return the search page, with what was found if something was asked.

        Args:
            query: what was asked; empty at first.
            given: the context as it was typed.
            answer: to the query.
            suggestions: places whose names begin so.
            error: why the context cannot be used.
        """
        found = [
            (
                candidate,
                self._service.describer.title(candidate.place_id),
                self._service.describer.description(candidate.place_id),
            )
            for candidate in (answer.candidates[:20] if answer else ())
        ]
        shown = {candidate.place_id for candidate, _, _ in found}
        return self._page(
            "search.html",
            query=query,
            given=given,
            answer=answer,
            words=_WORDS[answer.outcome] if answer else "",
            found=found,
            others=[each for each in suggestions if each["id"] not in shown],
            error=error,
            places=len(self._service.gazetteer),
        )

    def about(self, base: str, features: dict[str, str], paths: dict[str, Any]) -> str:
        """Return the page on the service: its addresses, and what features mean."""
        perspectives = self._service.gazetteer.perspectives
        return self._page(
            "about.html",
            base=base,
            features=features,
            paths=paths,
            perspectives=[perspectives[name] for name in perspectives],
        )

    def refusal(self, status: int, message: str) -> str:
        """Return a page that says why there is none."""
        return self._page("refusal.html", status=status, message=message)


def address(url: str) -> str:
    """Return an address that may stand in a link; empty for any other text.

    Examples:
        >>> address("https://example.org/"), address("javascript:alert(1)")
        ('https://example.org/', '')
    """
    return url if url.startswith(("https://", "http://")) else ""
