"""Which row a slot prints: dates, order of preference, scripts, derived rows."""

import pytest

from gazetteer.dates import parse_date
from gazetteer.labels.asking import Ask
from gazetteer.labels.bearing import rejections
from gazetteer.labels.choosing import choose
from gazetteer.labels.rules import Selector, Slot
from label_tables import place, toponym


def ask(lang="en", *, event="", published="", default="", at="publication", form=""):
    def day(text):
        return parse_date(text) if text else None

    return Ask(lang, form, day(event), day(published), at, day(default), frozenset())


def chosen(where, *selectors, of=None, said=None):
    choice = choose(where, Slot("slot", selectors), of or ask(), said)
    return choice and choice.toponym.name


X = Selector(authority=("x",), lang=("$lang",))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # status, in the order of the model's list
        ([("a", "x:used"), ("b", "x:official")], "b"),
        ([("a", "x:also"), ("b", "x:conventional")], "b"),
        # then the latest start, of the usage or of the name
        ([("a", "x:used@1990/.."), ("b", "x:used@2000/..")], "b"),
        ([("a", "x:used"), ("b", "x:used@1990")], "b"),
        # then name_id
        ([("b", "x:used"), ("a", "x:used")], "b"),
        # a rejected name is never chosen, not even by its own other usage
        ([("a", "x:rejected"), ("b", "x:also")], "b"),
        ([("a", "x:rejected", "x:official")], None),
        # others' usages do not count
        ([("a", "y:official")], None),
        ([("a",)], None),
    ],
)
def test_order_of_preference(rows, expected):
    where = place(*(toponym(name, "en", *said) for name, *said in rows))

    assert chosen(where, X) == expected


def test_a_list_is_an_order_of_preference():
    where = place(
        toponym("a", "fr", "x"), toponym("b", "en", "y"), toponym("c", "en", "x")
    )
    by = {"authority": ("x", "y")}

    assert chosen(where, Selector(lang=("fr", "en"), **by)) == "a"
    assert chosen(where, Selector(lang=("en", "fr"), **by)) == "c"
    assert chosen(where, Selector(lang=("en",), authority=("y", "x"))) == "b"


def test_the_asked_language_serves_its_regions_but_no_other_script():
    where = place(toponym("a", "en", "x"), toponym("b", "az", "x"))

    assert chosen(where, X, of=ask("en-GB")) == "a"
    assert chosen(where, X, of=ask("az-Latn")) == "b"
    assert chosen(where, X, of=ask("az-Cyrl")) is None


@pytest.mark.parametrize(
    ("valid", "date", "expected"),
    [
        ("1990/2000", "1995", "a"),
        ("1990/2000", "2005", None),  # an interval says when a use ended
        ("1990/2000", "1980", None),
        ("1990/..", "2005", "a"),
        ("1990", "2005", "a"),  # a single date says only that it was in use then
        ("1990", "1980", "a"),
        ("", "1980", "a"),
    ],
)
def test_dates_of_usages(valid, date, expected):
    where = place(toponym("a", "en", f"x:used@{valid}"))

    assert chosen(where, X, of=ask(published=date)) == expected


def test_the_last_attestation_before_the_date_comes_first():
    where = place(
        *(toponym(year, "en", f"x:used@{year}") for year in ("1990", "2000", "2010"))
    )

    assert chosen(where, X, of=ask(published="2005")) == "2000"
    assert chosen(where, X, of=ask(published="1985")) == "1990"
    assert chosen(where, X) == "2010"


def test_a_later_attestation_is_no_evidence_of_the_name_of_the_time():
    where = place(toponym("a", "en", "x:used@2000"))
    event = X._replace(at="event")

    assert chosen(where, event, of=ask(event="1950")) is None
    assert chosen(where, X, of=ask(event="1950", at="event")) is None
    assert chosen(where, X, of=ask(event="1950")) == "a"
    assert chosen(where, event, of=ask(event="2010")) == "a"


def test_a_name_in_use_on_the_date_goes_before_one_attested_at_another():
    where = place(
        toponym("a", "en", "x:official@1990"), toponym("b", "en", "y:also@1980/..")
    )
    either = X._replace(authority=("x", "y"))
    y = X._replace(authority=("y",))

    assert chosen(where, either, of=ask(published="2000")) == "b"
    assert chosen(where, either, of=ask(published="1990")) == "a"
    # … in one selector; the order of selectors goes before
    assert chosen(where, X, y, of=ask(published="2000")) == "a"


def test_an_undated_statement_bears_less_than_a_dated_one():
    where = place(toponym("a", "en", "x"), toponym("b", "en", "x:used@2020"))

    assert chosen(where, X, of=ask(published="2023")) == "b"
    assert chosen(where, X) == "b"
    rows = toponym("a", "en", "x", "x:used@2010"), toponym("b", "en", "x:used@2000")
    assert chosen(place(*rows)) is None
    assert chosen(place(*rows), X) == "a"


def test_validity_of_the_name_itself_is_strict():
    where = place(toponym("a", "en", "x", valid="1935/1989"))

    assert chosen(where, X, of=ask(published="1980")) == "a"
    assert chosen(where, X, of=ask(published="2000")) is None
    assert chosen(where, X) == "a"


