"""Safe by default: bounds, escaping, headers, logs, and no way to files."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from gazetteer.server import Settings, create_app
from gazetteer.server.guard import Guard
from gazetteer.server.pages import Pages
from gazetteer.server.service import Service

if TYPE_CHECKING:
    from gazetteer import Gazetteer

FLAGS = {
    "/", "/about", "/places/gz-y9g2m7k", "/reconcile/preview?id=gz-y9g2m7k",
}  # fmt: skip


@pytest.fixture(scope="module")
def small(gaz: Gazetteer) -> TestClient:
    settings = Settings(
        most_bytes=2_000, most_queries=2, most_values=3, most_characters=100
    )
    return TestClient(create_app(gaz, settings))


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/reconcile", {"data": {"queries": json.dumps({f"q{n}": {"query": "a"} for n in range(3)})}}),
        ("/reconcile", {"data": {"extend": json.dumps({"ids": ["a", "b"], "properties": [{"id": "lat"}, {"id": "lon"}]})}}),
        ("/resolve", {"json": {"queries": [{"query": "a"}] * 3}}),
        ("/render", {"json": {"text": "a" * 101}}),
        ("/render", {"json": {"text": "a" * 3_000}}),
        ("/reconcile", {"content": b"a" * 3_000}),
        ("/reconcile", {"content": (b"a" * 1_000 for _ in range(3))}),
    ],
)  # fmt: skip
def test_too_much_is_refused(
    small: TestClient, path: str, sent: dict[str, Any]
) -> None:
    answer = small.post(path, **sent)
    assert answer.status_code == 413
    assert answer.json()["error"]


def test_what_takes_too_long_is_given_up(gaz: Gazetteer) -> None:
    slow = TestClient(create_app(gaz, Settings(seconds=1e-9)))
    batch = json.dumps({"q0": {"query": "Shusha"}, "q1": {"query": "Shushi"}})
    late = slow.get("/reconcile", params={"queries": batch})
    assert late.status_code == 503
    assert "took longer" in late.json()["error"]


def test_a_body_that_does_not_arrive_is_not_waited_for() -> None:
    sent: list[dict[str, Any]] = []

    async def never() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {}

    async def send(message: Any) -> None:
        sent.append(message)

    async def app(*_: object) -> None:
        raise AssertionError("it should not be asked")

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    asyncio.run(Guard(app, Settings(seconds=0.01))(scope, never, send))
    assert sent[0]["status"] == 408


def test_any_page_may_ask_and_none_may_with_credentials(client: TestClient) -> None:
    origin = {"origin": "https://example.org"}
    for method, path in (
        ("GET", "/reconcile"),
        ("POST", "/reconcile"),
        ("GET", "/nope"),
    ):
        headers = client.request(method, path, headers=origin).headers
        assert headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in headers
    asked = {**origin, "access-control-request-method": "POST"}
    assert client.options("/reconcile", headers=asked).status_code == 200


EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_what_was_typed_is_escaped(client: TestClient) -> None:
    for params in (
        {"q": EVIL},
        {"q": "Shusha", "within": EVIL},
        {"q": "a", "event": EVIL},
    ):
        page = client.get("/", params=params).text
        assert "<script" not in page
        assert "<img" not in page
    page = client.get(
        f"/places/{EVIL.replace('/', '')}", headers={"accept": "text/html"}
    )
    assert page.status_code == 404
    assert "<img" not in page.text


def test_what_the_data_hold_is_escaped(gaz: Gazetteer) -> None:
    place = gaz.resolve("Shushi").require()
    first = place.toponyms[0]._replace(name=EVIL, note=EVIL)
    spoilt = place._replace(note=EVIL, toponyms=(first, *place.toponyms[1:]))
    pages = Pages(Service(gaz))
    for page in (
        pages.place(spoilt, "en", EVIL),
        pages.preview(spoilt, EVIL),
        pages.flyout(EVIL, EVIL),
    ):
        assert "<script" not in page
        assert "<img" not in page


@pytest.mark.parametrize("address", sorted(FLAGS))
def test_pages_load_nothing_from_elsewhere_and_run_nothing(
    client: TestClient, address: str
) -> None:
    answer = client.get(address, headers={"accept": "text/html"})
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    loaded = re.findall(r'<(?:link|img|iframe)[^>]*(?:href|src)="([^"]*)"', answer.text)
    away = [each for each in loaded if not each.startswith(("/", "http://testserver/"))]
    assert away == []


def test_the_log_holds_nothing_of_what_was_asked(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    typed = "Shusha-my-own-question"
    with caplog.at_level(logging.DEBUG, logger="gazetteer"):
        client.get("/resolve", params={"query": typed})
        client.post("/reconcile", data={"queries": json.dumps({"q": {"query": typed}})})
        client.get("/places/a%0aforged line")
    assert typed not in caplog.text
    lines = [record.getMessage() for record in caplog.records]
    assert all("\n" not in line for line in lines)
    assert any(line.startswith("GET /resolve 200") for line in lines)


def test_an_error_inside_tells_nothing(gaz: Gazetteer) -> None:
    app = create_app(gaz)

    @app.get("/fail")
    def fail() -> None:
        raise RuntimeError("the password is 12345")

    answer = TestClient(app, raise_server_exceptions=False).get("/fail")
    assert answer.status_code == 500
    assert answer.json() == {"error": "an error of the server", "problems": []}
