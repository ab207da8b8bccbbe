"""What the check of the built site finds, and what it lets pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from site_links import Site, main

if TYPE_CHECKING:
    from pathlib import Path


def faults(folder: Path, body: str) -> list[str]:
    (folder / "page.html").write_text(f"<body>{body}</body>", "utf-8")
    return [fault.why for fault in Site(folder).faults()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "other.html").write_text('<h1 id="\u0577">x</h1>', "utf-8")
    (tmp_path / "map.svg").write_text("<svg/>", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "body",
    [
        '<a href="deep/other.html">',
        '<a href="deep/other.html#%D5%B7">',
        '<a href="#">up</a><a href="#here"></a><i id="here"></i>',
        '<img src="map.svg">',
        '<a href="https://example.org/">',
        '<a href="mailto:a@example.org">',
        '<link rel="canonical" href="https://example.org/page.html">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    ],
)
def test_a_good_link_passes(folder: Path, body: str) -> None:
    assert faults(folder, body) == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<a href="other.html">', "does not exist"),
        ('<a href="deep/other.html#no">', "has no such heading"),
        ('<a href="#no">', "has no such heading"),
        ('<a href="deep/">', "is a folder, which a file system does not show as a page"),
        ('<img src="no.svg">', "does not exist"),
        ('<img src="https://example.org/a.png">', "is fetched from another host"),
        ('<script src="//example.org/a.js"></script>', "is fetched from another host"),
        ('<link rel="stylesheet" href="http://example.org/a.css">', "is fetched from another host"),
    ],
)  # fmt: skip
def test_a_bad_link_is_named(folder: Path, body: str, why: str) -> None:
    assert faults(folder, body) == [why]


def test_fonts_of_another_host_are_named(folder: Path) -> None:
    (folder / "a.css").write_text("@import 'https://example.org/font.css';", "utf-8")
    (folder / "b.css").write_text("b {background: url(no.png)}", "utf-8")
    assert faults(folder, "") == ["is fetched from another host", "does not exist"]


def test_the_line_is_told_and_the_program_fails(folder: Path) -> None:
    (folder / "page.html").write_text('<p>\n<a href="no.html">', "utf-8")
    with pytest.raises(SystemExit, match=r"page\.html:2: no\.html: does not exist"):
        main(str(folder))


def test_links_to_other_hosts_are_listed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "page.html").write_text('<a href="https://example.org/a">', "utf-8")
    main(str(folder), "--list")
    assert "https://example.org/a\n" in capsys.readouterr().out
