"""Every table and every column, declared once.

The reader, the check, datapackage.json and the page of docs/ that lists the columns
all follow this declaration; a test holds each of them to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.model import (
    FCLASSES,
    FORMS,
    LINK_MATCHES,
    PHRASE_KINDS,
    PLACE_TYPES,
    PREDICATES,
    STATUSES,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ALL_TABLES",
    "AUTHORITY_KINDS",
    "DERIVED",
    "FINDINGS",
    "OBJECTLESS",
    "TABLES",
    "Column",
    "Table",
    "counted_rows",
]

AUTHORITY_KINDS: Final = (
    "community",
    "government",
    "international-body",
    "medium",
    "reference",
    "register",
)
DERIVED: Final = "derived"
"""The source of a row that a named romanization system computed."""
OBJECTLESS: Final = ("proclaimed", "dissolved")
"""Predicates that may stand without an object."""

FINDINGS: Final = (
    "crosscheck-distance",  # another register has the place elsewhere
    "crosscheck-name",  # another register has no name of it that is known here
    "far-from-area",
    "foreign-letter",
    "homonym-nowhere",
    "homonyms-alike",
    "maybe-one-place",
    "maybe-two-places",
    "missing-language",
    "no-successor",
    "stripped-name",
    "uncited-source",
)
"""What a stricter look may find that is not wrong by itself."""

_SLUG = r"[a-z0-9]+(?:[-.][a-z0-9]+)*"


class Column(NamedTuple):
    """One column of one table.

    Attributes:
        name: as in the header.
        kind: what a cell may hold: ``id`` (with a check character), ``slug`` (a key in
            lower case), ``reference`` and ``references`` (keys of another table),
            ``choice`` (of a closed list), ``date`` (EDTF date or interval), ``lang``
            and ``langs`` (BCP 47 tags), ``number``, ``name`` (a written name), ``url``,
            ``code`` and ``codes`` (by `pattern`) or ``text``. The plural kinds hold a
            sorted set, separated by single spaces.
        about: what the column means, in one sentence.
        required: whether a blank cell is a fault.
        target: for a reference, the ``table.column`` it points into.
        choices: for a choice, the closed list.
        prefix: for an id, what stands before its dash.
        pattern: for a code, the regular expression of the whole code.
        low, high: for a number, its bounds, both included.
    """

    name: str
    kind: str
    about: str
    required: bool = False
    target: str = ""
    choices: tuple[str, ...] = ()
    prefix: str = ""
    pattern: str = ""
    low: float = 0.0
    high: float = 0.0

    @property
    def many(self) -> bool:
        """Whether a cell holds a sorted set and not one value."""
        return self.kind in ("references", "langs", "codes")


class Table(NamedTuple):
    """One CSV file.

    Attributes:
        name: the file's name without ``.csv``.
        about: what a row is, in one sentence.
        columns: in the order of the file.
        key: names of the columns that together tell rows apart.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.name}.csv"

    @property
    def header(self) -> list[str]:
        """The first row of the file."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """Return the column of this name.

        Raises:
            KeyError: if there is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _place(name: str, about: str, *, required: bool = True) -> Column:
    return Column(name, "reference", about, required, target="places.place_id")


def _authority(name: str, about: str) -> Column:
    return Column(
        name, "reference", about, required=True, target="authorities.authority"
    )


_SOURCE: Final = Column(
    "source", "reference", "Where it was read.", required=True, target="sources.source"
)
_NOTE: Final = Column("note", "text", "For people; nothing reads it.")

PLACES: Final = Table(
    "places",
    "One place: a feature that has names. Who it belongs to is not said here.",
    (
        Column(
            "place_id",
            "id",
            "Opaque id, never used again; another store's places carry its scheme.",
            required=True,
            prefix="gz",
        ),
        Column("type", "choice", "What it is.", required=True, choices=PLACE_TYPES),
        Column(
            "fclass",
            "choice",
            "GeoNames feature class.",
            required=True,
            choices=FCLASSES,
        ),
        Column(
            "lat",
            "number",
            "Degrees north of a representative point, WGS 84; blank where vague.",
            low=-90.0,
            high=90.0,
        ),
        Column(
            "lon",
            "number",
            "Degrees east of that point, WGS 84.",
            low=-180.0,
            high=180.0,
        ),
        Column("exists", "date", "When it existed; blank where not bounded."),
        Column("langs", "langs", "Languages established there; a set, not a ranking."),
        Column(
            "dispute",
            "reference",
            "The dispute in which its names or status differ between sources.",
            target="disputes.dispute",
        ),
        _place("replaced_by", "The id that a retired id redirects to.", required=False),
        _NOTE,
    ),
    ("place_id",),
)

NAMES: Final = Table(
    "names",
    "One written name of one place in one language.",
    (
        Column(
            "name_id", "id", "Opaque id, never used again.", required=True, prefix="nm"
        ),
        _place("place_id", "The place named."),
        Column("name", "name", "Exactly as written, NFC.", required=True),
        Column(
            "lang",
            "lang",
            "Language of the name; `mul` for a registered dual name; a script subtag "
            "where the script is not the language's usual one.",
            required=True,
        ),
        Column(
            "form",
            "choice",
            "Which form of the name; `hidden` rows serve matching only.",
            required=True,
            choices=FORMS,
        ),
        Column(
            "translit",
            "code",
            "The romanization system of a derived row.",
            pattern=r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*",
        ),
        Column(
            "from_name",
            "reference",
            "The row that a derived row was computed from.",
            target="names.name_id",
        ),
        Column("valid", "date", "When the name was in use; blank is undated."),
        Column(
            "default_sense",
            "choice",
            "Whether a bare homonym means this place; a reviewed decision.",
            choices=("yes",),
        ),
        Column(
            "prior",
            "number",
            "Share of uses of a homonym that mean this place; orders, decides nothing.",
            low=0.0,
            high=1.0,
        ),
        Column(
            "sources",
            "references",
            "Where it was read.",
            required=True,
            target="sources.source",
        ),
        _NOTE,
    ),
    ("name_id",),
)

