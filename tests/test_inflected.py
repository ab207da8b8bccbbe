"""Names in real prose: found in the forms that they have there, and nothing else is."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.dates import ALWAYS
from gazetteer.folding.words import visible, words_of
from gazetteer.index import Index
from gazetteer.labels import Labeller, load_perspectives
from gazetteer.languages.casing import capitalize, lower
from gazetteer.languages.inflection import DERIVED, load_inflection
from gazetteer.languages.inflection.table import tables
from gazetteer.model import Phrase, Usage
from gazetteer.render import Renderer
from gazetteer.resolve import Resolver
from gazetteer.tables import load_tables
from gazetteer.text import NameFinder, beginnings, find_mentions
from gazetteer.text.beginnings import is_long
from gazetteer.text.spot import Spotter
from handmade import named, place
from handmade import tables as read_tables
from support_text import CASES, DATA, ROOT, SMALL

TABLES = ROOT / "src/gazetteer/languages/inflection"

LANGUAGES = ("az", "en", "hy", "hyw", "ka", "ru", "tr")
RECALL, PRECISION = 0.97, 0.98


class Case(NamedTuple):
    lang: str
    source: str
    text: str
    mentions: tuple[tuple[int, str, str, str], ...]  # start, form, name, case


def load(lang: str) -> list[Case]:
    found = []
    for line in (CASES / "inflected.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if cells[0] == lang:
            text, end, mentions = cells[2], 0, []
            for each in filter(None, cells[3].split("; ")):
                form, _, rest = each.partition("=")
                name, _, case = rest.partition(":")
                at = text.index(form, end)
                end = at + len(form)
                mentions.append((at, form, name, case))
            found.append(Case(lang, cells[1], text, tuple(mentions)))
    return found


@cache
def spotter(lang: str) -> Spotter:
    names = {name for case in load(lang) for *_, name, _ in case.mentions}
    return Spotter(
        Index([place(f"p{n}", name) for n, name in enumerate(sorted(names))]), ()
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_long_text_holds_the_same_as_its_lines(
    lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # as where NumPy has been loaded
    monkeypatch.setattr(beginnings, "_VERY_LONG", 2_000)
    lines = [case.text for case in load(lang)]
    text = "\n\n".join(lines)
    assert is_long(text)
    found = [(spot.start, spot.end) for spot in spotter(lang).spots(text, lang)]
    expected, offset = [], 0
    for line in lines:
        assert not is_long(line)
        spots = spotter(lang).spots(line, lang)
        expected += [(offset + spot.start, offset + spot.end) for spot in spots]
        offset += len(line) + 2
    assert found == expected


def found_in(case: Case) -> set[tuple[int, str]]:
    """Return where names of places start, adjectives and words for people left out."""
    inflection = load_inflection(case.lang)
    found = set()
    for spot in spotter(case.lang).spots(case.text, case.lang):
        piece = case.text[spot.start : spot.end]
        words = [visible(piece[a:b]) for a, b in words_of(piece)]
        for name in spot.names:
            tags = inflection.tags(name.words, words) if inflection else ()
            if not tags or not DERIVED.issuperset(tags):
                found.add((spot.start, name.text))
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_are_found_in_their_forms(lang: str) -> None:
    cases = load(lang)
    right: Counter[bool] = Counter()
    wrong = []
    for case in cases:
        found, wanted = found_in(case), {(at, name) for at, _, name, _ in case.mentions}
        right[True] += len(found & wanted)
        wrong += [(case.text, each) for each in found ^ wanted]
        right[False] += len(found - wanted)
    mentions = sum(len(case.mentions) for case in cases)
    assert len({case.text for case in cases}) >= 40
    assert right[True] / mentions >= RECALL, wrong
    assert right[True] / right.total() >= PRECISION, wrong


# ----------------------------------------------------------- labels in the same case

# one side's name and the other's, of two towns, in each language
TOWNS = {
    "gz-000005a": {
        "ru": ("Степанакерт", "Ханкенди"),
        "az": ("Stepanakert", "Xankəndi"),
        "tr": ("Stepanakert", "Hankendi"),
        "hy": ("Ստեփանակերտ", "Խանքենդի"),
        "hyw": ("Ստեփանակերտ", "Խանքենդի"),
        "ka": ("სტეფანაკერტი", "ხანქენდი"),
    },
    "gz-000006c": {
        "ru": ("Бердзор", "Лачин"),
        "az": ("Berdzor", "Laçın"),
        "tr": ("Berdzor", "Laçın"),
        "hy": ("Բերձոր", "Լաչին"),
        "hyw": ("Բերձոր", "Լաչին"),
        "ka": ("ბერძორი", "ლაჩინი"),
    },
}


@cache
def two_towns() -> Renderer:
    """Return a renderer over two contested towns with a name of each side."""
    tables = load_tables(SMALL)
    places = dict(tables.places)
    for place_id, by_lang in TOWNS.items():
        rows = []
        for lang, names in by_lang.items():
            for party, name in zip(("am-gov", "az-gov"), names, strict=True):
                row = named(
                    name, place_id, lang=lang, name_id=f"nm-{lang}-{party}-{place_id}"
                )
                usage = Usage(
                    row.name_id, party, "official", ALWAYS, "made-for-tests", ""
                )
                rows.append(row._replace(usages=(usage,)))
        places[place_id] = places[place_id]._replace(toponyms=tuple(rows))
    tables = tables._replace(places=places)
    perspectives = load_perspectives([DATA])
    resolver = Resolver(tables, Index(places.values()))
    return Renderer(tables, resolver, Labeller(tables, perspectives))


def renderings() -> list[tuple[str, str, str]]:
    """Return language, sentence and what is expected, written from each side."""
    found = []
    for line in (
        (CASES / "render-inflected.tsv").read_text(encoding="utf-8").splitlines()
    ):
        if line.startswith("#"):
            continue
        lang, frame, *cells = line.split("\t")
        for written, expected in zip(cells[:2], cells[2:], strict=True):
            text = frame.format(written)
            found.append(
                (lang, text, text if expected == "=" else frame.format(expected))
            )
    return found


@pytest.mark.parametrize(("lang", "text", "expected"), renderings())
def test_labels_stand_in_the_case_of_what_was_written(
    lang: str, text: str, expected: str
) -> None:
    rendering = two_towns().render(text, "neutral", lang=lang)
    assert rendering.text == expected, rendering.refusals
    assert rendering.changes or rendering.refusals
    again = two_towns().render(rendering.text, "neutral", lang=lang)
    assert again.text == rendering.text


def traps() -> list[tuple[str, str, str]]:
    """Return language, sentence and what is expected, written from each side."""
    found = []
    lines = (CASES / "render-languages.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("#"):
            continue
        lang, _, frame, *cells = line.split("\t")
        one, other, *expected = cells
        for written, beside, after in zip(
            (one, other), (other, one), expected, strict=True
        ):
            text = frame.format(a=written, b=beside)
            wanted = text if after == "=" else frame.format(a=after, b=beside)
            found.append((lang, text, wanted))
    return found


@pytest.mark.parametrize(("lang", "text", "expected"), traps())
def test_each_trap_comes_out_as_expected(lang: str, text: str, expected: str) -> None:
    rendering = two_towns().render(text, "neutral", lang=lang)
    assert rendering.text == expected, (rendering.refusals, rendering.kept)
    assert two_towns().render(rendering.text, "neutral", lang=lang).text == expected


def test_each_language_has_sentences_of_both_sides() -> None:
    counts = Counter(lang for lang, *_ in traps())
    assert all(counts[lang] >= 40 for lang in ("ru", "az", "tr", "hy", "ka"))
    assert counts["hyw"] >= 20


# ------------------------------------------------------------------------- the tables

LETTERS = {
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "hy": "աբգդեզէթժիլխծկհձղճմյնշոչպջռսվտրցփքօֆ",
    "hyw": "աբգդեզէթժիլխծկհձղճմյնշոչպջռսվտրցփքօֆ",
    "ka": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "ru": "абвгдежзийклмнопрстуфхцчшщыьэюя",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyz",
}
names_of = st.sampled_from(sorted(LETTERS)).flatmap(
    lambda lang: st.tuples(
        st.just(lang),
        st.lists(
            st.text(LETTERS[lang], min_size=3, max_size=9).map(
                lambda w: capitalize(w, lang)
            ),
            min_size=1,
            max_size=2,
        ),
    )
)


@given(names_of)
@example(("ru", ["Аая"]))
@example(("ru", ["Аые"]))
def test_each_form_of_a_name_is_known_for_one(case: tuple[str, list[str]]) -> None:
    lang, words = case
    inflection = load_inflection(lang)
    assert inflection is not None
    *before, last = words
    for form in inflection.forms(last):
        if set(form.text) & set("'’"):
            continue  # what stands behind the apostrophe is a word of its own
        assert form.tag in inflection.tags([last], [form.text])
        lemmas = inflection.lemmas(form.text)
        assert lower(last, lang) in [*lemmas, lower(form.text, lang)]
        if before and not inflection.is_adjective(last):
            written = inflection.inflect(" ".join(words), form.tag)
            if written is not None:
                seen = written.replace("'", " ").split(" ")[: len(words)]
                assert len(seen) == len(words)


@given(names_of)
@example(("ru", ["Аая"]))
@example(("ru", ["Аые"]))
def test_an_inflected_name_is_found_and_only_there(case: tuple[str, list[str]]) -> None:
    lang, words = case
    name = " ".join(words)
    inflection = load_inflection(lang)
    assert inflection is not None
    finder = Spotter(Index([place("p1", name)]), ())
    for tag in ("gen", "loc", "abl", "in"):
        form = inflection.inflect(name, tag)
        if form is None or "'" in form:
            continue
        (spot,) = finder.spots(f"({form}, {form}ფqы)", lang)
        assert (spot.start, spot.end) == (1, 1 + len(form))


@pytest.mark.parametrize("lang", tables())
def test_each_table_names_its_sources(lang: str) -> None:
    text = (TABLES / f"{lang}.tsv").read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert any("https://" in line or "http://" in line for line in head)


@pytest.mark.parametrize("lang", tables())
def test_no_table_names_a_place(lang: str) -> None:
    names = {
        word.casefold()
        for placed in load_tables(DATA).places.values()
        for row in placed.toponyms
        if row.form != "adj"
        for word in [row.name]
    }
    text = (TABLES / f"{lang}.tsv").read_text(encoding="utf-8")
    cells = [
        cell
        for line in text.splitlines()
        if not line.startswith("#")
        for cell in line.replace("|", "\t").replace("(?:", "\t").split("\t")
    ]
    assert not names & set(cells)


def test_what_the_tables_do_not_tell_is_not_made_up() -> None:
    russian = load_inflection("ru")
    assert russian is not None
    assert russian.inflect("Осень", "gen") is None  # of either gender
    assert russian.tags(["Осень"], ["Осени"]) == {"gen", "dat", "loc"}
    assert load_inflection("en") is None
    western = load_inflection("hy-arevmda")
    assert western is not None
    assert western.lang == "hyw"


@pytest.mark.parametrize(
    ("name", "tag", "form"),
    [
        ("Верхний Сад", "loc", "Верхнем Саде"),
        ("Нижняя Горка", "acc", "Нижнюю Горку"),
        ("Верхне-Садская Республика", "gen", "Верхне-Садской Республики"),
        ("Республика Сад", "dat", "Республике Сад"),
        ("Сад-Горка", "loc", "Сад-Горке"),
        ("Сад-на-Горке", "gen", "Сада-на-Горке"),
    ],
)
def test_the_words_of_a_russian_name_agree(name: str, tag: str, form: str) -> None:
    russian = load_inflection("ru")
    assert russian is not None
    assert russian.inflect(name, tag) == form
    split = [each.replace("-", " ").split(" ") for each in (name, form)]
    assert tag in russian.tags(*split)
    mixed = [*split[1][:-1], split[0][-1]]
    if mixed != split[1] and "Республика" not in name:
        assert tag not in russian.tags(split[0], mixed)


# ------------------------------------------------- persons, products, clubs, words

BEARERS = {
    "en": "Fuzuli Ivanyan Lachin Shahumyan Karabakh Qarabag Nice Of Van Martuni",
    "ru": "Физули Иванян Лачин Шаумян Агдам Карабах Мартуни Бердзор Поляна",
    "az": "Füzuli İvanyan Laçın Qarabağ Şuşa Ağdam Martuni Berdzor Meydan",
    "tr": "Fuzuli İvanyan Laçın Karabağ Şuşa Ağdam Martuni Berdzor Meydan",
    "hy": "Ֆիզուլի Իվանյան Լաչին Շահումյան Ղարաբաղ Շուշի Աղդամ Մարտունի Բերձոր Վանք",
    "hyw": "Ֆիզուլի Լաչին Շահումեան Բերձոր",
    "ka": "ფიზული ივანიანი ყარაბაღი აღდამი მარტუნი ლაჩინი ბერძორი",
}

ABBREVIATIONS = {
    "ru": ["США"],
    "az": ["ABŞ"],
    "tr": ["ABD"],
    "hy": ["ԱՄՆ"],
    "ka": ["აშშ"],
}
# names that the data have in another language only, and those of villages
FOREIGN = {"tr": [("Hat", "az"), ("Zira", "hy-Latn")], "az": [("Hət", "tr")]}
VILLAGES = {
    "en": ["Talish", "Sarushen"],
    "hy": ["Մայիս", "Դաշտ"],
    "ka": ["ქართული", "მაისი"],
    "ru": ["Южный"],
    "tr": ["Güneşli"],
}


@cache
def bearers(lang: str) -> NameFinder:
    names = [named(name, lang=lang) for name in BEARERS[lang].split(" ")]
    names += [
        named(short, lang=lang, form="abbr") for short in ABBREVIATIONS.get(lang, ())
    ]
    names += [named(name, lang=other) for name, other in FOREIGN.get(lang, ())]
    every = [place(f"p{at}", name, type="town") for at, name in enumerate(names)]
    every += [
        place(f"v{at}", named(name, lang=lang), type="village")
        for at, name in enumerate(VILLAGES.get(lang, ()))
    ]
    found = read_tables(*every)
    phrases = [Phrase(word, "en", "not-a-place", "") for word in ("Of", "Nice", "Van")]
    return NameFinder(found._replace(phrases=tuple(phrases)))


def bearing() -> list[list[str]]:
    text = (CASES / "not-places.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("lang", "text", "word", "meant"), bearing())
def test_a_place_is_told_from_what_bears_its_name(
    lang: str, text: str, word: str, meant: str
) -> None:
    mentions = find_mentions(text, bearers(lang), lang=lang)
    plain = [each.text for each in mentions if not each.protected]
    assert (word in plain) == (meant == "yes"), mentions


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("ru", "Они живут в городе Мартуни.", "town"),
        ("ru", "Они живут в г. Мартуни.", "town"),
        ("ru", "Он из Агдамского района и города Агдам.", "town"),
        ("az", "Onlar Ağdam şəhərində yaşayırlar.", "town"),
        ("az", "Onlar Ağdam rayonuna getdilər.", "district"),
        ("tr", "Onlar Ağdam şehrinde yaşıyorlar.", "town"),
        ("tr", "Onlar Ağdam ilçesine gittiler.", "district"),
        ("hy", "Նրանք ապրում են Մարտունի քաղաքում։", "town"),
        ("hy", "Նրանք գնացին Աղդամի շրջան։", "district"),
        ("ka", "ისინი ქალაქ აღდამში ცხოვრობენ.", "town"),
    ],
)
def test_words_beside_a_name_say_its_type(lang: str, text: str, kind: str) -> None:
    *_, mention = find_mentions(text, bearers(lang), lang=lang)
    assert kind in mention.types


def test_sentences_end_in_armenian_too() -> None:
    text = "Նախարարը հայտարարեց դա։ Նրանք ապրում են Բերձորում։"
    (mention,) = find_mentions(text, bearers("hy"), lang="hy")
    assert not mention.reported
    (mention,) = find_mentions(text.replace("։ Ն", " և ն"), bearers("hy"), lang="hy")
    assert mention.reported


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Министр заявил, что они живут в Бердзоре."),
        ("ru", "Министр заявил, что они живут в Лачине."),
        ("az", "Nazir bildirdi ki, onlar Berdzorda yaşayırlar."),
        ("az", "Nazir bildirdi ki, onlar Laçında yaşayırlar."),
        ("tr", "Bakan, onların Berdzor'da yaşadığını söyledi."),
        ("tr", "Bakan, onların Laçın'da yaşadığını söyledi."),
        ("hy", "Նախարարն ասաց, որ ապրում են Բերձորում։"),
        ("hy", "Նախարարն ասաց, որ ապրում են Լաչինում։"),
        ("ka", "მინისტრმა განაცხადა, რომ ბერძორში ცხოვრობენ."),
        ("ka", "მინისტრმა განაცხადა, რომ ლაჩინში ცხოვრობენ."),
    ],
)
def test_reported_speech_takes_a_pair_and_no_other_name(lang: str, text: str) -> None:
    house = two_towns()
    pair = house.render(text, "neutral", lang=lang)
    assert pair.changes
    assert "reported speech" in pair.changes[0].reason
    for perspective in ("armenian", "azerbaijani"):
        one = house.render(text, perspective, lang=lang)
        assert one.text == text
    kept = house.render(text, "neutral", lang=lang, reported="keep")
    assert kept.text == text


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Город был переименован в Лачин."),
        ("ru", "Город был переименован в Бердзор."),
        ("az", "Şəhər Laçın adlandırıldı."),
        ("az", "Şəhər Berdzor adlandırıldı."),
        ("tr", "Kentin adı Laçın oldu."),
        ("tr", "Kentin adı Berdzor oldu."),
        ("hy", "Քաղաքը վերանվանվեց Լաչին։"),
        ("hy", "Քաղաքը վերանվանվեց Բերձոր։"),
        ("ka", "ქალაქს ეწოდა ლაჩინი."),
        ("ka", "ქალაქს ეწოდა ბერძორი."),
    ],
)
def test_a_sentence_about_names_keeps_them(lang: str, text: str) -> None:
    rendering = two_towns().render(text, "neutral", lang=lang)
    assert rendering.text == text
    (refusal,) = rendering.refusals
    assert refusal.code == "metalinguistic"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "«Мы живём в Бердзоре», — сказал он."),
        ("ru", "— Мы живём в Лачине, — сказал он."),
        ("az", "“Biz Berdzorda yaşayırıq”, o dedi."),
        ("az", "– Biz bu gün gəldik. «Laçında yaşayırıq»."),
        ("tr", '"Berdzor\'da yaşıyoruz" dedi.'),
        ("tr", "“Laçın'da yaşıyoruz” dedi."),
        ("hy", "«Ապրում ենք Բերձորում», ասաց նա։"),
        ("hy", "«Ապրում ենք Լաչինում», ասաց նա։"),
        ("ka", "„ბერძორში ვცხოვრობთ“, თქვა მან."),
        ("ka", "„ლაჩინში ვცხოვრობთ“, თქვა მან."),
    ],
)
def test_quotations_are_never_changed(lang: str, text: str) -> None:
    rendering = two_towns().render(text, "neutral", lang=lang)
    assert rendering.text == text
    assert [each.code for each in rendering.refusals] == ["quotation"]
