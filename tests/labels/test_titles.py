"""What heads a place that has no neutral label: equal to both sides, never empty."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.labels import Labeller, load_perspectives
from label_tables import place, tables, toponym

SHIPPED = load_perspectives([Path(__file__).parents[2] / "data"])


def title(where, lang="en"):
    made = tables(where, parties=("az-gov", "am-gov"))
    return Labeller(made, SHIPPED).title(where, lang)


def test_the_neutral_label_where_there_is_one():
    where = place(
        toponym("A", "en", "az-gov"), toponym("B", "en", "am-gov"), dispute="d"
    )

    assert title(where) == "A/B"


def test_else_the_names_that_the_sides_use_by_language_and_the_id():
    left = toponym("Բ", "hy", "am-gov")
    right = toponym("Ə", "az", "az-gov")
    others = toponym("C", "fr"), toponym("D", "hy")

    assert title(place(left, right, *others, dispute="d")) == "Ə / Բ (gz-1)"
    assert title(place(right, left, *others, dispute="d")) == "Ə / Բ (gz-1)"


def test_where_one_side_is_unheard_all_names_in_the_languages_of_both():
    rows = (
        toponym("Ə", "az", "az-gov"),
        toponym("Բ", "hy"),
        toponym("Գ", "hy", valid="/1990"),
        toponym("C", "ka"),
        toponym("D", "hy", form="hidden"),
    )

    assert title(place(*rows, dispute="d")) == "Ə / Բ (gz-1)"


def test_without_a_dispute_the_local_names():
    rows = toponym("Ə", "az"), toponym("Б", "ru"), toponym("C", "ka")

    assert title(place(*rows, langs=("az",))) == "Ə (gz-1)"
    assert title(place(*rows, langs=("az",)), "ru") == "Б"
    assert title(place(*rows)) == "Ə / C / Б (gz-1)"


def test_never_empty():
    assert title(place()) == "gz-1"


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABԲƏ"),
            st.sampled_from(["en", "az", "hy"]),
            st.sampled_from(["am-gov", "az-gov", "am-gov:rejected", "un"]),
        ),
        max_size=5,
    )
)
def test_swapping_the_sides_changes_no_title(rows):
    swap = {
        "am-gov": "az-gov",
        "az-gov": "am-gov",
        "am-gov:rejected": "az-gov:rejected",
    }

    one = place(*(toponym(*row) for row in rows), dispute="d")
    other = place(
        *(toponym(name, lang, swap.get(who, who)) for name, lang, who in rows),
        dispute="d",
    )

    assert title(one) == title(other)
