"""What is known of languages and scripts."""

from __future__ import annotations

import unicodedata
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.languages.alphabets import alphabet, sort_key
from gazetteer.languages.casing import capitalize, caseless, lower, upper
from gazetteer.languages.controls import has_control
from gazetteer.languages.datafile import rows
from gazetteer.languages.letters import letter_keys, letter_sequences
from gazetteer.languages.lookalikes import mixed_script_problem, script_mismatch
from gazetteer.languages.scripts import (
    default_script,
    primary_language,
    same_script,
    script_of,
    script_of_tag,
    scripts_of,
)

LANGS = ["az", "az-Cyrl", "tr", "hy", "hyw", "ru", "en", "ka", "el", "cs", "ja", "mul"]


def ordered(lang, words):
    return sorted(words, key=lambda word: sort_key(word, lang))


class TestScripts:
    @pytest.mark.parametrize(
        ("text", "script"),
        [
            ("Xankəndi", "Latn"),
            ("Ханкенди", "Cyrl"),
            ("Ստեփանակերտ", "Armn"),
            ("ყარაბაღი", "Geor"),
            ("ᲗᲑᲘᲚᲘᲡᲘ", "Geor"),
            ("قره‌باغ", "Arab"),
            ("חיפה", "Hebr"),
            ("Αθήνα", "Grek"),
            ("서울", "Hang"),
            ("東京", "Hani"),
            ("とうきょう", "Hira"),
            ("トーキョー", "Kana"),
            ("काठमाडौं", "Deva"),
            ("", "Zyyy"),
            ("2023 — ‘ʻ’", "Zyyy"),
            ("NATO в Баку", "Cyrl"),
            ("Кам’янець", "Cyrl"),
        ],
    )
    def test_script_of(self, text, script):
        assert script_of(text) == script

    def test_scripts_of_mixed_text(self):
        assert scripts_of("NATO в Баку") == {"Latn", "Cyrl"}
        assert scripts_of("12 ʼ") == frozenset()

    @given(text=st.text(max_size=12))
    def test_the_script_of_a_text_is_one_of_its_scripts(self, text):
        found = script_of(text)
        assert found in scripts_of(text) or (found == "Zyyy" and not scripts_of(text))

    def test_ranges_agree_with_the_names_of_letters(self):
        # the Unicode names of letters of these scripts begin with the script's
        scripts = {
            "LATIN": "Latn",
            "CYRILLIC": "Cyrl",
            "ARMENIAN": "Armn",
            "GEORGIAN": "Geor",
            "ARABIC": "Arab",
            "HEBREW": "Hebr",
            "GREEK": "Grek",
            "HANGUL": "Hang",
            "HIRAGANA": "Hira",
        }
        wrong = []
        for point in range(0x30000):
            char = chr(point)
            # letters that no version of Python lacks
            if unicodedata.ucd_3_2_0.category(char) not in {"Lu", "Ll", "Lo"}:
                continue
            script = scripts.get(unicodedata.name(char, "").partition(" ")[0])
            if script and script_of(char) != script:
                wrong.append(f"{point:04X}")
        assert wrong == []

    @pytest.mark.parametrize(
        ("tag", "language", "script", "default"),
        [
            ("az", "az", None, "Latn"),
            ("az-Cyrl", "az", "Cyrl", "Cyrl"),
            ("az-cyrl-AZ", "az", "Cyrl", "Cyrl"),
            ("az_Cyrl", "az", "Cyrl", "Cyrl"),
            ("az-IR", "az", None, "Arab"),
            ("AZ", "az", None, "Latn"),
            ("azb", "azb", None, "Arab"),
            ("hy", "hy", None, "Armn"),
            ("hyw", "hyw", None, "Armn"),
            ("hy-Latn", "hy", "Latn", "Latn"),
            ("ru", "ru", None, "Cyrl"),
            ("ka", "ka", None, "Geor"),
            ("fa", "fa", None, "Arab"),
            ("sr", "sr", None, "Cyrl"),
            ("sr-ME", "sr", None, "Latn"),
            ("zh", "zh", None, "Hans"),
            ("zh-TW", "zh", None, "Hant"),
            ("ja", "ja", None, "Jpan"),
            ("en-GB", "en", None, "Latn"),
            ("en-x-cyrl", "en", None, "Latn"),
            ("sl-rozaj-biske-1994", "sl", None, "Latn"),
            ("mul", "mul", None, "Zyyy"),
            ("und", "und", None, "Zyyy"),
            ("", "", None, "Zyyy"),
        ],
    )
    def test_tags(self, tag, language, script, default):
        assert primary_language(tag) == language
        assert script_of_tag(tag) == script
        assert default_script(tag) == default

    def test_letters_of_a_way_of_writing(self):
        assert same_script("Kana", "Jpan")
        assert same_script("Hani", "Hant")
        assert same_script("Armn", "Armn")
        assert not same_script("Latn", "Cyrl")


