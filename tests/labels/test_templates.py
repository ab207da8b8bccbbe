import pytest

from gazetteer.labels.templates import TemplateError, parse_template


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{1}", "one"),
        ("{2}/{1}", "two/one"),
        ("{1} ({2.lang}: {2})", "one (Second: two)"),
        ("{all: / }", "one / two"),
        ("{all:}", "onetwo"),
        ("{1}, also known as {2},", "one, also known as two,"),
        ("{3}", None),
        ("{1} {1.lang}", None),  # what its language is called is not known
    ],
)
def test_filling(template, expected):
    assert parse_template(template).fill(["one", "two"], [None, "Second"]) == expected


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{0}", "{0} is no placeholder"),
        ("{10}", "no placeholder"),
        ("{name}", "no placeholder"),
        ("{1.script}", "no placeholder"),
        ("{}", "no placeholder"),
        ("{1", "a brace has no partner"),
        ("1}", "a brace has no partner"),
        ("{{1}}", "a brace has no partner"),
        ("plain", "prints no name"),
        ("", "prints no name"),
        ("{author} ({1})", "must stand alone"),
    ],
)
def test_bad_templates_say_what_is_wrong(template, reason):
    with pytest.raises(TemplateError, match=reason.replace("{", r"\{")):
        parse_template(template)


def test_what_a_template_needs():
    assert parse_template("{2} {1} {2.lang}").used == {1, 2}
    assert parse_template("{2}").slots == 2
    assert parse_template("{author}").keeps
    assert parse_template("{all:-}").separator == "-"
    assert parse_template("{1}").separator == "/"
