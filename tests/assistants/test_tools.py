"""The tools as an assistant's program has them, over a real session."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters

from gazetteer import Context, Gazetteer
from gazetteer.assistants import Limits, create_server
from gazetteer.assistants.answering import _by_turns
from gazetteer.dates import parse_interval
from gazetteer.ids import PlaceId
from gazetteer.model import Relation

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = (sys.executable, "-m", "gazetteer", "mcp")
TEXT = 'A road leads from Shusha to Khankendi. "Stepanakert is near Shushi," he said.'
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("resolve", {"query": "Stepanakrt"}),
    ("resolve", {"query": "Khankandi", "country": "Azerbaijan"}),
    ("resolve", {"query": "Martuni", "type": "town", "near": [39.8, 47.1]}),
    ("resolve", {"query": "Khojavend"}),
    ("resolve", {"query": "Mechelen"}),
    ("label", {"place": "Xankəndi", "perspective": "armenian", "lang": "hy"}),
    ("label", {"place": "Ստեփանակերտ", "perspective": "azerbaijani", "lang": "az"}),
    ("label", {"place": "Martuni"}),
    ("render", {"text": TEXT}),
    ("render", {"text": ""}),
    ("show", {"place": "geonames:146970"}),
    ("show", {"place": "Fuzuli"}),
]


def over_stdio(*calls: tuple[str, dict[str, Any]], errlog: Any = None) -> list[Any]:
    """Make calls of one session with the program, really started."""

    async def session() -> list[Any]:
        started = StdioServerParameters(command=PROGRAM[0], args=list(PROGRAM[1:]))
        async with Client(started) as client:
            listed = await client.list_tools()
            return [listed.tools, *[await client.call_tool(*each) for each in calls]]

    return asyncio.run(session())


def within(server: Any, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Make calls of a session in this process."""

    async def session() -> list[Any]:
        async with Client(server) as client:
            return [await client.call_tool(*each) for each in calls]

    return asyncio.run(session())


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def server(gaz: Gazetteer) -> Any:
    return create_server(gaz)


@pytest.fixture(scope="module")
def told() -> list[Any]:
    return over_stdio(*CALLS)


def test_the_tools_only_look_and_say_what_they_answer(told: list[Any]) -> None:
    tools = {tool.name: tool for tool in told[0]}
    assert sorted(tools) == ["label", "render", "resolve", "show"]
    for tool in tools.values():
        assert tool.description
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False
        Draft202012Validator.check_schema(tool.input_schema)
        Draft202012Validator.check_schema(tool.output_schema)


def test_every_answer_is_as_its_schema_says(told: list[Any]) -> None:
    schemas = {tool.name: tool.output_schema for tool in told[0]}
    for (name, _), answer in zip(CALLS, told[1:], strict=True):
        assert not answer.is_error, answer.content
        Draft202012Validator(schemas[name]).validate(answer.structured_content)
        # programs that know no structure are told the same as text
        assert json.loads(answer.content[0].text) == answer.structured_content


def test_what_is_decided_is_what_the_library_decides(
    gaz: Gazetteer, told: list[Any]
) -> None:
    for (name, asked), answer in zip(CALLS, told[1:], strict=True):
        if name == "resolve":
            near = asked.get("near")
            context = Context(
                country=asked.get("country"),
                type=asked.get("type"),
                near=tuple(near) if near else None,
            )
            ours = gaz.resolve(asked["query"], context=context)
            theirs = answer.structured_content
            assert theirs["outcome"] == ours.outcome
            assert theirs["place_id"] == (ours.match.place_id if ours.match else None)


@pytest.mark.parametrize("name", ["Martuni", "Khojavend", "Mechelen", "Fuzuli"])
def test_what_is_not_decided_is_said_and_nothing_is_given(
    server: Any, name: str
) -> None:
    resolved, labelled, shown = within(
        server,
        ("resolve", {"query": name}),
        ("label", {"place": name}),
        ("show", {"place": name}),
    )
    for answer in (resolved, labelled, shown):
        told = answer.structured_content
        assert not answer.is_error
        assert told["outcome"] != "matched"
        assert told["place_id"] is None
        assert told["reasons"]
        assert told["next_step"]
        if told["outcome"] == "ambiguous":
            assert len(told["candidates"]) > 1
    assert labelled.structured_content["label"] is None
    assert shown.structured_content["place"] is None


