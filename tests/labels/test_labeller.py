"""Rules in turn: conditions, templates, slots that are missing, what a label says."""

import json

import pytest

from gazetteer.errors import DateError, LanguageTagError, UnknownPerspectiveError
from label_tables import labeller, place, toponym

CHAINS = """
[chain]
x = [{ authority = "x", lang = "$lang" }]
y = [{ authority = "y", lang = "$lang" }]
z = [{ authority = "z", lang = "$lang" }]
left = [{ authority = "left", lang = "$lang" }]
right = [{ authority = "right", lang = "$lang" }]
third = [{ authority = "third", lang = "$lang" }]
[perspective.p]
title = "P"
"""
RULE = "[[perspective.p.rule]]\n"
X, Y, Z = toponym("Ex", "en", "x"), toponym("Why", "en", "y"), toponym("Zed", "en", "z")


def label(directory, rules, where, **call):
    """Return the label under a perspective of these rules."""
    maker = labeller(directory, CHAINS + rules, where, authorities=("x", "y", "z"))
    return maker.label(where, "p", **call)


# ------------------------------------------------------------------ templates


def test_templates_of_mentions(tmp_path):
    rules = RULE + (
        'names = ["x", "y"]\nfirst = "{1} ({2})"\nlater = ["{2}", "{1}"]\ncompact = "{1}"\n'
    )
    where = place(X, Y)

    def text(mention, number):
        return label(
            tmp_path, rules, where, mention=mention, mention_number=number
        ).text

    assert text("first", 1) == "Ex (Why)"
    assert [text("later", number) for number in (2, 3, 4)] == ["Why", "Ex", "Why"]
    assert text("later", 1) == "Why"  # a later mention is at least the second
    assert text("compact", 1) == "Ex"


def test_later_and_compact_default_to_what_stands_before(tmp_path):
    where = place(X, Y)
    first = RULE + 'names = ["x", "y"]\nfirst = "{1}/{2}"\n'

    assert label(tmp_path, first, where, mention="later").text == "Ex/Why"
    assert label(tmp_path, first, where, mention="compact").text == "Ex/Why"
    later = first + 'later = "{1}"\n'
    assert label(tmp_path, later, where, mention="compact").text == "Ex"


def test_only_the_rows_that_are_printed_count(tmp_path):
    rules = RULE + 'names = ["x", "y"]\nfirst = "{1}/{2}"\nlater = "{2}"\n'

    answer = label(tmp_path, rules, place(X, Y), mention="later")

    assert [row.name for row in answer.toponyms] == ["Why"]


def test_the_author_keeps_the_name_and_a_title_is_still_known(tmp_path):
    rules = RULE + 'names = ["x", "y"]\nfirst = "{1}/{2}"\nlater = "{author}"\n'

    answer = label(tmp_path, rules, place(X, Y), mention="later")

    assert (answer.text, answer.kept, answer.complete) == ("Ex/Why", True, True)


def test_all_prints_as_many_as_there_are(tmp_path):
    rules = RULE + 'names = ["x", "y", "z"]\nfirst = "{all: – }"\none = "{all: – }"\n'

    assert label(tmp_path, rules, place(X, Y, Z)).text == "Ex – Why – Zed"
    two = label(tmp_path, rules, place(X, Z))
    assert (two.text, two.complete) == ("Ex – Zed", False)


def test_what_a_language_is_called(tmp_path):
    rules = (
        RULE
        + 'names = ["x", "y"]\nfirst = "{1} ({2.lang} name is {2})"\none = "{1}"\n'
        + '[language.en]\nhy = "Armenian"\nfr = "French"\n[spoken]\nx = "hy"\ny = "hy"\n'
    )

    assert label(tmp_path, rules, place(X, Y)).text == "Ex (Armenian name is Why)"
    assert not label(tmp_path, rules, place(X, Y), lang="de").text


# -------------------------------------------------------------- missing names


