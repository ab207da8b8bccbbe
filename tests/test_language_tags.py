"""Which texts are language tags, and how they are written."""

import pytest

from gazetteer.errors import GazetteerError, LanguageTagError
from gazetteer.languages.tags import language_tag


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en_GB", "en-GB"),
        ("EN-gb", "en-GB"),
        ("sr_latn", "sr-Latn"),
        ("ZH-HANT-TW", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("zh-yue", "zh-yue"),
        ("de-1996", "de-1996"),
        ("sl-rozaj", "sl-rozaj"),
        ("en-GB-oxendict", "en-GB-oxendict"),
        ("de-DE-u-CO-phonebk", "de-DE-u-co-phonebk"),
        ("hy-x-GB", "hy-x-gb"),
        ("mul", "mul"),
        ("und", "und"),
    ],
)
def test_a_tag_is_written_in_one_way(written, tag):
    assert language_tag(written) == tag
    assert language_tag(tag) == tag


@pytest.mark.parametrize(
    "text",
    ["", " ", "e", "english", "!!", "en-", "-en", "en--GB", "en GB", "en-x", "en-u",
     "русский", "en\n", "ｅｎ", "12", "en-Latn-Cyrl"],
)  # fmt: skip
def test_what_is_no_tag_is_refused_and_named(text):
    with pytest.raises(LanguageTagError, match="'en-GB'") as caught:
        language_tag(text)

    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, GazetteerError)
    assert caught.value.text == text
    assert repr(text) in str(caught.value)
