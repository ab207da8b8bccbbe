"""The addresses of the reconciliation service, and what is answered there."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.concurrency import run_in_threadpool

from gazetteer.server.pages import Pages
from gazetteer.server.reconciliation.answering import answer_query
from gazetteer.server.reconciliation.extending import extend
from gazetteer.server.reconciliation.manifest import manifest
from gazetteer.server.reconciliation.messages import read_batch, read_extension
from gazetteer.server.reconciliation.properties import fetched, properties
from gazetteer.server.reconciliation.suggesting import (
    all_types,
    shapes,
    suggest_places,
    suggest_properties,
    suggest_types,
)
from gazetteer.server.refusals import (
    BadRequestError,
    NotThereError,
    Refusal,
    TooMuchError,
)
from gazetteer.server.service import Service

__all__ = ["reconciliation_routes"]

_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "queries": {"type": "string"},
                        "extend": {"type": "string"},
                    },
                }
            }
        },
    }
}
_REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"model": Refusal, "description": "It has not the form of the specification."},
    413: {"model": Refusal, "description": "It asks for too much."},
    503: {"model": Refusal, "description": "It takes too long."},
}
_UNKNOWN: dict[int | str, dict[str, Any]] = {
    404: {"model": Refusal, "description": "There is no such thing."}
}
# beside a page, FastAPI would describe a refusal as a page
_NO_PREVIEW: dict[int | str, dict[str, Any]] = {
    status: {
        "description": description,
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}
        },
    }
    for status, description in (
        (404, "There is no such place."),
        (422, "What is asked cannot be."),
    )
}

Kind = Literal["entity", "type", "property"]
Prefix = Annotated[str, Query(max_length=300, description="What was typed.")]
Cursor = Annotated[int, Query(ge=0, le=1_000_000, description="How many to pass over.")]


def reconciliation_routes(service: Service, pages: Pages) -> APIRouter:
    """Return the routes of the reconciliation service."""
    router = APIRouter(prefix="/reconcile", tags=["reconciliation"])

    def answered(fields: dict[str, str], base: str) -> dict[str, Any]:
        queries, wanted = fields.get("queries"), fields.get("extend")
        if queries is not None and wanted is not None:
            raise BadRequestError("one of queries and extend would do, not both")
        if queries is not None:
            return _batch(service, queries)
        if wanted is not None:
            return extend(service, read_extension(wanted), base)
        raise BadRequestError("a form with the field queries or extend would do")

    @router.get(
        "",
        summary="The manifest; with queries or extend, as POST",
        responses=_REFUSED,
    )
    async def get(
        request: Request, queries: str | None = None, extend: str | None = None
    ) -> JSONResponse:
        base = service.base(request)
        given = {"queries": queries, "extend": extend}
        fields = {key: value for key, value in given.items() if value is not None}
        if not fields:
            return JSONResponse(manifest(service, base))
        return JSONResponse(await run_in_threadpool(answered, fields, base))

    @router.post(
        "",
        summary="Reconcile a batch of queries, or fetch values of places",
        responses=_REFUSED,
        openapi_extra=_FORM,
    )
    async def post(request: Request) -> JSONResponse:
        fields = _form(await request.body())
        base = service.base(request)
        return JSONResponse(await run_in_threadpool(answered, fields, base))

    @router.get("/suggest/entity", summary="Places whose names begin so")
    def suggest_entity(
        prefix: Prefix = "",
        cursor: Cursor = 0,
        type: Annotated[str, Query(max_length=60)] = "",  # noqa: A002
    ) -> JSONResponse:
        return _result(suggest_places(service, prefix, cursor, type))

    @router.get("/suggest/type", summary="Types of places whose names begin so")
    def suggest_type(prefix: Prefix = "", cursor: Cursor = 0) -> JSONResponse:
        return _result(suggest_types(prefix, cursor))

    @router.get("/suggest/property", summary="Properties whose names begin so")
    def suggest_property(prefix: Prefix = "", cursor: Cursor = 0) -> JSONResponse:
        return _result(suggest_properties(service, prefix, cursor))

    @router.get(
        "/flyout/{kind}",
        summary="A place, type or property in a few words of HTML",
        responses=_UNKNOWN,
    )
    def flyout(kind: Kind, id: Annotated[str, Query(max_length=300)]) -> JSONResponse:  # noqa: A002
        return JSONResponse({"id": id, "html": _flyout(service, pages, kind, id)})

    @router.get(
        "/properties",
        summary="What can be fetched for places of a type",
        responses=_REFUSED,
    )
    def propose(
        type: Annotated[str, Query(max_length=60)] = "",  # noqa: A002
        limit: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
    ) -> JSONResponse:
        # places of all types have the same properties
        found = shapes(fetched(service.gazetteer)[:limit])
        shape: dict[str, Any] = {"properties": found}
        if type:
            shape["type"] = type
        if limit is not None:
            shape["limit"] = limit
        return JSONResponse(shape)

    @router.get(
        "/preview",
        summary="A place in a frame",
        response_class=HTMLResponse,
        responses=_NO_PREVIEW,
    )
    def preview(
        request: Request,
        id: Annotated[str, Query(max_length=300)],  # noqa: A002
    ) -> HTMLResponse:
        place = service.gazetteer[id]
        return HTMLResponse(pages.preview(place, service.base(request)))

    return router


def _batch(service: Service, text: str) -> dict[str, Any]:
    batch = read_batch(text)
    most = service.settings.most_queries
    if len(batch) > most:
        raise TooMuchError("queries", len(batch), most)
    deadline = service.deadline("a batch of queries")
    found = {}
    for key, query in batch.items():
        deadline.check()
        found[key] = answer_query(service, query)
    return found


def _form(body: bytes) -> dict[str, str]:
    try:
        fields = parse_qs(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=20
        )
    except ValueError:
        message = "the body is not application/x-www-form-urlencoded in UTF-8"
        raise BadRequestError(message) from None
    return {key: values[-1] for key, values in fields.items()}


def _result(found: list[Any]) -> JSONResponse:
    return JSONResponse({"result": found})


def _flyout(service: Service, pages: Pages, kind: Kind, identifier: str) -> str:
    if kind == "entity":
        place = service.gazetteer[identifier]
        title = service.describer.title(place.place_id)
        return pages.flyout(title, service.describer.description(place.place_id))
    if kind == "type":
        for each in all_types():
            if each["id"] == identifier:
                return pages.flyout(each["name"], "a type of places")
    for known in properties(service.gazetteer):
        if kind == "property" and known.pid == identifier:
            return pages.flyout(known.name, known.description)
    raise NotThereError(kind, identifier)