def test_a_missing_slot_uses_one_or_else_the_next_rule(tmp_path):
    pair = RULE + 'names = ["x", "y"]\nfirst = "{1}/{2}"\n'
    then = RULE + 'names = ["x"]\n'

    answer = label(tmp_path, pair + 'one = "only {1}"\n' + then, place(Y))
    assert (answer.text, answer.rule, answer.complete) == ("only Why", "p#1", False)
    assert answer.missing == ("x: The x (x)",)
    answer = label(tmp_path, pair + then, place(X))
    assert (answer.text, answer.rule, answer.complete) == ("Ex", "p#2", True)


def test_none_keep_stops_and_none_next_goes_on(tmp_path):
    first = RULE + 'names = ["x"]\n'
    then = RULE + 'names = ["y"]\n'

    stopped = label(tmp_path, first + 'none = "keep"\n' + then, place(Y))
    assert (stopped.text, stopped.kept, stopped.rule) == ("", True, "p#1")
    assert label(tmp_path, first + then, place(Y)).text == "Why"


def test_no_rule_gives_a_name(tmp_path):
    answer = label(tmp_path, RULE + 'names = ["x"]\n', place(Y))

    assert (answer.text, answer.kept, answer.rule) == ("", True, "")
    assert "no rule gives a name" in answer.explain()


def test_same_counts_near_names_as_one(tmp_path):
    rules = RULE + 'names = ["x", "y"]\nfirst = "{1}/{2}"\nsame = 1\n'
    rows = toponym("Colour", "en", "x"), toponym("Color", "en", "y")

    once = label(tmp_path, rules, place(*rows))
    assert (once.text, len(once.toponyms)) == ("Colour", 2)
    # … but never for a contested place
    assert label(tmp_path, rules, place(*rows, dispute="d")).text == "Colour/Color"


# ----------------------------------------------------------------- conditions


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        ('type = "town"', True),
        ('type = ["city", "town"]', True),
        ('type = "city"', False),
        ("contested = true", True),
        ("contested = false", False),
        ('dispute = "d"', True),
        ('dispute = ["e", "f"]', False),
        ('lang = "en"', True),
        ('lang = ["en-GB", "ru"]', True),
        ('lang = "en-US"', False),
        ('place = "gz-1"', True),
        ('place = "gz-2"', False),
        ('place = "test:no-such-place"', False),
        ('within = "gz-2"', True),
        ('within = "gz-3"', True),
        ('within = "gz-4"', False),
        ("dated = true", False),
        ("dated = false", True),
        ('speaker = "me"', True),
        ('speaker = ["you", "me"]', True),
        ('speaker = "you"', False),
        ('channel = "radio"', False),
        ('type = "town", speaker = "you"', False),
    ],
)
def test_when(tmp_path, when, fits):
    where = place(X, dispute="d", within=["gz-2"])
    others = [
        place(place_id="gz-2", within=["gz-3", "gz-1"]),
        place(place_id="gz-3"),
        place(place_id="gz-4"),
    ]
    rules = RULE + f'when = {{ {when} }}\nnames = ["x"]\n'
    maker = labeller(tmp_path, CHAINS + rules, where, *others)

    answer = maker.label(where, "p", lang="en-GB", facets={"speaker": "me"})

    assert bool(answer.text) == fits
    assert fits or "p#1 is for" in answer.explain()


# ------------------------------------------------------------------- contested

PAIR = (
    RULE
    + 'names = ["@parties"]\norder = "alpha"\nfirst = "{all:/}"\none = "{author}"\n'
)
LEFT = toponym("Zeta", "en", "left:official")
RIGHT = toponym("Alpha", "en", "right:official")


def test_parties_give_one_slot_for_each_side(tmp_path):
    answer = label(tmp_path, PAIR, place(LEFT, RIGHT, dispute="d"))

    assert (answer.text, answer.complete) == ("Alpha/Zeta", True)
    assert [row.name for row in answer.toponyms] == ["Alpha", "Zeta"]


def test_one_side_alone_keeps_the_text_and_says_who_is_missing(tmp_path):
    answer = label(tmp_path, PAIR, place(LEFT, dispute="d"))

    assert (answer.text, answer.kept, answer.complete) == ("Zeta", True, False)
    assert answer.missing == ("right: The right (right)",)


