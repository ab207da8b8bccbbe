"""What the policies' pages show is a balanced choice, and all that there is."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

from gazetteer import Gazetteer
from policy_pages import FOLDER, PLACES, RULES, SENTENCES, pages


def test_every_perspective_has_a_page_and_no_page_is_left_over() -> None:
    names = tomllib.loads(RULES.read_text("utf-8"))["perspective"]
    wanted = {"README.md"} | {f"{name}.md" for name in names}
    assert {path.name for path in FOLDER.iterdir()} == wanted
    assert {path.name for path in pages()} == wanted


def test_the_places_are_there_and_no_dispute_but_the_largest_has_two() -> None:
    gaz = Gazetteer.load()
    places = [gaz[place_id] for place_id in PLACES]
    assert [place.place_id for place in places] == list(PLACES)  # none is retired
    disputes = Counter(place.dispute for place in places)
    (largest, _), *others = disputes.most_common()
    assert largest == "am-az"
    assert {count for dispute, count in others if dispute} == {1}


def test_as_many_sentences_have_one_sides_names_as_the_others() -> None:
    gaz = Gazetteer.load()
    texts = " ".join(SENTENCES)
    for one, other in (("Khankendi", "Stepanakert"), ("Shusha", "Shushi")):
        assert gaz.resolve(one).require() == gaz.resolve(other).require()
        words = Counter(re.findall(r"\w+", texts))
        assert words[one] == words[other] > 0
