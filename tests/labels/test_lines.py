import pytest

from gazetteer.labels.lines import Lines

TEXT = """\
schema = "s"  # a comment with [brackets]
[chain]
one = [
    { authority = "first" },
    { authority = "second", lang = "x]" },
]
"two" = ["one"]

[perspective.p]
title = "[not.a.table]"
note = \"\"\"
[chain]
key = 1
\"\"\"
[[perspective.p.rule]]
names = ["one"]
[[perspective.p.rule]]
when = { place = "here" }
names = ["two"]
[perspective."q r"]
title = "Q"
"""


@pytest.mark.parametrize(
    ("path", "value", "spot"),
    [
        (("schema",), "", (1, 1)),
        (("chain", "one"), "", (3, 1)),
        (("chain", "one"), "second", (5, 19)),
        (("chain", "one", 1, "lang"), "", (5, 29)),
        (("chain", "two"), "one", (7, 10)),
        (("perspective", "p"), "", (9, 2)),
        (("perspective", "p", "rule", 0, "names"), "one", (16, 10)),
        (("perspective", "p", "rule", 1, "names"), "two", (19, 10)),
        (("perspective", "p", "rule", 1, "when"), "here", (18, 18)),
        (("perspective", "p", "rule", 1, "one"), "", (17, 1)),
        (("perspective", "q r", "title"), "", (21, 1)),
        (("nothing", "of", "this"), "", (1, 1)),
    ],
)
def test_finding(path, value, spot):
    assert Lines(TEXT).find(path, value) == spot
