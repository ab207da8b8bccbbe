"""Every kind of message, by the specification's own schemas and by its text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

import reconciliation_shapes as shapes

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.testclient import TestClient

    from gazetteer import Gazetteer

QUERIES = {
    "exact": {"query": "Stepanakert"},
    "fuzzy": {"query": "Xankndi", "limit": 3},
    "homonym": {"query": "Martuni"},
    "nothing": {"query": "Mechelen"},
    "id": {"query": "geonames:146970"},
    "context": {
        "query": "Martuni",
        "type": ["town", "city"],
        "type_strict": "any",
        "properties": [
            {"pid": "country", "v": "Armenia"},
            {"pid": "coordinates", "v": "40.14, 45.3"},
            {"pid": "date", "v": 2001},
            {"pid": "mentions", "v": ["Sevan", "Gavar"]},
            {"pid": "link:geonames", "v": "616435"},
        ],
    },
    "unusable": {"query": "Fuzuli", "properties": [{"pid": "district", "v": "Q Q Q"}]},
    "no name": {"properties": [{"pid": "link:geonames", "v": "146970"}]},
}
BATCH: TypeAdapter[dict[str, shapes.Result]] = TypeAdapter(dict[str, shapes.Result])


def test_the_manifest(client: TestClient) -> None:
    shapes.Manifest.model_validate(client.get("/reconcile").json())


def test_the_manifest_by_schema(client: TestClient, valid: Callable[..., None]) -> None:
    valid("manifest", client.get("/reconcile").json())


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_results(client: TestClient, valid: Callable[..., None], method: str) -> None:
    given = {"queries": json.dumps(QUERIES)}
    sent = {"params": given} if method == "GET" else {"data": given}
    answer = client.request(method, "/reconcile", **sent).json()
    BATCH.validate_python(answer)
    valid("reconciliation-query-batch", QUERIES)
    valid("reconciliation-result-batch", answer)


@pytest.mark.parametrize(
    ("kind", "prefix", "name"),
    [
        ("entity", "Step", "suggest-entities-response"),
        ("type", "t", "suggest-types-response"),
        ("property", "label", "suggest-properties-response"),
    ],
)
def test_suggestions_and_their_flyouts(
    client: TestClient, valid: Callable[..., None], kind: str, prefix: str, name: str
) -> None:
    answer = client.get(f"/reconcile/suggest/{kind}", params={"prefix": prefix}).json()
    assert answer["result"]
    for each in answer["result"]:
        shown = client.get(
            f"/reconcile/flyout/{kind}", params={"id": each["id"]}
        ).json()
        flyout = shapes.Flyout.model_validate(shown)
        assert flyout.id == each["id"]
        assert each["name"] in flyout.html
    if kind == "type":
        TypeAdapter(list[shapes.Type]).validate_python(answer["result"])
    else:
        shapes.Suggestions.model_validate(answer)
    valid(name, answer)


def test_proposals_and_the_values_of_all_of_them(
    client: TestClient, valid: Callable[..., None], gaz: Gazetteer
) -> None:
    proposals = client.get("/reconcile/properties", params={"type": "town"}).json()
    shapes.Proposals.model_validate(proposals)
    contested = next(place for place in gaz if place.contested)
    other = next(place for place in gaz if not place.contested)
    asked: dict[str, Any] = {
        "ids": [contested.place_id, other.place_id, "gz-unknown"],
        "properties": [{"id": each["id"]} for each in proposals["properties"]],
    }
    for method in ("GET", "POST"):
        given = {"extend": json.dumps(asked)}
        sent = {"params": given} if method == "GET" else {"data": given}
        answer = client.request(method, "/reconcile", **sent).json()
        extended = shapes.Extended.model_validate(answer)
        assert list(extended.rows) == asked["ids"]
        for row in extended.rows.values():
            assert list(row) == [each["id"] for each in asked["properties"]]
        assert all(cells == [{}] for cells in answer["rows"]["gz-unknown"].values())
    valid("data-extension-property-proposal", proposals)
    valid("data-extension-query", asked)
    valid("data-extension-response", answer)
