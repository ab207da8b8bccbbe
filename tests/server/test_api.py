"""The JSON API answers what the library answers, in the shapes that it describes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from gazetteer import Context
from gazetteer.server import shapes
from gazetteer.server.refusals import Refusal

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from gazetteer import Gazetteer


def exactly(shape: Any, value: Any) -> None:
    """Validate, and find no key that the shape does not describe."""
    parsed = TypeAdapter(shape).validate_python(value)
    dumped = TypeAdapter(shape).dump_python(parsed, mode="json")
    assert json.loads(json.dumps(dumped)) == value


def test_health(client: TestClient, gaz: Gazetteer) -> None:
    answer = client.get("/health").json()
    exactly(shapes.Health, answer)
    assert answer["places"] == len(gaz)


@pytest.mark.parametrize("name", ["Stepanakert", "Xankəndi", "Martuni", "Mechelen", ""])
def test_resolve_answers_as_the_library(
    client: TestClient, gaz: Gazetteer, name: str
) -> None:
    answer = client.get("/resolve", params={"query": name}).json()
    exactly(shapes.ResolutionShape, answer)
    expected = gaz.resolve(name)
    assert answer == expected.to_dict() | {"explanation": expected.explain()}


def test_resolve_takes_a_context(client: TestClient, gaz: Gazetteer) -> None:
    params = {
        "query": "Martuni", "country": "Armenia", "type": "town", "lat": 40.14,
        "lon": 45.3, "event": "2001", "mentions": ["Sevan", "Gavar"],
    }  # fmt: skip
    answer = client.get("/resolve", params=params).json()
    exactly(shapes.ResolutionShape, answer)
    context = Context(
        country="Armenia", type="town", near=(40.14, 45.3), event="2001",
        mentions=("Sevan", "Gavar"),
    )  # fmt: skip
    assert (
        answer["place_id"] == gaz.resolve("Martuni", context=context).require().place_id
    )
    many = client.post(
        "/resolve",
        json={
            "queries": [
                {"query": "Martuni", "context": {"country": "Armenia", "type": "town"}},
                {"query": "Martuni", "context": {"country": "Nowhereland"}},
                {"query": "Shushi"},
            ]
        },
    ).json()
    exactly(shapes.ResolutionsShape, many)
    first, second, third = many["results"]
    assert first["place_id"] == answer["place_id"]
    assert "Nowhereland" in second["error"]
    assert third["outcome"] == "matched"


def test_label_and_compare(client: TestClient, gaz: Gazetteer) -> None:
    for name in ("Shusha", "Stepanakert"):
        params = {"place": name, "perspective": "neutral", "lang": "ru"}
        answer = client.get("/label", params=params).json()
        exactly(shapes.LabelShape, answer)
        place = gaz.resolve(name).require()
        assert answer["text"] == gaz.label(place, "neutral", lang="ru").text
        several = client.get("/compare", params={"place": name}).json()
        exactly(shapes.ComparisonShape, several)
        texts = [each["text"] or "" for each in several["labels"]]
        assert texts == [each.text for each in gaz.compare(place)]


def test_render(client: TestClient, gaz: Gazetteer) -> None:
    text = "A road leads from Shusha to Stepanakert."
    answer = client.post("/render", json={"text": text}).json()
    exactly(shapes.RenderingShape, answer)
    assert answer == gaz.render(text, "neutral").to_dict()


def test_places_and_perspectives(client: TestClient, gaz: Gazetteer) -> None:
    place = gaz.resolve("Karabakh").candidates[0].place
    for address in (place.place_id, "geonames:146970"):
        got = client.get(f"/places/{address}", params={"format": "json"})
        exactly(shapes.PlaceShape, got.json())
    known = client.get("/perspectives").json()
    exactly(list[shapes.PerspectiveShape], known)
    assert [each["perspective"] for each in known] == list(gaz.perspectives)
    assert all("/" not in each["file"] for each in known)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/resolve", 422, "query"),
        ("/resolve?query=Shusha&country=Nowhereland", 422, "Nowhereland"),
        ("/resolve?query=Shusha&lat=40", 422, "lon"),
        ("/resolve?query=Shusha&lat=nan&lon=40", 422, "lat"),
        ("/resolve?query=Shusha&event=May", 422, "May"),
        ("/resolve?query=Shusha&lang=!", 422, "BCP 47"),
        ("/label?place=Mechelen", 404, "unmatched"),
        ("/label?place=Martuni", 409, "ambiguous"),
        ("/label?place=Shusha&perspective=nobody", 422, "there are: "),
        ("/label?place=Shusha&lang=!", 422, "language tag"),
        ("/label?place=Shusha&mention=never", 422, "mention"),
        ("/places/gz-unknown?format=json", 404, "no place"),
        ("/places/gz-y9g2m7k?lang=!&format=json", 422, "language tag"),
        ("/nowhere", 404, "nothing at this address"),
        ("/static/../api.py", 404, "nothing at this address"),
        ("/static/%2e%2e/api.py", 404, "nothing at this address"),
    ],
)
def test_what_cannot_be_answered_says_why(
    client: TestClient, address: str, status: int, said: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    exactly(Refusal, answer.json())
    assert said in answer.text


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/render", {"text": "a", "perspective": "nobody"}, "there are: "),
        ("/render", {"text": "a", "published": "May"}, "May"),
        ("/render", {"text": 1}, "body.text"),
        ("/render", {"text": "a", "colour": "red"}, "colour"),
        (
            "/render",
            {"text": "a", "context": {"country": "Nowhereland"}},
            "Nowhereland",
        ),
        ("/resolve", {"queries": [{"query": 1}, {}]}, "body.queries.1.query"),
    ],
)
def test_a_body_that_cannot_be_used_is_refused(
    client: TestClient, path: str, body: dict[str, Any], said: str
) -> None:
    answer = client.post(path, json=body)
    assert answer.status_code == 422
    assert said in answer.text


def test_half_a_surrogate_pair_is_refused_and_not_repeated(client: TestClient) -> None:
    headers = {"content-type": "application/json"}
    for path, body in (
        ("/render", b'{"text": "\\ud800"}'),
        ("/resolve", b'{"queries": [{"query": "\\udfff"}]}'),
        ("/render", b"{"),
        ("/render", b"\xff"),
    ):
        answer = client.post(path, content=body, headers=headers)
        assert answer.status_code in (400, 422)
        assert answer.json()["error"]