USAGES: Final = Table(
    "usages",
    "One authority's usage of one name, as one source states it.",
    (
        Column(
            "name_id",
            "reference",
            "The name used.",
            required=True,
            target="names.name_id",
        ),
        _authority("authority", "Who uses it."),
        Column(
            "status",
            "choice",
            "How it is used.",
            required=True,
            choices=STATUSES,
        ),
        Column("valid", "date", "When it is so used; blank is undated."),
        _SOURCE,
        _NOTE,
    ),
    ("name_id", "authority", "status", "valid", "source"),
)

RELATIONS: Final = Table(
    "relations",
    "One party's statement about one or two places, as one source states it.",
    (
        _place("subject", "The place spoken of."),
        Column(
            "predicate",
            "choice",
            "What is said.",
            required=True,
            choices=PREDICATES,
        ),
        _place(
            "object",
            "The other place; may be blank for `proclaimed` and `dissolved`.",
            required=False,
        ),
        _authority("according_to", "Who says so."),
        Column("valid", "date", "For when it is said; blank is undated."),
        _SOURCE,
        _NOTE,
    ),
    ("subject", "predicate", "object", "according_to", "valid", "source"),
)

LINKS: Final = Table(
    "links",
    "The id of a place in another scheme.",
    (
        _place("place_id", "The place."),
        Column("scheme", "slug", "Whose id it is.", required=True),
        Column("id", "text", "The id there.", required=True),
        Column(
            "match",
            "choice",
            "Whether it is the same place; only exact links join sources.",
            required=True,
            choices=LINK_MATCHES,
        ),
        Column("edition", "text", "The edition of the scheme that was read."),
        Column("valid", "date", "When the id meant this place; blank is undated."),
        _SOURCE,
    ),
    ("place_id", "scheme", "id"),
)

DISPUTES: Final = Table(
    "disputes",
    "What is contested, between whom, by which criterion.",
    (
        Column("dispute", "slug", "Key; neutral in order and words.", required=True),
        Column("title", "text", "For a screen.", required=True),
        Column(
            "parties",
            "references",
            "The authorities that differ.",
            required=True,
            target="authorities.authority",
        ),
        Column("criterion", "text", "By what it counts as contested.", required=True),
        Column("valid", "date", "Since when, until when."),
        _SOURCE,
    ),
    ("dispute",),
)

AUTHORITIES: Final = Table(
    "authorities",
    "Anyone whose usage of a name is attested.",
    (
        Column("authority", "slug", "Key.", required=True),
        Column("title", "text", "Its own name in English.", required=True),
        Column("kind", "choice", "What it is.", required=True, choices=AUTHORITY_KINDS),
        Column(
            "jurisdiction",
            "codes",
            "ISO 3166-1 alpha-2 codes of what it governs.",
            pattern=r"[A-Z]{2}",
        ),
    ),
    ("authority",),
)

SOURCES: Final = Table(
    "sources",
    "Where facts were read.",
    (
        Column("source", "slug", "Key.", required=True),
        Column("title", "text", "What was read.", required=True),
        Column("url", "url", "Where it stands."),
        Column("via", "text", "Through whom, where a copy was read."),
        Column("retrieved", "date", "When it was read."),
        Column("licence", "text", "Its licence; blank where only facts were taken."),
        Column(
            "line",
            "slug",
            "Its lineage: sources of one line count as one witness.",
            required=True,
        ),
    ),
    ("source",),
)

PHRASES: Final = Table(
    "phrases",
    "A fixed phrase in which nothing is a place name to change.",
    (
        Column("text", "name", "Exactly as written, NFC.", required=True),
        Column("lang", "lang", "Its language.", required=True),
        Column(
            "kind",
            "choice",
            "Why it stays.",
            required=True,
            choices=PHRASE_KINDS,
        ),
        _SOURCE,
    ),
    ("text", "lang"),
)

ACCEPTED: Final = Table(
    "accepted",
    "One finding of a stricter look at the data that stands, and why.",
    (
        Column(
            "finding",
            "choice",
            "What `gazetteer check --strict` or `gazetteer crosscheck` calls it.",
            required=True,
            choices=FINDINGS,
        ),
        Column("key", "text", "What it is about, as it is shown there.", required=True),
        Column("reason", "text", "Why it is right as it is.", required=True),
        Column(
            "source",
            "reference",
            "Where that can be read, if it was read anywhere.",
            target="sources.source",
        ),
    ),
    ("finding", "key"),
)

TABLES: Final[Mapping[str, Table]] = {
    table.name: table
    for table in (
        PLACES,
        NAMES,
        USAGES,
        RELATIONS,
        LINKS,
        DISPUTES,
        AUTHORITIES,
        SOURCES,
        PHRASES,
    )
}
"""All tables by name, in the order in which they are read and shown."""

ALL_TABLES: Final[Mapping[str, Table]] = {**TABLES, ACCEPTED.name: ACCEPTED}
"""Those and the table that only checks read, which a directory may lack."""


def counted_rows(number: int, table: str) -> str:
    """Return how many rows of a table there are, in words.

    Examples:
        >>> counted_rows(1, "authorities"), counted_rows(2, "names")
        ('1 authority', '2 names')
    """
    from gazetteer.display.counts import counted  # late: seldom asked

    one = "authority" if table == "authorities" else table.removesuffix("s")
    return counted(number, one, table)
