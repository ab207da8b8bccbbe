"""Reconciliation: what is matched, what is not, and what speaks for a candidate."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from gazetteer import Context

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from gazetteer import Gazetteer

Ask = "Callable[..., list[dict[str, Any]]]"


def features(candidate: dict[str, Any]) -> dict[str, Any]:
    return {each["id"]: each["value"] for each in candidate["features"]}


def matches(result: dict[str, Any]) -> list[str]:
    return [each["id"] for each in result["result"] if each["match"]]


NAMES = [
    "Stepanakert", "Xankəndi", "Khankandi", "Stepanakrt", "Shusha", "Shushi",
    "Martuni", "Khojavend", "Karabakh", "Artsakh", "Mechelen", "", "12", "Aghdam",
]  # fmt: skip


def test_scores_and_matches_are_the_library_s(gaz: Gazetteer, reconcile: Ask) -> None:
    for name, found in zip(NAMES, reconcile(*NAMES), strict=True):
        answer = gaz.resolve(name)
        candidates = answer.candidates
        shown = [(each["id"], each["score"]) for each in found["result"]]
        assert shown == [
            (each.place_id, round(each.score, 1)) for each in candidates[: len(shown)]
        ]
        assert matches(found) == ([answer.match.place_id] if answer.match else [])


def test_a_homonym_is_decided_by_what_stands_beside_it(reconcile: Ask) -> None:
    bare, armenia, azerbaijan = reconcile(
        "Martuni",
        {
            "query": "Martuni",
            "type": "town",
            "properties": [{"pid": "country", "v": "Armenia"}],
        },
        {
            "query": "Martuni",
            "type": "town",
            "properties": [{"pid": "country", "v": "Azerbaijan"}],
        },
    )
    assert matches(bare) == []
    assert any(features(each).get("tie") for each in bare["result"])
    assert len(matches(armenia)) == len(matches(azerbaijan)) == 1
    assert matches(armenia) != matches(azerbaijan)
    for found in (armenia, azerbaijan):
        assert features(found["result"][0])["country_match"] is True


def test_a_district_is_read_as_a_district(gaz: Gazetteer, reconcile: Ask) -> None:
    (found,) = reconcile(
        {"query": "Martuni", "type": "town",
         "properties": [{"pid": "district", "v": "Martuni"}]}
    )  # fmt: skip
    district = gaz.resolve("Martuni", context=Context(type="district")).match
    assert district is None or found["result"]
    assert all("within_match" in features(each) for each in found["result"])


def test_an_unusable_context_is_said_and_matches_nothing(reconcile: Ask) -> None:
    for pid, value in [
        ("district", "Nowhereland"),
        ("country", "Nowhereland"),
        ("type", "castle"),
        ("date", "May 1992"),
        ("coordinates", "here"),
        ("lat", 40),
        ("colour", "red"),
        ("country", ["Armenia", "Azerbaijan"]),
    ]:
        found, other = reconcile(
            {"query": "Shusha", "properties": [{"pid": pid, "v": value}]}, "Shushi"
        )
        assert found["error"].startswith("bad context")
        assert found["result"]
        assert matches(found) == []
        assert all(features(each)["context_unusable"] for each in found["result"])
        assert len(matches(other)) == 1


def test_empty_cells_say_nothing(reconcile: Ask) -> None:
    bare, empty = reconcile(
        "Xankəndi",
        {
            "query": "Xankəndi",
            "type": "",
            "properties": [{"pid": "district", "v": ""}, {"pid": "country", "v": None}],
        },
    )
    assert bare == empty


@pytest.mark.parametrize(
    "written", ["39.8177, 46.7528", "39.8177 46.7528", "POINT(46.7528 39.8177)"]
)
def test_coordinates_are_read(reconcile: Ask, written: str) -> None:
    (found,) = reconcile(
        {"query": "Khankendi", "properties": [{"pid": "coordinates", "v": written}]}
    )
    assert features(found["result"][0])["distance_km"] < 10


def test_several_types_and_another_scheme_s_id_can_only_withhold(
    gaz: Gazetteer, reconcile: Ask
) -> None:
    town = gaz.resolve("Shusha").match
    assert town
    kind, link = town.place.type, town.links["geonames"][0]
    right, wrong, linked, mistaken = reconcile(
        {"query": "Shusha", "type": [kind, "water"]},
        {"query": "Shusha", "type": ["landform", "water"]},
        {"query": "Shusha", "properties": [{"pid": "link:geonames", "v": link}]},
        {"query": "Shusha", "properties": [{"pid": "link:geonames", "v": "1"}]},
    )
    assert matches(right) == matches(linked) == [town.place_id]
    assert matches(wrong) == matches(mistaken) == []
    assert features(linked["result"][0])["link_match"] is True


def test_a_query_without_a_name_is_answered_by_an_id(
    gaz: Gazetteer, reconcile: Ask
) -> None:
    by_id, by_nothing = reconcile(
        {"properties": [{"pid": "link:geonames", "v": "146970"}]},
        {"properties": [{"pid": "country", "v": "Armenia"}]},
    )
    assert matches(by_id) == [gaz["geonames:146970"].place_id]
    assert by_nothing["result"] == []


def test_an_entity_is_taken_by_its_id_and_one_from_elsewhere_by_its_name(
    gaz: Gazetteer, reconcile: Ask
) -> None:
    country = gaz.resolve("Armenia", context=Context(type="country")).require()
    by_id, by_name = reconcile(
        *(
            {
                "query": "Martuni",
                "type": "town",
                "properties": [{"pid": "country", "v": value}],
            }
            for value in (
                {"id": country.place_id, "name": "whatever"},
                {"id": "Q399", "name": "Armenia"},
            )
        )
    )
    assert matches(by_id) == matches(by_name) != []


def test_a_limit_limits(reconcile: Ask) -> None:
    one, all_ = reconcile({"query": "Martuni", "limit": 1}, "Martuni")
    assert len(one["result"]) == 1 < len(all_["result"])


def test_a_contested_place_is_described_with_all_parties(
    gaz: Gazetteer, reconcile: Ask
) -> None:
    for name in ("Khankendi", "Stepanakert"):
        (found,) = reconcile(name)
        place = gaz[found["result"][0]["id"]]
        dispute = gaz.tables.disputes[place.dispute]
        for party in dispute.parties:
            title = gaz.tables.authorities[party].title
            assert title in found["result"][0]["description"]


def test_no_description_places_without_saying_who_says_so(client: TestClient) -> None:
    found = client.get("/reconcile/suggest/entity", params={"prefix": "s"}).json()
    for each in found["result"]:
        for part in each["description"].split("; "):
            if part.startswith("placed in "):
                assert " by " in part


@pytest.mark.parametrize(
    "text",
    [
        "", "nonsense", "[]", "1", '{"q0": 1}', '{"q0": {}}', '{"q0": {"queri": "a"}}',
        '{"q0": {"query": "a", "limit": 0}}', '{"q0": {"query": "a", "limit": NaN}}',
        '{"q0": {"query": "a", "type_strict": "most"}}',
        '{"q0": {"query": "a", "properties": [{"pid": "country"}]}}',
        '{"q0": {"query": "a", "properties": [{"p": "country", "v": 1}]}}',
        '{"q0": {"query": "\\ud800"}}',
    ],
)  # fmt: skip
def test_what_is_no_batch_is_refused(client: TestClient, text: str) -> None:
    for answer in (
        client.post("/reconcile", data={"queries": text}),
        client.get("/reconcile", params={"queries": text}),
    ):
        assert answer.status_code == 400
        assert "such as" in answer.json()["error"]


def test_all_that_is_wrong_is_said_at_once(client: TestClient) -> None:
    batch = {"a": {"query": 1}, "b": {"limit": 3}, "c": {"query": "x", "colour": 1}}
    answer = client.post("/reconcile", data={"queries": json.dumps(batch)})
    said = {each["where"].split(".")[0] for each in answer.json()["problems"]}
    assert said == {"a", "b", "c"}


def test_properties_that_cannot_be_fetched_are_refused(client: TestClient) -> None:
    wanted = [
        {"id": "colour"}, {"id": "label:nobody"}, {"id": "names:not a tag"},
        {"id": "label:neutral", "settings": {"event": "May"}},
        {"id": "names", "settings": {"limit": "few"}}, {"id": "lat"},
    ]  # fmt: skip
    asked = json.dumps({"ids": [], "properties": wanted})
    answer = client.post("/reconcile", data={"extend": asked})
    assert answer.status_code == 400
    said = [each["where"] for each in answer.json()["problems"]]
    assert said == [f"properties.{number}" for number in range(5)]


def test_labels_are_those_of_the_perspective_and_withheld_ones_are_empty(
    client: TestClient, gaz: Gazetteer
) -> None:
    names = list(gaz.perspectives)
    place = gaz.resolve("Stepanakert").require()
    wanted = [{"id": f"label:{name}", "settings": {"lang": "ru"}} for name in names]
    asked = {"ids": [place.place_id], "properties": wanted}
    answer = client.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    row = answer["rows"][place.place_id]
    for name in names:
        label = gaz.label(place, name, lang="ru")
        expected = {} if label.withheld else {"str": label.text}
        assert row[f"label:{name}"] == [expected]


def test_a_setting_limits_the_values_of_a_cell(
    client: TestClient, gaz: Gazetteer
) -> None:
    place = gaz.resolve("Xankəndi").require()
    wanted = [{"id": "names", "settings": {"limit": "2"}}]
    asked = {"ids": [place.place_id], "properties": wanted}
    answer = client.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    assert len(answer["rows"][place.place_id]["names"]) == 2


def test_suggestions_find_names_in_any_script_and_ids(
    client: TestClient, gaz: Gazetteer
) -> None:
    town = gaz.resolve("Stepanakert").require()
    for typed in ("Stepan", "Xankə", "Ханке", "Ստեփ", "khank", town.place_id,
                  "geonames:146970", "Stepanakrt"):  # fmt: skip
        found = client.get("/reconcile/suggest/entity", params={"prefix": typed}).json()
        assert town.place_id in [each["id"] for each in found["result"]], typed


def test_suggestions_go_on_where_a_cursor_says(client: TestClient) -> None:
    def ask(cursor: int) -> list[str]:
        params: dict[str, Any] = {"prefix": "a", "cursor": cursor}
        found = client.get("/reconcile/suggest/entity", params=params).json()
        return [each["id"] for each in found["result"]]

    first, later = ask(0), ask(20)
    assert len(first) == 20
    assert not set(first) & set(later)
    assert ask(1)[0] == first[1]


def test_suggestions_of_one_type(client: TestClient, gaz: Gazetteer) -> None:
    params = {"prefix": "a", "type": "district"}
    found = client.get("/reconcile/suggest/entity", params=params).json()["result"]
    assert found
    assert {gaz[each["id"]].type for each in found} == {"district"}


def test_a_preview_is_a_page_that_may_stand_in_a_frame(
    client: TestClient, gaz: Gazetteer
) -> None:
    place = gaz.resolve("Shushi").require()
    shown = client.get("/reconcile/preview", params={"id": place.place_id})
    assert gaz.title(place) in shown.text
    assert "frame-ancestors *" in shown.headers["content-security-policy"]
    page = client.get(f"/places/{place.place_id}", headers={"accept": "text/html"})
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert client.get("/reconcile/preview", params={"id": "gz-no"}).status_code == 404


def test_unknown_types_and_properties_have_no_flyout(client: TestClient) -> None:
    for kind in ("entity", "type", "property"):
        answer = client.get(f"/reconcile/flyout/{kind}", params={"id": "castle"})
        assert answer.status_code == 404
