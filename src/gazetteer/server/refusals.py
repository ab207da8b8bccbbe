"""What cannot be answered, said in one shape with the fitting status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException

from gazetteer.errors import (
    AmbiguousPlaceError,
    GazetteerError,
    StoreError,
    UnknownPlaceError,
    UnresolvedError,
)

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request

__all__ = [
    "BadRequestError",
    "Fault",
    "NotThereError",
    "Refusal",
    "TooLateError",
    "TooMuchError",
    "faults_of",
    "handle_errors",
]


class Fault(BaseModel):
    """One thing that was wrong with a request.

    Attributes:
        where: the parameter, or the path of a key in the body.
    """

    where: str
    message: str


class Refusal(BaseModel):
    """Why there is no answer."""

    error: str
    problems: list[Fault] = []


class BadRequestError(GazetteerError, ValueError):
    """A request cannot be read; all that is wrong with it is listed."""

    def __init__(self, message: str, faults: list[Fault] | None = None) -> None:
        self.faults = faults or []
        super().__init__(message)


class NotThereError(GazetteerError, LookupError):
    """There is no thing of a kind with an id."""

    def __init__(self, kind: str, identifier: str) -> None:
        super().__init__(f"no {kind} {identifier!r}")


class TooMuchError(GazetteerError, ValueError):
    """A request asks for more than the server allows."""

    def __init__(self, what: str, asked: int, most: int) -> None:
        self.asked = asked
        self.most = most
        super().__init__(f"{asked} {what} are too many; up to {most} would do")


class TooLateError(GazetteerError, TimeoutError):
    """A request takes longer than the server allows."""

    def __init__(self, what: str, seconds: float) -> None:
        super().__init__(
            f"{what} took longer than {seconds:g} seconds; a smaller one would do"
        )


def faults_of(error: ValidationError | RequestValidationError) -> list[Fault]:
    """Return what a model found wrong, without repeating what was sent."""
    return [
        Fault(
            where=".".join(str(part) for part in each["loc"]),
            message=str(each["msg"]),
        )
        for each in error.errors()
    ]


_STATUS: tuple[tuple[type[GazetteerError], int], ...] = (
    (BadRequestError, 400),
    (TooMuchError, 413),
    (TooLateError, 503),
    (UnknownPlaceError, 404),
    (NotThereError, 404),
    (AmbiguousPlaceError, 409),
    (UnresolvedError, 404),
    (StoreError, 500),
)


def handle_errors(app: FastAPI) -> None:
    """Make an application answer every refusal in one shape."""
    app.exception_handler(GazetteerError)(_gazetteer_error)
    app.exception_handler(RequestValidationError)(_validation_error)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(Exception)(_unforeseen_error)


async def _gazetteer_error(_request: Request, error: Exception) -> JSONResponse:
    status = next(
        (status for kind, status in _STATUS if isinstance(error, kind)),
        422,  # what was asked cannot be: a bad date, an unknown perspective
    )
    faults = error.faults if isinstance(error, BadRequestError) else []
    return _refused(status, str(error), faults)


async def _validation_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    return _refused(422, "the request does not fit", faults_of(error))


async def _http_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    said = {404: "there is nothing at this address", 405: "not by this method"}
    message = said.get(error.status_code, str(error.detail))
    return _refused(error.status_code, message, headers=error.headers)


async def _unforeseen_error(_request: Request, _error: Exception) -> JSONResponse:
    # what went wrong inside is for the log of the server alone
    return _refused(500, "an error of the server")


def _refused(
    status: int,
    message: str,
    faults: list[Fault] | None = None,
    headers: Any = None,
) -> JSONResponse:
    refusal = Refusal(error=_sound(message), problems=faults or [])
    return JSONResponse(refusal.model_dump(), status, headers=headers)


def _sound(text: str) -> str:
    # half of a surrogate pair can be asked for and not be answered
    return text.encode("utf-8", "backslashreplace").decode()
