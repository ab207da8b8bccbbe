"""Flat text: where each of its stretches stands in the file."""

from __future__ import annotations

import time

from gazetteer.documents.flat import FlatBuilder, Fragment


def test_stretches_that_touch_in_the_file_are_one() -> None:
    flat = FlatBuilder()
    flat.add("Ca", 3, 5, whole=False)
    flat.add("f", 5, 10, whole=True)
    flat.add("é", 14, 15, whole=False)
    flat.gap("\n", 15)
    text = flat.build()
    assert text.text == "Café\n"
    assert text.fragments(1, 4) == [
        Fragment(4, 10, "", "", 2),
        Fragment(14, 15, "", "", 1),
    ]
    assert text.fragments(3, 5) is None


def test_looking_up_takes_as_long_in_a_long_text_as_in_a_short_one() -> None:
    def seconds(size: int) -> float:
        flat = FlatBuilder()
        for at in range(size):
            flat.add("ab", 3 * at, 3 * at + 2, whole=False)
        text = flat.build()
        begun = time.process_time()
        for _ in range(2000):
            text.fragments(0, 4)
        return time.process_time() - begun

    assert seconds(200_000) < 20 * seconds(200)
