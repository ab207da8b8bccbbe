"""One tree of errors, each also a built-in one, with what was wrong on it."""

from __future__ import annotations

import importlib
import inspect
import pickle
import pkgutil
from typing import TYPE_CHECKING

import pytest

import gazetteer
from gazetteer import errors
from gazetteer.errors import DataError, GazetteerError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def _kinds(kind: type[GazetteerError] = GazetteerError) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


def _modules() -> Iterator[str]:
    """Yield the modules of errors, and others that need no extra."""
    for found in pkgutil.walk_packages(gazetteer.__path__, "gazetteer."):
        if found.name.rpartition(".")[2] in ("errors", "faults", "refusals", "writing"):
            yield found.name


def _example(kind: type) -> GazetteerError:
    """Make an error of any kind, with arguments as its annotations want them."""
    values = {"Problem": [], "Sequence": ["a", "b"], "float": 5.0, "int": 5}
    arguments = []
    for each in list(inspect.signature(kind).parameters.values()):
        found = [values[word] for word in values if word in str(each.annotation)]
        arguments.append(found[0] if found else f"a {each.name}")
    made = kind(*arguments)
    assert isinstance(made, GazetteerError)
    return made


def test_every_error_comes_whole_from_another_process() -> None:
    for name in _modules():
        importlib.import_module(name)
    kinds = {each for each in _kinds() if each.__module__.startswith("gazetteer.")}
    assert len(kinds) > len(BUILT_IN)
    for kind in kinds:
        error = _example(kind)
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), vars(again)) == (
            kind,
            str(error),
            vars(error),
        ), kind


def test_a_pool_hands_an_error_on() -> None:
    error = errors.StoreError("a.gaz", "it is empty", "write it again")
    error.__notes__ = ["while opening"]
    again = pickle.loads(pickle.dumps(error))
    assert (again.path, again.reason, str(again)) == ("a.gaz", error.reason, str(error))
    assert again.__notes__ == ["while opening"]
