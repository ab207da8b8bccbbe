"""What users may import, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import gazetteer

PUBLIC = [
    "AmbiguousPlaceError", "Candidate", "Change", "Comparison", "Context", "ContextError",
    "DataError", "DataNotFoundError", "DateError", "Gazetteer", "GazetteerError",
    "Label", "LanguageTagError", "Link", "Mention", "Place", "PlaceIdError", "Policy", "PolicyError",
    "Problem", "QueryTypeError", "Refusal", "Relation", "Rendering", "Resolution", "Resolutions", "StoreError",
    "Toponym", "UnknownPerspectiveError", "UnknownPlaceError", "UnresolvedError", "Usage",
    "__version__",
]  # fmt: skip

# Each costs 35 to 270 ms of CPU to import; an exact answer needs none of them.
HEAVY = [
    "dataclasses", "importlib.metadata", "importlib.resources", "inspect", "langcodes",
    "numpy", "pydantic", "rapidfuzz", "tomllib", "undate",
]  # fmt: skip


def loaded_by(program: str) -> set[str]:
    probe = f"{program}\nimport sys\nprint(*sys.modules, sep='\\n', file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", probe], check=True, capture_output=True, text=True
    )
    return set(done.stderr.splitlines())


def test_the_public_names_are_these() -> None:
    assert gazetteer.__all__ == PUBLIC
    assert dir(gazetteer) == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_each_public_name_can_be_had(name: str) -> None:
    assert getattr(gazetteer, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = gazetteer.Nothing


def test_importing_loads_no_module_of_ours() -> None:
    loaded = loaded_by("import gazetteer")
    assert {name for name in loaded if name.startswith("gazetteer")} == {"gazetteer"}


def test_an_exact_answer_loads_nothing_heavy() -> None:
    program = (
        "import gazetteer\n"
        "gaz = gazetteer.Gazetteer.load()\n"
        "assert gaz.resolve('Xankəndi').outcome == 'matched'"
    )
    loaded_by(program)  # a checkout compiles its store once, with NumPy
    # site-packages' start-up files may load some before our first line
    assert not (loaded_by(program) - loaded_by("pass")) & set(HEAVY)


def test_the_command_resolve_loads_nothing_heavy_of_ours() -> None:
    program = (
        "import sys; sys.argv = ['gazetteer', 'resolve', 'Xankəndi']\n"
        "from gazetteer.cli import main\n"
        "main(standalone_mode=False)"
    )
    loaded_by(program)
    ours = {"langcodes", "numpy", "pydantic", "rapidfuzz", "tomllib", "undate"}
    assert not loaded_by(program) & ours