def test_parties_of_one_chain_are_one_side(tmp_path):
    both = '[side]\nleft = "both"\nmiddle = "both"\nright = "right"\n'
    chain = CHAINS.replace(
        "left = ",
        'both = [{ authority = ["middle", "left"], lang = "$lang" }]\nleft = ',
    )
    middle = toponym("Mid", "en", "middle")
    where = place(LEFT, RIGHT, middle, dispute="d")
    maker = labeller(
        tmp_path, chain + PAIR + both, where, parties=("left", "middle", "right")
    )

    assert maker.label(where, "p").text == "Alpha/Mid"


def test_parties_attested_leaves_romanizations_out(tmp_path):
    romanized = (
        'left-side = ["left", { lang = "hy-Latn", translit = "system" }]\nright = '
    )
    text = CHAINS.replace("right = ", romanized) + PAIR + '[side]\nleft = "left-side"\n'
    base = toponym("Բ", "hy", name_id="nm-b")
    derived = toponym("Be", "hy-Latn", translit="system", from_name="nm-b")
    where = place(base, derived, RIGHT, dispute="d")

    either = labeller(tmp_path, text, where).label(where, "p")
    assert (either.text, either.kept, either.complete) == ("Alpha/Be", False, False)
    attested = text.replace("@parties", "@parties-attested")
    own = labeller(tmp_path, attested, where).label(where, "p")
    assert (own.text, own.kept) == ("Alpha", True)


def test_two_sides_with_one_name_are_printed_once(tmp_path):
    where = place(
        toponym("Same", "en", "left"), toponym("Same", "en", "right"), dispute="d"
    )

    answer = label(tmp_path, PAIR, where)

    assert (answer.text, answer.complete, len(answer.toponyms)) == ("Same", True, 2)


def test_a_third_name_that_a_party_rejects_is_printed_and_marked(tmp_path):
    rules = RULE + 'names = ["third"]\n'
    third = toponym("Third", "en", "third", "left:rejected@2000/..")
    where = place(third, LEFT, RIGHT, dispute="d")

    after = label(tmp_path, rules, where, published="2010")
    assert (after.text, after.kept, after.complete) == ("Third", False, False)
    assert after.rejected_by == (("nm-1", "left"),)
    assert "is rejected by The left (left)" in after.explain()
    before = label(tmp_path, rules, where, published="1990")
    assert (before.text, before.complete) == ("Third", True)


def test_one_side_s_name_alone_is_never_complete_for_no_one(tmp_path):
    where = place(LEFT, RIGHT, dispute="d")

    assert not label(tmp_path, RULE + 'names = ["left"]\n', where).complete
    speaks = 'authorities = ["left"]\n'
    assert label(tmp_path, speaks + RULE + 'names = ["left"]\n', where).complete


def test_local_names_keep_the_text_of_a_contested_place(tmp_path):
    rules = (
        RULE + 'names = ["@locals"]\nfirst = "{all: / }"\n' + RULE + 'names = ["x"]\n'
    )
    rows = X, toponym("Eins", "de"), toponym("Un", "fr")

    assert label(tmp_path, rules, place(*rows, langs=["de", "fr"])).text == "Eins / Un"
    kept = label(tmp_path, rules, place(*rows, langs=["de", "fr"], dispute="d"))
    assert (kept.text, kept.kept) == ("", True)


# ------------------------------------------------------------------- the rest


def test_notes_and_their_marks(tmp_path):
    notes = '[note]\na = { mark = "*", text = "A." }\nb = { mark = "2", text = "B." }\n'
    rules = notes + RULE + 'names = ["x"]\nnote = ["a", "b"]\n'

    first = label(tmp_path, rules, place(X))
    assert (first.text, first.bare, first.marks) == ("Ex*,2", "Ex", "*,2")
    assert [note.text for note in first.notes] == ["A.", "B."]
    later = label(tmp_path, rules, place(X), mention="later")
    assert (later.text, later.marks) == ("Ex", "")
    every = label(tmp_path, rules + 'mark = "every"\n', place(X), mention="later")
    assert every.text == "Ex*,2"


