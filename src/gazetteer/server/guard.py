"""Bounds on what a request may send and how long it takes; headers that keep out harm.

Plain ASGI, so that a body is cut off while it arrives and not after.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from gazetteer.server.settings import Settings

__all__ = ["EMBEDDED", "Guard"]

_LOG: Final = logging.getLogger("gazetteer.server")

EMBEDDED: Final = ("/reconcile/preview",)
"""Beginnings of the addresses that other pages may show in a frame."""

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors "
)
_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)


class _Refused(Exception):  # noqa: N818  # no error, but a way out
    def __init__(self, status: int, message: str) -> None:
        self.status = status
        self.message = message


class Guard:
    """Stands before an application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Guard an application by what the settings allow."""
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *_headers(scope["path"])]
            await send(message)

        try:
            body = await self._body(scope, receive)
            await self._app(scope, body, answer)
        except _Refused as refused:
            await _refuse(answer, refused)
        finally:
            # the path alone: what was asked for is nobody's business
            path = scope.get("raw_path") or scope["path"].encode()
            shown = path.split(b"?")[0][:200].decode("ascii", "backslashreplace")
            took = (time.monotonic() - started) * 1000
            _LOG.info("%s %s %d %.0f ms", scope["method"], shown, status, took)

    async def _body(self, scope: Scope, receive: Receive) -> Receive:
        """Take the body whole, within its bounds, and return what hands it on."""
        most = self._settings.most_bytes
        too_much = f"a body of more than {most} bytes is not taken"
        for name, value in scope["headers"]:
            if name == b"content-length" and value.isdigit() and int(value) > most:
                raise _Refused(413, too_much)
        held = bytearray()
        try:
            async with asyncio.timeout(self._settings.seconds):
                more = True
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        break
                    held += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(held) > most:
                        raise _Refused(413, too_much)
        except TimeoutError:
            raise _Refused(408, "the request took too long to arrive") from None
        given = False

        async def again() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": bytes(held), "more_body": False}

        return again


def _headers(path: str) -> list[tuple[bytes, bytes]]:
    framed = path.startswith(EMBEDDED)
    policy = _POLICY + ("*" if framed else "'none'")
    return [*_HEADERS, (b"content-security-policy", policy.encode())]


async def _refuse(send: Any, refused: _Refused) -> None:
    body = json.dumps({"error": refused.message, "problems": []}).encode()
    await send(
        {
            "type": "http.response.start",
            "status": refused.status,
            "headers": [
                (b"content-type", b"application/json"),
                (b"content-length", str(len(body)).encode()),
                (b"connection", b"close"),
                (b"access-control-allow-origin", b"*"),
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})
