"""The addresses of the pages, and a place in the form that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from gazetteer.errors import ContextError, DateError, UnknownPlaceError
from gazetteer.exchange.linkedplaces import FeatureMaker, collection
from gazetteer.exchange.losses import Losses
from gazetteer.languages.tags import language_tag
from gazetteer.resolve import Context
from gazetteer.server.accepting import accepted
from gazetteer.server.pages import Pages
from gazetteer.server.reconciliation.answering import FEATURES
from gazetteer.server.reconciliation.suggesting import suggest_places
from gazetteer.server.refusals import Refusal
from gazetteer.server.service import Service
from gazetteer.server.shapes import PlaceShape
from gazetteer.tables.shape import place_shape

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["web_routes"]

_FORMS: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    "application/geo+json": "lpf",
    "application/ld+json": "lpf",
}
"""What can be asked for by the header Accept, the first if anything will do."""

_LPF: Final = "application/geo+json"
_PLACE: dict[int | str, dict[str, Any]] = {
    200: {
        "model": PlaceShape,
        "description": "As JSON, as a page or as Linked Places.",
        "content": {"text/html": {}, _LPF: {}},
    },
    307: {"description": "The id is retired; it leads to another."},
    404: {
        "model": Refusal,
        "description": "There is no such place.",
        "content": {"text/html": {}},
    },
    406: {"model": Refusal, "description": "Not in a form that is accepted."},
    422: {"model": Refusal, "description": "What is asked cannot be."},
}

Typed = Annotated[str, Query(max_length=300)]


def web_routes(service: Service, pages: Pages, app: FastAPI) -> APIRouter:
    """Return the routes of the pages."""
    router = APIRouter(tags=["pages"])
    gazetteer = service.gazetteer

    @router.get("/", response_class=HTMLResponse, summary="The search page")
    def search(
        q: Typed = "",
        country: Typed = "",
        within: Typed = "",
        event: Typed = "",
    ) -> HTMLResponse:
        query = q.strip()
        given = {"country": country, "within": within, "event": event}
        answer, error = None, ""
        if query:
            context = Context(country.strip(), within.strip(), event=event.strip())
            try:
                answer = gazetteer.resolve(query, context=context)
            except (ContextError, DateError) as refused:
                error = str(refused)
        more = suggest_places(service, query) if query else []
        return HTMLResponse(pages.search(query, given, answer, more, error))

    @router.get("/about", response_class=HTMLResponse, summary="On this service")
    def about(request: Request) -> HTMLResponse:
        base = service.base(request)
        return HTMLResponse(pages.about(base, FEATURES, app.openapi()["paths"]))

    @router.get(
        "/places/{place_id}",
        summary="A place, as a page, as JSON or as Linked Places",
        responses=_PLACE,
        response_model=None,
    )
    def place(
        request: Request,
        place_id: str,
        format: Annotated[  # noqa: A002
            Literal["html", "json", "lpf"] | None,
            Query(description="Instead of the header Accept."),
        ] = None,
        lang: Annotated[str | None, Query(max_length=60)] = None,
    ) -> Response:
        form = format or accepted(request.headers.get("accept", ""), _FORMS)
        if form is None:
            listed = ", ".join(_FORMS)
            refusal = Refusal(
                error=f"not in a form that is accepted; {listed} would do"
            )
            return JSONResponse(refusal.model_dump(), 406, headers=_VARY)
        tag = language_tag(lang or service.settings.lang)
        try:
            found = gazetteer[place_id]
        except UnknownPlaceError as error:
            if form != "html":
                raise
            return HTMLResponse(pages.refusal(404, str(error)), 404, headers=_VARY)
        base = service.base(request)
        if found.place_id != place_id:
            query = f"?{request.url.query}" if request.url.query else ""
            there = f"{base}/places/{found.place_id}{query}"
            return RedirectResponse(there, 307, headers=_VARY)
        if form == "html":
            return HTMLResponse(pages.place(found, tag, base), headers=_VARY)
        if form == "lpf":
            maker = FeatureMaker(
                gazetteer, service.describer, f"{base}/places/", Losses()
            )
            shape = collection([maker.feature(found)])
            return JSONResponse(shape, headers=_VARY, media_type=_LPF)
        title = gazetteer.title(found, tag)
        shape = place_shape(found, title, gazetteer.version)
        return JSONResponse(shape, headers=_VARY)

    return router


_VARY: Final = {"vary": "accept"}
