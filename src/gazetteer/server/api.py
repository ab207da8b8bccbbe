"""The plain JSON API: what the command line answers, over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from gazetteer.errors import ContextError
from gazetteer.model import Place
from gazetteer.resolve import Context, Resolution
from gazetteer.server.refusals import BadRequestError, Refusal, TooMuchError
from gazetteer.server.service import Service
from gazetteer.server.shapes import (
    AskedNames,
    AskedText,
    ComparisonShape,
    Health,
    LabelShape,
    PerspectiveShape,
    RenderingShape,
    ResolutionShape,
    ResolutionsShape,
)

__all__ = ["api_routes"]

_REFUSED: dict[int | str, dict[str, Any]] = {
    422: {"model": Refusal, "description": "What is asked cannot be."},
}
_BODY: dict[int | str, dict[str, Any]] = {
    **_REFUSED,
    400: {"model": Refusal, "description": "It cannot be read."},
    413: {"model": Refusal, "description": "It asks for too much."},
    503: {"model": Refusal, "description": "It takes too long."},
}
_PLACE: dict[int | str, dict[str, Any]] = {
    **_REFUSED,
    404: {"model": Refusal, "description": "There is no such place."},
    409: {"model": Refusal, "description": "Several places have this name."},
}

_Text = Query(max_length=300)
Name = Annotated[str, Query(max_length=1000, description="Name, id or scheme:id.")]
Event = Annotated[str | None, Query(max_length=60, description="EDTF date.")]
Lang = Annotated[str | None, Query(max_length=60, description="BCP 47 tag.")]
Mention = Literal["first", "later", "compact"]


def api_routes(service: Service) -> APIRouter:
    """Return the routes of the JSON API."""
    router = APIRouter(tags=["api"])
    gazetteer = service.gazetteer

    @router.get("/health", response_model=Health, summary="Whether it can answer")
    def health() -> JSONResponse:
        return JSONResponse(
            {
                "status": "ok",
                "places": len(gazetteer),
                "data_version": gazetteer.version,
            }
        )

    @router.get(
        "/resolve",
        response_model=ResolutionShape,
        summary="Say which place a name refers to",
        responses=_REFUSED,
    )
    def resolve(
        query: Name,
        country: Annotated[str | None, _Text] = None,
        within: Annotated[str | None, _Text] = None,
        type: Annotated[str | None, _Text] = None,  # noqa: A002
        lang: Lang = None,
        event: Event = None,
        published: Event = None,
        lat: Annotated[float | None, Query(ge=-90, le=90)] = None,
        lon: Annotated[float | None, Query(ge=-180, le=180)] = None,
        mentions: Annotated[list[str] | None, Query(max_length=100)] = None,
    ) -> JSONResponse:
        if (lat is None) != (lon is None):
            field = "lat" if lat is None else "lon"
            raise ContextError(field, None, "a point needs both lat and lon")
        context = Context(
            country,
            within,
            None if lat is None or lon is None else (lat, lon),
            type,
            lang,
            event,
            published,
            tuple(mentions or ()),
        )
        return JSONResponse(_resolution(gazetteer.resolve(query, context=context)))

    @router.post(
        "/resolve",
        response_model=ResolutionsShape,
        summary="Say which place each of many names refers to",
        responses=_BODY,
    )
    def resolve_many(asked: AskedNames) -> JSONResponse:
        most = service.settings.most_queries
        if len(asked.queries) > most:
            raise TooMuchError("queries", len(asked.queries), most)
        deadline = service.deadline("a batch of queries")
        results: list[dict[str, Any]] = []
        for each in asked.queries:
            deadline.check()
            context = each.context.context() if each.context else None
            try:
                answer = gazetteer.resolve(each.query, context=context)
            except ContextError as error:
                results.append({"query": each.query, "error": str(error)})
            else:
                results.append(_resolution(answer))
        return JSONResponse({"results": results})

    @router.get(
        "/label",
        response_model=LabelShape,
        summary="Say what a perspective calls a place",
        responses=_PLACE,
    )
    def label(
        place: Name,
        perspective: Annotated[str, Query(max_length=100)] = "neutral",
        lang: Lang = None,
        event: Event = None,
        published: Event = None,
        mention: Mention = "first",
    ) -> JSONResponse:
        made = gazetteer.label(
            _place(service, place, event),
            perspective,
            lang=lang or service.settings.lang,
            event=event,
            published=published,
            mention=mention,
        )
        return JSONResponse(made.to_dict() | {"explanation": made.explain()})

    @router.get(
        "/compare",
        response_model=ComparisonShape,
        summary="Say what every perspective calls a place",
        responses=_PLACE,
    )
    def compare(
        place: Name, lang: Lang = None, event: Event = None, published: Event = None
    ) -> JSONResponse:
        labels = gazetteer.compare(
            _place(service, place, event),
            lang=lang or service.settings.lang,
            event=event,
            published=published,
        )
        shown = [each.to_dict() | {"explanation": each.explain()} for each in labels]
        return JSONResponse({"labels": shown})

    @router.get(
        "/perspectives",
        response_model=list[PerspectiveShape],
        summary="List the perspectives",
    )
    def perspectives() -> JSONResponse:
        known = gazetteer.perspectives
        # of where it was read, the name of the file is enough
        shapes = [known[name].to_dict() for name in known]
        for shape in shapes:
            shape["file"] = str(shape["file"]).replace("\\", "/").rsplit("/", 1)[-1]
        return JSONResponse(shapes)

    @router.post(
        "/render",
        response_model=RenderingShape,
        summary="Return a text with its place names as a perspective has them",
        responses=_BODY,
    )
    def render(asked: AskedText) -> JSONResponse:
        most = service.settings.most_characters
        if len(asked.text) > most:
            raise TooMuchError("characters", len(asked.text), most)
        if "\0" in asked.text:
            raise BadRequestError("a text has no character U+0000")
        context = asked.context.context() if asked.context else None
        gazetteer.read_context(context)  # which a text without a name would not be
        rendering = gazetteer.render(
            asked.text,
            asked.perspective,
            lang=asked.lang,
            markup=asked.markup,
            reported=asked.reported,
            quotations=asked.quotations,
            event=asked.event,
            published=asked.published,
            context=context,
        )
        return JSONResponse(rendering.to_dict())

    return router


def _resolution(answer: Resolution) -> dict[str, Any]:
    return answer.to_dict() | {"explanation": answer.explain()}


def _place(service: Service, query: str, event: str | None) -> Place:
    context = Context(event=event) if event else None
    return service.gazetteer.resolve(query, context=context).require()
