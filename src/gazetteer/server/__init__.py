"""A gazetteer over HTTP: reconciliation for OpenRefine, a JSON API, pages for people.

    gazetteer serve                            # http://127.0.0.1:8000/
    app = create_app(Gazetteer.load())         # an ASGI application, for other servers

Needs the extra ``serve``. Nothing is asked of any other host, no file is read that a
request names, and nothing of what is asked is logged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.server.settings import Settings

if TYPE_CHECKING:
    from gazetteer.server.app import create_app

__all__ = ["Settings", "create_app"]


def __getattr__(name: str) -> Any:
    """Import the application when it is made: the settings alone need no extra."""
    if name != "create_app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from gazetteer.integrations.extras import need

    for package in ("fastapi", "jinja2"):
        need(package, "serve")
    from gazetteer.server.app import create_app

    return create_app