class TestAlphabets:
    @pytest.mark.parametrize(
        ("lang", "words"),
        [
            ("en", ["Khankendi", "Stepanakert"]),
            ("ru", ["Степанакерт", "Ханкенди"]),
            ("hy", ["Խանքենդի", "Ստեփանակերտ"]),
            (
                "az",
                ["Hadrut", "Xankəndi", "Iğdır", "İrəvan", "Qax", "Laçın", "Zəngilan"],
            ),
            ("az", ["Cəbrayıl", "Çanaqça", "Edilli", "Əsgəran", "Füzuli"]),
            ("az-Cyrl", ["Фүзули", "Ханкәнди", "Һадрут", "Чанагча", "Ҹәбрајыл"]),
            ("tr", ["Hakkâri", "Iğdır", "İzmir", "Kars"]),
            ("en", ["Ağdam", "Agdamz", "İrəvan", "Şuşa", "Susz"]),
            ("en", ["Xanke", "Xankəndi", "Xankf"]),
            ("hy", ["Աղդամ", "Երևան", "Եփրատ", "Քաշաթաղ", "Օձուն"]),
            ("hyw", ["Ծովագիւղ", "Ձորակ", "Ղարաբաղ", "Ճարտար"]),
            ("ka", ["აღდამი", "თბილისი", "შუშა", "ხანქენდი"]),
            ("ru", ["Елец", "Ёлкино", "Ельня", "Жуковка", "Йошкар-Ола"]),
            ("be", ["Ель", "Ёлка", "Жук"]),
            (
                "uk",
                [
                    "Галич",
                    "Ґрунь",
                    "Дубно",
                    "Європа",
                    "Іршава",
                    "Їжаківка",
                    "Йосипівка",
                ],
            ),
            ("cs", ["Český", "Cheb"]),
            ("cs", ["Hradec", "Chomutov", "Jihlava"]),
            ("hu", ["Cegléd", "Csaba", "Debrecen"]),
            ("sv", ["Zorn", "Åmål", "Ängelholm", "Örebro"]),
            ("da", ["Zorn", "Æbeltoft", "Ørsted", "Århus"]),
            ("de", ["Zorn", "Zürich", "Zypern"]),
            ("sr", ["Дечани", "Ђаковица", "Ерец", "Љипљан", "Урошевац"]),
            ("es", ["Nz", "Ñuble", "Oviedo"]),
            ("fa", ["باکو", "پارس", "گنجه", "لاچین"]),
            ("el", ["Αθήνα", "Άργος", "Βόλος"]),
            ("en", ["10 Akna", "2 Akna"]),
            ("en", ["New Port", "New-York", "Newark"]),
            ("en", ["Zug", "Шуша", "Շուշի"]),
            ("ru", ["Шуша", "Akna"]),
        ],
    )
    def test_order(self, lang, words):
        assert ordered(lang, reversed(words)) == words

    def test_marks_decide_between_equals(self):
        assert ordered("en", ["Şuşa", "Susa", "susa"]) == ["Susa", "susa", "Şuşa"]

    @given(
        text=st.text(max_size=12),
        other=st.text(max_size=12),
        lang=st.sampled_from(LANGS),
    )
    @example(text="ch", other="c", lang="cs")
    def test_keys_compare_and_only_equal_texts_tie(self, text, other, lang):
        one, two = sort_key(text, lang), sort_key(other, lang)
        assert (one == two) == (text == other)
        assert one < two or two < one or one == two

    @given(text=st.text(max_size=12), lang=st.sampled_from(LANGS))
    def test_composed_and_decomposed_go_together(self, text, lang):
        composed = sort_key(normalize("NFC", text), lang)
        decomposed = sort_key(normalize("NFD", text), lang)
        assert composed[:2] == decomposed[:2]

    def test_an_alphabet(self):
        assert "".join(alphabet("az")[:8]) == "abcçdeəf"
        assert alphabet("hy-Latn")[0] == "a"
        assert alphabet("ja") == ()

    def test_the_table_is_tidy(self):
        for tag, letters in rows("alphabets.tsv"):
            listed = letters.split()
            assert len(set(listed)) == len(listed), tag
            assert normalize("NFC", letters) == letters, tag
            assert all(lower(letter, tag) == letter for letter in listed), tag


