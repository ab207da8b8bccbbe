"""What can be wrong with a perspectives.toml only in view of the tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from gazetteer.errors import Problem
from gazetteer.labels.asking import Ask, positions, wanted_tags
from gazetteer.labels.choosing import ranked
from gazetteer.labels.conditions import Citations, misfit
from gazetteer.labels.reading import Parsed, read_file
from gazetteer.labels.rules import LOCALS, PARTIES_ATTESTED, Selector
from gazetteer.labels.sides import side_slots

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from gazetteer.labels.perspectives import Perspective
    from gazetteer.labels.rules import Rule, Slot
    from gazetteer.model import Place, Tables, Toponym

__all__ = ["check_file"]

_Path = tuple[str | int, ...]


def check_file(path: Path, tables: Tables) -> list[Problem]:
    """Return every fault of a file over these tables, by line."""
    parsed = read_file(path)
    check = _Check(str(path), parsed, tables)
    check.chains()
    check.sides()
    for perspective in parsed.perspectives:
        check.perspective(perspective)
    return sorted(
        [*parsed.problems, *check.problems],
        key=lambda problem: (problem.line, problem.column, problem.code),
    )


class _Check:
    def __init__(self, file: str, parsed: Parsed, tables: Tables) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._parsed = parsed
        self._tables = tables
        self._citations = Citations(tables)
        self._places = [
            place for place in tables.places.values() if not place.replaced_by
        ]

    def _add(
        self,
        path: _Path,
        value: str,
        code: str,
        message: str,
        *,
        severity: str = "error",
    ) -> None:
        spot = self._parsed.lines.find(path, value)
        field = next((each for each in reversed(path) if isinstance(each, str)), "")
        self.problems.append(
            Problem(
                self._file,
                spot.line,
                spot.column,
                field,
                value,
                code,
                message,
                severity,
            )
        )

    def _known(
        self, path: _Path, values: Iterable[str], what: str, known: Iterable[str]
    ) -> None:
        listed = set(known)
        for value in values:
            if value not in listed:
                message = f"no row of the data has this {what}"
                self._add(path, value, f"unknown-{what}", message)

    # --------------------------------------------------------------- chains

    def chains(self) -> None:
        """Find selectors that ask for the unknown, match nothing, or cannot decide."""
        for name, slot in self._parsed.chains.items():
            path = ("chain", name)
            if slot.selectors and not any(map(self._matches, slot.selectors)):
                message = "no row of any place can be chosen by it"
                self._add(path, "", "chain-matches-nothing", message)
                silent = True
            else:
                silent = False
            for selector in self._parsed.written.get(name, ()):
                self._known(
                    path, selector.authority, "authority", self._tables.authorities
                )
                known = set(selector.authority) <= set(self._tables.authorities)
                if known and not silent and not self._matches(selector):
                    message = f"no row can be chosen by ({selector})"
                    value = next(iter(selector.authority), "")
                    self._add(
                        path,
                        value,
                        "selector-matches-nothing",
                        message,
                        severity="warning",
                    )
                self._ties(path, selector)

    @cached_property
    def _used(self) -> dict[str, list[tuple[Place, Toponym]]]:
        """By authority, the rows that it uses in any way."""
        found: defaultdict[str, list[tuple[Place, Toponym]]] = defaultdict(list)
        for place in self._places:
            for toponym in place.toponyms:
                for authority in {usage.authority for usage in toponym.usages}:
                    found[authority].append((place, toponym))
        return found

    def _used_places(self, selector: Selector) -> list[Place]:
        """Return the places that may have two rows for a selector, by their ids."""
        if not selector.authority:
            return self._places
        rows = Counter(
            place.place_id
            for authority in selector.authority
            for place, _ in self._used.get(authority, ())
        )
        return [each for each in self._places if rows[each.place_id] > 1]

    def _matches(self, selector: Selector) -> bool:
        rows: Iterable[tuple[Place, Toponym]]
        if selector.authority:
            rows = chain.from_iterable(
                self._used.get(each, ()) for each in selector.authority
            )
        else:
            rows = ((place, each) for place in self._places for each in place.toponyms)
        return any(_could_match(selector, place, toponym) for place, toponym in rows)

    def _ties(self, path: _Path, selector: Selector) -> None:
        tied = list(self._tied(selector))
        if tied:
            place_id, lang, one, other = tied[0]
            value = next(iter(selector.authority), "")
            message = (
                f"({selector}) cannot decide at {len(tied)} of the places: e.g. at "
                f"{place_id} in {lang} only name_id puts {one!r} before {other!r}"
            )
            self._add(path, value, "undecided-tie", message, severity="warning")

    def _tied(self, selector: Selector) -> Iterator[tuple[str, str, str, str]]:
        if selector.by_language:
            return  # which name is romanized is tied only if a side's own are
        for place in self._used_places(selector):
            if place.contested and selector.open:
                continue
            for lang in _langs_that_may_tie(place, selector):
                ask = Ask(lang, "", None, None, "publication", None, frozenset())
                rows = _rows(place, selector, ask)
                if len(rows) > 1 and rows[0][0] == rows[1][0]:
                    one, other = rows[0][1], rows[1][1]
                    if one != other:
                        yield place.place_id, lang, one, other
                        break

    # ---------------------------------------------------------------- sides

    def sides(self) -> None:
        """Find parties that do not exist, and sides of one dispute that are unequal."""
        known = self._tables.authorities
        for party in self._parsed.sides:
            self._known(("side", party), [party], "authority", known)
        for authority in self._parsed.terms:
            self._known(("term", authority), [authority], "authority", known)
        for dispute in self._tables.disputes.values():
            slots = side_slots(dispute, self._parsed.sides)
            if len({_shape(slot) for slot in slots}) > 1:
                names = ", ".join(slot.name for slot in slots)
                message = (
                    f"the sides of {dispute.dispute} are treated differently: the "
                    f"chains {names} have different shapes"
                )
                self._add(("side",), "", "unequal-sides", message)

    # --------------------------------------------------------- perspectives

    def perspective(self, perspective: Perspective) -> None:
        """Find what is wrong with a perspective and its rules."""
        path: _Path = ("perspective", perspective.name)
        self._known(
            (*path, "authorities"),
            perspective.authorities,
            "authority",
            self._tables.authorities,
        )
        self._known(
            (*path, "sources"), perspective.sources, "source", self._tables.sources
        )
        for rule in perspective.rules:
            self._rule((*path, "rule", rule.number - 1), perspective, rule)

    def _rule(self, path: _Path, perspective: Perspective, rule: Rule) -> None:
        for key in ("place", "within"):
            for value in getattr(rule.when, key):
                if self._citations.find(value) is None:
                    message = "no place has this id or exact link"
                    self._add((*path, "when"), value, "unknown-place", message)
        self._known(
            (*path, "when"), rule.when.dispute, "dispute", self._tables.disputes
        )
        fitting = [place for place in self._places if self._fits(rule, place)]
        if not any(self._finds(perspective, rule, place) for place in fitting):
            why = "finds a name for none of its places" if fitting else "fits no place"
            self._add(path, "", "rule-matches-nothing", f"it {why}")
        contested = [place.place_id for place in fitting if place.contested]
        if not contested:
            return
        slots = rule.names if not isinstance(rule.names, str) else ()
        for slot in slots:
            if any(selector.open for selector in slot.selectors):
                message = (
                    f"{slot.name!r} has a selector without an authority, and the rule "
                    f"is for contested places too, such as {contested[0]}; "
                    f"'contested = false' in `when` would do"
                )
                self._add(
                    (*path, "names"),
                    slot.name.partition(" or ")[0],
                    "open-selector",
                    message,
                )
        if rule.same:
            message = "names of contested places never count as one unless identical"
            self._add(
                (*path, "same"),
                str(rule.same),
                "same-contested",
                message,
                severity="warning",
            )

    def _fits(self, rule: Rule, place: Place) -> bool:
        when = rule.when._replace(facets=(), lang=(), dated=None)
        return not misfit(
            when, place, lang="", days=None, facets={}, citations=self._citations
        )

    def _finds(self, perspective: Perspective, rule: Rule, place: Place) -> bool:
        if rule.names == LOCALS:
            langs = set(place.langs)
            return any(toponym.lang in langs for toponym in place.toponyms)
        slots: Iterable[Slot] = ()
        if isinstance(rule.names, str):
            dispute = self._tables.disputes.get(place.dispute)
            attested = rule.names == PARTIES_ATTESTED
            slots = side_slots(dispute, perspective.sides, attested=attested)
        else:
            slots = rule.names
        return any(
            _could_match(selector, place, toponym)
            for slot in slots
            for selector in slot.selectors
            for toponym in place.toponyms
        )


def _langs_that_may_tie(place: Place, selector: Selector) -> list[str]:
    """Return the languages in which a selector may find two rows of a place.

    Ranking is slow, and nearly all places have one name in a language.
    """
    if selector.translit:  # derived rows are for readers of other languages
        return sorted({toponym.lang for toponym in place.toponyms})
    own = set(selector.authority)
    rows = Counter(
        toponym.lang
        for toponym in place.toponyms
        if not own or any(usage.authority in own for usage in toponym.usages)
    )
    if rows.total() < 2:  # noqa: PLR2004  # to tie takes two
        return []
    return [
        lang
        for lang in sorted({toponym.lang for toponym in place.toponyms})
        if sum(rows[tag] for tag in wanted_tags(selector.lang, lang) or tuple(rows)) > 1
    ]


def _rows(
    place: Place, selector: Selector, ask: Ask
) -> list[tuple[tuple[int, ...], str]]:
    """Return the rank and name of each row that a selector may choose."""
    own = frozenset(selector.authority)
    return [
        (key, choice.toponym.name)
        for derived in (False, True)
        for key, choice in ranked(place, selector, ask, own, derived=derived)
    ]


def _could_match(selector: Selector, place: Place, toponym: Toponym) -> bool:
    """Tell whether a row can be chosen in some language, on some date."""
    if selector.open and place.contested:
        return False
    lang = "$lang" if not selector.lang or "$lang" in selector.lang else ""
    asked = toponym.lang if lang else next(iter(selector.reader), "und")
    ask = Ask(asked, "", None, None, "publication", None, frozenset())
    anything = selector._replace(
        script=tuple(each for each in selector.script if each != "$script"), at=""
    )
    if selector.by_language:
        return toponym.derived and positions(toponym, anything, ask) is not None
    alone = place._replace(toponyms=(toponym,))
    return any(
        ranked(alone, anything, ask, frozenset(), derived=derived)
        for derived in (False, True)
    )


def _shape(slot: Slot) -> tuple[tuple[object, ...], ...]:
    """Return what must be equal between two sides: all but who and which language."""
    return tuple(
        (
            bool(selector.authority),
            selector.status,
            selector.form,
            tuple("$lang" if tag == "$lang" else "…" for tag in selector.lang),
            selector.script,
            bool(selector.translit),
            selector.reader,
            selector.at,
        )
        for selector in slot.selectors
    )
