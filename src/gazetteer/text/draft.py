"""A mention while it is being worked out, with the words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.ids import PlaceId
    from gazetteer.model import Toponym
    from gazetteer.text.names import NameFinder
    from gazetteer.text.scan import Scan
    from gazetteer.text.words import Words

__all__ = ["SETTLEMENTS", "Draft", "Reading"]

SETTLEMENTS = frozenset({"city", "town", "village"})
_APOSTROPHES = "'\u2019\u02bc"
# What may stand between two words that belong together: spaces and emphasis marks.
_STOPS = (".", "!", "?", ";", ",")
_SHORT = 3  # letters of words that have no capital in a heading
_HEADING_WORDS = (3, 24)  # fewer prove nothing, and no heading has more
_LOOSE = " \t\r\n\u00a0*_"


class Draft:
    """One name in a text and what has been found out about it."""

    __slots__ = (
        "cases",
        "end",
        "first",
        "glossable",
        "glossed",
        "hyphenated",
        "last",
        "names",
        "parts",
        "reason",
        "role",
        "start",
        "suffix",
        "toponyms",
        "types",
    )

    def __init__(
        self,
        first: int,
        last: int,
        span: tuple[int, int],
        toponyms: tuple[Toponym, ...],
    ) -> None:
        self.first = first
        self.last = last
        self.start, self.end = span
        self.toponyms = toponyms
        self.role = "plain"
        self.reason = ""
        self.suffix = ""
        self.cases: tuple[str, ...] = ()
        self.names = 1
        self.hyphenated = False
        self.glossable = True
        self.glossed = False
        self.parts: tuple[tuple[int, int], ...] = (span,)
        self.types: tuple[str, ...] = ()

    def protect(self, role: str, reason: str) -> None:
        """Set the role, unless something already protects it."""
        if self.role in ("plain", "attributive"):
            self.role, self.reason = role, reason
        elif role != self.role:
            self.glossable = False

    @property
    def places(self) -> set[PlaceId]:
        """The ids of the places that bear the name."""
        return {toponym.place_id for toponym in self.toponyms}


class Reading:
    """A scanned text, the names found in it, and what is known of its language."""

    __slots__ = (
        "_headings",
        "drafts",
        "evident",
        "finder",
        "named",
        "scan",
        "words",
    )

    def __init__(
        self, scan: Scan, words: Words, finder: NameFinder, drafts: list[Draft]
    ) -> None:
        self.scan = scan
        self.words = words
        self.finder = finder
        self.drafts = drafts
        # which mention each word belongs to
        self.named: dict[int, Draft] = {
            word: draft
            for draft in drafts
            for word in range(draft.first, draft.last + 1)
        }
        self._headings: dict[int, bool] = {}
        # names that some mention surely uses for a place: gazetteer.text.evidence
        self.evident: set[tuple[str, ...]] | None = None

    def before(self, draft: Draft) -> str:
        """Return the characters between a mention and the word before it."""
        start = self.scan.ends[draft.first - 1] if draft.first else 0
        return self.scan.text[start : draft.start]

    def after(self, draft: Draft) -> str:
        """Return the characters between a mention with its ending and the next word."""
        index = self.next(draft)
        size = len(self.scan.text)
        end = self.scan.starts[index] if index < len(self.scan) else size
        return self.scan.text[draft.end + len(draft.suffix) : end]

    def next(self, draft: Draft) -> int:
        """Return the number of the word after a mention and its possessive ending."""
        return draft.last + 2 if draft.suffix[1:] else draft.last + 1

    def key(self, index: int) -> str:
        """Return the key of a word; empty beyond the text."""
        keys = self.scan.keys
        return keys[index] if 0 <= index < len(keys) else ""

    def language(self, index: int) -> bool:
        """Tell whether a word is an adjective that also names a language."""
        key = self.key(index)
        return key in self.words["language"] or self.finder.peoples(key)

    def peoples(self, index: int) -> bool:
        """Tell whether a word names people in the plural."""
        key = self.key(index)
        return key.endswith("s") and self.finder.peoples(key[:-1])

    def in_heading(self, draft: Draft) -> bool:
        """Tell whether the other words of a mention's line mostly have a capital."""
        line, start, end = self.scan.line(draft.start)
        known = self._headings.get(line)
        if known is None:
            known = self._headings[line] = self._is_heading(start, end)
        return known

    def _is_heading(self, start: int, end: int) -> bool:
        scan = self.scan
        if scan.text[start:end].rstrip().endswith(_STOPS):
            return False
        # Names have capitals anyhow, and a label may have more words than a name.
        long = [
            scan.capital(index)
            for index in range(scan.word_at(start), scan.word_at(end))
            if len(scan.raw[index]) > _SHORT and index not in self.named
        ]
        enough = _HEADING_WORDS[0] <= len(long) <= _HEADING_WORDS[1]
        return enough and 4 * sum(long) >= 3 * len(long)

    def settlement(self, draft: Draft) -> bool:
        """Tell whether a place that bears the name is a town or a village."""
        return any(
            self.finder.places[place].type in SETTLEMENTS for place in draft.places
        )

    def vague(self, draft: Draft) -> bool:
        """Tell whether overlapping places bear the name and none is its default."""
        if any(toponym.default_sense for toponym in draft.toponyms):
            return False
        places = draft.places
        return any(
            self.finder.overlap(one, other) for one in places for other in places
        )


def together(gap: str) -> bool:
    """Tell whether two words with this between them belong to one phrase."""
    return bool(gap) and not gap.strip(_LOOSE) and gap.count("\n") < 2  # noqa: PLR2004


def possessive(text: str, end: int) -> str:
    """Return the possessive ending at an offset, as written."""
    if text[end : end + 1] not in _APOSTROPHES or end >= len(text):
        return ""
    following = text[end + 1 : end + 3]
    if following[:1] in ("s", "S") and not following[1:2].isalnum():
        return text[end : end + 2]
    if text[end - 1] in "sS" and (not following or following[0].isspace()):
        return text[end]
    return ""