class TestCasing:
    @pytest.mark.parametrize(
        ("lang", "small", "capitals"),
        [
            ("az", "xankəndi", "XANKƏNDİ"),
            ("az", "xocalı", "XOCALI"),
            ("tr", "ığdır izmir", "IĞDIR İZMİR"),
            ("en", "aghdam", "AGHDAM"),
            ("hy", "շուշի", "ՇՈՒՇԻ"),
            ("ru", "орёл", "ОРЁЛ"),
        ],
    )
    def test_there_and_back(self, lang, small, capitals):
        assert upper(small, lang) == capitals
        assert lower(capitals, lang) == small

    def test_one_way(self):
        assert upper("Երևան", "hy") == "ԵՐԵՎԱՆ"
        assert upper("Երևան", "hyw") == "ԵՐԵՒԱՆ"
        assert upper("Αθήνα", "el") == "ΑΘΗΝΑ"
        assert upper("Προϊόν", "el") == "ΠΡΟΪΟΝ"
        assert lower("İrəvan", "en") == "irəvan"

    def test_capitalize(self):
        assert capitalize("irəvan", "az") == "İrəvan"
        assert capitalize("ığdır", "tr") == "Iğdır"
        assert capitalize("irevan", "en") == "Irevan"
        assert capitalize("և Շուշի", "hy") == "Եվ Շուշի"
        assert capitalize("შუშა", "ka") == "შუშა"
        assert capitalize("the Region", "en") == "The Region"
        assert capitalize("", "en") == ""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("ԵՐԵՎԱՆ", "Երևան"),
            ("ԵՐԵՒԱՆ", "Երևան"),
            ("Երեւան", "Երևան"),
            ("XANKƏNDİ", "Xankəndi"),
            ("XOCALI", "Xocalı"),
            ("ΡΟΔΟΣ", "ροδος"),
        ],
    )
    def test_caseless(self, one, other):
        assert caseless(one) == caseless(other)

    def test_caseless_keeps_marks(self):
        assert caseless("Şuşa") != caseless("Susa")

    @given(text=st.one_of(st.text(), st.text(alphabet="iıİI\u0307ևեւվԵՒՎσςΣ")))
    def test_caseless_is_idempotent(self, text):
        once = caseless(text)
        assert caseless(once) == once


class TestLookalikes:
    @pytest.mark.parametrize(
        ("name", "lang"),
        [
            ("Xankəndi", "az"),
            ("Ханкәнди", "az-Cyrl"),
            ("Ստեփանակերտ", "hy"),
            ("Кам’янець", "uk"),
            ("Пётр II", "ru"),
            ("東京タワー", "ja"),
            ("Biel/Бил", "mul"),
            ("Șușani", "ro"),
            ("Kǝnǝ", "kr"),
            ("Step‘anakert", "hy-Latn"),
        ],
    )
    def test_nothing_wrong(self, name, lang):
        assert mixed_script_problem(name, lang) is None
        assert script_mismatch(name, lang) is None

    @pytest.mark.parametrize(
        ("name", "lang", "told"),
        [
            ("Xankǝndi", "az", ["U+01DD", "U+0259"]),
            ("Xankәndi", "az", ["U+04D9", "U+0259"]),
            ("Ханкəнди", "az-Cyrl", ["U+0259", "U+04D9"]),
            ("Кarabakh", "en", ["U+041A", "U+004B"]),
            ("Кapabax", "en", ["U+041A", "Latn"]),
            ("Ղարаբաղ", "hy", ["U+0430", "Armn"]),
            ("Șușa", "az", ["U+0219", "U+015F"]),
            ("Iaşi", "ro", ["U+015F", "U+0219"]),
            ("i̇rəvan", "az", ["U+0307", "'i'"]),
            ("Şuşa Шуша", "az", ["Cyrl", "Latn"]),
        ],
    )
    def test_told_what_is_wrong_and_what_would_be_right(self, name, lang, told):
        problem = mixed_script_problem(name, lang)
        assert problem is not None
        assert [part for part in told if part not in problem] == []

    def test_another_script_than_the_tag_means(self):
        assert "'az-Cyrl' would do" in script_mismatch("Шуша", "az")
        assert "'hy' would do" in script_mismatch("Շուշի", "hy-Latn")
        assert script_mismatch("Shushi", "hy-Latn") is None
        assert script_mismatch("12", "hy") is None
        assert script_mismatch("Шуша", "mul") is None

    @given(name=st.text(max_size=12), lang=st.sampled_from(LANGS))
    def test_any_text_will_do(self, name, lang):
        problem = mixed_script_problem(name, lang)
        assert problem is None or problem


class TestLetters:
    def test_every_key_is_plain_latin_and_every_letter_once(self):
        table = rows("letters.tsv")
        letters = [letter for _, letter, _ in table]
        assert len(set(letters)) == len(letters)
        for script, letter, key in table:
            assert letter.lower() == letter, letter
            assert normalize("NFKC", letter) == letter, letter
            assert script_of(letter) in {script, "Zyyy"}, letter
            assert key == "" or (key.isascii() and key.islower()), letter

    def test_every_letter_of_an_alphabet_has_a_key(self):
        # a letter is in the table or is a plain letter with marks
        known = letter_keys()
        missing = [
            letter
            for _, alphabet_letters in rows("alphabets.tsv")
            for letter in "".join(alphabet_letters.split())
            if letter not in known
            and normalize("NFKD", letter)[0] not in known
            and not normalize("NFKD", letter)[0].isascii()
        ]
        assert missing == []

    def test_sequences_are_of_known_letters(self):
        for letters, key, where, _ in letter_sequences():
            assert key.isascii()
            assert where in {"", "initial", "inner", "beside"}
            assert all(
                normalize("NFD", letter)[0] in letter_keys() for letter in letters
            )


class TestControls:
    def test_every_control_that_is_no_white_space_and_nothing_else(self):
        for point in range(0x110000):
            char = chr(point)
            control = unicodedata.category(char) == "Cc" and not char.isspace()
            assert has_control(f"a{char}b") == control, hex(point)
