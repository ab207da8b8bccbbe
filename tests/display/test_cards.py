"""Cards hold what a notebook shows; nothing that stands in a name becomes markup."""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from subprocess import run
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Context, Gazetteer
from gazetteer.display.card import Name, card, facts, folded, items, table

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = "<script>alert(1)</script>\"'&<b>"
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40
).filter(lambda each: each.strip() == each)
ALLOWED = frozenset(
    {"div", "style", "p", "b", "i", "small", "table", "thead", "tbody", "tr", "th"}
    | {"td", "bdi", "details", "summary", "ul", "ol", "li", "ins", "del", "mark"}
)


class Page(HTMLParser):
    """What a browser makes of a card."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._open.append(tag)
        self.attributes += [(tag, key, value) for key, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1] != "style":
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return Gazetteer.load()


def shown(gaz: Gazetteer) -> dict[str, object]:
    town = gaz.resolve("Xankəndi").require()
    text = "A road leads from Shusha to Stepanakert, not to Stepanakert Airport."
    return {
        "place": town,
        "matched": gaz.resolve("Stepanakrt"),
        "ambiguous": gaz.resolve("Martuni", context=Context(country="Armenia")),
        "unmatched": gaz.resolve("Mechelen"),
        "label": gaz.label(town, "neutral"),
        "kept": gaz.label(town, "armenian", lang="az"),
        "comparison": gaz.compare(town, lang=("en", "hy", "az")),
        "rendering": gaz.render(text, "neutral"),
    }


def html_of(value: object) -> str:
    return value._repr_html_()  # type: ignore[attr-defined]


def test_cards_are_whole_and_hold_nothing_that_runs(gaz: Gazetteer) -> None:
    for name, value in shown(gaz).items():
        page = Page(html_of(value))
        assert set(page.tags) <= ALLOWED, name
        keys = {key for _, key, _ in page.attributes}
        assert keys <= {"class", "lang", "dir", "scope", "title", "open"}, name
        assert ("div", "lang", "en") in page.attributes
        assert "color:" not in html_of(value).replace("color:inherit", ""), name


def test_names_have_their_language_and_direction(gaz: Gazetteer) -> None:
    page = Page(html_of(gaz.resolve("Xankəndi").require()))
    langs = {
        value for tag, key, value in page.attributes if (tag, key) == ("bdi", "lang")
    }
    assert {"az", "hy", "ru"} <= langs
    place = gaz.resolve("القدس").candidates[0].place
    page = Page(html_of(place))
    assert ("bdi", "dir", "rtl") in page.attributes


def test_no_heading_is_a_name_of_one_side(gaz: Gazetteer) -> None:
    for place in gaz:
        if place.contested:
            first = Page(html_of(place)).texts[0]
            assert first == place.place_id


def test_a_label_stands_beside_its_perspective(gaz: Gazetteer) -> None:
    town = gaz.resolve("Xankəndi").require()
    for perspective in ("armenian", "azerbaijani"):
        label = gaz.label(town, perspective)
        text = Page(html_of(label)).text
        assert text.index(perspective) < text.index(label.text)


def test_where_the_authors_text_stays_the_card_says_so(gaz: Gazetteer) -> None:
    town = gaz.resolve("Xankəndi").require()
    for perspective, lang in (("armenian", "az"), ("azerbaijani", "hy")):
        label = gaz.label(town, perspective, lang=lang)
        assert "own text stays" in Page(html_of(label)).text


def test_a_rendering_shows_what_was_written_and_what_stands_now(gaz: Gazetteer) -> None:
    text = "A road leads from Shusha to Stepanakert; see Stepanakert Airport."
    rendering = gaz.render(text, "neutral")
    page = Page(html_of(rendering))
    for change in rendering.changes:
        assert change.before in page.texts
        assert change.after in page.texts
    for refusal in rendering.refusals:
        assert any(refusal.reason in each for each in page.texts)


def test_of_a_long_text_the_beginning_is_shown(gaz: Gazetteer) -> None:
    long = "The road to Stepanakert and Khankendi is long. " * 2000
    html = html_of(gaz.render(long, "neutral"))
    assert len(html) < 60_000
    assert "characters more" in html


def test_what_stands_in_a_name_is_text(gaz: Gazetteer) -> None:
    town = gaz.resolve("Xankəndi").require()
    row = town.toponyms[0]._replace(name=HOSTILE, lang='en" onclick="x')
    place = town._replace(toponyms=(row,), note=HOSTILE, type="town")
    answer = gaz.resolve("Xankəndi")
    candidate = answer.candidates[0]._replace(toponym=row, reasons=(HOSTILE,))
    label = gaz.label(town, "neutral")
    label = label._replace(text=HOSTILE, toponyms=(row, row), missing=(HOSTILE,))
    for value in (
        place,
        answer._replace(query=HOSTILE, candidates=(candidate,), notes=(HOSTILE,)),
        label,
        type(gaz.compare(town))([label]),
        gaz.render(f"{HOSTILE} from Shusha to Stepanakert {HOSTILE}", "neutral"),
    ):
        page = Page(html_of(value))
        assert set(page.tags) <= ALLOWED
        assert "onclick" not in {key for _, key, _ in page.attributes}
        assert HOSTILE in page.text


@given(TEXTS, TEXTS)
def test_any_text_is_shown_as_it_is(one: str, other: str) -> None:
    page = Page(
        card(
            facts([(one, other)]),
            table([one], [[Name(other, "mul")]]),
            items([one]),
            folded(other, one),
        )
    )
    assert page.texts == [one, other, one, other, one, other, one]


def test_nothing_to_show_leaves_nothing() -> None:
    assert not table(["a"], [])
    assert not facts([("a", "")])
    assert not items([])
    assert not folded("a", "")


class Printer:
    """What IPython hands to a value that prints itself."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.text: Callable[[str], None] = self.said.append


def test_ipython_prints_words_and_not_hundreds_of_rows(gaz: Gazetteer) -> None:
    for name, value in shown(gaz).items():
        printer = Printer()
        value._repr_pretty_(printer, False)  # type: ignore[attr-defined]  # noqa: FBT003
        assert 0 < len("".join(printer.said)) < 5000, name


def test_an_exact_answer_loads_no_card() -> None:
    program = (
        "import sys, gazetteer\n"
        "gaz = gazetteer.Gazetteer.load()\n"
        "assert gaz.resolve('Xankəndi').match\n"
        "assert not [each for each in sys.modules if 'display' in each]"
    )
    done = run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
