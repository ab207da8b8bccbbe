"""The figures as a picture: bars in SVG that suit a light and a dark page.

Written by hand and not by a library, so that the same figures give the same bytes and
every bar is text that a screen reader, or a diff, can read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.curation.coverage.figures import Cell, Coverage

__all__ = ["draw"]

_WIDTH: Final = 760
_LEFT: Final = 190
"""Where the bars begin; what they are is written before."""
_RIGHT: Final = 590
"""Where the longest bar ends; its figures are written behind."""
_STEP: Final = 22
_BAR: Final = 14
_MOST: Final = 12
"""Rows that a panel shows."""
_FEW: Final = 5
"""Places from which a dispute has a bar of its own."""

_PAIR: Final = (("one", "first"), ("two", "second"))
"""How two sides are coloured and called, in the order of their names."""

_SAID: Final = 'role="img" aria-labelledby="t d"'

# Colours with a contrast of at least 3 to 1 to their page, and that the colour-blind
# tell apart by lightness; sides take theirs in the order of their names.
_STYLE: Final = """\
text { font: 13px system-ui, sans-serif; fill: #24292f; }
.head { font-weight: 600; font-size: 15px; }
.note, .figure { fill: #57606a; font-size: 12px; }
.page { fill: #ffffff; }
.all { fill: #0b6e69; } .one { fill: #8250df; } .two { fill: #bf6a02; }
.part { fill: #5aa7a2; } .none { fill: #8c959f; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; }
.note, .figure { fill: #9aa4af; }
.page { fill: #0d1117; }
.all { fill: #3fb8af; } .one { fill: #b392f0; } .two { fill: #f0a04b; }
.part { fill: #237d77; } .none { fill: #6e7681; }
}
"""


class _Part(NamedTuple):
    """A stretch of a bar.

    Attributes:
        colour: a class of the style.
        what: it counts, as the legend says it.
        many: how many.
        whose: the side that is counted; the legend cannot say it of every bar.
    """

    colour: str
    what: str
    many: int
    whose: str = ""

    @property
    def said(self) -> str:
        """What it counts, with whose it is."""
        return f"{self.whose} {self.what}" if self.whose else self.what


class _Bar(NamedTuple):
    label: str
    parts: tuple[_Part, ...]
    caption: str = ""

    @property
    def total(self) -> int:
        return sum(part.many for part in self.parts)


class _Panel(NamedTuple):
    """Bars under a heading; `whole` ones are all of one length."""

    head: str
    note: str
    bars: list[_Bar]
    whole: bool


def draw(coverage: Coverage) -> str:
    """Return the picture as the text of an SVG file."""
    panels = [
        panel
        for panel in (
            _sides(coverage),
            _languages(coverage),
            _neutral(coverage),
            _first(coverage),
        )
        if panel.bars
    ]
    top = 16
    body: list[str] = []
    for panel in panels:
        lines, top = _panel(panel, top)
        body += lines
    title = f"Coverage of the data, version {coverage.version}"
    about = " ".join(map(_told, panels))
    box = f'viewBox="0 0 {_WIDTH} {top}" width="{_WIDTH}" height="{top}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {box} {_SAID}>',
            f'<title id="t">{escape(title)}</title>',
            f'<desc id="d">{escape(about)}</desc>',
            f"<style>\n{_STYLE}</style>",
            f'<rect class="page" width="{_WIDTH}" height="{top}" rx="6"/>',
            *body,
            "</svg>\n",
        ]
    )


# --------------------------------------------------------------------------- panels


def _rows(coverage: Coverage, table: str) -> list[dict[str, Cell]]:
    return coverage.tables[table].records()


def _number(row: dict[str, Cell], column: str) -> int:
    value = row[column]
    return value if isinstance(value, int) else 0


def _sides(coverage: Coverage) -> _Panel:
    bars = []
    for row in _rows(coverage, "balance"):
        if _number(row, "places") < _FEW:
            continue
        of_dispute = [
            each
            for each in _rows(coverage, "sides")
            if each["dispute"] == row["dispute"]
        ]
        alone: list[_Part] = []
        if len(of_dispute) == len(_PAIR):
            alone = [
                _Part(colour, f"the {which} side alone", _number(each, "alone"), whose)
                for (colour, which), each in zip(_PAIR, of_dispute, strict=True)
                if (whose := str(each["side"]))
            ]
        several = _number(row, "some") - sum(part.many for part in alone)
        parts = (
            _Part("all", "every side", _number(row, "every side")),
            _Part("part", "some of more sides", several),
            *alone,
            _Part("none", "none", _number(row, "none")),
        )
        bars.append(_Bar(str(row["dispute"]), parts, _caption(of_dispute, "side")))
    return _Panel(
        "Contested places by whose names are known",
        f"disputes of {_FEW} places and more",
        bars,
        whole=True,
    )


def _caption(rows: Sequence[dict[str, Cell]], column: str) -> str:
    """Say which sides are the first and the second: the order of their names."""
    if len(rows) > len(_PAIR):
        return ""
    return ", ".join(
        f"{which}: {row[column]}" for (_, which), row in zip(_PAIR, rows, strict=False)
    )


def _languages(coverage: Coverage) -> _Panel:
    bars = [
        _Bar(
            str(row["language"]),
            (
                _Part("all", "verified", _number(row, "verified")),
                _Part("part", "single-source", _number(row, "single-source")),
                _Part("none", "computed", _number(row, "computed")),
            ),
        )
        for row in _rows(coverage, "languages")[:_MOST]
    ]
    return _Panel(
        "Names by language and certainty",
        "verified: borne by sources of two lineages",
        bars,
        whole=False,
    )


def _neutral(coverage: Coverage) -> _Panel:
    bars = [
        _Bar(
            str(row["language"]),
            (
                _Part("all", "complete", _number(row, "complete")),
                _Part("part", "incomplete", _number(row, "incomplete")),
                _Part("none", "the author's name stays", _number(row, "kept")),
            ),
        )
        for row in _rows(coverage, "perspectives")
        if row["perspective"] == "neutral"
    ]
    return _Panel(
        "Neutral labels of contested places",
        "by the language of the text",
        bars,
        whole=True,
    )


def _first(coverage: Coverage) -> _Panel:
    # a name that the system of either side would spell so says nothing here
    rows = [row for row in _rows(coverage, "first") if " " not in str(row["first"])]
    bars = []
    for dispute in sorted({str(row["dispute"]) for row in rows}):
        of_dispute = [row for row in rows if row["dispute"] == dispute]
        for lang in coverage.langs:
            parts = tuple(
                _Part(colour, f"the {which} side", _number(row, lang), whose)
                for (colour, which), row in zip(_PAIR, of_dispute, strict=False)
                if (whose := str(row["first"]))
            )
            caption = _caption(of_dispute, "first")
            bar = _Bar(f"{dispute}, {lang}", parts, caption)
            if bar.total >= _FEW and len(of_dispute) <= len(_PAIR):
                bars.append(bar)
    return _Panel(
        "Whose name comes first in a neutral pair",
        f"by the alphabet of the language; {_FEW} pairs and more",
        bars,
        whole=True,
    )


# -------------------------------------------------------------------------- drawing


def _panel(panel: _Panel, top: int) -> tuple[list[str], int]:
    longest = max(bar.total for bar in panel.bars) or 1
    lines = [_text(16, top + 14, panel.head, "head")]
    lines.append(_text(16, top + 32, panel.note, "note"))
    top += 42
    for line in _legend(panel.bars):
        left = float(_LEFT)
        for part in line:
            lines.append(_rect(left, top, 10, 10, part.colour))
            lines.append(_text(left + 15, top + 10, part.what, "note"))
            left += 15 + round(6.6 * len(part.what)) + 18
        top += 18
    top += 4
    for bar in panel.bars:
        lines.append(
            f'<text x="{_LEFT - 8}" y="{top + 12}" text-anchor="end">'
            f"{escape(bar.label)}</text>"
        )
        scale = (_RIGHT - _LEFT) / ((bar.total or 1) if panel.whole else longest)
        left = float(_LEFT)
        for part in bar.parts:
            if part.many:
                width = part.many * scale
                lines.append(_rect(left, top, width, _BAR, part.colour, part))
                left += width
        figures = " · ".join(f"{part.many:,}" for part in bar.parts if part.many)
        lines.append(_text(left + 8, top + 12, figures, "figure"))
        top += _STEP
        if bar.caption:
            lines.append(_text(_LEFT, top + 4, bar.caption, "note"))
            top += 18
    return lines, top + 18


def _legend(bars: Sequence[_Bar]) -> list[list[_Part]]:
    """Return what the colours mean, in lines that fit; each bar may have its own."""
    seen: dict[tuple[str, str], _Part] = {}
    for bar in bars:
        for part in bar.parts:
            if part.many:
                seen.setdefault((part.colour, part.what), part)
    lines: list[list[_Part]] = [[]]
    width = 0
    for part in seen.values():
        needed = 33 + round(6.6 * len(part.what))
        if width + needed > _WIDTH - _LEFT and lines[-1]:
            lines.append([])
            width = 0
        lines[-1].append(part)
        width += needed
    return lines


def _rect(
    left: float,
    top: int,
    width: float,
    height: int,
    colour: str,
    said: _Part | None = None,
) -> str:
    box = (
        f'<rect class="{colour}" x="{left:.1f}" y="{top}" width="{width:.1f}" '
        f'height="{height}"'
    )
    if said is None:
        return f"{box}/>"
    return f"{box}><title>{escape(said.said)}: {said.many:,}</title></rect>"


def _text(left: float, top: int, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{left:.1f}" y="{top}">{escape(text)}</text>'


def _told(panel: _Panel) -> str:
    """Return a panel in words, for those who do not see it."""
    bars = "; ".join(
        f"{bar.label}: "
        + ", ".join(f"{part.said} {part.many:,}" for part in bar.parts if part.many)
        for bar in panel.bars
    )
    return f"{panel.head}: {bars}."