@pytest.mark.parametrize(
    ("at", "dates", "expected"),
    [
        ("", {"event": "1950", "published": "2000"}, "new"),
        ("", {"event": "1950"}, "old"),
        ("", {"event": "1950", "default": "2000"}, "new"),
        ("", {"event": "1950", "published": "2000", "at": "event"}, "old"),
        ("", {"published": "1950", "at": "event"}, "old"),
        ("event", {"event": "1950", "published": "2000"}, "old"),
        ("publication", {"event": "1950", "published": "2000", "at": "event"}, "new"),
        ("1950", {"published": "2000"}, "old"),
        ("", {}, "new"),
    ],
)
def test_which_date_a_selector_goes_by(at, dates, expected):
    where = place(
        toponym("old", "en", "x", valid="1900/1960"),
        toponym("new", "en", "x", valid="1961/.."),
    )

    assert chosen(where, X._replace(at=at), of=ask(**dates)) == expected


def test_today_is_never_implied():
    assert ask().moment().days is None
    assert "names of all dates" in ask().moment().words


def test_forms_and_hidden_rows():
    where = place(
        toponym("abbr", "en", "x", form="abbr"),
        toponym("short", "en", "x:official", form="short"),
        toponym("full", "en", "x", form="full"),
        toponym("hidden", "en", "x:official", form="hidden"),
    )

    assert chosen(where, X) == "full"
    assert chosen(where, X._replace(form=("short", "full"))) == "short"
    assert chosen(where, X, of=ask(form="abbr")) == "abbr"
    assert chosen(where, X, of=ask(form="adj")) is None
    assert chosen(where, X, of=ask(form="hidden")) is None


def test_status_and_script_keys():
    where = place(toponym("a", "uk", "x:also"), toponym("я", "uk", "x:used"))
    any_lang = Selector(authority=("x",))

    assert chosen(where, any_lang._replace(status=("also",))) == "a"
    assert chosen(where, any_lang._replace(script=("Latn",))) == "a"
    assert chosen(where, any_lang._replace(script=("$script",)), of=ask("ru")) == "я"
    assert chosen(where, any_lang._replace(script=("Grek",))) is None


ROMANIZED = Selector(lang=("hy-Latn",), translit=("system",))


def test_a_derived_row_is_printed_only_where_nothing_is_attested():
    base = toponym("Բ", "hy", "x", name_id="nm-base")
    derived = toponym("b", "hy-Latn", translit="system", from_name="nm-base")
    where = place(base, derived)

    assert chosen(where, X) is None  # never without a translit
    assert chosen(where, ROMANIZED, X) == "b"
    attested = place(base, derived, toponym("a", "en", "x"))
    assert chosen(attested, ROMANIZED, X) == "a"
    assert chosen(where, ROMANIZED._replace(translit=("other",))) is None


def test_a_romanization_is_not_for_readers_of_its_own_language():
    base = toponym("Բ", "hy", name_id="nm-base")
    derived = toponym("b", "hy-Latn", translit="system", from_name="nm-base")
    for_english = ROMANIZED._replace(reader=("en",))

    assert chosen(place(base, derived), ROMANIZED, of=ask("hy")) is None
    assert chosen(place(base, derived), ROMANIZED, of=ask("de")) == "b"
    # … nor for those of a language for which the system was not made
    assert chosen(place(base, derived), for_english, of=ask("de")) is None
    assert chosen(place(base, derived), for_english, of=ask("en-GB")) == "b"


def test_a_derived_row_of_a_rejected_name_is_not_printed():
    base = toponym("Բ", "hy", "x:rejected", name_id="nm-base")
    derived = toponym("b", "hy-Latn", translit="system", from_name="nm-base")

    assert chosen(place(base, derived), X, ROMANIZED) is None


def test_open_selectors_are_for_places_that_nobody_contests():
    anyone = Selector(lang=("$lang",))
    rows = (
        toponym("a", "en"),
        toponym("b", "en", "x"),
        toponym("c", "en", "x:rejected"),
    )
    said = []

    assert chosen(place(*rows), anyone) == "b"
    assert chosen(place(*rows, dispute="d"), anyone, said=said) is None
    assert "names no authority" in said[0]
    assert anyone.open
    assert not ROMANIZED.open
    assert ROMANIZED._replace(lang=("$lang",)).open


def test_what_stood_in_the_way_is_said_with_its_source():
    where = place(toponym("a", "en", "x:rejected@2021/.."), dispute="d")
    said = []

    assert chosen(where, X, said=said) is None
    assert said == ["slot: 'a' (nm-1) is rejected by x, 2021/..; source made"]


@pytest.mark.parametrize(
    ("valid", "date", "rejected"),
    [
        ("2021/..", "2022", True),
        ("2021/..", "2020", False),
        ("2021/..", "", True),
        ("1990/2000", "2010", False),
        ("2021-05", "2022", True),  # said once, it holds afterwards
        ("2021-05", "2020", False),
        ("", "1900", True),
    ],
)
def test_when_a_rejection_holds(valid, date, rejected):
    where = place(toponym("a", "en", f"x:rejected@{valid}"))
    days = parse_date(date) if date else None

    found = rejections(where, where.toponyms[0], frozenset({"x"}), days)

    assert bool(found) == rejected
    assert not rejections(where, where.toponyms[0], frozenset({"y"}), days)


def test_a_rejection_is_of_the_text_in_every_row():
    where = place(toponym("Name", "en", "y"), toponym("NAME", "fr", "x:rejected"))

    found = rejections(where, where.toponyms[0], frozenset({"x"}), None)

    assert [usage.name_id for usage in found] == ["nm-2"]