def test_rejections_are_those_of_whom_the_perspective_speaks_for(tmp_path):
    row = toponym("Name", "en", "left:rejected@2000/..", "right:rejected")
    where = place(row, dispute="d")
    speaks = 'authorities = ["left"]\n' + RULE + 'names = ["left"]\n'
    maker = labeller(tmp_path, CHAINS + speaks, where)
    no_one = labeller(tmp_path, CHAINS + RULE + 'names = ["left"]\n', where)
    row = where.toponyms[0]

    assert maker.rejects(row, "p")
    assert maker.rejects(row, "p", when="2010")
    assert not maker.rejects(row, "p", when="1990")
    assert [usage.authority for usage in maker.rejections(row, "p")] == ["left"]
    assert not no_one.rejects(row, "p")


def test_a_label_explains_itself(tmp_path):
    answer = label(tmp_path, PAIR, place(LEFT, RIGHT, dispute="d"), event="2000")

    assert answer.explain().splitlines() == [
        "'Alpha/Zeta': by rule p#1 of perspective p, version 1",
        "names are chosen by the date of the event, 2000",
        (
            "p#1: 'Alpha' (en, nm-2) for right: official by The right (right), undated; "
            "source made"
        ),
        (
            "p#1: 'Zeta' (en, nm-1) for left: official by The left (left), undated; "
            "source made"
        ),
        "sources: made",
    ]


def test_the_json_shape_has_every_key(tmp_path):
    full = label(tmp_path, PAIR, place(LEFT, RIGHT, dispute="d"), event="2000")
    empty = label(tmp_path, PAIR, place())

    assert json.loads(json.dumps(full.to_dict()))["toponyms"][0] == {
        "name_id": "nm-2",
        "name": "Alpha",
        "lang": "en",
        "form": "full",
        "derived": False,
        "valid": None,
        "authority": "right",
        "status": "official",
        "usage_valid": None,
        "sources": ["made"],
    }
    assert set(full.to_dict()) == set(empty.to_dict())
    assert empty.to_dict()["text"] is None
    assert empty.to_dict()["missing"] == []


def test_compare_asks_every_perspective(tmp_path):
    where = place(X)
    text = CHAINS + RULE + 'names = ["x"]\n[perspective.q]\ntitle = "Q"\n'
    text += '[[perspective.q.rule]]\nnames = ["y"]\n'
    maker = labeller(tmp_path, text, where)

    answers = maker.compare(where, event="2000")

    assert [(each.perspective, each.text) for each in answers] == [
        ("p", "Ex"),
        ("q", ""),
    ]


def test_the_case_of_a_language_tag_does_not_matter(tmp_path):
    rules = RULE + 'when = { lang = "en-GB" }\nnames = ["x"]\n'

    for lang in ("en-GB", "EN_gb"):
        answer = label(tmp_path, rules, place(X), lang=lang)
        assert (answer.text, answer.lang) == ("Ex", "en-GB")


def test_a_rule_for_calls_with_a_date(tmp_path):
    rules = RULE + 'when = { dated = true }\nnames = ["x"]\n' + RULE + 'names = ["y"]\n'

    assert label(tmp_path, rules, place(X, Y), event="1950").text == "Ex"
    assert label(tmp_path, rules, place(X, Y)).text == "Why"


def test_bad_calls(tmp_path):
    where = place(X)
    maker = labeller(tmp_path, CHAINS + RULE + 'names = ["x"]\n', where)

    with pytest.raises(UnknownPerspectiveError, match="no perspective named 'r'"):
        maker.label(where, "r")
    with pytest.raises(DateError):
        maker.label(where, "p", event="yesterday")
    with pytest.raises(LanguageTagError, match="bad language tag 'english'"):
        maker.label(where, "p", lang="english")
    with pytest.raises(ValueError, match="bad mention 'third'"):
        maker.label(where, "p", mention="third")
