"""Finding: which stretches of a text are mentions, and what protects each."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.folding import gap_key, word_key
from gazetteer.tables import load_tables
from gazetteer.text import (
    Mention,
    NameFinder,
    Scan,
    find_mentions,
    load_words,
    seems_english,
    seems_foreign,
)
from gazetteer.text.guess import is_latin
from gazetteer.text.literals import _KINDS as KINDS
from gazetteer.text.literals import _pattern as literal_pattern
from gazetteer.text.literals import _searched_for as searched_for
from gazetteer.text.literals import literals
from gazetteer.text.markdown import markdown_spans
from gazetteer.text.quotations import quotations
from samples import words_that_are_names
from support_text import DATA, SMALL, renderer, small

WORDS = load_words("en")


def find(text: str, markup: str = "plain", lang: str = "en") -> list[Mention]:
    return small().find(text, lang=lang, markup=markup)


def written(text: str, markup: str = "plain") -> list[str]:
    return [mention.text for mention in find(text, markup)]


def role(text: str, name: str, markup: str = "plain") -> str:
    roles = {mention.role for mention in find(text, markup) if mention.text == name}
    assert len(roles) == 1, f"{name!r} is not found once in {text!r}: {roles}"
    return roles.pop()


# ---------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He left Shushi.", ["Shushi"]),
        ("SHUSHI FALLS", ["SHUSHI"]),
        ("Nagorno-Karabakh", ["Nagorno-Karabakh"]),
        ("NAGORNO-KARABAKH", ["NAGORNO-KARABAKH"]),
        ("Nagorno–Karabakh", ["Nagorno–Karabakh"]),
        ("Nagorno\u2011Karabakh", ["Nagorno\u2011Karabakh"]),
        ("Nagorno Karabakh", ["Nagorno Karabakh"]),
        ("Nagorno-\nKarabakh", ["Nagorno-\nKarabakh"]),
        ("Nagorno-\r\nKarabakh", ["Nagorno-\r\nKarabakh"]),
        ("Stepa\u00adnakert", ["Stepa\u00adnakert"]),
        ("Stepa\u200bnakert", ["Stepa\u200bnakert"]),
        ("Xankəndi and XANKƏNDİ and XANKƏNDI", ["Xankəndi", "XANKƏNDİ", "XANKƏNDI"]),
        ("S\u0327us\u0327a", ["S\u0327us\u0327a"]),  # decomposed
        ("Step'anakert and Step’anakert", ["Step'anakert", "Step’anakert"]),
        ("Republic of Artsakh", ["Republic of Artsakh"]),  # not Artsakh
        ("Ստեփանակերտ", ["Ստեփանակերտ"]),
        ("Khankendi/Stepanakert", ["Khankendi/Stepanakert"]),
    ],
)
def test_names_are_found_as_they_are_met(text: str, found: list[str]) -> None:
    assert written(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Shushikend",
        "Artsakhbank",
        "newShushi",
        "shushi",  # not a name without its capital
        "Shushi2",
        "Shushi_1992",
        "Nagorno\n\nKarabakhtelecom",
        "sShushi",
    ],
)
def test_no_name_is_found_inside_a_word(text: str) -> None:
    assert written(text) == []


def test_a_blank_line_parts_a_name() -> None:
    assert written("Nagorno-\n\nKarabakh") == ["Karabakh"]


def test_a_spaced_dash_does_not_join_a_name() -> None:
    assert written("Nagorno - Karabakh") == ["Karabakh"]


def test_an_abbreviation_is_found_only_as_written() -> None:
    tables = load_tables(SMALL)
    short = [
        row.name
        for place in tables.places.values()
        for row in place.toponyms
        if row.form == "abbr" and row.name.isascii()
    ]
    assert short
    for name in short:
        assert written(f"The {name} ended.") == [name]
        assert written(f"The {name.lower()} ended.") == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Khankendi/Stepanakert", "Khankendi/Stepanakert"),
        ("Khankendi / Stepanakert", "Khankendi / Stepanakert"),
        ("Stepanakert (Khankendi) fell", "Stepanakert (Khankendi)"),
        ("Stepanakert [Khankendi] fell", "Stepanakert [Khankendi]"),
        ("Stepanakert (now Khankendi) fell", "Stepanakert (now Khankendi)"),
        (
            "Stepanakert, also known as Khankendi, fell",
            "Stepanakert, also known as Khankendi",
        ),
        ("Stepanakert or Khankendi", "Stepanakert or Khankendi"),
        ("STEPANAKERT/KHANKENDI — ", "STEPANAKERT/KHANKENDI"),
        ("Xankəndi/Khankendi/Stepanakert", "Xankəndi/Khankendi/Stepanakert"),
    ],
)
def test_names_of_one_place_side_by_side_are_one_mention(text: str, whole: str) -> None:
    (mention,) = find(text)
    assert mention.text == whole
    assert mention.names > 1
    assert len(mention.place_ids) == 1
    assert mention.role == "gloss"


@pytest.mark.parametrize(
    "text",
    [
        "Stepanakert (Shushi)",
        "Stepanakert/Shushi",
        "Stepanakert, Khankendi",
        "Stepanakert (the road to Khankendi)",
        "Shushi/Shushi",
    ],
)
def test_other_names_side_by_side_are_two(text: str) -> None:
    assert [mention.names for mention in find(text)] == [1, 1]


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("Shushi's walls", "'s"),
        ("Shushi’s walls", "’s"),
        ("SHUSHI'S WALLS", "'S"),
        ("Khankendi/Stepanakert's walls", "'s"),
        ("Shushi' walls", ""),
        ("Shushi's", "'s"),
        ("Shushi'sa", ""),
    ],
)
def test_the_possessive_is_no_part_of_the_mention(text: str, suffix: str) -> None:
    (mention,) = find(text)
    assert mention.suffix == suffix
    assert text[mention.end :].startswith(suffix)


# ---------------------------------------------------------------------------- roles


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("He left Shushi.", "Shushi", "plain"),
        ("Shushi fell.", "Shushi", "plain"),
        ("the Shushi hospital", "Shushi", "attributive"),
        ("Shushi-based reporters", "Shushi", "attributive"),
        # titles
        ("Shushi Airport", "Shushi", "title"),
        ("SHUSHI AIRPORT", "SHUSHI", "title"),
        ("Shushi State University", "Shushi", "title"),
        ("the Ministry of Culture of Artsakh", "Artsakh", "title"),
        ("the Treaty of Shushi", "Shushi", "title"),
        ("Radio Shushi", "Shushi", "title"),
        ("Artsakh's National Assembly", "Artsakh", "title"),
        ("Shushi's Renaissance Square", "Shushi", "plain"),
        ("the battle of Shushi", "Shushi", "title"),
        ("the siege of Shushi", "Shushi", "title"),
        ("the Shushi massacre", "Shushi", "title"),
        ("the Republic of Artsakh", "Republic of Artsakh", "title"),
        ("the film Shushi", "Shushi", "title"),
        ("her novel The Road to Shushi", "Shushi", "title"),
        ("a road to Shushi", "Shushi", "plain"),
        ("his album Shushi: Songs of the Mountains", "Shushi", "title"),
        ("Shushi: Thousands fled", "Shushi", "plain"),
        ("on a march from Shushi: Thousands fled", "Shushi", "plain"),
        ("Officials Say Thousands Left Shushi Overnight", "Shushi", "plain"),
        ("They left Shushi Monday.", "Shushi", "plain"),
        ("the City of Shushi", "Shushi", "plain"),
        ("the Mayor of Shushi", "Shushi", "title"),
        # persons
        ("Mr Shushi", "Shushi", "person"),
        ("general Shushi", "Shushi", "person"),
        ("John Shushi", "Shushi", "title"),
        ("Shushi Petrosyan", "Shushi", "title"),
        ("Shushi wrote a poem", "Shushi", "person"),
        ("In Shushi", "Shushi", "plain"),
        ("Leaving Shushi, he wept.", "Shushi", "plain"),
        # adjectives
        ("the Artsakh authorities", "Artsakh", "adjective"),
        ("Artsakh is small", "Artsakh", "plain"),
        ("Artsakh declared", "Artsakh", "plain"),
        ("the Artsakh and Armenian armies", "Artsakh", "adjective"),
        ("ARTSAKH AUTHORITIES RESIGN", "ARTSAKH", "adjective"),
        ("Artsakh Authorities Resign After Talks", "Artsakh", "adjective"),
        ("the Shushi Armenians", "Shushi", "adjective"),
        ("the Shushi plateau", "Shushi", "title"),
        ("Armenian", "Armenian", "adjective"),
        # compounds
        ("pro-Shushi", "Shushi", "compound"),
        ("Shushi-1992", "Shushi", "compound"),
        ("the Shushi/Stepanakert road", "Shushi", "compound"),
        ("the Shushi-Stepanakert road", "Shushi", "plain"),
        ("Artsakh-led", "Artsakh", "adjective"),
        ("Shushi'da", "Shushi", "inflected"),
        # names spoken of
        ("The town was renamed Shushi.", "Shushi", "metalinguistic"),
        ("a town called Shushi", "Shushi", "metalinguistic"),
        ("they call the town Shushi", "Shushi", "metalinguistic"),
        ("they call friends in Shushi", "Shushi", "plain"),
        ("the so-called Artsakh", "Artsakh", "metalinguistic"),
        ("the so-called state of Artsakh", "Artsakh", "metalinguistic"),
        ("Shushi means glass", "Shushi", "metalinguistic"),
        ("Shushi (from an old word)", "Shushi", "metalinguistic"),
        ("Shushi (from 2020)", "Shushi", "plain"),
        ("Artsakh, not Armenia", "Artsakh", "metalinguistic"),
        ("not Artsakh but Armenia", "Artsakh", "metalinguistic"),
        # phrases, quotations, code
        ("the Karabakh horse", "Karabakh", "phrase"),
        ("'Shushi is ours'", "Shushi", "quotation"),
        ("@Shushi", "Shushi", "code"),
    ],
)  # fmt: skip
def test_what_a_mention_is_in_its_sentence(text: str, name: str, expected: str) -> None:
    assert role(text, name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Stepanakert, known to others as Khankendi, fell.",
        "Stepanakert, the main town of the region (the other name is Khankendi), fell.",
        "Stepanakert (in other texts: Khankendi) fell.",
        "Stepanakert — for others Khankendi — fell.",
        "Stepanakert fell. (Others call it Khankendi.)",
    ],
)
def test_two_names_in_one_sentence_are_a_gloss(text: str) -> None:
    assert role(text, "Stepanakert") == "gloss"


@pytest.mark.parametrize(
    "text",
    [
        "Shushi fell before Stepanakert did.",
        "Stepanakert Airport lies near Stepanakert.",
    ],
)
def test_no_gloss(text: str) -> None:
    assert {mention.role for mention in find(text)} & {"plain", "title"}


def test_overlapping_places_gloss_nothing() -> None:
    # "Karabakh" may be another place, so it does not give the other name.
    assert role("He went from Karabakh to Artsakh.", "Artsakh") == "plain"


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("the town of Shushi", {"city", "town"}),
        ("the City of Shushi", {"city", "town"}),
        ("the town Shushi", {"city", "town"}),
        ("Shushi, a small town,", {"city", "town"}),
        ("the village of Shushi", {"village"}),
        ("the settlement of Shushi", {"city", "town", "village"}),
        ("the Shushi district", {"district", "admin-unit"}),
        ("the self-proclaimed Artsakh", {"polity", "country"}),
        ("the capital of Artsakh", set()),
        ("a district of Shushi", set()),
        ("Shushi, the State Department said", set()),
        ("the walls of Shushi", set()),
    ],
)
def test_words_beside_a_mention_call_for_a_type(text: str, types: set[str]) -> None:
    mention = find(text)[0]
    assert set(mention.types) == types


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("The ministry said Shushi was calm.", True),
        ("Shushi was calm, the ministry said.", True),
        ("According to the ministry, Shushi was calm.", True),
        ("Petrosyan: Shushi is calm", True),
        ("THE MINISTRY SAID SHUSHI WAS CALM.", True),
        ("Shushi was calm.", False),
        ("He said nothing. Shushi was calm.", False),
        ("Shushi was calm. He said nothing.", False),
        ("The United States sent aid to Shushi.", False),
    ],
)
def test_reported_speech_is_told_by_the_sentence(text: str, reported: bool) -> None:
    mention = next(each for each in find(text) if each.text.title() == "Shushi")
    assert mention.reported is reported


# ------------------------------------------------------------------------ protection


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('a "b" c', ['"b"']),
        ("a “b” c", ["“b”"]),
        ("a ‘b’ c", ["‘b’"]),
        ("a 'b' c", ["'b'"]),
        ("a «b» c", ["«b»"]),
        ("a »b« c", ["»b«"]),
        ("a „b“ c", ["„b“"]),
        ("a ”b” c", ["”b”"]),
        ("a ‹b› c", ["‹b›"]),
        ("a ``b'' c", ["``b''"]),
        ("a ''b'' c", ["''b''"]),
        ("a “b ‘c’ d” e", ["“b ‘c’ d”", "‘c’"]),
        ('a "b', ['"b']),
        ('a "b\n\nc', ['"b']),
        ("“a\n\n“b” c", ["“a", "“b”"]),
        ("“a\n\nb” c", ["“a\n\nb”"]),
        ('a" b', ['a"']),
        ("the dogs' and cats' food", []),
        ("rock 'n' roll, '90s, 'tis", []),
        ('5\'10" tall, 40" wide', []),
        ("'the cats' food', he said", ["'the cats' food'"]),
        ("said: 'a", ["'a"]),
        ("— a\nb", ["— a"]),
        ("> a\nb", ["> a"]),
        ('He said "a," then "b."', ['"a,"', '"b."']),
        ('("a")', ['"a"']),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    found = sorted({(span.start, span.end) for span in quotations(text, WORDS)})
    assert [text[start:end] for start, end in found] == quoted


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("see https://a.example/b?c=d now", ["https://a.example/b?c=d"]),
        ("see www.a.example now", ["www.a.example"]),
        ("mail a.b@c.example now", ["a.b@c.example"]),
        ("ask @a_b now", ["@a_b"]),
        ("tag #ab now", ["#ab"]),
        ("file a-b_2023.csv now", ["a-b_2023.csv"]),
        ("path /a/b.c now", ["/a/b.c"]),
        ("path C:\\a\\b now", ["C:\\a\\b"]),
        (
            "fill {a} and {{b}} and %(c)s and ${d} now",
            ["{a}", "{{b}}", "%(c)s", "${d}"],
        ),
        ("<b class='a'>c</b>", ["<b class='a'>", "</b>"]),
        ("run `a b` and ``c ` d`` now", ["`a b`", "``c ` d``"]),
        ("<code>a b</code> c", ["<code>", "<code>a b", "</code>"]),
        ("An end.Then a start", []),
        ("and/or, 1/2", []),
        ("# heading", []),
        ("a lone ` mark", []),
        ("`a\n\nb`", []),
    ],
)
def test_literals(text: str, spans: list[str]) -> None:
    found = sorted({(span.start, span.end) for span in literals(text)})
    assert [text[start:end] for start, end in found] == spans


@given(text=st.text(".:/\\@#<>{}%()[]~-+_ \nawmilto1", max_size=24))
@example(text="a@b.c {a} %(a)s <a> #a @a /a [[a]] www.a mailto:a aa://a a.aa")
def test_a_kind_of_which_no_mark_is_there_is_not_there(text: str) -> None:
    all_kinds = literal_pattern(tuple(KINDS))
    expected = [(*match.span(), match.lastgroup) for match in all_kinds.finditer(text)]
    found = [(*match.span(), match.lastgroup) for match in searched_for(text)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("---\na: b\n---\nc", ["---\na: b\n---"]),
        ("+++\na = 1\n+++\nc", ["+++\na = 1\n+++"]),
        ("a\n\n---\n\nb", []),
        ("```\na\n```\nb", ["```\na\n```"]),
        ("~~~\na\n```\nb\n~~~\nc", ["~~~\na\n```\nb\n~~~"]),
        ("```\na", ["```\na"]),
        ("a\n\n    b\n\nc", ["    b"]),
        ("- a\n\n    b\n\nc", []),
        ("a\n    b", []),
        ("> a\nb\n\nc", ["> a", "b"]),
        ("> a\n\nb", ["> a"]),
        ("> a\n# b", ["> a"]),
        ("[a](b (c) d) e", ["](b (c) d)"]),
        ("[a][b] c", ["][b]"]),
        ("[a]\n\n[a]: b", ["[a]", "[a]: b"]),
        ("[a] b", []),
        ("a[^b] c\n\n[^b]: d", ["[^b]", "[^b]"]),
        ("[a](b\n\nc)", []),
    ],
)
def test_markdown(text: str, spans: list[str]) -> None:
    found = sorted({(span.start, span.end) for span in markdown_spans(text)})
    assert [text[start:end] for start, end in found] == spans


# --------------------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four", 4),
        ("Mr. Smith met Dr. Who.", 1),
        ("On Sept. 29 he left.", 1),
        ("He met J. Smith. Then he left.", 2),
        ("Version 2.0 is out. It works.", 2),
        ('"One." Two.', 2),
        ("One\n\nTwo", 2),
        ("One\nand two", 1),
        ("- one\n- two", 2),
        ("One... and two", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    scan = Scan(text, WORDS)
    assert scan.sentence(len(text.rstrip(".!? ")) - 1) + 1 == count


def test_sentences_part_the_text() -> None:
    text = "One. Two! (Three?) Four"
    scan = Scan(text, WORDS)
    spans = [scan.sentence_span(number) for number in range(4)]
    assert "".join(text[start:end] for start, end in spans) == text


# --------------------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("He lives in the town.", True),
        ("Khankendi/Stepanakert", True),
        ("Xankəndində cəmi 7 nəfər qalıb.", False),
        ("Он живёт в городе.", False),
        ("Kəlbəcər və Hadrut", False),
        ("The café in the old naïve town", True),
        ("KHANKENDI/STEPANAKERT, Sept 29 —", True),
        ("Shushi's walls", True),
        ("Shushi fell in 1992.", True),
        ("He saw the Cour de la Reine and the Puerta del Sol.", True),
        ("Die Einwohner von Shushi flohen nach Goris.", False),
        ("Die Einwohner von Shusha flohen nach Goris.", False),
        ("Les habitants de Shushi ont fui vers Goris.", False),
        ("Les habitants de Shusha ont fui vers Goris.", False),
        ("Los habitantes de Shushi huyeron a Goris.", False),
        ("Gli abitanti di Shushi sono a Goris.", False),
        ("De inwoners van Shushi waren in Goris.", False),
        ("Shusha azad edildi.", False),
        ("Shushi azad edildi.", False),
        ("Stepanakert ist gefallen.", False),
        ("Khankendi ist gefallen.", False),
        ("In Shushi fiel Schnee.", False),
        ("Shushi hospital", False),  # no word says which language
    ],
)
def test_english_is_told_from_other_languages(text: str, english: bool) -> None:
    assert seems_english(Scan(text, WORDS), WORDS) is english


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("Stepanakert ist gefallen.", True),
        ("Shushi hospital", False),  # nor does anything speak against English
        ("Stepanakert is calm.", False),
    ],
)
def test_what_speaks_against_english_is_told(text: str, foreign: bool) -> None:
    assert seems_foreign(Scan(text, WORDS), WORDS) is foreign


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Its Armenian name is Shushi.", "follows 'name' and 'is'"),
        ("In Armenian it is Shushi.", "follows 'it' and 'is'"),
        ("In Armenian the fortress got Shushi.", "speaks of 'Armenian'"),
        ("Armenian: Shushi", "follows 'Armenian'"),
        ("They spell Shushi so.", "its sentence is about names"),
        ("The stronghold is Shushi to all Armenians.", "said of 'Armenians'"),
    ],
)
def test_a_name_that_is_paired_says_with_what(text: str, reason: str) -> None:
    mention = next(each for each in find(text) if each.text == "Shushi")
    assert mention.role == "metalinguistic"
    assert reason in mention.reason


def test_languages_and_peoples_are_those_of_the_tables() -> None:
    finder = NameFinder(load_tables(SMALL))
    assert all(finder.peoples(key) for key in ("armenian", "azerbaijani"))
    assert not any(finder.peoples(key) for key in ("shushi", "armenia", "and", ""))
    listed = set(WORDS["language"]) | set(WORDS["quantifier"])
    assert not listed & {"armenian", "azerbaijani", "azeri", "armenians"}


def test_the_script_is_that_of_the_first_letter() -> None:
    assert is_latin("'Şuşa")
    assert not is_latin("Шуша")
    assert is_latin("12")


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("Він живе в Степанакерті.", "uk", ["Степанакерті"]),
        ("Він їде Ханкендиєм.", "uk", ["Ханкендиєм"]),
        ("Він бачив Шушу.", "uk", []),  # too short to be sure of
    ],
)
def test_inflected_names_are_seen_elsewhere(
    text: str, lang: str, found: list[str]
) -> None:
    mentions = find(text, lang=lang)
    assert [mention.text for mention in mentions] == found
    assert all(mention.role == "inflected" for mention in mentions)


# ------------------------------------------------------------------------ word lists


def test_word_lists_hold_no_name_of_a_place() -> None:
    from gazetteer.text.words import _DIRECTORY

    names = {
        row.name.casefold()
        for place in load_tables(DATA).places.values()
        for row in place.toponyms
    }
    lines = (_DIRECTORY / "en.tsv").read_text(encoding="utf-8").splitlines()
    entries = {
        entry
        for line in lines
        if line and not line.startswith("#")
        for entry in line.split("\t")[1].split(", ")
    }
    assert entries & names <= words_that_are_names()
    assert all(entry == entry.lower().strip() for entry in entries)


def test_a_language_without_lists_has_empty_ones() -> None:
    assert load_words("xx")["head"] == {}


# ------------------------------------------------------------------------------- laws


@pytest.mark.parametrize(
    "gap", [" ", "-", "\u00a0", "-\n", "\n", " \n ", "–", "\u2011"]
)
def test_what_joins_the_words_of_a_name(gap: str) -> None:
    assert gap_key(gap) == " "


@pytest.mark.parametrize("gap", ["\n\n", " - ", " — ", ", ", ". ", "/", "", "--"])
def test_what_parts_them(gap: str) -> None:
    assert gap_key(gap) != " "


@given(st.text(max_size=20))
def test_word_keys_do_not_change_twice(word: str) -> None:
    assert word_key(word_key(word)) == word_key(word)


PIECES = [
    "Stepanakert", "Khankendi", "Shushi", "Shusha", "Artsakh", "Nagorno-Karabakh",
    "Karabakh", "Baku", "Armenian", "Martuni", "SHUSHI", "Xankəndi", "Шуша", "the", "a",
    "an", "of", "said", "not", "Airport", "Street", "Mr", "town", "district", "called",
    "film", "ministry", "who", "based", "'s", "'", "’", '"', "“", "”", "«", "»", "(", ")",
    "[", "]", "/", "-", "–", "—", ".", ",", ":", ";", "!", "\n", "\n\n", " ", "  ",
    "\u00a0", "\u00ad", "\u200b", "`", "*", "_", "#", "> ", "- ", "```\n", "](x)", "http://a/",
    "<b>", "{", "}", "@", "|", "\\", "\r\n", "1992", "…", "I", "’s", "[^", "]: ", "---\n",
    "Armenians", "Azerbaijani", "name", "is", "it", "in", "to", "and", "became", "spell",
    "village", "now", "as", "its", "Armenian name is", "known as",
]  # fmt: skip

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
    st.text(max_size=60),
)


@given(
    texts, st.sampled_from(["plain", "markdown"]), st.sampled_from(["en", "ru", "und"])
)
def test_any_text_can_be_searched(text: str, markup: str, lang: str) -> None:
    mentions = find(text, markup, lang)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.toponyms
        assert not mention.protected or mention.reason
    for left, right in pairwise(mentions):
        assert left.end <= right.start


def test_the_finder_needs_no_resolver() -> None:
    finder = NameFinder(load_tables(SMALL))
    (mention,) = find_mentions("He left Shushi.", finder)
    assert mention.resolution is None
    (mention,) = renderer(SMALL).find("He left Shushi.")
    assert mention.resolution is not None
    assert mention.resolution.outcome == "matched"
