"""An encoding is stated, marked or UTF-8; what is unsure is an error with choices."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING

import pytest

from gazetteer import DataError
from gazetteer.batch import BatchError, BatchOptions, resolve_file
from gazetteer.languages.encodings import choices

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer

TEXT = "id,name\n1,Шуши\n2,Ханкенди\n"


def resolved(
    gaz: Gazetteer, tmp_path: Path, data: bytes, suffix: str = "csv", **options: str
) -> str:
    source, output = tmp_path / f"in.{suffix}", tmp_path / f"out.{suffix}"
    source.write_bytes(data)
    resolve_file(gaz, source, output, BatchOptions("name", **options))
    return output.read_text("utf-8")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
    ],
)
def test_a_byte_order_mark_is_honoured(
    gaz: Gazetteer, tmp_path: Path, encoding: str, mark: bytes
) -> None:
    plain = resolved(gaz, tmp_path, TEXT.encode())
    assert resolved(gaz, tmp_path, mark + TEXT.encode(encoding)) == plain
    lines = '{"name": "Шуши"}\n'
    assert resolved(gaz, tmp_path, mark + lines.encode(encoding), "jsonl").startswith(
        '{"name": "Шуши", "gz_place_id": "gz-'
    )


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "mac-cyrillic", "utf-16"])
def test_a_stated_encoding_is_taken(
    gaz: Gazetteer, tmp_path: Path, encoding: str
) -> None:
    plain = resolved(gaz, tmp_path, TEXT.encode())
    assert resolved(gaz, tmp_path, TEXT.encode(encoding), encoding=encoding) == plain


# What a detector once read as another language's: each must be among the choices, as
# the word that it is.
@pytest.mark.parametrize(
    ("encoding", "word"),
    [
        ("cp949", "서울특별시"),
        ("big5", "臺北"),
        ("gb18030", "北京市"),
        ("cp932", "東京都"),
        ("cp1251", "Шуша"),
        ("koi8-r", "Москва"),
        ("cp1252", "Zürich"),
        ("cp1250", "Łódź"),
        ("cp1253", "Αθήνα"),
        ("cp1254", "Şırnak"),
        ("cp1255", "ירושלים"),
        ("cp1256", "باكو"),
    ],
)
def test_bytes_that_are_not_utf_8_name_the_choices(
    gaz: Gazetteer, tmp_path: Path, encoding: str, word: str
) -> None:
    data = f"id,name\n1,Shusha\n2,{word}\n".encode(encoding)
    with pytest.raises(DataError) as caught:
        resolved(gaz, tmp_path, data)
    (problem,) = caught.value.problems
    assert (problem.code, problem.line) == ("bad-encoding", 3)
    assert problem.column >= 3
    assert f"{encoding} ({word!r})" in problem.message
    assert not (tmp_path / "out.csv").exists()


def test_the_place_of_a_bad_byte_is_known_deep_in_a_file_and_in_a_pipe(
    gaz: Gazetteer, tmp_path: Path
) -> None:
    data = b"name\n" + "Şuşa\n".encode() * 50_000 + "aä\n".encode("cp1252")
    with pytest.raises(DataError) as caught:
        resolved(gaz, tmp_path, data)
    assert caught.value.problems[0][1:3] == (50_002, 2)
    with pytest.raises(DataError) as caught:
        resolve_file(gaz, io.BytesIO(data), io.BytesIO(), BatchOptions("name"))
    assert caught.value.problems[0][1:3] == (50_002, 2)


def test_two_bytes_a_character_without_a_mark(gaz: Gazetteer, tmp_path: Path) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        with pytest.raises(BatchError, match=f"--encoding {encoding}"):
            resolved(gaz, tmp_path, "id,name\n1,Shusha\n".encode(encoding))
        resolved(
            gaz, tmp_path, "id,name\n1,Shusha\n".encode(encoding), encoding=encoding
        )


def test_a_mark_and_a_statement_that_differ(gaz: Gazetteer, tmp_path: Path) -> None:
    data = codecs.BOM_UTF8 + TEXT.encode()
    with pytest.raises(BatchError, match="leave --encoding out"):
        resolved(gaz, tmp_path, data, encoding="cp1251")
    assert resolved(gaz, tmp_path, data, encoding="utf8").startswith("id,name,")


def test_an_encoding_that_does_not_exist(gaz: Gazetteer, tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="no encoding is named 'latin-99'"):
        resolved(gaz, tmp_path, TEXT.encode(), encoding="latin-99")


def test_no_choice_is_named_for_what_is_no_text() -> None:
    assert choices(b"plain") == []
