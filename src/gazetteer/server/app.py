"""The application: the guard, then the addresses."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles

from gazetteer.server.api import api_routes
from gazetteer.server.guard import Guard
from gazetteer.server.pages import Pages
from gazetteer.server.reconciliation.routes import reconciliation_routes
from gazetteer.server.refusals import handle_errors
from gazetteer.server.service import Service
from gazetteer.server.settings import Settings
from gazetteer.server.web import web_routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from gazetteer.gazetteer import Gazetteer

__all__ = ["create_app"]

_STATIC: Final = Path(__file__).parent / "static"
_DESCRIPTION: Final = (
    "Variant names of places to canonical ids, and labels by the rules of a "
    "perspective. What is not sure is not matched, and every answer says why."
)


def create_app(gazetteer: Gazetteer, settings: Settings | None = None) -> FastAPI:
    """Return an ASGI application that serves a gazetteer.

    Args:
        gazetteer: whose places are served.
        settings: what is allowed; the default ones if None.

    Examples:
        >>> from gazetteer import Gazetteer
        >>> app = create_app(Gazetteer.load(), Settings(most_queries=50))
        >>> "/reconcile" in app.openapi()["paths"]
        True
    """
    service = Service(gazetteer, settings)
    pages = Pages(service)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        # the first suggestion and the first map need not wait for it
        making = threading.Thread(target=service.catalogue.make, daemon=True)
        making.start()
        yield

    app = FastAPI(
        title="gazetteer",
        version=gazetteer.version,
        description=_DESCRIPTION,
        # the usual pages of FastAPI load their scripts from another host
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "POST"],
        allow_headers=["*"],
    )
    app.add_middleware(Guard, settings=service.settings)
    handle_errors(app)
    app.include_router(reconciliation_routes(service, pages))
    app.include_router(api_routes(service))
    app.include_router(web_routes(service, pages, app))
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    return app
