"""``gazetteer serve``."""

from __future__ import annotations

import json
import logging
import os
import socket
from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.options import (
    data_options,
    loaded_sources,
    open_gazetteer,
    title_lang_option,
)
from gazetteer.errors import GazetteerError
from gazetteer.gazetteer import Gazetteer
from gazetteer.server.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI

__all__ = ["serve", "worker_app"]

_WORKER = "GAZETTEER_SERVE"
"""The environment variable by which workers are told what to serve."""

_USUAL = Settings()
_CONNECTIONS = 128
_GRACE = 10


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at; 0.0.0.0 lets every machine in.",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@title_lang_option
@click.option(
    "--public-url",
    default=_USUAL.public_url,
    help="Where the service is reached, if a proxy stands before it.",
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes; they share the memory of the store.",
)
@click.option(
    "--max-queries",
    type=click.IntRange(min=1),
    default=_USUAL.most_queries,
    show_default=True,
    help="In one batch.",
)
@click.option(
    "--max-bytes",
    type=click.IntRange(min=1024),
    default=_USUAL.most_bytes,
    show_default=True,
    help="Of the body of one request.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=_USUAL.seconds,
    show_default=True,
    help="Seconds that one request may take.",
)
@click.option("--quiet", is_flag=True, help="Log errors only.")
@data_options
def serve(
    host: str,
    port: int,
    lang: str,
    public_url: str,
    workers: int,
    max_queries: int,
    max_bytes: int,
    timeout: float,
    quiet: bool,
    data: tuple[Path, ...],
    no_default: bool,
) -> None:
    """Serve reconciliation for OpenRefine, a JSON API and pages, over HTTP.

    OpenRefine is given the address http://127.0.0.1:8000/reconcile. Only this machine
    is answered unless --host says otherwise. A log line has the method, the path, the
    status and the time, and nothing of what was asked.
    """
    from gazetteer.integrations.extras import need
    from gazetteer.languages.tags import language_tag

    uvicorn = need("uvicorn", "serve")
    from gazetteer.server import create_app  # what it lacks is told before all else

    settings = _USUAL._replace(
        lang=language_tag(lang),
        public_url=public_url,
        most_queries=max_queries,
        most_bytes=max_bytes,
        seconds=timeout,
    )
    # opened here in any case: faults of the data are told before a port is taken
    gazetteer = open_gazetteer(data, no_default)
    _require_address(host, port)
    options: dict[str, Any] = {
        "host": host,
        "port": port,
        "log_config": None,
        "access_log": False,  # it would hold what was asked
        "server_header": False,
        "limit_concurrency": _CONNECTIONS,
        "timeout_keep_alive": 5,
        "timeout_graceful_shutdown": _GRACE,
    }
    _log(quiet=quiet)
    if workers == 1:
        uvicorn.run(create_app(gazetteer, settings), **options)
        return
    sources = [str(each) for each in loaded_sources(data, no_default)]
    told = {"sources": sources, "settings": settings._asdict(), "quiet": quiet}
    os.environ[_WORKER] = json.dumps(told)
    app = "gazetteer.cli.serve:worker_app"
    uvicorn.run(app, factory=True, workers=workers, **options)


def _require_address(host: str, port: int) -> None:
    """Refuse an address at which nothing can listen, in words and with the usual code.

    Raises:
        GazetteerError: saying why.
    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, proto) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"cannot listen at {host} port {port}: {reason}"
        raise GazetteerError(f"{message}; name another --port or --host") from error


def worker_app() -> FastAPI:
    """Return the application of one of several workers, as the environment tells."""
    from gazetteer.server import create_app

    told = json.loads(os.environ[_WORKER])
    _log(quiet=told["quiet"])
    gazetteer = Gazetteer.load(*told["sources"])
    return create_app(gazetteer, Settings(**told["settings"]))


def _log(*, quiet: bool) -> None:
    level = logging.ERROR if quiet else logging.INFO
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=level)
    # the template engine and others have nothing to say to whoever runs a server
    for name in ("asyncio", "multipart"):
        logging.getLogger(name).setLevel(logging.WARNING)
