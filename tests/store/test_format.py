"""What is not a whole store of this version is refused, with what to do about it."""

from __future__ import annotations

import io
import pickle
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import DataNotFoundError, GazetteerError, StoreError
from gazetteer.store import Store
from gazetteer.store.format import (
    BLOCK,
    KEYS,
    LAYOUT,
    FormatError,
    Header,
    Section,
    pack_header,
    pack_table,
    unpack_header,
    unpack_table,
)
from gazetteer.store.read import StoreFile
from gazetteer.store.write import StoreWriter

if TYPE_CHECKING:
    from pathlib import Path


@cache
def whole() -> bytes:
    stream = io.BytesIO()
    writer = StoreWriter(stream)
    writer.add("small", b"abc")
    writer.add("numbers", bytes(range(16)), kind="u4")
    writer.add("nothing", b"", kind="u8")
    writer.finish()
    return stream.getvalue()


def test_what_was_written_is_read() -> None:
    file = StoreFile(whole(), "")
    assert file.checked("small") == b"abc"
    assert file.items("numbers", "u4").tolist() == [0x03020100, 0x07060504, 0x0B0A0908, 0x0F0E0D0C]  # fmt: skip
    assert file.array("numbers").tolist() == file.items("numbers", "u4").tolist()
    assert file.items("nothing", "u8").tolist() == []
    assert "small" in file
    assert "large" not in file
    assert all(section.offset % BLOCK == 0 for section in file.sections.values())


def test_a_section_is_asked_for_as_what_it_is() -> None:
    file = StoreFile(whole(), "x.gaz")
    with pytest.raises(StoreError, match="has u4, not u8"):
        file.items("numbers", "u8")
    with pytest.raises(StoreError, match="no section 'large'"):
        file.raw("large")
    with pytest.raises(StoreError, match="has 4 items and not 5"):
        file.require_items("numbers", 5)


def test_the_content_is_hashed_with_the_names_of_its_sections() -> None:
    def content(name: str) -> str:
        stream = io.BytesIO()
        writer = StoreWriter(stream)
        writer.add(name, b"abc")
        return writer.finish()

    assert content("a") == content("a") != content("b")


def refused(path: Path, data: bytes) -> StoreError:
    path.write_bytes(data)
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    error = caught.value
    assert isinstance(error, GazetteerError)
    assert isinstance(error, ValueError)
    assert error.path == str(path)
    assert repr(str(path)) in str(error)
    # a file that never was one may be somebody's, and is not to be written over
    foreign = "it is not a store" in error.reason
    assert ("'gazetteer build' makes a store" in str(error)) == foreign
    assert (f"gazetteer build SOURCE -o {path}" in str(error)) != foreign
    return error


def header(**changed: int) -> bytes:
    known = unpack_header(whole()[:BLOCK], len(whole()))
    return pack_header(known._replace(**changed)) + whole()[BLOCK:]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (bytes(4096), "never finished"),
        (b"PK\x03\x04" + bytes(100), r"it is not a store: it starts with b'PK"),
        (b"\x89gaz\n\x1a\n" + bytes(100), "transfer as text"),
        (b"\x09gaz\r\n\x1a\n" + bytes(100), "transfer as text"),
        (whole()[:20], "ends within its header"),
        (whole()[:-1], "truncated"),
        (whole() + b"\0", "longer"),
        (header(layout=LAYOUT + 1), f"version {LAYOUT + 1} of the layout, of a newer release"),
        (header(layout=LAYOUT - 1), f"version {LAYOUT - 1} of the layout, of an older release"),
        (header(keys=KEYS + 1), "version 2 of the keys, of a newer"),
        (header(sections=2), "table of sections is damaged"),
        (header(table=64), "table of sections is damaged"),
        (header(table=2**63), "table of sections is damaged"),
        (whole()[:64] + b"X" + whole()[65:], "section 'small' is damaged"),
        (whole()[:12] + b"X" + whole()[13:], "its header is damaged"),
    ],
)  # fmt: skip
def test_another_file_is_refused_by_what_it_is(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    assert refused(tmp_path / "x.gaz", data).reason
    with pytest.raises(StoreError, match=reason):
        Store.open(tmp_path / "x.gaz")


def test_sections_without_those_of_a_store_are_refused(tmp_path: Path) -> None:
    assert "no section 'meta'" in refused(tmp_path / "x.gaz", whole()).reason


def test_no_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(DataNotFoundError, match="there is no such file"):
        Store.open(tmp_path / "x.gaz")
    with pytest.raises(StoreError):
        Store.open(tmp_path)


def test_an_error_can_be_sent_to_another_process() -> None:
    error = StoreError("x.gaz", "it is empty", "do this")
    again = pickle.loads(pickle.dumps(error))
    assert (again.path, again.reason) == ("x.gaz", "it is empty")


def test_every_truncation_is_refused(tmp_path: Path) -> None:
    for length in range(len(whole())):
        refused(tmp_path / "x.gaz", whole()[:length])


@given(st.binary(max_size=200))
def test_no_bytes_are_taken_for_a_header(data: bytes) -> None:
    with pytest.raises(FormatError):
        unpack_header(data[:BLOCK], len(data))


@pytest.mark.parametrize(
    "section",
    [
        Section("a", 64, 8, 0, "u5", eager=False),
        Section("a", 64, 7, 0, "u4", eager=False),
        Section("a", 65, 8, 0, "u4", eager=False),
        Section("a", 0, 8, 0, "u4", eager=False),
        Section("a", 64, 2**40, 0, "u4", eager=False),
    ],
)
def test_a_table_of_impossible_sections_is_refused(section: Section) -> None:
    from zlib import crc32

    table = pack_table([section])
    known = Header(LAYOUT, KEYS, 1000, 936, 1, crc32(table), b"")
    with pytest.raises(FormatError):
        unpack_table(known, table)
