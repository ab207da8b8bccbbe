"""Glosses in quotations: where one is put, where none, and that it is put once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support_text import mirror, shipped
from test_inflected import two_towns

if TYPE_CHECKING:
    from gazetteer.render import Rendering


def glossed(text: str, perspective: str = "neutral", **options: str) -> Rendering:
    options.setdefault("lang", "en")
    rendering = shipped().render(text, perspective, quotations="gloss", **options)
    again = shipped().render(rendering.text, perspective, quotations="gloss", **options)
    assert again.changes == ()
    return rendering


TEXTS = [
    ('"We left Shushi on Sunday," he said.', "Shushi [Shusha/Shushi] on"),
    ("He said: 'Shushi's walls stand.'", "Shushi's [Shusha/Shushi] walls"),
    ('"In SHUSHI it was calm," he said.', "SHUSHI [SHUSHA/SHUSHI] it"),
    ("> The road to Shushi is shut.", "to Shushi [Shusha/Shushi] is"),
    ("\u2014 We live in Shushi, he said.", "in Shushi [Shusha/Shushi], he"),
    ('"To Shushi!" he said. "To Shushi!"', '"To Shushi [Shusha/Shushi]!" he said. "To Shushi!"'),
    # said before in the author's own voice: this policy prints the pair each time
    ('They left Shushi. "To Shushi," he said.', '"To Shushi [Shusha/Shushi],"'),
]  # fmt: skip


@pytest.mark.parametrize("exchanged", [False, True])
@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_the_first_quoted_mention_has_the_label_in_brackets(
    text: str, expected: str, exchanged: bool
) -> None:
    if exchanged:
        text, expected = mirror(text), mirror(expected)
    rendering = glossed(text)
    assert expected in rendering.text
    assert sum(each.gloss for each in rendering.changes) == 1
    assert "first mention" in next(e.reason for e in rendering.changes if e.gloss)


STAYS = [
    '"We left Shushi [Shusha] on Sunday," he said.',
    '"We left Shusha/Shushi on Sunday," he said.',
    '"We left [Shushi] on Sunday," he said.',
    '"They fly from Stepanakert Airport," he said.',
    '"The Shushi-Goris road is shut," he said.',
    'The paper "Shushi" was shut.',
    'The name "Stepanakert" is on the map.',
    '"See https://example.org/Shushi," he said.',
    '"Stepanakert, which they call Khankendi, is calm," he said.',
]


@pytest.mark.parametrize("exchanged", [False, True])
@pytest.mark.parametrize("text", STAYS)
def test_where_no_gloss_is_put(text: str, exchanged: bool) -> None:
    text = mirror(text) if exchanged else text
    assert glossed(text).text == text


@pytest.mark.parametrize(
    ("perspective", "own", "other"),
    [("azerbaijani", "Shusha", "Shushi"), ("armenian", "Shushi", "Shusha")],
)
def test_a_side_glosses_the_others_name(perspective: str, own: str, other: str) -> None:
    text = f'"We left {own}," one said. "We left {other}," another said.'
    expected = text.replace(f"left {other}", f"left {other} [{own}]")
    assert glossed(text, perspective).text == expected


def test_a_policy_of_first_mentions_counts_the_gloss() -> None:
    text = '"We left Shushi," he said.\n\nSnow fell on Shushi.'
    assert glossed(text, "neutral-first").text == text.replace(
        "Shushi,", "Shushi [Shusha/Shushi],"
    )
    first = 'Snow fell on Shushi.\n\n"We left Shushi," he said.'
    assert glossed(first, "neutral-first").text == first.replace(
        "on Shushi", "on Shusha/Shushi"
    )


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", "«Мы ушли из Степанакерта», — сказал он.", "Степанакерта [Степанакерта/Ханкенди]»"),
        ("ru", "«Мы ушли из Ханкенди», — сказал он.", "Ханкенди [Степанакерта/Ханкенди]»"),
        ("az", "«Biz Stepanakertdə yaşayırıq», — o dedi.", "Stepanakertdə [Xankəndində/Stepanakertdə] y"),
        ("az", "«Biz Xankəndidə yaşayırıq», — o dedi.", "Xankəndidə [Xankəndində/Stepanakertdə] y"),
        ("tr", '"Stepanakert\'te yaşıyoruz," dedi.', "Stepanakert'te [Hankendi'nde/Stepanakert'te] y"),
        ("tr", '"Hankendi\'nde yaşıyoruz," dedi.', "Hankendi'nde [Hankendi'nde/Stepanakert'te] y"),
        ("hy", "«Մենք Ստեփանակերտում ենք»,- ասաց նա։", "Ստեփանակերտում [Խանքենդիում/Ստեփանակերտում] ե"),
        ("hy", "«Մենք Խանքենդիում ենք»,- ասաց նա։", "Խանքենդիում [Խանքենդիում/Ստեփանակերտում] ե"),
        ("ka", "„სტეფანაკერტში ვცხოვრობთ“, — თქვა მან.", "სტეფანაკერტში [სტეფანაკერტში/ხანქენდში] ვ"),
        ("ka", "„ხანქენდში ვცხოვრობთ“, — თქვა მან.", "ხანქენდში [სტეფანაკერტში/ხანქენდში] ვ"),
        ("ru", "«Улицы Степанакерта пусты», — сказал он.", "Степанакерта [Степанакерта/Ханкенди] п"),
        # of two cases the label would tell apart, so none is put
        ("ru", "«Мы живём в Ханкенди», — сказал он.", "в Ханкенди»"),
    ],
)  # fmt: skip
def test_a_gloss_takes_the_case_that_stands_there(
    lang: str, text: str, expected: str
) -> None:
    options = {"lang": lang, "quotations": "gloss"}
    rendering = two_towns().render(text, "neutral", **options)
    assert expected in rendering.text
    assert two_towns().render(rendering.text, "neutral", **options).changes == ()


def test_only_known_ways_with_quotations() -> None:
    with pytest.raises(ValueError, match="bad quotations 'drop': keep or gloss"):
        shipped().render("Shushi", "neutral", quotations="drop")
