"""How statements bear on a date: former names, names of the time, ended authorities."""

import pytest

from gazetteer.dates import parse_date, parse_interval
from gazetteer.labels.asking import Ask
from gazetteer.labels.bearing import closed, in_use
from gazetteer.labels.choosing import choose
from gazetteer.labels.rules import Selector, Slot
from label_tables import place, toponym

X = Selector(authority=("x",), lang=("$lang",))
XY = Selector(authority=("x", "y"), lang=("$lang",))
ANY = Selector(lang=("$lang",))
OFFICIAL = Selector(status=("official",), lang=("$lang",))


def chosen(where, *selectors, event="", published="", at="publication", terms=()):
    def day(text):
        return parse_date(text) if text else None

    spoke = {key: parse_interval(text) for key, text in dict(terms).items()}
    ask = Ask("en", "", day(event), day(published), at, None, frozenset(), terms=spoke)
    choice = choose(where, Slot("slot", selectors), ask)
    return choice and choice.toponym.name


@pytest.mark.parametrize(
    ("valid", "ended"),
    [("", False), ("1990", False), ("1990/..", False), ("1990/", False),
     ("/1990", True), ("../1990", True), ("1980/1990", True)],
)  # fmt: skip
def test_a_closed_interval_has_ended(valid, ended):
    assert closed(parse_interval(valid)) == ended
    assert in_use(toponym("a", valid=valid), None) == (not ended)


# ------------------------------------------------------------------ no date


@pytest.mark.parametrize("now", ["", "1991/.."])
@pytest.mark.parametrize(
    "old",
    [
        toponym("old", "en", valid="/1936"),
        toponym("old", "en", valid="1990/2020"),  # its start is the latest
        toponym("old", "en", "x:official", valid="1923/1991"),
        toponym("old", "en", "x:official@1923/1991"),
    ],
)
def test_a_former_name_comes_last_where_no_date_is_given(old, now):
    new = toponym("new", "en", valid=now)

    assert chosen(place(old, new), OFFICIAL, ANY) == "new"
    assert chosen(place(old), OFFICIAL, ANY) == "old"


def test_a_former_name_of_the_authority_asked_comes_after_the_present_one_of_another():
    old = toponym("old", "en", "x:official", valid="1923/1991")
    new = toponym("new", "en", "y:used")

    assert chosen(place(old, new), XY) == "new"
    assert chosen(place(old, new), X, XY) == "new"
    assert chosen(place(old, new), X) == "old"


def test_a_name_that_somebody_uses_still_goes_before_one_that_nobody_does():
    used = toponym("used", "en", "x", form="short")
    unused = toponym("unused", "en")

    assert chosen(place(used, unused), ANY) == "used"


# ------------------------------------------------------- the name of the time


TOWN = place(
    toponym("Elder", "en", valid="1804/1918"),
    toponym("Middle", "en", "x:used@1935/1989", valid="1935/1989"),
    toponym("Now", "en", "y:official"),
)


@pytest.mark.parametrize(
    ("date", "expected"),
    [("1900", "Elder"), ("1950", "Middle"), ("1925", "Now"), ("2010", "Now")],
)
def test_a_name_known_to_have_been_in_use_goes_before_an_undated_official_one(
    date, expected
):
    assert chosen(TOWN, OFFICIAL, ANY, event=date, at="event") == expected


def test_at_publication_the_order_of_selectors_still_goes_first():
    assert chosen(TOWN, OFFICIAL, ANY, published="1900") == "Now"
    assert chosen(TOWN, ANY, published="1950") == "Middle"


def test_a_later_statement_about_a_name_that_was_in_use_is_evidence_enough():
    dated = place(toponym("a", "en", "x:used@2020", valid="1923/.."))
    undated = place(toponym("a", "en", "x:used@2020"))

    assert chosen(dated, X, event="1950", at="event") == "a"
    assert chosen(undated, X, event="1950", at="event") is None


def test_a_name_whose_only_known_use_ended_may_still_be_in_use():
    where = place(toponym("a", "en", "x:official@1936/1991", valid="1936/.."))
    rejected = place(toponym("a", "en", "x:rejected", valid="1936/.."))

    assert chosen(where, ANY, published="2020") == "a"
    assert chosen(where, X, published="2020") is None
    assert chosen(rejected, ANY, published="2020") is None


# --------------------------------------------------- authorities that are no more

TERM = {"x": "1991/2023"}


@pytest.mark.parametrize("said", ["", "@2005", "@2005/..", "@2005/2023"])
def test_after_its_end_an_authority_comes_after_all_others(said):
    gone = toponym("gone", "en", f"x:official{said}")
    other = toponym("other", "en", "y:used@2010")

    def at(date, *rows):
        return chosen(place(*rows), XY, published=date, terms=TERM)

    assert at("2015", gone, other) == "gone"
    assert at("2030", gone, other) == "other"
    assert at("", gone, other) == "other"
    # its last word stands where nobody else spoke
    assert at("2030", gone) == "gone"
    assert at("", gone) == "gone"


def test_a_name_that_it_gave_up_is_not_its_last_word():
    where = place(toponym("a", "en", "x:official@1992/2005"))

    assert chosen(where, X, published="2030", terms=TERM) is None


@pytest.mark.parametrize("date", ["1950", "2030"])
def test_out_of_its_time_it_gives_no_name_of_the_time(date):
    where = place(toponym("a", "en", "x", valid="1923/.."))

    assert chosen(where, X, event=date, at="event", terms=TERM) is None
    assert chosen(where, X, event="2000", at="event", terms=TERM) == "a"
