"""One tree of errors, each also a built-in one, with what was wrong on it."""

from __future__ import annotations

import pytest

from gazetteer import errors
from gazetteer.errors import DataError, GazetteerError, Problem

BUILT_IN = {
    "AmbiguousPlaceError": LookupError,
    "ContextError": ValueError,
    "DataError": ValueError,
    "DataNotFoundError": FileNotFoundError,
    "DateError": ValueError,
    "LanguageTagError": ValueError,
    "PlaceIdError": ValueError,
    "PolicyError": ValueError,
    "QueryTypeError": TypeError,
    "StoreError": ValueError,
    "UnknownPerspectiveError": LookupError,
    "UnknownPlaceError": LookupError,
    "UnresolvedError": LookupError,
}


def test_every_error_is_of_the_tree() -> None:
    named = {name for name in errors.__all__ if name.endswith("Error")}
    assert named == {*BUILT_IN, "GazetteerError"}


@pytest.mark.parametrize(("name", "built_in"), BUILT_IN.items())
def test_each_is_also_the_fitting_built_in(name: str, built_in: type) -> None:
    kind = getattr(errors, name)
    assert issubclass(kind, GazetteerError)
    assert issubclass(kind, built_in)


def test_a_data_error_lists_every_problem() -> None:
    one = Problem(
        "names.csv", 7, 15, "lang", "eng_x", "bad-lang", "'en' would be right"
    )
    other = Problem("places.csv", 1, 1, "", "", "empty-file", "a header is needed")
    message = str(DataError([one, other]))
    assert message.splitlines() == ["2 problems in the data:", str(one), str(other)]
    assert str(one) == (
        "names.csv:7:15: error: bad-lang: lang 'eng_x': 'en' would be right"
    )