def test_candidates_of_a_contested_place_are_told_with_both_names(server: Any) -> None:
    first, second = within(
        server, ("resolve", {"query": "Martuni"}), ("resolve", {"query": "Khojavend"})
    )
    for answer in (first, second):
        contested = [
            each for each in answer.structured_content["candidates"]
            if each["contested"] and each["type"] == "town"
        ]  # fmt: skip
        assert contested
        for each in contested:
            assert {"Martuni", "Khojavand"} == set(each["title"].split("/"))
            assert "parties" in each["description"]


def test_labels_of_both_sides_are_told_alike(told: list[Any]) -> None:
    labels = [
        answer.structured_content["label"]
        for (name, asked), answer in zip(CALLS, told[1:], strict=True)
        if name == "label" and "perspective" in asked
    ]
    texts = {each["perspective"]: each["text"] for each in labels}
    assert texts == {"armenian": "Ստեփանակերտ", "azerbaijani": "Xankəndi"}
    for each in labels:
        assert each["names"][0]["authority"]
        assert each["sources"]


def test_where_nothing_is_to_be_printed_the_text_is_null(server: Any) -> None:
    for perspective, lang in (("armenian", "az"), ("azerbaijani", "hy")):
        (answer,) = within(
            server,
            ("label", {"place": "Xankəndi", "perspective": perspective, "lang": lang}),
        )
        assert answer.structured_content["label"]["text"] is None


def test_a_rendering_says_what_was_changed_and_what_was_left(
    gaz: Gazetteer, server: Any
) -> None:
    (answer,) = within(server, ("render", {"text": TEXT}))
    told = answer.structured_content
    ours = gaz.render(TEXT, "neutral")
    assert told["text"] == ours.text
    assert len(told["changes"]) == len(ours.changes) == 2
    assert [each["code"] for each in told["left"]] == ["quotation", "quotation"]
    for each in told["changes"]:
        assert TEXT[each["start"] : each["end"]] == each["before"]
        assert each["after"] in told["text"]


def test_statements_are_told_with_who_makes_them(server: Any) -> None:
    (answer,) = within(server, ("show", {"place": "geonames:146970"}))
    place = answer.structured_content["place"]
    assert len(place["dispute"]["parties"]) > 1
    assert len({each["according_to"] for each in place["statements"]}) > 1
    assert all(each["source"] for each in place["statements"])
    known = {each["key"] for each in place["sources"]}
    assert {key for name in place["names"] for key in name["sources"]} <= known


def test_names_can_be_asked_for_by_language(server: Any) -> None:
    (answer,) = within(
        server, ("show", {"place": "geonames:146970", "langs": ["hy", "az"]})
    )
    langs = {each["lang"] for each in answer.structured_content["place"]["names"]}
    assert langs == {"hy", "az"}


