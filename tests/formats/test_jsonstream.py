"""JSON read value by value gives what the standard library gives at once."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import DataError
from gazetteer.formats import jsonstream
from gazetteer.formats.jsonstream import members

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(), VALUES)


class Trickle(io.BytesIO):
    """A stream that gives a few bytes at a time, however many are asked for."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self._few = size

    def read(self, size: int | None = -1, /) -> bytes:  # noqa: ARG002
        return super().read(self._few)


@given(OBJECTS, st.integers(1, 9), st.sampled_from([None, 1, "\t"]), st.booleans())
def test_members_are_those_of_the_object(
    value: dict[str, object], few: int, indent: object, escaped: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=escaped)
    found = list(members(Trickle(text.encode("utf-8", "surrogatepass"), few), "x"))
    assert {each.key: each.value for each in found} == value


@given(st.lists(VALUES), st.integers(1, 9))
def test_an_array_is_yielded_value_by_value_with_its_lines(
    values: list[object], few: int
) -> None:
    head = '{"before": {"rows": 1},\n "rows": ['
    text = head + ",\n".join(json.dumps(each) for each in values) + '], "after": 2}'
    found = list(members(Trickle(text.encode(), few), "x", "rows"))
    assert [each.value for each in found[1:-1]] == values
    assert [each.line for each in found[1:-1]] == list(range(2, 2 + len(values)))
    assert (found[0].key, found[-1].key) == ("before", "after")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (b"", 1, "the end of the file where there should be an object"),
        (b"[1]", 1, "'[' where there should be an object"),
        (b'{"a": 1\n "b": 2}', 2, "where there should be ',' or '}'"),
        (b'{"a": 1,\n}', 2, "not JSON here"),
        (b'{"a":\n -}', 2, "not JSON here"),
        (b'{"a": "never', 1, "Unterminated string"),
        (b'{"a": 1}\n{"b": 2}', 2, "JSON Lines"),
        (b"{1: 2}", 1, "a key is a text"),
        (b'{"a": [1, 2}', 1, "not JSON here"),
        (b'\n{"a": "\xff"}', 2, "byte 0xff is not UTF-8"),
        (b'\xff\xfe{\0"\0', 1, "begins as UTF-16"),
    ],
)
def test_a_fault_is_named_with_its_line(text: bytes, line: int, message: str) -> None:
    with pytest.raises(DataError, match=r"x\.json") as raised:
        list(members(io.BytesIO(text), "x.json"))
    (problem,) = raised.value.problems
    assert problem.line == line
    assert message in problem.message


def test_a_byte_order_mark_is_no_fault() -> None:
    assert next(members(io.BytesIO(b'\xef\xbb\xbf{"a": 1}'), "x")).value == 1


def test_brackets_without_end_are_a_fault() -> None:
    with pytest.raises(DataError, match=r"nested too deeply|not JSON"):
        list(members(io.BytesIO(b'{"a": ' + b"[" * 200_000), "x"))


def test_memory_does_not_grow_with_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonstream, "_PIECE", 64)
    text = b'{"rows": [' + b", ".join(b'{"n": %d}' % n for n in range(5_000)) + b"]}"
    window = jsonstream._Window(io.BytesIO(text), "x")
    longest = 0
    window.take("{", "")
    window.value()
    window.take(":", "")
    window.take("[", "")
    while window.peek() != "]":
        window.value()
        longest = max(longest, len(window._text))
        if window.peek() == ",":
            window.take(",", "")
    assert longest < 1_000
