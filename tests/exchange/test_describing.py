"""Places in words: what is left out of them is said."""

from __future__ import annotations

from gazetteer import Gazetteer
from gazetteer.dates import parse_interval
from gazetteer.exchange.describing import Describer
from gazetteer.ids import PlaceId
from gazetteer.model import Relation
from handmade import place, tables


def described(areas: int) -> str:
    relations = [
        Relation(
            PlaceId("x-1"), "part_of", f"area-{number}", "who", parse_interval(""),
            "s", "",
        )
        for number in range(areas)
    ]  # fmt: skip
    held = tables(place("x-1", "Somewhere", relations=relations))
    return Describer(Gazetteer(held), "en").description("x-1")


def test_more_areas_than_are_shown_are_counted() -> None:
    three = "; ".join(f"placed in area-{number} by who" for number in range(3))
    assert described(3) == f"town; {three}"
    assert described(4) == f"town; {three}; and in 1 more area"
    assert described(9) == f"town; {three}; and in 6 more areas"