@pytest.mark.parametrize(
    ("tool", "asked", "said"),
    [
        ("label", {"place": "Shusha", "perspective": "martian"}, "there are: armenian"),
        (
            "label",
            {"place": "Martuni", "perspective": "martian"},
            "there are: armenian",
        ),
        ("label", {"place": "Shushi", "lang": "no such tag"}, "would do"),
        ("label", {"place": "Shushi", "event": "last week"}, "would do"),
        ("resolve", {"query": "Shusha", "country": "Erewhon"}, "country"),
        ("resolve", {"query": "Shusha", "near": [500, 0]}, "near"),
        ("resolve", {}, "query"),
        ("resolve", {"query": "x" * 2000}, "1000"),
        ("resolve", {"query": "x", "mentions": ["y"] * 101}, "100"),
        ("render", {"text": "x" * 20_001}, "up to 20000 would do"),
        ("render", {"text": "a\0b"}, "U+0000"),
        ("render", {"text": "x", "perspective": "martian"}, "there are: armenian"),
        ("render", {"text": "x", "country": "Erewhon"}, "country"),
        ("nothing", {}, "nothing"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(
    server: Any, tool: str, asked: dict[str, Any], said: str
) -> None:
    (answer,) = within(server, (tool, asked))
    assert answer.is_error
    text = answer.content[0].text
    assert said in text
    assert "Traceback" not in text
    assert len(text) < 1000


def test_what_is_left_out_is_counted(gaz: Gazetteer) -> None:
    small = create_server(gaz, limits=Limits(1000, 2, 3, 4, 1))
    resolved, shown, rendered = within(
        small,
        ("resolve", {"query": "Martuni"}),
        ("show", {"place": "geonames:146970"}),
        ("render", {"text": TEXT}),
    )
    told = resolved.structured_content
    whole = len(gaz.resolve("Martuni").candidates)
    assert len(told["candidates"]) == 2
    assert told["candidates_left_out"] == whole - 2
    place = shown.structured_content["place"]
    assert (len(place["names"]), len(place["statements"])) == (3, 4)
    assert min(place["names_left_out"], place["statements_left_out"]) > 0
    told = rendered.structured_content
    assert (len(told["changes"]), told["changes_left_out"]) == (1, 1)
    assert (len(told["left"]), told["left_out"]) == (1, 1)


def test_names_that_somebody_is_on_record_with_are_left_out_last(
    gaz: Gazetteer,
) -> None:
    place = gaz["geonames:146970"]
    said = {row.name_id: row for row in place.toponyms if row.usages}
    names = sorted((row.lang, row.name) for row in said.values())
    assert {"az", "hy"} <= {lang for lang, _ in names}
    small = create_server(gaz, limits=Limits(most_names=len(names)))
    (shown,) = within(small, ("show", {"place": place.place_id}))
    told = shown.structured_content["place"]
    assert [(each["lang"], each["name"]) for each in told["names"]] == names
    assert told["names_left_out"] > 0


def test_statements_are_left_out_by_turns_and_the_oldest_last() -> None:
    said = [
        Relation(PlaceId("x"), "part_of", who, who, parse_interval(when), "s", "")
        for who, when in [
            ("one", "1990"), ("one", ""), ("one", "2020"), ("one", "2021"),
            ("other", ""), ("other", "1950"), ("third", "1900"),
        ]
    ]  # fmt: skip
    turns = [(each.according_to, each.valid.text) for each in _by_turns(said)]
    assert turns == [
        ("one", "2021"), ("other", "1950"), ("third", "1900"),
        ("one", "2020"), ("other", ""), ("one", "1990"), ("one", ""),
    ]  # fmt: skip
    assert _by_turns(said[::-1])[0] == said[3]


def test_answers_are_of_a_size_that_can_be_read(gaz: Gazetteer, server: Any) -> None:
    most = max((place for place in gaz), key=lambda place: len(place.toponyms))
    (answer,) = within(server, ("show", {"place": most.place_id}))
    assert len(answer.content[0].text) < 120_000
    assert answer.structured_content["place"]["names_left_out"] > 0


def message(number: int, method: str, params: dict[str, Any]) -> bytes:
    body = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
    return json.dumps(body).encode() + b"\n"


HELLO = message(
    1,
    "initialize",
    {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "0"},
    },
) + (b'{"jsonrpc": "2.0", "method": "notifications/initialized"}\n')


def test_rubbish_on_the_wire_does_not_end_the_session() -> None:
    half = rb'{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"render",'
    half += rb'"arguments":{"text":"\ud800 Shusha"}}}' + b"\n"
    asked = {"name": "resolve", "arguments": {"query": "Khankendi"}}
    program = subprocess.Popen(
        PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert program.stdin
    assert program.stdout
    assert program.stderr
    rubbish = b"not json\n\xff\xfe\n[]\n{}\n"
    program.stdin.write(HELLO + rubbish + half + message(3, "tools/call", asked))
    program.stdin.flush()
    last: dict[str, Any] = {}
    while last.get("id") != 3:
        last = json.loads(program.stdout.readline())  # nothing but messages stands here
    assert last["result"]["structuredContent"]["outcome"] == "matched"
    program.stdin.close()
    assert program.wait(20) == 0
    # what was asked is nobody else's business
    assert b"Khankendi" not in program.stderr.read()
    program.stdout.close()
    program.stderr.close()


def test_without_the_extra_it_says_which_one_is_needed(tmp_path: Path) -> None:
    (tmp_path / "mcp.py").write_text("raise ModuleNotFoundError(name='mcp')")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r});"
        "from gazetteer.cli import main; main(['mcp'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install gazetteer[mcp]" in done.stderr
