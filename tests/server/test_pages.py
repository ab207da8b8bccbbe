"""Pages for people, and a place in the form that is asked for."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from gazetteer.exchange.naming import only_rejected
from gazetteer.formats.faults import Faults
from gazetteer.formats.lpf_place import FeatureReader, Where
from gazetteer.server import Settings, create_app

if TYPE_CHECKING:
    from gazetteer import Gazetteer

VOID = {"meta", "link", "input", "br", "img", "rect", "path"}


class Reader(HTMLParser):
    """Reads a page strictly: every element closed, ids distinct, headings in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.labels: set[str] = set()
        self.inputs: set[str] = set()
        self.targets: set[str] = set()
        self.referred: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in given:
            self.ids.append(str(given["id"]))
        if tag == "label":
            self.labels.add(str(given["for"]))
        if tag == "input":
            self.inputs.add(str(given["id"]))
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(int(tag[1]))
        if tag == "th":
            assert given.get("scope") in ("col", "row")
        if str(given.get("href", "")).startswith("#"):
            self.targets.add(str(given["href"])[1:])
        self.referred.update(str(given.get("aria-labelledby", "")).split())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    assert reader.inputs <= reader.labels
    assert reader.targets <= set(reader.ids)
    assert reader.referred <= set(reader.ids)
    assert reader.headings[0] == 1
    assert reader.headings.count(1) == 1
    return reader


NAMES = ["Shusha", "Stepanakert", "Martuni", "Karabakh", "Nakhchivan", "Georgia"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_a_place_says_everything(
    client: TestClient, gaz: Gazetteer, name: str
) -> None:
    place = gaz.resolve(name).candidates[0].place
    answer = client.get(f"/places/{place.place_id}", headers={"accept": "text/html"})
    page = read(answer.text)
    assert gaz.title(place) in page.text
    for row in place.toponyms:
        assert row.form == "hidden" or row.name in page.text
        for usage in row.usages:
            assert gaz.tables.authorities[usage.authority].title in page.text
            assert f"source-{usage.source}" in page.ids
    for label in gaz.compare(place):
        assert label.perspective in page.text
        assert label.text in page.text
    if place.contested:
        for party in gaz.tables.disputes[place.dispute].parties:
            assert gaz.tables.authorities[party].title in page.text


def test_the_search_page_answers_as_the_library(
    client: TestClient, gaz: Gazetteer
) -> None:
    for query in (
        "",
        "Xankəndi",
        "Stepanakert",
        "Martuni",
        "Mechelen",
        "Карабах",
        "x" * 290,
    ):
        page = read(client.get("/", params={"q": query}).text)
        if query:
            assert gaz.resolve(query).outcome in page.text
    bad = read(client.get("/", params={"q": "Shusha", "country": "Nowhereland"}).text)
    assert "Nowhereland" in bad.text
    assert "Not searched" in bad.text


def test_the_page_on_the_service(client: TestClient, gaz: Gazetteer) -> None:
    page = read(client.get("/about").text)
    assert "http://testserver/reconcile" in page.text
    assert {f"perspective-{name}" for name in gaz.perspectives} <= set(page.ids)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "text/html"),
        ("", "text/html"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/json", "application/json"),
        ("application/geo+json, application/json;q=0.5", "application/geo+json"),
        ("application/ld+json", "application/geo+json"),
        ("text/html;q=0.2, application/json;q=0.9", "application/json"),
    ],
)
def test_a_place_comes_as_it_is_asked_for(
    client: TestClient, gaz: Gazetteer, accept: str, kind: str
) -> None:
    place = gaz.resolve("Shusha").require()
    answer = client.get(f"/places/{place.place_id}", headers={"accept": accept})
    assert answer.headers["content-type"].split(";")[0] == kind
    assert "accept" in answer.headers["vary"].lower()


def test_a_form_that_there_is_not_is_not_acceptable(client: TestClient) -> None:
    answer = client.get("/places/gz-y9g2m7k", headers={"accept": "image/png"})
    assert answer.status_code == 406


def test_linked_places_are_read_again(client: TestClient, gaz: Gazetteer) -> None:
    for name in NAMES:
        place = gaz.resolve(name).candidates[0].place
        params = {"format": "lpf"}
        shape = client.get(f"/places/{place.place_id}", params=params).json()
        (feature,) = shape["features"]
        faults = Faults()
        again = FeatureReader("x", "", faults).read(feature, Where("x", 1))
        assert again is not None
        assert (again.fclass, again.lat, again.lon) == (
            place.fclass, place.lat and round(place.lat, 6), place.lon and round(place.lon, 6),
        )  # fmt: skip
        assert again.place_id == place.place_id
        shown = {
            (row.name, row.lang)
            for row in place.toponyms
            if row.form != "hidden" and not only_rejected(row)
        }
        assert {(row.name, row.lang) for row in again.toponyms} == shown


def test_old_ids_and_those_of_other_schemes_lead_on(
    client: TestClient, gaz: Gazetteer
) -> None:
    answer = client.get(
        "/places/geonames:146970", params={"format": "json"}, follow_redirects=False
    )
    assert answer.status_code == 307
    there = f"/places/{gaz['geonames:146970'].place_id}?format=json"
    assert answer.headers["location"] == f"http://testserver{there}"


def test_a_proxy_s_address_is_used_where_it_is_given(gaz: Gazetteer) -> None:
    settings = Settings(public_url="https://names.example/gaz/")
    client = TestClient(create_app(gaz, settings))
    manifest = client.get("/reconcile").json()
    assert manifest["view"]["url"] == "https://names.example/gaz/places/{{id}}"


def test_large_data_have_no_beginnings_and_no_map(gaz: Gazetteer) -> None:
    client = TestClient(create_app(gaz, Settings(most_catalogued=10)))
    found = client.get("/reconcile/suggest/entity", params={"prefix": "Shush"}).json()
    whole = client.get("/reconcile/suggest/entity", params={"prefix": "Shusha"}).json()
    assert found["result"] == [] or whole["result"]
    place = gaz.resolve("Shusha").require()
    page = client.get(f"/places/{place.place_id}", headers={"accept": "text/html"})
    assert "<svg" not in page.text
