"""What a policy is made of: selectors, slots, conditions and rules.

A *slot* is one list of selectors tried in order, and gives one name. Fallback happens
inside a slot, composition between slots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gazetteer.labels.templates import Template

__all__ = [
    "LOCALS",
    "PARTIES",
    "PARTIES_ATTESTED",
    "SPECIAL",
    "Note",
    "Rule",
    "Selector",
    "Slot",
    "When",
]

LOCALS = "@locals"  # one slot per language established at the place
PARTIES = "@parties"  # one slot per side of the place's dispute
PARTIES_ATTESTED = "@parties-attested"  # … with the names that the side itself uses
SPECIAL = (LOCALS, PARTIES, PARTIES_ATTESTED)


class Note(NamedTuple):
    """A footnote that a policy attaches to a name."""

    id: str
    mark: str
    text: str


class Selector(NamedTuple):
    """Which rows of a place may be printed. An empty field asks for nothing.

    A list is an order of preference, but for `status`, whose order is always that of
    `gazetteer.model.STATUSES`.

    Attributes:
        authority: whose usage of the name is asked for.
        status: how that authority uses it; ``rejected`` is never selected.
        form: default ``full``, then ``short``, or what the caller asks for.
        lang: BCP 47 tags; ``$lang`` is the language of the output.
        script: ISO 15924 codes; ``$script`` is the script of the output.
        translit: romanization systems; without it no derived row is seen.
        reader: languages of the texts for whose readers the system was made.
        at: ``event``, ``publication`` or an EDTF date; default that of the perspective.
    """

    authority: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    script: tuple[str, ...] = ()
    translit: tuple[str, ...] = ()
    at: str = ""
    reader: tuple[str, ...] = ()

    @property
    def by_language(self) -> bool:
        """Whether it asks for a romanization of a stated language, whoever uses it."""
        stated = bool(self.lang) and "$lang" not in self.lang
        return not self.authority and bool(self.translit) and stated

    @property
    def open(self) -> bool:
        """Whether it names no authority; such a one never serves a contested place."""
        return not self.authority and not self.by_language

    def __str__(self) -> str:
        said = [
            f"{key} {' or '.join(value)}"
            for key, value in self._asdict().items()
            if key != "at" and value
        ]
        said += [f"at {self.at}"] if self.at else []
        return ", ".join(said) or "any name"


class Slot(NamedTuple):
    """One name of a label: the selectors that are tried for it.

    Attributes:
        name: of its chain or chains, as written.
        selectors: chains inside chains already opened out.
        parties: those of a dispute that it speaks for, where it was made for them.
    """

    name: str
    selectors: tuple[Selector, ...]
    parties: tuple[str, ...] = ()

    @property
    def authorities(self) -> frozenset[str]:
        """Everyone whose usage it asks for."""
        asked = (each for selector in self.selectors for each in selector.authority)
        return frozenset(asked) | frozenset(self.parties)


class When(NamedTuple):
    """For which places and calls a rule is. An empty field asks for nothing.

    Attributes:
        place, within: place ids, or ids of other schemes as ``scheme:id``.
        contested: whether the place must have a dispute, or must not.
        dispute: keys of disputes.csv.
        dated: whether a date must be known by which names are chosen, or must not.
        facets: what else the caller must say, as pairs of a key and its values.
    """

    place: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    contested: bool | None = None
    dispute: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    dated: bool | None = None
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Rule(NamedTuple):
    """One rule of a perspective.

    Attributes:
        number: its place in the perspective, from 1.
        names: slots, or one of `SPECIAL`, whose slots only the place can tell.
        order: ``given`` or ``alpha``, by the alphabet of the output language.
        first, later, compact, one: templates for the first mention, for later ones (a
            list is gone through again and again), for headlines and captions, and for
            when a slot has no name.
        same: names within so many edits count as one; 0 for a contested place.
        mark: whether marks of notes are printed at the ``first`` mention or at
            ``every`` one.
        none: ``next`` rule or ``keep`` the author's text where nothing is found.
        line: where it starts in the file.
    """

    number: int
    when: When
    names: tuple[Slot, ...] | str
    order: str
    first: Template
    later: tuple[Template, ...]
    compact: Template
    one: Template | None
    same: int
    notes: tuple[Note, ...]
    mark: str
    none: str
    line: int
