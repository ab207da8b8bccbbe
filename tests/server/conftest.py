"""A client of the served shipped data, and the specification's own schemas."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from gazetteer import Gazetteer
from gazetteer.server import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PUBLISHED = "https://reconciliation-api.github.io/specs/0.2/schemas/"
# the schemas are not ours to carry: a folder with them, else they are fetched
FOLDER = os.environ.get("RECONCILIATION_SCHEMAS", "")


@pytest.fixture(scope="session")
def gaz() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="session")
def client(gaz: Gazetteer) -> Iterator[TestClient]:
    with TestClient(create_app(gaz), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def reconcile(client: TestClient) -> Callable[..., Any]:
    """Ask queries, each a name or a dict, and return their results."""

    def ask(*queries: str | dict[str, Any]) -> list[dict[str, Any]]:
        batch = {
            f"q{number}": {"query": query} if isinstance(query, str) else query
            for number, query in enumerate(queries)
        }
        answer = client.post("/reconcile", data={"queries": json.dumps(batch)})
        assert answer.status_code == 200, answer.text
        results = answer.json()
        assert list(results) == list(batch)
        return list(results.values())

    return ask


@cache
def schema(name: str) -> dict[str, Any]:
    if FOLDER:
        return json.loads((Path(FOLDER) / f"{name}.json").read_text("utf-8"))
    try:
        url = f"{PUBLISHED}{name}.json"
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
            return json.load(answer)
    except (urllib.error.URLError, TimeoutError) as error:
        pytest.skip(
            f"the specification's schemas are out of reach ({error}); "
            f"RECONCILIATION_SCHEMAS may name a folder with them"
        )


@pytest.fixture(scope="session")
def valid() -> Callable[[str, Any], None]:
    """Validate a value by one of the specification's schemas."""

    def check(name: str, value: Any) -> None:
        # authentication schemes are OpenAPI's; the service has none
        other = Resource.from_contents({}, DRAFT7)
        registry = Registry(
            retrieve=lambda uri: (
                Resource.from_contents(
                    schema(uri[len(PUBLISHED) : -len(".json")]), DRAFT7
                )
                if uri.startswith(PUBLISHED)
                else other
            )
        )
        Draft7Validator(schema(name), registry=registry).validate(value)

    return check
