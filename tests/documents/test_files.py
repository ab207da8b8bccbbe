"""Files: read strictly, written whole, identical outside what was rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.documents import (
    decode_text,
    markup_of,
    read_text,
    render_document,
)
from gazetteer.errors import DataError, DataNotFoundError
from support_text import small

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("file", "markup"),
    [
        ("a.md", "markdown"),
        ("A.MD", "markdown"),
        ("a.markdown", "markdown"),
        ("a.txt", "plain"),
        ("a", "plain"),
        ("-", "plain"),
        ("md", "plain"),
    ],
)
def test_the_suffix_tells_the_markup(file: str, markup: str) -> None:
    assert markup_of(file) == markup


def test_bytes_that_are_not_utf8_are_placed() -> None:
    with pytest.raises(DataError) as caught:
        decode_text(b"one\ntw\xfco\n", file="notes.txt")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("notes.txt", 2, 3)
    assert problem.value == "fc"
    assert "byte 6 of the file" in problem.message
    assert "notes.txt:2:3: error: bad-encoding" in str(caught.value)


@given(st.text())
def test_decoding_loses_nothing(text: str) -> None:
    assert decode_text(text.encode()).encode() == text.encode()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataNotFoundError, match=r"nothing\.txt"):
        read_text(tmp_path / "nothing.txt")
    with pytest.raises(DataNotFoundError):
        read_text(tmp_path)


def test_line_ends_and_byte_order_mark_stay(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbfShushi fell.\r\nOne\nTwo\rThree\x0cFour\r\n")
    rendering = render_document(small(), file, "neutral", output=file)
    assert len(rendering.changes) == 1
    expected = b"\xef\xbb\xbfShusha/Shushi fell.\r\nOne\nTwo\rThree\x0cFour\r\n"
    assert file.read_bytes() == expected


def test_markdown_is_told_by_the_suffix(tmp_path: Path) -> None:
    text = "---\ntitle: Shushi\n---\n\nShushi\n"
    for name, count in [("a.md", 1), ("a.txt", 2)]:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        assert (
            len(render_document(small(), file, "neutral", lang="en").changes) == count
        )
        assert file.read_text(encoding="utf-8") == text


def test_the_markup_can_be_given(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("```\nShushi\n```\n", encoding="utf-8")
    assert not render_document(small(), file, "neutral", markup="markdown").changes
