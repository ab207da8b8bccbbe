"""The HTML report: it holds together, shows the texts whole, and escapes them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Gazetteer
from gazetteer.cli import main
from gazetteer.desk.report import html_report
from gazetteer.desk.report.atlas import (
    Spot,
    Window,
    _land_path,
    _rings,
    draw_map,
    window_of,
)
from gazetteer.desk.report.passages import paragraphs
from support_text import ROOT, mirror

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.render import Rendering

PERSPECTIVES = ("neutral", "armenian", "azerbaijani")
TEXT = (ROOT / "examples" / "report.md").read_text("utf-8")
VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """Elements, ids, references and the text of cells of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.described: list[str] = []
        self.links: list[str] = []
        self.cells: list[str] = []
        self.bdis: list[tuple[str, dict[str, str]]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {key: value or "" for key, value in attrs}
        if "id" in known:
            self.ids.append(known["id"])
        href = known.get("href", "")
        (self.targets if href.startswith("#") else self.links).append(href)
        for key in ("aria-describedby", "aria-labelledby"):
            self.described += known.get(key, "").split()
        if known.get("role") == "cell":
            self.cells.append("")
        if tag == "bdi":
            self.bdis.append(("", known))
        if tag not in VOID:
            self.open.append((tag, known))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        around = [attrs for _, attrs in self.open]
        if any(each[0] == "bdi" for each in self.open) and self.bdis:
            text, attrs = self.bdis[-1]
            self.bdis[-1] = (text + data, attrs)
        hidden = any(each[0] == "sup" for each in self.open) or any(
            each.get("role") == "tooltip" for each in around
        )
        if any(each.get("role") == "cell" for each in around) and not hidden:
            self.cells[-1] += data


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return Gazetteer.load()


def columns(gaz: Gazetteer, text: str, **options: str) -> list[list[Rendering]]:
    return [[gaz.render(text, each, **options)] for each in PERSPECTIVES]


def test_the_page_holds_together(gaz: Gazetteer) -> None:
    page = Page(html_report(gaz, columns(gaz, TEXT, markup="markdown"), title="r.md"))
    assert len(page.ids) == len(set(page.ids))
    assert {each[1:] for each in page.targets} <= set(page.ids)
    assert page.described
    assert set(page.described) <= set(page.ids)


def test_it_asks_for_nothing(gaz: Gazetteer) -> None:
    page = html_report(gaz, columns(gaz, TEXT), title="r.md")
    assert not re.search(r"<(?:script|img|iframe|object)\b|\bsrc=|@import|url\(", page)
    links = re.findall(r"<link [^>]*>", page)
    assert links == ['<link rel="icon" href="data:,">']


@pytest.mark.parametrize("text", [TEXT, mirror(TEXT)], ids=["one side", "mirrored"])
def test_each_column_is_the_whole_text(gaz: Gazetteer, text: str) -> None:
    shown = columns(gaz, text, markup="markdown")
    cells = Page(html_report(gaz, shown, title="r.md")).cells
    rows = len(PERSPECTIVES) + 1
    assert "".join(cells[::rows]) == "".join(
        text[start:end] for start, end in paragraphs(text)
    )
    for number, (rendering,) in enumerate(shown, start=1):
        whole = "".join(
            rendering.text[start:end] for start, end in paragraphs(rendering.text)
        )
        assert "".join(cells[number::rows]) == whole


def test_every_change_and_refusal_is_in_the_list_with_its_reason(
    gaz: Gazetteer,
) -> None:
    shown = columns(gaz, TEXT, markup="markdown")
    page = html_report(gaz, shown, title="r.md")
    ids = Page(page).ids
    for number, (rendering,) in enumerate(shown, start=1):
        count = len(rendering.changes) + len(rendering.refusals)
        for kind in ("why", "at", "tip"):
            assert sum(each.startswith(f"{kind}-p{number}t1-") for each in ids) == count


def test_what_looks_like_markup_is_text(gaz: Gazetteer) -> None:
    text = "<script>alert(1)</script> & shops in Shushi; roads to Khankendi.\n"
    page = html_report(gaz, columns(gaz, text, lang="en"), title="<b>&</b>")
    assert "<script" not in page
    assert "<b>" not in page
    assert Page(page).cells[0] == text


@given(st.text(alphabet="a<&\"' \n", max_size=60))
def test_any_text_is_shown_whole(text: str) -> None:
    gaz = shipped()
    rendering = gaz.render(text, "neutral", lang="en")
    page = Page(html_report(gaz, [[rendering]], title=text))
    assert page.cells[::2] == page.cells[1::2]
    assert page.cells[::2] == [text[slice(*span)] for span in paragraphs(text)]


def shipped(known: list[Gazetteer] = []) -> Gazetteer:  # noqa: B006  (a cache)
    if not known:
        known.append(Gazetteer.load())
    return known[0]


def test_names_from_right_to_left_say_so(gaz: Gazetteer) -> None:
    text = "The Persian name of Baku is باکو."
    page = Page(html_report(gaz, columns(gaz, text, lang="en"), title="r"))
    right = [attrs for shown, attrs in page.bdis if shown == "باکو"]
    assert right
    assert all(attrs["dir"] == "rtl" for attrs in right)
    left = [attrs for shown, attrs in page.bdis if shown == "Baku"]
    assert all(attrs["dir"] == "ltr" for attrs in left)


def test_columns_of_different_texts_are_refused(gaz: Gazetteer) -> None:
    one, other = gaz.render("one", "neutral"), gaz.render("other", "neutral")
    with pytest.raises(ValueError, match="same texts"):
        html_report(gaz, [[one], [other]], title="x")
    with pytest.raises(ValueError, match="no rendering"):
        html_report(gaz, [], title="x")


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    source, out = tmp_path / "a & b.md", tmp_path / "out.html"
    source.write_text(TEXT, "utf-8")
    arguments = ["render", str(source), "--report", str(out), "--beside", "armenian"]
    arguments += ["--beside", "azerbaijani"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    page = out.read_text("utf-8")
    assert "<title>Place names in a &amp; b.md</title>" in page
    assert len(Page(page).cells) % 4 == 0


# ----------------------------------------------------------------------- map


def on_land(lon: float, lat: float) -> bool:
    inside = False
    for ring in _rings():
        for x in (lon - 360, lon, lon + 360):
            for (a, b), (c, d) in pairwise([*ring, ring[0]]):
                if (b > lat) != (d > lat) and x < a + (lat - b) / (d - b) * (c - a):
                    inside = not inside
    return inside


@pytest.mark.parametrize(
    ("lon", "lat", "land"),
    [
        (44.5, 40.2, True), (46.8, 39.8, True), (48.5, 40.5, True),
        (51.0, 41.0, False), (34.0, 43.0, False), (-30.0, 40.0, False),
        (20.0, 0.0, True), (0.0, -85.0, True), (134.0, -25.0, True), (172.0, 75.0, False),
    ],
)  # fmt: skip
def test_land_is_land_and_water_water(lon: float, lat: float, land: bool) -> None:
    assert on_land(lon, lat) is land


def test_no_line_runs_across_the_map() -> None:
    for ring in _rings():
        for (a, _), (c, _) in pairwise(ring):
            assert abs(c - a) < 60 or ring[0][1] < -60, ring[:2]


points = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


@given(st.lists(points, min_size=1, max_size=6))
def test_every_place_is_in_the_window(places: list[tuple[float, float]]) -> None:
    window = window_of(places)
    assert window.north - window.south <= 180
    for lon, lat in places:
        assert window.south <= lat <= window.north
        turns = [lon + 360 * turn for turn in (-2, -1, 0, 1, 2)]
        assert any(window.west - 1e-6 <= turn <= window.east + 1e-6 for turn in turns)


def test_places_on_both_sides_of_the_date_line_are_close() -> None:
    window = window_of([(179.0, -17.0), (-179.0, -18.0)])
    assert window.east - window.west < 20
    spots = [Spot(1, "a", -17, 179), Spot(2, "b", -18, -179)]
    drawn = draw_map(spots, title="t", described="d")
    xs = [float(each) for each in re.findall(r'cx="([\d.-]+)"', drawn)]
    assert all(0 <= x <= 960 for x in xs)


def test_the_map_has_land_in_the_window_alone() -> None:
    path = _land_path(Window(44, 38, 52, 43))
    numbers = [float(each) for each in re.findall(r"-?\d+\.?\d*", path)]
    assert path.startswith("M")
    assert min(numbers) >= 0
    assert max(numbers) <= 960
    assert _land_path(Window(-31, 39, -29, 41)) == ""
