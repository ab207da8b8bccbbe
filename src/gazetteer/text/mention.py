"""The values that finding hands on: mentions and protected spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from gazetteer.ids import PlaceId
    from gazetteer.model import Toponym
    from gazetteer.resolve import Resolution

__all__ = ["ROLES", "Mention", "ProtectedSpan"]

ROLES: Final = {
    "plain": "names a place",
    "attributive": "stands before a noun that it describes",
    "adjective": "is an adjective or names people, not the place",
    "code": "is part of an address, a file name, code or a placeholder",
    "quotation": "stands in a quotation, which is never changed",
    "title": "is part of a title",
    "person": "is, or may be, the name of a person",
    "phrase": "is part of a fixed phrase",
    "gloss": "stands with another name of the same place, so both are already given",
    "metalinguistic": "is spoken of as a name, not used to name the place",
    "inflected": "may be an inflected form of a name",
    "compound": "is joined to another word by a hyphen or a slash",
}
"""What a mention is in its sentence. Only the first two may be changed."""


class ProtectedSpan(NamedTuple):
    """A stretch of text that must never be changed.

    Attributes:
        start, end: code points, half-open.
        role: one of `ROLES`.
        reason: in plain words.
    """

    start: int
    end: int
    role: str
    reason: str


class Mention(NamedTuple):
    """A place name in running text.

    Attributes:
        start, end: code points, half-open; without the possessive ending.
        text: as written, ``text[start:end]``.
        toponyms: every row whose name is written there, of every place that bears it;
            of a dual label, the rows of the places that bear all its names.
        role: one of `ROLES`.
        reason: why it must stay, in plain words; empty if nothing protects it.
        suffix: the ending that follows, as written, with what sets it off: the English
            possessive, an ending of case behind an apostrophe or a hyphen.
        reported: whether its sentence reports what somebody said.
        names: how many names it is made of: 1, or more for a dual label.
        hyphenated: whether a hyphen joins it to the name of another place.
        types: types of place that the words beside it call for, such as
            ``("city", "town", "village")``; empty if none.
        cases: the cases that the written form may stand for, as the tables of
            `gazetteer.languages.inflection` call them; empty where names are not
            inflected.
        resolution: which place it refers to; None where nobody asked.
        glossable: whether it stands in a quotation and nothing else protects it, so
            that a gloss in square brackets may follow.
        glossed: whether it stands in a quotation and the sentence has another name of
            the place.
    """

    start: int
    end: int
    text: str
    toponyms: tuple[Toponym, ...]
    role: str = "plain"
    reason: str = ""
    suffix: str = ""
    reported: bool = False
    names: int = 1
    hyphenated: bool = False
    types: tuple[str, ...] = ()
    resolution: Resolution | None = None
    cases: tuple[str, ...] = ()
    glossable: bool = False
    glossed: bool = False

    @property
    def place_ids(self) -> tuple[PlaceId, ...]:
        """The places that bear the name, in the order of the tables."""
        return tuple(dict.fromkeys(toponym.place_id for toponym in self.toponyms))

    @property
    def protected(self) -> bool:
        """Whether it must stay as it is, whatever it refers to."""
        return self.role not in ("plain", "attributive")
