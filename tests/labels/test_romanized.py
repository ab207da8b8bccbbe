"""Names by language: which name is romanized, for whom, and how it is marked.

Every case is tried for either side: the sides are exchanged with all their rows.
"""

import pytest

from label_tables import labeller, place, toponym

RULES = """
[chain]
left = [
    { authority = "left", lang = "$lang" },
    { lang = "hy-Latn", translit = "one", script = "$script", reader = "en" },
]
right = [
    { authority = "right", lang = "$lang" },
    { lang = "az-Latn", translit = "two", script = "$script", reader = "en" },
]
third = [{ authority = "third", lang = "$lang" }]
[side]
left = "left"
right = "right"
[perspective.pair]
title = "Pair"
[[perspective.pair.rule]]
names = ["@parties"]
order = "alpha"
first = "{all:/}"
one = "{author}"
[[perspective.pair.rule]]
names = ["third"]
[perspective.of-left]
title = "Left"
authorities = ["left"]
[[perspective.of-left.rule]]
names = ["left"]
[perspective.of-right]
title = "Right"
authorities = ["right"]
[[perspective.of-right.rule]]
names = ["right"]
"""
TONGUE = {"left": "hy", "right": "az"}
SYSTEM = {"left": "one", "right": "two"}
OTHER = {"left": "right", "right": "left"}
SIDES = pytest.mark.parametrize("side", ["left", "right"])


def own(side, name, romanized, *usages, valid="", key=""):
    """Return a row in a side's language and the one derived from it."""
    base = f"nm-{side}{key}"
    lang = TONGUE[side]
    said = [each.replace("self", side) for each in usages]
    return (
        toponym(name, lang, *said, name_id=base, valid=valid),
        toponym(
            romanized,
            f"{lang}-Latn",
            name_id=f"{base}-d",
            translit=SYSTEM[side],
            from_name=base,
            valid=valid,
        ),
    )


def attested(side, name="Zeta"):
    return toponym(name, "en", side, name_id=f"nm-{side}-en")


def label(directory, rows, perspective="pair", **call):
    where = place(*rows, dispute="d")
    return labeller(directory, RULES, where).label(where, perspective, **call)


@SIDES
def test_the_name_that_the_side_uses_is_romanized_and_marked(tmp_path, side):
    rows = (*own(side, "Qala", "Alpha", "self"), attested(OTHER[side]))

    answer = label(tmp_path, rows)

    assert (answer.text, answer.kept, answer.complete) == ("Alpha/Zeta", False, False)
    assert answer.by_language == ("Alpha",)
    assert answer.to_dict()["by_language"] == ["Alpha"]
    assert "by language, not by authority" in answer.explain()


@SIDES
def test_so_is_the_only_name_in_its_language(tmp_path, side):
    rows = (*own(side, "Qala", "Alpha"), attested(OTHER[side]))

    assert label(tmp_path, rows).text == "Alpha/Zeta"


@SIDES
def test_of_two_names_that_nobody_uses_none_is(tmp_path, side):
    rows = (
        *own(side, "Qala", "Alpha", key="1"),
        *own(side, "Bala", "Beta", key="2"),
        attested(OTHER[side]),
    )

    answer = label(tmp_path, rows)

    assert (answer.text, answer.kept, answer.by_language) == ("Zeta", True, ())


@SIDES
def test_a_name_that_the_side_does_not_use_never_stands_for_one_that_it_uses(
    tmp_path, side
):
    # The name that it uses cannot be romanized by the system.
    rows = (
        *own(side, "Qala", "Alpha", key="1"),
        toponym("Bala", TONGUE[side], side, name_id="nm-used"),
        attested(OTHER[side]),
    )

    assert label(tmp_path, rows).kept
    assert not label(tmp_path, rows, f"of-{side}").text


@SIDES
@pytest.mark.parametrize(
    ("valid", "date", "printed"),
    [
        ("/1992", "", False),
        ("/1992", "1980", True),
        ("/1992", "2000", False),
        ("1923/..", "", True),
        ("1923/..", "1900", False),
    ],
)
def test_a_name_that_is_not_in_use_is_not(tmp_path, side, valid, date, printed):
    rows = (*own(side, "Qala", "Alpha", "self", valid=valid), attested(OTHER[side]))

    answer = label(tmp_path, rows, published=date or None)

    assert answer.kept == (not printed)


@SIDES
def test_the_other_side_s_name_in_this_side_s_spelling_is_no_name_of_this_side(
    tmp_path, side
):
    rows = (*own(side, "Хан", "Khank’endi"), attested(OTHER[side], "Khankendi"))

    answer = label(tmp_path, rows)

    assert (answer.text, answer.kept) == ("Khankendi", True)
    # … unless it uses it: then the sides have one name, in the spelling people write
    used = (*own(side, "Хан", "Khank’endi", "self"), rows[-1])
    answer = label(tmp_path, used)
    assert (answer.text, answer.kept, answer.complete) == ("Khankendi", False, False)
    assert answer.by_language == ("Khankendi",)


def test_of_two_that_are_one_name_neither_stands(tmp_path):
    rows = (*own("left", "Բ", "Aghbulagh"), *own("right", "Ağ", "Aghbulag"))

    assert label(tmp_path, rows).text == ""


@SIDES
def test_under_no_one_s_perspective_both_sides_must_have_a_name(tmp_path, side):
    answer = label(tmp_path, own(side, "Qala", "Alpha", "self"))

    assert (answer.text, answer.kept) == ("Alpha", True)


@SIDES
def test_it_is_for_readers_of_the_language_that_the_system_was_made_for(tmp_path, side):
    rows = (*own(side, "Qala", "Alpha", "self"), attested(OTHER[side]))

    assert label(tmp_path, rows, lang="en-GB").text == "Alpha/Zeta"
    for lang in ("fr", "tr", "de", "pl", "hy", "az", "ru"):
        assert not label(tmp_path, rows, lang=lang).by_language


@SIDES
def test_the_spelling_that_people_write_is_preferred_to_the_system_s(tmp_path, side):
    rows = (
        *own(side, "Qala", "Al’fa", "self"),
        toponym("Alfa", "en", name_id="nm-en"),
        toponym("Alfas", "en", name_id="nm-en-2"),
        toponym("Alfa", "fr", name_id="nm-fr"),
        attested(OTHER[side]),
    )

    answer = label(tmp_path, rows)

    assert answer.text == "Alfa/Zeta"
    assert [row.lang for row in answer.toponyms] == ["en", "en"]
    assert answer.by_language == ("Alfa",)
    assert not answer.complete
    assert "as 'Al’fa', computed by" in answer.explain()


@SIDES
def test_a_side_s_own_perspective_romanizes_only_what_the_side_uses(tmp_path, side):
    mine, theirs = f"of-{side}", f"of-{OTHER[side]}"
    used = own(side, "Qala", "Alpha", "self")

    answer = label(tmp_path, used, mine)
    assert (answer.text, answer.complete) == ("Alpha", False)
    assert answer.by_language == ("Alpha",)
    assert not label(tmp_path, own(side, "Qala", "Alpha"), mine).text
    assert not label(tmp_path, used, theirs).text


@SIDES
def test_a_rejected_name_is_not_romanized(tmp_path, side):
    rows = (*own(side, "Qala", "Alpha", "self:rejected"), attested(OTHER[side]))

    assert not label(tmp_path, rows).by_language
