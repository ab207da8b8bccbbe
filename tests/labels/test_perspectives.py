import subprocess
import sys
from pathlib import Path

import pytest

from gazetteer.errors import DataError, UnknownPerspectiveError
from gazetteer.labels import load_perspectives
from label_tables import write

ONE = """
[chain]
c = [{ authority = "house" }]
[perspective.shared]
title = "House"
[[perspective.shared.rule]]
names = ["c"]
[language.en]
hy = "House Armenian"
"""
TWO = """
[chain]
c = [{ authority = "shipped" }]
[perspective.shared]
title = "Shipped"
[[perspective.shared.rule]]
names = ["c"]
[perspective.other]
title = "Other"
version = "2"
date = "2023-09"
authorities = ["shipped"]
sources = "a-source"
description = "What it is for."
rule_text = "The name."
[[perspective.other.rule]]
names = ["c"]
[language.en]
hy = "Armenian"
fr = "French"
"""


@pytest.fixture
def both(tmp_path):
    for name, text in (("one", ONE), ("two", TWO)):
        (tmp_path / name).mkdir()
        write(tmp_path / name, text)
    (tmp_path / "none").mkdir()
    return [tmp_path / "one", tmp_path / "none", tmp_path / "two"]


def test_earlier_files_win_by_name_and_chains_stay_in_their_file(both):
    known = load_perspectives(both)

    assert list(known) == ["shared", "other"]
    assert len(known) == 2
    assert known["shared"].title == "House"

    def asked(name):
        return known[name].rules[0].names[0].selectors[0].authority

    assert (asked("shared"), asked("other")) == (("house",), ("shipped",))
    assert known.languages == {"en": {"hy": "House Armenian", "fr": "French"}}


def test_an_unknown_name_lists_the_known(both):
    with pytest.raises(UnknownPerspectiveError, match="other, shared"):
        load_perspectives(both)["neutral"]


def test_a_perspective_describes_itself(both):
    known = load_perspectives(both)

    assert known.describe("other").splitlines() == [
        "Other (other, version 2)",
        "What it is for.",
        "rule: The name.",
        "speaks for: shipped",
        "date: 2023-09",
        "names of the time of: publication",
        "sources: a-source",
    ]
    assert known["other"].to_dict()["sources"] == ["a-source"]
    assert known["shared"].to_dict()["date"] is None


def test_faults_of_all_files_come_together(both):
    for directory in (both[0], both[2]):
        write(directory, "[wrong]\n")

    with pytest.raises(DataError) as caught:
        load_perspectives(both)

    assert len({problem.file for problem in caught.value.problems}) == 2


def test_nothing_heavy_is_imported_before_a_file_is_read():
    source = Path(__file__).parents[2] / "src"
    code = (
        "import sys; import gazetteer.labels; "
        "heavy = {'pydantic', 'tomllib', 'dataclasses', 'json'} & set(sys.modules); "
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
