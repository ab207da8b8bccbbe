"""A gazetteer over HTTP: reconciliation for OpenRefine, a JSON API, pages for people.

    gazetteer serve                            # http://127.0.0.1:8000/
    app = create_app(Gazetteer.load())         # an ASGI application, for other servers

Needs the extra ``serve``. Nothing is asked of any other host, no file is read that a
request names, and nothing of what is asked is logged.
"""

from __future__ import annotations

from gazetteer.integrations.extras import need

for _package in ("fastapi", "jinja2"):
    need(_package, "serve")

from gazetteer.server.app import create_app  # noqa: E402  # after what it needs
from gazetteer.server.settings import Settings  # noqa: E402

__all__ = ["Settings", "create_app"]
