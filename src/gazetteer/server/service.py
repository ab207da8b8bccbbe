"""What the routes share: the gazetteer, the settings, and what speaks of places."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from gazetteer.exchange.describing import Describer
from gazetteer.server.catalogue import Catalogue
from gazetteer.server.refusals import TooLateError
from gazetteer.server.settings import Settings

if TYPE_CHECKING:
    from starlette.requests import Request

    from gazetteer.gazetteer import Gazetteer

__all__ = ["Deadline", "Service"]


class Service:
    """Holds what the routes share; nothing of it changes."""

    def __init__(self, gazetteer: Gazetteer, settings: Settings | None = None) -> None:
        """Serve a gazetteer."""
        self.gazetteer = gazetteer
        self.settings = settings or Settings()
        self.catalogue = Catalogue(gazetteer, self.settings.most_catalogued)
        self.describer = Describer(gazetteer, self.settings.lang)

    def base(self, request: Request) -> str:
        """Return the address of the service, without a slash at its end."""
        return (self.settings.public_url or str(request.base_url)).rstrip("/")

    def deadline(self, what: str) -> Deadline:
        """Start the clock of one request."""
        return Deadline(what, self.settings.seconds)


class Deadline:
    """The end of the time that a request may take."""

    def __init__(self, what: str, seconds: float) -> None:
        """Start the clock.

        Args:
            what: is done, for the message.
            seconds: that it may take.
        """
        self._what = what
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise if the time is over.

        Raises:
            TooLateError: saying so.
        """
        if time.monotonic() > self._end:
            raise TooLateError(self._what, self._seconds)
