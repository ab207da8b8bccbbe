"""Buckets give back every row, in order; bits hold what was added."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.formats import spill
from gazetteer.formats.bits import Bits
from gazetteer.formats.spill import Buckets

if TYPE_CHECKING:
    from pathlib import Path

ROWS = st.lists(
    st.tuples(
        st.integers(0, 5), st.binary(max_size=40).filter(lambda b: b"\n" not in b)
    )
)


@given(ROWS, st.sampled_from([1, 100, 1 << 20]))
def test_rows_come_back_in_order(rows: list[tuple[int, bytes]], held: int) -> None:
    wanted = defaultdict(list)
    before, spill._HELD = spill._HELD, held
    try:
        with Buckets() as buckets:
            for number, row in rows:
                buckets.add(number, row)
                wanted[number].append(row)
            assert list(buckets) == sorted(wanted)
            assert {each: buckets.rows(each) for each in buckets} == wanted
            assert buckets.count == len(rows)
            assert buckets.rows(99) == []
    finally:
        spill._HELD = before


def test_nothing_is_left_in_the_directory(tmp_path: Path) -> None:
    with Buckets(tmp_path) as buckets:
        buckets.add(1, b"row")
        assert buckets.rows(1) == [b"row"]
        if os.name == "posix":  # a file without a name is taken back by the system
            assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


@given(st.lists(st.integers(0, 3_000)))
def test_bits_are_a_set(numbers: list[int]) -> None:
    bits, wanted = Bits(), set()
    for number in numbers:
        assert bits.add(number) == (number not in wanted)
        wanted.add(number)
    assert {number for number in range(3_100) if number in bits} == wanted


@pytest.mark.parametrize("number", [-1, 1 << 31])
def test_bits_refuse_what_they_cannot_hold(number: int) -> None:
    bits = Bits()
    with pytest.raises(ValueError, match=str(number)):
        bits.add(number)
    assert number not in bits
    assert "7" not in bits
